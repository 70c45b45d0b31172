"""Reservation codes and the like, spelled letter by letter."""

from typing import Final

from ivr.grammar.numbers import TIMES, UNITS, number_at, words_of

_ALPHABET: Final = (
    *("alpha", "alfa", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "juliett"),
    *("kilo", "lima", "mike", "november", "oscar", "papa", "quebec", "romeo", "sierra", "tango", "uniform", "victor"),
    *("whiskey", "whisky", "xray", "yankee", "zulu"),
)
_NAMES: Final = {word: word[0] for word in _ALPHABET} | {
    **{"ay": "a", "bee": "b", "cee": "c", "see": "c", "sea": "c", "dee": "d", "ee": "e", "ef": "f", "gee": "g"},
    **{"aitch": "h", "jay": "j", "kay": "k", "el": "l", "em": "m", "en": "n", "pee": "p", "cue": "q", "queue": "q"},
    **{"are": "r", "ar": "r", "ess": "s", "tee": "t", "tea": "t", "you": "u", "vee": "v", "ex": "x", "why": "y"},
    **{"zee": "z", "zed": "z"},
}
_CARRIERS: Final = frozenset(
    {"my", "the", "it", "it's", "is", "code", "number", "reservation", "confirmation", "booking", "reference", "dash"}
    | {"and", "then", "um", "uh", "letter", "letters", "digit", "-", ".", "please", "space", "record", "locator"}
)
_LONGEST: Final = 32


def from_words(words: str) -> str | None:
    """Letters by their names, the spelling alphabet or "b as in boy", and digits: upper case, no spaces."""
    spoken = words_of(words.replace("x-ray", "xray"))
    code = ""
    at = 0
    while at < len(spoken):
        if spoken[at] in ("as", "like", "for") and code and at + 1 < len(spoken):
            at += 3 if spoken[at + 1] == "in" else 2
            continue
        if spoken[at] in _CARRIERS:
            at += 1
            continue
        part, at = _part(spoken, at)
        if part is None:
            return None
        code += part
    return code.upper() if 0 < len(code) <= _LONGEST else None


def _part(words: list[str], at: int) -> tuple[str | None, int]:
    word = words[at]
    if word in TIMES and at + 1 < len(words):
        part, after = _part(words, at + 1)
        return (part * TIMES[word] if part and len(part) == 1 else None), after
    if word in _NAMES:
        return _NAMES[word], at + 1
    if len(word) == 1 and word not in UNITS:
        return word, at + 1
    found = number_at(words, at)
    if found is not None:
        return found[0].text, found[1]
    # A code typed or recognised as one word has digits among its letters, or is short.
    return (word if word.isalnum() and len(word) <= 6 else None), at + 1

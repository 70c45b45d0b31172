"""Yes and no."""

from typing import Final

from ivr.grammar.tokens import tokens

_KEYS: Final = {"1": "yes", "2": "no"}
_YES: Final = frozenset(
    {"yes", "yeah", "yep", "yup", "ya", "yea", "yah", "aye", "sure", "correct", "right", "ok", "okay", "affirmative"}
    | {
        "absolutely",
        "definitely",
        "exactly",
        "certainly",
        "true",
        "indeed",
        "please",
        "uhhuh",
        "mhm",
        "mmhmm",
        "totally",
    }
    | {"course", "perfect", "agreed", "confirm", "confirmed", "fine"}
)
_NO: Final = frozenset(
    {"no", "nope", "nah", "na", "naw", "negative", "wrong", "incorrect", "never", "false", "neither", "not", "nay"}
)
_NEITHER: Final = frozenset({"sure", "know", "certain", "understand", "hear"})
"""After a "not", these are no answer at all."""
_POLITE: Final = frozenset({"please", "ok", "okay", "sure", "fine", "course"})
"""These go with a no as well as with a yes."""


def from_keys(keys: str) -> str | None:
    """1 is yes, 2 is no."""
    return _KEYS.get(keys)


def from_words(words: str) -> str | None:
    """The answer given; None for none, for "not sure", and for words that say both."""
    said = [token.text for token in tokens(words.replace("-", ""))]
    if said[:2] == ["uh", "huh"]:
        return "yes"
    if "not" in said and _NEITHER & set(said):
        return None
    for at, word in enumerate(said):
        if word in _NO:
            return "no" if _denied(word, said[at + 1 :]) else None
        if word in _YES:
            return None if _NO & set(said[at + 1 :]) else "yes"
    return None


def _denied(word: str, rest: list[str]) -> bool:
    # "not wrong" and "no, that's right" are for a second question; "no, that's not right" is a no.
    if word == "not":
        return not _NO & set(rest)
    return "not" in rest or not (_YES - _POLITE) & set(rest)

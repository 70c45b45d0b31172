"""What was said, as words in clauses: lower case, contractions opened, accents folded."""

import re
import unicodedata
from typing import Final, NamedTuple

LONGEST: Final = 160
"""Words that are listened to. A caller who says more has said it by then, and hearing stays bounded."""

_PIECE: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:[a-z]+)?|[,.;:!?\n]|(?<=\s)-+(?=\s)")
_BREAKS: Final = frozenset({"but", "instead", "rather", "except", "however", "because"})

_WHOLE: Final = {
    "can't": "can not",
    "cannot": "can not",
    "won't": "will not",
    "shan't": "shall not",
    "ain't": "is not",
    "let's": "let us",
    "o'clock": "oclock",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "dunno": "do not know",
    "gimme": "give me",
    "lemme": "let me",
    "unable": "can not",
}
_TAILS: Final = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am", "'s": "is"}
# What a speech recogniser or a hurried typist leaves of a contraction.
_BARE: Final = (
    *("don", "doesn", "didn", "can", "won", "isn", "wasn", "aren", "weren"),
    *("haven", "hasn", "hadn", "couldn", "wouldn", "shouldn", "ain"),
)


def _contractions() -> dict[str, tuple[str, ...]]:
    table = {word: tuple(words.split()) for word, words in _WHOLE.items()}
    for stem in _BARE:
        apart = f"{stem}'t"
        words = table.get(apart, (apart[:-3], "not"))
        table[apart] = table[f"{stem}t"] = words
    table.update({"im": ("i", "am"), "ive": ("i", "have"), "ill": ("i", "will")})
    table.update({"its": ("it", "is"), "thats": ("that", "is"), "whats": ("what", "is"), "theres": ("there", "is")})
    return table


_CONTRACTIONS: Final = _contractions()


class Token(NamedTuple):
    """A word and the clause, counted from 0, that it stands in."""

    text: str
    clause: int


def tokens(words: str) -> list[Token]:
    """Commas, full stops and turning words ("but", "instead") end a clause; hyphens only part words."""
    found: list[Token] = []
    clause = 0
    for piece in _PIECE.findall(_folded(words)):
        if not piece[0].isalnum() or piece in _BREAKS:
            clause += 1
            continue
        found.extend(Token(text=word, clause=clause) for word in _opened(piece))
        if len(found) >= LONGEST:
            break
    return found


def _folded(words: str) -> str:
    text = words[: LONGEST * 40].lower()
    if not text.isascii():
        text = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("\N{LEFT SINGLE QUOTATION MARK}", "'")
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"\bu\.?\s?s\.(?:\s?a\.?)?|\bu\.s\b", "usa", text)


def _opened(piece: str) -> tuple[str, ...]:
    known = _CONTRACTIONS.get(piece)
    if known is not None:
        return known
    if "'" not in piece:
        return (piece,)
    for tail, word in _TAILS.items():
        if piece.endswith(tail) and len(piece) > len(tail):
            return (piece[: -len(tail)], word)
    return (piece.replace("'", ""),)

"""Runs of words that stand for one word, or for none."""

from collections.abc import Callable, Sequence
from typing import Final

from ivr.grammar.tokens import Token

_SKIPPED: Final = frozenset({"a", "an", "the", "my", "our", "your", "his", "her", "their", "this", "that"})
"""Small words that may stand between the words of a run: "hire a car", "locked out of my account"."""


class Rewriting:
    """A table of runs; where several fit at a word, the longest is taken."""

    def __init__(self, key: Callable[[str], str]) -> None:
        self._key = key
        self._by_first: dict[str, list[tuple[tuple[str, ...], str | None]]] = {}

    def add(self, run: Sequence[Token], target: str | None) -> None:
        """From now on the run is read as the target, or is dropped if there is none."""
        edges = (0, len(run) - 1)
        keys = tuple(self._key(token.text) for at, token in enumerate(run) if at in edges or token.text not in _SKIPPED)
        if not keys:
            return
        runs = self._by_first.setdefault(keys[0], [])
        runs.append((keys, target))
        runs.sort(key=lambda entry: -len(entry[0]))

    def apply(self, words: Sequence[Token]) -> list[Token]:
        """The words with every run replaced, read once from left to right."""
        keys = [self._key(token.text) for token in words]
        rewritten: list[Token] = []
        at = 0
        while at < len(words):
            length, target = self._fitting(keys, at)
            if target is not None:
                rewritten.extend(Token(text=word, clause=words[at].clause) for word in target.split())
            elif not length:
                rewritten.append(words[at])
            at += max(length, 1)
        return rewritten

    def _fitting(self, keys: Sequence[str], at: int) -> tuple[int, str | None]:
        for run, target in self._by_first.get(keys[at], ()):
            length = _length(run, keys, at)
            if length:
                return length, target
        return 0, None


def _length(run: Sequence[str], keys: Sequence[str], at: int) -> int:
    """How many words the run takes up from a word on; 0 if it is not there."""
    end = at
    for key in run:
        while end > at and end < len(keys) and keys[end] in _SKIPPED and keys[end] != key:
            end += 1
        if end >= len(keys) or keys[end] != key:
            return 0
        end += 1
    return end - at

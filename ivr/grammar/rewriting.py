"""Runs of words that stand for one word, or for none."""

from collections.abc import Callable, Sequence

from ivr.grammar.tokens import Token


class Rewriting:
    """A table of runs; where several fit at a word, the longest is taken."""

    def __init__(self, key: Callable[[str], str]) -> None:
        self._key = key
        self._by_first: dict[str, list[tuple[tuple[str, ...], str | None]]] = {}

    def add(self, run: Sequence[Token], target: str | None) -> None:
        """From now on the run is read as the target, or is dropped if there is none."""
        keys = tuple(self._key(token.text) for token in run)
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
            run, target = self._fitting(keys, at)
            if target is not None:
                rewritten.append(Token(text=target, clause=words[at].clause))
            elif not run:
                rewritten.append(words[at])
            at += max(len(run), 1)
        return rewritten

    def _fitting(self, keys: Sequence[str], at: int) -> tuple[tuple[str, ...], str | None]:
        for run, target in self._by_first.get(keys[at], ()):
            if tuple(keys[at : at + len(run)]) == run:
                return run, target
        return (), None

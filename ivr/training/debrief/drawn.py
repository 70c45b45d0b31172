"""Both ways on the tree, in lines for a terminal: no colour, and as many columns as there are."""

from collections.abc import Iterator
from textwrap import shorten

from ivr.training.debrief.quoting import clock
from ivr.training.debrief.tree import Branch, Fork, Root

__all__ = ["LEGEND", "drawn"]

LEGEND = "● your way   ○ the best way   ◉ both"
_GUTTER = 8
"""Columns for the time."""
_KEYS = 3
_LEAST = 24


def drawn(roots: tuple[Root, ...], width: int) -> Iterator[str]:
    """The tree, a line at a time, each of at most `width` columns; the time on the left."""
    for number, root in enumerate(roots):
        if number:
            yield ""
        if root.dialled is not None and root.dialled == root.best:
            yield _line(root.at, "", f"◉  {root.dialled}", width)
        else:
            if root.dialled is not None:
                yield _line(root.at, "", f"●  {root.dialled}", width)
            if root.best is not None:
                yield _line(None, "", f"○  {root.best}", width)
        yield from _fork(root.fork, "", width)


def _fork(fork: Fork, indent: str, width: int) -> Iterator[str]:
    title = f"{_mark(fork)}  {fork.title}"
    if len(fork.branches) == 1:
        yield from _only(fork.branches[0], title, fork.at, indent, width)
        return
    yield _line(fork.at, indent, title, width)
    for branch in fork.branches:
        yield from _branch(branch, indent, width, last=branch is fork.branches[-1])


def _only(branch: Branch, title: str, at: float | None, indent: str, width: int) -> Iterator[str]:
    """Where there was but one way on, it goes straight down."""
    told = _told(branch)
    if at is None and told:
        yield _line(_first(branch), indent, f"{title}: {told}", width)
    else:
        yield _line(at, indent, title, width)
    if at is not None and told:
        yield _line(_first(branch), indent, f"│  {told}", width)
    if branch.fork is not None:
        yield from _fork(branch.fork, indent, width)


def _branch(branch: Branch, indent: str, width: int, *, last: bool) -> Iterator[str]:
    corner = "└─" if last else "├─"
    yield _line(_first(branch), indent, f"{corner}{_mark(branch)} {branch.keys:>{_KEYS}}  {_told(branch)}", width)
    if branch.fork is not None:
        yield from _fork(branch.fork, indent + ("   " if last else "│  "), width)


def _told(branch: Branch) -> str:
    times = f" ({len(branch.times)} times)" if len(branch.times) > 1 else ""
    back = f" ↩ {branch.back}" if branch.back else ""
    return branch.name + times + back


def _first(branch: Branch) -> float | None:
    return branch.times[0] if branch.times else None


def _mark(shown: Fork | Branch) -> str:
    if shown.yours and shown.best:
        return "◉"
    return "●" if shown.yours else "○" if shown.best else " "


def _line(at: float | None, indent: str, text: str, width: int) -> str:
    time = "" if at is None else clock(at)
    room = max(_LEAST, width - _GUTTER - len(indent))
    lead = len(text) - len(text.lstrip("├└─│●○◉ 0123456789*#"))
    short = text[:lead] + shorten(text[lead:], room - lead, placeholder="…")
    return f"{time:>{_GUTTER - 2}}  {indent}{short}".rstrip()

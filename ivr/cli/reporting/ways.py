"""Both ways through the tree as nested lists: read in order, they say the same as the picture."""

from collections.abc import Iterator
from html import escape

from ivr.training.debrief.quoting import clock
from ivr.training.debrief.tree import Branch, Fork, Root

__all__ = ["ways"]


def ways(roots: tuple[Root, ...]) -> Iterator[str]:
    """One list where both ways begin alike, otherwise one each."""
    for root in roots:
        yield '<ul class="tree">'
        if root.dialled is not None and root.dialled == root.best:
            yield f"<li>{_chip('both', 'you and best')} dial {escape(root.dialled)}</li>"
        else:
            if root.dialled is not None:
                yield f"<li>{_chip('you', 'you')} dialled {escape(root.dialled)}</li>"
            if root.best is not None:
                yield f"<li>{_chip('best', 'best')} dial {escape(root.best)}</li>"
        yield from _fork(root.fork)
        yield "</ul>"


def _fork(fork: Fork) -> Iterator[str]:
    """A question with one way on goes straight down; one with several has them below it."""
    title = f"{_whose(fork, fork.at)} <strong>{escape(fork.title)}</strong>"
    if len(fork.branches) != 1:
        below = [line for branch in fork.branches for line in _branch(branch)]
        yield f"<li>{title}"
        yield from ("<ul>", *below, "</ul>") if below else ()
        yield "</li>"
        return
    only = fork.branches[0]
    at = f" {_time(only.times[0])}" if only.times else ""
    yield f"<li>{title}{': ' if only.name else ''}{_told(only)}{at if only.name else ''}</li>"
    if only.fork is not None:
        yield from _fork(only.fork)


def _branch(branch: Branch) -> Iterator[str]:
    key = f"<kbd>{escape(branch.keys)}</kbd> " if branch.keys else ""
    if not (branch.yours or branch.best):
        yield f'<li class="untaken">{key}{_told(branch)}</li>'
        return
    yield f"<li>{_whose(branch, branch.times[0] if branch.times else None)} {key}{_told(branch)}"
    if branch.fork is not None:
        yield "<ul>"
        yield from _fork(branch.fork)
        yield "</ul>"
    yield "</li>"


def _told(branch: Branch) -> str:
    times = f" ({len(branch.times)} times)" if len(branch.times) > 1 else ""
    back = f", and back to {branch.back}" if branch.back else ""
    return escape(branch.name + times + back)


def _whose(shown: Fork | Branch, at: float | None) -> str:
    time = "" if at is None else f" {_time(at)}"
    if shown.yours and shown.best:
        return _chip("both", "you and best") + time
    return (_chip("you", "you") if shown.yours else _chip("best", "best")) + time


def _chip(kind: str, text: str) -> str:
    return f'<span class="chip {kind}">{text}</span>'


def _time(at: float) -> str:
    return f'<span class="at">{clock(at)}</span>'

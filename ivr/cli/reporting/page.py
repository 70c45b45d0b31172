"""A debrief as one HTML page that needs nothing else: to read, to print, or to be read aloud."""

from collections.abc import Iterator
from html import escape

from ivr.drawing import Format, draw
from ivr.training.debrief import Debrief, Fact
from ivr.training.debrief.facts import CAUSES
from ivr.training.debrief.quoting import clock

__all__ = ["page"]

STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a;
  background: #fff; }
h1, h2 { line-height: 1.2; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .5rem 0; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #767676; vertical-align: top; }
.score { font-size: 2rem; font-weight: 700; }
.try { border-left: .4rem solid #00539b; padding: .5rem 1rem; background: #eef5fb; }
figure { margin: 1rem 0; overflow-x: auto; }
figure svg { max-width: 100%; height: auto; }
@media print { body { margin: 0; max-width: none; } section { break-inside: avoid; } figure svg { max-height: 24cm; } }
"""


def page(debrief: Debrief) -> str:
    """The page. Colours are far enough apart to be read, and nothing is told by colour alone."""
    title = f"How the call went: {debrief.evidence.case.scenario.title}"
    body = "\n".join((*_head(debrief, title), *_facts(debrief), *_time(debrief), *_ways(debrief), *_picture(debrief)))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{STYLE}</style>\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _head(debrief: Debrief, title: str) -> Iterator[str]:
    score = debrief.score
    yield f"<h1>{escape(title)}</h1>"
    yield f"<p>This was practice, not a call to any card issuer. Stage: {escape(debrief.evidence.stage)}.</p>"
    yield f"<section><h2>Your own view</h2><p>{escape(debrief.question)}</p></section>"
    yield "<section><h2>Score</h2>"
    failed = ", ".join(mark.name.lower() for mark in score.failed)
    how = f" Failed outright: {escape(failed)}." if failed else " Mastered." if score.mastered else ""
    yield f'<p><span class="score">{score.total:.0f}</span> of 100.{how}</p>'
    rows = ((name, f"{percent:.0f} %") for name, percent in score.sections.items())
    yield _table("By section", ("Section", "Earned"), rows)
    yield "</section>"


def _facts(debrief: Debrief) -> Iterator[str]:
    yield "<section><h2>What happened</h2>"
    if debrief.facts:
        rows = ((clock(fact.at), fact.name, fact.quoted, f"{fact.points:.0f}") for fact in debrief.facts)
        yield _table("What cost points", ("At", "Item", "In the call", "Points lost"), rows)
    if debrief.good:
        yield _table("What went well", ("At", "Item", "In the call"), map(_good, debrief.good))
    yield f'<p class="try"><strong>One thing to try:</strong> {escape(debrief.try_next)}</p>'
    yield "</section>"


def _good(fact: Fact) -> tuple[str, str, str]:
    return clock(fact.at), fact.name, fact.quoted


def _time(debrief: Debrief) -> Iterator[str]:
    regret = debrief.evidence.regret
    yield "<section><h2>Time</h2>"
    end = "to the right desk" if regret.reached else "without reaching anybody who can help"
    yield f"<p>{regret.spent:.0f} seconds {end}; the best way takes about {regret.best:.0f}.</p>"
    if regret.losses:
        rows = ((CAUSES[cause], f"{seconds:.0f}") for cause, seconds in regret.by_cause.items())
        yield _table("Seconds lost", ("By", "Seconds"), rows)
    yield "</section>"


def _ways(debrief: Debrief) -> Iterator[str]:
    yield "<section><h2>Your way, and the best one</h2>"
    rows = ((clock(stop.at), stop.place, stop.did) for stop in debrief.way)
    yield _table("Your way", ("At", "Place", "What happened"), rows)
    best = ((clock(step.at), step.place, step.does) for step in debrief.best.steps)
    yield _table(f"The best way: dial {debrief.best_number}", ("At", "Place", "What to do"), best)
    yield "</section>"


def _picture(debrief: Debrief) -> Iterator[str]:
    """The tree of the line that was called, with the way through it numbered."""
    line = debrief.evidence.dialled.line
    tree = debrief.evidence.planner.board.centre.tree(line)
    trail = [event.place for event in debrief.evidence.events]
    drawn = draw(tree, Format.SVG, trail=trail)
    yield f"<section><h2>The tree</h2><figure><figcaption>The line {escape(line)}; numbers show your way.</figcaption>"
    yield drawn[drawn.index("<svg") :]
    yield "</figure></section>"


def _table(caption: str, heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    body = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"

"""A debrief as one HTML page that needs nothing else: to read, to print, or to be read aloud."""

from collections.abc import Iterator
from html import escape

from ivr.cli.reporting.style import STYLE
from ivr.cli.reporting.ways import ways
from ivr.drawing import Format, draw
from ivr.training.debrief import Debrief, Fact
from ivr.training.debrief.facts import CAUSES
from ivr.training.debrief.quoting import clock
from ivr.training.debrief.steps import best_places
from ivr.training.debrief.text import COUNTED, WORTH_SHOWING
from ivr.training.debrief.tree import both_ways

__all__ = ["page"]

NUMBERS = ("At", "Lost")
"""Columns that are set to the right."""


def page(debrief: Debrief) -> str:
    """The page: the learner's own view, the facts, one thing to try. Nothing is told by colour alone."""
    title = f"How the call went: {debrief.evidence.case.scenario.title}"
    parts = (_head(debrief, title), _score(debrief), _facts(debrief), _time(debrief), _ways(debrief), _try(debrief))
    body = "\n".join(line for part in parts for line in part)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{STYLE}</style>\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _head(debrief: Debrief, title: str) -> Iterator[str]:
    evidence = debrief.evidence
    who = f" Trainee: {escape(evidence.trainee)}." if evidence.trainee else ""
    yield f"<h1>{escape(title)}</h1>"
    yield f"<p>This was practice, not a call to any card issuer. Stage: {escape(evidence.stage)}.{who}</p>"
    yield "<section><h2>Your own view</h2>"
    yield f'<label for="view">{escape(debrief.question)}</label><textarea id="view" rows="3"></textarea></section>'


def _score(debrief: Debrief) -> Iterator[str]:
    score = debrief.score
    yield "<section><h2>Score</h2>"
    how = " Mastered." if score.mastered else ""
    if score.failed:
        fatal = debrief.facts[0]
        how = f" Failed outright: at {clock(fatal.at)} {escape(fatal.quoted)}."
    yield f'<p><span class="score">{score.total:.0f}</span> of 100.{how}</p>'
    rows = "\n".join(
        f'<tr><th scope="row">{escape(name)}</th><td class="number">{percent:.0f} %</td>'
        f'<td class="bar"><span style="width:{percent:.0f}%"></span></td></tr>'
        for name, percent in score.sections.items()
    )
    heads = '<th scope="col">Section</th><th scope="col" class="number">Earned</th><td class="bar"></td>'
    yield f"<table><caption>By section</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>{rows}</tbody></table>"
    yield "</section>"


def _facts(debrief: Debrief) -> Iterator[str]:
    yield "<section><h2>What happened</h2>"
    if debrief.facts:
        rows = ((clock(fact.at), fact.name, fact.quoted, f"{fact.points:.0f}") for fact in debrief.facts)
        yield _table("What cost points", ("At", "Item", "In the call", "Lost"), rows)
    if debrief.good:
        yield _table("What went well", ("At", "Item", "In the call"), map(_good, debrief.good))
    yield "</section>"


def _good(fact: Fact) -> tuple[str, str, str]:
    return clock(fact.at), fact.name, fact.quoted


def _time(debrief: Debrief) -> Iterator[str]:
    regret = debrief.evidence.regret
    yield "<section><h2>Time</h2>"
    end = debrief.reached or "without reaching anybody who can help"
    yield f"<p>{regret.spent:.0f} seconds {end}; the best way takes about {regret.best:.0f}.</p>"
    if not debrief.evidence.timed:
        yield f"<p>{escape(COUNTED)}</p>"
    lost = [(CAUSES[cause], f"{seconds:.0f}") for cause, seconds in regret.by_cause.items() if seconds >= WORTH_SHOWING]
    if lost:
        yield _table("Seconds lost", ("By", "Lost"), iter(lost))
    yield "</section>"


def _ways(debrief: Debrief) -> Iterator[str]:
    yield "<section><h2>Your way, and the best one</h2>"
    yield "<p>What has no mark was there to be chosen, and nobody took it.</p>"
    yield from ways(both_ways(debrief.evidence, debrief.best_number))
    yield "</section>"
    yield from _picture(debrief)


def _picture(debrief: Debrief) -> Iterator[str]:
    """The tree of the line that was called: both ways on it, and the shared flows that they came by."""
    evidence, line = debrief.evidence, debrief.evidence.dialled.line
    tree = evidence.planner.board.centre.tree(line)
    trail = [event.place for event in evidence.events]
    best = best_places(evidence, debrief.best_number, line)
    shared = {place.partition(".")[0] for place in (*trail, *best)}
    drawn = draw(tree, Format.SVG, trail=trail, best=best, shared=shared)
    yield "<section><h2>The tree</h2><figure>"
    told = "numbers show your way, in order; best marks the best one"
    yield f"<figcaption>{escape(tree.line.title)}: {told}.</figcaption>"
    yield '<div class="scroll" role="region" aria-label="Picture of the tree, wider than the page" tabindex="0">'
    yield drawn[drawn.index("<svg") :]
    yield "</div></figure></section>"


def _try(debrief: Debrief) -> Iterator[str]:
    yield f'<section><h2>One thing to try</h2><p class="try">{escape(debrief.try_next)}</p></section>'


def _table(caption: str, heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    marks = [' class="number"' if each in NUMBERS else "" for each in heads]
    head = "".join(f'<th scope="col"{mark}>{escape(each)}</th>' for each, mark in zip(heads, marks, strict=True))
    body = "\n".join(
        "<tr>" + "".join(f"<td{mark}>{escape(cell)}</td>" for cell, mark in zip(row, marks, strict=True)) + "</tr>"
        for row in rows
    )
    return f"<table><caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"

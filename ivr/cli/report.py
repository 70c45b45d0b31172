"""`ivr report`: a call talked over, from its events."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from ivr.call.events import event_to_json
from ivr.cli.centres import centre_with, flows_option
from ivr.cli.columns import terminal_width
from ivr.cli.reporting.finding import LATEST, events_of, last_attempt
from ivr.cli.reporting.page import page
from ivr.training.coach import TrainingCoach
from ivr.training.debrief import WIDTH, Debrief, Fact, debrief_text
from ivr.training.scoring import load_card

__all__ = ["report"]


@click.command(
    epilog="""\b
Examples:
  ivr rehearse dispute --caller zero --json > call.jsonl
  ivr report call.jsonl
  ivr report latest                       the last rehearsal on the telephone
  ivr report latest --trainee Ada         Ada's last attempt, on the telephone or in the terminal
  ivr report CA0123456789abcdef0123456789abcdef --format json
  ivr rehearse dispute --caller zero --json | ivr report - --format html -o call.html"""
)
@click.argument("call")
@click.option("--trainee", help="With latest: this trainee's last attempt.")
@click.option("--format", "written", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write; standard output otherwise."
)
@flows_option
def report(call: str, trainee: str | None, written: str, output: Path | None, flows: Path | None) -> None:
    """Score and debrief CALL: a call's id in the store, latest, or a file of events as --json prints them.

    A file named - is standard input.

    The store is the one of `ivr serve`: IVR_DATABASE_URL, or a SQLite file in your data folder.
    """
    centre, _ = centre_with(flows)
    if trainee is not None and call != LATEST:
        raise click.UsageError("--trainee goes with latest")
    happened = events_of(call) if trainee is None else last_attempt(trainee)
    debrief = TrainingCoach(centre, load_card(flows)).talk_over(happened)
    match written:
        case "json":
            text = json.dumps(as_json(debrief), indent=2)
        case "html":
            text = page(debrief)
        case _:
            text = debrief_text(debrief, width=min(WIDTH, terminal_width() or WIDTH))
    if output is None:
        click.echo(text)
    else:
        output.write_text(text, encoding="utf-8")


def as_json(debrief: Debrief) -> dict[str, Any]:
    """A debrief for programs."""
    score, evidence = debrief.score, debrief.evidence
    regret = evidence.regret
    return {
        "scenario": evidence.scenario,
        "stage": evidence.stage,
        "trainee": evidence.trainee,
        "score": score.total,
        "mastered": score.mastered,
        "failed": [mark.item for mark in score.failed],
        "sections": score.sections,
        "marks": [
            {
                "item": mark.item,
                "section": mark.section,
                "points": mark.points,
                "earned": round(mark.earned, 3),
                "events": [event_to_json(event) for event in mark.events],
            }
            for mark in score.marks
        ],
        "regret": {
            "spent": regret.spent,
            "best": round(regret.best, 2),
            "lost": round(regret.lost, 2),
            "again": round(regret.again, 2),
            "chance": round(regret.chance, 2),
            "saved": round(regret.saved, 2),
            "reached": regret.reached,
            "timed": evidence.timed,
            "by_cause": {cause: round(seconds, 2) for cause, seconds in regret.by_cause.items()},
        },
        "facts": [_fact(fact) for fact in debrief.facts],
        "way": [asdict(stop) for stop in debrief.way],
        "best": [step.does for step in debrief.best.steps],
        "try_next": debrief.try_next,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {"at": fact.at, "name": fact.name, "quoted": fact.quoted, "points": round(fact.points, 2)}

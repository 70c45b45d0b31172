"""The scorecard: what counts, how much, and what to try next where it was lost."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from ivr.errors import FlowError
from ivr.flow.centre import shipped_flows
from ivr.flow.closed import Closed, Switch, Text
from ivr.flow.folder import shown
from ivr.flow.parsing import parse
from ivr.flow.source import Problem, Source, read_source
from ivr.training.scoring.items import ITEMS, ItemId

__all__ = ["FILE", "Item", "Scorecard", "Section", "card_file", "load_card", "read_card"]

FILE = "scorecard.yaml"
SectionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]


class Item(Closed):
    """One thing that is looked at. `try_next` is what to do another time; with `fails` losing it fails the call.

    `undone` is what a debrief says of a call on which nothing of it was done, after "because".
    """

    name: Text
    points: Annotated[float, Field(gt=0, le=100)] = 1
    try_next: Text
    undone: Text = ""
    fails: Switch = False


class Section(Closed):
    """A part of the card. `weight` is its part of the whole; items that do not apply leave the others their weight."""

    name: Text
    weight: Annotated[float, Field(gt=0, le=100)]
    items: Annotated[dict[ItemId, Item], Field(min_length=1)]


class Scorecard(Closed):
    """The file. `mastery` is the score, of 100, from which a scenario counts as mastered."""

    mastery: Annotated[float, Field(ge=1, le=100)] = 80
    sections: Annotated[dict[SectionId, Section], Field(min_length=1)]

    @property
    def items(self) -> dict[str, Item]:
        """Every item, in the order of the file."""
        return {name: item for section in self.sections.values() for name, item in section.items.items()}


def load_card(folder: Path | None = None) -> Scorecard:
    """The scorecard in a folder of flows; the shipped one where it has none. Raises FlowError with every problem."""
    return read_card(card_file(folder))


def card_file(folder: Path | None = None) -> Path:
    """Where that scorecard is."""
    path = (folder or shipped_flows()) / FILE
    return path if path.exists() else shipped_flows() / FILE


def read_card(path: Path) -> Scorecard:
    """A scorecard from its file. Raises FlowError with every problem."""
    source = read_source(path, shown(path))
    card, problems = parse(Scorecard, source)
    problems += _repeated(card, source) if card else []
    if card is None or problems:
        raise FlowError(problems)
    assert set(card.items) <= set(ITEMS)
    return card


def _repeated(card: Scorecard, source: Source) -> list[Problem]:
    """Items that stand in a section when an earlier one has them already."""
    first: dict[str, str] = {}
    found = []
    for name, section in card.sections.items():
        for item in section.items:
            if first.setdefault(item, name) != name:
                what = f"the item '{item}' stands in the section '{first[item]}' already; each may stand once"
                found.append(source.problem(("sections", name, "items", item), what))
    return found

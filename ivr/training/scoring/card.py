"""The scorecard: what counts, how much, and what to try next where it was lost."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from ivr.errors import FlowError
from ivr.flow.centre import shipped_flows, shown
from ivr.flow.closed import Closed, Switch, Text
from ivr.flow.parsing import parse
from ivr.flow.source import read_source
from ivr.training.scoring.items import ITEMS, ItemId

__all__ = ["FILE", "Item", "Scorecard", "Section", "load_card"]

FILE = "scorecard.yaml"
SectionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]


class Item(Closed):
    """One thing that is looked at. `try_next` is what to do another time; with `fails` losing it fails the call."""

    name: Text
    points: Annotated[float, Field(gt=0, le=100)] = 1
    try_next: Text
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

    @model_validator(mode="after")
    def _once(self) -> Self:
        named = [item for section in self.sections.values() for item in section.items]
        twice = sorted({item for item in named if named.count(item) > 1})
        if twice:
            raise ValueError(f"an item stands in one section only, and {', '.join(twice)} in several")
        return self

    @property
    def items(self) -> dict[str, Item]:
        """Every item, in the order of the file."""
        return {name: item for section in self.sections.values() for name, item in section.items.items()}


def load_card(folder: Path | None = None) -> Scorecard:
    """The scorecard in a folder of flows; the shipped one where it has none. Raises FlowError with every problem."""
    path = (folder or shipped_flows()) / FILE
    source = read_source(path if path.exists() else shipped_flows() / FILE, shown(path))
    card, problems = parse(Scorecard, source)
    if card is None or problems:
        raise FlowError(problems)
    assert set(card.items) <= set(ITEMS)
    return card

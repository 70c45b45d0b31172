"""From a rehearsal to its score."""

from dataclasses import dataclass

from ivr.call.events import Event
from ivr.training.scoring.card import Item, Scorecard, Section
from ivr.training.scoring.evidence import Evidence
from ivr.training.scoring.items import ITEMS

__all__ = ["Mark", "Score", "score_of"]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One item's points, `earned` of `points`, and the events they rest on; `undone` says that nothing was done."""

    item: str
    name: str
    section: str
    points: float
    earned: float
    try_next: str
    events: tuple[Event, ...]
    fails: bool = False
    undone: str = ""
    worth: float = 0.0
    """What the item was worth in the whole, of 100."""

    @property
    def lost(self) -> float:
        """What was lost by it, of 100."""
        return self.worth * (1 - self.earned / self.points)


@dataclass(frozen=True, kw_only=True)
class Score:
    """A call's score, 0 to 100. `failed` are the marks that failed it outright; it is 0 then."""

    total: float
    sections: dict[str, float]
    marks: tuple[Mark, ...]
    failed: tuple[Mark, ...]
    mastered: bool

    @property
    def weakest(self) -> tuple[Mark, ...]:
        """The marks that lost anything: what failed the call first, then what lost most."""
        losing = [mark for mark in self.marks if mark.lost > 0.005 or mark in self.failed]
        return tuple(sorted(losing, key=lambda mark: (mark not in self.failed, -mark.lost)))


def score_of(card: Scorecard, evidence: Evidence) -> Score:
    """The score of a rehearsal. The same events give the same score."""
    by_section = {name: _marks(name, section, evidence) for name, section in card.sections.items()}
    applying = {name: marks for name, marks in by_section.items() if marks}
    weights = sum(card.sections[name].weight for name in applying)
    marks: list[Mark] = []
    for name, each in applying.items():
        share = 100 * card.sections[name].weight / weights
        points = sum(mark.points for mark in each)
        marks += [_worth(mark, share * mark.points / points) for mark in each]
    failed = tuple(mark for mark in marks if mark.fails and mark.earned < mark.points)
    total = 0.0 if failed else sum(mark.worth - mark.lost for mark in marks)
    return Score(
        total=round(total, 1),
        sections={name: _percent(each) for name, each in applying.items()},
        marks=tuple(marks),
        failed=failed,
        mastered=not failed and round(total, 1) >= card.mastery,
    )


def _marks(name: str, section: Section, evidence: Evidence) -> list[Mark]:
    found = []
    for item, value in section.items.items():
        verdict = ITEMS[item](evidence)
        if verdict is not None:
            found.append(_mark(item, name, value, verdict.share, verdict.events))
    return found


def _mark(item: str, section: str, value: Item, share: float, events: tuple[Event, ...]) -> Mark:
    return Mark(
        item=item,
        name=value.name,
        section=section,
        points=value.points,
        earned=value.points * share,
        try_next=value.try_next,
        events=events,
        fails=value.fails,
        undone=value.undone,
    )


def _worth(mark: Mark, worth: float) -> Mark:
    return Mark(**{**mark.__dict__, "worth": worth})


def _percent(marks: list[Mark]) -> float:
    points = sum(mark.points for mark in marks)
    return round(100 * sum(mark.earned for mark in marks) / points, 1)

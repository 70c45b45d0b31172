"""What a debrief tells, before any medium: the question, the score, the facts, one thing to try."""

from dataclasses import dataclass

from ivr.call.events import Arrived, Connected, Dialled, Ended, Event, Heard, Transferred
from ivr.call.record import Stage
from ivr.training.debrief.quoting import clock, quote, quote_lost
from ivr.training.regret import Cause, Loss
from ivr.training.routes.telling import Told, tell
from ivr.training.scoring import Evidence, Mark, Score

__all__ = ["CAUSES", "QUESTION", "Debrief", "Fact", "Stop", "debrief_of"]

QUESTION = "Before the facts: what would you do differently another time?"
ALL_WELL = "Take a harder scenario."
ALL_WELL_WITH_HINTS = "Do the same again without hints, or take a harder scenario."
GIVEN_UP = "not-given-up"
MOST_FACTS = 5
WORTH_TELLING = 0.5
"""Points: less would be shown as 0."""
MOST_GOOD = 3
CAUSES = {
    Cause.WRONG_NUMBER: "the number",
    Cause.WRONG_TURN: "a wrong turn",
    Cause.NO_INPUT: "silence",
    Cause.NO_MATCH: "not being understood",
    Cause.RANDOM_KEYS: "keys at random",
    Cause.REFUSED_ESCAPE: "asking for a representative in vain",
    Cause.SEARCHING: "searching for a detail",
    Cause.ANSWERING: "long answers",
    Cause.LISTENING: "hearing it again",
    Cause.HOLD: "the hold",
    Cause.HUNG_UP: "hanging up",
}
"""What each cause is called, after "lost by"."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing that happened, `at` so many seconds into the call; `points` of 100 went with it, and `lost` seconds."""

    at: float
    name: str
    quoted: str
    points: float = 0.0
    lost: float = 0.0

    def __str__(self) -> str:
        return f"{clock(self.at)}  {self.quoted}"


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A place on the way, and what was done there."""

    at: float
    place: str
    did: str


@dataclass(frozen=True, kw_only=True)
class Debrief:
    """A call talked over. `way` is the learner's own, `best` the best one by the best number."""

    question: str
    score: Score
    evidence: Evidence
    facts: tuple[Fact, ...]
    losses: tuple[Fact, ...]
    good: tuple[Fact, ...]
    way: tuple[Stop, ...]
    best: Told
    best_number: str
    try_next: str

    @property
    def reached(self) -> str | None:
        """Where the call got in `regret.spent` seconds, after "in so many seconds"; None where nobody could help."""
        if not self.evidence.regret.reached:
            return None
        return "to word left for the right desk" if self.evidence.left_word else "to the right desk"


def debrief_of(evidence: Evidence, score: Score) -> Debrief:
    """Talks a rehearsal over."""
    weakest = _first_things_first(evidence, score)
    planner = evidence.planner
    number = min(planner.numbers, key=planner.seconds)
    return Debrief(
        question=QUESTION,
        score=score,
        evidence=evidence,
        facts=tuple(_lost(evidence, score, mark) for mark in weakest[:MOST_FACTS]),
        losses=tuple(_loss(evidence, loss) for loss in _largest(evidence)),
        good=tuple(_good(evidence, mark) for mark in _earned(evidence, score))[:MOST_GOOD],
        way=tuple(_way(evidence)),
        best=tell(planner, planner.route(number)),
        best_number=number,
        try_next=weakest[0].try_next if weakest else _onward(evidence),
    )


def _first_things_first(evidence: Evidence, score: Score) -> list[Mark]:
    """What lost most first; of a call that was hung up on the way, that it was: all else follows from it."""
    end = evidence.first(Ended)
    hung_up = end is not None and end.outcome == "abandoned" and not evidence.regret.reached and not score.failed
    losing = [mark for mark in score.weakest if mark.lost >= WORTH_TELLING or mark in score.failed]
    return sorted(losing, key=lambda mark: not (hung_up and mark.item == GIVEN_UP))


def _onward(evidence: Evidence) -> str:
    """What to try after a call that lost nothing."""
    return ALL_WELL if evidence.stage == Stage.TEST else ALL_WELL_WITH_HINTS


def _names(evidence: Evidence) -> dict[str, str]:
    """What departments and details are called, by their ids."""
    departments = {name: each.name for name, each in evidence.planner.board.centre.departments.items()}
    return departments | {name: each.name for name, each in evidence.case.people.details.items()}


def _lost(evidence: Evidence, score: Score, mark: Mark) -> Fact:
    """What cost points, or the whole call. What was not done at all has nothing to quote."""
    first, undone = mark.events[0], mark.undone if mark.events == evidence.events[-1:] else ""
    return Fact(
        at=evidence.seconds(first),
        name=mark.name,
        quoted=undone or quote_lost(first, _names(evidence)),
        points=100.0 if mark in score.failed else mark.lost,
    )


def _good(evidence: Evidence, mark: Mark) -> Fact:
    first = mark.events[0]
    return Fact(at=evidence.seconds(first), name=mark.name, quoted=quote(first, _names(evidence)))


def _earned(evidence: Evidence, score: Score) -> list[Mark]:
    """What earned all its points by something that was done; what was only kept from has nothing to quote.

    Of several that one event earned, the one that is worth most.
    """
    done = [mark for mark in score.marks if mark.earned == mark.points and mark.events != evidence.events[-1:]]
    first = {mark.events[0]: mark for mark in sorted(done, key=lambda mark: mark.worth)}
    return sorted(first.values(), key=lambda mark: -mark.worth)


def _largest(evidence: Evidence) -> list[Loss]:
    return sorted(evidence.regret.losses, key=lambda loss: -loss.seconds)[:MOST_FACTS]


def _loss(evidence: Evidence, loss: Loss) -> Fact:
    at = evidence.seconds(loss.event)
    return Fact(at=at, name=CAUSES[loss.cause], quoted=quote(loss.event, _names(evidence)), lost=loss.seconds)


def _way(evidence: Evidence) -> list[Stop]:
    """What was done up to the right department, or to the end."""
    shown = []
    for event in evidence.events:
        if isinstance(event, (Arrived, Dialled, Heard, Transferred, Connected)) or _failed(event):
            names = _names(evidence)
            did = f"on hold for {names[event.department]}" if isinstance(event, Transferred) else quote(event, names)
            shown.append(Stop(at=evidence.seconds(event), place=event.place, did=did))
        if isinstance(event, Connected) and event.department in evidence.planner.goal.departments:
            break
    return shown


def _failed(event: Event) -> bool:
    return event.kind in ("silent", "not-understood", "escape-asked", "universal-asked")

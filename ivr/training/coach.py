"""The coach of a rehearsal: the next best step, the whole way, and what to make of the call."""

from collections.abc import Sequence

from ivr.call.coaching import SpokenDebrief
from ivr.call.events import Event
from ivr.call.record import CallRecord
from ivr.call.switchboard import CARD_BACK, Switchboard
from ivr.errors import NumberError
from ivr.flow.centre import ContactCentre
from ivr.training.debrief import Debrief, debrief_of, spoken_debrief
from ivr.training.routes.planning import plans_of, point_of
from ivr.training.routes.telling import clearest, tell, tell_step
from ivr.training.scoring import Scorecard, evidence_of, rehearsed, score_of

__all__ = ["TrainingCoach"]

WAIT = "Stay on the line until somebody answers."
START_OVER = "Hang up, and dial a number that is made for your reason."


class TrainingCoach:
    """Coaches the scenarios of one centre by one scorecard. Safe to share: plans are made once a scenario and time."""

    def __init__(self, centre: ContactCentre, card: Scorecard) -> None:
        self.board = Switchboard(centre)
        self.card = card
        self.plan = plans_of(centre)

    def next_step(self, record: CallRecord) -> str:
        """The best thing to do now, in words and keys."""
        assert record.rehearsal is not None
        if record.hold is not None:
            return WAIT
        planner = self.plan(record.rehearsal.scenario, record.rehearsal.scene)
        if record.line == self.board.centre.directory.lobby:
            return _to_dial(self.board.centre, min(planner.numbers, key=planner.seconds))
        found = planner.search.best(point_of(record)._replace(draws=0), planner.at)
        if not found.steps:
            return START_OVER
        reason = self.board.case(record.rehearsal.scenario).reason.topic
        return _sentence(tell_step(planner, clearest(planner, found.steps[0], reason)).does)

    def way(self, record: CallRecord) -> str:
        """The whole way: from the lobby with the number to dial, on a line with what to do there."""
        assert record.rehearsal is not None
        planner = self.plan(record.rehearsal.scenario, record.rehearsal.scene)
        in_lobby = record.line == self.board.centre.directory.lobby
        dialled = min(planner.numbers, key=planner.seconds) if in_lobby else record.dialled
        try:
            told = tell(planner, planner.route(dialled))
        except NumberError:
            return START_OVER
        sentences = [_to_dial(self.board.centre, dialled)] if in_lobby else []
        return " ".join([*sentences, *(_sentence(step.does) for step in told.steps)]) or WAIT

    def debrief(self, record: CallRecord, events: Sequence[Event]) -> SpokenDebrief:
        """What to tell a caller at the end."""
        return spoken_debrief(self.talk_over(events))

    def talk_over(self, events: Sequence[Event]) -> Debrief:
        """The whole debrief of a rehearsal. Raises RecordError where the call was none."""
        began = rehearsed(events)
        evidence = evidence_of(self.board, events, self.plan(began.scenario, began.scene) if began else None)
        return debrief_of(evidence, score_of(self.card, evidence))


def _sentence(does: str) -> str:
    return f"{does[0].upper()}{does[1:]}."


def _to_dial(centre: ContactCentre, dialled: str) -> str:
    """What to do in the lobby."""
    if dialled.partition(":")[0] == CARD_BACK:
        return "Dial the number on the back of the card: press star for it."
    return f"Dial {centre.directory.listing(dialled).dial}."

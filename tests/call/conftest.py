"""Rehearsals to test with: a caller on the shipped centre who plays a scenario."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from ivr.call import CallSession, Switchboard
from ivr.call.coaching import Coach, SpokenDebrief, TraineeRoll
from ivr.call.handset import Handset, VirtualClock
from ivr.call.record import CallRecord, Rehearsal, Stage
from ivr.flow.centre import ContactCentre

Rehearse = Callable[..., "Rehearser"]


class StraightCoach:
    """A coach who always says the same."""

    def next_step(self, record: CallRecord) -> str:
        return f"Go on from {record.place}."

    def way(self, record: CallRecord) -> str:
        return "Dial, and stay on the line."

    def debrief(self, record: CallRecord, events: object) -> SpokenDebrief:
        return SpokenDebrief(summary="You got there.", details=("The wrong turn: You took one.", "Your notes: Good."))


class Roll:
    """One trainee, who has a PIN unless it is taken away."""

    pins = True

    def has_pins(self) -> bool:
        return self.pins

    def trainee(self, pin: str) -> str | None:
        return "t-7" if pin == "4711" else None


class Rehearser(Handset):
    """A caller who rehearses a scenario; `go` takes steps in the words of a script."""

    def __init__(self, board: Switchboard, dialled: str, clock: VirtualClock, rehearsal: Rehearsal | None, seed: int):
        self.clock = clock
        self.board = board
        self.said: list[str] = []
        self.session = CallSession.arriving(board, dialled, call_id="CA1", seed=seed, clock=clock, rehearsal=rehearsal)
        super().__init__(self.session, clock, lambda turn: self.said.extend(words.text for words in turn.words))

    def go(self, *steps: str) -> "Rehearser":
        for step in steps:
            verb, _, what = step.partition(" ")
            match verb:
                case "press":
                    self.press(what)
                case "say":
                    self.say(what)
                case "hold":
                    self.wait_out_hold()
                case _:
                    self.wait()
        return self

    @property
    def heard(self) -> str:
        """All that the last turn said."""
        return " ".join(words.text for words in self.turn.words)

    def events(self, kind: str) -> list[Any]:
        """What happened of one kind."""
        return [event for event in self.session.events if event.kind == kind]

    @property
    def happened(self) -> list[str]:
        return [event.kind for event in self.session.events]


@pytest.fixture(scope="session")
def boards(shipped: ContactCentre) -> Callable[..., Switchboard]:
    """A switchboard for each company a call may have; what it keeps is costly to make."""
    return cache(lambda coach=None, roll=None: Switchboard(shipped, coach=coach, roll=roll))


@pytest.fixture
def rehearse(shipped: ContactCentre, boards: Callable[..., Switchboard]) -> Rehearse:
    """Begins a rehearsal: `rehearse("dispute")`, `rehearse("dispute", stage=Stage.TEST, dialled="personal")`."""

    def begun(
        scenario: str,
        *,
        dialled: str | None = None,
        stage: Stage = Stage.PRACTICE,
        seed: int | None = None,
        coach: Coach | None = None,
    ) -> Rehearser:
        what = shipped.scenarios[scenario]
        rehearsal = Rehearsal(scenario=scenario, scene=what.at.isoformat(), stage=stage)
        board = boards(coach)
        return Rehearser(
            board, dialled or what.numbers[0], VirtualClock(what.at), rehearsal, what.seed if seed is None else seed
        )

    return begun


@pytest.fixture
def lobby(shipped: ContactCentre, boards: Callable[..., Switchboard]) -> Callable[..., Rehearser]:
    """A caller in the lobby, who may key a scenario's number there."""

    def begun(*, coach: Coach | None = None, roll: TraineeRoll | None = None) -> Rehearser:
        clock = VirtualClock(shipped.scenarios["dispute"].at)
        return Rehearser(boards(coach, roll), "lobby", clock, None, 1)

    return begun


@pytest.fixture(scope="session")
def coach() -> Coach:
    return StraightCoach()


@pytest.fixture(scope="session")
def roll() -> TraineeRoll:
    return Roll()

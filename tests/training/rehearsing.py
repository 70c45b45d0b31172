"""Rehearsals from the lobby, as a caller of any temper plays them on any telephone."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ivr.call import CARD_BACK, CallSession, Switchboard
from ivr.call.earpiece import Earpiece
from ivr.call.events import DetailGiven, DetailMissing, Ended, Event, Said, VerifiedAgain
from ivr.call.handset import VirtualClock
from ivr.training.callers import By, Case, Plan, Telephone, Temper, caller_of, number_to_dial, plan_of, play
from ivr.training.callers.playing import Caller
from ivr.training.routes.planner import Planner
from ivr.training.routes.planning import plans_of
from ivr.training.scoring import Score, evidence_of, load_card, score_of
from tests.conftest import TUESDAY_MORNING

__all__ = ["in_session", "planner_of", "rehearsed", "scored", "setting_out", "timeless"]


def setting_out(board: Switchboard, name: str, temper: Temper, by: By = "speech", seed: int = 1) -> Plan:
    """What a caller sets out with; only who is prepared knows the way."""
    if temper is not Temper.PREPARED:
        return Plan(case=Case.of(board.centre, name), by=by, seed=seed)
    scenario = board.centre.scenarios[name]
    number = number_to_dial(temper, scenario)
    dialled = f"{CARD_BACK}:{scenario.member}" if number == CARD_BACK else number
    return plan_of(planner_of(board, name), name, dialled, by=by, seed=seed)


def planner_of(board: Switchboard, name: str) -> Planner:
    """The planner of a scenario, made once for all boards of its centre."""
    return plans_of(board.centre)(name)


def rehearsed(
    phone: Telephone, plan: Plan, temper: Temper, *, caller: Caller | None = None, number: str | None = None
) -> None:
    """Keys the scenario's number in the lobby, practises, dials, and plays to the end, as that temper's caller does.

    Another `caller` may play, or dial another `number`.
    """
    number = number or number_to_dial(temper, plan.case.scenario)
    phone.press(f"*{plan.case.scenario.code}#")
    phone.press("2")
    phone.press("*#" if number == CARD_BACK else keyed(number) + "#")
    play(caller or caller_of(temper, plan), phone)


def keyed(number: str) -> str:
    letters = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
    return "".join(key for key in number.translate(letters) if key.isdigit())


def in_session(
    board: Switchboard, plan: Plan, temper: Temper, *, caller: Caller | None = None, number: str | None = None
) -> list[Event]:
    """What happens without any medium."""
    clock = VirtualClock(TUESDAY_MORNING)
    session = CallSession.arriving(board, "lobby", call_id="CA1", seed=1, clock=clock)
    rehearsed(Earpiece(session, clock), plan, temper, caller=caller, number=number)
    return session.events


def scored(board: Switchboard, name: str, events: Sequence[Event]) -> Score:
    """The score of a rehearsal, by the shipped card."""
    return score_of(_card(), evidence_of(board, events, planner_of(board, name)))


_card = cache(load_card)


def timeless(events: list[Event]) -> list[Event]:
    """Events without what differs between media: their times, and what depends on them, as a debrief does."""
    before = next((at for at, event in enumerate(events) if _begins_debrief(event)), len(events))
    told = [event for event in events[before:] if not isinstance(event, Said)]
    return [_timeless(replace(event, at=TUESDAY_MORNING)) for event in (*events[:before], *told)]


def _begins_debrief(event: Event) -> bool:
    return isinstance(event, Said) and event.words.startswith("Before you hear how it went")


def _timeless(event: Event) -> Event:
    match event:
        case DetailGiven() | DetailMissing() | VerifiedAgain() | Ended():
            return replace(event, seconds=0.0)
        case _:
            return event

"""Rehearsals from the lobby, as a caller of any temper plays them on any telephone."""

from dataclasses import replace
from datetime import datetime

from ivr.call import CallSession, Switchboard
from ivr.call.earpiece import Earpiece
from ivr.call.events import DetailGiven, DetailMissing, Ended, Event, VerifiedAgain
from ivr.call.handset import VirtualClock
from ivr.training.callers import By, Case, Plan, Telephone, Temper, caller_of, number_to_dial, play
from tests.conftest import TUESDAY_MORNING

__all__ = ["in_session", "plan_of", "rehearsed", "timeless"]


def plan_of(board: Switchboard, name: str, by: By = "speech") -> Plan:
    """What a caller sets out with."""
    return Plan(case=Case.of(board.centre, name), by=by)


def rehearsed(phone: Telephone, plan: Plan, temper: Temper) -> None:
    """Keys the scenario's number in the lobby, practises, dials, and plays to the end."""
    number = number_to_dial(temper, plan.case.scenario)
    phone.press(f"*{plan.case.scenario.code}#")
    phone.press("2")
    phone.press("*#" if number == "card-back" else keyed(number) + "#")
    play(caller_of(temper, plan), phone)


def keyed(number: str) -> str:
    letters = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
    return "".join(key for key in number.translate(letters) if key.isdigit())


def in_session(board: Switchboard, plan: Plan, temper: Temper, now: datetime = TUESDAY_MORNING) -> list[Event]:
    """What happens without any medium."""
    clock = VirtualClock(now)
    session = CallSession.arriving(board, "lobby", call_id="CA1", seed=1, clock=clock)
    rehearsed(Earpiece(session, clock), plan, temper)
    return session.events


def timeless(events: list[Event]) -> list[Event]:
    """Events without what differs between media: their times, and what depends on them."""
    return [_timeless(replace(event, at=TUESDAY_MORNING)) for event in events]


def _timeless(event: Event) -> Event:
    match event:
        case DetailGiven() | DetailMissing() | VerifiedAgain() | Ended():
            return replace(event, seconds=0.0)
        case _:
            return event

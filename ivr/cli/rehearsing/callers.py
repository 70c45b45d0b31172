"""Callers of the shipped tempers, on this terminal's line."""

from ivr.call import CallSession
from ivr.call.earpiece import Earpiece
from ivr.call.handset import VirtualClock
from ivr.cli.transcript import Reporter
from ivr.flow.centre import ContactCentre
from ivr.training.callers import Act, Case, HangUp, Plan, Press, Say, Temper, Wait, caller_of, play
from ivr.training.callers.playing import Caller

__all__ = ["let_play"]


def let_play(
    temper: Temper, centre: ContactCentre, session: CallSession, clock: VirtualClock, reporter: Reporter, seed: int
) -> None:
    """Plays the whole call, and tells of it as it goes."""
    rehearsal = session.record.rehearsal
    assert rehearsal is not None
    caller = caller_of(temper, Plan(case=Case.of(centre, rehearsal.scenario), seed=seed))
    play(_Told(caller, reporter), Earpiece(session, clock, lambda turn: reporter.turn(session, turn)))
    reporter.close()


class _Told:
    """A caller whose acts are told of."""

    def __init__(self, caller: Caller, reporter: Reporter) -> None:
        self._caller = caller
        self._reporter = reporter

    def act(self, heard: str, on_hold: bool) -> Act:
        act = self._caller.act(heard, on_hold)
        self._reporter.caller(_in_script(act))
        return act


def _in_script(act: Act) -> str:
    match act:
        case Press(keys=keys):
            return f"press {keys}"
        case Say(words=words):
            return f"say {words}"
        case Wait():
            return "wait"
        case HangUp():
            return "hang up"

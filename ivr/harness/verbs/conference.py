"""Dial Conference: wait for it to start, talk to everybody in it, and tell how it went.

https://www.twilio.com/docs/voice/twiml/conference.
"""

from functools import partial

from ivr.harness import events
from ivr.harness.conferences import HUNG_UP, UPDATED, Conference, Participant
from ivr.harness.errors import Refused
from ivr.harness.happenings import Changed, Happening, HungUp, Redirected
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, End, Outcome
from ivr.harness.process import Running
from ivr.harness.status import CallStatus, Floor
from ivr.harness.taping import Tape
from ivr.harness.twiml.dial import Dial
from ivr.harness.twiml.nouns import Conference as Noun
from ivr.harness.verbs.conference_events import StatusCallback, record_conference, tell_of_speech
from ivr.harness.verbs.parting import tell_action
from ivr.harness.verbs.recording import tape_of_dial
from ivr.harness.verbs.waiting import wait_once, wait_with

__all__ = ["join_conference"]

FULL = 13229
ANSWERED = "answered"
NO_SUCH_CALL_TO_COACH = 13240
LABEL_TAKEN = 16025
# https://www.twilio.com/docs/voice/twiml/conference#attributes-waiturl
WAITING = frozenset({"Play", "Say", "Pause", "Redirect"})


def join_conference(leg: Leg, verb: Dial, noun: Noun) -> Running[Happening, Outcome]:
    """Take part until the caller leaves (`*`), the conference ends or the time is up; then the action."""
    leg.answer()
    callback = StatusCallback(leg, noun)
    conference = leg.lines.conferences.named(noun.text, now=leg.timeline.now, tell=callback)
    if not callback.agrees_with(conference.tell):
        leg.tell_no_effect(noun.line, "Conference", ("statusCallback",))
    participant = _participant(leg, noun)
    refused = _refused(leg, noun, conference)
    if refused is not None:
        return None if refused == LABEL_TAKEN else _action(leg, verb, conference, CallStatus.FAILED)
    record_conference(leg, noun, conference)
    tell_of_speech(conference, participant)
    if verb.hangup_on_star:
        _leave_by_star(participant)
    tape = tape_of_dial(leg, verb)
    leg.place = participant
    leg.others = partial(conference.hearers, participant)
    leg.note(events.Joined(at=leg.seconds, conference=noun.text))
    why, ended, status = HUNG_UP, None, ANSWERED
    try:
        conference.join(participant)
        _beep(conference, participant, "onEnter")
        ended = yield from _take_part(leg, verb, noun, conference, participant)
    except Refused as problem:
        leg.note(events.Failed(at=leg.seconds, code=problem.code, text=problem.text))
        status = CallStatus.FAILED
    except HungUp:
        _stop(tape)
        tell_action(leg, verb.line, _action(leg, verb, conference, ANSWERED, tape))
        raise
    except Redirected:
        why = UPDATED
        raise
    finally:
        leg.place = leg.others = None
        _beep(conference, participant, "onExit")
        conference.leave(participant, why)
    leg.give_floor(Floor.TWILIO)
    _stop(tape)
    return ended or _action(leg, verb, conference, status, tape)


def _refused(leg: Leg, noun: Noun, conference: Conference[Leg]) -> int | None:
    """Twilio's code of what keeps the caller out, if anything does."""
    inside = conference.participants
    if len(inside) >= noun.max_participants:
        leg.warn(FULL, noun.line, f"the conference {noun.text} is full")
        return FULL
    if noun.coach and noun.coach not in [each.sid for each in inside]:
        leg.warn(NO_SUCH_CALL_TO_COACH, noun.line, f"coach names no call in the conference {noun.text}: {noun.coach}")
        return NO_SUCH_CALL_TO_COACH
    if noun.participant_label and noun.participant_label in [each.label for each in inside]:
        leg.warn(LABEL_TAKEN, noun.line, f"somebody in {noun.text} has the label {noun.participant_label} already")
        return LABEL_TAKEN
    return None


def _leave_by_star(participant: Participant[Leg]) -> None:
    """The star counts while they wait, too, whatever they hear."""

    def hear(event: events.Event) -> None:
        if isinstance(event, events.Pressed) and event.key == "*" and participant.present:
            participant.leaving = True
            participant.leg.timeline.soon(participant.disturb)  # once the key was heard here, not by the next verb

    participant.leg.overhear(hear)


def _stop(tape: Tape | None) -> None:
    if tape is not None:
        tape.stop()


def _participant(leg: Leg, noun: Noun) -> Participant[Leg]:
    def disturb() -> None:
        leg.disturb(Changed(), participant)

    participant = Participant(
        leg=leg,
        sid=leg.sid,
        label=noun.participant_label,
        muted=noun.muted,
        coaching=noun.coach,
        starts=noun.start_conference_on_enter,
        ends=noun.end_conference_on_exit,
        beep=noun.beep,
        disturb=disturb,
    )
    return participant


def _take_part(
    leg: Leg, verb: Dial, noun: Noun, conference: Conference[Leg], participant: Participant[Leg]
) -> Running[Happening, End | None]:
    """Wait, talk and be held, as the conference has it."""
    until = leg.timeline.now + verb.time_limit * 1000
    music = Ask(method=noun.wait_method, url=leg.resolve(noun.wait_url)) if noun.wait_url else None
    silent = noun.wait_url == ""  # "if you do not wish anything to play ... specify the empty string"
    while participant.present and not participant.leaving:
        try:
            if participant.held or conference.status == "init":
                if participant.held:
                    outcome = yield from wait_with(leg, participant.hold_music, params=dict)
                else:
                    outcome = yield from wait_once(leg, music, WAITING, silent=silent)
                return outcome if isinstance(outcome, End) else None
            leg.give_floor(Floor.TALK)
            while (yield until) is not None:
                pass
            return None
        except Changed:
            pass
    return None


def _beep(conference: Conference[Leg], participant: Participant[Leg], when: str) -> None:
    """The others hear a beep when somebody comes or goes."""
    if participant.beep in ("true", when) and conference.status == "in-progress":
        for other in conference.participants:
            if other is not participant:
                other.leg.note(events.Played(at=other.leg.seconds, sound="beep"))


def _action(
    leg: Leg, verb: Dial, conference: Conference[Leg], status: CallStatus | str, tape: Tape | None = None
) -> Ask | None:
    """DialCallStatus is `answered` for a conference, without DialCallSid and DialCallDuration."""
    if verb.action is None:
        return None
    params = {"DialCallStatus": str(status), "ConferenceSid": conference.sid}
    if tape is not None:
        params |= {name: tape.made[name] for name in ("RecordingUrl", "RecordingSid")}
    return Ask(method=verb.method, url=leg.resolve(verb.action), params=params)

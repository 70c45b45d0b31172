"""Dial Conference: wait for it to start, talk to everybody in it, and tell how it went.

https://www.twilio.com/docs/voice/twiml/conference.
"""

from email.utils import format_datetime
from functools import partial

from ivr.harness import events
from ivr.harness.callbacks import notify
from ivr.harness.conferences import Conference, Participant
from ivr.harness.happenings import Changed, Happening, HungUp, Key
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, End, Outcome
from ivr.harness.process import Running
from ivr.harness.status import Floor
from ivr.harness.twiml.dial import Dial
from ivr.harness.twiml.nouns import Conference as Noun
from ivr.harness.verbs.parting import tell_action
from ivr.harness.verbs.waiting import wait_with

__all__ = ["join_conference"]

FULL = 13229
# What each event of the callback is called in `statusCallbackEvent`.
GROUPS = {
    "conference-start": "start",
    "conference-end": "end",
    "participant-join": "join",
    "participant-leave": "leave",
    "participant-mute": "mute",
    "participant-unmute": "mute",
    "participant-hold": "hold",
    "participant-unhold": "hold",
    "announcement-end": "announcement",
    "announcement-fail": "announcement",
}


def join_conference(leg: Leg, verb: Dial, noun: Noun) -> Running[Happening, Outcome]:
    """Take part until the caller leaves (`*`), the conference ends or the time is up; then the action."""
    leg.answer()
    conference = leg.lines.conferences.named(noun.text, now=leg.timeline.now, tell=_Teller(leg, noun))
    if len(conference.participants) >= noun.max_participants:
        leg.warn(FULL, noun.line, f"the conference {noun.text} is full")
        return _action(leg, verb, conference)
    participant = _participant(leg, noun)
    leg.place = participant
    leg.others = partial(conference.hearers, participant)
    leg.note(events.Joined(at=leg.seconds, conference=noun.text))
    try:
        conference.join(participant)
        _beep(conference, participant, noun, "onEnter")
        ended = yield from _take_part(leg, verb, noun, conference, participant)
    except HungUp:
        tell_action(leg, verb.line, _action(leg, verb, conference))
        raise
    finally:
        leg.place = leg.others = None
        _beep(conference, participant, noun, "onExit")
        conference.leave(participant)
    leg.give_floor(Floor.TWILIO)
    return ended or _action(leg, verb, conference)


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
        disturb=disturb,
    )
    return participant


def _take_part(
    leg: Leg, verb: Dial, noun: Noun, conference: Conference[Leg], participant: Participant[Leg]
) -> Running[Happening, End | None]:
    """Wait, talk and be held, as the conference has it."""
    until = leg.timeline.now + verb.time_limit * 1000
    music = None if noun.wait_url is None else Ask(method=noun.wait_method, url=leg.resolve(noun.wait_url))
    while participant.present:
        try:
            if participant.held or conference.status == "init":
                chosen = participant.hold_music if participant.held else music
                # The waitUrl of a conference plays once, and then it is silent.
                outcome = yield from wait_with(leg, chosen, again=participant.held, params=dict)
                return outcome if isinstance(outcome, End) else None
            leg.give_floor(Floor.TALK)
            while (happening := (yield until)) is not None:
                if verb.hangup_on_star and happening == Key(key="*"):
                    return None
            return None
        except Changed:
            pass
    return None


def _beep(conference: Conference[Leg], participant: Participant[Leg], noun: Noun, when: str) -> None:
    """The others hear a beep when somebody comes or goes."""
    if noun.beep in ("true", when) and conference.status == "in-progress":
        for other in conference.participants:
            if other is not participant:
                other.leg.note(events.Played(at=other.leg.seconds, sound="beep"))


class _Teller:
    """Requests the status callback that the first participant gave."""

    def __init__(self, leg: Leg, noun: Noun) -> None:
        self._leg = leg
        self._noun = noun
        self._url = None if noun.status_callback is None else leg.resolve(noun.status_callback)

    def __call__(self, conference: Conference[Leg], event: str, who: Participant[Leg] | None, **more: str) -> None:
        if self._url is None or GROUPS[event] not in self._noun.status_callback_event:
            return
        leg = self._leg
        conference.sequence += 1
        params = {
            "ConferenceSid": conference.sid,
            "FriendlyName": conference.name,
            "AccountSid": leg.account_sid,
            "StatusCallbackEvent": event,
            "SequenceNumber": str(conference.sequence),
            "Timestamp": format_datetime(leg.now, usegmt=True),
        }
        if event == "conference-end":
            params["ReasonConferenceEnded"] = conference.reason_ended
            params["CallSidEndingConference"] = conference.ended_by
        elif who is not None:
            params |= _about(who)
        ask = Ask(method=self._noun.status_callback_method, url=self._url, params={**params, **more})
        leg.timeline.soon(partial(notify, leg, ask))


def _about(participant: Participant[Leg]) -> dict[str, str]:
    flags = {
        "Muted": participant.muted,
        "Hold": participant.held,
        "Coaching": bool(participant.coaching),
        "StartConferenceOnEnter": participant.starts,
        "EndConferenceOnExit": participant.ends,
    }
    label = {"ParticipantLabel": participant.label} if participant.label else {}
    return {"CallSid": participant.sid, **label, **{name: str(value).lower() for name, value in flags.items()}}


def _action(leg: Leg, verb: Dial, conference: Conference[Leg]) -> Ask | None:
    """DialCallStatus is `answered` for a conference, without DialCallSid and DialCallDuration."""
    if verb.action is None:
        return None
    params = {"DialCallStatus": "answered", "ConferenceSid": conference.sid}
    return Ask(method=verb.method, url=leg.resolve(verb.action), params=params)

"""What a conference tells: its status callback, and its recording.

https://www.twilio.com/docs/voice/twiml/conference#attributes-status-callback and #attributes-recording-status-callback.
"""

from email.utils import format_datetime
from functools import partial

from ivr.harness import events
from ivr.harness.callbacks import notify
from ivr.harness.conferences import Conference, Participant
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask
from ivr.harness.speaking import speaking_time
from ivr.harness.taping import Tape, Taping
from ivr.harness.twiml.nouns import Conference as Noun

__all__ = ["StatusCallback", "record_conference", "tell_of_speech"]

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
    "participant-modify": "modify",
    "participant-speech-start": "speaker",
    "participant-speech-stop": "speaker",
    "announcement-end": "announcement",
    "announcement-fail": "announcement",
}


class StatusCallback:
    """Requested with what the first participant gave; its parameters are those of the conference, and of no call.

    "Events are set by the first Participant to join the conference, subsequent statusCallbackEvents will be ignored."
    """

    def __init__(self, leg: Leg, noun: Noun) -> None:
        self._leg = leg
        self._noun = noun
        self._url = _absolute(leg, noun.status_callback)
        self._told = 0

    def agrees_with(self, tell: object) -> bool:
        """Whether the conference tells its events there anyway, or nothing else was wanted."""
        return self._url is None or (isinstance(tell, StatusCallback) and tell._url == self._url)

    def __call__(self, conference: Conference[Leg], event: str, who: Participant[Leg] | None, **more: str) -> None:
        if self._url is None or GROUPS[event] not in self._noun.status_callback_event:
            return
        self._told += 1
        params = {
            **_about_conference(self._leg, conference),
            "StatusCallbackEvent": event,
            "SequenceNumber": str(self._told),
        }
        if event == "conference-end":
            params |= _about_end(conference, who)
        elif who is not None and event != "conference-start":
            params |= _about(who)
        if event == "participant-leave" and who is not None:
            params["ParticipantCallStatus"] = who.leg.status.value
        _request(self._leg, Ask(method=self._noun.status_callback_method, url=self._url, params={**params, **more}))


def tell_of_speech(conference: Conference[Leg], participant: Participant[Leg]) -> None:
    """From now on the conference is told when they begin to speak, and when they stop."""
    leg = participant.leg

    def stop() -> None:
        if participant.present:
            conference.happened("participant-speech-stop", participant)

    def hear(event: events.Event) -> None:
        if isinstance(event, events.Spoke) and participant.present and any(True for _ in leg.hearers()):
            conference.happened("participant-speech-start", participant)
            leg.timeline.at(leg.timeline.now + speaking_time(event.words), stop)

    leg.overhear(hear)


def record_conference(leg: Leg, noun: Noun, conference: Conference[Leg]) -> None:
    """Record it once it starts, if it has not: "the recording begins when the first two participants are bridged".

    The first participant who asks says what is told of it.
    """
    wanted = noun.record in ("record-from-start", "true")
    if wanted and conference.status == "init" and not conference.followers:
        conference.followers.append(_Recording(leg, noun))


class _Recording:
    """Runs from the conference's start to its end; all of its participants are on it."""

    def __init__(self, leg: Leg, noun: Noun) -> None:
        self._leg = leg
        self._noun = noun
        self._callback = _absolute(leg, noun.recording_status_callback)
        self._event_callback = _absolute(leg, noun.event_callback_url)
        self._tape: Tape | None = None

    def __call__(self, conference: Conference[Leg], event: str, who: Participant[Leg] | None, **more: str) -> None:
        match event:
            case "conference-start":
                speakers = tuple(each.leg for each in conference.participants)
                self._tape = Tape(self._leg, self._taping(conference), speakers)
            case "participant-join" if self._tape is not None and who is not None:
                self._tape.follow(who.leg)
            case "conference-end" if self._tape is not None:
                self._tape.stop()
                self._tell_in_the_old_way(conference, self._tape)
            case _:
                pass

    def _taping(self, conference: Conference[Leg]) -> Taping:
        noun = self._noun
        return Taping(
            source="Conference",
            callback=self._callback,
            method=noun.recording_status_callback_method,
            events=noun.recording_status_callback_event,
            trim=noun.trim == "trim-silence",
            conference=conference.sid,
        )

    def _tell_in_the_old_way(self, conference: Conference[Leg], tape: Tape) -> None:
        """eventCallbackUrl, which is not requested where there is a recordingStatusCallback."""
        if self._event_callback is None or self._callback is not None:
            return
        params = {
            **_about_conference(self._leg, conference),
            "EventName": "conference-record-end",
            "RecordingUrl": tape.made["RecordingUrl"],
            "Duration": tape.made["RecordingDuration"],
            "RecordingFileSize": str(tape.size),
        }
        _request(self._leg, Ask(method="POST", url=self._event_callback, params=params))


def _absolute(leg: Leg, url: str | None) -> str | None:
    return None if url is None else leg.resolve(url)


def _request(leg: Leg, ask: Ask) -> None:
    alone = Ask(method=ask.method, url=ask.url, params=ask.params, of_call=False)
    leg.timeline.soon(partial(notify, leg, alone))


def _about_conference(leg: Leg, conference: Conference[Leg]) -> dict[str, str]:
    return {
        "ConferenceSid": conference.sid,
        "FriendlyName": conference.name,
        "AccountSid": leg.account_sid,
        "Timestamp": format_datetime(leg.now, usegmt=True),
    }


def _about_end(conference: Conference[Leg], by: Participant[Leg] | None) -> dict[str, str]:
    told = {
        "ReasonConferenceEnded": conference.reason_ended,
        "Reason": conference.reason_ended.replace("-", " ").capitalize(),
    }
    if by is not None:
        told["CallSidEndingConference"] = by.sid
        if by.label:
            told["ParticipantLabelEndingConference"] = by.label
    return told


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

"""Record: what the caller says until silence, a key or the longest time. https://www.twilio.com/docs/voice/twiml/record."""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime

from ivr.harness import events
from ivr.harness.errors import Refused
from ivr.harness.happenings import Happening, HungUp, Key, Spoken
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, Outcome
from ivr.harness.process import Running
from ivr.harness.status import Floor
from ivr.harness.timeline import Milliseconds
from ivr.harness.twiml.record import Record
from ivr.harness.verbs.recording import keep_recording, recording_url, tell_recording, tell_transcription

__all__ = ["record"]


@dataclass(kw_only=True, slots=True)
class _Tape:
    """What is on the recording so far."""

    sid: str
    started: datetime
    began: Milliseconds
    words: list[str] = field(default_factory=list)
    voice_began: Milliseconds = 0
    silent_from: Milliseconds = 0

    def add(self, spoken: Spoken, now: Milliseconds) -> None:
        if not self.words:
            self.voice_began = now
        self.words.append(spoken.words)
        self.silent_from = max(self.silent_from, now) + spoken.lasts

    def seconds(self, now: Milliseconds, trim: str) -> int:
        """Its length; trimmed, from the first word to the last."""
        length = now - self.began
        if trim == "trim-silence":
            length = min(now, self.silent_from) - self.voice_began
        return max(1, round(length / 1000))


def record(leg: Leg, verb: Record) -> Running[Happening, Outcome]:
    """Record, then go to the action; an empty recording goes on with the next verb."""
    if verb.play_beep:
        leg.note(events.Played(at=leg.seconds, sound="beep"))
    sid = leg.lines.sids.make("RE")
    tape = _Tape(sid=sid, started=leg.now, began=leg.timeline.now, silent_from=leg.timeline.now)
    leg.give_floor(Floor.MESSAGE)
    _tell(leg, verb, tape, "in-progress", {})
    try:
        key = yield from _listen(leg, verb, tape)
    except HungUp:
        _after_hang_up(leg, verb, tape)
        raise
    leg.give_floor(Floor.TWILIO)
    if not tape.words:
        _tell(leg, verb, tape, "absent", {"RecordingDuration": "0"})
        return None
    # Where the caller ended it with a key, Digits is that key.
    return _action(leg, verb, tape, {"Digits": key} if key else {})


def _listen(leg: Leg, verb: Record, tape: _Tape) -> Running[Happening, str]:
    """Until silence, the longest time, or a key: that key, or nothing."""
    last_moment = tape.began + verb.max_length * 1000
    while (happening := (yield min(tape.silent_from + verb.timeout * 1000, last_moment))) is not None:
        match happening:
            case Key(key=key) if key in verb.finish_on_key:
                return key
            case Spoken():
                tape.add(happening, leg.timeline.now)
            case _:
                pass
    return ""


def _after_hang_up(leg: Leg, verb: Record, tape: _Tape) -> None:
    """The action is requested all the same, with `hangup` for the key; what it answers is no longer of use."""
    if tape.words:
        try:
            leg.fetch("action", _action(leg, verb, tape, {"Digits": "hangup"}))
        except Refused as problem:
            leg.warn(problem.code, verb.line, problem.text)


def _action(leg: Leg, verb: Record, tape: _Tape, params: dict[str, str]) -> Ask:
    # The caller's words come in; what goes out is silence while they are recorded.
    words = "" if verb.recording_track == "outbound" else " ".join(tape.words)
    seconds = tape.seconds(leg.timeline.now, verb.trim)
    made = keep_recording(leg, sid=tape.sid, seconds=seconds, words=words, source="RecordVerb")
    _tell(leg, verb, tape, "completed", made)
    if verb.transcribe or verb.transcribe_callback is not None:
        tell_transcription(leg, verb.transcribe_callback, words, made)
    return Ask(method=verb.method, url=leg.resolve(verb.action), params={**made, **params})


def _tell(leg: Leg, verb: Record, tape: _Tape, status: str, made: dict[str, str]) -> None:
    tell_recording(
        leg,
        verb.recording_status_callback,
        verb.recording_status_callback_method,
        verb.recording_status_callback_event,
        {
            "RecordingSid": tape.sid,
            "RecordingUrl": recording_url(leg, tape.sid),
            "RecordingStatus": status,
            "RecordingSource": "RecordVerb",
            "RecordingChannels": "1",
            "RecordingStartTime": format_datetime(tape.started, usegmt=True),
            "RecordingTrack": verb.recording_track,
            **made,
        },
    )

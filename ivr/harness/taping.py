"""Recording a call or conference while it runs, from its answer or from the middle of it.

https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource (Record),
https://www.twilio.com/docs/voice/api/recording#create-a-recording-resource, /twiml/dial#record and
/twiml/conference#record.
"""

from email.utils import format_datetime
from functools import partial

from ivr.frozen import frozen
from ivr.harness import events
from ivr.harness.api import account_path
from ivr.harness.callbacks import notify
from ivr.harness.fetch.http import Method
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask
from ivr.harness.recordings import Recording
from ivr.harness.speaking import speaking_time
from ivr.harness.timeline import Milliseconds

__all__ = ["Tape", "Taping", "tape_from_answer"]

OF_THE_CALL = "OutboundAPI"  # recorded as a whole: its later requests have the recording's parameters


@frozen
class Taping:
    """How it is to be recorded; `source` is in Twilio's words, `events` those that `callback` is told.

    `trim` leaves out the silence before the first word and after the last. `conference` is the SID of the one that is
    recorded, in place of the call.
    """

    source: str = OF_THE_CALL
    channels: int = 1
    callback: str | None = None
    method: Method = "POST"
    events: tuple[str, ...] = ("completed",)
    trim: bool = False
    conference: str | None = None


def tape_from_answer(leg: Leg, taping: Taping) -> None:
    """Record it as soon as it is answered."""

    def hear(event: events.Event) -> None:
        if isinstance(event, events.Answered):
            Tape(leg, taping, (leg,))

    leg.overhear(hear)


class Tape:
    """A recording that runs, until it is stopped or its call is over."""

    def __init__(self, leg: Leg, taping: Taping, speakers: tuple[Leg, ...]) -> None:
        """`leg` makes its requests, and `speakers` are whose words are on it."""
        self.sid = leg.lines.sids.make("RE")
        self.running = True
        self.made: dict[str, str] = {}
        """The parameters that tell of it, once it is done."""
        self.size = 0
        """Of the file, in bytes."""
        self._leg = leg
        self._taping = taping
        self._began = leg.timeline.now
        self._started = leg.now
        self._words: list[str] = []
        self._first_word: Milliseconds = 0
        self._last_word: Milliseconds = 0
        self._paused = False
        self._skipped_from: Milliseconds | None = None
        self._skipped: Milliseconds = 0
        leg.lines.tapes[self.sid] = self
        if taping.conference is None:
            leg.overhear(self._await_end)
        for speaker in speakers:
            self.follow(speaker)
        self._keep("in-progress")
        self._tell("in-progress", {})

    def is_of(self, sid: str) -> bool:
        """See `Recorder`."""
        return sid == (self._taping.conference or self._leg.sid)

    def follow(self, speaker: Leg) -> None:
        """What this party says from now on is on it too."""
        speaker.overhear(self._hear)

    def pause(self, *, skip: bool) -> None:
        """Record nothing until it goes on; with `skip` the pause is left out, otherwise it is silence."""
        if self.running and not self._paused:
            self._paused = True
            self._skipped_from = self._leg.timeline.now if skip else None
            self._keep("paused")

    def resume(self) -> None:
        """Go on."""
        if self._skipped_from is not None:
            self._skipped += self._leg.timeline.now - self._skipped_from
        self._paused, self._skipped_from = False, None
        if self.running:
            self._keep("in-progress")

    def stop(self) -> None:
        """It is done: it can be heard, and its callback is told."""
        if not self.running:
            return
        self.resume()
        self.running = False
        recording = self._keep("completed")
        leg, seconds = self._leg, recording.seconds
        self.size = len(recording.wav)
        url = f"{leg.lines.api_url}{account_path(leg.account_sid)}/Recordings/{self.sid}"
        words = " ".join(self._words)
        leg.note(events.Recorded(at=leg.seconds, sid=self.sid, url=url, seconds=seconds, words=words))
        self.made = {"RecordingUrl": url, "RecordingSid": self.sid, "RecordingDuration": str(seconds)}
        if self._taping.source == OF_THE_CALL:
            leg.learn(**self.made)
        self._tell("completed", self.made)

    def _hear(self, event: events.Event) -> None:
        if isinstance(event, events.Spoke) and self.running and not self._paused:
            now = self._leg.timeline.now
            if not self._words:
                self._first_word = now
            self._words.append(event.words)
            self._last_word = max(self._last_word, now + speaking_time(event.words))

    def _await_end(self, event: events.Event) -> None:
        if isinstance(event, events.Ended):
            self.stop()

    def _length(self) -> Milliseconds:
        """Where nobody said a word there is nothing to trim by: a caller who is not acted for is not silent."""
        now = self._leg.timeline.now
        if self._taping.trim and self._words:
            return min(now, self._last_word) - self._first_word
        return now - self._began - self._skipped

    def _keep(self, status: str) -> Recording:
        recording = Recording(
            sid=self.sid,
            call_sid=self._leg.sid,
            conference_sid=self._taping.conference,
            made=self._leg.now,
            seconds=max(1, round(self._length() / 1000)),
            source=self._taping.source,
            channels=self._taping.channels,
            status=status,
        )
        self._leg.lines.keep(recording)
        return recording

    def _tell(self, status: str, made: dict[str, str]) -> None:
        taping, leg = self._taping, self._leg
        if taping.callback is None or status not in taping.events:
            return
        params = {
            "AccountSid": leg.account_sid,
            "RecordingSid": self.sid,
            "RecordingStatus": status,
            "RecordingSource": taping.source,
            "RecordingChannels": str(taping.channels),
            "RecordingStartTime": format_datetime(self._started, usegmt=True),
            **made,
        }
        if taping.conference is not None:
            params["ConferenceSid"] = taping.conference
        ask = Ask(method=taping.method, url=taping.callback, params=params, of_call=taping.conference is None)
        leg.timeline.soon(partial(notify, leg, ask))

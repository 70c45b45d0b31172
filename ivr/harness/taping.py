"""Recording a whole call, as REST asks for it: from its answer, or from the middle of it.

https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource (Record) and
https://www.twilio.com/docs/voice/api/recording#create-a-recording-resource.
"""

from dataclasses import dataclass
from functools import partial

from ivr.harness import events
from ivr.harness.callbacks import notify
from ivr.harness.fetch.http import Method
from ivr.harness.leg import API_VERSION, Leg
from ivr.harness.outcome import Ask
from ivr.harness.recordings import Recording
from ivr.harness.timeline import Milliseconds

__all__ = ["Tape", "Taping", "tape_from_answer"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Taping:
    """How a call is to be recorded; `source` is in Twilio's words, `events` those that `callback` is told."""

    source: str = "OutboundAPI"
    channels: int = 1
    callback: str | None = None
    method: Method = "POST"
    events: tuple[str, ...] = ("completed",)


def tape_from_answer(leg: Leg, taping: Taping, tapes: "dict[str, Tape]") -> None:
    """Record it as soon as it is answered, and put the recording among `tapes`."""

    def hear(event: events.Event) -> None:
        if isinstance(event, events.Answered):
            tape = Tape(leg, taping)
            tapes[tape.sid] = tape

    leg.overhear(hear)


class Tape:
    """A recording that runs, until it is stopped or the call is over."""

    def __init__(self, leg: Leg, taping: Taping) -> None:
        self.leg = leg
        self.taping = taping
        self.sid = leg.lines.sids.make("RE")
        self.running = True
        self._began = leg.timeline.now
        self._words: list[str] = []
        self._paused = False
        self._skipped_from: Milliseconds | None = None
        self._skipped: Milliseconds = 0
        leg.overhear(self._hear)
        self._keep("in-progress")
        self._tell("in-progress")

    def pause(self, *, skip: bool) -> None:
        """Record nothing until it goes on; with `skip` the pause is left out, otherwise it is silence."""
        if self.running and not self._paused:
            self._paused = True
            self._skipped_from = self.leg.timeline.now if skip else None
            self._keep("paused")

    def resume(self) -> None:
        """Go on."""
        if self._skipped_from is not None:
            self._skipped += self.leg.timeline.now - self._skipped_from
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
        leg, url = self.leg, f"{self.leg.lines.api_url}/{API_VERSION}/Accounts/{self.leg.account_sid}"
        words, seconds = " ".join(self._words), recording.seconds
        made = {"RecordingUrl": f"{url}/Recordings/{self.sid}", "RecordingSid": self.sid}
        leg.note(events.Recorded(at=leg.seconds, sid=self.sid, url=made["RecordingUrl"], seconds=seconds, words=words))
        leg.learn(**made, RecordingDuration=str(seconds))
        self._tell("completed")

    def _hear(self, event: events.Event) -> None:
        match event:
            case events.Spoke(words=words) if self.running and not self._paused:
                self._words.append(words)
            case events.Ended():
                self.stop()
            case _:
                pass

    def _keep(self, status: str) -> Recording:
        length = self.leg.timeline.now - self._began - self._skipped
        recording = Recording(
            sid=self.sid,
            call_sid=self.leg.sid,
            made=self.leg.now,
            seconds=max(1, round(length / 1000)),
            source=self.taping.source,
            channels=self.taping.channels,
            status=status,
        )
        self.leg.lines.keep(recording)
        return recording

    def _tell(self, status: str) -> None:
        taping = self.taping
        if taping.callback is None or status not in taping.events:
            return
        params = {
            "RecordingSid": self.sid,
            "RecordingStatus": status,
            "RecordingSource": taping.source,
            "RecordingChannels": str(taping.channels),
        }
        ask = Ask(method=taping.method, url=taping.callback, params=params)
        self.leg.timeline.soon(partial(notify, self.leg, ask))

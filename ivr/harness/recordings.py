"""Recordings: nothing is really recorded, but each can be fetched as sound of the right length."""

import io
import wave
from datetime import datetime
from typing import Protocol

from ivr.frozen import frozen

__all__ = ["Recorder", "Recording", "Transcription"]

MP3_RATE, MP3_SAMPLES = 44100, 1152  # of a frame of MPEG-1 Layer III
MP3_SILENCE = b"\xff\xfb\x10\xc0" + bytes(100)  # such a frame at 32 kbit/s: a header, and nothing that sounds
RATE = 8000  # telephone quality
LONGEST_SOUND_SECONDS = 600  # a longer one is fetched cut short, so that no request takes a hundred megabytes


class Recorder(Protocol):
    """What makes a recording, for as long as it runs."""

    sid: str
    running: bool

    def is_of(self, sid: str) -> bool:
        """Whether it records the call or conference of this SID."""
        ...

    def pause(self, *, skip: bool) -> None:
        """Record nothing for a while; with `skip` the pause is left out of it."""
        ...

    def resume(self) -> None:
        """Go on."""
        ...

    def stop(self) -> None:
        """It is done."""
        ...


@frozen
class Recording:
    """One recording; `made` is when it was complete, `source` in Twilio's words (RecordVerb, DialVerb, ...).

    Its `status` is `in-progress` or `paused` while it runs.
    """

    sid: str
    call_sid: str
    made: datetime
    seconds: int
    source: str
    conference_sid: str | None = None
    channels: int = 1
    status: str = "completed"

    @property
    def wav(self) -> bytes:
        """Silence of its length, as a WAV file: 8 kHz, 8 bit."""
        file = io.BytesIO()
        with wave.open(file, "wb") as sound:
            sound.setnchannels(self.channels)
            sound.setsampwidth(1)
            sound.setframerate(RATE)
            sound.writeframes(b"\x80" * (RATE * self.channels * min(self.seconds, LONGEST_SOUND_SECONDS)))
        return file.getvalue()

    @property
    def mp3(self) -> bytes:
        """The same silence as an MP3 file, always on one channel."""
        return MP3_SILENCE * round(min(self.seconds, LONGEST_SOUND_SECONDS) * MP3_RATE / MP3_SAMPLES)


@frozen
class Transcription:
    """What was said in a recording; `made` is when it was written down."""

    sid: str
    recording_sid: str
    made: datetime
    words: str
    seconds: str

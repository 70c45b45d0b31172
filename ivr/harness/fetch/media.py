"""How long a sound is: a WAV file says so in its header. https://www.twilio.com/docs/voice/twiml/play."""

import wave
from io import BytesIO

from ivr.harness.timeline import Milliseconds

__all__ = ["length_of_wav"]

UNKNOWN: Milliseconds = 24 * 60 * 60 * 1000  # a file written as a stream claims the longest length there is


def length_of_wav(body: bytes) -> Milliseconds | None:
    """The length its header gives, even when the rest is cut off; None for any other sound, or of no known length."""
    try:
        with wave.open(BytesIO(body)) as sound:
            length = round(sound.getnframes() * 1000 / sound.getframerate())
    except (wave.Error, EOFError, ZeroDivisionError):
        return None
    return length if length < UNKNOWN else None

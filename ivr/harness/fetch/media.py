"""How long a sound is: a WAV file says so in its header. https://www.twilio.com/docs/voice/twiml/play."""

import struct

from ivr.harness.timeline import Milliseconds

__all__ = ["length_of_wav"]

UNKNOWN = 0x7FFF0000  # a file written as a stream claims about the longest length there is


def length_of_wav(body: bytes) -> Milliseconds | None:
    """The length its header gives, even when the rest is cut off; None for any other sound, or of no known length.

    By the bytes a second, so that it is known of every coding: PCM, or the mu-law and A-law of telephones.
    """
    if body[:4] != b"RIFF" or body[8:12] != b"WAVE":
        return None
    rate, at = 0, 12
    while at + 8 <= len(body):
        name, size = struct.unpack_from("<4sI", body, at)
        at += 8
        if name == b"fmt " and at + 12 <= len(body):
            (rate,) = struct.unpack_from("<I", body, at + 8)
        elif name == b"data":
            return round(size * 1000 / rate) if rate and size < UNKNOWN else None
        at += size + size % 2
    return None

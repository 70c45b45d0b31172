"""Hold music: a short soft loop, made here so that nothing has to be licensed, downloaded or shipped."""

import io
import math
import sys
import wave
from array import array
from functools import lru_cache

__all__ = ["LOOP_SECONDS", "hold_music"]

LOOP_SECONDS = 10
SAMPLES_A_SECOND = 8000
"""What a telephone carries; Twilio resamples anything else down to it."""

CHORDS = ((220.0, 277.2, 329.6), (185.0, 220.0, 277.2), (146.8, 185.0, 220.0), (164.8, 207.7, 246.9))
"""In hertz: A, F sharp minor, D and E, which leads back to A."""

LOUDNESS = 0.2
"""Of full scale: under a voice, and well under what a line distorts."""


@lru_cache(maxsize=1)
def hold_music() -> bytes:
    """A WAV file of LOOP_SECONDS, mono, 16 bits; every chord swells and fades, so that the loop has no seam."""
    samples = array("h", (round(LOUDNESS * 32767 * _at(index)) for index in range(LOOP_SECONDS * SAMPLES_A_SECOND)))
    if sys.byteorder == "big":
        samples.byteswap()  # WAV is little-endian whatever the machine is
    file = io.BytesIO()
    with wave.open(file, "wb") as music:
        music.setnchannels(1)
        music.setsampwidth(2)
        music.setframerate(SAMPLES_A_SECOND)
        music.writeframes(samples.tobytes())
    return file.getvalue()


def _at(index: int) -> float:
    """The music at one sample, from -1 to 1."""
    length = LOOP_SECONDS * SAMPLES_A_SECOND // len(CHORDS)
    chord, within = CHORDS[index // length], index % length
    swell = math.sin(math.pi * within / length)
    return swell * sum(math.sin(2 * math.pi * note * within / SAMPLES_A_SECOND) for note in chord) / len(chord)

"""Hold music: a WAV file that a telephone can carry."""

import io
import struct
import wave

from ivr.render.hold_music import LOOP_SECONDS, hold_music


def samples() -> list[int]:
    with wave.open(io.BytesIO(hold_music())) as music:
        frames = music.readframes(music.getnframes())
    return [sample for (sample,) in struct.iter_unpack("<h", frames)]


def test_it_is_mono_at_the_rate_of_a_telephone_and_as_long_as_it_says() -> None:
    with wave.open(io.BytesIO(hold_music())) as music:
        assert (music.getnchannels(), music.getsampwidth(), music.getframerate()) == (1, 2, 8000)
        assert music.getnframes() == LOOP_SECONDS * 8000


def test_it_is_soft_but_there() -> None:
    assert 3000 < max(samples()) < 8000


def test_the_loop_has_no_seam() -> None:
    assert max(abs(samples()[0]), abs(samples()[-1])) < 10


def test_it_is_made_once() -> None:
    assert hold_music() is hold_music()

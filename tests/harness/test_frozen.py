"""Values of the harness: compared by what they hold, named by keyword, and with nothing besides."""

import pytest

from ivr.harness.events import Heard, Played
from ivr.harness.outcome import Ask


def test_values_are_the_same_when_they_hold_the_same() -> None:
    first, second = Heard(at=1.0, text="Hello"), Heard(at=1.0, text="Hello")
    assert first == second
    assert len({first, second}) == 1
    assert first != Heard(at=2.0, text="Hello")
    assert first != Played(at=1.0, sound="Hello")


def test_what_they_hold_is_named() -> None:
    with pytest.raises(TypeError, match="positional"):
        Heard(1.0, "Hello")  # type: ignore[call-arg]


def test_nothing_else_can_be_put_into_them() -> None:
    with pytest.raises(AttributeError):
        Heard(at=1.0, text="Hello").words = "Hello"  # type: ignore[attr-defined]


def test_what_is_left_out_is_shared_by_none() -> None:
    assert Ask(method="GET", url="/a").params is not Ask(method="GET", url="/b").params

"""What a caller can do."""

from dataclasses import dataclass

__all__ = ["Act", "HangUp", "Press", "Say", "Wait"]


@dataclass(frozen=True)
class Press:
    """Keys, with a finish key where one is due."""

    keys: str


@dataclass(frozen=True)
class Say:
    """Words."""

    words: str


@dataclass(frozen=True)
class Wait:
    """Nothing, until the question gives up, or somebody answers."""


@dataclass(frozen=True)
class HangUp:
    """The end."""


Act = Press | Say | Wait | HangUp

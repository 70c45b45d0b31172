"""What a caller does, whatever the medium: the session's only way in."""

from ivr.frozen import frozen

__all__ = ["CallerInput", "HungUp", "Pressed", "Silent", "Spoke"]


@frozen
class Pressed:
    """Keys, as one question took them, without the finish key; empty where that was all."""

    keys: str


@frozen
class Spoke:
    """Words, and how sure the recogniser is of them, from 0 to 1."""

    words: str
    confidence: float = 1.0


@frozen
class Silent:
    """The question's time passed without a key or a word; on hold, the next stretch of the hold passed."""


@frozen
class HungUp:
    """The caller is gone."""


CallerInput = Pressed | Spoke | Silent | HungUp

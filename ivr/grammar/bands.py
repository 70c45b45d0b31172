"""How sure is sure enough: accept, confirm ("I think you said ..."), or ask again."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Band(StrEnum):
    """What the line does with what it believes it heard."""

    ACCEPT = "accept"
    CONFIRM = "confirm"
    REJECT = "reject"


@dataclass(frozen=True, kw_only=True)
class Bands:
    """The two thresholds on overall confidence, each the lowest value of its band."""

    accept: float = 0.6
    confirm: float = 0.35

    def __post_init__(self) -> None:
        if not 0 <= self.confirm <= self.accept <= 1:
            raise ValueError(f"bands need 0 <= confirm <= accept <= 1, not {self.confirm} and {self.accept}")

    def band(self, score: float, confidence: float) -> Band:
        """Score is how well the words fit an option, confidence how well the words were heard; both 0 to 1."""
        overall = score * confidence
        if overall >= self.accept:
            return Band.ACCEPT
        return Band.CONFIRM if overall >= self.confirm else Band.REJECT


DEFAULT_BANDS: Final = Bands()


def band(score: float, confidence: float, bands: Bands = DEFAULT_BANDS) -> Band:
    """`Bands.band` with the default thresholds."""
    return bands.band(score, confidence)

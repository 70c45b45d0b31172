"""What a call is for."""

from dataclasses import dataclass

from ivr.training.routes.ground import Arrival

__all__ = ["Goal"]


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A department to be reached, any of several; with `later`, a callback or a message there will do."""

    departments: tuple[str, ...]
    later: bool = False

    def __str__(self) -> str:
        return " or ".join(self.departments)

    def reached(self, arrival: Arrival) -> bool:
        """Whether the call comes to what it is for."""
        if arrival.department not in self.departments:
            return False
        return arrival.stop == "hold" or (self.later and arrival.outcome in ("callback", "message"))

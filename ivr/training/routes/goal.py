"""What a call is for."""

from dataclasses import dataclass

from ivr.training.routes.walking import Arrival

__all__ = ["Goal"]


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A department to be reached; with `later`, a callback or a message there will do, as when it is closed."""

    department: str
    later: bool = False

    def reached(self, arrival: Arrival) -> bool:
        """Whether the call comes to what it is for."""
        if arrival.department != self.department:
            return False
        return arrival.stop == "hold" or (self.later and arrival.outcome in ("callback", "message"))

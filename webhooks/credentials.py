"""A Twilio account and its secrets."""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Credentials"]


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """No repr shows any of the secrets.

    `secondary_token` is the Auth Token that is to come, or was; `shared_keys` are webhook signing keys by their ids.
    """

    account_sid: str
    auth_token: str = field(repr=False)
    secondary_token: str | None = field(default=None, repr=False)
    shared_keys: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def tokens(self) -> tuple[str, ...]:
        """Every Auth Token that is good now."""
        return (self.auth_token, self.secondary_token) if self.secondary_token else (self.auth_token,)

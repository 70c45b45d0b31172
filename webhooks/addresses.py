"""The addresses Twilio is given, all below the public URL."""

from dataclasses import dataclass

__all__ = ["Addresses"]


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Absolute, so that no document depends on where it was fetched from. `public_url` has no slash at its end."""

    public_url: str

    @property
    def incoming(self) -> str:
        """A number's voice URL."""
        return f"{self.public_url}/voice/incoming"

    @property
    def fallback(self) -> str:
        """A number's fallback URL."""
        return f"{self.public_url}/voice/fallback"

    @property
    def status(self) -> str:
        """A number's status callback; Twilio is to try again where it finds nobody, or an error.

        https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides: what is behind # is not requested,
        and not signed.
        """
        return f"{self.public_url}/voice/status#rc=5&rp=5xx,ct,rt"

    @property
    def hold_music(self) -> str:
        """What callers on hold hear."""
        return f"{self.public_url}/voice/hold.wav"

    @property
    def health(self) -> str:
        """Whether the application is there."""
        return f"{self.public_url}/healthz"

    def turn(self, number: int) -> str:
        """Where the answer to turn `number` goes."""
        return f"{self.public_url}/voice/turn/{number}"

    def again(self, apologies: int) -> str:
        """Where a call goes on after so many apologies in a row."""
        return f"{self.incoming}?apologies={apologies}"

"""How calls are set up: what a number's calls request, and what a leg needs of the exchange to call further."""

from ivr.frozen import frozen
from ivr.harness.fetch.http import Method

__all__ = ["Callback", "Webhooks"]


@frozen
class Callback:
    """Where the progress of a call is told, and which of its events: initiated, ringing, answered, completed."""

    url: str
    method: Method = "POST"
    events: tuple[str, ...] = ("completed",)


@frozen
class Webhooks:
    """What a call requests; URLs are absolute."""

    voice_url: str
    voice_method: Method = "POST"
    fallback_url: str | None = None
    fallback_method: Method = "POST"
    callback: Callback | None = None

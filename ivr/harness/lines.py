"""How calls are set up: what a number's calls request, and what a leg needs of the exchange to call further."""

from dataclasses import dataclass

from ivr.harness.fetch.http import Method

__all__ = ["Callback", "Webhooks"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Callback:
    """Where the progress of a call is told, and which of its events: initiated, ringing, answered, completed."""

    url: str
    method: Method = "POST"
    events: tuple[str, ...] = ("completed",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Webhooks:
    """What a call requests; URLs are absolute."""

    voice_url: str
    voice_method: Method = "POST"
    fallback_url: str | None = None
    fallback_method: Method = "POST"
    callback: Callback | None = None

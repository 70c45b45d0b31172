"""What of a transcript reached the caller's ear."""

from collections.abc import Iterable

from ivr.harness import events

__all__ = ["heard_in"]


def heard_in(transcript: Iterable[events.Event]) -> tuple[str, ...]:
    """Everything said to the caller; of a prompt that broke off, the words that were out."""
    heard: list[str] = []
    for event in transcript:
        match event:
            case events.Heard():
                heard.append(event.text)
            case events.CutOff() if heard:
                heard[-1:] = [event.heard] if event.heard else []
            case _:
                pass
    return tuple(heard)

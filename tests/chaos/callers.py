"""Callers who mean to report a lost card, whatever happens on the way."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ivr.harness import Call, Exchange
from ivr.harness.events import Failed

__all__ = ["Story", "many", "one"]

CARD = "378282246310005"
ANSWERS = (
    ("For a lost or stolen card", "1"),
    ("practice card number", CARD),
    ("When did you notice", "*"),
)
MOST_ACTS = 200


@dataclass(kw_only=True)
class Story:
    """How a call went: what Twilio could not fetch, and the last words."""

    sid: str
    connected: bool
    failures: int
    apologies: int
    last_words: str


def one(exchange: Exchange, url: str) -> Story:
    """A call to the lost and stolen line that answers each question as it is heard, also for the second time."""
    call = exchange.call(
        url,
        url="/voice/incoming",
        to="+18005284800",
        fallback_url="/voice/fallback",
        status_callback="/voice/status",
    )
    for _ in range(MOST_ACTS):
        if call.ended:
            break
        _act(call)
    heard = " ".join(call.heard)
    return Story(
        sid=call.sid,
        connected="thank you for holding" in heard,
        failures=sum(isinstance(event, Failed) for event in call.transcript),
        apologies=heard.count("Sorry, something went wrong"),
        last_words=call.heard[-1] if call.heard else "",
    )


def _act(call: Call) -> None:
    said = call.just_heard
    asked = max(((said.rfind(words), keys) for words, keys in ANSWERS), key=lambda each: each[0])
    if asked[0] >= 0:
        call.press(asked[1])
    else:
        call.wait()


@dataclass
class _Queue:
    """Calls that are still to be made, and the stories of those that were."""

    left: Iterator[int]
    stories: list[Story] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def many(exchange: Callable[[int], Exchange], url: str, calls: int, *, at_once: int = 8) -> list[Story]:
    """So many calls, so many of them at a time, each on an exchange of its own."""
    queue = _Queue(iter(range(1, calls + 1)))

    def keep_calling() -> None:
        while True:
            with queue.lock:
                number = next(queue.left, None)
            if number is None:
                return
            story = one(exchange(number), url)
            with queue.lock:
                queue.stories.append(story)

    threads = [threading.Thread(target=keep_calling) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return queue.stories

"""How a trainee, or a group, is coming along: functions of the attempts that were kept."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ivr.call.events import EscapeAsked

__all__ = ["Attempted", "Progress", "progress_of", "zero_outs"]

MOST_WEAK = 3


class Attempted(Protocol):
    """How an attempt went. `score` is of 100; `regret` is seconds by cause, `lost` points by item."""

    @property
    def trainee(self) -> str: ...

    @property
    def scenario(self) -> str: ...

    @property
    def score(self) -> float: ...

    @property
    def failed(self) -> bool: ...

    @property
    def regret(self) -> Mapping[str, float]: ...

    @property
    def lost(self) -> Mapping[str, float]: ...


class Recorded(Attempted, Protocol):
    """An attempt with what happened: a JSON object a line."""

    @property
    def events(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What attempts at a scenario, or at several, come to.

    `scenarios` are those that were tried, one that two trainees tried counted twice; `mastered` how many of them.
    `to_mastery` is how many attempts it took a trainee to reach the bar, the mean of them, None where nobody did.
    `regret` is seconds a call by cause, `weakest` points of 100 a call by item, the most first;
    `zero_outs` counts by node how often a representative was asked for.
    """

    attempts: int
    best: float
    last: float
    to_mastery: float | None
    mastered: int
    scenarios: int
    regret: dict[str, float]
    weakest: dict[str, float]
    zero_outs: dict[str, int]


def progress_of(attempts: Sequence[Recorded], bar: float) -> Progress | None:
    """Of attempts in order, the oldest first; `bar` is the score, of 100, that masters a scenario. None without any."""
    if not attempts:
        return None
    tried: dict[tuple[str, str], list[Recorded]] = {}
    for each in attempts:
        tried.setdefault((each.trainee, each.scenario), []).append(each)
    tries = [found for own in tried.values() if (found := _tries(own, bar)) is not None]
    return Progress(
        attempts=len(attempts),
        best=max(each.score for each in attempts),
        last=attempts[-1].score,
        to_mastery=round(sum(tries) / len(tries), 1) if tries else None,
        mastered=len(tries),
        scenarios=len(tried),
        regret=_mean(each.regret for each in attempts),
        weakest=dict(list(_mean(each.lost for each in attempts).items())[:MOST_WEAK]),
        zero_outs=zero_outs(attempts),
    )


def _tries(attempts: Sequence[Attempted], bar: float) -> int | None:
    reached = (number for number, each in enumerate(attempts, 1) if each.score >= bar and not each.failed)
    return next(reached, None)


def _mean(each: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The mean over all of them of what each has by name, the most first; what comes to nothing is left out."""
    all_of_them = list(each)
    sums: dict[str, float] = {}
    for one in all_of_them:
        for name, value in one.items():
            sums[name] = sums.get(name, 0.0) + value
    means = {name: round(total / len(all_of_them), 1) for name, total in sums.items()}
    return {name: mean for name, mean in sorted(means.items(), key=lambda item: (-item[1], item[0])) if mean > 0}


def zero_outs(attempts: Iterable[Recorded]) -> dict[str, int]:
    """How often a representative was asked for, by node, the most first."""
    lines = (line for each in attempts for line in each.events.splitlines() if EscapeAsked.kind in line)
    asked = (event for event in map(json.loads, lines) if event["event"] == EscapeAsked.kind)
    return dict(Counter(event["node"] for event in asked).most_common())

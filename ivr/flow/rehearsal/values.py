"""A scenario's facts as the grammar reads them: one canonical value, how it is said, and how it is keyed."""

from dataclasses import dataclass
from datetime import datetime

from ivr.flow.rehearsal.representative import Detail
from ivr.flow.rehearsal.scenario import Fact
from ivr.grammar import Grammar, read_words, say_value

__all__ = ["FactValue", "fact_value"]

KEYED = frozenset(
    {Grammar.DIGITS, Grammar.DATE, Grammar.TIME, Grammar.CURRENCY, Grammar.NUMBER, Grammar.PHONE, Grammar.BOOLEAN}
)
"""What keys can say."""


@dataclass(frozen=True, kw_only=True)
class FactValue:
    """`value` is canonical: an ISO date, a 24-hour time, a decimal amount, digits, words. `keys` leave out the finish
    key, and are None for what keys cannot say. `says` are other words for it."""

    value: str
    spoken: str
    keys: str | None
    says: tuple[str, ...] = ()


def fact_value(fact: Fact, detail: Detail, at: datetime) -> FactValue | None:
    """What `fact` means for `detail` on a call placed at `at`; None where the grammar cannot read it."""
    value = read_words(detail.entry, fact.value, at.date())
    if value is None:
        return None
    return FactValue(
        value=value, spoken=say_value(detail.entry, value), keys=_keys(detail.entry, value), says=tuple(fact.says)
    )


def _keys(entry: Grammar, value: str) -> str | None:
    match entry:
        case Grammar.DATE:
            return value[5:7] + value[8:10]
        case Grammar.TIME:
            return value.replace(":", "")
        case Grammar.CURRENCY | Grammar.NUMBER:
            return value.removesuffix(".00").replace(".", "*")
        case Grammar.BOOLEAN:
            return {"yes": "1", "no": "2"}[value]
        case _:
            return value if entry in KEYED else None

"""What is at the other end of a number that is dialled: somebody who answers, or nobody."""

from dataclasses import dataclass
from typing import TypeAlias

from ivr.harness.script import Step, parse_script

__all__ = ["Answers", "Busy", "FarEnd", "NoAnswer", "NotInService", "e164"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """Picks up after so many seconds, follows a script (see `script`), and then stays until the other hangs up."""

    after: float = 2.0
    script: str = ""

    def __post_init__(self) -> None:
        parse_script(self.script)  # a wrong script is told where it is written, not in the middle of a call

    @property
    def steps(self) -> tuple[Step, ...]:
        """The script, read."""
        return parse_script(self.script)


@dataclass(frozen=True, kw_only=True, slots=True)
class Busy:
    """Engaged, which shows after so many seconds."""

    after: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class NoAnswer:
    """Rings for ever."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NotInService:
    """Cannot be reached at all, which shows after so many seconds."""

    after: float = 1.0


FarEnd: TypeAlias = Answers | Busy | NoAnswer | NotInService


def e164(number: str) -> str | None:
    """The number in E.164 form; "unformatted US numbers" too, such as (415) 555-0101. None when it is no number."""
    digits = "".join(filter(str.isdecimal, number))
    rest = number.strip().translate(str.maketrans("", "", "0123456789()-. "))
    if rest == "+" and 7 <= len(digits) <= 15:
        return "+" + digits
    if rest == "" and len(digits) == 10:
        return "+1" + digits
    if rest == "" and len(digits) == 11 and digits.startswith("1"):
        return "+" + digits
    return None

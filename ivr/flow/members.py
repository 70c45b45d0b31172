"""Practice card members: the only numbers the line accepts. All are invented, or public test numbers."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from ivr.flow.closed import Closed, FlowId, Switch, Text

PRACTICE_CARDS = frozenset({"378282246310005", "371449635398431", "378734493671000", "370000000000002"})
"""Public test numbers of card processors. No other card number may stand in a members file."""

_PRACTICE_PHONE = re.compile(r"^[2-9]\d\d55501\d\d$")


def _practice_card(number: str) -> str:
    if number not in PRACTICE_CARDS:
        allowed = ", ".join(sorted(PRACTICE_CARDS))
        raise ValueError(f"only public test numbers may stand here, expected one of {allowed}")
    return number


def _practice_phone(number: str) -> str:
    if not _PRACTICE_PHONE.match(number):
        raise ValueError("expected ten digits ending in 555-0100 to 555-0199, which belong to nobody")
    return number


MemberId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
FourDigits = Annotated[str, StringConstraints(pattern=r"^\d{4}$")]


class Member(Closed):
    """One practice card member. `card_back` is the line that the number on the back of the card reaches."""

    name: Text
    product: Literal["personal", "travel", "business", "corporate"]
    card_number: Annotated[str, AfterValidator(_practice_card)]
    card_code: FourDigits
    pin: FourDigits
    ssn_last4: FourDigits | None = None
    tax_id_last4: FourDigits | None = None
    phone: Annotated[str, AfterValidator(_practice_phone)]
    zip: Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
    address: Text
    points: Annotated[int, Field(ge=0)]
    balance: Annotated[float, Field(ge=0)] = 0
    due: Text = "the 15th"
    roadside: Switch = False
    new_card: Switch = False
    reservations: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{4,8}$")], ...] = ()
    card_back: FlowId

    @model_validator(mode="after")
    def _has_last_digits(self) -> Self:
        if self.ssn_last4 is None and self.tax_id_last4 is None:
            raise ValueError("a member needs ssn_last4 or tax_id_last4")
        return self

    def fact(self, name: str) -> str:
        """What `{member.name}` in a prompt, or a condition on it, sees. Nothing secret is among FACTS."""
        match name:
            case "first_name":
                return self.name.split()[0]
            case "card_ending":
                return self.card_number[-4:]
            case "points":
                return f"{self.points:,}"
            case "balance":
                return f"${self.balance:,.2f}"
            case "roadside" | "new_card":
                return "yes" if getattr(self, name) else "no"
            case _:
                return str(getattr(self, name))


FACTS = ("name", "first_name", "product", "card_ending", "points", "balance", "due", "roadside", "new_card")
"""What a flow may say or decide on about a member."""


class Members(Closed):
    """The file of practice card members."""

    members: Annotated[dict[MemberId, Member], Field(min_length=1)]

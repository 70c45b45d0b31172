"""What a Pay tells: the parameters of its status callback and of its action.

https://www.twilio.com/docs/voice/twiml/pay#action and #statuscallback: of a card its last four digits, of an account
its last two, of a security code none. The number itself is in no request.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from ivr.harness.sids import Sids
from ivr.harness.twiml.parts import Part
from ivr.harness.twiml.pay import Pay
from ivr.harness.verbs.cards import ACCOUNT, CARD, CODE, DATE, POSTAL, PRACTICE_CARDS, ROUTING

__all__ = ["Entries", "charges", "invalid_amount", "known", "made", "sent"]

MOST = Decimal(1_000_000)
HIDDEN = "x"


@dataclass(kw_only=True, slots=True)
class Entries:
    """What was given so far, by field, and what the Pay failed of."""

    given: dict[str, str] = field(default_factory=dict)
    problem: str = ""

    @property
    def card(self) -> str:
        """The card's number; empty before it was given."""
        return self.given.get(CARD.name, "")

    @property
    def card_type(self) -> str:
        """Its type in Twilio's words; empty before it was given."""
        return PRACTICE_CARDS.get(self.card, "")


def known(verb: Pay, entries: Entries) -> dict[str, str]:
    """The details as far as they were given, and as far as they may be told."""
    params = {"PaymentMethod": verb.payment_method}
    if verb.payment_method == "ach-debit":
        return params | {"BankAccountType": verb.bank_account_type} | _account(entries.given)
    if entries.card:
        params["PaymentCardNumber"] = HIDDEN * (len(entries.card) - 4) + entries.card[-4:]
        params["PaymentCardType"] = entries.card_type
    if DATE.name in entries.given:
        params["ExpirationDate"] = entries.given[DATE.name]
    if CODE.name in entries.given:
        params["SecurityCode"] = HIDDEN * len(entries.given[CODE.name])
    postal_code = entries.given.get(POSTAL.name, verb.postal_code)
    if postal_code not in ("true", "false"):
        params["PaymentCardPostalCode"] = postal_code
    return params


def _account(given: Mapping[str, str]) -> dict[str, str]:
    params: dict[str, str] = {}
    if ROUTING.name in given:
        params["BankRoutingNumber"] = given[ROUTING.name]
    if ACCOUNT.name in given:
        account = given[ACCOUNT.name]
        params["BankAccountNumber"] = "*" * (len(account) - 2) + account[-2:]
    return params


def made(verb: Pay, sids: Sids) -> dict[str, str]:
    """A confirmation code for a charge; otherwise a token in the shape of Stripe's for its tokenType."""
    number = sids.make("")
    if charges(verb):
        return {"PaymentConfirmationCode": f"ch_{number}"}
    return {"PaymentToken": f"{'pm' if verb.token_type == 'payment-method' else 'tok'}_{number}"}


def sent(verb: Pay) -> str:
    """What a payment service would get besides the card: shown, because the application is not told of it again."""
    what = f"charge {verb.charge_amount} {verb.currency}" if charges(verb) else f"a {verb.token_type} token"
    about = f" for {verb.description!r}" if verb.description else ""
    names = [part.values.get("name", "") for part in verb.children if isinstance(part, Part)]
    return f"<Pay> to {verb.payment_connector}: {what}{about}{''.join(f', {name}' for name in names)}"


def charges(verb: Pay) -> bool:
    """Whether it charges: "greater than 0"; without an amount it only makes a token."""
    amount = _amount(verb)
    return amount is not None and amount > 0


def invalid_amount(verb: Pay) -> str | None:
    """What PaymentError says of an amount that cannot be charged."""
    amount = _amount(verb)
    if amount is not None and 0 <= amount <= MOST:
        return None
    return f"paymentAmount='{verb.charge_amount}' (not a number between 0.00 - 1,000,000.00)"


def _amount(verb: Pay) -> Decimal | None:
    try:
        amount = Decimal(verb.charge_amount)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None

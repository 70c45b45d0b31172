"""The practice cards and accounts a Pay takes, and what its fields must be; any other number is a wrong one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ivr.harness.twiml.pay import Pay

__all__ = [
    "ACCOUNT",
    "CARD",
    "CODE",
    "DATE",
    "POSTAL",
    "PRACTICE_CARDS",
    "PROCESSING",
    "ROUTING",
    "Field",
    "fields_of",
    "full_length",
    "problem_of",
]

# Numbers that card networks and payment services publish for tests, by Twilio's name of the card's type.
PRACTICE_CARDS: Mapping[str, str] = {
    "378282246310005": "amex",
    "371449635398431": "amex",
    "378734493671000": "amex",
    "370000000000002": "amex",
    "4242424242424242": "visa",
    "4111111111111111": "visa",
    "5555555555554444": "mastercard",
}
AMEX_PREFIXES = ("34", "37")
# https://docs.stripe.com/testing#ach-direct-debit
PRACTICE_ROUTING = frozenset({"110000000"})
PRACTICE_ACCOUNTS = frozenset({"000123456789", "000222222227", "000333333335"})


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked for, by Twilio's name for it, and the sentence that asks unless a Prompt does."""

    name: str
    sentence: str


CARD = Field("payment-card-number", "Please enter your practice card number, then press pound.")
DATE = Field("expiration-date", "Please enter its expiration date, two digits for the month and two for the year.")
POSTAL = Field("postal-code", "Please enter your postal code, then press pound.")
CODE = Field("security-code", "Please enter the security code of the card.")
ROUTING = Field("bank-routing-number", "Please enter the practice routing number of the bank, then press pound.")
ACCOUNT = Field("bank-account-number", "Please enter your practice account number, then press pound.")
PROCESSING = Field("payment-processing", "Thank you. Please wait.")


def fields_of(verb: Pay) -> Iterator[Field]:
    """A postal code that is given is not asked for; nor is what the document does not want."""
    if verb.payment_method == "ach-debit":
        yield from (ROUTING, ACCOUNT)
        return
    yield from (CARD, DATE)
    if verb.postal_code == "true":
        yield POSTAL
    if verb.security_code:
        yield CODE


def full_length(field: str, digits: str, card: str) -> int | None:
    """How many keys the field has; None where only `#` or silence ends it. `card` is the number already given."""
    match field:
        case "payment-card-number":
            return 15 if digits.startswith(AMEX_PREFIXES) else 16
        case "expiration-date":
            return 4
        case "security-code":
            return 4 if PRACTICE_CARDS.get(card) == "amex" else 3
        case "bank-routing-number":
            return 9
        case _:
            return None


def problem_of(verb: Pay, field: str, digits: str, card: str, now: datetime) -> str | None:
    """What is wrong with an entry, in the words of a Prompt's errorType."""
    length = full_length(field, digits, card)
    match field:
        case "payment-card-number" if digits not in PRACTICE_CARDS:
            return "invalid-card-number"
        case "payment-card-number" if PRACTICE_CARDS[digits] not in verb.valid_card_types.split():
            return "invalid-card-type"
        case "expiration-date" if len(digits) != length or not _lies_ahead(digits, now):
            return "invalid-date"
        case "security-code" if len(digits) != length:
            return "invalid-security-code"
        case "postal-code" if len(digits) < verb.min_postal_code_length:
            return "invalid-postal-code"
        case "bank-routing-number" if digits not in PRACTICE_ROUTING:
            return "invalid-bank-routing-number"
        case "bank-account-number" if digits not in PRACTICE_ACCOUNTS:
            return "invalid-bank-account-number"
        case _:
            return None


def _lies_ahead(digits: str, now: datetime) -> bool:
    """MMYY: a card is good to the end of its month."""
    month, year = int(digits[:2]), 2000 + int(digits[2:])
    return 1 <= month <= 12 and (year, month) >= (now.year, now.month)

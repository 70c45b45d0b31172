"""Pay and its prompts. https://www.twilio.com/docs/voice/twiml/pay. Practice cards only: see `verbs.pay`."""

from typing import Annotated

from ivr.frozen import frozen
from ivr.harness.fetch.http import Method
from ivr.harness.twiml.attributes import FLAG, METHOD, TEXT, URL, attribute, one_of, some_of, whole
from ivr.harness.twiml.parts import Part
from ivr.harness.twiml.prompts import Prompt

__all__ = ["Pay", "PayPrompt"]

FIELDS = ("payment-card-number", "expiration-date", "security-code", "postal-code", "payment-processing")
BANK_FIELDS = ("bank-routing-number", "bank-account-number")


@frozen
class PayPrompt:
    """What is said instead of the usual words for a field, a card type, an attempt or an error."""

    line: int
    children: tuple[Prompt, ...] = ()
    for_: Annotated[str, attribute(one_of(*FIELDS, *BANK_FIELDS), name="for")] = "payment-card-number"
    error_type: Annotated[
        tuple[str, ...],
        attribute(
            some_of(
                "timeout",
                "invalid-card-number",
                "invalid-card-type",
                "invalid-date",
                "invalid-security-code",
                "invalid-postal-code",
                "invalid-bank-routing-number",
                "invalid-bank-account-number",
                "input-matching-failed",
                "internal-error",
            )
        ),
    ] = ()
    card_type: Annotated[
        tuple[str, ...],
        attribute(
            some_of("visa", "mastercard", "amex", "maestro", "discover", "optima", "jcb", "diners-club", "enroute")
        ),
    ] = ()
    attempt: Annotated[tuple[str, ...], attribute(some_of(*"123456789", "10"))] = ()
    require_matching_inputs: Annotated[bool, attribute(FLAG)] = False


@frozen
class Pay:
    """Ask for a card's details, and give the action a token for them."""

    line: int
    children: tuple[PayPrompt | Part, ...] = ()
    input: Annotated[str, attribute(one_of("dtmf"), effect=False)] = "dtmf"
    action: Annotated[str | None, attribute(URL)] = None
    bank_account_type: Annotated[
        str, attribute(one_of("consumer-checking", "consumer-savings", "commercial-checking", "commercial-savings"))
    ] = "consumer-checking"
    status_callback: Annotated[str | None, attribute(URL)] = None
    status_callback_method: Annotated[Method, attribute(METHOD)] = "POST"
    timeout: Annotated[int, attribute(whole(1))] = 5
    max_attempts: Annotated[int, attribute(whole(1, 3))] = 1
    security_code: Annotated[bool, attribute(FLAG)] = True
    postal_code: Annotated[str, attribute(TEXT)] = "true"
    min_postal_code_length: Annotated[int, attribute(whole(0))] = 0
    payment_connector: Annotated[str, attribute(TEXT)] = "Default"
    payment_method: Annotated[str, attribute(one_of("credit-card", "ach-debit"))] = "credit-card"
    token_type: Annotated[str, attribute(one_of("one-time", "reusable", "payment-method"))] = "reusable"
    charge_amount: Annotated[str, attribute(TEXT)] = "0"
    currency: Annotated[str, attribute(TEXT)] = "usd"
    description: Annotated[str, attribute(TEXT)] = ""
    valid_card_types: Annotated[str, attribute(TEXT)] = "visa mastercard amex"
    language: Annotated[str, attribute(TEXT, effect=False)] = "en-US"

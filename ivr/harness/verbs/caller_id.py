"""Whose number whoever is dialled may be shown. https://www.twilio.com/docs/voice/twiml/dial#callerid."""

from collections.abc import Iterable

from ivr.harness.addresses import e164
from ivr.harness.leg import Leg
from ivr.harness.twiml.dial import Number, Party

__all__ = ["wrong_caller_id"]


def wrong_caller_id(leg: Leg, given: str | None, parties: Iterable[Party]) -> str | None:
    """Why a number that is dialled may not be shown this as the caller. A SIP address or client may be shown any name.

    "callerId must be the calling number, called number, or a validated outgoing number. Additionally, if the calling
    leg is a client leg, the caller ID is required": https://www.twilio.com/docs/api/errors/13214. Which numbers are
    the account's is known where the exchange has any.
    """
    if not any(isinstance(party, Number) for party in parties):
        return None
    if given is None:
        return "a client calls a number, and so needs a callerId" if leg.from_.startswith("client:") else None
    number, own = e164(given), leg.lines.own_numbers
    if number is None:
        return f"a number is called, and callerId is no phone number: {given}"
    if own and number not in {leg.from_, leg.to, *own}:
        return f"callerId {number} is neither of this call nor one of the account's numbers: {', '.join(sorted(own))}"
    return None

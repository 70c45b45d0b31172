"""The practice directory: which line answers the number a caller dials. Nothing here is ever really dialled."""

from functools import cached_property, lru_cache
from typing import Annotated, Literal, Self

import phonenumbers
from pydantic import AfterValidator, Field, model_validator

from ivr.errors import NumberError
from ivr.flow.closed import Closed, FlowId, NodeId, Text

REGION = "US"


@lru_cache(maxsize=4096)
def e164(dialled: str) -> str:
    """`+18002973276` for every spelling of it: 1-800-AXP-EARN, 800 297 3276, (800) AXP-EARN.

    Raises NumberError where it cannot be a number.
    """
    try:
        number = phonenumbers.parse(phonenumbers.convert_alpha_characters_in_number(dialled), REGION)
    except phonenumbers.NumberParseException:
        raise NumberError(f"'{dialled}' is not a telephone number, expected one such as 1-800-528-4800") from None
    if not phonenumbers.is_possible_number(number):
        raise NumberError(f"'{dialled}' has too few or too many digits for a telephone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _dialable(number: str) -> str:
    try:
        e164(number)
    except NumberError as error:
        raise ValueError(str(error)) from None
    return number


class Listing(Closed):
    """One number of the directory, as the guide writes it, and the line and node that answer it."""

    dial: Annotated[Text, AfterValidator(_dialable)]
    name: Text
    letters: Annotated[Text, AfterValidator(_dialable)] | None = None
    toll: Literal["toll-free", "collect"] = "toll-free"
    line: FlowId
    node: NodeId | None = None

    @model_validator(mode="after")
    def _letters_spell_it(self) -> Self:
        if self.letters is not None and e164(self.letters) != self.number:
            raise ValueError(f"{self.letters} spells {e164(self.letters)}, not {self.dial}")
        return self

    @cached_property
    def number(self) -> str:
        """In E.164."""
        return e164(self.dial)


class Directory(Closed):
    """The file of numbers. `lobby` is the line of the one practice number: it asks which number would be dialled.

    `card_back` is the line for the number on the back of a card when no card member is known.
    """

    lobby: FlowId
    card_back: FlowId
    numbers: Annotated[tuple[Listing, ...], Field(min_length=1)]

    @cached_property
    def by_number(self) -> dict[str, Listing]:
        """Every listing by its number in E.164."""
        return {listing.number: listing for listing in self.numbers}

    def listing(self, dialled: str) -> Listing:
        """What answers `dialled`, in any spelling. Raises NumberError."""
        number = e164(dialled)
        if number not in self.by_number:
            known = ", ".join(listing.dial for listing in self.numbers)
            raise NumberError(f"nothing answers {dialled} in the practice directory, expected one of {known}")
        return self.by_number[number]

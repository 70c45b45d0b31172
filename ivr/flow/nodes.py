"""The kinds of node a flow is made of."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ivr.flow.asking import Manners
from ivr.flow.closed import (
    Closed,
    DepartmentId,
    FlowId,
    Keys,
    NodeId,
    Outcome,
    Phrases,
    Prompt,
    SlotId,
    Switch,
    Target,
    Text,
    TopicId,
)


class Say(Closed):
    """Says something and goes on. `barge_in: off` makes callers hear it to its end."""

    kind: Literal["say"]
    prompt: Prompt
    then: Target
    barge_in: Switch | None = None
    set: dict[SlotId, str] = {}


class Option(Closed):
    """One way out of a menu: by keys, by words, or both.

    `topic` takes its words from the vocabulary, `says` adds this menu's own. A `hidden` option is bound on purpose
    without being offered in the prompt.
    """

    keys: Keys | None = None
    topic: TopicId | None = None
    says: Phrases = ()
    name: Text | None = None
    to: Target
    set: dict[SlotId, str] = {}
    hidden: Switch = False

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.keys is None and self.topic is None and not self.says:
            raise ValueError("an option needs keys, a topic or says: nothing could choose it")
        return self


class Menu(Manners):
    """Asks for one of several options. `again` is the shorter prompt for who comes back."""

    kind: Literal["menu"]
    prompt: Prompt
    again: Prompt | None = None
    options: Annotated[tuple[Option, ...], Field(min_length=1, max_length=40)]
    links: Switch = True


class Entry(StrEnum):
    """What is collected: VoiceXML's builtin grammars, and the practice list's own numbers."""

    DIGITS = "digits"
    DATE = "date"
    TIME = "time"
    CURRENCY = "currency"
    NUMBER = "number"
    TEXT = "text"
    ALPHANUMERIC = "alphanumeric"
    PHONE = "phone"
    CARD_NUMBER = "card_number"
    CARD_CODE = "card_code"
    SSN_LAST4 = "ssn_last4"
    TAX_ID_LAST4 = "tax_id_last4"
    PIN = "pin"
    ZIP = "zip"
    RESERVATION = "reservation"
    DIALLED_NUMBER = "dialled_number"


class Mask(StrEnum):
    """How much of an entry is kept: all, its last four, or only that it was given."""

    NONE = "none"
    LAST4 = "last4"
    HIDDEN = "hidden"


class Length(Closed):
    """How many keys an entry may have."""

    min: Annotated[int, Field(ge=1, le=32)]
    max: Annotated[int, Field(ge=1, le=32)]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min > self.max:
            raise ValueError(f"min {self.min} is above max {self.max}")
        return self


def _exactly(value: object) -> object:
    return {"min": value, "max": value} if isinstance(value, str) else value


LengthSetting = Annotated[Length, BeforeValidator(_exactly, json_schema_input_type=Length | int)]

FIXED_LENGTH = {
    Entry.CARD_NUMBER: 15,
    Entry.CARD_CODE: 4,
    Entry.SSN_LAST4: 4,
    Entry.TAX_ID_LAST4: 4,
    Entry.PIN: 4,
    Entry.ZIP: 5,
}
"""Practice cards have fifteen digits, and the code on the front has four (the guide, step 2)."""

LEAST_MASK = {
    Entry.CARD_NUMBER: Mask.LAST4,
    Entry.CARD_CODE: Mask.HIDDEN,
    Entry.SSN_LAST4: Mask.HIDDEN,
    Entry.TAX_ID_LAST4: Mask.HIDDEN,
    Entry.PIN: Mask.HIDDEN,
    Entry.ZIP: Mask.HIDDEN,
    Entry.PHONE: Mask.LAST4,
}
"""What may never be kept whole, whatever a flow says."""


class Collect(Manners):
    """Asks for an entry, by keys or by words, and keeps it in a slot.

    `finish_key` ends an entry early; `confirm` reads it back, `{value}` standing for it; `invalid` is said before the
    no-match ladder goes on; an `optional` entry is skipped with star, "skip", or a phrase of `skip_says`.
    """

    kind: Literal["collect"]
    prompt: Prompt
    again: Prompt | None = None
    slot: SlotId
    entry: Entry
    length: LengthSetting | None = None
    finish_key: Literal["#", "*", "none"] = "#"
    confirm: Prompt | None = None
    invalid: Prompt | None = None
    mask: Mask | None = None
    optional: Switch = False
    skip_says: Phrases = ()
    then: Target

    @model_validator(mode="after")
    def _skippable(self) -> Self:
        if self.skip_says and not self.optional:
            raise ValueError("skip_says needs optional: on, or nothing could be skipped")
        return self

    @property
    def masked(self) -> Mask:
        """The mask in force."""
        return self.mask or LEAST_MASK.get(self.entry, Mask.NONE)

    @property
    def digits(self) -> Length | None:
        """How many keys are taken; None where the entry itself says."""
        fixed = FIXED_LENGTH.get(self.entry)
        return Length(min=fixed, max=fixed) if fixed else self.length


class Transfer(Closed):
    """Hands the caller to a department, through its hold. `closed` is where the call goes out of its hours."""

    kind: Literal["transfer"]
    department: DepartmentId
    prompt: Prompt | None = None
    closed: Target | None = None


class When(Closed):
    """One condition: on a slot, on a department's hours, or on a counter."""

    slot: SlotId | None = None
    equals: str | None = None
    one_of: tuple[str, ...] | None = None
    filled: Switch | None = None
    open: DepartmentId | None = None
    counter: Literal["failures", "asks", "visits"] | None = None
    at_least: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _one_question(self) -> Self:
        tests = [key for key in ("equals", "one_of", "filled") if getattr(self, key) is not None]
        subjects = [key for key in ("slot", "open", "counter") if getattr(self, key) is not None]
        if len(subjects) != 1:
            raise ValueError("a condition asks about one thing, expected one of slot, open, counter")
        if self.slot is not None and len(tests) != 1:
            raise ValueError("a condition on a slot needs one of equals, one_of, filled")
        if self.slot is None and tests:
            raise ValueError(f"the key '{tests[0]}' goes with slot only")
        if (self.counter is None) != (self.at_least is None):
            raise ValueError("the keys counter and at_least go together")
        return self


class Case(Closed):
    """A way out of a decide node, and when it is taken."""

    when: When
    to: Target


class Decide(Closed):
    """Goes the way of the first case that holds."""

    kind: Literal["decide"]
    cases: Annotated[tuple[Case, ...], Field(min_length=1)]
    otherwise: Target


class Enter(Closed):
    """Enters a shared flow, at its start or at a named node, and comes back by the outcome it returns with."""

    kind: Literal["enter"]
    flow: FlowId
    at: NodeId | None = None
    returns: dict[Outcome, Target]


class Return(Closed):
    """Goes back to where this shared flow was entered."""

    kind: Literal["return"]
    outcome: Outcome


class Message(Manners):
    """Listens to a message. Its words are not kept, only that one was left and how long it was.

    Without a `department` it is for the one that was found closed on the way here; so is a callback.
    """

    kind: Literal["message"]
    prompt: Prompt
    again: Prompt | None = None
    department: DepartmentId | None = None
    thanks: Prompt
    longest: Annotated[int, Field(ge=5, le=60)] = 30


class Callback(Closed):
    """Promises to call back, and ends the call. No call is ever made."""

    kind: Literal["callback"]
    prompt: Prompt
    department: DepartmentId | None = None


class HangUp(Closed):
    """Says goodbye and ends the call."""

    kind: Literal["hang_up"]
    prompt: Prompt


class Dial(Closed):
    """Connects the caller to the line of the number in `slot`, as if that number had been dialled."""

    kind: Literal["dial"]
    slot: SlotId
    prompt: Prompt | None = None


Question = Menu | Collect | Message
"""What waits for the caller."""

Node = Annotated[
    Menu | Collect | Say | Transfer | Decide | Enter | Return | Message | Callback | HangUp | Dial,
    Field(discriminator="kind"),
]

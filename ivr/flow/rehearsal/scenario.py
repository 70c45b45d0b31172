"""Scenarios: a reason to call, what to have ready for it, and what may go wrong on the way."""

from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator, Field, StringConstraints

from ivr.flow.closed import Closed, DepartmentId, FlowId, Phrases, Prompt, Share, Switch, Text, Texts
from ivr.flow.members import MemberId

ScenarioId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
ReasonId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
DetailId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
FollowUpId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[1-9]\d\d$")]
"""Three digits, keyed in the lobby after a star."""


class Difficulty(StrEnum):
    """How much a scenario asks of a learner."""

    EASY = "easy"
    STANDARD = "standard"
    HARD = "hard"


class Note(StrEnum):
    """What a caller writes down during a call."""

    REPRESENTATIVE = "representative"
    REFERENCE = "reference"
    DATE = "date"


class Lack(StrEnum):
    """What the caller of a scenario does not have to hand, by the member's key."""

    CARD_NUMBER = "card_number"
    CARD_CODE = "card_code"
    PIN = "pin"
    SSN_LAST4 = "ssn_last4"
    TAX_ID_LAST4 = "tax_id_last4"


class Secret(StrEnum):
    """What no representative ever needs to be told."""

    PIN = "pin"
    CARD_CODE = "card_code"


def _valued(value: object) -> object:
    """A text alone is its value."""
    return {"value": value} if isinstance(value, str) else value


class Fact(Closed):
    """One thing the representative has to learn. `value` is as a file writes it (2026-02-27, 84.20, Harbor Books).

    `says` are other words for it that count as well.
    """

    value: Text
    says: Phrases = ()


class Limits(Closed):
    """What a good call stays below. `seconds` are from the first ring to the end; `wrong_turns` are moves off every
    way that leads to a right department."""

    seconds: Annotated[float, Field(gt=0, le=3600)] = 420
    wrong_turns: Annotated[int, Field(ge=0, le=20)] = 2


class Twists(Closed):
    """What makes the first plan fail. Without any the scenario goes as the lines are written.

    `lines` has another line answer in a line's place (a menu in another order). `closed` names the department that the
    caller finds closed at `at`. `muffled` is the share of spoken answers that the tree hears badly, drawn by the call's
    seed. `refusals` are asks for a representative refused before any policy is asked. `misrouted` is the department to
    which the first representative wrongly hands the caller over. `unclear` are details asked for in words that nobody
    could understand. `supervisor` means that only a supervisor can settle the matter. `asks_for` is a secret that the
    representative asks for, and must not be given.
    """

    lines: dict[FlowId, FlowId] = {}
    closed: DepartmentId | None = None
    muffled: Share = 0.0
    refusals: Annotated[int, Field(ge=0, le=4)] = 0
    misrouted: DepartmentId | None = None
    unclear: tuple[DetailId, ...] = ()
    supervisor: Switch = False
    asks_for: Secret | None = None


class Scenario(Closed):
    """One rehearsal. `at` is when the call is placed; the first of `numbers` is the best one to dial.

    `numbers` are spelled as in the directory, or `card-back`. `departments` are the right ones, best first; without
    them the reason's. `facts` are what the representative has to learn, by the detail's id. `lacks` is what the member
    has but this caller has not. `resolution` tells how the matter stands, in place of the reason's own. `notes` must be
    written down; `follow_ups` are what the case needs once the call is over. `seed` makes chance the same for everybody
    who plays it.
    """

    code: Code
    title: Text
    story: Text
    member: MemberId
    reason: ReasonId
    difficulty: Difficulty
    at: AwareDatetime
    numbers: Texts
    departments: tuple[DepartmentId, ...] = ()
    facts: dict[DetailId, Annotated[Fact, BeforeValidator(_valued, json_schema_input_type=Fact | str)]] = {}
    lacks: tuple[Lack, ...] = ()
    resolution: Prompt | None = None
    notes: tuple[Note, ...] = (Note.REPRESENTATIVE, Note.REFERENCE)
    follow_ups: tuple[FollowUpId, ...] = ()
    twists: Twists = Twists()
    limits: Limits = Limits()
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 1


class Scenarios(Closed):
    """A file of scenarios, by their ids: one, or a few variants of one."""

    scenarios: Annotated[dict[ScenarioId, Scenario], Field(min_length=1)]

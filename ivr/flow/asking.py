"""How a node asks: its ladders, its escape policy, its universals. VoiceXML's words: no-input, no-match, universals."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ivr.flow.closed import Closed, Keys, Prompt, Seconds, Share, Switch, Target, TopicId


class Ladder(Closed):
    """What is said at each failure in a row, and where the call goes after the last.

    `then` must lead to a human, a callback or a message.
    """

    reprompts: Annotated[tuple[Prompt, ...], Field(max_length=6)] = ()
    then: Target


class CallLimit(Closed):
    """How many failures of any kind one call may hold before it goes to `then`."""

    failures: Annotated[int, Field(ge=1, le=30)]
    then: Target


class Universal(StrEnum):
    """What a caller may ask for anywhere."""

    REPEAT = "repeat"
    BACK = "back"
    MAIN_MENU = "main-menu"
    HELP = "help"
    REPRESENTATIVE = "representative"


class UniversalBinding(Closed):
    """How one universal is asked for here; `topic` names its words in the vocabulary."""

    keys: Keys | None = None
    topic: TopicId | None = None


def _off(value: object) -> object:
    return None if value in ("off", "no", "false") else value


UniversalSetting = Annotated[
    UniversalBinding | None, BeforeValidator(_off, json_schema_input_type=UniversalBinding | Literal["off"])
]
"""A binding, or `off`."""

DEFAULT_UNIVERSALS = {
    Universal.REPEAT: UniversalBinding(keys="*", topic="repeat"),
    Universal.BACK: UniversalBinding(keys="#", topic="back"),
    Universal.MAIN_MENU: UniversalBinding(topic="main-menu"),
    Universal.HELP: UniversalBinding(topic="help"),
    Universal.REPRESENTATIVE: UniversalBinding(keys="0", topic="representative"),
}


class Policy(StrEnum):
    """When an ask for a representative is honoured."""

    AT_ONCE = "at_once"
    NTH_ASK = "nth_ask"
    REASON_FIRST = "reason_first"
    VERIFY_FIRST = "verify_first"


class Escape(Closed):
    """What pressing 0 or saying "representative" does.

    `to` is where an honoured ask goes. `ask` is the ask that is honoured under `nth_ask`; `detour` is the node that
    asks for the reason, or verifies, under the other two. `chance` is the share of asks honoured before they are due.
    `closed` answers an ask while the department behind `to` is closed: go there all the same, or refuse.
    """

    policy: Policy
    to: Target
    ask: Annotated[int, Field(ge=2, le=6)] | None = None
    detour: Target | None = None
    refusals: Annotated[tuple[Prompt, ...], Field(max_length=6)] = ()
    chance: Share = 0.0
    closed: Literal["go", "refuse"] = "go"

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.policy is Policy.NTH_ASK and self.ask is None:
            raise ValueError("policy nth_ask needs the key 'ask': which ask is honoured, from 2 to 6")
        if self.policy is not Policy.NTH_ASK and self.ask is not None:
            raise ValueError("the key 'ask' goes with policy nth_ask only")
        if self.policy in (Policy.REASON_FIRST, Policy.VERIFY_FIRST) and self.detour is None:
            raise ValueError(f"policy {self.policy} needs the key 'detour': the node an ask goes to first")
        if self.policy in (Policy.AT_ONCE, Policy.NTH_ASK) and self.detour is not None:
            raise ValueError("the key 'detour' goes with policy reason_first or verify_first only")
        if not self.refusals and (self.policy in (Policy.NTH_ASK, Policy.VERIFY_FIRST) or self.closed == "refuse"):
            raise ValueError("an ask that may be refused needs the key 'refusals': what is said then")
        return self


class Recognition(Closed):
    """From which confidence words are taken as understood, and from which the caller is asked to confirm them."""

    accept: Share = 0.6
    confirm: Share = 0.35

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.confirm > self.accept:
            raise ValueError("confirm must not be above accept")
        return self


class Manners(Closed):
    """How questions are put; a node's own setting goes before its flow's."""

    language: str | None = None
    voice: str | None = None
    silence: Seconds | None = None
    barge_in: Switch | None = None
    recognition: Recognition | None = None
    no_input: Ladder | None = None
    no_match: Ladder | None = None
    escape: Escape | None = None
    universals: dict[Universal, UniversalSetting] = {}
    help: Prompt | None = None

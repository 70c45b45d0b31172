"""Tempers: what kinds of callers there are, and what each does at a machine and with a person."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ivr.flow.rehearsal import Scenario
from ivr.training.callers.acts import Act, HangUp, Press, Say, Wait
from ivr.training.callers.playing import Caller
from ivr.training.callers.prepared import FINISH, By, Case, at_a_machine, to_a_person
from ivr.training.callers.questions import Listener

__all__ = ["Plan", "Temper", "caller_of", "number_to_dial"]


class Temper(StrEnum):
    """Best first."""

    PREPARED = "prepared"
    """Takes the best way, has everything at hand, is polite, asks what is meant, and takes notes."""
    KEYWORDS = "keywords"
    """Says in a few words what it is about, and answers what is asked; writes down the reference number only."""
    REPRESENTATIVE = "representative"
    """Says "representative" to every machine; answers what people ask, and writes nothing down."""
    ZERO = "zero"
    """Presses 0 at every machine; otherwise the same."""
    SILENT = "silent"
    """Does nothing at all."""
    RANDOM = "random"
    """Presses keys at random, at machines and at people."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a caller sets out with. `way` are acts at the machine, from the first question to the hold."""

    case: Case
    way: Sequence[Act] = ()
    by: By = "speech"
    seed: int = 1


def number_to_dial(temper: Temper, scenario: Scenario) -> str:
    """Who is prepared dials the best number, the others the last that comes to mind."""
    return scenario.numbers[0] if temper in (Temper.PREPARED, Temper.KEYWORDS) else scenario.numbers[-1]


def caller_of(temper: Temper, plan: Plan) -> Caller:
    """A caller of a temper, for one call."""
    match temper:
        case Temper.PREPARED:
            return Prepared(plan)
        case Temper.KEYWORDS:
            return Plain(plan, Say(plan.case.reason), notes=True)
        case Temper.REPRESENTATIVE:
            return Plain(plan, Say("representative"))
        case Temper.ZERO:
            return Plain(plan, Press("0"))
        case Temper.SILENT:
            return SilentCaller()
        case Temper.RANDOM:
            return RandomCaller(random.Random(plan.seed))


class SilentCaller:
    """Waits."""

    def act(self, heard: str, on_hold: bool) -> Act:
        return Wait()


@dataclass
class RandomCaller:
    """Presses anything, at any time but on hold, where there is mostly nothing to press."""

    chance: random.Random

    def act(self, heard: str, on_hold: bool) -> Act:
        return Wait() if on_hold else Press(self.chance.choice("0123456789*#"))


@dataclass
class Talker:
    """Hears what people ask, and writes down what they tell."""

    plan: Plan
    listener: Listener = field(init=False)
    name: str | None = None
    reference: str | None = None
    offers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.listener = Listener(self.plan.case.people)

    def hear(self, heard: str) -> str | None:
        """The question that was asked last."""
        told = self.listener.told(heard)
        self.name, self.reference = told.name or self.name, told.reference or self.reference
        self.offers = told.offers
        asked = self.listener.asked(heard)
        return asked.question if asked else None

    def key_of(self, offered: str, otherwise: Act) -> Act:
        """Presses the key that stands for what was offered, if it was."""
        return Press(self.offers[offered]) if offered in self.offers else otherwise

    def by(self, words: Act, keys: Act) -> Act:
        """In the plan's own way."""
        return words if self.plan.by == "speech" else keys


@dataclass
class Plain(Talker):
    """One thing to try at every machine, and plain answers to people."""

    def __init__(self, plan: Plan, trick: Act, *, notes: bool = False) -> None:
        super().__init__(plan)
        self.trick = trick
        self.notes = notes
        self.tried = ""

    def act(self, heard: str, on_hold: bool) -> Act:
        question = self.hear(heard)
        if on_hold and question is None:
            return Wait()
        return self._at_a_machine(heard) if question is None else self._to_a_person(question)

    def _at_a_machine(self, heard: str) -> Act:
        """Keywords give way: a machine that did not take them is asked for a person."""
        if not self.notes:
            return self.trick
        entry = at_a_machine(self.plan.case, heard)
        if entry is not None:
            return entry
        tired, self.tried = self.tried == "twice", "twice" if self.tried else "once"
        return Say("representative") if tired else self.trick

    def _to_a_person(self, question: str) -> Act:
        match question:
            case "offer_reasons":
                return self.key_of(self.plan.case.reason, Press("9"))
            case "out_of_reach":
                return self.by(Say("Well, then not."), Press("1"))
            case "ask_secret":
                return self.by(Say("I'd rather not."), Press("2"))
            case "anything_else":
                return self.by(Say("No."), Press(FINISH))
            case "ask_reference" if self.notes and self.reference:
                return self.by(Say(" ".join(self.reference)), Press(self.reference))
            case "ask_reference" | "ask_representative" | "ask_date":
                return self.by(Say("I don't know."), Press("*"))
            case "details":
                return HangUp()
            case _:
                return to_a_person(self.plan.case, question, self.plan.by) or Wait()


class Prepared(Talker):
    """The best way, and every courtesy. Where the way ends too early, keywords have to do."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.left = list(plan.way)
        self.taken: set[str] = set()
        self.lost = Plain(plan, Say(plan.case.reason), notes=True)

    def act(self, heard: str, on_hold: bool) -> Act:
        question = self.hear(heard)
        if question is not None:
            return self._to_a_person(question)
        if on_hold:
            return Wait()
        if self.left:
            return self.left.pop(0)
        return self.lost.act(heard, on_hold)

    def _to_a_person(self, question: str) -> Act:
        case = self.plan.case
        match question:
            case "ask_name":
                return self.by(Say(_introduction(case)), Press("1"))
            case "offer_reasons":
                return self.key_of(case.reason, Press("9"))
            case "ask_secret":
                return self.by(Say("No, I never tell that to anybody."), Press("2"))
            case "out_of_reach":
                return self.by(Say("May I speak to a supervisor, please?"), Press("0"))
            case "anything_else":
                return self._close()
            case "ask_reference" | "ask_representative" | "ask_date" | "ask_reflection" | "details":
                return self._afterwards(question)
            case _ if question.startswith("unclear:"):
                plain = to_a_person(case, question, self.plan.by) or Wait()
                return self.by(Say("Sorry, what do you mean?"), plain)
            case _:
                return to_a_person(case, question, self.plan.by) or Wait()

    def _close(self) -> Act:
        """Takes the follow-ups that the case needs, then says goodbye."""
        people = self.plan.case.people
        for name in self.plan.case.scenario.follow_ups:
            if name not in self.taken:
                self.taken.add(name)
                each = people.follow_ups[name]
                return self.by(Say(f"{each.says[0].capitalize()}, please."), self.key_of(each.offer, Press(FINISH)))
        return self.by(Say("No, that's all. Thank you, goodbye."), Press(FINISH))

    def _afterwards(self, question: str) -> Act:
        match question:
            case "ask_reference":
                return self.by(Say(" ".join(self.reference or "")), Press(self.reference or "*"))
            case "ask_representative":
                name = self.name or ""
                return self.by(Say(f"It was {name}."), self.key_of(name, Press("*")))
            case "ask_date":
                placed = self.plan.case.scenario.at
                return self.by(Say(f"{placed:%B} {placed.day}"), Press(f"{placed:%m%d}{FINISH}"))
            case "ask_reflection":
                return self.by(Say("I would have my notes in front of me."), Press(FINISH))
            case _:
                return HangUp()


def _introduction(case: Case) -> str:
    return f"Hello, this is {case.member.name}. I'm calling about {case.reason}, please."

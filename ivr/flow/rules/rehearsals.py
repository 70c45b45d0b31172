"""Scenarios and representatives: everything they name is there, every fact can be said, and no scenario is a trap."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ivr.errors import NumberError
from ivr.flow.closed import Prompt
from ivr.flow.departments import Department
from ivr.flow.directory import Directory
from ivr.flow.flow import Flow
from ivr.flow.members import FACTS, Member
from ivr.flow.rehearsal.representative import Representatives
from ivr.flow.rehearsal.scenario import Lack, Scenario
from ivr.flow.rehearsal.values import fact_value
from ivr.flow.source import Loc, Problem, Source
from ivr.grammar import Vocabulary

__all__ = ["Stage", "rehearsals"]

CARD_BACK = "card-back"
_SLOT = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What scenarios are set in. `scenario_sources` has each scenario's file."""

    scenarios: Mapping[str, Scenario]
    scenario_sources: Mapping[str, Source]
    representatives: Representatives | None
    representatives_source: Source | None
    flows: Mapping[str, Flow]
    departments: Mapping[str, Department]
    directory: Directory
    members: Mapping[str, Member]
    vocabulary: Vocabulary


def rehearsals(stage: Stage) -> Iterator[Problem]:
    """Everything wrong with scenarios and representatives that shows only beside the other files."""
    representatives, source = stage.representatives, stage.representatives_source
    if representatives is not None and source is not None:
        yield from _representatives(stage, representatives, source)
    for name, scenario in stage.scenarios.items():
        at = _At(stage.scenario_sources[name], name)
        if representatives is None:
            yield at.problem((), "a scenario needs representatives, and there is no representatives.yaml")
        else:
            yield from _scenario(stage, representatives, scenario, at)
    yield from _repeated_codes(stage)


@dataclass(frozen=True)
class _At:
    """A scenario in its file."""

    source: Source
    name: str

    def problem(self, loc: Loc, message: str) -> Problem:
        return self.source.problem(("scenarios", self.name, *loc), message)

    def unknown(self, loc: Loc, what: str, name: str, known: Iterable[str]) -> Iterator[Problem]:
        """A problem where `name` is none of `known`."""
        choices = list(known)
        if name not in choices:
            yield self.problem(loc, _unknown(what, name, choices))


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    return f"unknown {what} '{name}', expected one of {', '.join(known) or 'none, there is none'}"


def _representatives(stage: Stage, representatives: Representatives, source: Source) -> Iterator[Problem]:
    for name, reason in representatives.reasons.items():
        here: Loc = ("reasons", name)
        for index, department in enumerate(reason.departments):
            if department not in stage.departments:
                what = _unknown("department", department, stage.departments)
                yield source.problem((*here, "departments", index), what)
        for index, detail in enumerate(reason.details):
            if detail not in representatives.details:
                what = _unknown("detail", detail, representatives.details)
                yield source.problem((*here, "details", index), what)
        if reason.topic is not None and reason.topic not in stage.vocabulary.topics:
            yield source.problem((*here, "topic"), _unknown("topic", reason.topic, stage.vocabulary.topics))
        for wrong in _placeholders(reason.resolution, reason.details):
            yield source.problem((*here, "resolution"), wrong)
    used = {detail for reason in representatives.reasons.values() for detail in reason.details}
    for name in representatives.details:
        if name not in used:
            yield source.problem(("details", name), f"no reason asks for the detail '{name}'")


def _placeholders(prompt: Prompt, details: Iterable[str]) -> Iterator[str]:
    known = [*details, *(f"member.{fact}" for fact in FACTS)]
    for text in prompt:
        for slot in _SLOT.findall(text):
            if slot not in known:
                yield f"nothing fills {{{slot}}}, expected one of {', '.join(known)}"


def _scenario(stage: Stage, representatives: Representatives, scenario: Scenario, at: _At) -> Iterator[Problem]:
    yield from at.unknown(("member",), "member", scenario.member, stage.members)
    yield from at.unknown(("reason",), "reason", scenario.reason, representatives.reasons)
    for index, department in enumerate(scenario.departments):
        yield from at.unknown(("departments", index), "department", department, stage.departments)
    for index, follow_up in enumerate(scenario.follow_ups):
        yield from at.unknown(("follow_ups", index), "follow-up", follow_up, representatives.follow_ups)
    yield from _numbers(stage, scenario, at)
    yield from _lacks(stage, scenario, at)
    if scenario.reason in representatives.reasons:
        yield from _facts(representatives, scenario, at)
        yield from _twists(stage, representatives, scenario, at)


def _numbers(stage: Stage, scenario: Scenario, at: _At) -> Iterator[Problem]:
    for index, number in enumerate(scenario.numbers):
        if number == CARD_BACK:
            continue
        try:
            stage.directory.listing(number)
        except NumberError as error:
            yield at.problem(("numbers", index), f"{error}, or {CARD_BACK}")


def _lacks(stage: Stage, scenario: Scenario, at: _At) -> Iterator[Problem]:
    member = stage.members.get(scenario.member)
    if member is not None and Lack.CARD_NUMBER in scenario.lacks:
        endings = [lack for lack in (Lack.SSN_LAST4, Lack.TAX_ID_LAST4) if getattr(member, lack) is not None]
        if all(ending in scenario.lacks for ending in endings):
            yield at.problem(("lacks",), "nothing is left to verify the caller with; leave one of them out")


def _facts(representatives: Representatives, scenario: Scenario, at: _At) -> Iterator[Problem]:
    reason = representatives.reasons[scenario.reason]
    for detail in reason.details:
        if detail not in scenario.facts:
            yield at.problem(("facts",), f"the reason {scenario.reason} asks for '{detail}', and no fact answers it")
    for name, fact in scenario.facts.items():
        if name not in reason.details:
            asked = ", ".join(reason.details) or "none"
            yield at.problem(
                ("facts", name), f"the reason {scenario.reason} never asks for '{name}', expected one of {asked}"
            )
        elif name in representatives.details:
            entry = representatives.details[name].entry
            if fact_value(fact, representatives.details[name], scenario.at) is None:
                yield at.problem(("facts", name), f"'{fact.value}' cannot be read as a {entry}")
    for wrong in _placeholders(scenario.resolution or (), reason.details):
        yield at.problem(("resolution",), wrong)


def _twists(stage: Stage, representatives: Representatives, scenario: Scenario, at: _At) -> Iterator[Problem]:
    twists, right = scenario.twists, representatives.departments(scenario)
    lines = [name for name, flow in stage.flows.items() if flow.kind == "line"]
    for line, instead in twists.lines.items():
        yield from at.unknown(("twists", "lines", line), "line", line, lines)
        yield from at.unknown(("twists", "lines", line), "line", instead, lines)
    for index, detail in enumerate(twists.unclear):
        known = [name for name in scenario.facts if getattr(representatives.details.get(name), "unclear", None)]
        yield from at.unknown(("twists", "unclear", index), "unclear detail", detail, known)
    if twists.misrouted is not None:
        others = [name for name in stage.departments if name not in right]
        yield from at.unknown(("twists", "misrouted"), "wrong department", twists.misrouted, others)
    if twists.closed is not None and twists.closed in stage.departments:
        if stage.departments[twists.closed].is_open(scenario.at):
            yield at.problem(("twists", "closed"), f"{twists.closed} is open at {scenario.at.isoformat()}")
    elif twists.closed is not None:
        yield from at.unknown(("twists", "closed"), "department", twists.closed, stage.departments)
    known_right = [name for name in right if name in stage.departments]
    if known_right and not any(stage.departments[name].is_open(scenario.at) for name in known_right):
        what = f"every right department is closed at {scenario.at.isoformat()}, so nobody could solve it"
        yield at.problem(("at",), what)


def _repeated_codes(stage: Stage) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name, scenario in stage.scenarios.items():
        if scenario.code in seen:
            what = f"the code {scenario.code} is that of {seen[scenario.code]} already"
            yield _At(stage.scenario_sources[name], name).problem(("code",), what)
        seen.setdefault(scenario.code, name)

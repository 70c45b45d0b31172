"""docs/rehearsal.md has every key, every event and every caller, and its example is read."""

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from ivr.call.events import in_a_rehearsal
from ivr.call.record import Stage
from ivr.cli.rehearse import rehearse
from ivr.flow.centre import ContactCentre, check_rehearsals
from ivr.flow.folder import SCENARIO
from ivr.flow.parsing import parse
from ivr.flow.rehearsal import Representatives, Scenarios
from ivr.flow.source import source_of
from ivr.training.callers import Temper

PAGE = (Path(__file__).parents[1] / "docs" / "rehearsal.md").read_text()
REHEARSAL_EVENTS = {getattr(in_a_rehearsal, name).kind for name in in_a_rehearsal.__all__}


def models() -> list[type[BaseModel]]:
    """Every model of the two kinds of file."""
    found: list[type[BaseModel]] = []
    waiting: list[object] = [Scenarios, Representatives]
    while waiting:
        each = waiting.pop()
        waiting += get_args(each)
        if isinstance(each, type) and issubclass(each, BaseModel) and each not in found:
            found.append(each)
            waiting += [field.annotation for field in each.model_fields.values()]
            waiting += [part for field in each.model_fields.values() for part in field.metadata]
    return [model for model in found if model is not Scenarios]


def tables(first: str) -> list[frozenset[str]]:
    """The first columns of the page's tables under that heading."""
    rows = re.findall(rf"^\| {first} \|.*\n\|[-|]+\n((?:\|.+\n)+)", PAGE, re.MULTILINE)
    return [frozenset(re.findall(r"^\| `([^` ]+)", table, re.MULTILINE)) for table in rows]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_key_is_documented(model: type[BaseModel]) -> None:
    assert frozenset(model.model_fields) in tables("key")


def test_no_other_key_is_documented() -> None:
    assert set(tables("key")) == {frozenset(model.model_fields) for model in models()}


def test_every_event_of_a_rehearsal_is_documented() -> None:
    assert tables("event") == [frozenset(REHEARSAL_EVENTS)]


def test_every_caller_and_every_stage_is_documented() -> None:
    assert tables("caller") == [frozenset(Temper)]
    assert tables("stage") == [frozenset(Stage)]


def test_every_option_is_documented() -> None:
    options = {option for parameter in rehearse.params for option in parameter.opts if option.startswith("--")}

    assert options - {"--flows", "--help"} == set(re.findall(r"`(--[a-z-]+)", PAGE.partition("## On a telephone")[0]))


def test_a_caller_plays_as_the_page_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)

    exec(example.replace("load_centre()", "load_centre(rules=False)"), {})

    assert capsys.readouterr().out == "ended\n"


def test_the_example_is_a_scenario_without_fault(shipped: ContactCentre) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    source = source_of(example, "example.yaml")
    file, problems = parse(Scenarios, source)
    assert file is not None
    sources = {**shipped.sources, **{SCENARIO + name: source for name in file.scenarios}}

    assert [*problems, *check_rehearsals(replace(shipped, scenarios=file.scenarios, sources=sources))] == []

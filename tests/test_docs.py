"""The schema files are current and fit; the page on the flow language has every key, and its examples are read."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel
from ruamel.yaml import YAML

from ivr.cli.schema import KINDS, schema_of
from ivr.flow.asking import Manners, Policy, Universal
from ivr.flow.centre import load_centre
from ivr.flow.departments import Departments, Span
from ivr.flow.directory import Directory
from ivr.flow.flow import Flow
from ivr.flow.members import FACTS, Members
from ivr.flow.nodes import Entry, Node
from ivr.flow.parsing import parse
from ivr.flow.source import Data, source_of
from ivr.grammar import Vocabulary

ROOT = Path(__file__).parents[1]
LANGUAGE = (ROOT / "docs" / "flow-language.md").read_text()
SCHEMAS = ROOT / "docs" / "schema"
SHIPPED = sorted((ROOT / "flows").rglob("*.yaml"))
NAMING = re.compile(r"# yaml-language-server: \$schema=(\S+)\Z")


def kind_of(path: Path) -> str:
    if path.parent.name == "scenarios":
        return "scenarios"
    return path.stem if path.parent.name == "flows" else "flow"


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def typed(text: str) -> object:
    """YAML 1.2 with its types, as editors read it."""
    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_file_is_what_the_command_prints(kind: str) -> None:
    written = (SCHEMAS / f"{kind}.json").read_text()
    assert written == schema_of(kind) + "\n", f"run: ivr schema {kind} > docs/schema/{kind}.json"


@pytest.mark.parametrize("path", [path for path in SHIPPED if path.stem != "vocabulary"], ids=shown)
def test_a_shipped_file_names_its_schema_first(path: Path) -> None:
    named = NAMING.match(path.read_text().splitlines()[0])
    assert named, "the first line names no schema"
    assert (path.parent / named[1]).resolve() == SCHEMAS / f"{kind_of(path)}.json"
    assert (path.parent / named[1]).is_file()


@pytest.mark.parametrize("path", SHIPPED, ids=shown)
def test_a_shipped_file_fits_its_schema(path: Path) -> None:
    validator = Draft202012Validator(json.loads((SCHEMAS / f"{kind_of(path)}.json").read_text()))
    told = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(typed(path.read_text()))]
    assert told == []


def own_keys(model: type[BaseModel]) -> frozenset[str]:
    """A model's keys without its kind, and without those that all questions share."""
    shared = set(Manners.model_fields) if issubclass(model, Manners) and model is not Manners else set()
    if model is not Flow:
        shared |= {"kind"}
    return frozenset(model.model_fields) - shared


def models() -> list[type[BaseModel]]:
    """Every model that a key of some file is read into. Hours are written as texts; two files are a single key."""
    found: list[type[BaseModel]] = [Manners]
    waiting: list[object] = [Flow, Departments, Directory, Members, Vocabulary]
    while waiting:
        each = waiting.pop()
        waiting += get_args(each)
        if isinstance(each, type) and issubclass(each, BaseModel) and each not in found:
            found.append(each)
            waiting += [field.annotation for field in each.model_fields.values()]
    return [model for model in found if model not in (Span, Departments, Members)]


def tables(first: str) -> list[frozenset[str]]:
    """The first columns of the page's tables under that heading."""
    rows = re.findall(rf"^\| {first} \|.*\n\|[-|]+\n((?:\|.+\n)+)", LANGUAGE, re.MULTILINE)
    return [frozenset(re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)) for table in rows]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_key_is_documented(model: type[BaseModel]) -> None:
    assert own_keys(model) in tables("key")


def test_no_other_key_is_documented() -> None:
    assert set(tables("key")) == {own_keys(model) for model in models()}


@pytest.mark.parametrize(("first", "kinds"), [("entry", Entry), ("policy", Policy), ("universal", Universal)])
def test_every_name_is_documented(first: str, kinds: type[StrEnum]) -> None:
    assert tables(first) == [frozenset(kinds)]


def test_every_kind_of_node_has_its_section() -> None:
    kinds = re.findall(r"^### (\w+)$", LANGUAGE.partition("## Nodes")[2].partition("\n## ")[0], re.MULTILINE)
    assert set(kinds) == {get_args(model.model_fields["kind"].annotation)[0] for model in get_args(get_args(Node)[0])}


def test_every_fact_about_a_member_is_documented() -> None:
    assert set(re.findall(r"`\{member\.(\w+)\}`", LANGUAGE)) == set(FACTS)


@pytest.mark.parametrize("example", re.findall(r"```yaml\n(.*?)```", LANGUAGE, re.DOTALL), ids=lambda text: text[:20])
def test_every_example_is_read(example: str) -> None:
    source = source_of(example, "example.yaml")
    assert isinstance(source.data, dict)
    model, data = _whole(source.data)
    _, problems = parse(model, replace(source, data=data))
    assert problems == []


def _whole(data: dict[str, Data]) -> tuple[type[BaseModel], dict[str, Data]]:
    """The kind of file that an example is, or is a part of; a part is put into a shared flow."""
    for key, model in {
        "departments": Departments,
        "members": Members,
        "lobby": Directory,
        "topics": Vocabulary,
    }.items():
        if key in data:
            return model, data
    if "flow" in data:
        return Flow, data
    end: Data = {"kind": "return", "outcome": "done"}
    stub: dict[str, Data] = {"flow": "stub", "title": "Stub", "kind": "shared", "start": "end", "nodes": {"end": end}}
    parts = all(isinstance(value, dict) and "kind" in value for value in data.values())
    return Flow, stub | ({"nodes": data} if parts else data)


def test_the_first_example_is_a_line_without_fault(folder_with: Callable[..., Path]) -> None:
    example = re.findall(r"```yaml\n(.*?)```", LANGUAGE, re.DOTALL)[0]
    assert "parking" in load_centre(folder_with(lines__parking=example)).trees


@pytest.mark.parametrize("message", re.findall(r"^\|[^|`]+\| `(.+?)`(?: …)? \|$", LANGUAGE, re.MULTILINE))
def test_every_message_is_one_that_a_wrong_file_is_told(message: str) -> None:
    assert f": {message}" in (ROOT / "tests" / "flow" / "test_wrong_files.py").read_text()

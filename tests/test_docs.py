"""The schema files are current, and every shipped file names the one it fits."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from ivr.cli.schema import KINDS, schema_of
from ivr.flow.asking import Universal

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "docs" / "schema"
SHIPPED = sorted((ROOT / "flows").rglob("*.yaml"))
NAMING = re.compile(r"# yaml-language-server: \$schema=(\S+)\Z")


def kind_of(path: Path) -> str:
    return path.stem if path.parent.name == "flows" else "flow"


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def typed(text: str) -> object:
    """YAML with types, `on` and `off` as the switches that they are in the files; a universal's `off` stays a word."""
    return YAML(typ="safe", pure=True).load(re.sub(r"([\w-]+): (on|off)\b", _switched, text))


def _switched(found: re.Match[str]) -> str:
    return found[0] if found[1] in list(Universal) else f"{found[1]}: {str(found[2] == 'on').lower()}"


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

"""docs/store.md: its commands exist with their options, and its table of tables is whole."""

import re
import shlex
from pathlib import Path

import pytest

from ivr.cli.db import db
from ivr.stores.database import PATIENCE, parse_url
from ivr.stores.teaching_tables import metadata
from webhooks.settings import Settings

PAGE = (Path(__file__).parents[1] / "docs" / "store.md").read_text()
COMMANDS = re.findall(r"^ivr db (.+)$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_exists_with_its_options(command: str) -> None:
    name, *arguments = shlex.split(command)
    known = db.commands[name]
    known.make_context(name, arguments)


def test_every_command_is_told_of() -> None:
    assert {command.split()[0] for command in COMMANDS} == set(db.commands)


def test_every_table_is_told_of() -> None:
    assert all(f"| `{name}` |" in PAGE for name in metadata.tables)


@pytest.mark.parametrize("url", re.findall(r"`((?:sqlite|postgresql)://[^`]+)`", PAGE))
def test_every_url_can_be_used(url: str) -> None:
    assert parse_url(url)


def test_its_figures_are_the_programs() -> None:
    assert PATIENCE == 1.5
    assert f"for `IVR_RETENTION` days ({Settings.retention})" in PAGE

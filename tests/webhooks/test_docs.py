"""docs/twilio.md: its table is the program's, its addresses and commands are there, its curl gets an answer."""

import re
import shlex
from itertools import pairwise
from pathlib import Path

import click
import pytest

from ivr.cli.serve import serve
from ivr.cli.twilio import twilio
from ivr.flow.centre import ContactCentre
from webhooks import Settings, create_app
from webhooks.variables import VARIABLES, as_markdown

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "twilio.md").read_text()
CODE = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)).replace("\\\n", " ")


def test_the_settings_are_those_that_are_read() -> None:
    assert as_markdown() in PAGE


def test_every_setting_that_is_read_is_in_the_table() -> None:
    sources = "".join(path.read_text() for path in (ROOT / "webhooks").glob("*.py"))
    assert set(re.findall(r"\"((?:IVR|TWILIO)_[A-Z_]+)\"", sources)) == VARIABLES.keys()


def test_every_setting_that_is_exported_exists() -> None:
    assert set(re.findall(r"export (\w+)=", CODE)) <= VARIABLES.keys()


@pytest.mark.parametrize(
    "command", re.findall(r"^ivr (.+)$", CODE, re.MULTILINE) + re.findall(r"`ivr (serve [^`]+)`", PAGE)
)
def test_every_command_exists_with_its_options(command: str) -> None:
    words = shlex.split(command)
    found: click.Command = {"serve": serve, "twilio": twilio}[words[0]]
    if isinstance(found, click.Group):
        found = found.commands[words[1]]
    known = {name for parameter in found.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_addresses_are_those_of_the_application(small: ContactCentre) -> None:
    app = create_app(Settings(public_url="http://localhost", verify_signatures=False), centre=small)
    rows = re.findall(r"^\| `(GET|POST) ([^`]+)`", PAGE, re.MULTILINE)
    rules = {
        (method, rule.rule) for rule in app.url_map.iter_rules() for method in rule.methods or () if method in "GETPOST"
    }
    assert {(method, path.replace("/N", "/<turn:turn>")) for method, path in rows} == rules


def test_the_curl_is_answered(small: ContactCentre) -> None:
    app = create_app(Settings(public_url="http://localhost:5000", verify_signatures=False), centre=small)
    words = shlex.split(next(line for line in CODE.splitlines() if line.startswith("curl")))
    fields = dict(word.split("=", 1) for flag, word in pairwise(words) if flag in ("-d", "--data-urlencode"))
    answer = app.test_client().post(words[-1].partition(":5000")[2], data=fields)
    assert (answer.status_code, "<Gather" in answer.text) == (200, True)

"""docs/teaching.md: its commands are run one after the other, in a shell, and print what the page says."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from ivr.cli import main
from ivr.cli.assign import assign
from ivr.cli.next import next as next_command
from ivr.cli.trainee import trainee
from ivr.cli.xapi import xapi
from ivr.training.spacing import AT_ONCE, EASY

PAGE = (Path(__file__).parents[1] / "docs" / "teaching.md").read_text()
BLOCKS = re.findall(r"```sh\n(.*?)```(?:\n\n```text\n(.*?)```)?", PAGE, re.DOTALL)


IN_A_SHELL = re.compile(r"[|<>;&$]")


def test_the_page_is_played_from_a_class_list_to_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Commands that need a shell have one; the others are played in this process, which is quicker."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path / 'calls.db'}")
    monkeypatch.setenv("IVR_HASH_KEY", "a secret for a class")
    for commands, printed in BLOCKS:
        told = "".join(_played(command, capsys) for command in commands.splitlines())
        assert printed in told
    assert (tmp_path / "pins.csv").read_text().startswith("name,group,pin\nAda,May,")
    assert len((tmp_path / "results.csv").read_text().splitlines()) == 1 + 3
    assert len((tmp_path / "may.jsonl").read_text().splitlines()) == 3
    assert '"trainee": "Ada"' in (tmp_path / "ada.json").read_text()


def _played(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    if IN_A_SHELL.search(command):
        done = subprocess.run(["bash", "-euc", command], capture_output=True, text=True, check=False)
        status, out, error = done.returncode, done.stdout, done.stderr
    else:
        name, *arguments = shlex.split(command)
        assert name == "ivr"
        with pytest.raises(SystemExit) as leaving:
            main(arguments)
        status, (out, error) = leaving.value.code, capsys.readouterr()
    assert (status, error) == (0, ""), command
    return out


@pytest.mark.parametrize("group", [assign, trainee, xapi], ids=lambda group: group.name)
def test_every_command_of_whoever_teaches_is_there(group: click.Group) -> None:
    assert [name for name in group.commands if f"ivr {group.name} {name}" not in PAGE] == []


def test_every_option_of_next_is_there() -> None:
    own = {option for parameter in next_command.params for option in parameter.opts if option.startswith("--")}
    assert {option for option in own if option in PAGE} >= {"--trainee", "--group", "--json"}


def test_its_figures_are_the_programs() -> None:
    assert AT_ONCE.total_seconds() == 600
    assert f"a test with {EASY:g} points or more" in PAGE

"""README.md: its commands are run, and print what it shows. Run this file to write their output into it anew."""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ivr.cli import main

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "pictures" / "lost-stolen.svg"
CONSOLE = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)


def run(command: str, folder: Path) -> str:
    """What a command prints, in a folder that holds README's own line."""
    line = re.search(r"```yaml\n(.*?)```", README.read_text(), re.DOTALL)
    assert line is not None
    (folder / "my-line.yaml").write_text(line[1])
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PYTHONIOENCODING": "utf-8"}
    told = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, timeout=120)
    assert told.stderr == b""
    return told.stdout.decode()


def shown(block: str, folder: Path) -> str:
    """A block with what its commands print now."""
    commands = re.findall(r"^\$ (.+)$", block, re.MULTILINE)
    return "".join(f"$ {command}\n{run(command, folder)}" for command in commands)


def drawn(folder: Path) -> str:
    run(f"ivr draw lost-stolen --format svg --output {PICTURE.name}", folder)
    return (folder / PICTURE.name).read_text()


@pytest.mark.parametrize("block", CONSOLE.findall(README.read_text()), ids=lambda block: block.splitlines()[0][2:])
def test_a_command_prints_what_is_shown(block: str, tmp_path: Path) -> None:
    assert block == shown(block, tmp_path), "run: python tests/test_readme.py"


def test_the_picture_is_current(tmp_path: Path) -> None:
    assert PICTURE.read_text() == drawn(tmp_path), "run: python tests/test_readme.py"


def test_the_own_line_can_be_drawn(tmp_path: Path) -> None:
    run("ivr draw my-line.yaml -o my-line.svg", tmp_path)
    assert "For opening hours" in (tmp_path / "my-line.svg").read_text()


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", README.read_text()))
def test_a_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).is_file()


@pytest.mark.parametrize("folder", re.findall(r"^\| `([^`]+)` \|", README.read_text(), re.MULTILINE))
def test_a_folder_is_there(folder: str) -> None:
    assert (ROOT / folder).exists()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make (call|test|check|bench)\b", README.read_text()))))
def test_a_make_target_is_there(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("command", re.findall(r"^ivr .+$", README.read_text(), re.MULTILINE))
def test_a_command_has_the_options_that_are_shown(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = shlex.split(command)
    names = words[1 : 3 if words[1] == "twilio" else 2]
    with pytest.raises(SystemExit, match=r"^0$"):
        main([*names, "--help"])
    known = capsys.readouterr().out
    assert all(word in known for word in words if word.startswith("--"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        README.write_text(CONSOLE.sub(lambda block: shown(block[0], Path(made)), README.read_text()))
        PICTURE.write_text(drawn(Path(made)))

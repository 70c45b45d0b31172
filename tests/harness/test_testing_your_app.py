"""The projects of docs/testing-your-app.md, each run by pytest as a project of its own."""

import re
import shutil
from pathlib import Path

import pytest

from ivr.cli.phoning.script_file import read_script

HERE = Path(__file__).parent
PAGE = (HERE.parents[1] / "docs" / "testing-your-app.md").read_text()
FILES = dict(re.findall(r"```\w+\n(?:#|//) (\S+)\n(.*?)```", PAGE, re.DOTALL))


def test_projects_in_process(pytester: pytest.Pytester) -> None:
    """All of them in one run, as a newcomer's folder may have them."""
    names = [name for name in FILES if "express" not in name and name.endswith(".py")]
    _write(pytester, *names)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    parametrised = 4  # test_nobody_takes_it has five cases
    result.assert_outcomes(passed=sum(FILES[name].count("def test_") for name in names) + parametrised)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_express_project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(pytester, "express_app.js", "test_express_app.py")
    installed = HERE / "apps" / "node" / "node_modules"
    monkeypatch.setenv("NODE_PATH", str(installed if (installed / "express").is_dir() else HERE))  # or the stand-in
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=2)


def test_script(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "example.yaml"
    path.write_text(example)
    assert len(read_script(path).steps) == 6


def _write(pytester: pytest.Pytester, *names: str) -> None:
    for name in names:
        (pytester.path / name).write_text(FILES[name])

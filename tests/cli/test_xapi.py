"""`ivr xapi` as a training lead runs it."""

import json
from pathlib import Path

import pytest
import responses

from tests.cli.test_results import class_of_two, run, run_quietly

__all__ = ["class_of_two"]

pytestmark = pytest.mark.usefixtures("class_of_two")

URL = "https://lrs.example.com/xapi"


@pytest.fixture
def lrs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A learning record store in the environment."""
    for name, value in {"URL": URL, "KEY": "key", "SECRET": "not to be told"}.items():
        monkeypatch.setenv(f"IVR_LRS_{name}", value)


def test_statements_are_written_to_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in ("Ada", "Bob"):
        run_quietly("rehearse", "dispute", "--trainee", name, "--caller", "silent")
    assert run(capsys, "xapi", "export", "-o", str(tmp_path / "all.jsonl")) == (0, "", "")
    lines = (tmp_path / "all.jsonl").read_text().splitlines()
    assert [json.loads(line)["actor"]["account"]["name"] for line in lines] == ["Ada", "Bob"]
    assert run(capsys, "xapi", "export", "--trainee", "Bob")[1].splitlines() == lines[1:]
    assert run(capsys, "xapi", "export", "--group", "June")[0] == 2


@pytest.mark.usefixtures("lrs")
def test_the_store_is_told_of_what_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    run_quietly("rehearse", "dispute", "--trainee", "Ada", "--caller", "silent")
    with responses.RequestsMock() as store:
        store.post(f"{URL}/statements", status=401)
        status, told, warned = run(capsys, "xapi", "send")
        assert (status, told) == (1, "0 attempts told, 1 left\n")
        assert warned == "the learning record store answered with status 401\n"
        store.replace(responses.POST, f"{URL}/statements", json=[])
        assert json.loads(run(capsys, "xapi", "send", "--json")[1]) == {"told": 1, "left": 0, "problems": []}
        assert run(capsys, "xapi", "send")[1] == "0 attempts told, 0 left\n"


def test_without_a_store_it_says_what_to_set(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, warned = run(capsys, "xapi", "send")
    assert (status, "set IVR_LRS_URL, IVR_LRS_KEY and IVR_LRS_SECRET" in warned) == (2, True)

"""`ivr rehearse --trainee` and `ivr results` as a training lead runs them."""

import csv
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from ivr.call.events import event_from_json
from ivr.cli import main
from ivr.stores.callers import CallerKey
from ivr.stores.opening import open_ready
from ivr.stores.sql import SqlCalls
from ivr.stores.teaching import Teaching
from ivr.training.regret import Cause
from tests.stores.test_calls import kept

pytestmark = pytest.mark.usefixtures("class_of_two")


@pytest.fixture
def class_of_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ada and Bob of the group May, who have not rehearsed yet."""
    monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path / 'calls.db'}")
    monkeypatch.setenv("COLUMNS", "96")
    for name in ("Ada", "Bob"):
        assert run_quietly("trainee", "add", name, "--group", "May") == 0


def run_quietly(*arguments: str) -> int:
    with pytest.raises(SystemExit) as leaving:
        main(list(arguments))
    return int(leaving.value.code or 0)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status, and what was printed."""
    capsys.readouterr()
    status = run_quietly(*arguments)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_neither_the_attempt_nor_the_debrief_is_lost_with_the_other(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    rehearse = ("rehearse", "dispute", "--trainee", "Ada", "--caller", "prepared")
    with monkeypatch.context() as patched:
        patched.setattr("ivr.cli.rehearse.debrief", broken)
        run_quietly(*rehearse)
    assert json.loads(run(capsys, "results", "--json")[1])[0]["attempts"] == 1
    with monkeypatch.context() as patched:
        patched.setattr("ivr.teaching.attempts.Attempts.keep_events", broken)
        assert "How it went" in run(capsys, *rehearse)[1]


def test_attempts_are_kept_and_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    for temper in ("zero", "prepared", "prepared"):
        assert run_quietly("rehearse", "dispute", "--trainee", "Ada", "--caller", temper) == 0
    rows = json.loads(run(capsys, "results", "--json")[1])
    ada = rows[0]
    assert [row["name"] for row in rows] == ["Ada"]
    assert (ada["attempts"], ada["best"], ada["last"], ada["to_mastery"], ada["mastered"]) == (3, 100.0, 100.0, 2.0, 1)
    assert ada["regret"]["refused-escape"] > 0
    assert ada["zero_outs"]["personal.main"] >= 1
    assert next(iter(ada["weakest"].values())) == max(ada["weakest"].values())
    told = run(capsys, "results")[1]
    assert "3 attempts, best 100, last 100; 1 of 1 mastered, in 2 attempts" in told
    by_scenario = json.loads(run(capsys, "results", "--trainee", "Ada", "--json")[1])
    assert [row["name"] for row in by_scenario] == ["dispute"]


def test_a_bar_that_nobody_reaches_is_not_reached(capsys: pytest.CaptureFixture[str]) -> None:
    run_quietly("rehearse", "dispute", "--trainee", "Bob", "--caller", "zero")
    row = json.loads(run(capsys, "results", "--bar", "99", "--json")[1])[0]
    assert (row["to_mastery"], row["mastered"], row["scenarios"]) == (None, 0, 1)


def test_csv_has_a_line_an_attempt(capsys: pytest.CaptureFixture[str]) -> None:
    run_quietly("rehearse", "lost-card", "--trainee", "Ada", "--caller", "silent", "--stage", "test")
    table = list(csv.DictReader(StringIO(run(capsys, "results", "--group", "May", "--csv")[1])))
    assert [(row["trainee"], row["scenario"], row["stage"]) for row in table] == [("Ada", "lost-card", "test")]
    assert (0 <= float(table[0]["score"]) < 80, table[0]["group"], table[0]["asked_for_a_person"]) == (True, "May", "0")
    assert float(table[0]["no-input"]) > 0
    assert float(table[0]["seconds_lost"]) == pytest.approx(sum(float(table[0][cause]) for cause in Cause))


def test_mastery_is_each_trainees_own(capsys: pytest.CaptureFixture[str]) -> None:
    run_quietly("trainee", "add", "Cid")
    for name, temper in (("Ada", "prepared"), ("Bob", "zero"), ("Bob", "zero"), ("Bob", "prepared"), ("Cid", "zero")):
        run_quietly("rehearse", "dispute", "--trainee", name, "--caller", temper)
    rows = json.loads(run(capsys, "results", "--by", "group", "--json")[1])
    assert [(row["name"], row["attempts"], row["mastered"], row["scenarios"], row["to_mastery"]) for row in rows] == [
        ("May", 4, 2, 2, 2.0),
        ("no group", 1, 0, 1, None),
        ("all", 5, 2, 3, 2.0),
    ]
    assert [row["name"] for row in json.loads(run(capsys, "results", "--by", "scenario", "--json")[1])] == ["dispute"]


def test_an_attempt_of_nobody_and_results_of_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, told = run(capsys, "rehearse", "dispute", "--trainee", "Zed", "--caller", "silent")
    assert (status, "there is no trainee 'Zed'" in told) == (2, True)
    status, _, told = run(capsys, "results", "--group", "June")
    assert (status, "Ada (May)" in told) == (2, True)
    assert "No attempts yet" in run(capsys, "results")[1]
    assert run(capsys, "results", "--json", "--csv")[0] == 2


def test_what_is_kept_goes_with_the_trainee(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run_quietly("rehearse", "dispute", "--trainee", "Ada", "--caller", "silent")
    assert len(json.loads(run(capsys, "trainee", "export", "Ada")[1])["results"]) == 1
    assert run_quietly("trainee", "erase", "Ada") == 0
    assert Teaching(open_ready(f"sqlite:///{tmp_path / 'calls.db'}"), CallerKey("")).results("Ada") == ()


def test_an_attempt_by_telephone_that_was_left_over_is_kept_first(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run_quietly("rehearse", "dispute", "--trainee", "Ada", "--caller", "prepared")
    engine = open_ready(f"sqlite:///{tmp_path / 'calls.db'}")
    (in_the_terminal,) = Teaching(engine, CallerKey("")).results("Ada")
    events = [event_from_json(line) for line in in_the_terminal.events.splitlines()]
    for call, left in (("CA1", events), ("CA2", [replace(events[1], scenario="gone")])):
        assert SqlCalls(engine).save(kept(call, ended=True), answered=None, events=left)

    _, told, warned = run(capsys, "results", "--trainee", "Ada", "--json")
    assert [(row["name"], row["attempts"], row["best"]) for row in json.loads(told)] == [("dispute", 2, 100.0)]
    assert "the attempt on call CA2 cannot be scored: " in warned
    assert "CA1" not in warned


def test_a_scenario_is_known_by_its_number_too_and_has_to_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    run_quietly("rehearse", "dispute", "--trainee", "Ada", "--caller", "zero")
    by_name, by_number = (run(capsys, "results", "--scenario", each, "--json")[1] for each in ("dispute", "201"))
    assert json.loads(by_number) == json.loads(by_name) != []
    assert run(capsys, "results", "--scenario", "101")[1].startswith("No attempts yet")
    assert run(capsys, "results", "--scenario", "nope")[2].startswith("there is no scenario 'nope'")


def test_the_last_attempt_of_a_trainee_is_talked_over(capsys: pytest.CaptureFixture[str]) -> None:
    for temper in ("zero", "prepared"):
        run_quietly("rehearse", "dispute", "--trainee", "Ada", "--caller", temper)
    told = run(capsys, "report", "latest", "--trainee", "Ada", "--format", "json")[1]
    assert (json.loads(told)["trainee"], json.loads(told)["score"]) == ("Ada", 100.0)
    assert run(capsys, "report", "latest", "--trainee", "Bob")[2].startswith("Bob has no attempts yet")
    assert run(capsys, "report", "latest", "--trainee", "Cid")[2].startswith("nobody fits that")
    assert run(capsys, "report", "CA1", "--trainee", "Ada")[0] == 2

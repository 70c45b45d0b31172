"""`ivr assign` and `ivr next` as a training lead and a trainee run them."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, Engine, event

from ivr.cli import ivr
from ivr.cli.teaching import open_teaching
from tests.cli.test_results import class_of_two, run, run_quietly

__all__ = ["class_of_two"]

pytestmark = pytest.mark.usefixtures("class_of_two")


def in_days(days: float) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


def test_what_is_assigned_comes_first_until_it_is_mastered(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_quietly("assign", "add", "201", "lost-card", "--group", "May", "--due", "2099-01-31") == 0
    assert run_quietly("assign", "add", "301", "--trainee", "Bob", "--due", "2020-01-31") == 0
    told = run(capsys, "next")[1].splitlines()
    assert told[0::3] == ["Ada", "Bob"]
    assert told[2].strip() == "assigned, due 2099-01-31"
    assert told[5].strip() == "assigned, overdue since 2020-01-31"

    run_quietly("rehearse", "dispute", "--trainee", "Ada", "--caller", "zero")
    first = json.loads(run(capsys, "next", "--trainee", "Ada", "--json")[1])[0]
    assert (first["scenario"], first["code"], first["why"], first["attempts"]) == ("dispute", "201", "assigned", 1)
    assert first["cause"] in run(capsys, "next", "--trainee", "Ada")[1]

    run_quietly("rehearse", "dispute", "--trainee", "Ada", "--caller", "prepared")
    assert json.loads(run(capsys, "next", "--trainee", "Ada", "--json")[1])[0]["scenario"] == "lost-card"
    listed = json.loads(run(capsys, "assign", "list", "--group", "May", "--json")[1])
    assert [(row["scenario"], row["mastered"], row["open"]) for row in listed] == [
        ("dispute", ["Ada"], ["Bob"]),
        ("lost-card", [], ["Ada", "Bob"]),
    ]
    assert "dispute  group May  due 2099-01-31  mastered by Ada; not yet by Bob" in run(capsys, "assign", "list")[1]


def test_a_scenario_comes_back_soon_after_a_mistake_and_later_after_success(capsys: pytest.CaptureFixture[str]) -> None:
    def turn(at: str) -> str:
        queue = json.loads(run(capsys, "next", "--trainee", "Ada", "-n", "99", "--at", at, "--json")[1])
        return str(next(each["why"] for each in queue if each["scenario"] == "dispute"))

    assert turn("now") == "new"
    run_quietly("rehearse", "dispute", "--trainee", "Ada", "--caller", "zero")
    assert (turn("now"), turn(in_days(0.5))) == ("later", "due")
    run_quietly("rehearse", "dispute", "--trainee", "Ada", "--caller", "prepared")
    assert (turn(in_days(0.5)), turn(in_days(30))) == ("later", "due")


def test_what_happened_on_attempts_is_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    run_quietly("assign", "add", "dispute", "--group", "May")
    run_quietly("rehearse", "dispute", "--trainee", "Ada", "--caller", "prepared")
    read: list[str] = []

    def note(connection: Connection, cursor: object, statement: str, *_: object) -> None:
        read.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert "dispute" not in run(capsys, "next", "--trainee", "Ada")[1]
        assert "mastered by Ada; not yet by Bob" in run(capsys, "assign", "list")[1]
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    attempts = [statement for statement in read if "results.score" in statement]
    assert len(attempts) == 3
    assert not any("results.events" in statement for statement in attempts)


def test_wrong_use_says_what_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, message in (
        (("assign", "add", "999", "nope", "--group", "May"), "there is no scenario 'nope'"),
        (("assign", "add", "999", "nope", "--group", "May"), "there is no scenario '999'"),
        (("assign", "add", "201"), "Give --trainee or --group"),
        (("assign", "add", "201", "--group", "May", "--trainee", "Ada"), "one of the two"),
        (("assign", "add", "201", "--group", "Mai"), "Ada (May)"),
        (("assign", "add", "201", "--group", "May", "--due", "soon"), "'soon' does not match the format"),
        (("assign", "remove", "201", "--group", "May"), "nothing of that is assigned to group May"),
        (("next", "--trainee", "Zed"), "Ada (May)"),
    ):
        status, out, err = run(capsys, *arguments)
        assert (status, out, message in err) == (2, "", True), err
    assert "Nothing is assigned" in run(capsys, "assign", "list")[1]


def test_what_was_assigned_is_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    run_quietly("assign", "add", "201", "101", "--trainee", "Ada")
    assert run(capsys, "assign", "remove", "201", "--trainee", "Ada")[0] == 0
    assert [row["scenario"] for row in json.loads(run(capsys, "assign", "list", "--json")[1])] == ["lost-card"]


def test_a_trainee_who_rehearses_is_told_what_is_next_and_takes_it_with_enter() -> None:
    run_quietly("assign", "add", "212", "--trainee", "Ada", "--due", "2099-01-31")
    told = CliRunner().invoke(ivr, ["rehearse", "--trainee", "Ada"], input="\n3\ncard\nhang up\n\nq\n").stdout
    assert "Next for Ada: 212  A late fee you don't owe (assigned, due 2099-01-31)" in told
    assert "You are " in told.partition("Next for Ada")[2]
    (kept,) = open_teaching().results("Ada")
    assert (kept.scenario, kept.stage) == ("late-fee", "test")

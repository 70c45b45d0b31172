"""`ivr rehearse`: by hand, by script, and by callers made of rules."""

import fcntl
import json
import os
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from contextlib import suppress

import pytest
from click.testing import CliRunner, Result

from ivr.cli import ivr, main

Run = Callable[..., Result]

TYPED = (
    *("2", "378282246310005", "1234", "4", "", ""),
    *("Hello, Pat Sample here, I'd like to dispute a charge", "0005", "00101", "Harbor Books", "84.20", "February 17"),
    *("message please", "no, thank you, goodbye"),
)


@pytest.fixture
def run() -> Run:
    def ran(*arguments: str, typed: tuple[str, ...] = ()) -> Result:
        return CliRunner().invoke(ivr, ["rehearse", *arguments], input="".join(f"{line}\n" for line in typed))

    return ran


def test_the_list_has_every_scenario(run: Run) -> None:
    rows = json.loads(run("--list", "--json").stdout)

    assert len(rows) >= 24
    assert {row["difficulty"] for row in rows} == {"easy", "standard", "hard"}
    assert "  201  A charge you don't agree with" in run("--list").stdout


def test_from_the_story_to_the_end(run: Run) -> None:
    """Picked by its number, practised with hints, called by the number on the card."""
    result = run(typed=("201", "2", "card", *TYPED, "I don't know", "*", "nothing", "q"))

    assert result.exit_code == 0
    for told in (
        "You are Pat Sample. It is Tuesday, March 3, 10:00 a.m.",
        "[ ] name of the merchant",
        "Which number do you dial?",
        "I've opened a dispute over the 84 dollars and 20 cents from Harbor Books.",
        "Score: ",
        "One thing to try: ",
    ):
        assert told in result.stdout, told


def test_the_sheet_for_a_call_by_phone(run: Run) -> None:
    result = run("102", "--prepare")

    assert "[ ] ZIP code                                 00102" in result.stdout
    assert "[-] card number                              not to hand" in result.stdout
    assert "Which number" not in result.stdout


def test_what_may_be_pressed_is_shown(run: Run) -> None:
    result = run("dispute", "--stage", "test", "--number", "card-back", typed=(*TYPED[:9], "?", "hang up", "", "q"))

    assert "      * I don't have it" in result.stdout
    assert "        what do you mean?" in result.stdout


def test_a_hint_is_typed(run: Run) -> None:
    result = run(
        "dispute", "--stage", "practice", "--number", "card-back", typed=(*TYPED[:9], "hint", "hang up", "", "q")
    )

    assert "  LINE  A hint. Say Harbor Books." in result.stdout
    assert "hint gives you a hint." in result.stderr


def test_of_options_that_lead_to_one_desk_a_hint_names_the_one_that_says_so(run: Run) -> None:
    steps = "say I was charged twice; press 378282246310005; press 1234; say hint; hang up"
    result = run("dispute", "--number", "1-800-528-2122", "--script", steps)

    assert 'A hint. Press 4 or say "' in result.stdout
    assert "for Payments" not in result.stdout


def test_in_a_test_no_hint_is_promised(run: Run) -> None:
    result = run("dispute", "--stage", "test", "--number", "card-back", typed=("hang up", "", "q"))

    assert "hint gives you a hint." not in result.stderr
    assert "a  the same again   n  another scenario   q  quit" in result.stderr


def test_the_list_and_every_checklist_fit_a_terminal(run: Run) -> None:
    codes = [row["code"] for row in json.loads(run("--list", "--json").stdout)]
    told = [run("--list").stdout, *(run(code, "--prepare").stdout for code in codes)]

    assert [line for each in told for line in each.splitlines() if len(line) > 80] == []


def test_a_code_given_away_fails_the_call_and_says_why(run: Run) -> None:
    typed = ("0", "", "", "This is Pat Sample, I lost my card", "2580", "hang up", "", "q")
    result = run("lost-card", "--stage", "test", "--number", "1-800-528-4800", typed=typed)

    assert re.search(r"Failed outright, 0 of 100: at \d:\d\d you gave away the PIN\.", result.stdout)
    assert re.search(r"\d:\d\d  -100 Keep your codes to yourself: you gave away the PIN", result.stdout)


def test_a_code_keyed_to_the_wrong_line_fails_the_call_and_says_why(run: Run) -> None:
    steps = "say points balance; press 378282246310005; press 1234; hang up"
    wrong = run("dispute", "--number", "1-800-AXP-EARN", "--script", steps)
    right = run("points-balance", "--number", "1-800-AXP-EARN", "--script", steps)

    why = "you gave the code to a line that is not for this"
    assert re.search(rf"Failed outright, 0 of 100: at 0:4\d {why}\.", " ".join(wrong.stdout.split()))
    assert "Failed outright" not in right.stdout


def test_trying_again_is_another_call(run: Run) -> None:
    result = run("dispute", typed=("3", "card", "hang up", "", "a", "3", "card", "hang up", "", "q"))

    assert result.stdout.count("You hung up.") == 2


def test_a_script_plays_and_prints_events(run: Run) -> None:
    lines = run("lost-card", "--script", "press 0; wait", "--json").stdout.splitlines()
    events = [json.loads(line) for line in lines]

    assert events[1]["event"] == "rehearsal-began"
    assert events[1]["scenario"] == "lost-card"
    assert events[-1]["event"] == "ended"


@pytest.mark.parametrize("caller", ["prepared", "random"])
def test_a_caller_plays_by_itself(run: Run, caller: str) -> None:
    result = run("102", "--caller", caller)

    assert result.exit_code == 0
    assert ("The matter is settled." in result.stdout) is (caller == "prepared")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["999"], "there is no scenario '999'; `ivr rehearse --list` shows them"),
        (["dispute", "--script", "x"], "step 1"),
        (["dispute", "--script", "wait", "--caller", "zero"], "give --script or --caller, not both"),
        (["--caller", "zero"], "which scenario?"),
        (["--prepare"], "which scenario?"),
        (["dispute", "--number", "5", "--caller", "zero"], "'5'"),
    ],
)
def test_wrong_use_is_told_in_one_line(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["rehearse", *arguments])

    assert left.value.code == 2
    assert told in capsys.readouterr().err


def test_a_centre_without_scenarios_says_so(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["rehearse", "--flows", "tests/small"])

    assert left.value.code == 2
    assert capsys.readouterr().err == "there are no scenarios in tests/small\n"


@pytest.mark.parametrize(
    ("commands", "slow"),
    [
        ("ivr.cli.rehearse, ivr.cli.report", ("sqlalchemy", "alembic", "flask", "fsrs", "requests")),
        (
            "ivr.cli.assign, ivr.cli.next, ivr.cli.results, ivr.cli.trainee, ivr.cli.xapi",
            ("alembic", "flask", "requests", "structlog", "twilio"),
        ),
    ],
    ids=["rehearsing", "teaching"],
)
def test_the_start_does_not_wait_for_what_is_seldom_needed(commands: str, slow: tuple[str, ...]) -> None:
    code = f"import sys, {commands}; print([each for each in {slow} if each in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)

    assert told.stdout == "[]\n"


@pytest.mark.parametrize("command", [("rehearse", "201", "--prepare"), ("rehearse", "--list"), ("route", "dispute")])
def test_a_narrow_terminal_breaks_lines_between_words(command: tuple[str, ...]) -> None:
    """On a terminal of forty columns, which a pseudo-terminal is."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    environ = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    with subprocess.Popen(
        [sys.executable, "-c", "from ivr.cli import main; main()", *command], stdout=theirs, env=environ
    ):
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # which is how the end of a pseudo-terminal is told
            while read := os.read(ours, 4096):
                shown += read
    os.close(ours)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).splitlines()
    assert len(lines) > 10
    assert [line for line in lines if len(line) > 40 and not line.startswith("Try it:")] == []


@pytest.mark.parametrize("typed", ["201", "*201", "Dispute", "lost card"])
def test_a_scenario_is_known_by_what_one_would_type(run: Run, typed: str) -> None:
    assert "Have ready:" in run(typed, "--prepare").stdout


NIGHT = "2026-03-08T03:00-05:00"


def test_at_another_time_the_story_and_the_best_way_are_of_that_time(run: Run) -> None:
    """At night nobody answers in billing, and a callback is the best that can be had."""
    assert "It is Sunday, March 8, 3:00 a.m." in run("dispute", "--at", NIGHT, "--prepare").stdout
    told = run("dispute", "--at", NIGHT, "--caller", "prepared", "--stage", "test").stdout
    assert "Score: 100 of 100" in told
    assert "to word left for the right desk" in told
    assert told.endswith("One thing to try: Take a harder scenario.\n")


def test_in_the_overview_the_best_way_is_of_that_time(run: Run) -> None:
    told = run("dispute", "--at", NIGHT, "--stage", "overview", "--number", "card", typed=("hang up", "", "q")).stdout
    assert "callback" in told.partition("Type words")[0].partition("The best way takes")[2].partition("LINE")[0]


def test_points_that_round_to_none_are_not_told(run: Run) -> None:
    """Its best number is made for the matter, and takes some seconds more than another."""
    told = run("fraud-code", "--caller", "prepared").stdout
    assert "Score: 100 of 100, mastered." in told
    assert "  navigation    99 %" in told
    assert "What cost points:" not in told

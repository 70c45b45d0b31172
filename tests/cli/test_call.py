"""`ivr call` and the listing commands, run as a user runs them."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from ivr.cli import main
from ivr.cli.terminal import keys_typed

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command; its exit status, output and errors."""

    def ran(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        out, err = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, out, err

    return ran


def events(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


DEPARTMENTS = {
    "lost-stolen": ("press 1", "say lost card"),
    "billing": ("press 2; press 378282246310005; press 1234", "say billing; press 378282246310005; press 1234"),
    "account": ("press 3; press 378282246310005; press 1234", "say account; press 378282246310005; press 1234"),
    "rewards": ("press 4; press 378282246310005; press 1234", "say reward points; press 378282246310005; press 1234"),
    "business": ("press 5", "say corporate card"),
    "fraud": ("press 61", "say someone used my card without permission"),
    "travel": ("press 62", "say I want to book a flight"),
    "activation": ("press 63", "say activate my new card"),
    "roadside": ("press 64", "say my car broke down"),
    "international": ("press 65", "say I'm abroad and need help"),
    "general": ("press 66", "say general inquiries"),
}


@pytest.mark.parametrize("by", [0, 1], ids=["keys", "words"])
@pytest.mark.parametrize("department", DEPARTMENTS)
def test_every_department_is_reached_from_a_terminal(run: Run, department: str, by: int) -> None:
    script = DEPARTMENTS[department][by] + "; wait" * 12

    status, out, _ = run("call", "1-800-528-2122", "--script", script, "--json")

    ended = events(out)[-1]
    assert status == 0
    assert (ended["event"], ended["outcome"], ended["department"]) == ("ended", "connected", department)


def test_the_last_line_is_the_end_with_all_its_keys(run: Run) -> None:
    _, out, _ = run("call", "1-800-528-2122", "--script", "hang up", "--json")

    ended = events(out)[-1]
    assert set(ended) == {"event", "at", "node", "outcome", "department", "seconds", "turns"}
    assert (ended["outcome"], ended["department"]) == ("abandoned", None)


def test_what_is_left_of_a_script_is_reported(run: Run) -> None:
    status, out, _ = run("call", "1-800-528-2122", "--script", 'hang up; press 1; say "a; b" @0.4', "--json")

    assert status == 0
    assert events(out)[-2] == {"event": "left-over", "steps": ["press 1", 'say "a; b" @0.4']}


def test_numbers_in_what_is_left_of_a_script_are_not_shown(run: Run) -> None:
    left = "hang up; press 4111w1111w1111; say four one one one please @0.85; press 2; wait 120"

    _, out, _ = run("call", "1-800-528-2122", "--script", left)

    told = "press [number]; say [number] please @0.85; press 2; wait 120"
    assert out.splitlines()[-1] == f"Not played, because the call had ended: {told}"


@pytest.mark.parametrize(
    "words", ["back of the card", "the number on the back of my card", "the one on the back of the card"]
)
def test_the_back_of_the_card_can_be_said_in_the_lobby(run: Run, words: str) -> None:
    _, out, _ = run("call", "--script", f"say {words}; hang up")

    assert "Connecting you now." in out


def test_back_in_the_lobby_still_means_back(run: Run) -> None:
    _, out, _ = run("call", "--script", "say go back; hang up", "--json")

    assert [event["universal"] for event in events(out) if event["event"] == "universal-asked"] == ["back"]


def test_a_script_that_ends_first_hangs_up(run: Run) -> None:
    _, out, _ = run("call", "1-800-528-2122", "--script", "press 2")

    assert "YOU   hang up" in out
    assert out.splitlines()[-1].startswith("You hung up.")


def test_the_same_script_gives_the_same_bytes(run: Run) -> None:
    arguments = ("call", "1-800-528-4800", "--script", "say lost card; press 378282246310005; wait; press 0", "--json")

    assert run(*arguments) == run(*arguments)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("call", "12345"), "'12345' has too few or too many digits for a telephone number"),
        (("call", "1-800-555-0199"), "nothing answers 1-800-555-0199 in the practice directory, expected one of 1-800"),
        (("call", "--script", "jump 3"), "step 1 (jump 3): not a step; a step is press KEYS, say WORDS, wait"),
        (("call", "no-such.yaml"), "no-such.yaml:1: cannot be read: No such file or directory"),
        (("call", "--at", "teatime"), "'teatime' is no time, expected now, or one such as"),
        (("draw", "nowhere"), "there is no line 'nowhere', expected one of"),
        (("dance",), "No such command 'dance'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_use_is_one_clear_message_and_status_2(run: Run, arguments: tuple[str, ...], told: str) -> None:
    status, out, err = run(*arguments)

    assert status == 2
    assert out == ""
    assert told in err
    assert "Traceback" not in err


def test_every_command_has_help_with_an_example(run: Run) -> None:
    _, out, _ = run("--help")
    for command in ("call", "check", "departments", "draw", "numbers", "schema", "serve"):
        assert command in out
        assert "Example" in run(command, "--help")[1]


def test_numbers_and_departments_as_json(run: Run) -> None:
    numbers = json.loads(run("numbers", "--json")[1])
    departments = json.loads(run("departments", "--json")[1])

    assert len(numbers) == 10
    assert [each["department"] for each in departments] == [*DEPARTMENTS] or len(departments) == 11


def test_check_says_all_is_right(run: Run) -> None:
    assert run("check") == (0, "All flows are right\n", "")


def test_check_lists_the_problems_of_a_file(run: Run, tmp_path: Any) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("flow: mine\ntitle: Mine\nstrat: main\n")

    status, out, _ = run("check", str(path), "--json")

    assert status == 1
    assert {"file", "line", "message"} == set(events(out)[0])
    assert any("unknown key 'strat'" in problem["message"] for problem in events(out))


@pytest.mark.parametrize("kind", ["flow", "departments", "directory", "members", "vocabulary"])
def test_schema_is_json_schema(run: Run, kind: str) -> None:
    assert json.loads(run("schema", kind)[1])["additionalProperties"] is False


@pytest.mark.parametrize(
    ("typed", "letters", "keys"),
    [
        ("1", False, "1"),
        ("378282 246310 005", False, "378282246310005"),
        ("0#", False, "0#"),
        ("*", False, "*"),
        ("lost card", False, ""),
        ("1-800-AXP-EARN", True, "18002973276"),
        ("1-800-AXP-EARN", False, ""),
        ("3 cards", False, ""),
    ],
)
def test_what_is_typed_is_keys_or_words(typed: str, letters: bool, keys: str) -> None:
    assert keys_typed(typed, letters=letters) == keys

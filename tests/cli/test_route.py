"""`ivr route`: what it prints, and that what it prints works."""

import json

import pytest

from ivr.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as done:
        main(["route", *arguments])
    captured = capsys.readouterr()
    assert done.value.code == 0, captured.err
    return captured.out


def test_a_reason_in_words_leads_to_its_department(capsys: pytest.CaptureFixture[str]) -> None:
    shown = json.loads(run(capsys, "I want to dispute a charge", "--number", "1-800-528-2122", "--json"))

    assert shown["departments"] == ["billing"]
    assert shown["steps"][0]["keys"] == "6"
    assert "reference number" in " ".join(shown["note"])


@pytest.mark.parametrize(
    ("goal", "dialled"),
    [
        ("dispute a charge", {"card-back:pat-sample", "1-800-528-2122"}),
        ("I lost my card", {"1-800-528-4800", "card-back:pat-sample", "1-800-528-2122"}),
        ("dispute", {"card-back", "1-800-528-2122"}),
    ],
)
def test_a_reason_is_brought_to_numbers_that_are_right_for_it(
    capsys: pytest.CaptureFixture[str], goal: str, dialled: set[str]
) -> None:
    """Other lines may be quicker, by a word that nobody would look for there; who asks for a department sees all."""
    assert {each["dialled"] for each in json.loads(run(capsys, goal, "--json"))["numbers"]} == dialled
    assert len(json.loads(run(capsys, "billing", "--json"))["numbers"]) > 9


def test_the_route_says_what_a_zero_would_cost(capsys: pytest.CaptureFixture[str]) -> None:
    shown = run(capsys, "billing", "--number", "1-800-528-2122", "--keys")

    assert "1. Press 2, for Billing and disputes." in shown
    assert "or say" not in shown
    assert "Don't press 0 or ask for a representative at the main menu: it is refused" in shown


def test_the_script_it_prints_is_the_call(capsys: pytest.CaptureFixture[str]) -> None:
    shown = json.loads(run(capsys, "fraud", "--number", "1-855-693-2213", "--keys", "--seed", "1", "--json"))
    with pytest.raises(SystemExit):
        main(["call", "1-855-693-2213", "--script", shown["script"], "--json"])
    ended = json.loads(capsys.readouterr().out.splitlines()[-1])

    assert (ended["department"], ended["seconds"]) == ("fraud", shown["seconds"])


def test_what_nobody_knows_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["route", "purple monkey"])

    assert done.value.code == 2
    assert "'purple monkey' is no reason to call that is known here" in capsys.readouterr().err

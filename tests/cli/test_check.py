"""`ivr check` on scenarios and scorecards: everything wrong with them at once, each with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ivr.cli import main
from ivr.flow.centre import shipped_flows

Check = Callable[..., tuple[int, list[str]]]

CARD = """\
mastery: 120
passing: 60
sections:
  number:
    name: The right number
    weight: 10
    items:
      right-number: {name: Dial it, try_next: Look it up.}
      charm: {name: Be charming, try_next: Smile.}
  notes:
    name: Notes
    weight: a lot
    items:
      closed: {name: Say goodbye}
"""
TWICE = """\
sections:
  first: {name: A, weight: 1, items: {closed: {name: End well, try_next: Stay.}}}
  second:
    name: B
    weight: 1
    items:
      closed: {name: End well, try_next: Stay.}
"""
SCENARIO = """\
scenarios:
  bowling:
    code: "250"
    title: A party that never was
    story: You want your money back.
    member: nobody
    reason: bowling
    difficulty: standard
    at: 2026-03-03T11:45-05:00
    numbers: [1-800-555-0199]
    facts: {merchant: Lane Six Bowling}
    twists: {unclear: [shoes], misrouted: alleys}
"""


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Runs the command in a folder of its own, on files made there; its exit status, and the lines it printed."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str, **files: str) -> tuple[int, list[str]]:
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text)
        with pytest.raises(SystemExit) as left:
            main(["check", *arguments, *(f"{name}.yaml" for name in files)])
        out, err = capsys.readouterr()
        assert err == ""
        return int(left.value.code or 0), out.splitlines()

    return ran


@pytest.fixture
def small(folder_with: Callable[..., Path]) -> str:
    """A folder that is read quickly."""
    return str(folder_with())


def test_all_that_is_wrong_with_a_scorecard_is_told_at_once(check: Check, small: str) -> None:
    status, told = check("--flows", small, card=CARD)

    assert status == 1
    assert [line.split(": ")[0] for line in told] == [f"card.yaml:{line}" for line in (1, 2, 9, 12, 14)]
    assert "mastery: 120 is out of range, expected at most 100" in told[0]
    assert "unknown key 'passing', expected one of mastery, sections" in told[1]
    assert "unknown key 'charm', expected one of right-number, best-number" in told[2]
    assert "weight: expected a number, not 'a lot'" in told[3]
    assert "the key 'try_next' is missing" in told[4]


def test_an_item_that_stands_twice_is_told_where_it_stands_again(check: Check, small: str) -> None:
    told = "card.yaml:7: the item 'closed' stands in the section 'first' already; each may stand once"
    assert check("--flows", small, card=TWICE) == (1, [told])


def test_all_that_is_wrong_with_a_scenario_is_told_at_once(check: Check) -> None:
    status, told = check(mine=SCENARIO)

    assert status == 1
    assert all(line.startswith("mine.yaml:") for line in told)
    for line, name in ((6, "member 'nobody'"), (7, "reason 'bowling'"), (10, "1-800-555-0199")):
        assert any(each.startswith(f"mine.yaml:{line}: ") and name in each for each in told), told


def test_a_scenario_a_flow_and_a_scorecard_are_told_of_together(check: Check) -> None:
    status, told = check(mine=SCENARIO, card=TWICE, line="flow: mine\n")

    assert status == 1
    assert {line.partition(":")[0] for line in told} >= {"card.yaml", "line.yaml"}


def test_a_folder_is_checked_with_the_scorecard_in_it(check: Check, folder_with: Callable[..., Path]) -> None:
    folder = folder_with(scorecard=TWICE)

    status, told = check("--flows", str(folder))

    assert (status, [line.partition(":")[0] for line in told]) == (1, ["scorecard.yaml"])


@pytest.mark.parametrize("file", ["scenarios/dispute.yaml", "scorecard.yaml"])
def test_a_shipped_file_may_be_named(check: Check, file: str) -> None:
    path = str(shipped_flows() / file)

    status, told = check(path)

    assert (status, told) == (0, [f"{path} is right"])


def test_a_scenario_beside_the_shipped_ones_takes_the_place_of_its_name(check: Check) -> None:
    text = (shipped_flows() / "scenarios" / "billing.yaml").read_text()

    assert check(mine=text)[0] == 0

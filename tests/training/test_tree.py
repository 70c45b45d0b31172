"""Both ways drawn on the tree, for callers of every temper."""

import pytest

from ivr.call import Switchboard
from ivr.call.events import Dialled
from ivr.training.callers import Temper
from ivr.training.debrief import debrief_text
from ivr.training.debrief.drawn import drawn
from ivr.training.debrief.quoting import clock
from ivr.training.debrief.steps import your_steps
from ivr.training.debrief.tree import Branch, Fork, both_ways
from tests.centre import shipped_centre
from tests.training.rehearsing import in_session, setting_out
from tests.training.test_scores import attempt, coach

SCENARIOS = sorted(shipped_centre().scenarios)[::9]


def lines_of(scenario: str, temper: Temper, width: int = 80) -> list[str]:
    debrief = coach().talk_over(attempt(scenario, temper))
    return list(drawn(both_ways(debrief.evidence, debrief.best_number), width))


def test_where_the_ways_part() -> None:
    assert "\n".join(lines_of("dispute", Temper.ZERO)) == (
        """\
  0:00  ●  1-800-528-2122
        ○  the number on the back of the card
        ◉  main menu
        ├─    1  Lost or stolen card
        ├─    2  Billing and disputes
        ├─    3  Account management
        ├─    4  Membership Rewards
        ├─    5  Business and corporate cards
        ├─○   6  Other inquiries
        │  ○  other menu
        │  ├─    1  Fraud
        │  ├─    2  Travel
        │  ├─    3  Card activation
        │  ├─    4  Roadside assistance
        │  ├─    5  International assistance
        │  ├─    6  General inquiries
        │  └─○      Billing and disputes: say "billing"
        │     ○  Billing, the right desk
  0:28  ├─●   0  A representative: refused (2 times)
  0:56  └─●   0  A representative: granted
  2:51     ●  General inquiries answers, the wrong desk
  3:04     │  put through
  4:19     ●  Billing answers, the right desk"""
    )


def test_questions_that_had_one_way_on_go_straight_down() -> None:
    shown = lines_of("dispute-misrouted", Temper.KEYWORDS)

    assert "  0:43  │  ●  card number: ending in 0005" in shown
    assert any("●  name of the merchant: " in line for line in shown)
    assert "  0:52  │  ●  four-digit code on the front of the card: given" in shown


def test_a_number_in_another_spelling_is_the_same_number() -> None:
    assert lines_of("lost-card", Temper.KEYWORDS)[0] == "  0:00  ◉  1-800-528-4800"


def test_a_number_in_letters_is_the_same_number() -> None:
    shown = lines_of("missing-points", Temper.KEYWORDS)
    assert shown[0] == "  0:00  ◉  1-800-297-3276"
    assert not [line for line in shown if "AXP" in line]


def test_from_the_lobby_the_time_is_that_of_dialling(board: Switchboard) -> None:
    events = in_session(board, setting_out(board, "lost-card", Temper.KEYWORDS), Temper.KEYWORDS)
    debrief = coach().talk_over(events)
    root, *others = both_ways(debrief.evidence, debrief.best_number)

    dialled = next(event for event in events if isinstance(event, Dialled))
    assert root.at == debrief.evidence.seconds(dialled) > 30
    assert others == []


def test_another_number_is_another_tree() -> None:
    shown = lines_of("fraud-at-night", Temper.KEYWORDS)
    mine, best = shown[: shown.index("")], shown[shown.index("") + 1 :]

    assert mine[0] == "  0:00  ●  1-855-693-2213"
    assert best[0] == "        ○  the number on the back of the card"
    assert "○" not in "".join(mine)
    assert "●" not in "".join(best)


def test_what_leads_back_names_where_to() -> None:
    shown = lines_of("change-booking-at-night", Temper.RANDOM)

    assert "  1:05  │  └─●   #  Back ↩ main menu" in shown
    assert "  0:40  │  ●  General inquiries: closed at this hour (2 times)" in shown


def test_the_end_of_a_call_that_reached_nobody() -> None:
    assert lines_of("dispute", Temper.SILENT)[-1] == "  5:22     ●  the call ended"


@pytest.mark.parametrize("temper", Temper)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_everything_that_was_done_is_on_the_tree(scenario: str, temper: Temper) -> None:
    debrief = coach().talk_over(attempt(scenario, temper))
    roots = both_ways(debrief.evidence, debrief.best_number)
    times = {at for root in roots for at in _times(root.fork)}
    done = {step.at for step in your_steps(debrief.evidence) if step.deed}

    assert done <= times
    assert all(
        any(line.startswith(f"{clock(at):>6}  ") for line in drawn(roots, 80)) for at in _first_times(roots[0].fork)
    )


@pytest.mark.parametrize("width", [80, 60, 40])
@pytest.mark.parametrize("temper", Temper)
def test_no_line_is_too_long(temper: Temper, width: int) -> None:
    for scenario in SCENARIOS:
        text = debrief_text(coach().talk_over(attempt(scenario, temper)), width=width)
        assert [line for line in text.splitlines() if len(line) > width] == []


def _times(fork: Fork) -> list[float]:
    own = [at for branch in fork.branches for at in branch.times]
    return own + [at for branch in fork.branches if branch.fork for at in _times(branch.fork)]


def _first_times(fork: Fork) -> list[float]:
    def firsts(branch: Branch) -> list[float]:
        return [*branch.times[:1], *(_first_times(branch.fork) if branch.fork else [])]

    return [at for branch in fork.branches for at in firsts(branch) if branch.name]

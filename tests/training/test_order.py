"""Every scenario, played by callers of every temper: their scores come in the order they should."""

from functools import cache
from statistics import mean

import pytest

from ivr.training.callers import By, Temper
from tests.centre import shipped_board
from tests.training.rehearsing import in_session, scored, setting_out

BOARD = shipped_board()
SCENARIOS = list(BOARD.centre.scenarios)
ANSWERING = (Temper.KEYWORDS, Temper.REPRESENTATIVE, Temper.ZERO)
SEEDS = range(1, 9)
"""Of the random caller, who is lucky now and then."""


@cache
def total(name: str, temper: Temper, by: By = "speech", seed: int = 1) -> float:
    events = in_session(BOARD, setting_out(BOARD, name, temper, by, seed), temper)
    return scored(BOARD, name, events).total


@pytest.fixture(scope="module", params=SCENARIOS)
def name(request: pytest.FixtureRequest) -> str:
    """A scenario: all of its tests in a row, so that its calls are played once."""
    return str(request.param)


def test_who_takes_the_best_way_comes_first(name: str) -> None:
    others = [total(name, temper) for temper in Temper if temper is not Temper.PREPARED]

    assert min(total(name, Temper.PREPARED), total(name, Temper.PREPARED, "keys")) > max(others)


def test_who_is_silent_comes_after_all_who_answer(name: str) -> None:
    assert total(name, Temper.SILENT) < min(total(name, temper) for temper in ANSWERING)


def test_who_presses_keys_at_random_comes_last(name: str) -> None:
    others = [total(name, temper) for temper in Temper if temper is not Temper.RANDOM]
    random = [total(name, Temper.RANDOM, seed=seed) for seed in SEEDS]

    assert random[0] < min(others)
    assert mean(random) < min(others)


def test_between_them_words_that_say_what_it_is_about_do_best() -> None:
    keywords, representative, zero = (mean(total(name, temper) for name in SCENARIOS[::6]) for temper in ANSWERING)

    assert keywords > representative >= zero

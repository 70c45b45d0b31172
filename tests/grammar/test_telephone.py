"""Telephone numbers as they are said."""

from datetime import date

import pytest

from ivr.grammar import Grammar, read_words, say_value

TODAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    "words",
    [
        "one eight hundred five two eight four eight zero zero",
        "One, eight hundred, five two eight, four eight oh oh.",
        "eight hundred five two eight forty eight hundred",
        "1 800 528 4800",
        "one eight zero zero five two eight four eight oh oh",
    ],
)
def test_a_toll_free_number_is_heard_however_it_is_said(words: str) -> None:
    assert read_words(Grammar.PHONE, words, TODAY) == "8005284800"


@pytest.mark.parametrize("words", ["eight hundred", "one eight hundred dollars", "five eight hundred one two"])
def test_eight_hundred_alone_is_no_number(words: str) -> None:
    assert read_words(Grammar.PHONE, words, TODAY) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [("8005284800", "8 0 0, 5 2 8, 4 8 0 0"), ("+18005284800", "1, 8 0 0, 5 2 8, 4 8 0 0")],
)
def test_a_number_is_said_in_its_groups(value: str, said: str) -> None:
    assert say_value(Grammar.PHONE, value) == said

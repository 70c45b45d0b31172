"""Lines of a transcript that are too long for the terminal."""

from ivr.cli.columns import in_columns

SAID = "  REP   Your reference number is 4 1 5 2 4 0. Please write it down. Once more, 4 1 5 2 4 0."


def test_a_long_line_is_broken_between_words() -> None:
    broken = in_columns(SAID, 40, 8)

    assert all(len(line) <= 40 for line in broken)
    assert all(line.startswith(" " * 8) for line in broken[1:])
    assert " ".join(line.strip() for line in broken) == SAID.strip()


def test_a_number_that_is_read_out_stays_on_one_line() -> None:
    for width in range(30, 90):
        assert "\n".join(in_columns(SAID, width, 8)).count("4 1 5 2 4 0") == 2


def test_without_a_width_a_line_stays_whole() -> None:
    assert in_columns(SAID, None, 8) == [SAID]

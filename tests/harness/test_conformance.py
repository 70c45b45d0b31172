"""The conformance table is what the tests and the table of elements say."""

from tests.harness.conformance import PAGE, table


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text() == table(), "write it anew: python -m tests.harness.conformance"

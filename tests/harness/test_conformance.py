"""The conformance table is what the tests and the table of elements say."""

from tests.harness.conformance import PAGE, table, unknown_proofs


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text() == table(), "write it anew: python -m tests.harness.conformance"


def test_every_rule_names_a_test_that_there_is() -> None:
    assert unknown_proofs() == []

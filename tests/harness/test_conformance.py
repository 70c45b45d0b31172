"""The conformance table is what the tests and the table of elements say."""

from tests.harness.conformance import PAGE, table, undue, unproven
from tests.harness.proofs import missing


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text() == table(), "write it anew: python -m tests.harness.conformance"


def test_every_element_and_attribute_with_an_effect_is_proven() -> None:
    assert unproven() == []


def test_only_what_there_is_and_has_an_effect_is_declared_as_proven() -> None:
    assert undue() == []


def test_a_declaration_is_held_against_what_was_sent() -> None:
    sent = ['<Response><Gather timeout="1"><Say voice="man"/></Gather></Response>', "no XML"]
    declared = [("Gather", "timeout", "input"), ("Dial", "timeout"), ("Gather/Say", "voice"), ("Say",), ("Echo",)]
    assert missing(declared, sent) == [("Gather", "input"), ("Dial", "timeout"), ("Echo", "")]

"""The conformance table is what the tests and the table of elements say."""

import pytest

from ivr.harness.twiml.table import VERBS
from tests.harness.conformance import PAGE, proven, table, unknown_proofs
from tests.harness.proofs import NO_EFFECT, missing


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text() == table(), "write it anew: python -m tests.harness.conformance"


def test_every_rule_names_a_test_that_there_is() -> None:
    assert unknown_proofs() == []


@pytest.mark.parametrize("element", ["Gather"])
def test_every_attribute_with_an_effect_is_proven(element: str) -> None:
    declared = {name for verb, name in proven() if verb == element}
    assert set(VERBS[element].attributes) - declared == NO_EFFECT[element]


def test_a_declaration_is_held_against_what_was_sent() -> None:
    sent = ['<Response><Gather timeout="1"/></Response>', "no XML"]
    assert missing([("Gather", "timeout", "input"), ("Dial", "timeout")], sent) == [
        ("Gather", "input"),
        ("Dial", "timeout"),
    ]

"""What the shipped lines say, as sentences: an unquoted comma in a YAML list would cut one in two."""

import pytest

from ivr.flow.tree import Tree
from tests.centre import shipped_centre

TREES = shipped_centre().trees


def reprompts(tree: Tree) -> set[str]:
    """Every alternative of every reprompt of a line."""
    ladders = (tree.ladder(place, failure) for place in tree.nodes for failure in ("no_input", "no_match"))
    return {said for ladder in ladders if ladder for alternatives in ladder.reprompts for said in alternatives}


@pytest.mark.parametrize("line", TREES)
def test_every_reprompt_is_a_whole_sentence(line: str) -> None:
    cut = [said for said in reprompts(TREES[line]) if not said.endswith((".", "?", "!"))]

    assert cut == []

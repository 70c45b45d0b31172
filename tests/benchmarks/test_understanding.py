"""Understanding, measured: the bars, on the file it was tuned on and on the one it never saw."""

import pytest

from benchmarks.understanding import FILES, FITTED, FOLDER, LEARNED, NOISE, tally, utterances
from ivr.flow.centre import ContactCentre

COMMON = 3
"""Words of an utterance that two writers may well both think of."""


@pytest.mark.parametrize("name", FILES)
def test_the_bars_hold(shipped: ContactCentre, name: str) -> None:
    found = tally(shipped, name)

    assert found.right >= 0.90
    assert found.wrong <= 0.02


def test_nothing_was_learned_from_the_held_out_file() -> None:
    learned = {words for name in (*LEARNED, *FITTED) for _, words in utterances(name)}
    shared = [words for _, words in utterances("heldout") if words in learned and len(words.split()) > COMMON]

    assert shared == []


@pytest.mark.parametrize("name", FILES)
def test_every_department_has_twenty_utterances(shipped: ContactCentre, name: str) -> None:
    meant = [line.split("\t")[0] for line in (FOLDER / f"{name}.tsv").read_text().splitlines()]

    assert min(meant.count(department) for department in (*shipped.departments, NOISE)) >= 20

"""Learned evidence: weighed with the phrases at menus, and what a wrong file is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ivr.errors import FlowError
from ivr.flow.centre import ContactCentre, load_centre
from ivr.grammar import Recogniser, Topic, Vocabulary, read_evidence

CARDS = {"lost": Topic(name="lost card", says=("lost card",)), "bill": Topic(name="bill", says=("my bill",))}
VOCABULARY = Vocabulary(language="en", fillers=("i",), synonyms=(), sounds_like={}, topics=CARDS)
LEARNED = "always\tbill 0 lost 0 none 0\nword:toddler\tlost 4\nword:pizza\tnone 4\nphrases:lost\tlost 3\n"


@pytest.fixture
def hear(tmp_path: Path) -> Callable[..., Recogniser]:
    """A recogniser of options, by name, with evidence."""

    def made(options: dict[str, Topic], topics: dict[str, str]) -> Recogniser:
        (tmp_path / "evidence.tsv").write_text(LEARNED)
        evidence = read_evidence(tmp_path / "evidence.tsv")
        return Recogniser(options, VOCABULARY, evidence=evidence, topics=topics)

    return made


def test_a_learned_word_asks_for_what_no_phrase_names(hear: Callable[..., Recogniser]) -> None:
    heard = hear(CARDS, {"lost": "lost", "bill": "bill"}).hear("my toddler again")

    assert heard.option == "lost"
    assert heard.score > 0.9


def test_a_learned_word_of_noise_casts_doubt_on_a_phrase(hear: Callable[..., Recogniser]) -> None:
    recogniser = hear(CARDS, {"lost": "lost", "bill": "bill"})

    assert recogniser.hear("lost card pizza").score < 0.35 < recogniser.hear("lost card").score


def test_what_the_menu_does_not_offer_is_not_chosen(hear: Callable[..., Recogniser]) -> None:
    assert hear({"bill": CARDS["bill"]}, {"bill": "bill"}).hear("my toddler again").option is None


def test_an_option_nothing_was_learned_of_is_chosen_by_its_phrases(hear: Callable[..., Recogniser]) -> None:
    toys = Topic(name="toys", says=("toddler toys",))

    assert hear({"toys": toys, "lost": CARDS["lost"]}, {"lost": "lost"}).hear("toddler toys").option == "toys"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("always\tbilling 0\nword:x\tbilling\n", "evidence.tsv:2: expected a feature, a tab, and topics with weights"),
        ("word:x\tbilling 1\n", "evidence.tsv:1: the feature 'always' is missing"),
        ("always\tbakery 0\n", "evidence.tsv:1: 'none' or a topic of the vocabulary is expected, not bakery"),
    ],
    ids=["no-weight", "no-always", "strange-topic"],
)
def test_a_wrong_file_is_told(folder_with: Callable[..., Path], text: str, told: str) -> None:
    folder = folder_with()
    (folder / "evidence.tsv").write_text(text)

    with pytest.raises(FlowError) as error:
        load_centre(folder)

    assert [str(problem).removeprefix(f"{folder}/") for problem in error.value.problems] == [told]


def test_a_centre_without_the_file_goes_by_its_phrases(small: ContactCentre) -> None:
    assert small.evidence is None

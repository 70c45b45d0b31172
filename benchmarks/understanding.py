"""How callers are understood at a menu of all eleven departments and the universals: 90 % right, at most 2 % wrong.

Files of utterances, written apart from the flows' phrases: the vocabulary was tuned on `tuning`, the evidence learned
from `learning` too, and nothing from `heldout`. Each line is a department, a universal, or `none` for noise, a tab, and
what was said.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ivr.flow.centre import ContactCentre, load_centre
from ivr.grammar import Band, Recogniser, band

__all__ = ["Tally", "run", "tally"]

FOLDER = Path(__file__).parent / "utterances"
FILES = ("tuning", "heldout")
LEARNED = ("learning",)
"""What the evidence was learned from."""
FITTED = ("tuning",)
"""And this too; the vocabulary's phrases were fitted to it."""
UNIVERSALS = ("repeat", "back", "main-menu", "help", "representative")
NOISE = "none"


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Shares of the utterances that ask for a department; `wrong` also counts noise taken for one, of all."""

    right: float
    confirmed: float
    asked_again: float
    wrong: float
    by_department: dict[str, Counter[str]]
    confusions: Counter[tuple[str, str]]


def run() -> None:
    """Prints a table for each file, and what was confused most."""
    centre = load_centre(rules=False)
    for name in FILES:
        found = tally(centre, name)
        print(f"{name}: right {found.right:.1%}, right once confirmed {found.confirmed:.1%}, ", end="")
        print(f"asked again {found.asked_again:.1%}, wrong {found.wrong:.1%}")
        for department, counts in found.by_department.items():
            print(f"  {department:<14}" + "  ".join(f"{what} {count}" for what, count in sorted(counts.items())))
        for (meant, taken), count in found.confusions.most_common(5):
            print(f"  {meant} taken for {taken}: {count}")


def ear(centre: ContactCentre) -> Recogniser:
    """The recogniser of a menu that offers everything."""
    names = (*centre.departments, *UNIVERSALS)
    topics = {name: centre.vocabulary.topics[name] for name in names}
    return Recogniser(topics, centre.vocabulary, evidence=centre.evidence, topics={name: name for name in names})


def utterances(name: str) -> list[tuple[str, str]]:
    """What is meant, and the words, of every line of a file: one of the folder's, or any by its path."""
    path = Path(name) if name.endswith(".tsv") else FOLDER / f"{name}.tsv"
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [(meant, words) for meant, words in pairs]


def tally(centre: ContactCentre, name: str) -> Tally:
    """What the utterances of a file are taken for."""
    menu = ear(centre)
    counts: dict[str, Counter[str]] = {}
    confusions: Counter[tuple[str, str]] = Counter()
    for meant, words in utterances(name):
        heard = menu.hear(words)
        verdict = _verdict(centre, meant, heard.option, band(heard.score, 1.0))
        counts.setdefault(meant, Counter())[verdict] += 1
        if verdict == "wrong":
            confusions[meant, heard.option or ""] += 1
    asking = [each for meant, each in counts.items() if meant != NOISE]
    asked, spoken = sum(each.total() for each in asking), sum(each.total() for each in counts.values())

    def share(verdict: str) -> float:
        return sum(each[verdict] for each in asking) / asked

    return Tally(
        right=share("right"),
        confirmed=share("confirmed"),
        asked_again=share("asked again"),
        wrong=sum(each["wrong"] for each in counts.values()) / spoken,
        by_department=counts,
        confusions=confusions,
    )


def _verdict(centre: ContactCentre, meant: str, taken: str | None, how: Band) -> str:
    if meant == NOISE:
        # A universal does no harm to noise: the line helps, repeats, or asks again.
        return "wrong" if how is Band.ACCEPT and taken in centre.departments else "right"
    if how is Band.ACCEPT:
        return "right" if taken == meant else "wrong"
    return "confirmed" if how is Band.CONFIRM and taken == meant else "asked again"

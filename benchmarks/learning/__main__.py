"""Learns what words speak for which department, from utterances, and writes `flows/evidence.tsv`.

    pip install -e '.[learn]' && python -m benchmarks.learning

Logistic regression over the features of `ivr.grammar.evidence`. The phrases of the vocabulary are learned from as well,
but count for less: they are bags of words, and nobody says them so. What the phrases make of an utterance is a feature
itself, except where the phrases were written from that very utterance: there it would be believed too readily. Held-out
files are never read here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.understanding import FITTED, LEARNED, UNIVERSALS, ear, utterances
from ivr.flow.centre import ContactCentre, load_centre, shipped_flows
from ivr.grammar.evidence import ALWAYS

Example = tuple[Mapping[str, float], str, float]

PHRASE = 0.3
STRENGTH = 5.0
LEAST = 0.08
ONCE = 2
"""Features of fewer utterances and phrases are chance."""


def examples(centre: ContactCentre, learned: Iterable[str] = LEARNED) -> list[Example]:
    """The features, the topic and the weight of everything there is to learn from."""
    menu = ear(centre)
    found: list[Example] = []
    for name in learned:
        found += [(menu.features(words, phrases=True), meant, 1.0) for meant, words in utterances(name)]
    for name in FITTED:
        found += [(menu.features(words, phrases=False), meant, 1.0) for meant, words in utterances(name)]
    for key in (*centre.departments, *UNIVERSALS):
        topic = centre.vocabulary.topics[key]
        found += [(menu.features(words, phrases=False), key, PHRASE) for words in (topic.name, *topic.says)]
    return found


def weights(found: list[Example]) -> dict[str, dict[str, float]]:
    """By feature and topic."""
    counts = Counter(name for each, _, _ in found for name in each)
    kept = [{name: value for name, value in each.items() if counts[name] >= ONCE} for each, _, _ in found]
    table = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit(
        table.fit_transform(kept), [meant for _, meant, _ in found], sample_weight=[weight for *_, weight in found]
    )
    topics = [str(topic) for topic in model.classes_]
    learned = {ALWAYS: dict(zip(topics, model.intercept_, strict=True))}
    for name, column in zip(table.get_feature_names_out(), model.coef_.T, strict=True):
        learned[str(name)] = {
            topic: weight for topic, weight in zip(topics, column, strict=True) if abs(weight) >= LEAST
        }
    return learned


def write(learned: Mapping[str, Mapping[str, float]], path: Path) -> None:
    """A line a feature, in alphabetical order."""
    lines = ["# Learned from benchmarks/utterances by benchmarks/learning; not written by hand."]
    for name in sorted(learned):
        if learned[name]:
            pairs = (f"{topic} {weight:.2f}" for topic, weight in learned[name].items())
            lines.append(f"{name}\t{' '.join(pairs)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(weights(examples(load_centre(rules=False))), shipped_flows() / "evidence.tsv")

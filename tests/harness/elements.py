"""The elements of the table, each where it may be."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ivr.harness.twiml.attributes import attributes_of
from ivr.harness.twiml.table import VERBS, Rule

__all__ = ["Place", "document_of", "labelled", "places"]

TRIED = ("true", "POST", "1", "5", "600", "auto", "rejected", "https://ivr.example.com/a", "+12025550101")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """An element with the elements it is in, the outermost first."""

    path: tuple[str, ...]
    rule: Rule[object]

    @property
    def name(self) -> str:
        """The element's own name."""
        return self.path[-1]


def places() -> Iterator[Place]:
    """Every element wherever it may be: verbs, their nouns, and what is in those."""
    for name, rule in VERBS.items():
        yield from _inside((name,), rule)


def labelled() -> dict[str, list[Place]]:
    """The same by label: the name, after that of the element around it where there are several such; verbs once."""
    found = [place for place in places() if len(place.path) == 1 or place.name not in VERBS]
    around = Counter(name for _, name in {place.path[-2:] for place in found if len(place.path) > 1})
    labels: dict[str, list[Place]] = {}
    for place in found:
        label = "/".join(place.path[-2:]) if around[place.name] > 1 else place.name
        labels.setdefault(label, []).append(place)
    return labels


def _inside(path: tuple[str, ...], rule: Rule[object]) -> Iterator[Place]:
    yield Place(path=path, rule=rule)
    for name, child in rule.children.items():
        yield from _inside((*path, name), child)


def document_of(place: Place, attributes: Collection[str]) -> str:
    """A document with the element where it may be, and with those attributes."""
    written = " ".join(f'{name}="{_example(place.rule, name)}"' for name in sorted(attributes))
    *outer, name = place.path
    inner = f"<{name} {written}>{'words' if name == 'Say' else ''}</{name}>"
    return "".join(f"<{each}>" for each in outer) + inner + "".join(f"</{each}>" for each in reversed(outer))


def _example(rule: Rule[object], name: str) -> str:
    """A value the attribute may have."""
    if rule.carries is not None:
        return "any"
    attribute = attributes_of(rule.node)[name]
    for text in (*TRIED, *attribute.allowed.replace(",", " ").split()):
        try:
            attribute.read(text)
        except ValueError:
            continue
        return text
    raise LookupError(f"no example for {name}: {attribute.allowed}")

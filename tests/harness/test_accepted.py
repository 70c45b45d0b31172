"""Every element with every attribute is taken as it should be: without a warning."""

from collections.abc import Iterator

import pytest

from ivr.harness.twiml.attributes import attributes_of
from ivr.harness.twiml.document import read_document
from ivr.harness.twiml.table import VERBS, Rule

TRIED = ("true", "POST", "1", "5", "600", "auto", "rejected", "https://ivr.example.com/a", "+12025550101")


def paths() -> Iterator[tuple[tuple[str, ...], Rule[object]]]:
    """Each element with the elements it is in."""
    todo: list[tuple[tuple[str, ...], Rule[object]]] = [((name,), rule) for name, rule in VERBS.items()]
    while todo:
        path, rule = todo.pop()
        yield path, rule
        todo += [((*path, name), child) for name, child in rule.children.items()]


def example(rule: Rule[object], name: str) -> str:
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
    pytest.fail(f"no example for {name}: {attribute.allowed}")


@pytest.mark.parametrize(("path", "rule"), [pytest.param(*each, id="-".join(each[0])) for each in paths()])
def test_every_attribute_is_accepted(path: tuple[str, ...], rule: Rule[object]) -> None:
    attributes = " ".join(f'{name}="{example(rule, name)}"' for name in sorted(rule.attributes))
    *outer, name = path
    text = "words" if name == "Say" else ""
    document = f"{''.join(f'<{each}>' for each in outer)}<{name} {attributes}>{text}</{name}>"
    document += "".join(f"</{each}>" for each in reversed(outer))
    read = read_document(f"<Response>{document}</Response>".encode(), "text/xml")
    assert [notice.text for notice in read.notices if f"<{name}>" in notice.text] == []
    assert len(read.verbs) == 1

"""The conformance table: each element and attribute of TwiML, its page, and the tests whose documents use it.

`python -m tests.harness.conformance` writes docs/twiml-conformance.md anew.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ivr.harness.twiml.table import VERBS, Rule
from tests.harness.proofs import NO_EFFECT
from tests.harness.rules import RULES

__all__ = ["PAGE", "proven", "table", "unknown_proofs"]

PAGE = Path(__file__).parents[2] / "docs" / "twiml-conformance.md"
SITE = "https://www.twilio.com/docs/voice/twiml"
TESTS = Path(__file__).parent

HEAD = """# TwiML: what is run, and what proves it

Written by `python -m tests.harness.conformance` from the table of elements and from the tests; a test fails when it is
out of date, or when the official library can write an element or attribute that the table lacks. Every attribute is
read and checked. "Runs" names tests that assert what the attribute does, and that are held to having sent it. "No
effect" changes nothing in a virtual call. "In" names tests whose documents have it, whatever they assert. "Accepted"
has no test of what it does: a test shows that it is taken without a warning, and no more. Sound,
sockets and bank payments are not played: the transcript says so (`NotPlayed`).

| element | attribute | page | what is run, and the tests |
|---|---|---|---|
"""

RULES_HEAD = """
## Rules

| about | rule | page | test |
|---|---|---|---|
"""

TAKEN = "`test_accepted::test_every_attribute_is_accepted`"
ACCEPTED = f"accepted: {TAKEN}"


def table() -> str:
    """The whole page."""
    sources = dict(_tests())
    rows = [row for name, rule in VERBS.items() for row in _rows(name, rule, name.lower(), sources)]
    rules = [f"| {each.about} | {each.rule} | [page]({each.page}) | `test_{each.test}` |" for each in RULES]
    return HEAD + "\n".join(dict.fromkeys(rows)) + "\n" + RULES_HEAD + "\n".join(rules) + "\n"


def unknown_proofs() -> list[str]:
    """Tests that a rule names and nobody wrote."""
    known = dict(_tests())
    return [each.test for each in RULES if f"test_{each.test}" not in known]


def _rows(name: str, rule: Rule[object], page: str, sources: Mapping[str, str]) -> Iterator[str]:
    used = _using(sources, rf"<{name}\b")
    yield f"| {name} | | [{page}]({SITE}/{page}) | {used} |"
    for attribute in sorted(rule.attributes):
        used = _standing(sources, name, attribute)
        yield f"| {name} | {attribute} | [{page}]({SITE}/{page}) | {used} |"
    for child, inside in rule.children.items():
        if child not in VERBS:
            yield from _rows(child, inside, page, sources)


def proven() -> set[tuple[str, str]]:
    """The elements and attributes that a test declares to prove."""
    return {each for _, source in _tests() for each in _declared(source)}


def _declared(source: str) -> Iterator[tuple[str, str]]:
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "proves":
            element, *names = [str(each.value) for each in call.args if isinstance(each, ast.Constant)]
            yield from ((element, name) for name in names)


def _standing(sources: Mapping[str, str], element: str, attribute: str) -> str:
    """Proven, without an effect, in a test's document, or accepted: the strongest that holds."""
    tests = [name for name, source in sources.items() if "proves(" in source]
    tests = [name for name in tests if (element, attribute) in _declared(sources[name])]
    if tests:
        return "runs: " + ", ".join(f"`{name}`" for name in tests)
    if attribute in NO_EFFECT.get(element, ()):
        return f"no effect: {TAKEN}"
    used = _using(sources, rf"<{element}\b[^<]*?\b{attribute}=")
    return used if used == ACCEPTED else f"in: {used}"


def _using(sources: Mapping[str, str], pattern: str) -> str:
    found = [name for name, source in sources.items() if re.search(pattern, source, re.DOTALL)]
    return ", ".join(f"`{name}`" for name in found[:2]) or ACCEPTED


def _tests() -> Iterator[tuple[str, str]]:
    """Each test with its source, parameters and all."""
    for file in sorted(TESTS.glob("test_*.py")):
        text = file.read_text()
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
                source = "\n".join(text.splitlines()[first - 1 : node.end_lineno])
                yield f"{file.stem}::{node.name}", source


if __name__ == "__main__":
    PAGE.write_text(table())

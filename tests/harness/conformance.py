"""The conformance table: each element and attribute of TwiML, its page, and the tests that prove what it does.

`python -m tests.harness.conformance` writes docs/twiml-conformance.md anew.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.harness.elements import Place, labelled

__all__ = ["PAGE", "table", "undue", "unproven"]

PAGE = Path(__file__).parents[2] / "docs" / "twiml-conformance.md"
DOCS = "https://www.twilio.com/docs"
SITE = f"{DOCS}/voice/twiml"
ABOUT = (
    "Fetching", "Parameters", "Callbacks", "Signature", "Running", "Say, Play, Pause", "Gather", "Record", "Dial",
    "Conference", "Enqueue", "Pay", "Connect, Start, Stop", "Refer", "Sms",
)  # fmt: skip
# Of the elements that have one of their own; the others are on the page of what they are in.
PAGES = {
    **{name: name.lower() for name in ("Number", "Client", "Sip", "Sim", "Application", "Queue", "Conference")},
    **{name: name.lower() for name in ("Stream", "Siprec", "Transcription", "Recording")},
    "WhatsApp": "whatsapp",
    "ConversationRelay": "connect/conversationrelay",
    "VirtualAgent": "connect/virtualagent",
    "Conversation": "connect/conversation",
    "Prompt": "pay/prompt",
}
TESTS = Path(__file__).parent

HEAD = """# TwiML: what is run, and what proves it

Written by `python -m tests.harness.conformance` from the table of elements and from the tests; a test fails when it is
out of date, when the official library can write an element or attribute that the table lacks, or when one is neither
proven nor without effect. The tests named assert what the element or attribute does, and each is held to having sent
it. What has no effect in a virtual call is said in its transcript, once of each (`NoEffect`), as is what needs sound,
sockets or bank payments and was not played (`NotPlayed`).

| element | attribute | page | tests |
|---|---|---|---|
"""

IDLE_HEAD = """
## Without effect

What is read and checked, and changes nothing in a virtual call: its voices, recognisers, carriers, task routers and
agents are not here.

| element | what |
|---|---|
"""

RULES_HEAD = """
## Rules

What belongs to no single attribute; each of these is a test, too.

| about | rule | page | test |
|---|---|---|---|
"""

SAID = "no effect: `test_no_effect::test_what_has_no_effect_is_said`"


def table() -> str:
    """The whole page."""
    rows = [row for label, found in labelled().items() for row in _rows(label, found)]
    rules = [
        f"| {about} | {text} | [{page}]({DOCS}/{page}) | `{test}` |"
        for about, text, page, test in sorted(_rules(), key=lambda rule: ABOUT.index(rule[0]))
    ]
    idle = [f"| {label} | {what} |" for label, found in labelled().items() if (what := _without_effect(found))]
    return f"{HEAD}{_lines(rows)}{IDLE_HEAD}{_lines(idle)}{RULES_HEAD}{_lines(rules)}"


def unproven() -> list[tuple[str, str]]:
    """What has an effect, and no test that declares to prove it: elements, with "" or an attribute."""
    return [
        (label, name)
        for label, found in labelled().items()
        for name in _names(found)
        if not _idle(found, name) and not _proofs(label, name)
    ]


def undue() -> list[tuple[str, str]]:
    """What a test declares to prove, and what is no element or attribute, or has no effect."""
    known = labelled()
    return [
        (label, name)
        for label, name in _declarations()
        if label not in known or name not in _names(known[label]) or _idle(known[label], name)
    ]


def _rows(label: str, found: list[Place]) -> Iterator[str]:
    path = found[0].path
    page = next((PAGES[name] for name in reversed(path) if name in PAGES), path[0].lower())
    for name in _names(found):
        tests = SAID if _idle(found, name) else ", ".join(f"`{test}`" for test in _proofs(label, name))
        yield f"| {label} | {name} | [{page}]({SITE}/{page}) | {tests} |".replace("|  |", "| |")


def _lines(rows: list[str]) -> str:
    return "\n".join(rows) + "\n"


def _without_effect(found: list[Place]) -> str:
    idle = [name for name in _names(found) if _idle(found, name)]
    return "the element itself" if "" in idle else ", ".join(idle)


def _names(found: list[Place]) -> list[str]:
    """The element itself, as "", and its attributes."""
    return ["", *sorted(found[0].rule.attributes)]


def _idle(found: list[Place], name: str) -> bool:
    return all(name in place.rule.without_effect if name else place.rule.inert for place in found)


def _proofs(label: str, name: str) -> list[str]:
    """For the element itself any test that proves something of it, but two are enough to name."""
    if name:
        return _declarations().get((label, name), [])
    declared = [test for (element, _), tests in _declarations().items() if element == label for test in tests]
    return list(dict.fromkeys(declared))[:2]


def _rules() -> Iterator[tuple[str, str, str, str]]:
    """Each rule that a test declares: what it is about, its text, its page and the test."""
    for test, node in _tests().items():
        for about, text, page in _called(node, "rule"):
            yield about, text, page, test


@cache
def _declarations() -> dict[tuple[str, str], list[str]]:
    """Of each element and attribute the tests that declare to prove it; "" is the element itself."""
    found: dict[tuple[str, str], list[str]] = {}
    for test, node in _tests().items():
        for element, *names in _called(node, "proves"):
            for name in names or [""]:
                tests = found.setdefault((element, name), [])
                tests += [] if test in tests else [test]
    return found


def _called(node: ast.AST, name: str) -> Iterator[list[str]]:
    """The arguments of each call of that name."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == name:
            yield [str(each.value) for each in call.args if isinstance(each, ast.Constant)]


@cache
def _tests() -> dict[str, ast.FunctionDef]:
    """Each test, with its decorators."""
    return {
        f"{file.stem}::{node.name}": node
        for file in sorted(TESTS.glob("test_*.py"))
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


if __name__ == "__main__":
    PAGE.write_text(table())

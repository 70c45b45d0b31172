"""Documents made at random from the table of elements: every call ends, in a bounded number of requests."""

from xml.sax.saxutils import escape, quoteattr

from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.harness import Exchange
from ivr.harness.twiml.table import VERBS, Rule
from tests.harness.documents import Answer, Documents

VALUES = [
    "",
    "0",
    "1",
    "5",
    "true",
    "false",
    "auto",
    "#",
    "dtmf speech",
    "POST",
    "GET",
    "/voice",
    "/next",
    "nonsense",
    "1w2",
]
TEXTS = st.sampled_from(["", "hello there", "+14155550101", "/voice", "/next", "support", "&<>"])


def elements(rules: dict[str, Rule[object]], depth: int) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(rules)).flatmap(lambda name: element(name, rules[name], depth))


@st.composite
def element(draw: st.DrawFn, name: str, rule: Rule[object], depth: int) -> str:
    known = sorted(rule.attributes)
    names = draw(st.lists(st.sampled_from([*known, "bogus"]), max_size=4, unique=True))
    written = "".join(f" {each}={quoteattr(draw(st.sampled_from(VALUES)))}" for each in names)
    inside = ""
    if rule.children and depth:
        inside = "".join(draw(st.lists(elements(dict(rule.children), depth - 1), max_size=2)))
    return f"<{name}{written}>{escape(draw(TEXTS))}{inside}</{name}>"


DOCUMENTS = st.lists(elements(dict(VERBS), 2), max_size=4).map("".join)
SCRIPTS = st.lists(st.sampled_from(["press 1", "press #", "press *", "say hello", "wait 3"]), max_size=4).map("; ".join)


@settings(max_examples=150, deadline=None)
@given(voice=DOCUMENTS, following=DOCUMENTS, script=SCRIPTS)
def test_every_call_ends(voice: str, following: str, script: str) -> None:
    def page(document: str) -> Answer:
        return Answer(body=f"<Response>{document}</Response>")

    app = Documents(pages={"/voice": page(voice), "/next": page(following)})
    call = Exchange().call(app, url="/voice", listen_for=0)
    if script and not call.ended:
        call.follow(script)
    call.listen(120)
    if not call.ended:
        call.hang_up()
    call.listen(1)
    assert call.ended
    assert all(request.crash is None for request in call.requests)
    assert len(app.asked) < 2500  # a thousand documents, and what one of them makes the caller wait with

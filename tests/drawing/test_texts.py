"""Mermaid and DOT: every line one that their parsers take, and nothing lost on the way."""

import re

import pytest

import ivr.drawing
from ivr.drawing import Format, draw
from ivr.flow.centre import shipped_flows

LINES = sorted(path.stem for path in (shipped_flows() / "lines").glob("*.yaml"))
HOSTILE = 'a"]; b --> c["<b>&amp;</b>`md` #35; | {x} \\" \\N \x07\n  end %%{init} ]'

QUOTED = r'"[^"\\\[\]{}|<>`;&]*(?:(?:<br/>|\#\d+;)[^"\\\[\]{}|<>`;&]*)*"'
MERMAID = re.compile(
    rf"""^(?:
      %%{{init:\ .*}}%%
    | flowchart\ LR
    | \s+accTitle:\ [^"\[\]{{}}|<>`&]*
    | \s+subgraph\ flow\d+\[{QUOTED}\]
    | \s+direction\ LR
    | \s+end
    | \s+\w+(?:\[{QUOTED}\]|\({QUOTED}\)|\(\[{QUOTED}\]\)|\[\[{QUOTED}\]\]|{{{{{QUOTED}}}}}):::\w+
    | \s+n\d+\ (?:-->|-\.->)(?:\|{QUOTED}\|)?\ n\d+(?:_n\d+)?
    | \s+classDef\ \w+\ [\w:\#,\ -]+
    | \s+(?:linkStyle|style)\ \w+\ [\w:\#,-]+
    )$""",
    re.VERBOSE,
)
STRING = r'"(?:[^"\\&]|\\[\\"nl]|&amp;)*"'
ATTRIBUTES = rf"\[\w+=(?:{STRING}|\w[\w.]*)(?:,\ \w+=(?:{STRING}|\w[\w.]*))*\]"
DOT = re.compile(
    rf"""^(?:
      digraph\ {STRING}\ {{
    | \s+subgraph\ cluster_\d+\ {{
    | \s+(?:graph|node|edge|note_\d+|{STRING})\ {ATTRIBUTES}
    | \s+{STRING}\ ->\ {STRING}(?:\ {ATTRIBUTES})?
    | \s*}}
    )$""",
    re.VERBOSE,
)
GRAMMAR = {Format.MERMAID: MERMAID, Format.DOT: DOT}

written = pytest.mark.parametrize("written", [Format.MERMAID, Format.DOT])


def refused(text, written):
    return [line for line in text.splitlines() if not GRAMMAR[written].match(line)]


@pytest.fixture
def hostile(grow):
    options = [{"says": [HOSTILE], "name": HOSTILE, "to": "agent"}, {"keys": "*#", "to": "agent"}]
    return grow({"main": {"kind": "menu", "prompt": HOSTILE, "options": options}}, title=HOSTILE)


@written
@pytest.mark.parametrize("line", LINES)
def test_every_line_of_a_shipped_tree_is_in_the_grammar(shipped, line, written):
    assert refused(draw(shipped.trees[line], written), written) == []


@written
def test_hostile_text_is_only_text(hostile, written):
    assert refused(draw(hostile, written), written) == []


def test_mermaid_writes_what_could_be_syntax_as_numbers(hostile):
    assert '|"a#34;#93;#59; b --#62; c#91;#34;#60;b' in draw(hostile, Format.MERMAID)


def test_dot_escapes_quotes_backslashes_and_entities(hostile):
    assert r'label=" a\"]; b --> c[\"<b>&amp;amp;</b>`md` #35; | {x} \\\" \\N end %%{init} ], *# "' in draw(
        hostile, Format.DOT
    )


@pytest.mark.parametrize("line", LINES)
def test_every_node_of_a_shipped_line_is_a_node_in_dot(shipped, line):
    drawn = draw(shipped.trees[line], Format.DOT)
    assert [place for place in shipped.trees[line].nodes if f'    "{place}" [' not in drawn] == []


@pytest.mark.parametrize("line", LINES)
def test_every_node_of_a_shipped_line_is_a_node_in_mermaid(shipped, line):
    drawn = draw(shipped.trees[line], Format.MERMAID)
    assert len(re.findall(r"^    n\d+\W", drawn, re.MULTILINE)) == len(shipped.trees[line].nodes)


@written
def test_an_arrow_into_another_flow_ends_in_a_pill_with_the_targets_name(grow, written):
    tree = grow(
        {"main": {"kind": "say", "prompt": "On.", "then": "other.there"}},
        {"other": {"there": {"kind": "hang_up", "prompt": "Goodbye."}}},
    )
    assert "→ other.there" in draw(tree, written)


def test_what_the_package_offers():
    assert sorted(ivr.drawing.__all__) == ["Format", "draw"]

"""The SVG: well-formed, readable, complete, and the same every time."""

import subprocess
import sys
import time

import pytest

from ivr.drawing import Format, draw
from ivr.flow.centre import shipped_flows
from ivr.flow.nodes import Menu

LINES = sorted(path.stem for path in (shipped_flows() / "lines").glob("*.yaml"))
HOSTILE = (
    '</text><script>alert("1")</script> & ]]> <!-- \x07 \u202e \ufffe `x` {a} [b] |c| #quot; \\" \\N \n end %%{init}'
)


@pytest.fixture(params=LINES)
def line(request):
    return request.param


@pytest.fixture
def sheet(shipped, line, read):
    return read(draw(shipped.trees[line], Format.SVG))


def test_every_node_of_a_shipped_line_is_a_box(shipped, line, sheet):
    assert sorted(sheet.places) == sorted(shipped.trees[line].nodes)


def test_every_key_of_a_shipped_menu_is_on_an_arrow_to_where_it_leads(shipped, line, sheet):
    tree = shipped.trees[line]
    wanted = {
        (f"{place} → {tree.place(place, option.to)}", option.keys)
        for place, node in tree.nodes.items()
        if isinstance(node, Menu)
        for option in node.options
        if option.keys
    }
    drawn = {
        (arrow, key)
        for arrow, _, label in (title.partition(": ") for title in sheet.arrows)
        for key in label.split(", ")
    }
    assert wanted <= drawn


def test_nothing_in_a_shipped_line_covers_anything_else(sheet):
    assert sheet.collisions() == []


def test_no_arrow_of_a_shipped_line_passes_behind_a_box(sheet):
    assert sheet.passing_under() == []


def test_everything_in_a_shipped_line_is_on_the_page(sheet):
    width, height = float(sheet.root.attrib["width"]), float(sheet.root.attrib["height"])
    outside = [
        seen.title
        for seen in (*sheet.boxes, *sheet.pills, *sheet.labels)
        if seen.left < 0 or seen.top < 0 or seen.right > width or seen.bottom > height
    ]
    assert outside == []


def test_a_shipped_line_is_an_image_with_a_name_and_a_description(sheet):
    named = sheet.root.attrib["aria-labelledby"].split()
    texts = [element.text for element in sheet.root if element.get("id") in named]
    assert sheet.root.attrib["role"] == "img"
    assert len(texts) == 2
    assert all(texts)


def test_a_shipped_line_needs_nothing_from_outside(sheet):
    used = {element.tag.partition("}")[2] for element in sheet.root.iter()}
    assert used <= {"svg", "title", "desc", "g", "rect", "path", "line", "text"}
    assert "href" not in sheet.text
    assert "url(" not in sheet.text


def test_the_description_says_every_way_out_of_the_line(grow, read):
    nodes = {"main": {"kind": "menu", "prompt": "For the shop, press 1.", "options": [{"keys": "1", "to": "agent"}]}}
    sheet = read(draw(grow(nodes), Format.SVG))
    description = next(element.text for element in sheet.root if element.get("id") == "line-desc")
    assert description == ("2 nodes. A call starts at main. main, menu: 1 to agent. agent, transfer to general.")


@pytest.mark.parametrize("written", Format)
def test_the_same_tree_is_drawn_the_same_whatever_the_hash_seed(written):
    code = (
        "import sys; from pathlib import Path; from ivr.flow.centre import load_centre; from ivr.drawing import *;"
        f"sys.stdout.buffer.write(draw(load_centre(Path('tests/small')).trees['main'], Format('{written}')).encode())"
    )
    drawn = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(drawn) == 1


def test_hostile_text_is_only_text(grow, read):
    nodes = {
        "main": {
            "kind": "menu",
            "prompt": HOSTILE,
            "options": [{"says": [HOSTILE], "name": HOSTILE, "to": "agent"}],
        }
    }
    sheet = read(draw(grow(nodes, title=HOSTILE), Format.SVG))
    assert not [element for element in sheet.root.iter() if element.tag.endswith("script")]
    assert sheet.box("line.main").title.endswith('`x` {a} [b] |c| #quot; \\" \\N end %%{init}')


@pytest.mark.parametrize("word", ["W" * 400, "漢字" * 200, "a " * 400], ids=["wide", "kanji", "short"])
def test_long_text_stays_in_its_box(grow, read, word):
    nodes = {"main": {"kind": "say", "prompt": word, "then": "n" * 200}, "n" * 200: {"kind": "hang_up", "prompt": word}}
    sheet = read(draw(grow(nodes, title=word), Format.SVG))
    assert max(box.right - box.left for box in sheet.boxes) < 220


def test_going_round_ends_in_a_pill(grow, read):
    nodes = {
        "main": {"kind": "menu", "prompt": "For more, press 1.", "options": [{"keys": "1", "to": "more"}]},
        "more": {"kind": "say", "prompt": "More.", "then": "main"},
    }
    assert [pill.text for pill in read(draw(grow(nodes), Format.SVG)).pills] == ["→ main"]


def test_keys_stand_in_their_order(grow, read):
    options = [{"keys": str(key), "to": f"n{key}"} for key in range(1, 8)]
    says = {f"n{key}": {"kind": "say", "prompt": "Yes.", "then": "agent"} for key in range(1, 8)}
    sheet = read(draw(grow({"main": {"kind": "menu", "prompt": "Press.", "options": options}, **says}), Format.SVG))
    tops = [sheet.box(f"line.n{key}").top for key in range(1, 8)]
    assert tops == sorted(tops)


def test_an_arrow_over_one_column_goes_on_past_it_and_one_over_two_ends_in_a_pill(grow, read):
    options = [{"keys": "1", "to": "a"}, {"keys": "2", "to": "b"}, {"keys": "3", "to": "agent"}]
    nodes = {
        "main": {"kind": "menu", "prompt": "Press.", "options": options},
        "a": {"kind": "say", "prompt": "A.", "then": "b"},
        "b": {"kind": "say", "prompt": "B.", "then": "agent"},
    }
    sheet = read(draw(grow(nodes), Format.SVG))
    assert [pill.text for pill in sheet.pills] == ["→ agent"]
    assert sheet.arrows["line.main → line.b: 2"]["d"].count("C") == 2
    assert sheet.passing_under() == []


def chain(size):
    return {
        f"n{i}": {"kind": "say", "prompt": "On.", "then": f"n{i + 1}" if i + 1 < size else "agent"} for i in range(size)
    }


def fan(size):
    nodes = {}
    for number in range(size):
        targets = [f"n{below}" for below in range(number * 6 + 1, number * 6 + 7) if below < size] or ["n0"]
        options = [{"keys": str(key), "to": to} for key, to in enumerate(targets, start=1)]
        nodes[f"n{number}"] = {"kind": "menu", "prompt": "Press.", "options": options}
    return nodes


@pytest.mark.parametrize("shape", [chain, fan])
def test_three_thousand_nodes_are_drawn(grow, read, shape):
    began = time.perf_counter()
    drawn = draw(grow(shape(2999)), Format.SVG)
    assert time.perf_counter() - began < 60
    assert len(read(drawn).boxes) == 3000


@pytest.mark.parametrize("size", [1, 2, 60])
@pytest.mark.parametrize("shape", [chain, fan])
def test_nothing_in_a_small_tree_covers_anything_else(grow, read, shape, size):
    assert read(draw(grow(shape(size)), Format.SVG)).collisions() == []

"""A call's path on the picture."""

import pytest

from ivr.drawing import Format, draw
from ivr.drawing.composing import picture_of
from ivr.drawing.palette import TRAIL

NODES = {
    "main": {
        "kind": "menu",
        "prompt": "For who you are, press 1. For the rest, press 2.",
        "options": [{"keys": "1", "to": "who"}, {"keys": "2", "to": "rest"}],
    },
    "who": {"kind": "enter", "flow": "check", "returns": {"good": "rest"}},
    "rest": {"kind": "menu", "prompt": "For the shop, press 1.", "options": [{"keys": "1", "to": "shop"}]},
    "shop": {"kind": "transfer", "department": "shop"},
}
CHECK = {
    "ask": {"kind": "collect", "slot": "card", "entry": "card_number", "prompt": "Your card?", "then": "good"},
    "good": {"kind": "return", "outcome": "good"},
}
CALL = ["line.main", "line.main", "line.who", "check.ask", "check.good", "line.rest", "line.shop", "end.connected"]


@pytest.fixture
def tree(grow):
    return grow(NODES, {"check": CHECK})


def on_trail(tree, trail, **options):
    arrows = picture_of(tree, trail, **options).arrows
    return [(arrow.source, arrow.label, arrow.to) for arrow in arrows if arrow.on_trail]


def test_its_arrows_are_marked_and_a_return_from_where_the_flow_was_entered(tree):
    assert on_trail(tree, CALL) == [
        ("line.main", "1", "line.who"),
        ("line.who", "good", "line.rest"),
        ("line.rest", "1", "line.shop"),
        ("check.ask", "", "check.good"),
    ]


def test_its_places_are_numbered_and_a_question_asked_again_is_one_stop(tree):
    stops = {place: box.stops for place, box in picture_of(tree, CALL).boxes.items() if box.stops}
    assert stops == {
        "line.main": (1,),
        "line.who": (2,),
        "check.ask": (3,),
        "check.good": (4,),
        "line.rest": (5,),
        "line.shop": (6,),
    }


BEST = ["line.main", "line.rest", "line.shop"]


def test_the_best_way_is_marked_beside_it(tree):
    picture = picture_of(tree, CALL, BEST)

    assert [(arrow.source, arrow.to) for arrow in picture.arrows if arrow.on_best] == [
        ("line.main", "line.rest"),
        ("line.rest", "line.shop"),
    ]
    assert [box.place for box in picture.boxes.values() if box.on_best] == BEST
    assert on_trail(tree, CALL) == [(arrow.source, arrow.label, arrow.to) for arrow in picture.arrows if arrow.on_trail]


def test_the_best_way_is_told_in_words_and_in_the_legend(tree):
    drawn = draw(tree, Format.SVG, trail=CALL, best=BEST)

    assert "The best way goes by line.main, line.rest, line.shop." in drawn
    assert drawn.count(">best<") == len(BEST)
    assert "the best way, also marked best" in drawn
    assert "best" not in draw(tree, Format.SVG, trail=CALL)


def test_of_the_shared_flows_only_those_named_are_drawn(tree):
    assert [band.flow for band in picture_of(tree, shared=["check"]).bands] == ["line", "check"]
    assert [band.flow for band in picture_of(tree, shared=["line"]).bands] == ["line"]


def test_a_place_it_comes_back_to_has_every_number(tree):
    boxes = picture_of(tree, ["line.main", "line.rest", "line.main", "line.rest"]).boxes
    assert (boxes["line.main"].stops, boxes["line.rest"].stops) == ((1, 3), (2, 4))


def test_it_goes_on_across_shared_flows_that_are_not_drawn(tree):
    assert on_trail(tree, CALL, shared=False) == [
        ("line.main", "1", "line.who"),
        ("line.who", "good", "line.rest"),
        ("line.rest", "1", "line.shop"),
    ]


@pytest.mark.parametrize(
    ("leg", "label"),
    [
        (("line.rest", "line.agent"), "no-input or no-match or limit or representative"),
        (("line.rest", "line.main"), "main menu"),
        (("line.shop", "line.rest"), "back"),
    ],
)
def test_a_step_that_the_picture_leaves_out_is_drawn_for_it(tree, leg, label):
    assert on_trail(tree, leg) == [(leg[0], label, leg[1])]


def test_a_node_since_renamed_is_passed_over(tree):
    assert on_trail(tree, ["line.main", "line.gone", "line.rest"]) == [("line.main", "2", "line.rest")]


def test_it_stands_out_in_an_svg(tree, read):
    sheet = read(draw(tree, Format.SVG, trail=CALL))
    assert sheet.box("line.shop").stroke == TRAIL
    assert sheet.arrows["line.rest → line.shop: 1"]["stroke"] == TRAIL
    assert sheet.arrows["line.main → line.rest: 2"]["stroke"] != TRAIL


@pytest.mark.parametrize("written", Format)
def test_without_one_nothing_stands_out(tree, written):
    assert TRAIL not in draw(tree, written)


@pytest.mark.parametrize("written", [Format.MERMAID, Format.DOT])
def test_it_stands_out_in_the_other_formats(tree, written):
    numbered = "main #91;1#93;" if written is Format.MERMAID else "main [1]"
    drawn = draw(tree, written, trail=CALL)
    assert TRAIL in drawn
    assert numbered in drawn

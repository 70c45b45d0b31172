"""What is in a picture, and what is left out of it."""

import pytest

from ivr.drawing.composing import picture_of
from ivr.drawing.picture import Arrow, Picture

CHOICES = {
    "main": {
        "kind": "menu",
        "prompt": "For cards, press 1 or 2. For the shop, press 3.",
        "options": [{"keys": "1", "to": "cards"}, {"keys": "2", "to": "cards"}, {"keys": "3", "to": "shop"}],
    },
    "cards": {"kind": "say", "prompt": "Cards.", "then": "agent"},
    "shop": {"kind": "transfer", "department": "shop", "closed": "agent"},
}


def between(picture: Picture, source: str, to: str) -> list[Arrow]:
    return [arrow for arrow in picture.arrows if (arrow.source, arrow.to) == (source, to)]


def ways(picture: Picture) -> list[tuple[str, str, str]]:
    return [(arrow.source, arrow.label, arrow.to) for arrow in picture.arrows]


def test_choices_and_steps_are_arrows_and_what_is_the_same_everywhere_is_not(grow):
    assert ways(picture_of(grow(CHOICES))) == [
        ("line.main", "1, 2", "line.cards"),
        ("line.main", "3", "line.shop"),
        ("line.cards", "", "line.agent"),
        ("line.shop", "closed", "line.agent"),
    ]


def test_a_ladder_of_the_nodes_own_is_a_dashed_arrow(grow):
    ladder = {"no_input": {"then": "shop"}, "no_match": {"then": "shop"}}
    [arrow] = [
        arrow
        for arrow in picture_of(grow({**CHOICES, "main": {**CHOICES["main"], **ladder}})).arrows
        if arrow.label == "no-input, no-match"
    ]
    assert (arrow.source, arrow.to, arrow.aside) == ("line.main", "line.shop", True)


def test_a_ladder_of_the_nodes_own_that_ends_as_usual_is_no_arrow(grow):
    same = {**CHOICES, "main": {**CHOICES["main"], "no_input": {"then": "agent"}}}
    assert ways(picture_of(grow(same))) == ways(picture_of(grow(CHOICES)))


def test_a_key_of_the_nodes_own_for_the_main_menu_is_an_arrow(grow):
    shop = {**CHOICES["main"], "universals": {"main-menu": {"keys": "9", "topic": "main-menu"}}}
    picture = picture_of(grow({"first": {"kind": "say", "prompt": "Hello.", "then": "main"}, **CHOICES, "main": shop}))
    assert [arrow.label for arrow in between(picture, "line.main", "line.first")] == ["9"]


def test_a_key_for_the_main_menu_stands_among_the_options_keys(grow):
    options = [{"keys": "1", "to": "cards"}, {"keys": "3", "to": "shop"}]
    own = {**CHOICES["main"], "options": options, "universals": {"main-menu": {"keys": "2"}}}
    picture = picture_of(grow({"first": {"kind": "say", "prompt": "Hello.", "then": "main"}, **CHOICES, "main": own}))
    assert [arrow.label for arrow in picture.leaving["line.main"]] == ["1", "2", "3"]


def test_links_universals_ladders_and_limits_are_notes(grow):
    tree = grow(CHOICES, links=[{"topic": "shop", "to": "shop"}, {"topic": "cards", "to": "cards"}])
    assert picture_of(tree).line.notes == (
        "Key 0 or “representative”: line.agent, at once.",
        "Where no dashed arrow says otherwise, no-input or no-match leads to line.agent.",
        "After 5 failures in one call: line.agent.",
        "“main menu” anywhere: line.main.",
        "Words that work at every menu, each with its node here: shop, cards.",
    )


@pytest.mark.parametrize(
    ("escape", "said"),
    [
        ({"policy": "nth_ask", "ask": "3", "refusals": ["No."]}, "at the 3rd ask"),
        (
            {"policy": "nth_ask", "ask": "4", "refusals": ["No."], "chance": "0.25"},
            "at the 4th ask, or sooner by a chance of 25%",
        ),
        ({"policy": "reason_first", "detour": "cards"}, "after the reason was asked at line.cards"),
        (
            {"policy": "verify_first", "detour": "cards", "refusals": ["No."]},
            "after line.cards has verified the caller",
        ),
        ({"policy": "at_once", "closed": "refuse", "refusals": ["No."]}, "at once, refused while it is closed"),
    ],
    ids=lambda value: value["policy"] if isinstance(value, dict) else None,
)
def test_the_escape_policy_is_a_note(grow, escape, said):
    notes = picture_of(grow(CHOICES, escape={**escape, "to": "agent"})).line.notes
    assert notes[0] == f"Key 0 or “representative”: line.agent, {said}."


def test_an_escape_of_the_nodes_own_is_a_dashed_arrow(grow):
    own = {"escape": {"policy": "at_once", "to": "shop"}}
    [arrow] = [
        arrow
        for arrow in picture_of(grow({**CHOICES, "main": {**CHOICES["main"], **own}})).arrows
        if arrow.label == "representative"
    ]
    assert (arrow.to, arrow.aside) == ("line.shop", True)


ENTERING = {
    "who": {"kind": "enter", "flow": "check", "returns": {"good": "agent", "bad": "sorry"}},
    "sorry": {"kind": "say", "prompt": "Sorry.", "then": "check.other"},
}
CHECK = {
    "ask": {"kind": "collect", "slot": "card", "entry": "card_number", "prompt": "Your card?", "then": "good"},
    "good": {"kind": "return", "outcome": "good"},
    "bad": {"kind": "return", "outcome": "bad"},
    "other": {"kind": "hang_up", "prompt": "Goodbye."},
}


def test_a_shared_flows_outcomes_leave_from_where_it_was_entered(grow):
    assert ways(picture_of(grow(ENTERING, {"check": CHECK}))) == [
        ("line.who", "good", "line.agent"),
        ("line.who", "bad", "line.sorry"),
        ("line.sorry", "", "check.other"),
        ("check.ask", "", "check.good"),
    ]


def test_each_shared_flow_has_a_band(grow):
    assert [(band.flow, band.shared) for band in picture_of(grow(ENTERING, {"check": CHECK})).bands] == [
        ("line", False),
        ("check", True),
    ]


def test_without_shared_flows_only_their_nodes_that_the_line_leads_to_are_known(grow):
    picture = picture_of(grow(ENTERING, {"check": CHECK}), shared=False)
    assert ([band.flow for band in picture.bands], [box.place for box in picture.beyond]) == (["line"], ["check.other"])


def test_a_box_says_what_its_node_does_and_says(grow):
    box = picture_of(grow(ENTERING, {"check": CHECK})).boxes["check.ask"]
    assert (box.title, box.about, box.words) == ("ask", "collect card (card number)", "Your card?")


@pytest.mark.parametrize(
    ("place", "entrance"), [("line.who", "start"), ("check.ask", "start"), ("line.sorry", ""), ("check.bad", "")]
)
def test_a_box_says_how_calls_come_in(grow, place, entrance):
    assert picture_of(grow(ENTERING, {"check": CHECK})).boxes[place].entrance == entrance

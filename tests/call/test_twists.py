"""Twists: what makes the first plan of a scenario fail, and what leads on all the same."""

from collections.abc import Callable
from typing import Any

import pytest

from ivr.call.events import event_to_json

Rehearse = Callable[..., Any]
PAT = "say Pat Sample, I want to dispute a charge"
PAT_AT_THE_DESK = ("press 2", "press 378282246310005", "press 1234", "press 4", "hold")


def test_asks_for_a_person_are_refused_before_any_policy(rehearse: Rehearse) -> None:
    caller = rehearse("lost-card-refused").go("press 0", "press 0", "press 0")

    assert [event.answer for event in caller.events("escape-asked")] == ["refused", "refused", "honoured"]


def test_a_refusal_has_words_even_where_the_policy_has_none(rehearse: Rehearse) -> None:
    assert "I can get you someone." in rehearse("lost-card-refused").go("say representative").heard


def test_another_line_answers_in_a_lines_place(rehearse: Rehearse) -> None:
    caller = rehearse("dispute-rearranged")

    assert caller.session.record.line == "personal-rearranged"
    assert "For billing, press 6." in caller.heard


def test_words_arrive_badly_now_and_then_and_keys_always(rehearse: Rehearse) -> None:
    spoken = [rehearse("activation-noisy", seed=seed).go("say activate my card") for seed in range(20)]
    clear = sum(caller.session.record.place == "identify.ask_card" for caller in spoken)

    assert 2 <= clear <= 14
    keyed = [rehearse("activation-noisy", seed=seed).go("press 1") for seed in range(20)]
    assert all(caller.session.record.place == "identify.ask_card" for caller in keyed)


def test_a_department_is_closed_by_the_scenarios_clock(rehearse: Rehearse) -> None:
    caller = rehearse("change-booking-at-night", dialled="travel").go("press 0", "press 0")

    assert [event.department for event in caller.events("department-closed")][:1] == ["travel"]


def test_it_is_open_by_the_same_clock_however_late_it_is(rehearse: Rehearse) -> None:
    """The scenario is set at ten in the morning; the call is made in the night after."""
    caller = rehearse("dispute")
    caller.clock.advance(0)
    caller.session.record.started_at = "2026-03-04T07:00:00+00:00"
    caller.clock.now = caller.clock.now.replace(day=4, hour=7, minute=0)
    caller.go(*PAT_AT_THE_DESK)

    assert caller.events("department-closed") == []
    assert caller.events("representative-answered")


def test_a_mistaken_representative_hands_the_caller_over_and_back(rehearse: Rehearse) -> None:
    caller = rehearse("dispute-misrouted").go(*PAT_AT_THE_DESK, PAT, "hold", PAT, "hold", PAT)

    handed = [(event.department, event.to, event.why, event.fault) for event in caller.events("handed-over")]
    assert handed == [
        ("billing", "account", "misrouted", "company"),
        ("account", "billing", "wrong-department", "company"),
    ]
    assert len({event.name for event in caller.events("representative-answered")}) == 3


SETTLING = ("press 0005", "press 00101", "say Sample Airways", "say 260", "say January 12")


def test_only_a_supervisor_settles_it(rehearse: Rehearse) -> None:
    caller = rehearse("dispute-supervisor").go(
        *PAT_AT_THE_DESK, PAT, *SETTLING, "say can I speak to your manager please"
    )

    assert [(event.needed, event.answer) for event in caller.events("supervisor-asked")] == [(True, "granted")]
    assert [event.complete for event in caller.events("resolved")] == [True]


def test_without_a_supervisor_it_stays_undecided(rehearse: Rehearse) -> None:
    caller = rehearse("dispute-supervisor").go(*PAT_AT_THE_DESK, PAT, *SETTLING, "say hm", "say hm", "say hm")
    assert [event.complete for event in caller.events("resolved")] == [False]

    caller.go("press 0")
    assert [event.complete for event in caller.events("resolved")] == [False, True]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("say no, I'd rather not", "secret-withheld"),
        ("press 2", "secret-withheld"),
        ("say why do you want to know", "secret-withheld"),
        ("press 1470", "secret-given"),
        ("say one four seven oh", "secret-given"),
        ("say it is 9999", "secret-given"),
    ],
)
def test_a_secret_that_is_asked_for_is_kept_or_told(rehearse: Rehearse, answer: str, kind: str) -> None:
    way = ("say change my address", "press 371449635398431", "press 2345", "hold")
    caller = rehearse("address-change-pin").go(*way, "press *", "press *", "hold")
    caller.go("say Robin Example, a change of address", "press 8431", "press 00102")
    assert [event.secret for event in caller.events("secret-asked")] == ["pin"]

    caller.go(answer)

    assert kind in caller.happened
    assert "1470" not in str([event_to_json(event) for event in caller.session.events])

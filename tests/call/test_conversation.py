"""What a representative does, on the shipped centre: the form, its asides, the closing and the notes."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.call import CallRecord, CallSession, Ended, HungUp, Listening, Pressed, Silent, Spoke
from ivr.call.conversation import MOST_AFTERWARDS, MOST_TURNS
from ivr.call.events import event_to_json
from ivr.call.record import Stage
from ivr.flow.centre import ContactCentre

Rehearse = Callable[..., Any]
TO_BILLING = ("press 2", "press 378282246310005", "press 1234", "press 4", "hold")
WHO = ("say This is Pat Sample, I want to dispute a charge", "press 0005", "press 00101")
STAR = "You can say it, or key it. If you don't have it, press star, then pound."
DETAILS = ("say Harbor Books", "say 84.20", "say February 17th")


def test_without_a_rehearsal_the_call_ends_where_it_always_did(
    shipped: ContactCentre, call: Callable[..., Any]
) -> None:
    caller = call(shipped, "1-800-528-4800")
    caller.press("0")
    caller.wait_out_hold()

    assert isinstance(caller.turn.then, Ended)
    assert caller.happened[-2:] == ["connected", "ended"]


def test_a_representative_answers_with_a_name_and_asks_who_and_why(rehearse: Rehearse) -> None:
    caller = rehearse("dispute").go(*TO_BILLING)

    (answered,) = caller.events("representative-answered")
    assert (answered.department, answered.role) == ("billing", "representative")
    assert answered.name in caller.heard
    assert isinstance(caller.turn.then, Listening)


def test_one_sentence_fills_all_that_it_holds(rehearse: Rehearse) -> None:
    caller = rehearse("dispute").go(*TO_BILLING)
    caller.say("Hello, this is Pat Sample, I'd like to dispute 84 dollars and 20 cents from Harbor Books, please")

    assert [event.right for event in caller.events("name-given")] == [True]
    assert [(event.reason, event.right) for event in caller.events("reason-given")] == [("dispute", True)]
    assert {event.detail for event in caller.events("detail-given")} == {"merchant", "amount"}
    assert {event.courtesy for event in caller.events("courtesy-noted")} == {"greeting", "please"}


def test_the_star_is_told_of_once_with_the_first_thing_asked_for(rehearse: Rehearse) -> None:
    caller = rehearse("dispute").go(*TO_BILLING)
    assert STAR not in " ".join(caller.said)

    caller.go(WHO[0])
    assert caller.heard.endswith(STAR)

    caller.go(*WHO[1:], *DETAILS)
    assert " ".join(caller.said).count(STAR) == 1


@pytest.mark.parametrize("item", ["name", "reason"])
def test_help_alone_asks_for_a_hint_although_it_may_be_a_reason_to_call(rehearse: Rehearse, item: str) -> None:
    caller = rehearse("dispute").go(*TO_BILLING)
    caller.go(*(("say This is Pat Sample",) if item == "reason" else ()), "say help")

    assert caller.happened.count("hint-given") == 1
    assert "A hint. Say" in caller.heard
    assert [words.speaker for words in caller.turn.words if "A hint" in words.text] == [None]


def test_help_within_a_sentence_is_part_of_the_story(rehearse: Rehearse) -> None:
    caller = rehearse("dispute").go(*TO_BILLING, "say I need help, I want to dispute a charge")

    assert "hint-given" not in caller.happened
    assert [event.reason for event in caller.events("reason-given")] == ["dispute"]


def test_whoever_is_put_through_is_not_told_of_the_star_again(rehearse: Rehearse) -> None:
    caller = rehearse("dispute").go("press 1", "press 378282246310005", "press *", "hold")
    caller.go(WHO[0], "hold", *WHO)

    assert " ".join(caller.said).count(STAR) == 1


def test_the_whole_by_words_resolves_the_matter(rehearse: Rehearse) -> None:
    caller = rehearse("dispute").go(*TO_BILLING, *WHO, *DETAILS)

    assert [event.complete for event in caller.events("resolved")] == [True]
    (reference,) = caller.events("reference-given")
    assert " ".join(reference.reference) in caller.heard


def test_the_whole_by_keys_resolves_the_matter(rehearse: Rehearse) -> None:
    keys = (*("press 1",) * 4, "press 0005", "press 00101", "press 1", "press 1", "press 84*20#")
    caller = rehearse("dispute").go(*TO_BILLING, *keys, "press 0217#")

    assert [event.complete for event in caller.events("resolved")] == [True]
    assert {event.by for event in caller.events("detail-given")} == {"keys"}


def test_the_same_seed_gives_the_same_people_and_reference(rehearse: Rehearse) -> None:
    played = [rehearse("dispute").go(*TO_BILLING, *WHO, *DETAILS) for _ in range(2)]
    other = rehearse("dispute", seed=99).go(*TO_BILLING, *WHO, *DETAILS)

    assert played[0].said == played[1].said
    assert played[0].said != other.said


def test_what_is_not_had_is_gone_without(rehearse: Rehearse) -> None:
    caller = rehearse("dispute").go(*TO_BILLING, *WHO, "say Harbor Books", "say I don't have it", "say February 17th")

    assert [(event.detail, event.why) for event in caller.events("detail-missing")] == [("amount", "not-had")]
    assert [event.complete for event in caller.events("resolved")] == [False]
    assert "amount" in caller.heard


def test_a_wrong_detail_is_asked_for_again_and_counted(rehearse: Rehearse) -> None:
    caller = rehearse("dispute").go(*TO_BILLING, *WHO, "say Harbor Books", "say 12 dollars", "say 84.20")

    assert [event.right for event in caller.events("detail-given") if event.detail == "amount"] == [False, True]
    assert [event.ask for event in caller.events("detail-asked") if event.detail == "amount"] == [1, 2]


def test_who_cannot_be_verified_is_not_helped(rehearse: Rehearse) -> None:
    caller = rehearse("dispute").go(*TO_BILLING, "say Pat Sample, a dispute", "press *", "press *")

    assert [(event.resolved, event.how) for event in caller.events("conversation-ended")] == [(False, "unverified")]
    assert caller.events("reference-given") == []


def test_the_search_for_a_detail_is_timed_from_the_end_of_the_question(rehearse: Rehearse) -> None:
    caller = rehearse("dispute").go(*TO_BILLING, *WHO)
    caller.wait(5)
    caller.say("Harbor Books")

    (given_,) = [event for event in caller.events("detail-given") if event.detail == "merchant"]
    assert 5 <= given_.seconds < 7


def test_who_asks_for_a_moment_gets_one(rehearse: Rehearse) -> None:
    caller = rehearse("dispute").go(*TO_BILLING, *WHO, "say hold on a moment please")

    assert [event.item for event in caller.events("time-asked")] == ["merchant"]
    assert caller.turn.then.silence == 30


def test_an_unclear_question_is_explained_to_who_asks(rehearse: Rehearse) -> None:
    way = ("say billing", "press 371449635398431", "press 2345", "press 4", "hold")
    caller = rehearse("dispute-unclear").go(*way, "say Robin Example, a dispute", "press 8431", "press 00102")
    assert [event.detail for event in caller.events("unclear-said")] == ["merchant"]

    caller.go("say what do you mean?")

    assert [(event.item, event.needed) for event in caller.events("clarification-asked")] == [("merchant", True)]
    assert "name of the shop" in caller.heard
    caller.go("press *")
    assert len(caller.events("unclear-said")) == 1


def test_a_wrong_desk_hands_the_caller_over(rehearse: Rehearse) -> None:
    caller = rehearse("dispute", dialled="personal").go(
        "press 6", "press 6", "hold", "say Pat Sample, I dispute a charge"
    )

    (handed,) = caller.events("handed-over")
    assert (handed.department, handed.to, handed.why, handed.fault) == (
        "general",
        "billing",
        "wrong-department",
        "caller",
    )
    caller.go("hold")
    assert [event.department for event in caller.events("representative-answered")] == ["general", "billing"]
    names = [event.name for event in caller.events("representative-answered")]
    assert names[0] != names[1]


def test_another_reason_is_not_on_the_account(rehearse: Rehearse) -> None:
    caller = rehearse("dispute").go(*TO_BILLING, "say Pat Sample, I lost my card", "say I dispute a charge")

    assert [(event.reason, event.right) for event in caller.events("reason-given")] == [
        ("lost-card", False),
        ("dispute", True),
    ]


def test_a_supervisor_comes_at_the_second_ask_where_none_is_needed(rehearse: Rehearse) -> None:
    caller = rehearse("dispute").go(*TO_BILLING, "press 0", "say I want your manager")

    assert [(event.needed, event.answer) for event in caller.events("supervisor-asked")] == [
        (False, "declined"),
        (False, "granted"),
    ]
    assert [event.role for event in caller.events("representative-answered")] == ["representative", "supervisor"]


@pytest.mark.parametrize(
    ("given_", "secret"),
    [("say my PIN is 2580", "pin"), ("press 2580", "pin"), ("say one two three four", "card_code")],
)
def test_a_secret_that_nobody_asked_for_is_thrown_away(rehearse: Rehearse, given_: str, secret: str) -> None:
    caller = rehearse("dispute").go(*TO_BILLING, "say Pat Sample, a dispute", given_)

    assert [(event.secret, event.asked) for event in caller.events("secret-given")] == [(secret, False)]
    assert "Nobody who works here needs it" in caller.heard
    told = json.dumps([event_to_json(event) for event in caller.session.events], default=str)
    assert "2580" not in told
    assert "1234" not in told


def test_a_number_that_may_be_real_is_thrown_away(rehearse: Rehearse) -> None:
    caller = rehearse("dispute").go(*TO_BILLING, *WHO[:1], "say 4929 1234 5678 9012")

    assert [event.slot for event in caller.events("not-on-practice-list")] == ["card_ending"]
    assert "9012" not in caller.session.record.to_json()


def test_a_hint_is_given_in_practice_and_not_in_a_test(rehearse: Rehearse) -> None:
    hints = {}
    for stage in (Stage.PRACTICE, Stage.TEST):
        caller = rehearse("dispute", stage=stage).go(*TO_BILLING, *WHO, "say hint")
        hints[stage] = [event.words for event in caller.events("hint-given")]
        assert caller.session.record.rehearsal.hints == 1

    assert "Harbor Books" in hints[Stage.PRACTICE][0]
    assert hints[Stage.TEST] == [""]


def test_a_hint_in_the_tree_comes_from_the_coach(rehearse: Rehearse, coach: object) -> None:
    caller = rehearse("dispute", coach=coach).go("say help")

    assert "Go on from personal.main." in caller.heard
    assert "Go on" not in rehearse("dispute", coach=coach, stage=Stage.TEST).go("say help").heard


def closing(caller: Any) -> Any:
    return caller.go(*TO_BILLING, *WHO, *DETAILS)


def test_a_follow_up_is_taken_by_key_or_word(rehearse: Rehearse) -> None:
    caller = closing(rehearse("dispute")).go("press 1", "say I want to make a formal complaint")

    assert [(event.follow_up, event.by, event.needed) for event in caller.events("follow-up-taken")] == [
        ("message", "keys", True),
        ("complaint", "speech", False),
    ]


def test_notes_are_asked_for_and_compared(rehearse: Rehearse) -> None:
    caller = closing(rehearse("dispute")).go("press #")
    name = caller.events("representative-answered")[-1].name
    caller.go(f"say it was {name}", "press 000000")

    assert [(event.note, event.right) for event in caller.events("note-taken")] == [
        ("representative", True),
        ("reference", False),
    ]
    assert isinstance(caller.turn.then, Ended)
    assert caller.turn.then.outcome == "connected"


def test_the_right_reference_number_by_speech(rehearse: Rehearse) -> None:
    caller = closing(rehearse("dispute")).go("say no, that's all, thank you", "press *")
    reference = caller.session.record.conversation.reference
    caller.say("it is " + " ".join(reference))

    assert [event.given for event in caller.events("note-taken")] == ["", reference]


def test_a_coach_debriefs_after_the_callers_own_view(rehearse: Rehearse, coach: object) -> None:
    caller = closing(rehearse("dispute", coach=coach)).go("say no", "press 1", "press *", "say I would call earlier")

    assert [event.words for event in caller.events("reflected")] == [4]
    assert "You got there. For more on one point. The wrong turn, press 1. Your notes, press 2." in caller.heard
    caller.go("press 1")
    assert caller.heard == "You took one. Another one? Press its number, or just hang up."
    assert "Good." in caller.go("say your notes please").heard
    assert isinstance(caller.go("wait").turn.then, Ended)


@pytest.mark.parametrize(("steps", "outcome"), [((), "abandoned"), (("say no",), "connected")])
def test_hanging_up(rehearse: Rehearse, steps: tuple[str, ...], outcome: str) -> None:
    caller = closing(rehearse("dispute")) if steps else rehearse("dispute").go(*TO_BILLING)
    caller.go(*steps).hang_up()

    assert caller.turn.then.outcome == outcome
    assert len(caller.events("conversation-ended")) == 1


SENTENCES = (
    *("Pat Sample", "a dispute", "supervisor", "what do you mean", "hold on", "I don't have it", "hint", "yes", "no"),
    *("0005", "00101", "repeat", "84.20", "Harbor Books", "February 17th", "I lost my card", "thank you and goodbye"),
    *("online", "2580", "it was Quinn"),
)
TWISTED = ["dispute", "dispute-unclear", "dispute-misrouted", "dispute-supervisor", "address-change-pin", "roadside"]
TYPED = st.one_of(st.text(max_size=30), st.sampled_from(SENTENCES))
INPUTS = st.one_of(
    st.builds(Spoke, words=TYPED, confidence=st.floats(0, 1)),
    st.builds(Pressed, keys=st.text(alphabet="0123456789*#", max_size=8)),
    st.just(Silent()),
)


@pytest.fixture
def at_the_desk(rehearse: Rehearse) -> Callable[[], tuple[CallRecord, Callable[..., CallSession]]]:
    """A record where a representative has just answered, and how to go on from it."""
    caller = rehearse("dispute").go(*TO_BILLING)
    text, clock = caller.session.record.to_json(), caller.clock

    def begun() -> tuple[CallRecord, Callable[..., CallSession]]:
        return CallRecord.from_json(text), lambda record: CallSession(caller.board, record, clock)

    return begun


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(inputs=st.lists(INPUTS, min_size=1, max_size=20), scenario=st.sampled_from(TWISTED))
def test_whatever_is_said_the_conversation_goes_on_and_ends(
    at_the_desk: Callable[[], tuple[CallRecord, Callable[..., CallSession]]], inputs: list[Any], scenario: str
) -> None:
    """Inputs go round until the call is over, and holds are waited out; the record goes through JSON at every turn."""
    record, going_on = at_the_desk()
    record.rehearsal.scenario = scenario
    talked = 0
    while talked <= MOST_TURNS + MOST_AFTERWARDS:
        session = going_on(CallRecord.from_json(record.to_json()))
        record, holding = session.record, session.record.hold is not None
        if isinstance(session.hear(Silent() if holding else inputs[talked % len(inputs)]).then, Ended):
            return
        talked += not holding
    pytest.fail("the conversation never ended")


def test_who_hangs_up_on_hold_for_another_desk_has_abandoned_the_call(rehearse: Rehearse) -> None:
    caller = rehearse("dispute", dialled="personal").go(
        "press 6", "press 6", "hold", "say Pat Sample, I dispute a charge"
    )

    assert caller.session.hear(HungUp()).then.outcome == "abandoned"

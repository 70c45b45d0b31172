"""What a caller experiences on the small centre's lines."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from ivr.call import CallRecord, CallSession, Ended, Holding, Listening, Pressed, Switchboard
from ivr.call.notice import NOTICE
from ivr.call.record import Conversation, Rehearsal, Stage
from ivr.errors import CallOver, NumberError, RecordError
from ivr.flow.centre import ContactCentre

Call = Callable[..., Any]
SUNDAY = datetime(2026, 3, 8, 15, 0, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 3, 9, 3, 0, tzinfo=UTC)


def test_every_call_opens_with_the_notice_heard_to_its_end(small: ContactCentre, call: Call) -> None:
    for dialled in (*small.trees, "1-800-528-2122", "card-back"):
        words = call(small, dialled).turn.words[0]

        assert (words.text, words.barge_in) == (NOTICE, False)


def test_a_key_takes_an_option(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")

    caller.press("1")

    assert isinstance(caller.turn.then, Holding)
    assert caller.turn.then.department == "cards"


def test_words_take_an_option(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")

    caller.say("I think my card was stolen")

    assert caller.place == "main.cards"


def test_unsure_words_are_confirmed(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")
    caller.say("lost card", confidence=0.45)
    assert "I think you said a lost or stolen card" in caller.heard

    caller.say("yes")

    assert caller.place == "main.cards"


def test_a_no_asks_again_and_counts(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")
    caller.say("lost card", confidence=0.45)

    caller.press("2")

    assert caller.place == "main.menu"
    assert caller.session.record.no_matches == 1


def test_a_clearer_answer_is_as_good_as_a_yes(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")
    caller.say("lost card", confidence=0.45)

    caller.say("book a flight")

    assert caller.place == "main.travel"


def test_hopeless_words_are_not_understood(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")

    caller.say("lost card", confidence=0.1)

    assert caller.session.events[-3].kind == "not-understood"
    assert "I didn't get that." in caller.heard


def test_silence_climbs_the_ladder_to_a_human(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")

    heard = []
    while isinstance(caller.turn.then, Listening):
        caller.wait()
        heard.append(caller.turn.words[0].text)

    assert heard[:2] == ["I didn't hear you.", "Still nothing."]
    assert caller.place == "main.agent"


def test_the_call_limit_goes_before_the_ladders(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")
    for _ in range(2):
        caller.say("gibberish")
        caller.wait()

    caller.say("gibberish")

    assert caller.session.record.limit_passed
    assert caller.place == "main.agent"


@pytest.mark.parametrize("ask", [lambda caller: caller.press("0"), lambda caller: caller.say("representative")])
def test_the_second_ask_is_honoured(small: ContactCentre, call: Call, ask: Callable[[Any], None]) -> None:
    caller = call(small, "main")
    ask(caller)
    assert "Let me try to help first." in caller.heard

    ask(caller)

    assert caller.place == "main.agent"


def test_identification_by_card_number_and_code(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")

    caller.press("3")
    caller.press("378282246310005")
    caller.say("one two three four")

    assert caller.session.record.member == "pat"
    assert "Thank you, Pat, card ending 0005." in caller.heard


def test_keys_typed_ahead_go_to_the_next_question(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")

    caller.press("33782822463100051234")

    assert caller.session.record.member == "pat"


def test_a_number_that_is_not_on_the_list_is_thrown_away(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")
    caller.press("3")

    caller.press("341111111111111")

    assert "isn't on the practice list" in caller.heard
    assert "3411" not in caller.session.record.to_json() + str(caller.session.events)


def test_somebody_elses_code_does_not_match(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")
    caller.press("3378282246310005")

    caller.press("5678")

    assert "doesn't match the practice card" in caller.heard


def test_back_returns_to_the_question_before(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")
    caller.press("3378282246310005")
    assert caller.place == "identify.code"

    caller.say("go back")
    caller.say("go back")

    assert (caller.place, caller.session.record.stack) == ("main.menu", [])


def test_back_at_the_beginning_says_so(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")

    caller.say("go back")

    assert "nothing to go back to" in caller.heard


def test_repeat_says_the_whole_prompt_again(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")

    caller.press("*")

    assert caller.heard.startswith("For a lost or stolen card, press 1.")


def test_help_and_then_the_short_prompt(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")

    caller.say("help")

    assert caller.heard == "You can press a key, or say what you need. Lost card 1, travel 2, identify 3, other 4."


def test_main_menu_leaves_a_shared_flow(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")
    caller.press("3")

    caller.say("main menu")

    assert (caller.place, caller.session.record.stack) == ("main.menu", [])


def test_an_entry_is_read_back_and_confirmed(small: ContactCentre, call: Call) -> None:
    caller = call(small, "1-800-AXP-EARN")

    caller.press("0302#")
    assert "I heard March 2. Is that right?" in caller.heard
    caller.press("1")

    assert caller.session.record.slots["when"] == "2026-03-02"


def test_hold_passes_in_stretches_with_a_moving_estimate(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")
    caller.press("1")

    told = [caller.turn.then.left]
    while isinstance(caller.turn.then, Holding):
        caller.wait()
        told += [caller.turn.then.left] if isinstance(caller.turn.then, Holding) else []

    assert told == [40, 30, 20, 10]
    assert isinstance(caller.turn.then, Ended)
    assert (caller.turn.then.outcome, caller.turn.then.department) == ("connected", "cards")
    assert caller.heard == "Cards, how can I help?"


@pytest.mark.parametrize("take", [lambda caller: caller.press("1"), lambda caller: caller.say("call me back")])
def test_a_callback_is_taken_once_it_is_offered(small: ContactCentre, call: Call, take: Callable[[Any], None]) -> None:
    caller = call(small, "main")
    caller.press("1")
    take(caller)
    assert "Please stay on the line." in caller.heard

    caller.wait()
    take(caller)

    assert isinstance(caller.turn.then, Ended)
    assert (caller.turn.then.outcome, caller.turn.then.department) == ("callback", "cards")


def test_a_closed_department_says_its_hours_and_takes_a_message(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main", now=SUNDAY)
    caller.press("2")
    assert "There's nobody in Travel right now. The hours are Monday to Friday, 8 a.m. to 6 p.m." in caller.heard

    caller.say("please call me about my trip to Lisbon")

    assert isinstance(caller.turn.then, Ended)
    assert (caller.turn.then.outcome, caller.turn.then.department) == ("message", "travel")
    assert "Lisbon" not in str(caller.session.events)


def test_silence_after_hours_ends_in_a_callback(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main", now=SUNDAY)
    caller.press("2")

    caller.wait()

    assert caller.turn.then.outcome == "callback"


def test_the_limit_leads_nobody_back_to_a_department_found_closed(shipped: ContactCentre, call: Call) -> None:
    caller = call(shipped, "1-800-528-2122", now=SUNDAY_NIGHT)
    mumble = partial(caller.say, "purple banana")
    for failing in (caller.wait, caller.wait, mumble, mumble, caller.wait):
        failing()
    assert caller.place == "after-hours.choose"

    for failing in (caller.wait, mumble, mumble):
        failing()

    assert caller.place == "after-hours.leave_message"


def test_the_lobby_connects_to_the_number_keyed(small: ContactCentre, call: Call) -> None:
    caller = call(small, "lobby")

    caller.press("18002973276")

    assert (caller.place, caller.session.record.line) == ("main.card", "main")
    assert caller.heard.count(NOTICE) == 0


def test_the_lobby_takes_star_for_the_back_of_the_card(small: ContactCentre, call: Call) -> None:
    caller = call(small, "lobby")

    caller.press("*#")

    assert caller.place == "main.menu"


def test_hanging_up_abandons_the_call(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")
    caller.press("3")

    caller.hang_up()

    ended = caller.turn.then
    assert (ended.outcome, ended.department, ended.place) == ("abandoned", None, "identify.number")


def test_a_call_that_has_ended_hears_nothing_more(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")
    caller.hang_up()

    with pytest.raises(CallOver, match="CA1 has ended"):
        caller.session.hear(Pressed(keys="1"))


def test_the_same_seed_replays_the_same_call(small: ContactCentre, call: Call) -> None:
    def events(seed: int) -> str:
        caller = call(small, "main", seed=seed)
        caller.press("1")
        caller.wait()
        return str(caller.session.events)

    assert events(3) == events(3)


def test_a_changed_line_lands_at_its_start(small: ContactCentre, call: Call) -> None:
    caller = call(small, "main")
    caller.press("3")
    caller.session.record.version = "an older one"

    caller.press("378282246310005")

    assert caller.place == "main.menu"
    assert "This line has changed since you called" in caller.heard
    assert "line-changed" in caller.happened


@pytest.mark.parametrize("dialled", ["12345", "1-800-555-0199", "pizza", "card-back:nobody", "", "🙂"])
def test_a_number_nobody_answers(small: ContactCentre, call: Call, dialled: str) -> None:
    with pytest.raises(NumberError):
        call(small, dialled)


@pytest.mark.parametrize("dialled", ["1-800-AXP-EARN", "+18002973276", "800 297 3276", "(800) 297-3276", "18002973276"])
def test_every_spelling_of_a_number(small: ContactCentre, call: Call, dialled: str) -> None:
    assert call(small, dialled).session.record.dialled == "+18002973276"


def test_a_record_goes_through_json_at_any_turn(small: ContactCentre, call: Call) -> None:
    """The whole call twice: once in one session, once with a new session for every turn."""
    acts: list[Callable[[Any], None]] = [
        lambda caller: caller.say("lost card", confidence=0.45),
        lambda caller: caller.say("no"),
        lambda caller: caller.press("3"),
        lambda caller: caller.press("378282246310005"),
        lambda caller: caller.say("go back"),
        lambda caller: caller.press("3782822463100051234"),
        lambda caller: caller.press("1"),
        lambda caller: caller.wait(),
        lambda caller: caller.press("1"),
    ]
    whole, pieces = call(small, "main"), call(small, "main")
    board = Switchboard(small)
    for act in acts:
        act(whole)
        record = CallRecord.from_json(pieces.session.record.to_json())
        events = pieces.session.events
        pieces.session = pieces._session = CallSession(board, record, pieces.clock)
        pieces.session.events = events
        act(pieces)

    assert whole.session.events == pieces.session.events
    assert whole.turn == pieces.turn


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 9}', '{"format": 1, "place": "x"}'])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(RecordError):
        CallRecord.from_json(text)


def test_a_record_of_the_format_without_rehearsals_goes_on(small: ContactCentre) -> None:
    session = CallSession.arriving(Switchboard(small), "main", call_id="CA1", seed=1, clock=lambda: SUNDAY)
    session.begin()
    older = json.loads(session.record.to_json())
    del older["rehearsal"], older["conversation"]
    assert CallRecord.from_json(json.dumps(older | {"format": 1})) == session.record


def test_a_rehearsal_and_a_conversation_go_through_json(small: ContactCentre) -> None:
    session = CallSession.arriving(Switchboard(small), "main", call_id="CA1", seed=1, clock=lambda: SUNDAY)
    session.record.rehearsal = Rehearsal(
        scenario="dispute", scene=SUNDAY.isoformat(), stage=Stage.TEST, trainee="t-1", hints=2
    )
    session.record.conversation = Conversation(department="billing", name="Quinn", known={"zip": "given"})
    assert CallRecord.from_json(session.record.to_json()) == session.record

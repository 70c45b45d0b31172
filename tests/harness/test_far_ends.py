"""Who is at the end of a number that is dialled: people, machines, and other applications of the exchange."""

import sys
from pathlib import Path

import pytest
from twilio.rest import Client

from ivr.errors import ScriptError
from ivr.harness import (
    Answers,
    Busy,
    Exchange,
    FarEnd,
    Floor,
    NoAnswer,
    NothingHappens,
    NotInService,
    Rejects,
    Runs,
    Voicemail,
)
from ivr.harness.far_ends import parse_far_end
from ivr.harness.rest.in_process import rest_in_process
from tests.harness.documents import Documents, MakeApp

ANN = "+14155550101"
BRANCH = "+14155550102"
DIAL = f'<Dial action="/done">{ANN}</Dial>'


def test_a_rejected_call_is_busy(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(ANN, Rejects(after=4))
    app = make_app(DIAL, done=lambda params: f"<Say>{params['DialCallStatus']}</Say>")
    call = twilio.call(app, url="/voice")
    assert (call.heard, call.transcript[-1].at > 4) == (("busy",), True)
    call.dialled[0].should_end("busy")


def test_a_voicemail_greets_beeps_and_records_what_is_said_after_the_beep(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(ANN, Voicemail(after=6, greeting="This is Ann."))
    call = twilio.call(make_app(DIAL, done="<Hangup/>"), url="/voice").wait(1)
    call.say("too early")
    call.wait(3).should_play("beep")
    call.say("it is me").say("call me back")
    call.hang_up()
    assert call.heard == ("This is Ann.",)
    assert twilio.messages_left(ANN) == ("it is me call me back",)
    call.dialled[0].should_leave_message("call me back")


def test_words_that_run_into_the_beep_are_recorded_from_there_on(twilio: Exchange) -> None:
    twilio.far_end(ANN, Voicemail(after=1, greeting="One two three four."))
    with rest_in_process(twilio):
        Client(twilio.account_sid, twilio.auth_token).calls.create(
            to=ANN, from_=BRANCH, twiml="<Response><Say>one two three four five six seven</Say></Response>"
        )
    twilio.calls[-1].listen().should_end("completed")
    assert twilio.messages_left(ANN) == ("seven",)


def test_a_message_has_an_end(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(ANN, Voicemail(after=1, greeting="Hi.", longest=10))
    call = twilio.call(make_app(DIAL, done="<Hangup/>"), url="/voice").wait(30)
    assert call.ended


@pytest.mark.parametrize(
    ("far_end", "mode", "answered_by"),
    [
        (Answers(), "Enable", "human"),
        (Answers(), "DetectMessageEnd", "human"),
        (Voicemail(after=5), "Enable", "machine_start"),
        (Voicemail(after=5), "DetectMessageEnd", "machine_end_beep"),
        (Voicemail(after=5, greeting="word " * 200), "DetectMessageEnd", "unknown"),
    ],
)
def test_the_document_waits_for_machine_detection(
    twilio: Exchange, make_app: MakeApp, far_end: FarEnd, mode: str, answered_by: str
) -> None:
    twilio.far_end(ANN, far_end)
    app = make_app("<Say>I am calling about tomorrow.</Say>")
    twilio.serve(app, "https://shop.example.com")
    with rest_in_process(twilio):
        client = Client(twilio.account_sid, twilio.auth_token)
        placed = client.calls.create(to=ANN, from_=BRANCH, url="https://shop.example.com/voice", machine_detection=mode)
        twilio.calls[-1].listen()
        assert client.calls(placed.sid).fetch().answered_by == answered_by
    assert app.params("/voice")["AnsweredBy"] == answered_by
    if answered_by == "machine_end_beep":
        assert twilio.messages_left(ANN) == ("I am calling about tomorrow.",)


@pytest.mark.parametrize(("beside", "told"), [(True, ["/voice", "/amd"]), (False, ["/voice"])])
def test_the_result_is_told_to_the_callback_or_with_the_document(
    twilio: Exchange, make_app: MakeApp, beside: bool, told: list[str]
) -> None:
    app = make_app("<Pause length='9'/>", amd="")
    twilio.serve(app, "https://shop.example.com")
    with rest_in_process(twilio):
        Client(twilio.account_sid, twilio.auth_token).calls.create(
            to=ANN,
            from_=BRANCH,
            url="https://shop.example.com/voice",
            machine_detection="Enable",
            async_amd="true" if beside else "false",
            async_amd_status_callback="https://shop.example.com/amd",
            async_amd_status_callback_method="GET",
        )
        twilio.run_on()
    assert app.paths == told
    assert ("AnsweredBy" in app.params("/voice")) is not beside
    assert ("GET" in [method for method, _, _ in app.asked]) is beside


def test_detection_beside_the_call_is_told_to_its_callback(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end(ANN, Voicemail(after=1, greeting="This is Ann."))
    number = f'<Number machineDetection="DetectMessageEnd" amdStatusCallback="/amd">{ANN}</Number>'
    app = make_app(f"<Dial>{number}</Dial>", amd="")
    twilio.call(app, url="/voice").wait(10)
    told = app.params("/amd")
    assert (told["AnsweredBy"], told["MachineDetectionDuration"]) == ("machine_end_beep", "2000")
    assert told["CallSid"] == twilio.calls[-1].sid


def test_detection_that_nobody_is_told_of(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(f'<Dial><Number machineDetection="Enable">{ANN}</Number></Dial>')
    twilio.call(app, url="/voice").should_warn(21262)


@pytest.fixture
def branch(twilio: Exchange, make_app: MakeApp) -> Documents:
    """Another application, at a number of its own."""
    app = make_app(
        '<Gather numDigits="1" action="/menu"><Say>Branch. Press 1 for opening hours.</Say></Gather>',
        menu=lambda params: f"<Say>You pressed {params['Digits']}. We open at nine.</Say>",
        ended="",
    )
    twilio.number(BRANCH, app, url="/voice", status_callback="/ended", public_url="https://branch.example.com")
    return app


def test_a_number_can_be_called(twilio: Exchange, branch: Documents) -> None:
    call = twilio.call("(415) 555-0102").press("1")
    assert (call.to, call.just_heard) == (BRANCH, "You pressed 1. We open at nine.")
    assert branch.params("/ended")["CallStatus"] == "completed"


def test_a_dial_to_a_number_is_an_inbound_call_there(twilio: Exchange, make_app: MakeApp, branch: Documents) -> None:
    app = make_app(f'<Dial action="/done" callerId="+12025550100">{BRANCH}</Dial>', done="<Say>And back.</Say>")
    call = twilio.call(app, url="/voice").wait(5).press("1").listen(20)
    assert call.heard == ("Branch. Press 1 for opening hours.", "You pressed 1. We open at nine.", "And back.")
    (dialled,) = call.dialled
    (inbound,) = dialled.dialled
    params = next(params for _, path, params in branch.asked if path == "/voice")
    assert (params["From"], params["To"], params["Direction"]) == ("+12025550100", BRANCH, "inbound")
    assert params["CallSid"] == inbound.sid
    assert dialled.sid not in (inbound.sid, call.sid)
    assert (dialled.status, inbound.status) == ("completed", "completed")
    assert inbound.heard[0] == "Branch. Press 1 for opening hours."


def test_words_reach_an_application_that_was_dialled(twilio: Exchange, make_app: MakeApp) -> None:
    other = make_app(
        '<Gather input="speech" action="/said"/>', said=lambda params: f"<Say>{params['SpeechResult']}</Say>"
    )
    twilio.far_end("sip:desk@example.com", Runs(app=other, url="/voice", public_url="https://desk.example.com"))
    call = twilio.call(make_app("<Dial><Sip>sip:desk@example.com</Sip></Dial>"), url="/voice")
    assert call.wait(1).say("the bill please").wait(10).heard == ("the bill please",)


def test_whoever_is_dialled_hears_the_caller_hang_up(twilio: Exchange, make_app: MakeApp, branch: Documents) -> None:
    call = twilio.call(make_app(f"<Dial>{BRANCH}</Dial>"), url="/voice").wait(2)
    call.hang_up()
    call.dialled[0].dialled[0].listen(1).should_end("completed")


@pytest.mark.parametrize(
    ("document", "status"),
    [('<Reject reason="busy"/>', "busy"), ("<Reject/>", "no-answer"), ("<Hangup/>", "completed")],
)
def test_an_application_may_refuse(twilio: Exchange, make_app: MakeApp, document: str, status: str) -> None:
    twilio.number(BRANCH, make_app(document), url="/voice", public_url="https://branch.example.com")
    app = make_app(
        f'<Dial action="/done">{BRANCH}</Dial>', done=lambda params: f"<Say>{params['DialCallStatus']}</Say>"
    )
    assert twilio.call(app, url="/voice").listen(1).heard == (status,)


def test_numbers_that_dial_one_another_for_ever_are_stopped(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.number(BRANCH, make_app(f"<Dial>{BRANCH}</Dial>"), url="/voice")
    call = twilio.call(BRANCH).wait(60)
    assert call.ended
    assert len(twilio.calls) < 30
    assert any("leads back to itself" in str(each.warnings) for each in twilio.calls)


def test_numbers_are_seen_and_changed_over_rest(twilio: Exchange, make_app: MakeApp, branch: Documents) -> None:
    twilio.serve(make_app("<Say>Under new management.</Say>"), "https://new.example.com")
    with rest_in_process(twilio):
        client = Client(twilio.account_sid, twilio.auth_token)
        (number,) = client.incoming_phone_numbers.list(phone_number=BRANCH)
        assert number.voice_url == "https://branch.example.com/voice"
        number.update(voice_url="https://new.example.com/voice")
        assert twilio.call(BRANCH).heard == ("Under new management.",)
        client.incoming_phone_numbers.create(phone_number=ANN, voice_url="https://branch.example.com/voice")
        assert twilio.call(ANN).heard == ("Branch. Press 1 for opening hours.",)
        application = client.applications.create(voice_url="https://new.example.com/voice")
        client.incoming_phone_numbers.create(phone_number="+14155550103", voice_application_sid=application.sid)
        assert twilio.call("+14155550103").heard == ("Under new management.",)
        number.delete()
    with pytest.raises(
        NothingHappens, match=rf"no application answers at \{BRANCH}; numbers that point at one: \{ANN}"
    ):
        twilio.call(BRANCH)


def test_a_call_placed_over_rest_reaches_an_application(twilio: Exchange, branch: Documents) -> None:
    with rest_in_process(twilio):
        twiml = '<Response><Pause length="5"/><Play digits="1"/><Pause length="9"/></Response>'
        Client(twilio.account_sid, twilio.auth_token).calls.create(to=BRANCH, from_=ANN, twiml=twiml)
    placed = twilio.calls[0].listen()
    assert branch.params("/menu")["Digits"] == "1"
    placed.should_end("completed")


def test_the_fallback_of_a_number(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(lambda params: "<Broken", sorry=lambda params: f"<Say>Sorry: {params['ErrorCode']}</Say>")
    twilio.number(BRANCH, app, url="/voice", method="GET", fallback_url="/sorry", fallback_method="GET")
    assert twilio.call(BRANCH).heard == ("Sorry: 12100",)
    assert [method for method, _, _ in app.asked] == ["GET", "GET"]


def test_applications_of_this_process_are_kept_apart(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.number(ANN, make_app("<Redirect>/voice2</Redirect>", voice2="<Say>Ann</Say>"), url="/voice")
    twilio.number(BRANCH, make_app("<Redirect>/voice2</Redirect>", voice2="<Say>Branch</Say>"), url="/voice")
    assert [twilio.call(number).heard for number in (ANN, BRANCH)] == [("Ann",), ("Branch",)]


@pytest.mark.parametrize(
    ("text", "far_end"),
    [
        ("busy", Busy()),
        ("busy after 3", Busy(after=3)),
        ("rejects after 4.5", Rejects(after=4.5)),
        ("no-answer", NoAnswer()),
        ("no answer", NoAnswer()),
        ("not in service", NotInService()),
        ("answers", Answers()),
        ("answers after 5: say hello; hang up", Answers(after=5, script="say hello; hang up")),
        ("say hello; press 1", Answers(script="say hello; press 1")),
        ("voicemail", Voicemail()),
        ("voicemail after 20: This is Ann.", Voicemail(after=20, greeting="This is Ann.")),
        ("http://127.0.0.1:3001/voice", Runs(app="http://127.0.0.1:3001/voice")),
    ],
)
def test_far_ends_as_text(text: str, far_end: FarEnd) -> None:
    assert parse_far_end(text) == far_end


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("buzy", "no far end.*expected answers, voicemail, busy"),
        ("", "who is at the far end"),
        ("busy: hello", "says nothing"),
        ("no-answer after 3", "rings for ever"),
        ("answers: sing", "not a step"),
    ],
)
def test_wrong_far_ends_as_text(text: str, says: str) -> None:
    with pytest.raises(ScriptError, match=rf"(?s){says}"):
        parse_far_end(text)


def test_a_client_and_an_application_by_its_sid(twilio: Exchange, make_app: MakeApp) -> None:
    twilio.far_end("client:ann", Busy())
    twilio.serve(make_app(lambda params: f"<Say>Order {params['order']}</Say>"), "https://shop.example.com")
    with rest_in_process(twilio):
        client = Client(twilio.account_sid, twilio.auth_token)
        sid = client.applications.create(voice_url="https://shop.example.com/voice").sid
    application = (
        f'<Application><ApplicationSid>{sid}</ApplicationSid><Parameter name="order" value="7"/></Application>'
    )
    app = make_app(f"<Dial><Client>ann</Client></Dial><Dial>{application}</Dial>")
    call = twilio.call(app, url="/voice")
    assert call.floor is Floor.TALK
    assert call.wait(3).heard == ("Order 7",)


def test_who_picks_up_and_declines_did_not_answer(twilio: Exchange, make_app: MakeApp) -> None:
    """https://www.twilio.com/docs/howto/callscreening: another number is tried unless the status is `completed`."""
    dial = f'<Dial action="/done"><Number url="/screen">{ANN}</Number></Dial>'
    app = make_app(dial, screen="<Say>Press a key</Say><Hangup/>", done="<Hangup/>")
    twilio.call(app, url="/voice")
    told = app.params("/done")
    assert (told["DialCallStatus"], told["DialBridged"]) == ("no-answer", "false")


APP = """
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/xml")])
    return [b"<Response><Say>This is the shop</Say></Response>"]


def make():
    return app


text = "no application"
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A module of the current directory."""
    (tmp_path / "shop_of_the_far_ends.py").write_text(APP)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    return "shop_of_the_far_ends"


@pytest.mark.parametrize("name", ["app/voice", "app", "make()/voice"])
def test_an_application_by_its_name(twilio: Exchange, make_app: MakeApp, shop: str, name: str) -> None:
    twilio.far_end("+14155550101", parse_far_end(f"{shop}:{name}"))
    call = twilio.call(make_app("<Dial>+14155550101</Dial>"), url="/voice", listen_for=2)
    assert call.heard == ("This is the shop",)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("nothing/voice", "has no attribute 'nothing'"),
        ("text/voice", "is no WSGI or ASGI application but a str; any other is called by its URL"),
        ("make/voice", r"but a function; what it makes may be one: write \(\) behind its name"),
    ],
)
def test_no_application_of_that_name(shop: str, name: str, problem: str) -> None:
    with pytest.raises(ScriptError, match=problem):
        parse_far_end(f"{shop}:{name}")


@pytest.mark.parametrize(
    ("module", "code", "told"),
    [
        (
            "shop_a",
            "import os\nTOKEN = os.environ['NO_SUCH_TOKEN']",
            r"KeyError: 'NO_SUCH_TOKEN' \(.*shop_a.py, line 2\)",
        ),
        ("shop_b", "raise SystemExit(3)", r"SystemExit: 3 \(.*shop_b.py, line 1\)"),
        ("shop_c", "def app(:", r"invalid syntax \(shop_c.py, line 1\)"),
        ("shop_d", "import nowhere_to_be_found", "No module named 'nowhere_to_be_found'"),
    ],
)
def test_a_module_that_cannot_be_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, code: str, told: str
) -> None:
    (tmp_path / f"{module}.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ScriptError, match=f"'{module}:app' cannot be had: {told}"):
        parse_far_end(f"{module}:app")


def test_no_module_of_that_name() -> None:
    with pytest.raises(ScriptError, match="No module named 'nowhere_to_be_found'"):
        parse_far_end("nowhere_to_be_found:app")

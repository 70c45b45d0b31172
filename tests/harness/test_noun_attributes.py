"""What the attributes of Dial's nouns do: https://www.twilio.com/docs/voice/twiml/number, /client, /sip."""

import pytest

from ivr.harness import Answers, Exchange, Runs, Voicemail
from tests.harness.documents import MakeApp
from tests.harness.proofs import proves

AGENT, BRANCH = "+14155550101", "sip:desk@example.com"
PROGRESS = "initiated ringing answered completed"


@pytest.mark.parametrize(
    "noun",
    [
        pytest.param("<Number {}>+14155550101</Number>", marks=proves("Number", "url", "method"), id="Number"),
        pytest.param("<Client {}>ann</Client>", marks=proves("Client", "url", "method"), id="Client"),
        pytest.param("<Sip {}>sip:ann@example.com</Sip>", marks=proves("Dial/Sip", "url", "method"), id="Sip"),
        pytest.param("<WhatsApp {}>+14155550101</WhatsApp>", marks=proves("WhatsApp", "url", "method"), id="WhatsApp"),
        pytest.param(
            "<Application {}>AP01</Application>", marks=proves("Application", "url", "method"), id="Application"
        ),
    ],
)
def test_whoever_answers_hears_a_document_first(twilio: Exchange, make_app: MakeApp, noun: str) -> None:
    attributes = noun.format('url="/screen" method="GET"')
    app = make_app(f"<Dial>{attributes}</Dial>", screen="<Say>A call for you</Say>")
    call = twilio.call(app, url="/voice")
    assert (call.dialled[0].heard, call.heard) == (("A call for you",), ())
    assert [method for method, path, _ in app.asked if path == "/screen"] == ["GET"]
    assert app.params("/screen")["ParentCallSid"] == call.sid


@pytest.mark.parametrize(
    "noun",
    [
        pytest.param(
            "<Number {}>+14155550101</Number>",
            marks=proves("Number", "statusCallback", "statusCallbackEvent", "statusCallbackMethod"),
            id="Number",
        ),
        pytest.param(
            "<Client {}>ann</Client>",
            marks=proves("Client", "statusCallback", "statusCallbackEvent", "statusCallbackMethod"),
            id="Client",
        ),
        pytest.param(
            "<Sip {}>sip:ann@example.com</Sip>",
            marks=proves("Dial/Sip", "statusCallback", "statusCallbackEvent", "statusCallbackMethod"),
            id="Sip",
        ),
        pytest.param(
            "<WhatsApp {}>+14155550101</WhatsApp>",
            marks=proves("WhatsApp", "statusCallback", "statusCallbackEvent", "statusCallbackMethod"),
            id="WhatsApp",
        ),
        pytest.param(
            "<Application {}>AP01</Application>",
            marks=proves("Application", "statusCallback", "statusCallbackEvent", "statusCallbackMethod"),
            id="Application",
        ),
    ],
)
def test_progress_is_told(twilio: Exchange, make_app: MakeApp, noun: str) -> None:
    callback = f'statusCallback="/told" statusCallbackMethod="GET" statusCallbackEvent="{PROGRESS}"'
    app = make_app(f"<Dial>{noun.format(callback)}</Dial>", told="")
    twilio.call(app, url="/voice").hang_up()
    told = [(method, params["CallStatus"]) for method, path, params in app.asked if path == "/told"]
    assert told == [("GET", "initiated"), ("GET", "ringing"), ("GET", "in-progress"), ("GET", "completed")]


@pytest.mark.parametrize(
    "noun",
    [
        pytest.param(
            "<Number {}>+14155550101</Number>",
            marks=proves("Number", "machineDetection", "amdStatusCallback", "amdStatusCallbackMethod"),
            id="Number",
        ),
        pytest.param(
            "<Sip {}>sip:ann@example.com</Sip>",
            marks=proves("Dial/Sip", "machineDetection", "amdStatusCallback", "amdStatusCallbackMethod"),
            id="Sip",
        ),
    ],
)
def test_a_machine_is_told_of(twilio: Exchange, make_app: MakeApp, noun: str) -> None:
    for address in (AGENT, "sip:ann@example.com"):
        twilio.far_end(address, Voicemail(after=1, greeting="This is Ann. Please leave a message."))
    detection = noun.format('machineDetection="Enable" amdStatusCallback="/amd" amdStatusCallbackMethod="GET"')
    app = make_app(f"<Dial>{detection}</Dial>", amd="")
    twilio.call(app, url="/voice").wait(20)
    assert [(method, params["AnsweredBy"]) for method, path, params in app.asked if path == "/amd"] == [
        ("GET", "machine_start")
    ]


@proves("Application/Parameter", "name", "value")
@proves("Application", "customerId", "copyParentTo")
def test_an_application_is_told_who_sends_the_call(twilio: Exchange, make_app: MakeApp) -> None:
    other = make_app("<Say>Branch</Say>")
    twilio.far_end("AP01", Runs(app=other, url="/voice"))
    inside = '<ApplicationSid>AP01</ApplicationSid><Parameter name="room" value="4"/>'
    attributes = 'customerId="shop" copyParentTo="true"'
    app = make_app(f"<Dial><Application {attributes}>{inside}</Application></Dial>")
    call = twilio.call(app, url="/voice")
    params = other.params("/voice")
    assert (params["room"], params["CustomerId"], params["To"]) == ("4", "shop", call.to)


def test_an_application_is_called_by_its_own_name_unless_told_otherwise(twilio: Exchange, make_app: MakeApp) -> None:
    other = make_app("<Say>Branch</Say>")
    twilio.far_end("AP01", Runs(app=other, url="/voice"))
    twilio.call(make_app("<Dial><Application>AP01</Application></Dial>"), url="/voice")
    assert (other.params("/voice")["To"], other.params("/voice")["CustomerId"]) == ("AP01", twilio.account_sid)


@pytest.mark.parametrize(
    "noun",
    [
        pytest.param("<Sip>sip:desk@example.com?X-Room=4&amp;Subject=hello</Sip>", id="in the address"),
        pytest.param(
            "<Sip><Uri>sip:desk@example.com</Uri><Headers><Header name='X-Room' value='4'/></Headers></Sip>",
            marks=[proves("Headers"), proves("Header", "name", "value")],
            id="as elements",
        ),
    ],
)
def test_headers_reach_what_answers_a_sip_address(twilio: Exchange, make_app: MakeApp, noun: str) -> None:
    desk = make_app("<Say>Desk</Say>")
    twilio.far_end(BRANCH, Runs(app=desk, url="/voice"))
    call = twilio.call(make_app(f"<Dial>{noun}</Dial>"), url="/voice")
    params = desk.params("/voice")
    assert (params["SipHeader_X-Room"], call.dialled[0].to) == ("4", BRANCH)
    assert "SipHeader_Subject" not in params


@proves("Queue", "url", "method")
def test_the_queued_caller_is_told_by_a_get(twilio: Exchange, make_app: MakeApp) -> None:
    agent = '<Dial><Queue url="/about" method="GET">support</Queue></Dial>'
    app = make_app("<Enqueue>support</Enqueue>", agent=agent, about="<Say>Here we are</Say>")
    waiting = twilio.call(app, url="/voice")
    twilio.call(app, url="/agent")
    assert waiting.heard == ("Here we are",)
    assert [method for method, path, _ in app.asked if path == "/about"] == ["GET"]


@pytest.mark.parametrize("far_end", [Answers()], ids=["answers"])
def test_a_sim_is_called_by_its_sid(twilio: Exchange, make_app: MakeApp, far_end: Answers) -> None:
    twilio.far_end("DE01", far_end)
    assert twilio.call(make_app("<Dial><Sim>DE01</Sim></Dial>"), url="/voice").dialled[0].to == "DE01"


@pytest.mark.parametrize(
    ("noun", "far_end", "told"),
    [
        pytest.param(
            '<Number machineDetection="Enable" machineDetectionSpeechThreshold="6000" amdStatusCallback="/amd">'
            "+14155550101</Number>",
            Voicemail(after=1),
            ("machine_start", 6000),
            marks=proves("Number", "machineDetectionSpeechThreshold"),
            id="Number, speech",
        ),
        pytest.param(
            '<Number machineDetection="Enable" machineDetectionSpeechEndThreshold="3000" amdStatusCallback="/amd">'
            "+14155550101</Number>",
            Answers(),
            ("human", 3800),
            marks=proves("Number", "machineDetectionSpeechEndThreshold"),
            id="Number, end of speech",
        ),
        pytest.param(
            '<Number machineDetection="DetectMessageEnd" machineDetectionTimeout="3" amdStatusCallback="/amd">'
            "+14155550101</Number>",
            Voicemail(after=1, greeting="This is Ann. I am out. Please leave a message after the tone."),
            ("unknown", 3000),
            marks=proves("Number", "machineDetectionTimeout"),
            id="Number, timeout",
        ),
        pytest.param(
            '<Sip machineDetection="Enable" machineDetectionSpeechThreshold="6000" amdStatusCallback="/amd">'
            "sip:ann@example.com</Sip>",
            Voicemail(after=1),
            ("machine_start", 6000),
            marks=proves("Dial/Sip", "machineDetectionSpeechThreshold"),
            id="Sip, speech",
        ),
        pytest.param(
            '<Sip machineDetection="Enable" machineDetectionSpeechEndThreshold="3000" amdStatusCallback="/amd">'
            "sip:ann@example.com</Sip>",
            Answers(),
            ("human", 3800),
            marks=proves("Dial/Sip", "machineDetectionSpeechEndThreshold"),
            id="Sip, end of speech",
        ),
        pytest.param(
            '<Sip machineDetection="DetectMessageEnd" machineDetectionTimeout="3" amdStatusCallback="/amd">'
            "sip:ann@example.com</Sip>",
            Voicemail(after=1, greeting="This is Ann. I am out. Please leave a message after the tone."),
            ("unknown", 3000),
            marks=proves("Dial/Sip", "machineDetectionTimeout"),
            id="Sip, timeout",
        ),
        pytest.param(
            '<Number machineDetection="Enable" machineDetectionSilenceTimeout="3000" amdStatusCallback="/amd">'
            "+14155550101</Number>",
            Answers(script="wait 4; say hello"),
            ("unknown", 3000),
            marks=proves("Number", "machineDetectionSilenceTimeout"),
            id="Number, silence",
        ),
        pytest.param(
            '<Number machineDetection="Enable" machineDetectionSilenceTimeout="5000" amdStatusCallback="/amd">'
            "+14155550101</Number>",
            Answers(script="wait 4; say hello"),
            ("human", 6000),
            marks=proves("Number", "machineDetectionSilenceTimeout"),
            id="Number, no such silence",
        ),
        pytest.param(
            '<Sip machineDetection="Enable" machineDetectionSilenceTimeout="3000" amdStatusCallback="/amd">'
            "sip:ann@example.com</Sip>",
            Answers(script="wait 4; say hello"),
            ("unknown", 3000),
            marks=proves("Dial/Sip", "machineDetectionSilenceTimeout"),
            id="Sip, silence",
        ),
        pytest.param(
            '<Sip machineDetection="Enable" machineDetectionSilenceTimeout="5000" amdStatusCallback="/amd">'
            "sip:ann@example.com</Sip>",
            Answers(script="wait 4; say hello"),
            ("human", 6000),
            marks=proves("Dial/Sip", "machineDetectionSilenceTimeout"),
            id="Sip, no such silence",
        ),
    ],
)
def test_when_a_machine_is_known(
    twilio: Exchange, make_app: MakeApp, noun: str, far_end: Answers | Voicemail, told: tuple[str, int]
) -> None:
    for address in (AGENT, "sip:ann@example.com"):
        twilio.far_end(address, far_end)
    app = make_app(f"<Dial>{noun}</Dial>", amd="")
    twilio.call(app, url="/voice").wait(20)
    params = app.params("/amd")
    answered_by, after = told
    assert params["AnsweredBy"] == answered_by
    assert after <= int(params["MachineDetectionDuration"]) <= after + 500


@pytest.mark.parametrize(
    ("second", "called"),
    [("priority='1' weight='1'", 0), ("priority='0' weight='1'", 1), ("priority='1' weight='9'", 1)],
)
@proves("Uri", "priority", "weight")
def test_which_of_several_addresses_is_called(twilio: Exchange, make_app: MakeApp, second: str, called: int) -> None:
    addresses = ("sip:a@example.com", "sip:b@example.com")
    uris = f"<Uri priority='1' weight='5'>{addresses[0]}</Uri><Uri {second}>{addresses[1]}</Uri>"
    call = twilio.call(make_app(f"<Dial><Sip>{uris}</Sip></Dial>"), url="/voice")
    assert call.dialled[0].to == addresses[called]

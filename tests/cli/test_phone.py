"""`ivr phone`, against an application that is served on this machine."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from socket import create_server
from types import ModuleType

import pytest
import requests
from click.testing import CliRunner
from twilio.rest import Client

from ivr.cli import main
from ivr.cli.phone import phone as command
from tests.harness.documents import Documents
from tests.harness.test_url import served

AGENT = "+14155550101"
MENU = '<Gather numDigits="1" action="/menu"><Say>For sales, press 1.</Say></Gather><Say>Nothing heard.</Say>'

Phone = Callable[..., tuple[int, str, str]]


@pytest.fixture
def app() -> Documents:
    return Documents(
        pages={
            "/voice": MENU,
            "/menu": f'<Say>One moment.</Say><Dial action="/after">{AGENT}</Dial>',
            "/after": lambda params: f"<Say>The agent is {params['DialCallStatus']}.</Say>",
            "/told": "",
        }
    )


@pytest.fixture
def url(app: Documents) -> Iterator[str]:
    with served(app) as origin:
        yield f"{origin}/voice"


@pytest.fixture
def phone(capsys: pytest.CaptureFixture[str]) -> Phone:
    """`ivr phone ...`: its exit status, output and errors."""

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["phone", *arguments])
        output, errors = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, output, errors

    return run


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str], str]:
    """The path of a YAML script with this text."""

    def write(text: str) -> str:
        path = tmp_path / "call.yaml"
        path.write_text(text)
        return str(path)

    return write


def test_a_script(phone: Phone, url: str) -> None:
    status, output, _ = phone(url, "--script", "press 1; wait 5; hang up")
    assert status == 0
    assert [line[10:] for line in output.splitlines()] == [
        "      answered",
        "LINE  For sales, press 1.",
        "YOU   press 1",
        "LINE  One moment.",
        f"      dialled {AGENT}",
        "      connected",
        "      completed: the caller hung up, after 11 s",
    ]


def test_the_same_script_gives_the_same_transcript(phone: Phone, url: str) -> None:
    first, second = (phone(url, "--script", "press 1; wait 5", "--trace", "--seed", "7") for _ in range(2))
    assert first == second


def test_numbers_in_what_is_left_of_a_script_are_not_shown(phone: Phone, url: str) -> None:
    _, output, _ = phone(url, "--script", "hang up; press 4111111111111; press 2")
    assert output.splitlines()[-1] == "Not played, because the call had ended: press [number]; press 2"


def test_each_call_has_a_sid_of_its_own(phone: Phone, app: Documents, url: str) -> None:
    first, second = (phone(url, "--script", "press 1; wait 5") for _ in range(2))
    assert first == second
    sids = {params["CallSid"] for _, _, params in app.asked}
    accounts = {params["AccountSid"] for _, _, params in app.asked}
    assert (len(sids), len(accounts)) == (2, 1)


def test_json(phone: Phone, url: str) -> None:
    _, output, _ = phone(url, "--script", "wait", "--json", "--param", "FromState=CA", "--from", "+12025550177")
    told = [json.loads(line) for line in output.splitlines()]
    assert [each["event"] for each in told] == ["requested", "answered", "heard", "heard", "ended"]
    requested, heard, ended = told[0], told[2], told[-1]
    assert (requested["method"], requested["url"], requested["status"]) == ("POST", url, 200)
    assert (requested["params"]["FromState"], requested["params"]["From"]) == ("CA", "+12025550177")
    assert requested["ms"] >= 0
    assert heard["text"] == "For sales, press 1."
    assert (ended["status"], ended["reason"], ended["seconds"]) == ("completed", "the document ended", 9)


def test_json_of_warnings_and_dialled(phone: Phone, app: Documents, url: str) -> None:
    app.pages = {"/voice": f"<Nonsense/><Dial>{AGENT}</Dial>"}
    told = [json.loads(line) for line in phone(url, "--script", "hang up", "--json")[1].splitlines()]
    by_name = {each["event"]: each for each in told}
    assert (by_name["warning"]["code"], by_name["warning"]["line"]) == (12200, 1)
    assert by_name["dialled"]["to"] == AGENT


def test_expectations_and_far_ends(phone: Phone, url: str, script: Callable[[str], str]) -> None:
    text = f'''
far_ends: {{"{AGENT}": busy}}
steps:
  - expect: heard "for sales"
  - press: 1
  - expect: dialled {AGENT}
  - expect: just heard "the agent is busy"
  - expect: requested /after DialCallStatus=busy
  - expect not warned
  - expect: ended completed
'''
    assert phone(url, "--script-file", script(text))[0] == 0


@pytest.mark.parametrize(
    ("far_end", "heard"),
    [
        ("busy", "the agent is busy"),
        ("rejects after 2", "the agent is busy"),
        ("no-answer", "the agent is no-answer"),
        ("not-in-service", "the agent is failed"),
        ("say hello; hang up", "the agent is completed"),
        ("{is: rejects, after: 2}", "the agent is busy"),
        ("{after: 1, script: say hello; hang up}", "the agent is completed"),
        ("{is: no-answer}", "the agent is no-answer"),
    ],
)
def test_far_ends(phone: Phone, url: str, script: Callable[[str], str], far_end: str, heard: str) -> None:
    steps = f'steps:\n  - press 1\n  - wait 60\n  - expect: heard "{heard}"\n'
    path = script(f'far_ends: {{"{AGENT}": {far_end}}}\n{steps}')
    assert phone(url, "--script-file", path)[0] == 0
    if not far_end.startswith("{"):
        assert phone(url, "--script-file", script(steps), "--far-end", f"{AGENT}={far_end}")[0] == 0


def test_a_voicemail_is_left_a_message(phone: Phone, url: str) -> None:
    options = ["--far-end", f"{AGENT}=voicemail after 3: This is Ann.", "--script", "press 1; wait 9; say call me back"]
    _, output, _ = phone(url, *options, "--trace")
    assert "LINE  This is Ann." in output
    assert 'left a message: "call me back"' in output


def test_another_application_is_dialled(phone: Phone, url: str, script: Callable[[str], str]) -> None:
    other = Documents(pages={"/": "<Say>This is the branch.</Say>", "/over": ""})
    with served(other) as origin:
        settings = f'{{url: "{origin}/", method: GET, status_callback: /over}}'
        path = script(f'far_ends: {{"{AGENT}": {settings}}}\nsteps: [press 1, wait 9]\n')
        _, output, _ = phone(url, "--script-file", path, "--trace")
    assert [(method, asked) for method, asked, _ in other.asked] == [("GET", "/"), ("POST", "/over")]
    assert "LINE  This is the branch." in output
    assert [line for line in output.splitlines() if line.startswith(f"[{AGENT} inbound]") and "LINE" in line]


@pytest.mark.parametrize(
    ("far_end", "says"),
    [
        ("{is: buzy}", "'buzy' is no far end, expected one of answers, voicemail, busy"),
        ("{is: no-answer, after: 3}", "after: Extra inputs"),
        ("{is: voicemail, after: -1}", "after: Input should be greater"),
        ("{url: nowhere}", "url: String should match"),
        ("{script: sing}", "not a step"),
        ("[busy]", "a far end is a text such as busy"),
    ],
)
def test_wrong_far_ends(phone: Phone, script: Callable[[str], str], far_end: str, says: str) -> None:
    status, _, errors = phone("http://127.0.0.1:1/", "--script-file", script(f'far_ends: {{"{AGENT}": {far_end}}}\n'))
    assert (status, says in errors) == (2, True), errors


@pytest.mark.parametrize("option", ["busy", "12=busy", f"{AGENT}=buzy"])
def test_wrong_far_end_options(phone: Phone, option: str) -> None:
    status, _, errors = phone("http://127.0.0.1:1/", "--far-end", option, "--script", "wait")
    assert (status, "--far-end" in errors) == (2, True)


def test_a_failed_expectation_stops_the_transcript(phone: Phone, url: str, script: Callable[[str], str]) -> None:
    path = script('steps:\n  - expect: heard "for help"\n  - press 1\n')
    status, output, errors = phone(url, "--script-file", path)
    assert status == 1
    assert output.splitlines()[-1].endswith("LINE  For sales, press 1.")
    assert errors.splitlines() == [f'{path}:2: expected: heard "for help"', 'heard: "For sales, press 1."']


def test_a_failed_expectation_of_a_dialled_leg_shows_that_leg(
    phone: Phone, app: Documents, url: str, script: Callable[[str], str]
) -> None:
    app.pages = {"/voice": f"<Dial><Number url='/whisper'>{AGENT}</Number></Dial>", "/whisper": "<Say>Hush</Say>"}
    path = script(f'steps:\n  - expect: at {AGENT} heard "hush"\n  - expect: at {AGENT} ended\n')
    status, output, errors = phone(url, "--script-file", path)
    assert status == 1
    assert f"The leg to {AGENT}:" in output
    assert output.splitlines()[-2].endswith("LINE  Hush")
    assert errors.splitlines()[0] == f"{path}:3: expected: at {AGENT} ended"


def test_every_problem_of_a_script_with_its_line(phone: Phone, script: Callable[[str], str]) -> None:
    path = script('far_ends: {"12": busy}\nstepz: 1\nsteps:\n  - pres 1\n  - expect: hurd x\n  - press: "1"\n')
    status, _, errors = phone("http://127.0.0.1:1/", "--script-file", path)
    assert status == 2
    assert [line.removeprefix(path)[:3] for line in errors.splitlines()] == [":1:", ":2:", ":4:", ":5:"]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--script", "dance"], id="no such step"),
        pytest.param(["--script", "wait", "--script-file", __file__], id="two scripts"),
        pytest.param(["--param", "FromState"], id="a parameter without a value"),
        pytest.param(["--script", "wait"], id="nothing answers"),
    ],
)
def test_wrong_use(phone: Phone, arguments: list[str]) -> None:
    status, output, errors = phone("http://127.0.0.1:1/voice", *arguments)
    assert (status, output) == (2, "")
    assert errors


def test_options_of_the_call(phone: Phone, app: Documents, url: str) -> None:
    public = "https://ivr.example.com"
    phone(url, "--script", "hang up", "--method", "GET", "--public-url", public, "--status-callback", "/told")
    assert [(method, path) for method, path, _ in app.asked] == [("GET", "/voice"), ("POST", "/told")]
    assert app.environs[0]["HTTP_HOST"] == "ivr.example.com"


def test_a_url_without_a_scheme_is_http(phone: Phone, app: Documents, url: str) -> None:
    phone(url.removeprefix("http://"), "--script", "hang up")
    assert app.paths == ["/voice"]


def test_an_application_without_a_server(phone: Phone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = 'return [b"<Response><Say>Hello</Say></Response>"]'
    app = f"def app(environ, start):\n    start('200 OK', [('Content-Type', 'text/xml')])\n    {answer}\n"
    (tmp_path / "shop_without_a_server.py").write_text(app)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    assert "LINE  Hello" in phone("shop_without_a_server:app/voice", "--script", "wait")[1]


def test_a_call_the_application_placed(phone: Phone, app: Documents, url: str) -> None:
    phone(url, "--script", "hang up", "--direction", "outbound-api")
    params = app.params("/voice")
    assert (params["Direction"], params["CallStatus"]) == ("outbound-api", "in-progress")


def test_the_token_signs(phone: Phone, app: Documents, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    phone(url, "--script", "hang up", "--auth-token", "one", "--seed", "7")
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "one")
    phone(url, "--script", "hang up", "--seed", "7")
    one, same = (environ["HTTP_X_TWILIO_SIGNATURE"] for environ in app.environs)
    assert one == same


def typed(url: str, text: str, *arguments: str) -> str:
    return CliRunner().invoke(command, [url, *arguments], input=text).stdout


def test_typed(url: str) -> None:
    output = typed(url, "?\n1\nhello\nhang up\n")
    assert '> <Gather action="/menu" numDigits="1"><Say>For sales, press 1.</Say></Gather>' in output
    assert "Gather listens for keys, 1 at most, # ends them; after 5 s of silence the next verb." in output
    assert "YOU   press 1" in output
    assert "YOU   say hello" in output
    assert output.endswith("the caller hung up, after 6 s\n")


def test_silence_typed(url: str) -> None:
    assert "LINE  Nothing heard." in typed(url, "\n")


def test_the_end_of_input_hangs_up(url: str) -> None:
    assert "the caller hung up" in typed(url, "")


def test_real_time_ends_with_the_input(url: str) -> None:
    assert "the caller hung up" in typed(url, "", "--real-time")


def test_rest_from_inside_a_webhook(phone: Phone, app: Documents, url: str) -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    def voice(params: Mapping[str, str]) -> str:
        path = f"/2010-04-01/Accounts/{params['AccountSid']}/Calls/{params['CallSid']}.json"
        call = requests.get(f"http://127.0.0.1:{port}{path}", auth=(params["AccountSid"], "secret"), timeout=5).json()
        return f"<Say>You call from {call['from']}</Say>"

    app.pages = {"/voice": voice}
    options = ["--rest-port", str(port), "--account-sid", f"AC{7:032}", "--auth-token", "secret"]
    status, output, _ = phone(url, "--script", "hang up", *options)
    assert status == 0
    assert "LINE  You call from +12025550101" in output


def test_a_port_that_is_taken(phone: Phone, url: str) -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status, _, errors = phone(url, "--rest-port", port, "--script", "hang up")
    assert (status, errors) == (2, f"REST cannot be served on 127.0.0.1 port {port}: Address already in use\n")


def test_a_call_that_rest_placed_is_told_of(phone: Phone, app: Documents, url: str) -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    def voice(params: Mapping[str, str]) -> str:
        path = f"/2010-04-01/Accounts/{params['AccountSid']}/Calls.json"
        wanted = {"To": AGENT, "From": params["To"], "Url": url.replace("/voice", "/nowhere")}
        auth = (params["AccountSid"], "secret")
        requests.post(f"http://127.0.0.1:{port}{path}", data=wanted, auth=auth, timeout=5).raise_for_status()
        return "<Pause length='20'/>"

    app.pages = {"/voice": voice}
    options = ["--rest-port", str(port), "--account-sid", f"AC{7:032}", "--auth-token", "secret", "--script", "wait 9"]
    _, output, _ = phone(url, *options)
    told = [line.partition("]")[2][11:] for line in output.splitlines() if line.startswith(f"[{AGENT}]")]
    assert told[:2] == [f"      placed over REST, from +12025550100 to {AGENT}", "      answered"]
    assert told[2].startswith("!     11200")  # what went wrong elsewhere is told without --trace
    assert told[3:] == ["      completed: <Hangup>, after 5 s"]
    _, output, _ = phone(url, *options, "--trace")
    assert f"[{AGENT}]   0:02.0  LINE  We are sorry, an application error has occurred." in output


def test_what_has_no_effect_is_told_with_trace(phone: Phone, app: Documents, url: str) -> None:
    app.pages = {"/voice": "<Say voice='Polly.Joanna' tone='warm'>Hello</Say>"}
    _, output, _ = phone(url, "--script", "wait 5")
    assert ("no effect" in output, "12200, line 1: <Say> has no attribute tone" in output) == (False, True)
    _, output, _ = phone(url, "--script", "wait 5", "--trace")
    assert "no effect here: <Say voice>, line 1" in output
    _, output, _ = phone(url, "--script", "wait 5", "--json")
    assert '"event": "no-effect"' in output


def test_calls_that_rest_placed_go_on_when_the_callers_is_over(
    phone: Phone, script: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def voice(params: Mapping[str, str]) -> str:
        twiml = "<Response><Pause length='30'/><Say>The meeting is at noon</Say></Response>"
        Client(params["AccountSid"], "secret").calls.create(to=AGENT, from_=params["To"], twiml=twiml)
        return "<Say>It is sent</Say>"

    module = ModuleType("shop_that_broadcasts")
    module.__dict__["app"] = Documents(pages={"/voice": voice})
    monkeypatch.setitem(sys.modules, "shop_that_broadcasts", module)
    steps = f"""steps:
      - expect: ended
      - expect: at {AGENT} heard "the meeting is at noon"
      - expect: at {AGENT} ended completed
    """
    asked = ["shop_that_broadcasts:app/voice", "--auth-token", "secret", "--script-file"]
    assert phone(*asked, script(steps))[0] == 0
    status, output, errors = phone(*asked, script(f"steps:\n  - expect: at {AGENT} heard x\n"))
    assert (status, "The meeting is at noon" in output) == (1, True)
    assert f"expected: at {AGENT} heard" in errors


def test_an_application_in_this_process_reaches_no_other_rest(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    def voice(params: Mapping[str, str]) -> str:
        call = Client(params["AccountSid"], "secret").calls(params["CallSid"]).fetch()
        return f"<Say>Your call is {call.status} and {call.direction}</Say>"

    module = ModuleType("shop_with_rest")
    module.__dict__["app"] = Documents(pages={"/voice": voice})
    monkeypatch.setitem(sys.modules, "shop_with_rest", module)
    options = ["--auth-token", "secret", "--script", "hang up"]
    status, output, _ = phone("shop_with_rest:app/voice", *options)
    assert status == 0
    assert "LINE  Your call is ringing and inbound" in output

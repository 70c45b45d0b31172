"""Signed webhook turns a second in-process, beside a bare Flask view that returns constant TwiML."""

from collections.abc import Callable

from flask import Flask, Response
from twilio.request_validator import RequestValidator

from benchmarks.timing import medians
from webhooks import Settings, create_app
from webhooks.rates import Rates
from webhooks.settings import Credentials, Limits

__all__ = ["run"]

UNLIMITED = Limits(rates=Rates(calls_per_caller=None))
PUBLIC_URL = "https://ivr.example.com"
SID, TOKEN = "AC" + "0" * 32, "token"


def run() -> None:
    """Prints CPU milliseconds a request, requests a second, and the ratio to the bare view."""
    took = medians({"bare Flask view": bare(), "signed turn": signed_turns()}, rounds=15, repeats=100)
    for name, milliseconds in took.items():
        ratio = took["bare Flask view"] / milliseconds
        print(f"{name:<16} {milliseconds:.3f} ms  {1000 / milliseconds:7.0f} a second  {ratio:.2f} of the bare view")


def bare() -> Callable[[], None]:
    """A request to a view that does nothing."""
    app = Flask("bare")

    @app.post("/voice")
    def voice() -> Response:
        return Response("<Response><Hangup/></Response>", mimetype="text/xml")

    client = app.test_client()

    def one() -> None:
        assert client.post("/voice", data={"CallSid": "CA1", "Digits": "1"}).status_code == 200

    return one


def signed_turns() -> Callable[[], None]:
    """One turn after another of a caller who has the prompt repeated; a new call every twenty turns."""
    settings = Settings(
        public_url=PUBLIC_URL, credentials=Credentials(account_sid=SID, auth_token=TOKEN), seed=1, limits=UNLIMITED
    )
    client, validator = create_app(settings).test_client(), RequestValidator(TOKEN)
    calls, turns = 0, 0

    def post(path: str, **fields: str) -> None:
        form = {"AccountSid": SID, "CallSid": f"CA{calls:032x}", "From": "+12125550101", "To": "+18005282122"}
        form |= {"CallStatus": "in-progress", "Direction": "inbound", "ApiVersion": "2010-04-01", **fields}
        signature = validator.compute_signature(PUBLIC_URL + path, form)
        answer = client.post(path, data=form, headers={"X-Twilio-Signature": signature})
        assert answer.status_code == 200
        assert b"<Gather" in answer.data

    def one() -> None:
        nonlocal calls, turns
        if turns == 0:
            calls += 1
            post("/voice/incoming")
        else:
            post(f"/voice/turn/{turns - 1}", Digits="*")
        turns = (turns + 1) % 20

    return one

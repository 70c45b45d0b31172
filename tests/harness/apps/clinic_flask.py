"""A clinic on Flask, TwiML by the official library, with signed webhooks, a session and calls placed over REST."""

from flask import Flask, Response, abort, request, session, url_for
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

NURSE = "+14155550101"


def create_app(account_sid: str, auth_token: str) -> Flask:
    """The clinic of one Twilio account."""
    app = Flask(__name__)
    app.secret_key = "for practice"

    @app.before_request
    def only_twilio() -> None:
        signature = request.headers.get("X-Twilio-Signature", "")
        if not RequestValidator(auth_token).validate(request.url, request.form, signature):
            abort(403)

    @app.post("/voice")
    def voice() -> Response:
        answer = VoiceResponse()
        gather = Gather(num_digits=1, action=url_for("menu"), timeout=3)
        gather.say("For the nurse, press 1. To be called back, press 2. To leave a message, press 3.")
        answer.append(gather)
        answer.redirect(url_for("voice"))
        return twiml(answer)

    @app.post("/menu")
    def menu() -> Response:
        answer = VoiceResponse()
        session["choice"] = request.form["Digits"]
        match request.form["Digits"]:
            case "1":
                dial = Dial(action=url_for("after"), caller_id=request.form["To"], timeout=20)
                dial.number(NURSE)
                answer.append(dial)
            case "2":
                client = Client(account_sid, auth_token)
                client.calls.create(
                    to=request.form["From"], from_=request.form["To"], url=url_for("call_back", _external=True)
                )
                answer.say("We call you back.")
            case "3":
                answer.record(action=url_for("after"), max_length=60)
            case _:
                answer.redirect(url_for("voice"))
        return twiml(answer)

    @app.post("/after")
    def after() -> Response:
        answer = VoiceResponse()
        how = request.form.get("DialCallStatus") or f"{request.form['RecordingDuration']} seconds"
        answer.say(f"You chose {session['choice']}: {how}.")
        return twiml(answer)

    @app.post("/call-back")
    def call_back() -> Response:
        answer = VoiceResponse()
        answer.say("This is the clinic, calling you back.")
        return twiml(answer)

    return app


def twiml(answer: VoiceResponse) -> Response:
    return Response(str(answer), mimetype="text/xml")

"""Appointment reminders on Flask: calls placed over REST, with machines detected, and each answer texted.

Somebody who answers confirms or is put through; a machine gets the whole reminder after its beep.
"""

from flask import Flask, Response, request, url_for
from twilio.rest import Client
from twilio.twiml.voice_response import VoiceResponse

CLINIC = "+12025550100"


def create_app(client: Client) -> Flask:
    app = Flask(__name__)
    app.config["STATUS"] = {}

    @app.post("/remind")
    def remind() -> dict[str, str]:
        call = client.calls.create(
            to=request.form["patient"],
            from_=CLINIC,
            url=url_for("reminder", when=request.form["when"], _external=True),
            machine_detection="DetectMessageEnd",
            status_callback=url_for("status", _external=True),
            status_callback_event=["initiated", "ringing", "answered", "completed"],
        )
        return {"call": str(call.sid)}

    @app.post("/reminder")
    def reminder() -> Response:
        when = request.args["when"]
        answer = VoiceResponse()
        if request.form["AnsweredBy"].startswith("machine"):
            answer.say(f"This is a reminder of your appointment on {when}. Call us to change it.")
            answer.hangup()
            return twiml(answer)
        gather = answer.gather(num_digits=1, timeout=4, action=url_for("choice", when=when), method="POST")
        gather.say(f"You have an appointment on {when}. Press 1 to confirm, 2 to talk to us.")
        answer.say("We will try again later.")
        return twiml(answer)

    @app.post("/choice")
    def choice() -> Response:
        answer = VoiceResponse()
        if request.form["Digits"] == "1":
            client.messages.create(to=request.form["To"], from_=CLINIC, body=f"See you on {request.args['when']}.")
            answer.say("Thank you. See you then.")
        else:
            answer.dial("+14155550310", caller_id=CLINIC)
        return twiml(answer)

    @app.post("/status")
    def status() -> tuple[str, int]:
        app.config["STATUS"].setdefault(request.form["CallSid"], []).append(request.form["CallStatus"])
        return "", 204

    return app


def twiml(answer: VoiceResponse) -> Response:
    return Response(str(answer), mimetype="application/xml")

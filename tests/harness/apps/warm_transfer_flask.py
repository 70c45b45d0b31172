"""A warm transfer on Flask: caller and agent meet in a conference; with * the agent steps out and brings in another.

Everything is done over REST from inside the webhooks: the agent is called, the caller held, the colleague added.
"""

from flask import Flask, Response, request, url_for
from twilio.rest import Client
from twilio.twiml.voice_response import Dial, VoiceResponse

AGENT, COLLEAGUE, LINE = "+14155550601", "+14155550602", "+12025550100"


def create_app(client: Client) -> Flask:
    app = Flask(__name__)

    def caller_of(room: str) -> tuple[str, str]:
        (conference,) = client.conferences.list(friendly_name=room, status="in-progress")
        return str(conference.sid), room  # the room is named after the caller's call

    @app.post("/inbound")
    def inbound() -> Response:
        room = request.form["CallSid"]
        client.calls.create(to=AGENT, from_=LINE, url=url_for("agent", room=room, _external=True))
        answer = VoiceResponse()
        dial = Dial()
        dial.conference(room, start_conference_on_enter=False, end_conference_on_exit=True, wait_url=url_for("wait"))
        answer.append(dial)
        return twiml(answer)

    @app.post("/wait")
    def wait() -> Response:
        answer = VoiceResponse()
        answer.say("An agent will be with you.")
        answer.play("/music.mp3")
        return twiml(answer)

    @app.get("/music.mp3")
    def music() -> Response:
        return Response(b"ID3", mimetype="audio/mpeg")

    @app.post("/agent")
    def agent() -> Response:
        answer = VoiceResponse()
        dial = Dial(hangup_on_star=True, action=url_for("stepped_out", room=request.args["room"]))
        dial.conference(request.args["room"])
        answer.append(dial)
        return twiml(answer)

    @app.post("/stepped-out")
    def stepped_out() -> Response:
        conference, caller = caller_of(request.args["room"])
        held = client.conferences(conference).participants(caller)
        held.update(hold=True, hold_url=url_for("wait", _external=True))
        answer = VoiceResponse()
        gather = answer.gather(num_digits=1, action=url_for("choice", room=request.args["room"]))
        gather.say("Press 1 for a colleague, 2 to go back.")
        return twiml(answer)

    @app.post("/choice")
    def choice() -> Response:
        conference, caller = caller_of(request.args["room"])
        answer = VoiceResponse()
        if request.form["Digits"] == "1":
            client.conferences(conference).participants.create(to=COLLEAGUE, from_=LINE, label="colleague")
            answer.say("Thank you.")
        else:
            answer.redirect(url_for("agent", room=request.args["room"]))
        client.conferences(conference).participants(caller).update(hold=False)
        return twiml(answer)

    return app


def twiml(answer: VoiceResponse) -> Response:
    return Response(str(answer), mimetype="text/xml")

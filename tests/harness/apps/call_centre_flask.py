"""A call centre on Flask: callers wait in a queue, agents take them, a supervisor moves them; one number for all.

Callers hear their place while they wait and may leave for a call back; an agent who dials in takes the next of them.
"""

from flask import Flask, Response, request, url_for
from twilio.rest import Client
from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

AGENTS = {"+14155550301", "+14155550302"}
QUEUE = "support"


def create_app(client: Client) -> Flask:  # noqa: C901 - as people write them: every route inside
    app = Flask(__name__)
    app.config["CALL_BACKS"] = []

    @app.route("/voice", methods=["GET", "POST"])
    def voice() -> Response:
        answer = VoiceResponse()
        if request.values["From"] in AGENTS:
            answer.say("Connecting you to the next caller.")
            dial = Dial(action=url_for("agent_done"), timeout=60)
            dial.queue(QUEUE, url=url_for("before_connect"))
            answer.append(dial)
            return twiml(answer)
        answer.say("All our agents are busy.")
        answer.enqueue(QUEUE, wait_url=url_for("wait"), wait_url_method="GET", action=url_for("after_queue"))
        return twiml(answer)

    @app.get("/wait")
    def wait() -> Response:
        answer = VoiceResponse()
        gather = Gather(num_digits=1, action=url_for("leave"), timeout=1)
        gather.say(f"You are number {request.args['QueuePosition']}. Press 1 to be called back.")
        answer.append(gather)
        answer.play("/static/music.mp3")
        return twiml(answer)

    @app.post("/leave")
    def leave() -> Response:
        answer = VoiceResponse()
        if request.form["Digits"] == "1":
            app.config["CALL_BACKS"].append(request.form["From"])
            answer.leave()
        return twiml(answer)

    @app.post("/after-queue")
    def after_queue() -> Response:
        answer = VoiceResponse()
        match request.form["QueueResult"]:
            case "leave":
                answer.say("We will call you back.")
            case "bridged":
                answer.say(f"You waited {request.form['QueueTime']} seconds. Goodbye.")
        return twiml(answer)

    @app.post("/before-connect")
    def before_connect() -> Response:
        answer = VoiceResponse()
        answer.say("An agent is here.")
        return twiml(answer)

    @app.post("/agent-done")
    def agent_done() -> Response:
        answer = VoiceResponse()
        if request.form["DialCallStatus"] == "completed":
            answer.redirect(url_for("voice"))
        else:
            answer.say("Nobody is waiting.")
        return twiml(answer)

    @app.get("/supervisor")
    def supervisor() -> dict[str, int]:
        return {queue.friendly_name: queue.current_size for queue in client.queues.list()}

    @app.post("/supervisor/<call_sid>")
    def move(call_sid: str) -> tuple[str, int]:
        (queue,) = client.queues.list()
        client.queues(queue.sid).members(call_sid).update(url=url_for("moved", _external=True), method="GET")
        return "", 204

    @app.get("/moved")
    def moved() -> Response:
        answer = VoiceResponse()
        answer.say("A supervisor will talk to you.")
        answer.dial("+14155550309")
        return twiml(answer)

    return app


def twiml(answer: VoiceResponse) -> Response:
    return Response(str(answer), mimetype="text/xml")

"""Call tracking on Flask: each advertisement has a number; who dials it is put through, and the lead is kept.

Numbers are bought and pointed here over REST. The shop hears where the lead comes from before the two are connected.
"""

from flask import Flask, Response, request, url_for
from twilio.rest import Client
from twilio.twiml.voice_response import Dial, VoiceResponse

SHOP = "+14155550320"


def create_app(client: Client) -> Flask:
    app = Flask(__name__)
    app.config.update(SOURCES={}, LEADS=[])

    @app.post("/sources")
    def add_source() -> dict[str, str]:
        number = client.incoming_phone_numbers.create(
            phone_number=request.form["number"],
            friendly_name=request.form["name"],
            voice_url=url_for("forward", _external=True),
            voice_fallback_url=url_for("sorry", _external=True),
            status_callback=url_for("over", _external=True),
        )
        app.config["SOURCES"][number.phone_number] = request.form["name"]
        return {"sid": str(number.sid)}

    @app.post("/forward")
    def forward() -> Response:
        source = app.config["SOURCES"][request.form["To"]]
        app.config["LEADS"].append({"from": request.form["From"], "source": source})
        answer = VoiceResponse()
        dial = Dial(record="record-from-answer", answer_on_bridge=True, recording_status_callback=url_for("recorded"))
        dial.number(SHOP, url=url_for("whisper", source=source), method="GET")
        answer.append(dial)
        return Response(str(answer))

    @app.get("/whisper")
    def whisper() -> Response:
        answer = VoiceResponse()
        answer.say(f"A call from {request.args['source']}.")
        return Response(str(answer))

    @app.post("/recorded")
    def recorded() -> tuple[str, int]:
        app.config["LEADS"][-1]["recording"] = request.form["RecordingUrl"]
        return "", 204

    @app.post("/over")
    def over() -> tuple[str, int]:
        app.config["LEADS"][-1]["seconds"] = request.form["CallDuration"]
        return "", 204

    @app.post("/sorry")
    def sorry() -> Response:
        answer = VoiceResponse()
        answer.say(f"Sorry, error {request.form['ErrorCode']}. We call you back.")
        return Response(str(answer))

    return app

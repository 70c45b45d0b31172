"""A line that connects people with their two representatives, by the state they call from: Werkzeug and a URL map.

Answers of plain 302 redirects, the caller's state from CallerState, and a desk that joins the caller in a conference.
"""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from twilio.rest import Client
from twilio.twiml.voice_response import Dial, Gather, VoiceResponse
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

OFFICES = {"CA": ("+14155550161", "+14155550162"), "NY": ("+12125550161", "+12125550162")}
DESK, LINE = "+12025550163", "+12025550100"
MUSIC = "http://twimlets.com/holdmusic?Bucket=com.twilio.music.guitars"


class Constituents:
    """The application; `recorded` is what its recordings' callback was told."""

    def __init__(self, client: Client, address: str) -> None:
        self.client = client
        self.address = address
        self.recorded: list[dict[str, str]] = []
        self.urls = Map(
            [
                Rule("/welcome", endpoint=self.welcome),
                Rule("/confirmed", endpoint=self.confirmed),
                Rule("/office/<state>/<int:number>", endpoint=self.office),
                Rule("/desk", endpoint=self.desk),
                Rule("/room/<name>", endpoint=self.room),
                Rule("/recorded", endpoint=self.keep),
            ]
        )

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        try:
            endpoint, values = self.urls.bind_to_environ(environ).match()
            answer = endpoint(request, **values)
        except HTTPException as problem:
            answer = problem.get_response(environ)
        if isinstance(answer, VoiceResponse):
            answer = Response(str(answer))
        return answer(environ, start_response)

    def welcome(self, request: Request) -> VoiceResponse:
        says = VoiceResponse()
        ask = Gather(num_digits=1, action="confirmed", action_on_empty_result=True)
        ask.say(f"You call from {request.values['FromState']}. If that is right, press 1.")
        says.append(ask)
        return says

    def confirmed(self, request: Request) -> Response:
        if request.form.get("Digits") == "1":
            return redirect(f"/office/{request.form['CallerState']}/0")
        return redirect("/desk", code=307)

    def office(self, request: Request, state: str, number: int) -> VoiceResponse:
        says = VoiceResponse()
        offices = OFFICES[state]
        if number == len(offices):
            says.say("Thank you for calling.")
            return says
        says.say(f"Office {number + 1}.")
        says.dial(offices[number], hangup_on_star=True, action=f"/office/{state}/{number + 1}", method="GET")
        return says

    def desk(self, request: Request) -> VoiceResponse:
        name = request.form["CallSid"]
        self.client.calls.create(to=DESK, from_=LINE, url=f"{self.address}/room/{name}")
        says = VoiceResponse()
        says.append(self._conference(name, start_conference_on_enter=False, wait_url=MUSIC, record="record-from-start"))
        return says

    def room(self, request: Request, name: str) -> VoiceResponse:
        says = VoiceResponse()
        says.append(self._conference(name, end_conference_on_exit=True, wait_url=""))
        return says

    def _conference(self, name: str, **options: object) -> Dial:
        dial = Dial()
        dial.conference(name, recording_status_callback="/recorded", **options)
        return dial

    def keep(self, request: Request) -> Response:
        self.recorded.append(request.form.to_dict())
        return Response(status=204)

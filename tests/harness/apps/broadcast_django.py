"""Rapid response on Django, in class-based views: a recorded message is called out to everybody, who may then meet.

The members are told by calls over REST, each of which leads to the conference; the recordings are listed over REST.
"""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views import View
from twilio.rest import Client
from twilio.twiml.voice_response import Dial, VoiceResponse

settings.configure(
    ALLOWED_HOSTS=["localhost"],
    MIDDLEWARE=[
        "django.middleware.common.CommonMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
    ],
    ROOT_URLCONF=__name__,
    SECRET_KEY="for practice, as long as Django asks for",
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
)
django.setup()

MEMBERS = ("+14155550121", "+14155550122", "+14155550123")
MUSIC = "http://twimlets.com/holdmusic?Bucket=com.twilio.music.ambient"


def twilio() -> Client:
    return Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])


def xml(answer: VoiceResponse) -> HttpResponse:
    return HttpResponse(str(answer), content_type="application/xml")


class Menu(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        answer = VoiceResponse()
        with answer.gather(num_digits=1, action=reverse("choice"), method="GET") as gather:
            gather.say("Press 1 to tell everybody. Press 2 to lead the conference. Press 3 to count the messages.")
        answer.redirect("")
        return xml(answer)


class Choice(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        answer = VoiceResponse()
        match request.GET["Digits"]:
            case "1":
                answer.say("Speak after the beep, and press star.")
                answer.record(action=reverse("send"), finish_on_key="*", max_length=60, trim="trim-silence")
            case "2":
                answer.redirect(reverse("join", kwargs={"role": "leader"}))
            case "3":
                answer.say(f"There are {len(twilio().recordings.list(limit=20))} messages.")
                answer.redirect(reverse("menu"))
            case _:
                answer.redirect(reverse("menu"))
        return xml(answer)


class Send(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        client, told = twilio(), request.build_absolute_uri(reverse("told"))
        for member in MEMBERS:
            url = f"{told}?recording={request.POST['RecordingUrl']}"
            client.calls.create(to=member, from_=request.POST["To"], url=url, timeout=15)
        request.session["sent"] = request.session.get("sent", 0) + 1
        answer = VoiceResponse()
        answer.say(f"Message {request.session['sent']} goes out to {len(MEMBERS)} people.")
        answer.redirect(reverse("menu"))
        return xml(answer)


class Told(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        answer = VoiceResponse()
        answer.play(request.GET["recording"])
        with answer.gather(num_digits=1, action=reverse("join", kwargs={"role": "member"})) as gather:
            gather.say("Press any key to join the conference.")
        return xml(answer)


class Join(View):
    def post(self, request: HttpRequest, role: str) -> HttpResponse:
        leads = role == "leader"
        answer = VoiceResponse()
        answer.say(f"You join as {role}.")
        dial = Dial()
        dial.conference(
            "Rapid response",
            beep=False,
            end_conference_on_exit=leads,
            muted=not leads,
            start_conference_on_enter=leads,
            wait_url=MUSIC,
        )
        answer.append(dial)
        answer.say("The conference is over.")
        return xml(answer)


urlpatterns = [
    path("menu/", Menu.as_view(), name="menu"),
    path("choice/", Choice.as_view(), name="choice"),
    path("send/", Send.as_view(), name="send"),
    path("told/", Told.as_view(), name="told"),
    path("join/<str:role>/", Join.as_view(), name="join"),
]
app = get_wsgi_application()

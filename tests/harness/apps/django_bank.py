"""A bank on Django, as a program of its own: a PIN kept in a signed-cookie session, and a redirect after each form."""

import os
from collections.abc import Callable
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.urls import path
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Gather, VoiceResponse

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="for practice, as long as Django asks for",
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
)
django.setup()

View = Callable[[HttpRequest], HttpResponse]


def from_twilio(view: View) -> View:
    """Answers what Twilio signed, and nothing else."""

    def checked(request: HttpRequest) -> HttpResponse:
        validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
        signature = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(request.build_absolute_uri(), request.POST.dict(), signature):
            return HttpResponseForbidden()
        return view(request)

    return checked


@from_twilio
def voice(request: HttpRequest) -> HttpResponse:
    answer = VoiceResponse()
    gather = Gather(action="/pin", num_digits=4)
    gather.say("Key in your PIN, then pound.")
    answer.append(gather)
    return HttpResponse(str(answer), content_type="text/xml")


@from_twilio
def pin(request: HttpRequest) -> HttpResponse:
    request.session["pin"] = request.POST["Digits"]
    return HttpResponseRedirect("/menu")


@from_twilio
def menu(request: HttpRequest) -> HttpResponse:
    answer = VoiceResponse()
    gather = Gather(action="/balance", num_digits=1)
    gather.say(f"PIN {request.session['pin']}. Press any key for the balance.")
    answer.append(gather)
    return HttpResponse(str(answer), content_type="text/xml")


@from_twilio
def balance(request: HttpRequest) -> HttpResponse:
    answer = VoiceResponse()
    answer.say("Twelve dollars.")
    return HttpResponse(str(answer))


urlpatterns = [path(view, act) for view, act in (("voice", voice), ("pin", pin), ("menu", menu), ("balance", balance))]


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, format: str, *args: object) -> None:
        pass


if __name__ == "__main__":
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    print(server.server_port, flush=True)
    server.serve_forever()

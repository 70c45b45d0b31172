"""A courier's line on Django's ASGI side: views that are awaited, and a bare ASGI callable of its own beside them."""

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from twilio.twiml.voice_response import Gather, VoiceResponse

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="for practice", MIDDLEWARE=[])
django.setup()


async def voice(request: HttpRequest) -> HttpResponse:
    answer = VoiceResponse()
    gather = Gather(action="/parcel?lang=en", num_digits=3)
    gather.say("Key in the number of your parcel.")
    answer.append(gather)
    return HttpResponse(str(answer), content_type="text/xml")


async def parcel(request: HttpRequest) -> HttpResponse:
    if request.POST["Digits"] == "000":
        raise LookupError("no such parcel")
    answer = VoiceResponse()
    answer.say(f"Parcel {request.POST['Digits']} is on its way, {request.GET['lang']}.")
    response = HttpResponse(str(answer), content_type="text/xml")
    response.set_cookie("parcel", request.POST["Digits"])
    return response


urlpatterns = [path("voice", voice), path("parcel", parcel)]
app = get_asgi_application()

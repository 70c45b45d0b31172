"""The border: what a request must be before anything is done about it."""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import NoReturn

from flask import Request, abort
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header

from webhooks.fields import Form, read_form
from webhooks.request import VoiceRequest, read_request
from webhooks.settings import Settings
from webhooks.signatures import Signatures
from webhooks.throttling import Throttle

__all__ = ["Border", "Refusal"]

FORM = "application/x-www-form-urlencoded"


class Refusal(StrEnum):
    """Why a request is refused."""

    NO_FORM = "not a form"
    TOO_LARGE = "too large"
    TOO_MANY_FIELDS = "too many fields"
    REPEATED = "a field that is repeated"
    UNSIGNED = "not signed by Twilio"
    UNBELIEVABLE = "fields that Twilio would not send"
    FOREIGN = "another account"
    TOO_OFTEN = "refused too often"

    @property
    def status(self) -> int:
        """What HTTP calls it."""
        return _STATUS[self]


_STATUS = {
    Refusal.NO_FORM: 400,
    Refusal.TOO_LARGE: 413,
    Refusal.TOO_MANY_FIELDS: 413,
    Refusal.REPEATED: 400,
    Refusal.UNSIGNED: 403,
    Refusal.UNBELIEVABLE: 403,
    Refusal.FOREIGN: 403,
    Refusal.TOO_OFTEN: 429,
}


class Border:
    """Lets Twilio's requests about this account's calls in, and refuses all others with 400, 403, 413 or 429.

    An address that is refused too often is told 429, and no more is said of it: what is signed is let in all the same,
    from whatever address, so that nobody can shut Twilio out. `refused` is told of every refusal.
    """

    def __init__(self, settings: Settings, throttle: Throttle, refused: Callable[[Request, Refusal], None]) -> None:
        self._settings = settings
        self._signatures = Signatures(settings.public_url, settings.credentials)
        self._throttle = throttle
        self._refused = refused

    def admit(self, request: Request) -> VoiceRequest:
        """The request as a value; raises werkzeug's HTTPException for one that is refused."""
        form = self._form(request)
        fields = form.fields
        if self._settings.verify_signatures and not self._is_signed(request, fields):
            self._refuse(request, Refusal.UNSIGNED)
        if not form.believable:
            self._refuse(request, Refusal.UNBELIEVABLE)
        credentials = self._settings.credentials
        if credentials is not None and fields["AccountSid"] != credentials.account_sid:
            self._refuse(request, Refusal.FOREIGN)
        return read_request(fields)

    def _form(self, request: Request) -> Form:
        """The form, each field once: Twilio repeats none, and its signature would not tell."""
        if _media_type(request.content_type) != FORM:
            self._refuse(request, Refusal.NO_FORM)
        body = self._body(request)
        if body.count(b"&") >= self._settings.limits.fields:
            self._refuse(request, Refusal.TOO_MANY_FIELDS)
        try:
            form = read_form(body)
        except UnicodeDecodeError:
            self._refuse(request, Refusal.NO_FORM)
        if not form.once:
            self._refuse(request, Refusal.REPEATED)
        return form

    def _body(self, request: Request) -> bytes:
        length: str = request.environ.get("CONTENT_LENGTH", "")
        if length.isdecimal() and len(length) < 10 and int(length) <= self._settings.limits.request_bytes:
            body: bytes = request.environ["wsgi.input"].read(int(length))  # Flask's way there is five times as long
            return body
        try:
            return request.get_data()
        except RequestEntityTooLarge:  # than MAX_CONTENT_LENGTH
            self._refuse(request, Refusal.TOO_LARGE)

    def _is_signed(self, request: Request, fields: dict[str, str]) -> bool:
        query = request.environ.get("QUERY_STRING")
        target = f"{request.path}?{query}" if query else request.path
        return self._signatures.cover(target, fields, request.environ)

    def _refuse(self, request: Request, why: Refusal) -> NoReturn:
        """Nothing of the request is told but why it is refused: its values may be anything."""
        if self._throttle.refusal(request.remote_addr or ""):
            why = Refusal.TOO_OFTEN
        self._refused(request, why)
        abort(why.status)


@lru_cache(maxsize=16)
def _media_type(content_type: str | None) -> str:
    return parse_options_header(content_type)[0].lower()

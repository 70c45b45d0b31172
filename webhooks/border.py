"""The border: what a request must be before anything is done about it."""

import logging
from typing import NoReturn

from flask import Request, abort
from twilio.request_validator import SIGNATURE_HEADER, RequestValidator

from webhooks.fields import believable
from webhooks.request import VoiceRequest, read_request
from webhooks.settings import Settings

__all__ = ["Border"]

FORM = "application/x-www-form-urlencoded"

log = logging.getLogger(__name__)


class Border:
    """Lets Twilio's requests about this account's calls in, and refuses all others with 400, 403 or 413.

    Nothing of a refused request is logged but why it was refused: its values may be anything.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        token = settings.credentials.auth_token if settings.credentials else ""
        self._validator = RequestValidator(token)

    def admit(self, request: Request) -> VoiceRequest:
        """The request as a value; raises werkzeug's HTTPException for one that is refused."""
        fields = self._fields(request)
        if self._settings.verify_signatures and not self._is_signed(request, fields):
            self._refuse(request, 403, "not signed by Twilio")
        if not believable(fields):
            self._refuse(request, 403, "fields that Twilio would not send")
        credentials = self._settings.credentials
        if credentials is not None and fields["AccountSid"] != credentials.account_sid:
            self._refuse(request, 403, "another account")
        return read_request(fields)

    def _fields(self, request: Request) -> dict[str, str]:
        """The form, each field once: Twilio repeats none, and its signature would not tell."""
        if request.mimetype != FORM:
            self._refuse(request, 400, "not a form")
        body = request.get_data()  # Flask answers 413 where it is larger than the settings allow
        if body.count(b"&") >= self._settings.limits.fields:
            self._refuse(request, 413, "too many fields")
        if any(len(values) > 1 for _, values in request.form.lists()):
            self._refuse(request, 400, "a field that is repeated")
        return request.form.to_dict()

    def _is_signed(self, request: Request, fields: dict[str, str]) -> bool:
        """Whether Twilio signed this, asked of the official validator.

        The URL is what Twilio was told, never what Host or X-Forwarded-* say. The validator raises on a missing header
        and on characters it cannot encode; whatever makes it raise was not signed by Twilio.
        """
        signature = request.headers.get(SIGNATURE_HEADER, "")
        try:
            url = self._settings.public_url + request.path
            query = request.query_string.decode("ascii")
            return bool(self._validator.validate(f"{url}?{query}" if query else url, fields, signature))
        except Exception:
            return False

    def _refuse(self, request: Request, status: int, why: str) -> NoReturn:
        log.warning("refused a request to %s: %s", request.endpoint, why)
        abort(status)

"""Twilio's signatures, asked of its own library: the Auth Token's, and those of the newer shared keys.

Two Auth Tokens, and any number of shared keys, are good at once, so that a secret can be changed while calls come in.
"""

import hmac
from collections.abc import Mapping

from twilio.request_validator import (
    HMAC_SHA1,
    HMAC_SHA256,
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
)
from werkzeug.datastructures import Headers

from webhooks.credentials import Credentials
from webhooks.public_url import spellings

__all__ = ["Signatures"]

LONGEST = 64
"""Characters of a signature; SHA-256 in base64 has 44."""


class Signatures:
    """Which requests Twilio signed, for an application at `public_url`.

    The URL that is checked is the one Twilio was told, never what Host or X-Forwarded-* say. Twilio signs it with its
    port or without, whichever part of Twilio asks, so both are tried.
    """

    def __init__(self, public_url: str, credentials: Credentials | None) -> None:
        self._urls = spellings(public_url)
        tokens = credentials.tokens if credentials else ()
        self._tokens = tuple(RequestValidator(token) for token in tokens)
        keys = credentials.shared_keys if credentials else {}
        self._shared = {name: RequestValidator(secret) for name, secret in keys.items()}

    def cover(self, target: str, fields: Mapping[str, str], headers: Headers) -> bool:
        """Whether one of the secrets signed these form fields for `target`: a path, with its query if it has one."""
        signature = headers.get(SIGNATURE_HEADER, "")
        if not signature or len(signature) > LONGEST:
            return False
        validators, algorithm = self._secrets(headers.get(SIGNATURE_SETTINGS_HEADER, ""))
        form = _Form(fields)
        try:
            given = signature.encode("ascii")
            return any(
                hmac.compare_digest(validator.compute_signature(url + target, form, algorithm).encode(), given)
                for validator in validators
                for url in self._urls
            )
        except UnicodeError:  # no signature of anything, or of what cannot be sent
            return False

    def _secrets(self, settings: str) -> tuple[tuple[RequestValidator, ...], str]:
        """Who may have signed, and how. The header is not signed itself: it chooses, and proves nothing.

        Its form is `key=<id>,algorithm=HMAC_SHA256`; without it the Auth Token signed, by SHA-1.
        """
        if not settings:
            return self._tokens, HMAC_SHA1
        named = dict(part.strip().partition("=")[::2] for part in settings.split(","))
        key = self._shared.get(named.get("key", ""))
        return ((key,) if key and named.get("algorithm", "").upper() == HMAC_SHA256 else ()), HMAC_SHA256


class _Form(dict[str, str]):
    """Fields as the validator asks for them first, which spares it an exception a field."""

    def getall(self, name: str) -> list[str]:
        """The one value of a name."""
        return [self[name]]

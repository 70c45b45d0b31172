"""Twilio's signatures, asked of its own library: the Auth Token's, and those of the newer shared keys.

Two Auth Tokens, and any number of shared keys, are good at once, so that a secret can be changed while calls come in.
"""

import hmac
from collections.abc import Mapping
from functools import lru_cache
from wsgiref.types import WSGIEnvironment

from twilio.request_validator import (
    HMAC_SHA1,
    HMAC_SHA256,
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
)

from webhooks.credentials import Credentials
from webhooks.public_url import spellings

__all__ = ["Signatures"]

_SIGNATURE, _SETTINGS = (
    f"HTTP_{name.upper().replace('-', '_')}" for name in (SIGNATURE_HEADER, SIGNATURE_SETTINGS_HEADER)
)
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

    def cover(self, target: str, fields: Mapping[str, str], environ: WSGIEnvironment) -> bool:
        """Whether one of the secrets signed these form fields for `target`: a path, with its query if it has one.

        What is signed is the URL with every name and value after it, in the order of the names. The library would join
        them too; but of each it asks first whether it may be there twice, which the border has ruled out.
        """
        signature = environ.get(_SIGNATURE, "")
        if not signature or len(signature) > LONGEST:
            return False
        validators, algorithm = self._secrets(environ.get(_SETTINGS, ""))
        fields_told = "".join([name + fields[name] for name in _in_order(tuple(fields))])
        try:
            given, told = signature.encode("ascii"), f"{target}{fields_told}"
            for validator in validators:
                for url in self._urls:
                    wanted = validator.compute_signature(url + told, {}, algorithm)
                    if hmac.compare_digest(wanted.encode(), given):
                        return True
        except UnicodeError:  # no signature of anything, or of what cannot be sent
            return False
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


@lru_cache(maxsize=64)
def _in_order(names: tuple[str, ...]) -> list[str]:
    """Twilio sends the same fields again and again."""
    return sorted(names)

"""Twilio's request signature, written from its description alone so that it can prove an application's validator right.

https://www.twilio.com/docs/usage/security: the URL exactly as requested, then for a form every name and value in order
of name, with nothing between; HMAC-SHA1 with the account's auth token, or HMAC-SHA256 with a shared key, which a second
header then names; base64. A GET signs its whole URL and no form.
"""

import hashlib
from binascii import b2a_base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias

from ivr.errors import ScriptError

__all__ = ["SharedKey", "Signer", "parse_shared_key", "sign", "signature_headers"]

INNER, OUTER = 0x36, 0x5C  # HMAC's ipad and opad
NO_FORM: Mapping[str, str] = {}

Algorithm: TypeAlias = Literal["sha1", "sha256"]


@dataclass(frozen=True, slots=True)
class SharedKey:
    """A key for webhooks alone, which an application knows by its id: `webhooks_sharedkey_...`."""

    id: str
    secret: str = field(repr=False)


Signer: TypeAlias = str | SharedKey
"""What signs: an auth token, or a shared key."""


def parse_shared_key(text: str) -> SharedKey:
    """`ID=SECRET`, as TWILIO_SHARED_KEY has it; raises ScriptError, which does not repeat the secret."""
    name, _, secret = text.partition("=")
    if not name or not secret:
        raise ScriptError("expected ID=SECRET, such as webhooks_sharedkey_1=...")
    return SharedKey(name, secret)


def signature_headers(signer: Signer, url: str, form: Mapping[str, str] = NO_FORM) -> dict[str, str]:
    """The headers that prove a request to be Twilio's; `form` holds the fields of a POST."""
    match signer:
        case SharedKey(id=key, secret=secret):
            settings = {"X-Twilio-Webhooks-Signature-Settings": f"key={key},algorithm=HMAC_SHA256"}
            return {"X-Twilio-Signature": sign(secret, url, form, algorithm="sha256"), **settings}
        case token:
            return {"X-Twilio-Signature": sign(token, url, form)}


def sign(secret: str, url: str, form: Mapping[str, str] = NO_FORM, *, algorithm: Algorithm = "sha1") -> str:
    """The X-Twilio-Signature."""
    fields = "".join([name + form[name] for name in sorted(form)])
    begun_inner, begun_outer = _keyed(secret, algorithm)
    inner, outer = begun_inner.copy(), begun_outer.copy()
    inner.update((url + fields).encode())
    outer.update(inner.digest())
    return b2a_base64(outer.digest(), newline=False).decode("ascii")


@lru_cache(maxsize=64)
def _keyed(secret: str, algorithm: Algorithm) -> "tuple[hashlib._Hash, hashlib._Hash]":
    """HMAC's two hashes with the key in them, before any message: https://www.rfc-editor.org/rfc/rfc2104#section-4.

    Every request of an account has the same key, and to hash it costs more than to hash the message.
    """
    inner, outer = hashlib.new(algorithm), hashlib.new(algorithm)
    key = secret.encode()
    if len(key) > inner.block_size:
        key = hashlib.new(algorithm, key).digest()
    block = key.ljust(inner.block_size, b"\0")
    inner.update(bytes(byte ^ INNER for byte in block))
    outer.update(bytes(byte ^ OUTER for byte in block))
    return inner, outer

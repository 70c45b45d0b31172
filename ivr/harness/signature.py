"""Twilio's request signature, written from its description alone so that it can prove an application's validator right.

https://www.twilio.com/docs/usage/security: the URL exactly as requested, then for a form every name and value in order
of name, with nothing between; HMAC-SHA1 with the account's auth token; base64. A GET signs its whole URL and no form.
"""

import hmac
from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["sign"]


def sign(token: str, url: str, form: Iterable[tuple[str, str]] = ()) -> str:
    """The X-Twilio-Signature; `form` holds the fields of a POST. Of a name given twice, equal values count once."""
    fields = "".join([name + value for name, value in sorted(set(form))])
    signed = _keyed(token).copy()
    signed.update((url + fields).encode())
    return b64encode(signed.digest()).decode("ascii")


@lru_cache(maxsize=64)
def _keyed(token: str) -> hmac.HMAC:
    """The keyed hash before its message: to key it costs as much as to sign."""
    return hmac.new(token.encode(), digestmod="sha1")

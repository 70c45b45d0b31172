"""Twilio's request signature, written from its description alone so that it can prove an application's validator right.

https://www.twilio.com/docs/usage/security: the URL exactly as requested, then for a form every name and value in order
of name, with nothing between; HMAC-SHA1 with the account's auth token; base64. A GET signs its whole URL and no form.
"""

import hmac
from base64 import b64encode
from collections.abc import Iterable

__all__ = ["sign"]


def sign(token: str, url: str, form: Iterable[tuple[str, str]] = ()) -> str:
    """The X-Twilio-Signature; `form` holds the fields of a POST. Of a name given twice, equal values count once."""
    fields = "".join([name + value for name, value in sorted(set(form))])
    return b64encode(hmac.digest(token.encode(), (url + fields).encode(), "sha1")).decode("ascii")

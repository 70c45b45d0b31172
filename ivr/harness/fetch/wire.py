"""A URL as it goes over the wire: what is not allowed in one written in percent signs, and the login taken out."""

import re
from base64 import b64encode
from functools import lru_cache
from urllib.parse import unquote, urlsplit

__all__ = ["login_of", "on_the_wire", "without_login"]

PLAIN = re.compile(r"[\w.~:/?#\[\]@!$&'()*+,;=-]*", re.ASCII)


@lru_cache(maxsize=256)
def on_the_wire(url: str) -> str:
    """Spaces, quotes and letters beyond ASCII as %20, %22 and UTF-8: what is requested, and so what is signed."""
    if PLAIN.fullmatch(url):
        return url
    # Few URLs need them, and they take a tenth of a second to come.
    from requests.utils import requote_uri
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    try:
        return requote_uri(parse_url(url).url)
    except LocationParseError:
        return url  # which is told of where it is requested


def without_login(url: str) -> str:
    """`https://user:secret@host/` without the user and the secret, as it is requested and noted."""
    if "@" not in url:
        return url
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def login_of(url: str) -> str | None:
    """The Authorization of such a URL, or None for one without."""
    if "@" not in url:
        return None
    user, found, _ = urlsplit(url).netloc.rpartition("@")
    return f"Basic {b64encode(unquote(user).encode()).decode()}" if found else None

"""The cookies of one call: Twilio keeps them as a browser would, and forgets them when the call is over.

The rules are RFC 6265's: which host and path a cookie goes back to, and when it dies. Time is the call's virtual time.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookies import CookieError, Morsel, SimpleCookie
from urllib.parse import urlsplit

from ivr.frozen import frozen
from ivr.harness.fetch.http import origin_of

__all__ = ["CookieJar"]

TRUSTED = frozenset({"localhost", "127.0.0.1", "::1"})
"""Secure cookies go there by http too, as browsers do: https://w3c.github.io/webappsec-secure-contexts/.

An application that is tried on this machine has https where it is at home.
"""


@frozen
class _Cookie:
    name: str
    value: str
    host: str
    any_subdomain: bool
    path: str
    secure: bool
    expires: datetime | None

    def goes_to(self, scheme: str, host: str, path: str, now: datetime) -> bool:
        """Whether it is sent there, then."""
        alive = self.expires is None or self.expires > now
        allowed = scheme == "https" or not self.secure or host in TRUSTED
        at_home = host == self.host or (self.any_subdomain and host.endswith("." + self.host))
        return alive and allowed and at_home and _path_matches(path, self.path)


class CookieJar:
    """One call's cookies, and where it has logged in."""

    __slots__ = ("_cookies", "_logins")

    def __init__(self) -> None:
        self._cookies: dict[tuple[str, str, str], _Cookie] = {}
        self._logins: dict[str, str] = {}

    def log_in(self, url: str, authorization: str) -> None:
        """From now on requests to that origin have this Authorization."""
        self._logins[origin_of(url)] = authorization

    def login(self, url: str) -> str | None:
        """The Authorization for a request, if the call has logged in there."""
        return self._logins.get(origin_of(url)) if self._logins else None

    def __len__(self) -> int:
        return len(self._cookies)

    def header(self, url: str, now: datetime) -> str | None:
        """The Cookie header for a request, or None when no cookie goes there; longer paths come first."""
        parts = urlsplit(url)
        host, path = parts.hostname or "", parts.path or "/"
        sent = [cookie for cookie in self._cookies.values() if cookie.goes_to(parts.scheme, host, path, now)]
        sent.sort(key=lambda cookie: -len(cookie.path))
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in sent) or None

    def keep(self, url: str, set_cookie: str, now: datetime) -> None:
        """Keep what a Set-Cookie header says; one that cannot be read, or is for another host, is left out."""
        try:
            morsels = SimpleCookie(set_cookie)
        except CookieError:
            return
        for morsel in morsels.values():
            cookie = _cookie(morsel, url, now)
            if cookie is not None:
                self._cookies[cookie.host, cookie.path, cookie.name] = cookie


def _cookie(morsel: Morsel[str], url: str, now: datetime) -> _Cookie | None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    domain = morsel["domain"].lstrip(".").lower()
    if domain and host != domain and not host.endswith("." + domain):
        return None
    return _Cookie(
        name=morsel.key,
        value=morsel.coded_value,
        host=domain or host,
        any_subdomain=bool(domain),
        path=morsel["path"] if morsel["path"].startswith("/") else _default_path(parts.path),
        secure=bool(morsel["secure"]),
        expires=_expiry(morsel["max-age"], morsel["expires"], now),
    )


def _expiry(max_age: str, expires: str, now: datetime) -> datetime | None:
    """When it dies; Max-Age goes before Expires, and a date that cannot be read means the end of the call."""
    if max_age.lstrip("-").isdigit():
        return now + timedelta(seconds=min(int(max_age), 10**9))
    try:
        when = parsedate_to_datetime(expires.replace("-", " "))
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _default_path(path: str) -> str:
    """The folder of the page that set it."""
    return path[: path.rfind("/")] or "/" if path.startswith("/") else "/"


def _path_matches(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder if folder.endswith("/") else folder + "/")

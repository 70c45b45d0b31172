"""Which cookie goes where, and until when (RFC 6265)."""

from datetime import UTC, datetime, timedelta

import pytest

from ivr.harness.fetch.cookies import CookieJar
from tests.harness.proofs import rule

NOW = datetime(2026, 1, 5, 15, 0, tzinfo=UTC)
SET_BY = "https://ivr.example.com/calls/voice"


@pytest.mark.parametrize(
    ("cookie", "url", "sent"),
    [
        pytest.param("a=1", "https://ivr.example.com/calls/menu", "a=1", id="the same folder"),
        pytest.param("a=1", "https://ivr.example.com/other", None, id="another folder"),
        pytest.param("a=1; Path=/", "https://ivr.example.com/other", "a=1", id="a path of its own"),
        pytest.param("a=1; Path=/call", "https://ivr.example.com/calls/menu", None, id="a path is whole folders"),
        pytest.param("a=1; Path=/", "https://www.example.com/", None, id="another host"),
        pytest.param("a=1; Path=/; Domain=example.com", "https://www.example.com/", "a=1", id="a domain"),
        pytest.param("a=1; Path=/; Domain=example.org", SET_BY, None, id="a domain it is not in"),
        pytest.param("a=1; Path=/; Secure", "http://ivr.example.com/", None, id="secure"),
        pytest.param('a="x y"; Path=/', "https://ivr.example.com/", 'a="x y"', id="quoted"),
        pytest.param("a=1; Max-Age=0", SET_BY, None, id="deleted"),
        pytest.param("a=1; Expires=Mon, 05 Jan 2026 14:59:59 GMT", SET_BY, None, id="expired"),
        pytest.param("a=1; Expires=Mon, 05-Jan-2026 15:00:01 GMT", SET_BY, "a=1", id="not yet, old style"),
        pytest.param("a=1; Expires=soon", SET_BY, "a=1", id="a date nobody can read"),
    ],
)
@rule("Fetching", "a cookie goes where its host, path, domain, age and Secure let it, as in a browser", "voice/twiml")
def test_cookie(cookie: str, url: str, sent: str | None) -> None:
    jar = CookieJar()
    jar.keep(SET_BY, cookie, NOW)
    assert jar.header(url, NOW) == sent


@pytest.mark.parametrize("host", ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"])
def test_a_secure_one_goes_back_to_this_machine_without_tls(host: str) -> None:
    jar = CookieJar()
    jar.keep(f"http://{host}/", "a=1; Secure", NOW)
    assert jar.header(f"http://{host}/", NOW) == "a=1"


def test_it_dies_in_virtual_time() -> None:
    jar = CookieJar()
    jar.keep(SET_BY, "a=1; Max-Age=60", NOW)
    assert jar.header(SET_BY, NOW + timedelta(seconds=59)) == "a=1"
    assert jar.header(SET_BY, NOW + timedelta(seconds=60)) is None


def test_a_later_one_of_the_same_name_replaces_it_and_longer_paths_come_first() -> None:
    jar = CookieJar()
    for cookie in ("a=1; Path=/", "b=2; Path=/calls", "a=3; Path=/"):
        jar.keep(SET_BY, cookie, NOW)
    assert jar.header(SET_BY, NOW) == "b=2; a=3"

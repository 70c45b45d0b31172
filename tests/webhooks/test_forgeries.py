"""Ten thousand forgeries of a request that was overheard: none is accepted, none breaks anything, nothing changes.

Made from a fixed seed, so that each run tries the same.
"""

import logging
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from flask import Flask
from twilio.request_validator import HMAC_SHA256, RequestValidator

from ivr.flow.centre import ContactCentre
from ivr.harness import AUTH_TOKEN
from ivr.stores.memory import MemoryCalls
from tests.conftest import TUESDAY_MORNING
from tests.webhooks.conftest import PUBLIC_URL, Sender
from tests.webhooks.test_border import FULL
from webhooks import create_app
from webhooks.fields import read_form
from webhooks.request import read_request

FORGERIES = 10_000
PATH = "/voice/turn/0"
LETTERS = "0123456789abcdefABCDEF+*# -"

Forged = tuple[str, dict[str, str], dict[str, str]]
"""Path with its query, fields, headers."""


def overheard(sender: Sender) -> Forged:
    """A request of Twilio's with every usual field, signed for the question the call is at."""
    fields = FULL | sender.fields(SpeechResult="to lost card", Digits="12")
    return PATH, fields, {"X-Twilio-Signature": sender.sign(PATH, fields)}


def altered(chance: random.Random, original: Forged) -> Forged:
    """One value with a character changed, put in or taken out."""
    path, fields, headers = original
    name = chance.choice(sorted(fields))
    value, at = fields[name], chance.randrange(len(fields[name]) + 1)
    changed = value[:at] + chance.choice(LETTERS) + value[at + chance.randrange(2) :]
    return path, {**fields, name: changed if changed != value else value + "1"}, headers


def renamed(chance: random.Random, original: Forged) -> Forged:
    path, fields, headers = original
    name = chance.choice(sorted(fields))
    rest = {each: value for each, value in fields.items() if each != name}
    return path, {**rest, name[:-1] + chance.choice("jqx"): fields[name]}, headers


def dropped(chance: random.Random, original: Forged) -> Forged:
    path, fields, headers = original
    gone = chance.choice([name for name, value in fields.items() if value])
    return path, {name: value for name, value in fields.items() if name != gone}, headers


def added(chance: random.Random, original: Forged) -> Forged:
    path, fields, headers = original
    return path, {**fields, f"Extra{chance.randrange(1000)}": str(chance.random())}, headers


def elsewhere(chance: random.Random, original: Forged) -> Forged:
    """The same request at another turn, on another route, or with a query."""
    _, fields, headers = original
    where = ("/voice/incoming", "/voice/status", "/voice/fallback", f"/voice/turn/{chance.randrange(1, 10**9)}")
    return chance.choice((*where, f"{PATH}?x={chance.randrange(100)}", f"/voice/turn/0{0}")), fields, headers


def other_signature(chance: random.Random, original: Forged) -> Forged:
    """Noise, nothing, the right one cut short or made longer, one of another secret or another algorithm."""
    path, fields, headers = original
    right = headers["X-Twilio-Signature"]
    secret = "".join(chance.choices(LETTERS, k=32))
    signature = chance.choice(
        (
            "".join(chance.choices(LETTERS, k=28)),
            "",
            right[: chance.randrange(28)],
            right + chance.choice("= A"),
            right.swapcase(),
            RequestValidator(secret).compute_signature(PUBLIC_URL + path, fields),
            RequestValidator(AUTH_TOKEN).compute_signature(PUBLIC_URL + path, fields, HMAC_SHA256),
            RequestValidator(AUTH_TOKEN).compute_signature("http://localhost" + path, fields),
            "\xe9" + right[1:],
        )
    )
    settings = chance.choice(({}, {"X-Twilio-Webhooks-Signature-Settings": "key=x,algorithm=HMAC_SHA256"}))
    return path, fields, {"X-Twilio-Signature": signature, **settings}


def spliced(chance: random.Random, original: Forged) -> Forged:
    """What is signed, cut into other names and values: its signature is right."""
    path, fields, headers = original
    signed = "".join(name + fields[name] for name in sorted(fields))
    while True:
        cuts = _cuts(fields)
        for _ in range(chance.randrange(1, 4)):
            cuts = _moved(chance, cuts, len(signed))
        pieces = [signed[start:end] for start, end in pairwise([0, *cuts])]
        again = dict(zip(pieces[::2], pieces[1::2], strict=True))
        if again != fields and "".join(name + again[name] for name in sorted(again)) == signed:
            return path, again, headers


def _moved(chance: random.Random, cuts: list[int], length: int) -> list[int]:
    """A boundary moved by a little, two of them taken away (a field swallowed), or two put in (a field made up)."""
    at = chance.randrange(len(cuts) - 2)
    match chance.randrange(3):
        case 0:
            return sorted([*cuts[:at], min(max(cuts[at] + chance.choice((-2, -1, 1, 2)), 0), length), *cuts[at + 1 :]])
        case 1:
            return [*cuts[:at], *cuts[at + 2 :]]
        case _:
            return sorted([*cuts, *chance.sample(range(length), 2)])


def _cuts(fields: Mapping[str, str]) -> list[int]:
    at, cuts = 0, []
    for name in sorted(fields):
        cuts += [at + len(name), at + len(name) + len(fields[name])]
        at = cuts[-1]
    return cuts


WAYS: tuple[Callable[[random.Random, Forged], Forged], ...] = (
    altered,
    renamed,
    dropped,
    added,
    elsewhere,
    other_signature,
    spliced,
)


def status_of(app: Flask, forged: Forged) -> int:
    """What the application answers, asked without a test client, which would take most of the time."""
    target, fields, headers = forged
    path, _, query = target.partition("?")
    body = urlencode(fields, errors="replace").encode()
    environ: dict[str, object] = {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "ivr.example.com",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "https",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
    }
    answered: list[str] = []
    response = app(environ, lambda status, headers, exc_info=None: answered.append(status))
    for _ in response:
        pass
    return int(answered[0][:3])


@pytest.fixture
def store() -> MemoryCalls:
    return MemoryCalls()


@pytest.fixture
def line(sender: Sender, small: ContactCentre, store: MemoryCalls, caplog: pytest.LogCaptureFixture) -> Flask:
    """A line with a call at its first question, which does not log."""
    caplog.set_level(logging.CRITICAL, "webhooks.app")
    rates = replace(sender.settings.limits.rates, refusals_per_address=None)
    settings = replace(sender.settings, limits=replace(sender.settings.limits, rates=rates))
    sender.app = create_app(settings, centre=small, store=store, clock=lambda: TUESDAY_MORNING)
    assert sender.post("/voice/incoming").status_code == 200
    return sender.app


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_forgery_is_accepted(
    sender: Sender, line: Flask, store: MemoryCalls, way: Callable[[random.Random, Forged], Forged]
) -> None:
    chance, original, before = random.Random(way.__name__), overheard(sender), store.find(sender.call_sid)
    meant = read_request(original[1])
    for _ in range(FORGERIES // len(WAYS) + 1):
        forged = way(chance, original)
        if (
            way is spliced and read_form(urlencode(forged[1]).encode()).believable
        ):  # then it must mean what the original meant
            assert read_request(forged[1]) == meant, forged
            continue
        assert status_of(line, forged) in (400, 403, 413), forged
    assert (len(store), store.find(sender.call_sid)) == (1, before)
    assert status_of(line, original) == 200

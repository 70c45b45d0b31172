"""Fifty planted secrets, through every way in and every error: no file, table, log line, metric or page has one."""

import json
import logging
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from ivr.call.events import Event
from ivr.cli import main
from ivr.flow.centre import ContactCentre
from ivr.flow.nodes import Collect, Menu, Message
from ivr.stores.database import open_database
from ivr.stores.kept import KeptCall
from ivr.stores.migrating import migrate
from ivr.stores.sql import SqlCalls
from tests.webhooks.conftest import Sender
from webhooks import create_app
from webhooks.store import CallStore

SCRAPER = "a token of sixteen or more"
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def made() -> list[str]:
    """Card and social security numbers, none of them on the practice list."""
    chance = random.Random("canary")
    lengths = [16] * 25 + [15] * 15 + [9] * 10
    return ["".join(chance.choices("123456789", k=length)) for length in lengths]


SECRETS = made()
WAYS_TO_SAY: tuple[Callable[[str], str], ...] = (
    lambda secret: secret,
    lambda secret: " ".join(secret),
    lambda secret: " ".join(DIGITS[int(digit)] for digit in secret),
    lambda secret: "it's " + ", um, ".join(secret) + ", thank you",
    lambda secret: "-".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    lambda secret: " ".join(f"double {DIGITS[int(digit)]}" for digit in secret[:4]) + " " + secret,
)


def runs(length: int) -> set[str]:
    """Every run of so many digits that a secret has."""
    return {secret[at : at + length] for secret in SECRETS for at in range(len(secret) - length + 1)}


WRITTEN, SPOKEN = runs(7), runs(5)
VALUES = {word: str(value) for value, word in enumerate(DIGITS)}


MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.]\d{6}")
"""A log line's own time, which may look like anything."""


def found(text: str) -> list[str]:
    """What of a secret is there: seven of its digits in a row, however they are parted, or five of its words.

    Six are the microseconds of a log line's time.
    """
    text = MOMENT.sub("", text)
    written = [*re.findall(r"\d{7,}", text), *re.findall(r"\d{7,}", re.sub(r"(?<=\d)[ ,.-](?=\d)", "", text))]
    words = re.sub(r"[^a-z]+", " ", text.lower())
    spoken = "".join(VALUES.get(word, " ") for word in words.split()).split()
    return [*_within(written, WRITTEN, 7), *_within(spoken, SPOKEN, 5)]


def _within(texts: Iterable[str], pieces: set[str], length: int) -> list[str]:
    every = (text[at : at + length] for text in texts for at in range(len(text) - length + 1))
    return [piece for piece in every if piece in pieces]


class Breaking:
    """A store that fails when it is told to, quoting what it was given, as a database error does."""

    def __init__(self, store: SqlCalls) -> None:
        self.store = store
        self.breaks = False

    def find(self, call_id: str) -> KeptCall | None:
        return self.store.find(call_id)

    def answer(self, call_id: str, turn: int) -> str | None:
        return self.store.answer(call_id, turn)

    def save(self, call: KeptCall, *, answered: int | None, events: Sequence[Event]) -> bool:
        if self.breaks:
            raise OSError(f"cannot write {call} {events} {SECRETS}")
        return self.store.save(call, answered=answered, events=events)

    def events(self, call_id: str) -> Sequence[Event]:
        return self.store.events(call_id)


@dataclass(kw_only=True)
class Planting:
    """A line on SQLite, every answer that it gave, and the secrets to plant, one after the other."""

    sender: Sender
    store: Breaking
    url: str
    secrets: Iterator[str]
    pages: list[str]
    calls: int = 0

    def begin(self) -> None:
        self.calls += 1
        self.sender.call_sid = f"CA{'abcdef'[self.calls % 6] * 28}{self.calls:04d}"
        self.post("/voice/incoming")

    def post(self, path: str, **fields: str) -> None:
        self.keep(self.sender.post(path, **fields))

    def keep(self, answer: TestResponse) -> None:
        self.pages.append(f"{answer.headers}\n{answer.text}")

    def at(self, place: str, line: str, version: str) -> int:
        """Puts the call at a place of a line; its turn."""
        kept = self.store.find(self.sender.call_sid)
        assert kept is not None
        record = {**json.loads(kept.record), "place": place, "line": line, "version": version}
        moved = replace(kept, version=kept.version + 1, record=json.dumps(record))
        assert self.store.save(moved, answered=None, events=())
        return int(record["turn"])


@pytest.fixture
def planting(
    sender: Sender, shipped: ContactCentre, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> Iterator[Planting]:
    caplog.set_level(logging.DEBUG)
    url = f"sqlite:///{tmp_path / 'calls.db'}"
    engine = open_database(url)
    migrate(engine)
    store = Breaking(SqlCalls(engine))
    kept: CallStore = store
    rates = replace(sender.settings.limits.rates, calls_per_caller=None, refusals_per_address=None)
    settings = replace(
        sender.settings, metrics_token=SCRAPER, limits=replace(sender.settings.limits, rates=rates), database=url
    )
    sender.app = create_app(settings, centre=shipped, store=kept, clock=sender.clock)

    def broken() -> str:
        raise ValueError(f"this page cannot show {SECRETS}")

    sender.app.add_url_rule("/broken", view_func=broken)
    yield Planting(sender=sender, store=store, url=url, secrets=cycle(SECRETS), pages=[])
    store.store.close()


def searched(planting: Planting, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What is found in the database's files, its export, the log, the metrics and every page."""
    scraped = planting.sender.app.test_client().get("/metrics", headers={"Authorization": f"Bearer {SCRAPER}"}).text
    with pytest.raises(SystemExit):
        main(["db", "export", "--url", planting.url])
    files = [path for path in Path(planting.url.removeprefix("sqlite:///")).parent.iterdir() if path.is_file()]
    assert any(path.name.endswith("-wal") for path in files)
    sinks = {path.name: path.read_bytes().decode("latin-1") for path in files}
    sinks |= {"metrics": scraped, "export": capsys.readouterr().out, "log": caplog.text}
    sinks |= {f"page {number}": page for number, page in enumerate(planting.pages)}
    assert "began_at" in sinks["export"]
    return [f"{piece} in {name}" for name, text in sinks.items() for piece in found(text)]


def test_at_every_question_of_every_line(
    planting: Planting,
    shipped: ContactCentre,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Keyed whole, a digit a turn, and said in every way."""
    ways = cycle(WAYS_TO_SAY)
    for line, tree in shipped.trees.items():
        for place, node in tree.nodes.items():
            if not isinstance(node, (Collect, Menu, Message)):
                continue
            planting.begin()
            for says in (False, True):
                turn = planting.at(place, line, shipped.versions[line])
                secret = next(planting.secrets)
                fields = {"SpeechResult": next(ways)(secret), "Confidence": "0.9"} if says else {"Digits": secret}
                planting.post(f"/voice/turn/{turn}", **fields)
    planting.begin()
    for turn, digit in enumerate(SECRETS[0]):
        planting.post(f"/voice/turn/{turn}", Digits=digit)
    assert planting.calls > 100
    assert searched(planting, caplog, capsys) == []


ODD = {
    "CallerName": "{}",
    "CardNumber": "{}",
    "SipHeader_X-Card": "{}",
    "ForwardedFrom": "sip:{}@example.com",
    "ErrorUrl": "https://ivr.example.com/voice/turn/0?Digits={}",
    "FromCity": "{}",
    "StirPassportToken": "{}",
    "SpeechResult": "my name is {} and I live at {} Main Street",
}


def test_in_odd_fields_queries_signatures_and_errors(
    planting: Planting, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    client = planting.sender.app.test_client()
    for name, template in ODD.items():
        for secret in SECRETS[::5]:
            planting.begin()
            planting.post("/voice/turn/0", **{name: template.replace("{}", secret)})
    for secret in SECRETS:
        planting.begin()
        planting.post(f"/voice/turn/0?Digits={secret}", Digits=secret)
        planting.post("/voice/fallback", Digits=secret, ErrorCode="11200", SpeechResult=secret)
        planting.keep(planting.sender.forge("/voice/turn/0", {"Digits": secret}, secret))
        for path in (f"/{secret}", f"/voice/turn/{secret}", f"/metrics?token={secret}", f"/healthz?{secret}"):
            planting.keep(client.get(path, headers={"Authorization": f"Bearer {secret}", "User-Agent": secret}))
            planting.keep(client.post(path, data=f"Digits={secret}", headers={"X-Forwarded-For": secret}))
        planting.keep(client.post("/voice/incoming", data=secret, content_type=f"text/{secret}"))
        planting.store.breaks = True
        planting.post("/voice/turn/1", Digits=secret)
        planting.post("/voice/turn/1", SpeechResult=secret)
        planting.post("/voice/fallback", Digits=secret)
        planting.store.breaks = False
    planting.keep(client.get("/broken"))
    assert searched(planting, caplog, capsys) == []


def test_the_search_finds_what_is_there() -> None:
    for says in (WAYS_TO_SAY[0], WAYS_TO_SAY[1], WAYS_TO_SAY[2], WAYS_TO_SAY[4], WAYS_TO_SAY[5]):
        assert found(f"x {says(SECRETS[3])} y"), says(SECRETS[3])
    assert not found("CA0123456789abcdef and 2026-03-03T15:00:00")

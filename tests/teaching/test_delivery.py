"""A learning record store that takes, refuses, is away, and comes back."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests
import responses
from responses import matchers

from ivr.flow.centre import ContactCentre
from ivr.stores.callers import CallerKey
from ivr.stores.opening import open_ready
from ivr.stores.outbox import Outbox
from ivr.stores.teaching import Teaching
from ivr.teaching.delivery import AT_ONCE, FIRST, LONGEST, Courier
from ivr.teaching.record_store import RecordStore
from ivr.training.coach import TrainingCoach
from ivr.training.scoring import load_card
from tests.stores.test_calls import NOW
from tests.teaching.test_statements import HOME, RESULT

URL = "https://lrs.example.com/xapi"
STATEMENTS = f"{URL}/statements"
SECRET = "not to be told"


@dataclass
class Later:
    """A clock that is set forward."""

    now: datetime = NOW
    waits: list[timedelta] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now


@dataclass(kw_only=True)
class Post:
    """A record store to be told, and everything around it."""

    store: responses.RequestsMock
    courier: Courier
    teaching: Teaching
    clock: Later

    def keep(self, many: int) -> None:
        for second in range(many):
            self.teaching.keep(replace(RESULT, at=(NOW + timedelta(seconds=second)).isoformat()))

    def told(self) -> list[list[str]]:
        """The times of the statements in each request."""
        bodies = (json.loads(call.request.body or b"[]") for call in self.store.calls)
        return [[statement["timestamp"] for statement in body] for body in bodies]


@pytest.fixture
def post(tmp_path: Path, shipped: ContactCentre) -> Iterator[Post]:
    """Ada, and a store that knows nothing yet."""
    engine, clock = open_ready(f"sqlite:///{tmp_path / 'calls.db'}"), Later()
    teaching = Teaching(engine, CallerKey(""))
    teaching.add("Ada")
    courier = Courier(
        outbox=Outbox(engine),
        store=RecordStore(url=f"{URL}/", key="the key", secret=SECRET),
        coach=TrainingCoach(shipped, load_card()),
        home=HOME,
        clock=clock,
    )
    with responses.RequestsMock(assert_all_requests_are_fired=False) as store:
        yield Post(store=store, courier=courier, teaching=teaching, clock=clock)
    engine.dispose()


def test_every_attempt_is_told_once_in_batches(post: Post) -> None:
    post.keep(AT_ONCE + 2)
    version = matchers.header_matcher(
        {"X-Experience-API-Version": "1.0.3", "Authorization": "Basic dGhlIGtleTpub3QgdG8gYmUgdG9sZA=="}
    )
    post.store.post(STATEMENTS, json=[], match=[version])

    assert (post.courier.deliver().told, post.courier.deliver().told) == (AT_ONCE + 2, 0)
    assert [len(batch) for batch in post.told()] == [AT_ONCE, 2]
    body = json.loads(post.store.calls[0].request.body or b"")
    assert (
        body[0]["object"]["definition"]["name"]["en-US"] == post.courier.coach.board.centre.scenarios["dispute"].title
    )


@pytest.mark.parametrize(
    "away",
    [
        {"status": 503},
        {"status": 429},
        {"status": 401},
        {"status": 302, "headers": {"Location": "https://elsewhere.example.com"}},
        {"body": requests.ConnectionError(f"https://key:{SECRET}@lrs")},
        {"body": requests.Timeout("slow")},
    ],
    ids=lambda away: str(next(iter(away.values()))),
)
def test_one_that_is_away_is_told_later_and_nothing_is_lost(post: Post, away: dict[str, object]) -> None:
    post.keep(2)
    post.store.post(STATEMENTS, **away)
    done = post.courier.deliver()
    assert (done.told, done.left, len(done.problems)) == (0, 2, 1)
    assert SECRET not in done.problems[0]
    assert (post.courier.deliver().left, len(post.store.calls)) == (0, 1), "it is left alone for a while"

    post.store.replace(responses.POST, STATEMENTS, json=[])
    post.clock.now += FIRST
    assert post.courier.deliver().told == 2


def test_it_is_tried_less_and_less_often(post: Post) -> None:
    post.keep(1)
    post.store.post(STATEMENTS, status=500)
    waits = []
    for _ in range(14):
        assert post.courier.deliver().left == 1
        wait = timedelta()
        while not post.courier.outbox.take(1, post.clock.now + wait, early=False):
            wait += FIRST
        waits.append(wait)
        post.clock.now += wait + timedelta(minutes=5)
    assert waits[:4] == [FIRST, FIRST * 2, FIRST * 4, FIRST * 8]
    assert waits[-1] == LONGEST


def test_retry_after_is_kept(post: Post) -> None:
    post.keep(1)
    post.store.post(STATEMENTS, status=503, headers={"Retry-After": "3600"})
    post.courier.deliver()
    post.clock.now += timedelta(seconds=3599)
    assert post.courier.deliver().left == 0
    post.clock.now += timedelta(seconds=1)
    assert post.courier.deliver().left == 1


@pytest.mark.parametrize(("status", "told", "left"), [(400, 2, 1), (409, 3, 0)])
def test_one_bad_statement_does_not_keep_the_others(post: Post, status: int, told: int, left: int) -> None:
    """409: the store has a statement of that id, so it was told."""
    post.keep(3)
    bad = (NOW + timedelta(seconds=1)).isoformat()

    def answer(request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        times = [statement["timestamp"] for statement in json.loads(request.body or b"")]
        return (status if bad in times else 200, {}, "[]")

    post.store.add_callback(responses.POST, STATEMENTS, callback=answer)
    done = post.courier.deliver()
    assert (done.told, done.left) == (told, left)
    assert [len(batch) for batch in post.told()] == [3, 1, 1, 1]
    assert post.courier.deliver(early=True).told == 0


def test_what_waits_can_be_tried_early(post: Post) -> None:
    post.keep(AT_ONCE + 1)
    post.store.post(STATEMENTS, status=500)
    post.courier.deliver()
    post.store.replace(responses.POST, STATEMENTS, json=[])
    assert post.courier.deliver(early=True).told == AT_ONCE + 1


def test_no_secret_is_shown(post: Post) -> None:
    assert SECRET not in repr(post.courier)

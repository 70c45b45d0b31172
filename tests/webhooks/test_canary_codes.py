"""Codes of three and four digits, too short to be looked for: what is left of two of them cannot be told apart.

The same calls are made twice, with another code each time. Whatever is kept, logged, counted or answered must be the
same to the letter.
"""

import json
import logging
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from ivr.call.events import event_to_json
from ivr.flow.centre import ContactCentre
from ivr.flow.nodes import Collect, Mask
from ivr.stores.memory import MemoryCalls
from tests.webhooks.conftest import Sender
from webhooks import create_app

SCRAPER = "a token of sixteen or more"
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TIMES = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z?|ivr_answer_seconds\S* \S+|\S*_created\S* \S+")
"""What differs between two runs of anything: the clock of log lines, and how long answers took."""

WAYS: tuple[Callable[[str], dict[str, str]], ...] = (
    lambda code: {"Digits": code},
    lambda code: {"Digits": code, "FinishedOnKey": "#"},
    lambda code: {"SpeechResult": code, "Confidence": "0.9"},
    lambda code: {"SpeechResult": " ".join(DIGITS[int(digit)] for digit in code), "Confidence": "0.9"},
    lambda code: {"SpeechResult": f"it's {'-'.join(code)}, I think", "Confidence": "0.6"},
    lambda code: {"Digits": code, "ErrorCode": "11200", "UnstableSpeechResult": code},
)


def masked(centre: ContactCentre) -> dict[str, str]:
    """Every question whose answer is hidden, and a line that asks it."""
    return {
        place: line
        for line, tree in centre.trees.items()
        for place, node in tree.nodes.items()
        if isinstance(node, Collect) and node.masked is not Mask.NONE
    }


def left_of(code: str, sender: Sender, centre: ContactCentre, caplog: pytest.LogCaptureFixture) -> str:
    """Everything that calls with this code leave behind."""
    caplog.clear()
    store, pages = MemoryCalls(), []
    settings = replace(sender.settings, metrics_token=SCRAPER)
    sender.app = create_app(settings, centre=centre, store=store, clock=sender.clock)
    asked = [(line, place, way) for place, line in masked(centre).items() for way in WAYS]
    for number, (line, place, way) in enumerate(asked):
        sender.call_sid = f"CA{number:032x}"
        sender.post("/voice/incoming")
        kept = store.find(sender.call_sid)
        assert kept is not None
        record = {**json.loads(kept.record), "line": line, "place": place, "version": centre.versions[line]}
        store.save(replace(kept, version=2, record=json.dumps(record)), answered=None, events=())
        fields = way(code)
        pages += [sender.post(f"/voice/turn/{turn}", **fields).text for turn in (0, 1)]
        pages.append(sender.post("/voice/fallback", **fields).text)
        pages.append(f"{store.find(sender.call_sid)} {[event_to_json(each) for each in store.events(sender.call_sid)]}")
    scraped = sender.app.test_client().get("/metrics", headers={"Authorization": f"Bearer {SCRAPER}"}).text
    return TIMES.sub("", "\n".join([*pages, scraped, caplog.text]))


@pytest.mark.parametrize(("one", "another"), [("7391", "8264"), ("739", "826")])
def test_two_codes_cannot_be_told_apart_by_what_is_left_of_them(
    sender: Sender, shipped: ContactCentre, caplog: pytest.LogCaptureFixture, one: str, another: str
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, logger="statemachine")  # it tells of moves, a dozen lines each
    assert len(masked(shipped)) >= 6
    left_of(one, sender, shipped, caplog)  # what is done, and logged, once only
    assert left_of(one, sender, shipped, caplog) == left_of(another, sender, shipped, caplog)

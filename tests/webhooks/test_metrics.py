"""`/metrics`: who may read it, what it counts, and that it stays small."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ivr.flow.centre import ContactCentre
from tests.webhooks.conftest import PracticeLine, Sender
from webhooks import create_app
from webhooks.settings import Limits

TOKEN = "a token of sixteen or more"


@pytest.fixture
def scraped(sender: Sender, small: ContactCentre) -> Callable[[], dict[str, float]]:
    """What Prometheus reads of the line that `sender` calls: each series and its value."""
    sender.app = create_app(
        replace(sender.settings, metrics_token=TOKEN, limits=Limits()), centre=small, clock=sender.clock
    )

    def read() -> dict[str, float]:
        answer = sender.app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        rows = re.findall(r"^(ivr_.+) (\S+)$", answer.text, re.MULTILINE)
        return {name: float(value) for name, value in rows if "_created" not in name}

    return read


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "é"}, {"X-Token": TOKEN}])
def test_without_the_token_nobody_reads_it(
    sender: Sender, scraped: Callable[[], dict[str, float]], header: dict[str, str]
) -> None:
    assert sender.app.test_client().get("/metrics", headers=header).status_code == 401


def test_without_a_token_in_the_settings_there_is_none(sender: Sender) -> None:
    assert sender.app.test_client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_a_call_is_counted(sender: Sender, scraped: Callable[[], dict[str, float]]) -> None:
    sender.post("/voice/incoming")
    sender.post("/voice/turn/0", Digits="9")
    sender.post("/voice/turn/1")
    sender.post("/voice/turn/2", SpeechResult="representative", Confidence="0.95")
    sender.post("/voice/turn/2", SpeechResult="representative", Confidence="0.95")
    sender.post("/voice/status", CallStatus="completed")
    sender.forge("/voice/incoming", sender.fields(), "forged")
    sender.post("/voice/fallback", ErrorCode="11200")
    counted = scraped()
    assert counted["ivr_calls_total"] == 1
    assert counted["ivr_turns_total"] == 5
    assert counted['ivr_no_match_total{by="keys",reason="unknown-key"}'] == 1
    assert counted["ivr_no_input_total"] == 1
    assert counted["ivr_repeats_total"] == 1
    assert counted['ivr_refused_total{reason="not signed by Twilio"}'] == 1
    assert counted['ivr_apologies_total{cause="fallback"}'] == 1
    assert counted['ivr_answer_seconds_count{route="answered"}'] == 4
    assert sum(value for name, value in counted.items() if name.startswith("ivr_zero_outs_total")) == 1
    assert sum(value for name, value in counted.items() if name.startswith("ivr_calls_ended_total")) == 1


def test_limits_are_counted(sender: Sender, scraped: Callable[[], dict[str, float]]) -> None:
    for number in range(31):
        sender.call_sid = f"CA{number:032x}"
        sender.post("/voice/incoming")
    assert scraped()['ivr_rate_limited_total{limit="caller"}'] == 1


def test_the_number_of_series_does_not_grow_with_the_calls(
    sender: Sender, scraped: Callable[[], dict[str, float]]
) -> None:
    sizes = []
    for number in range(20):
        sender.call_sid = f"CA{number:032x}"
        sender.post("/voice/incoming", From=f"+121255501{number:02}")
        sender.post("/voice/turn/0", Digits=str(900000 + number))
        sender.post("/voice/turn/1", SpeechResult=f"number {number}", Confidence=f"0.{number + 10}")
        sender.post("/voice/status", CallStatus="completed", SequenceNumber=str(number))
        sender.post(f"/voice/nothing-{number}")
        sizes.append(len(scraped()))
    assert len(set(sizes[4:])) == 1


def test_workers_are_counted_together(tmp_path: Path, line: Callable[..., PracticeLine]) -> None:
    """Each process adds its own counts to the folder that they share."""
    count = (
        "from webhooks.metrics import Metrics; import os; m = Metrics(); m.repeated(); print(m.exposition().decode())"
    )
    environ = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for total in (1, 2):
        done = subprocess.run([sys.executable, "-c", count], capture_output=True, text=True, check=True, env=environ)
        assert f"ivr_repeats_total {total}.0" in done.stdout

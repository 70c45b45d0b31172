"""`ivr report` of calls that were rehearsed on the telephone: by Twilio's CallSid, or the latest."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from ivr.cli import ivr
from ivr.stores.opening import open_calls
from ivr.training.callers import Temper
from tests.training.rehearsing import rehearsed, setting_out
from tests.training.test_callers import BOARD
from tests.webhooks.conftest import LOBBY, PracticeLine
from tests.webhooks.test_rehearsals import TwilioPhone


def test_a_call_on_the_telephone_is_reported_by_its_id(
    line: Callable[..., PracticeLine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/calls.db"
    monkeypatch.setenv("IVR_DATABASE_URL", url)
    practice = line(BOARD.centre, store=open_calls(url), numbers={LOBBY: None})
    call = practice.call(LOBBY)
    rehearsed(TwilioPhone(call), setting_out(BOARD, "lost-card", Temper.PREPARED), Temper.PREPARED)
    practice.call(LOBBY).hang_up()  # no rehearsal, and later

    told = CliRunner().invoke(ivr, ["report", call.sid, "--format", "json"])
    latest = CliRunner().invoke(ivr, ["report", "latest"])

    assert json.loads(told.stdout)["scenario"] == "lost-card"
    assert f"Score: {json.loads(told.stdout)['score']:.0f} of 100" in latest.stdout
    assert "Lost and stolen cards answers, the right desk" in latest.stdout

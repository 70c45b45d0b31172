"""The application itself: what it is made of, and what it answers besides calls."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ivr.errors import FlowError, SettingsError
from ivr.flow.centre import ContactCentre
from ivr.render.hold_music import hold_music
from ivr.stores.memory import MemoryCalls
from tests.conftest import SMALL
from tests.webhooks.conftest import Sender
from webhooks import Settings, create_app
from webhooks.settings import Limits


def test_the_environment_is_the_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IVR_PUBLIC_URL", "http://localhost:5000")
    monkeypatch.setenv("IVR_VERIFY_SIGNATURES", "off")
    monkeypatch.setenv("IVR_FLOWS", str(SMALL))
    monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path / 'calls.db'}")
    assert create_app().test_client().get("/healthz").get_json() == {"status": "ok"}
    monkeypatch.delenv("IVR_PUBLIC_URL")
    with pytest.raises(SettingsError, match="IVR_PUBLIC_URL is missing"):
        create_app()


def test_flows_that_are_wrong_are_said_before_anybody_calls(tmp_path: Path) -> None:
    with pytest.raises(FlowError):
        create_app(Settings(public_url="http://localhost", verify_signatures=False, flows=tmp_path))


@pytest.mark.parametrize(("seed", "kept"), [(7, 7), (None, 1)])
def test_a_seed_goes_before_the_settings(sender: Sender, small: ContactCentre, seed: int | None, kept: int) -> None:
    store = MemoryCalls()
    sender.app = create_app(sender.settings, centre=small, store=store, seed=seed)
    sender.post("/voice/incoming")
    call = store.find(sender.call_sid)
    assert call is not None
    assert json.loads(call.record)["seed"] == kept


def test_nothing_happens_when_it_is_imported() -> None:
    watched = "import sys, threading; import webhooks; print(threading.active_count(), 'twilio.rest' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", watched], capture_output=True, text=True, check=True, env={})
    assert done.stdout == "1 False\n"


def test_hold_music_may_be_kept_by_whoever_fetches_it(sender: Sender) -> None:
    client = sender.app.test_client()
    first = client.get("/voice/hold.wav")
    assert (first.status_code, first.data, first.mimetype) == (200, hold_music(), "audio/wav")
    assert (first.cache_control.public, first.cache_control.max_age) == (True, 86400)
    again = client.get("/voice/hold.wav", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_document_is_xml_and_never_kept(sender: Sender) -> None:
    answer = sender.post("/voice/incoming")
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.cache_control.no_store
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(("path", "status"), [("/", 404), ("/voice//incoming", 404), ("/voice/incoming/", 404)])
def test_nothing_else_is_there(sender: Sender, path: str, status: int) -> None:
    answer = sender.app.test_client().post(path)
    assert (answer.status_code, answer.text) == (status, "404 Not Found\n")


def test_the_limits_of_the_settings_hold(sender: Sender, small: ContactCentre) -> None:
    tight = Settings(
        public_url="http://localhost", verify_signatures=False, limits=Limits(calls=2, request_bytes=1024, fields=20)
    )
    client = create_app(tight, centre=small).test_client()
    assert client.post("/voice/incoming", data=sender.fields(CallToken="x" * 1024)).status_code == 413
    assert client.post("/voice/incoming", data=sender.fields(**{f"X{n}": "" for n in range(20)})).status_code == 413
    for number in (1, 2, 3):
        sender.call_sid = f"CA{number:032x}"
        client.post("/voice/incoming", data=sender.fields())
    assert "Please key or say" in client.post("/voice/turn/0", data=sender.fields(Digits="3")).text
    sender.call_sid = f"CA{1:032x}"
    assert "we lost track of your call" in client.post("/voice/turn/0", data=sender.fields(Digits="3")).text

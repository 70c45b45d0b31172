"""Planted secrets, where the line is served: nothing of them in what gunicorn prints, or what PostgreSQL logs."""

from pathlib import Path

import psycopg
import requests
from twilio.request_validator import RequestValidator

from ivr.harness import AUTH_TOKEN
from ivr.stores.database import open_database
from ivr.stores.migrating import migrate
from tests.chaos.servers import ACCOUNT, Gunicorn
from tests.stores.conftest import postgresql, postgresql_url  # noqa: F401  # fixtures
from tests.stores.postgresql import Server
from tests.webhooks.test_canary_everywhere import SECRETS, WAYS_TO_SAY, found


def post(server: Gunicorn, call: int, path: str, **fields: str) -> requests.Response:
    """A signed request."""
    usual = {"AccountSid": ACCOUNT, "CallSid": f"CA{call:032x}", "From": "+12125550101", "To": "+18005282122"}
    form = {**usual, "CallStatus": "in-progress", **fields}
    signature = RequestValidator(AUTH_TOKEN).compute_signature(server.url + path, form)
    return requests.post(server.url + path, data=form, headers={"X-Twilio-Signature": signature}, timeout=10)


def test_keyed_said_refused_and_broken_off(
    postgresql: Server,  # noqa: F811
    postgresql_url: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    engine = open_database(postgresql_url)
    migrate(engine)
    engine.dispose()
    printed, logged = tmp_path / "printed", postgresql.folder / "log"
    with Gunicorn(database=postgresql_url, log=printed) as server:
        for call, secret in enumerate(SECRETS[::3]):
            post(server, call, "/voice/incoming")
            post(server, call, "/voice/turn/0", Digits=secret)
            post(server, call, "/voice/turn/1", SpeechResult=WAYS_TO_SAY[call % len(WAYS_TO_SAY)](secret))
            requests.get(f"{server.url}/{secret}?Digits={secret}", headers={"User-Agent": secret}, timeout=10)
            requests.post(f"{server.url}/voice/turn/2", data={"Digits": secret}, timeout=10)
        with psycopg.connect(postgresql_url, autocommit=True) as other:
            other.execute("ALTER TABLE events ADD CHECK (false) NOT VALID")
        broken = post(server, 1, "/voice/turn/2", SpeechResult=f"my card is {SECRETS[2]}")
        with psycopg.connect(postgresql_url) as other:
            other.execute("LOCK TABLE events IN ACCESS EXCLUSIVE MODE")
            apology = post(server, 0, "/voice/turn/2", Digits=SECRETS[0], SpeechResult=SECRETS[1])
            other.rollback()
    assert "went wrong" in apology.text
    assert "went wrong" in broken.text
    assert "a turn failed" in printed.read_text()
    assert "violates check constraint" in logged.read_text(errors="replace")
    assert found(printed.read_text()) == []
    assert found(logged.read_text(errors="replace")) == []

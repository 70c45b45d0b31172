"""The load that Locust drives: whole calls, signed, against the line as it is served."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from ivr.harness import AUTH_TOKEN
from ivr.stores.keeping import export
from ivr.stores.opening import open_ready
from tests.chaos.servers import ACCOUNT, Gunicorn

USERS, CALLS = 3, 12
LOCUSTFILE = Path(__file__).parents[2] / "benchmarks" / "load" / "locustfile.py"


@pytest.mark.skipif(find_spec("locust") is None, reason="locust is not installed: pip install 'ivr-trainer[load]'")
def test_callers_get_through_and_every_request_is_counted(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/calls.db"
    open_ready(url).dispose()
    with Gunicorn(database=url, log=tmp_path / "log") as server:
        environ = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": AUTH_TOKEN, "IVR_PUBLIC_URL": server.url}
        command = [sys.executable, "-m", "locust", "--locustfile", str(LOCUSTFILE), "--headless", "--json"]
        command += ["--users", str(USERS), "--spawn-rate", "3", "--think", "none", "--host", server.url]
        command += ["--calls", str(CALLS), "--run-time", "60s"]
        done = subprocess.run(command, env={**os.environ, **environ}, capture_output=True, text=True, timeout=90)
    counted = {row["name"]: row for row in json.loads(done.stdout)}
    assert done.returncode == 0, done.stderr
    assert counted.keys() == {"/voice/incoming", "/voice/turn", "/voice/status"}
    assert all(row["num_failures"] == 0 for row in counted.values())
    began = counted["/voice/incoming"]["num_requests"]
    engine = open_ready(url)
    assert CALLS <= began <= len(list(export(engine))) <= began + USERS  # the end of the run may cut one call of each
    engine.dispose()

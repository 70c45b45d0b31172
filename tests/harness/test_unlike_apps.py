"""Applications unlike the others: REST out of a Django view to many, and rooms on Node's bare http."""

import os
import subprocess
import sys
from pathlib import Path

from ivr.harness import Exchange, Floor
from tests.harness.test_apps import needs_node, node

ROOT = Path(__file__).parents[2]
BROADCAST = """
far_ends:
  "+14155550121": press 1; wait 60
  "+14155550122": busy
  "+14155550123": {is: voicemail, after: 8}
steps:
  - press 1
  - say The bridge is closed
  - press *
  - expect: heard "message 1 goes out to 3 people"
  - press 3
  - expect: heard "there are 1 messages"
  - press 2
  - wait 2
  - expect: connected
  - say Good morning
  - hang up
  - expect: at +14155550121 heard "you join as member"
  - expect: at +14155550121 heard "good morning"
  - expect: at +14155550121 heard "the conference is over"
  - expect: at +14155550122 ended busy
  - expect: at +14155550123 ended completed
  - expect: not warned
"""


def test_a_broadcast_by_ivr_phone(tmp_path: Path) -> None:
    """In a process of its own, because Django has one configuration a process."""
    script = tmp_path / "broadcast.yaml"
    script.write_text(BROADCAST)
    command = "from ivr.cli import main; main()"
    url = "tests.harness.apps.broadcast_django:app/menu/"
    account = {"TWILIO_ACCOUNT_SID": f"AC{7:032}", "TWILIO_AUTH_TOKEN": "secret"}
    options = ["--script-file", str(script), "--account-sid", account["TWILIO_ACCOUNT_SID"]]
    done = subprocess.run(
        [sys.executable, "-c", command, "phone", url, *options],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **account},
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


@needs_node
def test_rooms_on_bare_http(twilio: Exchange) -> None:
    with node("rooms_http.js") as url:
        first = twilio.call(f"{url}/", method="GET").press("204").should_hear("room east204").should_be_on_hold()
        second = twilio.call(f"{url}/", method="GET", from_="+14155550201").press("204")
        assert (first.floor, second.floor) == (Floor.TALK, Floor.TALK)
        second.say("good morning")
        first.should_have_heard("good morning").press("*").should_hear("you left: answered")
        first.say("fine").should_hear("room east204 was fine").should_end("completed").should_not_warn()
        second.hang_up()
        assert second.requests[-1].params["DialCallStatus"] == "answered"

"""`ivr twilio run`: applications as they are, in processes of their own, reach the virtual Twilio and nobody else."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ivr.harness import Exchange
from ivr.harness.rest.server import serve_rest

CLIENT = """
from twilio.rest import Client
call = Client().calls.create(to="+14155550101", from_="+12025550100", twiml="<Response/>")
print(call.status, call.account_sid)
"""
ASYNC_CLIENT = """
import asyncio, os
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client

async def main():
    http = AsyncTwilioHttpClient()
    client = Client(http_client=http)
    print((await client.calls.create_async(to="+14155550101", from_="+12025550100", twiml="<Response/>")).status)
    await http.close()

asyncio.run(main())
"""
IN_NODE = """
import https, { get, request } from "node:https";
import http from "node:http";
const auth = `${process.env.TWILIO_ACCOUNT_SID}:${process.env.TWILIO_AUTH_TOKEN}`;
const path = `/2010-04-01/Accounts/${process.env.TWILIO_ACCOUNT_SID}/Calls.json`;
const read = (response) => new Promise((done) => {
  let body = "";
  response.on("data", (part) => (body += part));
  response.on("end", () => done(`${response.statusCode} ${JSON.parse(body).calls.length}`));
});
const headers = { Authorization: `Basic ${btoa(auth)}` };
const agent = new https.Agent({ keepAlive: true });
const options = { hostname: "api.twilio.com", port: 443, path, auth, agent };
console.log(await read(await new Promise((done) => request(options, done).end())));
console.log(await read(await new Promise((done) => get(`https://api.twilio.com${path}`, { auth }, done))));
const regional = new URL(`https://api.dublin.ie1.twilio.com${path}`);
console.log(await read(await new Promise((done) => https.get(regional, { headers }, done))));
const fetched = await fetch(new Request(`https://api.twilio.com${path}`, { headers }));
console.log(fetched.status, (await fetched.json()).calls.length);
console.log((await fetch(`https://api.twilio.com${path}?PageSize=1`, { headers })).status);
console.log((await fetch(`https://lookups.twilio.com/v2/PhoneNumbers/+1`, { headers })).status);
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def api() -> Iterator[str]:
    with serve_rest(Exchange()) as url:
        yield url


@pytest.fixture
def run(api: str) -> Run:
    def run(*command: str, rest_url: str = api, **environ: str) -> subprocess.CompletedProcess[str]:
        ivr = (sys.executable, "-c", "from ivr.cli import main; main()", "twilio", "run", "--rest-url", rest_url)
        usual = {name: value for name, value in os.environ.items() if not name.startswith("TWILIO_")}
        return subprocess.run([*ivr, *command], capture_output=True, text=True, timeout=50, env={**usual, **environ})

    return run


def test_twilios_library_for_python(run: Run) -> None:
    done = run(sys.executable, "-c", CLIENT)
    assert (done.stdout, done.returncode) == (f"queued {Exchange().account_sid}\n", 0), done.stderr


def test_its_asynchronous_client(run: Run) -> None:
    done = run(sys.executable, "-W", "ignore", "-c", ASYNC_CLIENT)
    assert (done.stdout, done.returncode) == ("queued\n", 0), done.stderr


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_every_way_that_node_has(run: Run, tmp_path: Path) -> None:
    (tmp_path / "app.mjs").write_text(IN_NODE)
    done = run("node", str(tmp_path / "app.mjs"), NODE_OPTIONS="--no-deprecation")
    assert done.stdout.splitlines() == ["200 0", "200 0", "200 0", "200 0", "200", "404"], done.stderr


def test_what_is_set_already_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("print('mine too')")
    show = "import os; print(os.environ['TWILIO_AUTH_TOKEN'])"
    done = run(sys.executable, "-c", show, TWILIO_AUTH_TOKEN="secret", PYTHONPATH=str(tmp_path))
    assert done.stdout == "mine too\n" * 2 + "secret\n", done.stderr  # by `ivr` itself, and by what it runs


def test_the_status_is_the_applications(run: Run) -> None:
    assert run(sys.executable, "-c", "raise SystemExit(7)").returncode == 7


def test_wrong_use(run: Run) -> None:
    done = run("no-such-command")
    assert (done.returncode, "'no-such-command' cannot be run: No such file" in done.stderr) == (2, True)
    done = run("node", rest_url="8010")
    assert (done.returncode, "'8010' is no place of a REST API, expected http://HOST:PORT" in done.stderr) == (2, True)

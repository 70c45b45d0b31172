"""Two servers behind nginx over one PostgreSQL, with the configuration that is shipped: calls hop, nobody starves."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
import requests
from twilio.request_validator import RequestValidator

from ivr.harness import AUTH_TOKEN, Call, Exchange
from ivr.stores.database import open_database
from ivr.stores.migrating import migrate
from tests.conftest import SMALL
from tests.stores.conftest import postgresql, postgresql_url  # noqa: F401  # fixtures

PUBLIC_URL = "https://ivr.example.com"
SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx.conf"
SLOW = 150


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def answers(port: int, process: subprocess.Popen[bytes]) -> None:
    """Waits until it does."""
    session = requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(max_retries=_patient()))
    assert session.get(f"http://127.0.0.1:{port}/readyz", timeout=5).status_code == 200, process.poll()


def _patient() -> requests.packages.urllib3.util.Retry:
    return requests.packages.urllib3.util.Retry(total=400, connect=400, backoff_factor=0.1, backoff_max=0.5)


@dataclass(kw_only=True)
class Site:
    """The proxy's port, the servers' processes, the proxy's log."""

    port: int
    servers: list[subprocess.Popen[bytes]]
    log: Path
    exchange: Exchange

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def call(self, exchange: Exchange | None = None) -> Call:
        return (exchange or self.exchange).call(
            self.url,
            url="/voice/incoming",
            to="+18005282122",
            public_url=PUBLIC_URL,
            fallback_url="/voice/fallback",
            status_callback="/voice/status",
        )

    def requests(self) -> list[dict[str, object]]:
        """What the proxy logged of calls. It logs a request when it has answered it: once it answers the next one."""
        assert requests.get(f"{self.url}/healthz", timeout=15).status_code == 200
        lines = [json.loads(line) for line in self.log.read_text().splitlines()]
        return [line for line in lines if str(line["path"]).startswith("/voice")]


def configured(folder: Path, port: int, servers: list[int]) -> str:
    """The shipped file, without TLS and on ports of our own."""
    text = SHIPPED.read_text()
    for shipped, ours in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("listen [::]:443 ssl;", ""),
        ("server 127.0.0.1:8000;", " ".join(f"server 127.0.0.1:{each};" for each in servers)),
        ("/var/log/nginx/ivr.log", str(folder / "access.log")),
    ):
        assert text.count(shipped) == 1
        text = text.replace(shipped, ours)
    text = "\n".join(line for line in text.splitlines() if not line.strip().startswith("ssl_"))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    return f"""daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 1024; }}
http {{ {temporary}
{text} }}"""


@pytest.fixture(scope="module")
def database(postgresql: object) -> str:  # noqa: F811
    engine = open_database(postgresql.url)  # type: ignore[attr-defined]
    migrate(engine)
    engine.dispose()
    url: str = postgresql.url  # type: ignore[attr-defined]
    return url


@pytest.fixture(scope="module")
def site(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx-light)")
    folder, exchange = tmp_path_factory.mktemp("site"), Exchange()
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("IVR_", "TWILIO_"))},
        "TWILIO_ACCOUNT_SID": exchange.account_sid,
        "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
        "IVR_PUBLIC_URL": PUBLIC_URL,
        "IVR_FLOWS": str(SMALL),
        "IVR_DATABASE_URL": database,
        "IVR_TRUSTED_PROXIES": "1",
        "IVR_CALLS_PER_CALLER": "off",
    }
    ports, port = [free_port(), free_port()], free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(configured(folder, port, ports))
    command = "import sys; from ivr.cli import main; main(sys.argv[1:])"
    with ExitStack() as running:
        servers = []
        for each in ports:
            arguments = ["serve", "--production", "--port", str(each), "--workers", "1", "--threads", "4"]
            server = subprocess.Popen(
                [sys.executable, "-c", command, *arguments], env=environ, stderr=subprocess.DEVNULL
            )
            running.callback(end, server)
            servers.append(server)
        proxy = subprocess.Popen([nginx, "-c", str(configuration), "-p", str(folder)], stderr=subprocess.DEVNULL)
        running.callback(end, proxy)
        for each, server in zip([*ports, port], [*servers, proxy], strict=True):
            answers(each, server)
        yield Site(port=port, servers=servers, log=folder / "access.log", exchange=exchange)


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def test_a_call_hops_between_them_at_every_turn(site: Site) -> None:
    before = len(site.requests())
    call = site.call()
    for _ in range(6):
        call.press("*")
    call.press("3").press("378282246310005")
    call.hang_up()
    asked = site.requests()[before:]
    assert len(asked) == 10  # the call, eight answers, and its end
    assert {each["status"] for each in asked} == {200, 204}
    assert all(first["upstream"] != second["upstream"] for first, second in pairwise(asked))


def test_slow_connections_starve_nobody(site: Site) -> None:
    """Each slow one sends half of a request; without nginx eight of them would hold every thread there is."""
    head = b"POST /voice/incoming HTTP/1.1\r\nHost: ivr.example.com\r\nContent-Length: 500\r\n"
    head += b"Content-Type: application/x-www-form-urlencoded\r\n\r\nCallSid=CA"
    with ExitStack() as open_connections:
        for _ in range(SLOW):
            slow = open_connections.enter_context(socket.create_connection(("127.0.0.1", site.port)))
            slow.sendall(head)
        before = len(site.requests())
        with ThreadPoolExecutor(8) as pool:
            ended = list(pool.map(lambda seed: whole_call(site, seed), range(1, 9)))
        good = site.requests()[before:]
    assert ended == [True] * 8
    assert len(good) >= 8 * 4
    assert max(float(str(each["seconds"])) for each in good) < 4


def whole_call(site: Site, seed: int) -> bool:
    exchange = Exchange(seed=seed, account_sid=site.exchange.account_sid)
    call = site.call(exchange)
    call.press("*").press("*")
    return call.hang_up().ended


def test_metrics_are_not_for_the_world(site: Site) -> None:
    assert requests.get(f"{site.url}/metrics", timeout=15).status_code == 404


def test_what_is_in_a_query_is_not_logged(site: Site) -> None:
    requests.post(f"{site.url}/voice/incoming?Digits=4929381746250837", timeout=15)
    assert "4929381746250837" not in site.log.read_text()
    assert site.requests()[-1]["path"] == "/voice/incoming"


def test_one_of_them_is_told_to_stop_and_no_turn_is_lost(site: Site) -> None:
    """Last: the other one goes on alone."""
    calls = [site.call(Exchange(seed=seed, account_sid=site.exchange.account_sid)) for seed in range(20, 24)]
    with ThreadPoolExecutor(4) as pool:
        turns = [pool.submit(press_often, call) for call in calls]
        site.servers[0].send_signal(signal.SIGTERM)
        assert [turn.result() for turn in turns] == [[200] * 9] * 4
    assert site.servers[0].wait(30) == 0


def press_often(call: Call) -> list[int]:
    for _ in range(8):
        call.press("*")
    return [request.status for request in call.requests]


def test_the_signature_is_that_of_the_public_url(site: Site) -> None:
    fields = {"AccountSid": site.exchange.account_sid, "CallSid": "CA" + "1" * 32, "CallStatus": "ringing"}
    fields |= {"From": "+12125550101", "To": "+18005282122"}
    signature = RequestValidator(AUTH_TOKEN).compute_signature(f"{site.url}/voice/incoming", fields)
    answer = requests.post(
        f"{site.url}/voice/incoming", data=fields, headers={"X-Twilio-Signature": signature}, timeout=15
    )
    assert answer.status_code == 403

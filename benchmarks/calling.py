"""A process that calls: signed requests over kept connections, as fast as they are answered or as people would.

Started as `python -m benchmarks.calling`; reads what to do as JSON from its input, prints what came of it as JSON. It
builds and signs the requests before it begins, so that it costs little while it measures.
"""

import json
import selectors
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from heapq import heappop, heappush
from random import Random
from socket import IPPROTO_TCP, TCP_NODELAY, create_connection, socket
from time import monotonic, perf_counter
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from benchmarks.served import PUBLIC_URL, SID, TOKEN

__all__ = ["STEPS", "Came", "Load", "press"]

STEPS: tuple[tuple[str, str], ...] = (
    ("/voice/incoming", ""),
    ("/voice/turn/0", "6"),
    ("/voice/turn/1", "*"),
    ("/voice/turn/2", "7"),
    ("/voice/turn/3", "0"),
    ("/voice/turn/4", "6"),
    ("/voice/turn/5", "5"),
    ("/voice/turn/6", ""),
    ("/voice/turn/7", ""),
    ("/voice/status", "completed"),
)
"""A call: other inquiries, the menu again, a wrong key, a representative, roadside assistance, a hold, and the end."""

PLACE = {"City": "NEW YORK", "State": "NY", "Zip": "10001", "Country": "US"}


@dataclass(frozen=True, kw_only=True)
class Load:
    """So many calls, so many at once. `think` is the mean of the seconds between an answer and the next request: none
    for as fast as possible. `first` numbers the calls: a number is used once on one database."""

    port: int
    calls: int
    at_once: int
    first: int = 0
    think: float = 0.0
    seconds: float = 3600.0
    """After so many, no call goes on."""


@dataclass(kw_only=True)
class Came:
    """What came of a load. Latencies are in milliseconds, `wrong` are answers that were errors or apologies."""

    seconds: float = 0.0
    requests: int = 0
    wrong: int = 0
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    def percentile(self, share: int) -> float:
        """Milliseconds within which so many of a hundred requests were answered."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def press(load: Load) -> Came:
    """Runs a load in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.calling"]
    done = subprocess.run(command, input=json.dumps(asdict(load)), capture_output=True, text=True, check=True)
    return Came(**json.loads(done.stdout))


def requests_of(call: int) -> list[bytes]:
    """The requests of one call, with all the fields that Twilio sends."""
    validator = RequestValidator(TOKEN)
    return [_request(validator, call, path, told) for path, told in STEPS]


def _request(validator: RequestValidator, call: int, path: str, told: str) -> bytes:
    caller, called = f"+1212555{100 + call % 100:04}", "+18005282122"
    fields = {
        "AccountSid": SID,
        "ApiVersion": "2010-04-01",
        "CallSid": f"CA{call:032x}",
        "CallStatus": "ringing" if path.endswith("incoming") else told or "in-progress",
        "Direction": "inbound",
        "CallToken": "%7B%22parentCallInfoToken%22%3A%22" + "eyJhbGciOiJFUzI1NiJ9" * 8 + "%22%7D",
        "StirVerstat": "TN-Validation-Passed-A",
        **dict.fromkeys(("From", "Caller"), caller),
        **dict.fromkeys(("To", "Called"), called),
        **{f"{party}{name}": value for party in ("From", "Caller", "To", "Called") for name, value in PLACE.items()},
    }
    if path.endswith("status"):
        fields |= {"CallStatus": "completed", "CallDuration": "60", "SequenceNumber": "0", "CallbackSource": "x"}
    elif told:
        fields |= {"CallStatus": "in-progress", "Digits": told, "msg": "Gather End", "FinishedOnKey": ""}
    signature = validator.compute_signature(PUBLIC_URL + path, fields)
    body = urlencode(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: ivr.example.com\r\nUser-Agent: TwilioProxy/1.1\r\nAccept: */*\r\n"
        f"Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nContent-Length: {len(body)}\r\n"
        f"X-Twilio-Signature: {signature}\r\nI-Twilio-Idempotency-Token: {call:08x}{len(told):08x}\r\n\r\n"
    )
    return head.encode() + body


@dataclass(kw_only=True)
class _Line:
    """A connection, and the call that is on it."""

    port: int
    requests: Iterator[bytes] = field(default_factory=lambda: iter(()))
    sent_at: float = 0.0
    received: bytes = b""
    wire: socket | None = None

    def connect(self) -> socket:
        """When there is something to send, and not before, as HTTP clients do."""
        self.wire = create_connection(("127.0.0.1", self.port))
        self.wire.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        return self.wire

    def send(self, request: bytes) -> None:
        assert self.wire is not None
        self.received, self.sent_at = b"", perf_counter()
        self.wire.sendall(request)

    def receive(self) -> bytes | None:
        """The whole answer, once it is here."""
        assert self.wire is not None
        part = self.wire.recv(65536)
        self.received += part
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not part:
            return self.received
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        return self.received if found and len(body) >= int(length or 0) else None


class _Caller:
    """Drives all calls in one loop."""

    def __init__(self, load: Load) -> None:
        self.load, self.came, self.chance = load, Came(), Random(load.first)
        self.waiting = iter([requests_of(load.first + number) for number in range(load.calls)])
        self.selector = selectors.DefaultSelector()
        self.thinking: list[tuple[float, int, _Line, bytes]] = []
        self.lines = 0

    def run(self) -> Came:
        for number in range(min(self.load.at_once, self.load.calls)):
            line = _Line(port=self.load.port)
            self.lines += 1
            self._later(line, self.load.think * number / self.load.at_once)
        began = perf_counter()
        while self.lines and perf_counter() - began < self.load.seconds:
            self._turn()
        self.came.seconds = perf_counter() - began
        return self.came

    def _turn(self) -> None:
        now = monotonic()
        while self.thinking and self.thinking[0][0] <= now:
            _, _, line, request = heappop(self.thinking)
            self._send(line, request)
        rest = min(0.5, self.thinking[0][0] - now) if self.thinking else 0.5
        for key, _ in self.selector.select(max(0.0, rest)):
            line = key.data
            answer = line.receive()
            if answer is not None:
                self._answered(line, answer)

    def _answered(self, line: _Line, answer: bytes) -> None:
        self.came.latencies.append((perf_counter() - line.sent_at) * 1000)
        self.came.requests += 1
        self.came.wrong += not answer.startswith(b"HTTP/1.1 20") or b"went wrong" in answer or b"lost track" in answer
        mean = self.load.think
        self._later(line, self.chance.uniform(0.5 * mean, 1.5 * mean) if mean else 0.0)

    def _later(self, line: _Line, seconds: float) -> None:
        request = next(line.requests, None)
        if request is None:
            line.requests = iter(next(self.waiting, ()))
            request = next(line.requests, None)
        if request is None:
            if line.wire is not None:
                self.selector.unregister(line.wire)
                line.wire.close()
            self.lines -= 1
        elif seconds:
            heappush(self.thinking, (monotonic() + seconds, id(line), line, request))
        else:
            self._send(line, request)

    def _send(self, line: _Line, request: bytes) -> None:
        if line.wire is None:
            self.selector.register(line.connect(), selectors.EVENT_READ, line)
        line.send(request)


if __name__ == "__main__":
    print(json.dumps(asdict(_Caller(Load(**json.load(sys.stdin))).run())))

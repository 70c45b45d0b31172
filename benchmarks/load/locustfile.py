"""Load on a practice line that is served somewhere: whole signed calls from the virtual Twilio, driven by Locust.

    pip install -e '.[load]'
    locust -f benchmarks/load/locustfile.py --headless --users 200 --spawn-rate 20 --run-time 2m --host http://127.0.0.1:8000

The line's own variables say how to sign: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, and IVR_PUBLIC_URL, which `--host` need
not be. The line must not count calls per caller (IVR_CALLS_PER_CALLER=off): a hundred practice numbers call it. With
`--think none` nobody listens or thinks, and a call is as fast as it is answered; otherwise a call takes the time it
takes. `--calls 500` ends the run after so many (on each worker). On more machines: `--master` on one, `--worker
--master-host ...` on the others.
"""

import os
import secrets
import time
from argparse import ArgumentParser
from random import Random

from gevent import spawn
from locust import User, events, task
from locust.env import Environment

from ivr.harness import Exchange

NUMBER = "+18005282122"
SCRIPTS = (
    "press 6; wait 2; press *; wait 3; press 0; wait 2; press 0",
    "say representative; wait 2; say representative; wait 2; say representative",
    "press 1; wait 3; press 2; wait 2; press *",
    "say lost card; wait 2; say yes",
    "wait 10; press 3; wait 4; press 1; wait 2; press 2",
)
"""What callers do: go through menus, ask for a person, say what they want, hesitate. Some stay until they are put
through, others hang up on the way."""

APOLOGIES = ("went wrong on our side", "lost track of your call")


@events.init_command_line_parser.add_listener
def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--think", choices=("real", "none"), default="real", help="whether callers listen and think")
    parser.add_argument("--calls", type=int, help="how many calls, if the run is not to go on until --run-time")


class Caller(User):
    """One telephone: call after call, each by another script."""

    over = 0
    """Calls that are over, of all telephones."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.chance = Random(secrets.randbits(64))
        self.thinks = environment.parsed_options.think == "real"
        self.exchange = Exchange()
        self.told = 0

    @task
    def call(self) -> None:
        """A call from beginning to end; every request of it is counted under its route."""
        self.told, self.exchange = (
            0,
            Exchange(
                seed=self.chance.getrandbits(63),
                account_sid=os.environ["TWILIO_ACCOUNT_SID"],
                auth_token=os.environ["TWILIO_AUTH_TOKEN"],
                pace=self._pass if self.thinks else None,
            ),
        )
        call = self.exchange.call(
            f"{self.host}/voice/incoming",
            to=NUMBER,
            from_=f"+1212555{self.chance.randrange(100, 200):04}",
            public_url=os.environ["IVR_PUBLIC_URL"],
            status_callback="/voice/status",
        )
        for step in self.chance.choice(SCRIPTS).split("; "):
            if not call.ended:
                call.follow(step)
        if not call.ended:
            call.hang_up()
        self._tell()
        Caller.over += 1
        if self.environment.parsed_options.calls == Caller.over and self.environment.runner:
            spawn(self.environment.runner.quit)  # which ends this call's greenlet too

    def _pass(self, seconds: float) -> None:
        self._tell()
        time.sleep(seconds)

    def _tell(self) -> None:
        """Reports the requests made since it did last."""
        made_so_far = [made for call in self.exchange.calls for made in call.requests]
        news, self.told = made_so_far[self.told :], len(made_so_far)
        for made in news:
            route = made.url.partition("/voice/")[2].partition("/")[0].partition("?")[0]
            wrong = made.problem or (made.status or 500) >= 400 or any(each in made.body for each in APOLOGIES)
            self.environment.events.request.fire(
                request_type=made.method,
                name=f"/voice/{route}",
                response_time=made.ms or 0,
                response_length=len(made.body),
                exception=RuntimeError(f"{made.problem or made.status}") if wrong else None,
                context={},
            )

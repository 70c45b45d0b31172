"""The two doors of REST: the official client in this process, and over HTTP."""

from collections.abc import Iterator

import pytest
from twilio.rest import Client

from ivr.harness import Exchange
from ivr.harness.rest.in_process import rest_in_process
from ivr.harness.rest.server import serve_rest

__all__ = ["client"]


@pytest.fixture(params=["in process", "over HTTP"])
def client(request: pytest.FixtureRequest, twilio: Exchange) -> Iterator[Client]:
    """`twilio.rest.Client` of the exchange's account."""
    client = Client(twilio.account_sid, twilio.auth_token)
    if request.param == "in process":
        with rest_in_process(twilio):
            yield client
    else:
        with serve_rest(twilio) as url:
            client.api.base_url = url
            yield client

"""One switchboard for all: making it, and hearing on it, is what costs."""

import pytest

from ivr.call import Switchboard
from ivr.flow.centre import load_centre


@pytest.fixture(scope="session")
def board() -> Switchboard:
    return Switchboard(load_centre(rules=False))

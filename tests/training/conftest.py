"""One switchboard for all."""

import pytest

from ivr.call import Switchboard
from tests.centre import shipped_board


@pytest.fixture(scope="session")
def board() -> Switchboard:
    return shipped_board()

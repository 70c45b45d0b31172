"""An exchange, and applications to call from it."""

import pytest

from ivr.harness import Exchange
from tests.harness.documents import Documents, MakeApp, Page


@pytest.fixture
def make_app() -> MakeApp:
    """`make_app("<Say>hello</Say>", menu="...")` answers at /voice and /menu."""

    def make(voice: Page, /, **pages: Page) -> Documents:
        return Documents(pages={"/voice": voice, **{f"/{name}": page for name, page in pages.items()}})

    return make


@pytest.fixture
def twilio() -> Exchange:
    """A virtual Twilio."""
    return Exchange()

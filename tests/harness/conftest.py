"""An exchange, and applications to call from it."""

from collections.abc import Iterator

import pytest

from ivr.harness import Exchange
from tests.harness.documents import Documents, MakeApp, Page
from tests.harness.proofs import missing


@pytest.fixture
def apps() -> list[Documents]:
    """The applications that the test made."""
    return []


@pytest.fixture(autouse=True)
def _declared_proofs(request: pytest.FixtureRequest, apps: list[Documents]) -> Iterator[None]:
    """A test that says what it proves must have sent it."""
    yield
    declared = [mark.args for mark in request.node.iter_markers("proves")]
    absent = missing(declared, [body for app in apps for body in app.sent])
    assert absent == [], f"declared as proven, and in no document that was sent: {absent}"


@pytest.fixture
def make_app(apps: list[Documents]) -> MakeApp:
    """`make_app("<Say>hello</Say>", menu="...")` answers at /voice and /menu."""

    def make(voice: Page, /, **pages: Page) -> Documents:
        apps.append(Documents(pages={"/voice": voice, **{f"/{name}": page for name, page in pages.items()}}))
        return apps[-1]

    return make


@pytest.fixture
def twilio() -> Exchange:
    """A virtual Twilio."""
    return Exchange()

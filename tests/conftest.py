"""Contact centres to test with: the shipped one, and small ones made of texts."""

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivr.call import CallSession, Switchboard
from ivr.call.handset import Handset, VirtualClock
from ivr.flow.centre import ContactCentre, load_centre, shipped_flows
from tests.centre import shipped_centre

SMALL = Path(__file__).parent / "small"
TUESDAY_MORNING = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
"""10 a.m. in New York: every department of the small and the shipped centre is open."""


def pytest_collection_finish() -> None:
    """The collector looks less often, and never through what was imported: a tenth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@pytest.fixture(scope="session", autouse=True)
def _data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept by default is kept here, and not among the calls of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def shipped() -> ContactCentre:
    """The centre that comes with the package."""
    return shipped_centre()


@pytest.fixture(scope="session")
def small() -> ContactCentre:
    """A centre of two lines, one shared flow and three departments."""
    return load_centre(SMALL)


@pytest.fixture
def folder_with(tmp_path: Path) -> Callable[..., Path]:
    """A copy of the small centre's folder, with files replaced or added."""

    def made(**files: str) -> Path:
        for path in SMALL.rglob("*.yaml"):
            copy = tmp_path / path.relative_to(SMALL)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(path.read_text())
        for name, text in files.items():
            (tmp_path / (name.replace("__", "/") + ".yaml")).write_text(text)
        return tmp_path

    return made


@pytest.fixture
def call() -> Callable[..., "Caller"]:
    """Begins a call: `call(centre, "main")` or `call(centre, "1-800-528-2122", seed=3, now=...)`."""

    def begun(centre: ContactCentre, dialled: str, *, seed: int = 1, now: datetime = TUESDAY_MORNING) -> Caller:
        return Caller(Switchboard(centre), dialled, seed, now)

    return begun


class Caller(Handset):
    """A handset that remembers what it heard."""

    def __init__(self, board: Switchboard, dialled: str, seed: int, now: datetime) -> None:
        self.clock = VirtualClock(now)
        self.session = CallSession.arriving(board, dialled, call_id="CA1", seed=seed, clock=self.clock)
        self.said: list[str] = []
        super().__init__(self.session, self.clock, lambda turn: self.said.extend(words.text for words in turn.words))

    @property
    def heard(self) -> str:
        """All that the last turn said."""
        return " ".join(words.text for words in self.turn.words)

    @property
    def place(self) -> str:
        return self.session.record.place

    @property
    def happened(self) -> list[str]:
        return [event.kind for event in self.session.events]


@pytest.fixture
def shipped_folder() -> Path:
    return shipped_flows()

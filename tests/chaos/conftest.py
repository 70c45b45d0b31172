"""Databases to break, and the practice line on them."""

from collections.abc import Callable, Iterator

import pytest

from ivr.stores.opening import open_calls
from ivr.stores.sql import SqlCalls
from tests.stores.conftest import empty_url, engine, postgresql, postgresql_url, sqlite_url
from tests.webhooks.conftest import exchange, sender, settings

__all__ = ["empty_url", "engine", "exchange", "postgresql", "postgresql_url", "sender", "settings", "sqlite_url"]


@pytest.fixture
def opened() -> Iterator[Callable[[str], SqlCalls]]:
    """`opened(url)` is the calls of a database that has its tables."""
    stores: list[SqlCalls] = []

    def opened(url: str) -> SqlCalls:
        stores.append(open_calls(url))
        return stores[-1]

    yield opened
    for store in stores:
        store.close()

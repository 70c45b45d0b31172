"""A save that is broken off at any of its statements leaves the old turn or the new one, and never a mixture."""

import multiprocessing
import os
from dataclasses import replace

import pytest
from sqlalchemy import Engine, event

from ivr.stores.database import open_database
from ivr.stores.opening import open_calls
from ivr.stores.sql import SqlCalls
from tests.stores.test_calls import kept, silent

STATEMENTS = 3
"""Of a save: the call, its answer, its events; then the commit."""


class PowerCut(BaseException):
    """No handler for errors may catch it."""


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("survived", range(STATEMENTS + 1))
def test_broken_off_before_any_statement(engine: Engine, version: int, survived: int) -> None:
    calls = SqlCalls(engine)
    if version == 2:
        calls.save(kept(document="old"), answered=None, events=[silent()])
    before = (calls.find("CA1"), calls.answer("CA1", 0), calls.events("CA1"))
    done = 0

    def cut(*_: object) -> None:
        nonlocal done
        done += 1
        if done > survived:
            raise PowerCut

    event.listen(engine, "before_cursor_execute", cut)
    event.listen(engine, "commit", cut)
    with pytest.raises(PowerCut):
        calls.save(replace(kept(version=version), document="new"), answered=0, events=[silent(), silent()])
    event.remove(engine, "before_cursor_execute", cut)
    event.remove(engine, "commit", cut)
    assert (calls.find("CA1"), calls.answer("CA1", 0), calls.events("CA1")) == before
    assert calls.save(replace(kept(version=version), document="new"), answered=0, events=[silent()])
    assert calls.answer("CA1", 0) == "new"


def test_the_process_dies_in_a_save(sqlite_url: str) -> None:
    """Not an exception but the end: what SQLite finds in its file afterwards is the old turn."""
    calls = open_calls(sqlite_url)
    calls.save(kept(document="old"), answered=None, events=())
    process = multiprocessing.get_context("spawn").Process(target=_die_in_a_save, args=(sqlite_url,))
    process.start()
    process.join()
    assert process.exitcode == 9
    found = calls.find("CA1")
    assert found is not None
    assert (found.version, found.document, calls.events("CA1")) == (1, "old", ())
    assert calls.save(replace(kept(version=2), document="new"), answered=0, events=())
    calls.close()


def _die_in_a_save(url: str) -> None:
    engine = open_database(url)
    event.listen(engine, "commit", lambda *_: os._exit(9))
    SqlCalls(engine).save(replace(kept(version=2), document="new"), answered=0, events=[silent()])

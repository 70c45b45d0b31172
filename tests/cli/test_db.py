"""`ivr db` as its users run it."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ivr.cli import main
from ivr.stores.callers import CallerKey
from ivr.stores.opening import open_calls
from tests.stores.test_calls import kept

SECRET = "a secret of its own"
CALLER = "+12125550101"


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of three calls: one of a caller a hundred days ago, and one of each of two callers now."""
    url = f"sqlite:///{tmp_path / 'calls.db'}"
    monkeypatch.setenv("IVR_DATABASE_URL", url)
    monkeypatch.setenv("IVR_HASH_KEY", SECRET)
    monkeypatch.delenv("IVR_RETENTION", raising=False)
    now, key = datetime.now(UTC), CallerKey(SECRET)
    with closing(open_calls(url)) as calls:
        for name, number, days in (("CA1", CALLER, 100), ("CA2", CALLER, 0), ("CA3", "+13055550122", 0)):
            call = replace(kept(name), at=now - timedelta(days=days), caller=key.hide(number))
            calls.save(call, answered=None, events=())
    return url


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status, and what was printed."""
    with pytest.raises(SystemExit) as leaving:
        main(["db", *arguments])
    printed = capsys.readouterr()
    return int(leaving.value.code or 0), printed.out, printed.err


def test_upgrade_and_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    assert run(capsys, "check", "--url", url, "--json")[0] == 1
    assert run(capsys, "upgrade", "--url", url)[0] == 0
    status, out, _ = run(capsys, "check", "--url", url, "--json")
    assert (status, json.loads(out)["ok"], json.loads(out)["differences"]) == (0, True, [])


def test_there_and_back(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(run(capsys, "upgrade", "--to", "base", "--json")[1])["now"] is None
    assert "run `ivr db upgrade`" in run(capsys, "export")[2]


def test_a_version_that_is_not_one(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "upgrade", "--to", "newest")
    assert (status, "expected head, base, or one such as" in err) == (2, True)


@pytest.mark.parametrize(("older_than", "gone"), [("90d", 1), ("101d", 0), ("30", 1)])
def test_purge(url: str, capsys: pytest.CaptureFixture[str], older_than: str, gone: int) -> None:
    assert json.loads(run(capsys, "purge", "--older-than", older_than, "--json")[1])["purged"] == gone


def test_purge_by_the_retention_setting(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IVR_RETENTION", "200")
    assert run(capsys, "purge")[1] == "0 calls of more than 200 days deleted\n"
    monkeypatch.setenv("IVR_RETENTION", "20")
    assert run(capsys, "purge")[1] == "1 calls of more than 20 days deleted\n"


@pytest.mark.parametrize("age", ["soon", "0d", "-1d", "1h", "", "٣d"])
def test_an_age_that_is_none(url: str, capsys: pytest.CaptureFixture[str], age: str) -> None:
    status, _, err = run(capsys, "purge", "--older-than", age)
    assert (status, "expected days such as 90d" in err) == (2, True)


def test_export_and_erase_a_caller(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    exported = [json.loads(line)["call"] for line in run(capsys, "export", "--caller", CALLER)[1].splitlines()]
    assert exported == ["CA1", "CA2"]
    assert run(capsys, "erase", "--caller", "212-555-0101")[1] == "2 calls deleted\n"
    assert [json.loads(line)["call"] for line in run(capsys, "export")[1].splitlines()] == ["CA3"]


def test_a_caller_without_the_key(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("IVR_HASH_KEY")
    monkeypatch.delenv("TWILIO_AUTH_TOKEN", raising=False)
    status, _, err = run(capsys, "erase", "--caller", CALLER)
    assert (status, "set IVR_HASH_KEY or TWILIO_AUTH_TOKEN" in err) == (2, True)


def test_no_number(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "erase", "--caller", "nobody")[0] == 2


def test_memory_is_no_database(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "check", "--url", "memory")
    assert (status, "there is no database" in err) == (2, True)


def test_calls_that_nobody_can_be_on_any_more_are_closed(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(run(capsys, "close", "--json")[1]) == {"closed": 1}
    with closing(open_calls(url)) as calls:
        ended = [kept.ended for name in ("CA1", "CA2", "CA3") if (kept := calls.find(name))]
    assert ended == [True, False, False]
    assert run(capsys, "close")[:2] == (0, "0 calls closed\n")

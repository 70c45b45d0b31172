"""`ivr trainee` as a training lead runs it."""

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest

from ivr.cli import main
from ivr.stores.callers import CallerKey
from ivr.stores.opening import open_ready
from ivr.stores.teaching import Teaching


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database that is not there yet."""
    url = f"sqlite:///{tmp_path / 'calls.db'}"
    monkeypatch.setenv("IVR_DATABASE_URL", url)
    monkeypatch.setenv("IVR_HASH_KEY", "a secret")
    return url


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status, and what was printed."""
    with pytest.raises(SystemExit) as leaving:
        main(["trainee", *arguments])
    printed = capsys.readouterr()
    return int(leaving.value.code or 0), printed.out, printed.err


def test_a_trainee_comes_and_goes(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "add", "Ada", "--group", "May") == (0, "Ada added\n", "")
    run(capsys, "add", "Bob")
    assert json.loads(run(capsys, "list", "--group", "May", "--json")[1]) == [{"trainee": "Ada", "group": "May"}]
    assert run(capsys, "list")[1] == "Ada  May\nBob  -\n"
    assert json.loads(run(capsys, "export", "Ada")[1]) == {
        "trainee": "Ada",
        "group": "May",
        "has_pin": False,
        "assignments": [],
        "cards": [],
        "results": [],
        "calls": [],
    }
    assert run(capsys, "erase", "Ada") == (0, "Ada erased: 0 attempts, 0 calls\n", "")
    assert run(capsys, "erase", "Ada") == (2, "", "there is no trainee 'Ada'\n")
    assert run(capsys, "export", "Ada")[0] == 2


def test_a_pin_is_printed_once_and_knows_its_trainee(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    pin = re.findall(r"PIN (\d{6})$", run(capsys, "add", "Ada", "--pin")[1])[0]
    assert Teaching(open_ready(url), CallerKey("a secret")).trainee(pin) == "Ada"


def test_a_name_is_taken_once(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "add", "Ada")
    assert "already" in run(capsys, "add", "Ada")[2]


def test_a_pin_needs_a_key(url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IVR_HASH_KEY")
    monkeypatch.delenv("TWILIO_AUTH_TOKEN", raising=False)
    status, _, err = run(capsys, "add", "Ada", "--pin")
    assert (status, "set IVR_HASH_KEY" in err) == (2, True)


def test_a_class_list_is_added_with_pins(url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text("\ufeffName, Group\nAda,May\n Bob ,\n", encoding="utf-8")
    status, printed, _ = run(capsys, "import", str(tmp_path / "class.csv"), "--pin")
    rows = list(csv.DictReader(StringIO(printed)))
    assert (status, [(row["name"], row["group"]) for row in rows]) == (0, [("Ada", "May"), ("Bob", "")])
    teaching = Teaching(open_ready(url), CallerKey("a secret"))
    assert [teaching.trainee(row["pin"]) for row in rows] == ["Ada", "Bob"]
    (tmp_path / "more.csv").write_text("name\nCid\nAda\n")
    status, _, told = run(capsys, "import", str(tmp_path / "more.csv"))
    assert (status, told) == (2, "there is a trainee 'Ada' already\n")
    assert [name for name, _ in teaching.roll()] == ["Ada", "Bob"]


def test_everything_wrong_with_a_class_list_is_said_at_once(
    url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "class.csv"
    for text, told in (
        ("name\nAda\n" + "x" * 81 + "\nAda\n", [":3: a name and a group have at most 80", ":4: 'Ada' is there twice"]),
        ("name,group\n,May\n", [":2: a name is missing"]),
        ("who\nAda\n", [":1: there is no column name"]),
        ("name\n", [": nobody is on the list"]),
        ("", [":1: there is no column name"]),
    ):
        file.write_text(text)
        status, _, warned = run(capsys, "import", str(file))
        assert (status, [f"{file}{each}" in warned for each in told]) == (2, [True] * len(told)), warned
    file.write_bytes(b"name\n\xff\n")
    assert "no CSV file in UTF-8" in run(capsys, "import", str(file))[2]
    assert run(capsys, "list")[1].startswith("No trainees yet")


@pytest.mark.parametrize("name", ["Ada\nBob", "Ada\x07", " Ada", "", " ", "x" * 81])
def test_a_name_is_one_that_can_be_read_and_typed(url: str, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(capsys, "add", name)[0] == 2
    assert run(capsys, "add", "Ada", "--group", name)[0] == 2
    assert run(capsys, "list")[1].startswith("No trainees yet")


def test_a_name_that_is_taken_is_said_to_be_and_no_more(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "add", "Ada")
    assert run(capsys, "add", "Ada") == (2, "", "there is a trainee 'Ada' already\n")


def test_a_group_that_nobody_is_in_is_said_to_be_none(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "add", "Ada", "--group", "May")
    assert run(capsys, "list", "--group", "june") == (2, "", "nobody fits that; there are Ada (May)\n")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_class_list_is_separated_as_spreadsheets_do(
    url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, separator: str
) -> None:
    listed = "\ufeff" + "\r\n".join(separator.join(row) for row in (("Name", "Group"), ("Zoë", "May"))) + "\r\n"
    (tmp_path / "class.csv").write_text(listed, encoding="utf-8", newline="")
    assert run(capsys, "import", str(tmp_path / "class.csv"))[0] == 0
    assert run(capsys, "list")[1] == "Zoë  May\n"


def test_a_lost_pin_is_replaced_and_a_group_is_changed(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    lost = re.findall(r"PIN (\d{6})$", run(capsys, "add", "Ada", "--group", "May", "--pin")[1])[0]
    told = run(capsys, "change", "Ada", "--pin", "--group", "June")[1]
    assert told.startswith("Ada changed, group June, PIN ")
    teaching = Teaching(open_ready(url), CallerKey("a secret"))
    assert (teaching.trainee(lost), teaching.trainee(told.split()[-1])) == (None, "Ada")
    assert teaching.roll() == (("Ada", "June"),)
    run(capsys, "change", "Ada", "--group", "May")
    assert teaching.trainee(told.split()[-1]) == "Ada"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("Ada",), "change what?"),
        (("Ada", "--group", ""), "a name is missing"),
        (("Bob", "--group", "May"), "there is no trainee 'Bob'"),
    ],
)
def test_a_change_that_is_none_is_refused(
    url: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    run(capsys, "add", "Ada")
    status, _, warned = run(capsys, "change", *arguments)
    assert (status, told in warned) == (2, True)


def test_without_a_secret_no_pin_is_replaced(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsys, "add", "Ada")
    monkeypatch.delenv("IVR_HASH_KEY")
    monkeypatch.delenv("TWILIO_AUTH_TOKEN", raising=False)
    assert "PINs are stored hashed" in run(capsys, "change", "Ada", "--pin")[2]

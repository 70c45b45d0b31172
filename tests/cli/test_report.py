"""`ivr report`: a rehearsal's events in, its debrief out."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ivr.cli import main

CHROMIUM = shutil.which("chromium")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as done:
        main(arguments)
    out, err = capsys.readouterr()
    assert isinstance(done.value.code, int)
    return done.value.code, out, err


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A rehearsal of the dispute by a caller who only presses 0."""
    path = tmp_path / "call.jsonl"
    path.write_text(run(capsys, "rehearse", "dispute", "--caller", "zero", "--json")[1])
    return path


def test_text_and_json_say_the_same(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "report", str(call))[1]
    shown = json.loads(run(capsys, "report", str(call), "--format", "json")[1])

    assert f"Score: {shown['score']:.0f} of 100" in text
    assert shown["try_next"] in text
    assert all(mark["events"] for mark in shown["marks"])
    lost = sum(shown["regret"]["by_cause"].values())
    regret = shown["regret"]
    whole = regret["best"] + lost + regret["chance"] - regret["saved"]
    assert regret["spent"] + regret["again"] == pytest.approx(whole, abs=0.1)


def test_the_page_stands_alone(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = run(capsys, "report", str(call), "--format", "html")[1]

    assert not re.search(r'(src|href)="(?!#)', page)
    assert '<html lang="en">' in page
    assert page.count("<h1>") == 1
    assert "<title>" in page
    assert "<svg" in page
    assert 'scope="col"' in page


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_a_browser_reads_the_page(call: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "call.html"
    run(capsys, "report", str(call), "--format", "html", "--output", str(page))
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile", "--dump-dom"]
    shown = subprocess.run([str(CHROMIUM), *flags, page.as_uri()], capture_output=True, text=True, timeout=60)

    assert "One thing to try" in shown.stdout
    assert "</svg>" in shown.stdout


def test_a_file_that_holds_no_call_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "call.jsonl"
    path.write_text('{"event": "arrived"}\n')
    status, _, error = run(capsys, "report", str(path))

    assert status == 2
    assert "call.jsonl:1: this is no event of a call" in error

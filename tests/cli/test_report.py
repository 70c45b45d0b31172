"""`ivr report`: a rehearsal's events in, its debrief out."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ivr.cli import main
from ivr.cli.reporting.style import STYLE

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


def test_the_learner_is_asked_first_and_told_one_thing_last(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = run(capsys, "report", str(call), "--format", "html")[1]
    headings = re.findall(r"<h2>(.*?)</h2>", page)

    assert headings[0] == "Your own view"
    assert headings[-1] == "One thing to try"
    assert len(headings) == page.count("<h2>")
    assert not re.search("<h[3-6]", page)
    assert '<label for="view">' in page
    assert '<textarea id="view"' in page
    assert page.count("<table>") == page.count("<caption>")


def test_both_ways_are_on_the_page(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = run(capsys, "report", str(call), "--format", "html")[1]

    assert '<span class="chip best">best</span> <kbd>6</kbd> Other inquiries' in page
    assert (
        '<span class="chip you">you</span> <span class="at">0:56</span> <kbd>0</kbd> A representative: granted' in page
    )
    assert '<li class="untaken"><kbd>4</kbd> Membership Rewards</li>' in page
    assert "The best way goes by personal.welcome, personal.main, personal.other, departments.billing." in page
    assert page.count("<ul") == page.count("</ul>")
    assert len(re.findall("<li[ >]", page)) == page.count("</li>")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_are_far_enough_apart_to_read(scheme: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text; 1.4.11: 3 to 1 for what only shows."""
    schemes = re.findall(r":root { (?:color-scheme: light dark; )?(--ink.*?)}", STYLE, re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#\w+)", schemes[scheme == "dark"]))

    for text in ("ink", "quiet"):
        assert contrast(colours[text], colours["paper"]) >= 4.5
    for chip in ("you", "best", "both"):
        assert contrast(colours["chip"], colours[chip]) >= 4.5
    assert contrast(colours["ink"], colours["try"]) >= 4.5
    assert contrast(colours["rule"], colours["paper"]) >= 3
    assert contrast(colours["mark"], colours["paper"]) >= 3


def contrast(one: str, other: str) -> float:
    """Between 1 and 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
@pytest.mark.parametrize("width", [500, 1400])
def test_a_browser_shows_the_page_without_scrolling_sideways(
    call: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    page = tmp_path / "call.html"
    run(capsys, "report", str(call), "--format", "html", "--output", str(page))
    measure = "const page = document.documentElement; document.title = `${page.scrollWidth} of ${page.clientWidth}`"
    page.write_text(page.read_text().replace("</body>", f"<script>{measure}</script></body>"))
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile", "--dump-dom"]
    shown = subprocess.run(
        [str(CHROMIUM), *flags, f"--window-size={width},900", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
    )

    scrolled = re.search(r"<title>(\d+) of (\d+)</title>", shown.stdout)
    assert scrolled
    assert scrolled[1] == scrolled[2]
    assert "</svg>" in shown.stdout


def test_what_is_neither_a_file_nor_a_call_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path}/calls.db")

    assert run(capsys, "report", "CA404")[::2] == (
        2,
        "'CA404' is no file, and no call of the store; `ivr db export` lists those, by `id`\n",
    )
    status, _, error = run(capsys, "report", "latest")
    assert (status, "the store has no rehearsal yet" in error) == (2, True)


def test_a_file_that_holds_no_call_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "call.jsonl"
    path.write_text('{"event": "arrived"}\n')
    status, _, error = run(capsys, "report", str(path))

    assert status == 2
    assert "call.jsonl:1: this is no event of a call" in error


def test_events_are_read_from_a_pipe(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = [sys.executable, "-c", "from ivr.cli import main; main()", "report", "-", "--format", "json"]
    piped = subprocess.run(program, input=call.read_text(), capture_output=True, text=True, check=True)
    with pytest.raises(SystemExit):
        main(["report", str(call), "--format", "json"])
    assert json.loads(piped.stdout) == json.loads(capsys.readouterr().out)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "call.wav").write_bytes(b"RIFF\xff\xfe")
    with pytest.raises(SystemExit) as left:
        main(["report", str(tmp_path / "call.wav")])
    assert (left.value.code, "is no text in UTF-8" in capsys.readouterr().err) == (2, True)

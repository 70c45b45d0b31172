"""Output that cannot be written as it is: a terminal that lacks letters, a disk that is full."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

IVR = (sys.executable, "-c", "from ivr.cli import main; main()")


def test_letters_that_a_terminal_lacks_are_written_by_their_codes() -> None:
    told = subprocess.run(
        [*IVR, "call", "1-800-528-4800", "--script", "wait 30"],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        text=True,
    )
    assert (told.returncode, told.stderr) == (0, "")
    assert "  \\u266a     on hold" in told.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_told() -> None:
    with open("/dev/full", "w") as full:
        told = subprocess.run([*IVR, "numbers"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert (told.returncode, told.stderr) == (2, "the output cannot be written: No space left on device\n")

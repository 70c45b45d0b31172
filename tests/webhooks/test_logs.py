"""What a log line has, and what none has."""

import json
import subprocess
import sys
import textwrap

import pytest

from webhooks.logs import logging_config

CANARY = "4929381746250837"


def logged(form: str, code: str, level: str = "debug") -> list[str]:
    """The lines that `code` logs in a process of its own."""
    program = (
        f"import logging, logging.config\nfrom webhooks.logs import *\n"
        f"logging.config.dictConfig(logging_config({form!r}, {level!r}))\n"
        f"log = logger('webhooks.voice')\n{textwrap.dedent(code)}"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_lines_are_json_and_have_the_call() -> None:
    first, second, third = logged(
        "json",
        """
        about_call("CA0123456789")
        log.warning("a call too many", limit="caller")
        logging.getLogger("third.party").info("said %s", "something")
        about_nothing()
        log.info("later")
        """,
    )
    line = json.loads(first)
    assert (line["event"], line["limit"], line["call"], line["level"]) == (
        "a call too many",
        "caller",
        "CA0123456789",
        "warning",
    )
    assert line["timestamp"].endswith("Z")
    assert (json.loads(second)["call"], json.loads(second)["event"]) == ("CA0123456789", "said something")
    assert "call" not in json.loads(third)


def test_lines_are_to_be_read_too() -> None:
    (line,) = logged("text", 'log.info("call ended", outcome="connected")')
    assert "call ended" in line
    assert "outcome=connected" in line


LEAKS = f"""
logging.getLogger("third.party").error("keyed {CANARY}")
logging.getLogger("gunicorn.error").error("/voice?Digits={CANARY}")
logging.getLogger("gunicorn.access").info("GET /voice?Digits={CANARY}")
log.error("our own, by mistake", words="my code is {CANARY}")
log.error("in the event: {CANARY}")
try:
    int("{CANARY}x")
except ValueError:
    log.exception("failed")
    logging.getLogger("third.party").exception("failed")
"""


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_number_is_logged(form: str) -> None:
    lines = logged(form, LEAKS)
    assert len(lines) == 6
    assert CANARY[:6] not in "\n".join(lines)


def test_an_exception_is_its_kind_and_its_places() -> None:
    (line,) = logged("json", 'try:\n    [].pop()\nexcept IndexError:\n    log.exception("failed")')
    assert (json.loads(line)["error"], json.loads(line)["at"]) == ("IndexError", "<string>:6")


def test_no_caller_can_write_a_line_of_their_own() -> None:
    lines = logged("json", 'log.error("odd", words="x\\n{\\"event\\": \\"forged\\"}\\r\\x1b[2J")')
    assert len(lines) == 1
    text = logged("text", 'log.error("odd", words="x\\nforged line\\x1b[2J")')
    assert len(text) == 1
    assert "\x1b" not in text[0]


def test_a_level_is_kept() -> None:
    assert logged("json", 'log.info("quiet")', level="warning") == []
    assert logging_config("json", "debug")["root"] == {"level": "DEBUG", "handlers": ["stderr"]}

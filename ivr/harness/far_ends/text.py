"""Far ends as text, for command lines and files.

    busy, rejects, no-answer, not-in-service    nobody talks
    answers                                     somebody picks up and stays
    voicemail                                   a machine
    say hello; press 1; hang up                 somebody picks up and does this (see `script`)
    http://127.0.0.1:3001/voice                 another application
    shop.app:app/voice                          one of this process, WSGI or ASGI

After the first word may stand when (`answers after 5`), and after a colon what is said or done: `voicemail after 20:
This is Ann.`, `answers after 5: say hello`.
"""

import re
from dataclasses import replace

from ivr.errors import ScriptError
from ivr.harness.far_ends.values import (
    Answers,
    Busy,
    FarEnd,
    NoAnswer,
    NotInService,
    Rejects,
    Runs,
    Voicemail,
)
from ivr.harness.fetch.importing import application_named, is_named

__all__ = ["parse_far_end"]

ALLOWED = (
    "expected answers, voicemail, busy, rejects, no-answer or not-in-service (`busy after 3`, `answers after 5: say "
    "hello`, `voicemail: This is Ann`), an application by its URL or as MODULE:NAME/PATH, or a script such "
    "as say hello; hang up"
)

_WORDS = re.compile(
    r"(?P<kind>answers|voicemail|busy|rejects|no[- ]answer|not[- ]in[- ]service)"
    r"(?:\s+after\s+(?P<after>\d+(?:\.\d+)?)\s*s?)?\s*(?::\s*(?P<says>.*))?",
    re.IGNORECASE | re.DOTALL,
)


def parse_far_end(text: str) -> FarEnd:
    """The far end that a text in one of those forms describes; raises ScriptError, which says what is allowed."""
    text = text.strip()
    if text.startswith(("http://", "https://")):
        return Runs(app=text)
    match = _WORDS.fullmatch(text)
    if match is None and is_named(text):
        app, path = application_named(text)
        return Runs(app=app, url=path)
    if match is None:
        return _scripted(text)
    kind = match["kind"].lower().replace(" ", "-")
    return _built(kind, None if match["after"] is None else float(match["after"]), match["says"])


def _scripted(text: str) -> Answers:
    try:
        if text:
            return Answers(script=text)
    except ScriptError as problem:
        raise ScriptError(f"'{text}' is no far end: {problem}\n{ALLOWED}") from problem
    raise ScriptError(f"who is at the far end? {ALLOWED}")


def _built(kind: str, after: float | None, says: str | None) -> FarEnd:
    far_end = _said(kind, says)
    if after is None:
        return far_end
    if isinstance(far_end, NoAnswer | Runs):
        raise ScriptError("no-answer rings for ever, so that no time can stand after it")
    return replace(far_end, after=after)


def _said(kind: str, says: str | None) -> FarEnd:
    match kind:
        case "answers":
            return Answers(script=says or "")
        case "voicemail":
            return Voicemail(greeting=says) if says else Voicemail()
        case _ if says:
            raise ScriptError(f"'{kind}' says nothing, so that '{says}' cannot stand after it; {ALLOWED}")
        case "busy":
            return Busy()
        case "rejects":
            return Rejects()
        case "not-in-service":
            return NotInService()
        case _:
            return NoAnswer()

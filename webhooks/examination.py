"""What `ivr doctor` looks at: all that this machine has to have for the line to answer, and whether it does.

Twilio itself is not asked; `ivr twilio check` does that.
"""

import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from importlib.util import find_spec

import requests
from twilio.request_validator import RequestValidator

from ivr.errors import FlowError, NumberError, SettingsError, StoreError
from ivr.flow.centre import load_centre
from ivr.stores.database import open_database
from ivr.stores.schema import require_current
from webhooks.app import check_numbers
from webhooks.diagnosis import SECONDS_TO_ANSWER, Finding
from webhooks.public_url import is_local
from webhooks.settings import Settings

__all__ = ["examine"]

OLDEST_PYTHON = (3, 11)

NOBODY = "CA" + "0" * 32
"""A call that there is not: to be told of its end changes nothing."""


def examine(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Everything, one after the other; what needs settings is left out where they are wrong."""
    yield _python()
    yield _package("gunicorn", "production", needed=False)
    try:
        settings = Settings.from_environ(environ)
    except SettingsError as error:
        yield from (_wrong("settings", str(problem)) for problem in error.problems)
        return
    yield _right("settings", f"public URL {settings.public_url}")
    yield from _flows(settings)
    yield from _database(settings)
    yield _signatures(settings)
    yield _limits(settings)
    yield _metrics(settings)
    yield from _reached(settings)


def _right(subject: str, detail: str) -> Finding:
    return Finding(subject=subject, ok=True, detail=detail)


def _wrong(subject: str, detail: str) -> Finding:
    return Finding(subject=subject, ok=False, detail=detail)


def _python() -> Finding:
    present = ".".join(map(str, sys.version_info[:3]))
    oldest = ".".join(map(str, OLDEST_PYTHON))
    ok = sys.version_info[:2] >= OLDEST_PYTHON
    return Finding(subject="Python", ok=ok, detail=present if ok else f"{present}, expected {oldest} or later")


def _package(name: str, extra: str, *, needed: bool) -> Finding:
    if find_spec(name) is not None:
        return _right(name, version(name))
    return Finding(subject=name, ok=not needed, detail=f"not installed: pip install 'ivr-trainer[{extra}]'")


def _flows(settings: Settings) -> Iterator[Finding]:
    try:
        centre = load_centre(settings.flows)
        check_numbers(settings, centre)
    except FlowError as error:
        yield from (_wrong("flows", str(problem)) for problem in error.problems)
    except SettingsError as error:
        yield from (_wrong("settings", str(problem)) for problem in error.problems)
    except NumberError as error:
        yield _wrong("flows", str(error))
    else:
        yield _right("flows", f"{len(centre.trees)} phone trees can be read")


def _database(settings: Settings) -> Iterator[Finding]:
    if settings.database is None:
        yield _right("database", "calls are kept in memory, of one process, until it ends")
        return
    try:
        engine = open_database(settings.database)
        try:
            require_current(engine)
        finally:
            engine.dispose()
    except StoreError as error:
        yield _wrong("database", str(error))
    else:
        kept = f"calls are kept for {settings.retention} days if `ivr db purge` runs every day"
        yield _right("database", f"{engine.dialect.name}, its tables are right; {kept}")


def _signatures(settings: Settings) -> Finding:
    credentials = settings.credentials
    if not settings.verify_signatures or credentials is None:
        return _wrong("signatures", "off: anyone could pass for Twilio")
    tokens = "two Auth Tokens: one is to be taken away when the other is in use" if credentials.secondary_token else ""
    keys = f"{len(credentials.shared_keys)} shared keys" if credentials.shared_keys else ""
    return _right("signatures", ", ".join(filter(None, ("verified", tokens, keys))))


def _limits(settings: Settings) -> Finding:
    proxies = settings.trusted_proxies
    detail = f"addresses are taken from {proxies} trusted {'proxy' if proxies == 1 else 'proxies'}"
    nobody = "addresses are those that connect: behind a proxy, IVR_TRUSTED_PROXIES=1 tells callers of it apart"
    return _right("proxy", detail if proxies else nobody)


def _metrics(settings: Settings) -> Finding:
    return _right(
        "metrics", "for whoever has the token" if settings.metrics_token else "off: IVR_METRICS_TOKEN is unset"
    )


def _reached(settings: Settings) -> Iterator[Finding]:
    """The line as Twilio sees it: there, ready, deaf to forgers, and open to what is signed."""
    if is_local(settings.public_url):
        yield _wrong("public URL", f"Twilio cannot reach {settings.public_url}")
        return
    try:
        yield from _asked(settings)
    except requests.RequestException as error:
        yield _wrong("public URL", f"{settings.public_url} does not answer: {type(error).__name__}")


def _asked(settings: Settings) -> Iterator[Finding]:
    url = settings.public_url
    for path, meaning in (("/healthz", "answers"), ("/readyz", "is ready for calls")):
        status = requests.get(url + path, timeout=SECONDS_TO_ANSWER, allow_redirects=False).status_code
        detail = f"{url} {meaning}" if status == 200 else f"{url}{path} answers with status {status}, expected 200"
        yield Finding(subject="public URL", ok=status == 200, detail=detail)
    yield _sent(settings, "forged", 403, "a forged request is refused")
    if settings.credentials is not None:
        yield _sent(settings, settings.credentials.auth_token, 204, "a signed request is let in")


def _sent(settings: Settings, secret: str, expected: int, meaning: str) -> Finding:
    """The end of a call that there is not, signed with `secret`."""
    credentials = settings.credentials
    account = credentials.account_sid if credentials else "AC" + "0" * 32
    url = f"{settings.public_url}/voice/status"
    fields = {"AccountSid": account, "CallSid": NOBODY, "CallStatus": "completed", "From": "", "To": ""}
    signature = RequestValidator(secret).compute_signature(url, fields)
    headers = {"X-Twilio-Signature": signature}
    answer = requests.post(url, data=fields, headers=headers, timeout=SECONDS_TO_ANSWER, allow_redirects=False)
    got = answer.status_code
    detail = meaning if got == expected else f"{url} answers with status {got} where {meaning}, expected {expected}"
    return Finding(subject="signatures", ok=got == expected, detail=detail)

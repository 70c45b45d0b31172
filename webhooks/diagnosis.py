"""What is wrong with the way a Twilio number reaches this application, from the environment to the far end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import requests

from ivr.errors import FlowError, SettingsError
from webhooks.account import Account, AccountError, OwnNumber, changes
from webhooks.addresses import Addresses
from webhooks.app import create_app
from webhooks.public_url import is_local
from webhooks.settings import Credentials, Settings

__all__ = ["Finding", "diagnose"]

SECONDS_TO_ANSWER = 10
"""Twilio itself waits for 15, and a caller less."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at: `subject`, whether it is right, and what there is to say about it."""

    subject: str
    ok: bool
    detail: str


def diagnose(environ: Mapping[str, str], number: str | None = None) -> Iterator[Finding]:
    """Everything worth knowing, one after the other; `number` (E.164) is looked at instead of those in IVR_NUMBERS.

    What cannot be looked at, because something before it is wrong, is left out.
    """
    try:
        settings = Settings.from_environ(environ)
    except SettingsError as error:
        yield from (Finding(subject="environment", ok=False, detail=str(problem)) for problem in error.problems)
        return
    yield Finding(subject="environment", ok=True, detail=f"public URL {settings.public_url}")
    yield from _application(settings)
    yield _signatures(settings)
    yield _reached(settings)
    if settings.credentials is not None:
        yield from _account(settings, settings.credentials, number)


def _application(settings: Settings) -> Iterator[Finding]:
    try:
        create_app(settings)
    except (FlowError, SettingsError) as error:
        subject = "flows" if isinstance(error, FlowError) else "environment"
        yield from (Finding(subject=subject, ok=False, detail=str(problem)) for problem in error.problems)
        return
    yield Finding(subject="flows", ok=True, detail="the phone trees can be read")


def _signatures(settings: Settings) -> Finding:
    on = settings.verify_signatures
    return Finding(subject="signatures", ok=on, detail="verified" if on else "off: anyone could pass for Twilio")


def _reached(settings: Settings) -> Finding:
    """Whether the application answers at its public URL, as far as can be told from this machine."""
    url = Addresses(public_url=settings.public_url).health
    if is_local(url):
        return Finding(subject="reachable", ok=False, detail=f"Twilio cannot reach {settings.public_url}")
    try:
        answer = requests.get(url, timeout=SECONDS_TO_ANSWER, allow_redirects=False)
    except requests.RequestException as error:
        return Finding(subject="reachable", ok=False, detail=f"{url} does not answer: {type(error).__name__}")
    well = answer.status_code == 200 and _is_ours(answer)
    what = "answers" if well else f"answers with status {answer.status_code}, and not as this application does"
    return Finding(subject="reachable", ok=well, detail=f"{url} {what}")


def _is_ours(answer: requests.Response) -> bool:
    try:
        return bool(answer.json() == {"status": "ok"})
    except requests.JSONDecodeError:
        return False


def _account(settings: Settings, credentials: Credentials, number: str | None) -> Iterator[Finding]:
    account = Account(credentials)
    try:
        status = account.status()
        yield Finding(subject="credentials", ok=status == "active", detail=f"the account is {status}")
        yield from _numbers(account, settings, number)
    except AccountError as error:
        yield Finding(subject="credentials", ok=False, detail=str(error))


def _numbers(account: Account, settings: Settings, number: str | None) -> Iterator[Finding]:
    addresses = Addresses(public_url=settings.public_url)
    named = [number] if number else list(settings.numbers)
    if named:
        for each in named:
            yield from _number(each, account.number(each), addresses)
        return
    calling = [own for own in account.numbers() if own.present["voice_url"] == addresses.incoming]
    if not calling:
        detail = f"no number of this account calls {addresses.incoming}; `ivr twilio setup` makes one do so"
        yield Finding(subject="numbers", ok=False, detail=detail)
    for own in calling:
        yield from _number(own.number, own, addresses)


def _number(number: str, own: OwnNumber | None, addresses: Addresses) -> Iterator[Finding]:
    if own is None:
        yield Finding(subject=number, ok=False, detail="this account has no such number")
        return
    wrong = changes(own, addresses)
    if not wrong:
        yield Finding(subject=number, ok=True, detail=f"calls {addresses.incoming}")
    for change in wrong:
        yield Finding(subject=number, ok=False, detail=f"should be changed: {change}")

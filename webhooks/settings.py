"""Settings: read once from the environment, and everything wrong with them said at once."""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ivr.errors import SettingsError, StoreError
from ivr.stores.database import default_url, parse_url
from ivr.teaching.record_store import RecordStore
from webhooks.credentials import Credentials
from webhooks.lrs import lrs_of
from webhooks.public_url import exposed, unfit
from webhooks.rates import Rate, Rates
from webhooks.variables import VARIABLES

__all__ = ["Credentials", "Limits", "LogFormat", "Settings"]

LogFormat = Literal["json", "text"]

CREDENTIALS = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
ACCOUNT_SID = re.compile(r"AC[0-9a-fA-F]{32}")
FORMATS: dict[str, LogFormat] = {"json": "json", "text": "text"}
LEVELS = ("info", "debug", "warning", "error")
KEY_NAME = re.compile(r"[A-Za-z0-9_.-]{1,128}")
OWN_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
IN_MEMORY = "memory"
SHORTEST_SECRET = 16
SWITCH = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much is taken: calls kept in memory, bytes and fields of one request, turns of a call, and how often."""

    calls: int = 10_000
    request_bytes: int = 16_384
    fields: int = 100
    turns: int = 500
    rates: Rates = field(default_factory=Rates)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the application needs to know. `public_url` has no slash at its end.

    `numbers` are own numbers in E.164 and the directory number, or line, each answers as; None is the lobby. Without a
    `database` URL calls are kept in memory; `retention` is in days. `hash_key` hides callers' numbers in the store. The
    record store `lrs` is told of trainees' attempts.
    Raises SettingsError for what could not be safe.
    """

    public_url: str
    credentials: Credentials | None = None
    verify_signatures: bool = True
    numbers: Mapping[str, str | None] = field(default_factory=dict)
    flows: Path | None = None
    seed: int | None = None
    limits: Limits = field(default_factory=Limits)
    trusted_proxies: int = 0
    metrics_token: str | None = field(default=None, repr=False)
    log_format: LogFormat | None = None
    log_level: str = "info"
    database: str | None = field(default=None, repr=False)
    retention: int = 90
    hash_key: str = field(default="", repr=False)
    lrs: RecordStore | None = None

    def __post_init__(self) -> None:
        problems = [unfit(self.public_url)]
        if self.verify_signatures and self.credentials is None:
            problems += [_missing(name) for name in CREDENTIALS]
        if not self.verify_signatures and not any(problems):
            problems.append(exposed(self.public_url))
        if any(problems):
            raise SettingsError([problem for problem in problems if problem])
        object.__setattr__(self, "public_url", self.public_url.rstrip("/"))

    @property
    def caller_secret(self) -> str:
        """What callers' numbers are hidden with: a key of its own, so that it outlives a changed Auth Token."""
        return self.hash_key or (self.credentials.auth_token if self.credentials else "")

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings in `environ`, usually `os.environ`. Raises SettingsError with every problem."""
        return _Reading(environ).settings()


class _Reading:
    """Reads one variable after the other, and gathers what is wrong. A variable that is empty is not set."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._problems: list[object] = []

    def settings(self) -> Settings:
        verify = self._switch("IVR_VERIFY_SIGNATURES", default=True)
        public_url = self._public_url(verified=verify)
        credentials = self._credentials(needed=verify)
        numbers = self._numbers()
        flows = self._folder("IVR_FLOWS")
        seed = self._whole("IVR_SEED")
        limits = Limits(
            calls=self._limit("IVR_MOST_CALLS", Limits.calls, least=1),
            request_bytes=self._limit("IVR_MOST_BYTES", Limits.request_bytes, least=1024),
            fields=self._limit("IVR_MOST_FIELDS", Limits.fields, least=20),
            turns=self._limit("IVR_MOST_TURNS", Limits.turns, least=10),
            rates=Rates(
                calls_per_caller=self._rate("IVR_CALLS_PER_CALLER", Rates.calls_per_caller),
                calls_per_address=self._rate("IVR_CALLS_PER_ADDRESS", Rates.calls_per_address),
                refusals_per_address=self._rate("IVR_REFUSALS_PER_ADDRESS", Rates.refusals_per_address),
            ),
        )
        proxies = self._limit("IVR_TRUSTED_PROXIES", 0, least=0, most=9)
        token = self._secret("IVR_METRICS_TOKEN") or None
        log_format = FORMATS.get(self._choice("IVR_LOG_FORMAT", ("", *FORMATS)))
        log_level = self._choice("IVR_LOG_LEVEL", LEVELS)
        database = self._database()
        retention = self._limit("IVR_RETENTION", Settings.retention, least=1)
        hash_key = self._secret("IVR_HASH_KEY")
        lrs = self._lrs()
        if lrs is not None and database is None:
            self._problems.append(
                "IVR_LRS_URL is set, and IVR_DATABASE_URL is memory: attempts are told from a database"
            )
        if self._problems:
            raise SettingsError(self._problems)
        return Settings(
            public_url=public_url,
            credentials=credentials,
            verify_signatures=verify,
            numbers=numbers,
            flows=flows,
            seed=seed,
            limits=limits,
            trusted_proxies=proxies,
            metrics_token=token,
            log_format=log_format,
            log_level=log_level,
            database=database,
            retention=retention,
            hash_key=hash_key,
            lrs=lrs,
        )

    def _text(self, name: str) -> str:
        return self._environ.get(name, "").strip()

    def _wrong(self, name: str, what: str) -> None:
        self._problems.append(f"{name} {what}, expected {VARIABLES[name].example}")

    def _public_url(self, *, verified: bool) -> str:
        url = self._text("IVR_PUBLIC_URL")
        problem = unfit(url) if url else _missing("IVR_PUBLIC_URL")
        if problem is None and not verified:
            problem = exposed(url)
        if problem:
            self._problems.append(problem)
        return url

    def _credentials(self, *, needed: bool) -> Credentials | None:
        sid, token = (self._text(name) for name in CREDENTIALS)
        if needed or sid or token:
            self._problems += [_missing(name) for name in CREDENTIALS if not self._text(name)]
        if sid and not ACCOUNT_SID.fullmatch(sid):
            self._wrong("TWILIO_ACCOUNT_SID", "is no account SID")
        keys, secondary = self._shared_keys(), self._text("TWILIO_AUTH_TOKEN_SECONDARY") or None
        if secondary and secondary == token:
            self._wrong("TWILIO_AUTH_TOKEN_SECONDARY", "is the same as TWILIO_AUTH_TOKEN")
        if not sid or not token:
            return None
        return Credentials(account_sid=sid, auth_token=token, secondary_token=secondary, shared_keys=keys)

    def _shared_keys(self) -> dict[str, str]:
        """Nothing of a key is repeated where one is wrong: what looks like a name may be half of a secret."""
        pairs = [part.strip().partition("=") for part in self._text("TWILIO_SHARED_KEYS").split(",") if part.strip()]
        keys = {name.strip(): secret.strip() for name, _, secret in pairs}
        if not all(KEY_NAME.fullmatch(name) and secret for name, secret in keys.items()) or len(keys) < len(pairs):
            self._wrong("TWILIO_SHARED_KEYS", "has a key without a name or a secret, or one twice")
        return keys

    def _numbers(self) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for pair in filter(None, (part.strip() for part in self._text("IVR_NUMBERS").split(","))):
            number, _, target = (part.strip() for part in pair.partition("="))
            if not OWN_NUMBER.fullmatch(number):
                self._wrong("IVR_NUMBERS", f"has '{number}', which is no number in E.164")
            elif number in found:
                self._wrong("IVR_NUMBERS", f"has {number} twice")
            found[number] = target or None
        return found

    def _database(self) -> str | None:
        text = self._text("IVR_DATABASE_URL") or default_url()
        if text == IN_MEMORY:
            return None
        try:
            parse_url(text)
        except StoreError as error:
            self._problems.append(f"IVR_DATABASE_URL cannot be used: {error}")
        return text

    def _lrs(self) -> RecordStore | None:
        try:
            return lrs_of(self._environ)
        except SettingsError as error:
            self._problems += error.problems
            return None

    def _secret(self, name: str) -> str:
        text = self._text(name)
        if text and len(text) < SHORTEST_SECRET:
            self._wrong(name, "is too short")  # and is not repeated here
        return text

    def _folder(self, name: str) -> Path | None:
        text = self._text(name)
        if text and not Path(text).is_dir():
            self._wrong(name, f"is '{text}', and there is no such folder")
        return Path(text) if text else None

    def _switch(self, name: str, *, default: bool) -> bool:
        text = self._text(name)
        if text and text.lower() not in SWITCH:
            self._wrong(name, f"is '{text}'")
        return SWITCH.get(text.lower(), default)

    def _choice(self, name: str, choices: Sequence[str]) -> str:
        """One of `choices`, of which the first is the default."""
        text = self._text(name).lower()
        if text and text not in choices:
            self._wrong(name, f"is '{text}'")
        return text if text in choices else choices[0]

    def _whole(self, name: str) -> int | None:
        text = self._text(name)
        if re.fullmatch(r"-?[0-9]{1,18}", text):
            return int(text)
        if text:
            self._wrong(name, f"is '{text}'")
        return None

    def _limit(self, name: str, default: int, *, least: int, most: int = sys.maxsize) -> int:
        limit = self._whole(name)
        if limit is not None and not least <= limit <= most:
            self._wrong(name, f"is {limit}")
        return default if limit is None else limit

    def _rate(self, name: str, default: Rate | None) -> Rate | None:
        text = self._text(name)
        if not text:
            return default
        if SWITCH.get(text.lower()) is False:
            return None
        try:
            return Rate.read(text)
        except ValueError:
            self._wrong(name, f"is '{text}'")
            return default


def _missing(name: str) -> str:
    variable = VARIABLES[name]
    return f"{name} is missing: {variable.meaning}, expected {variable.example}"

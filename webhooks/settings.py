"""Settings: read once from the environment, and everything wrong with them said at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ivr.errors import SettingsError, StoreError
from ivr.stores.database import default_url, parse_url
from webhooks.public_url import exposed, unfit
from webhooks.variables import VARIABLES

__all__ = ["Credentials", "Limits", "Settings"]

CREDENTIALS = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
ACCOUNT_SID = re.compile(r"AC[0-9a-fA-F]{32}")
OWN_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
IN_MEMORY = "memory"
SHORTEST_SECRET = 16
SWITCH = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """A Twilio account and its secret, which no repr shows."""

    account_sid: str
    auth_token: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much is taken: calls kept in memory, bytes and fields of one request."""

    calls: int = 10_000
    request_bytes: int = 16_384
    fields: int = 100


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the application needs to know. `public_url` has no slash at its end.

    `numbers` are own numbers in E.164 and the directory number, or line, each answers as; None is the lobby. Without a
    `database` URL calls are kept in memory; `retention` is in days. `hash_key` hides callers' numbers in the store.
    Raises SettingsError for what could not be safe.
    """

    public_url: str
    credentials: Credentials | None = None
    verify_signatures: bool = True
    numbers: Mapping[str, str | None] = field(default_factory=dict)
    flows: Path | None = None
    seed: int | None = None
    limits: Limits = Limits()
    database: str | None = field(default=None, repr=False)
    retention: int = 90
    hash_key: str = field(default="", repr=False)

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
        )
        database = self._database()
        retention = self._limit("IVR_RETENTION", Settings.retention, least=1)
        hash_key = self._secret("IVR_HASH_KEY")
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
            database=database,
            retention=retention,
            hash_key=hash_key,
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
        return Credentials(account_sid=sid, auth_token=token) if sid and token else None

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

    def _secret(self, name: str) -> str:
        text = self._text(name)
        if text and len(text) < SHORTEST_SECRET:
            self._wrong(name, "is too short")
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

    def _whole(self, name: str) -> int | None:
        text = self._text(name)
        if re.fullmatch(r"-?[0-9]{1,18}", text):
            return int(text)
        if text:
            self._wrong(name, f"is '{text}'")
        return None

    def _limit(self, name: str, default: int, *, least: int) -> int:
        limit = self._whole(name)
        if limit is not None and limit < least:
            self._wrong(name, f"is {limit}")
        return default if limit is None else limit


def _missing(name: str) -> str:
    variable = VARIABLES[name]
    return f"{name} is missing: {variable.meaning}, expected {variable.example}"

"""The learning record store of the settings: its URL, and its credentials from the environment alone."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from ivr.errors import SettingsError
from ivr.teaching.record_store import RecordStore
from webhooks.public_url import is_local
from webhooks.variables import VARIABLES

__all__ = ["lrs_of"]

_TOGETHER = ("IVR_LRS_URL", "IVR_LRS_KEY", "IVR_LRS_SECRET")


def lrs_of(environ: Mapping[str, str]) -> RecordStore | None:
    """The record store in `environ`, usually `os.environ`; None where there is none. Raises SettingsError."""
    url, key, secret = (environ.get(name, "").strip() for name in _TOGETHER)
    if not url and not key and not secret:
        return None
    problems = [
        f"{name} is missing, and the other two are there, expected {VARIABLES[name].example}"
        for name, text in zip(_TOGETHER, (url, key, secret), strict=True)
        if not text
    ]
    if url and not _fit(url):
        problems.append(f"IVR_LRS_URL will not do, expected {VARIABLES['IVR_LRS_URL'].example}")  # it may hold a secret
    if problems:
        raise SettingsError(problems)
    return RecordStore(url=url, key=key, secret=secret)


def _fit(url: str) -> bool:
    """Whether the credentials can be sent there, and nobody on the way reads them."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_local(url))
    return bool(parts.hostname) and plain and safe

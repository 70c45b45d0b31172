"""Which public URLs will do: ones that Twilio can reach and nobody on the way can read, or this machine itself."""

import ipaddress
import re
from urllib.parse import urlsplit

from webhooks.variables import VARIABLES

__all__ = ["exposed", "is_local", "spellings", "unfit"]

_NOT_IN_URLS = re.compile(r"[^\x21-\x7e]|[<>\"\\]")


def unfit(url: str) -> str | None:
    """What is wrong with a public URL, in words; None where nothing is."""
    what = _fault(url)
    return what and f"IVR_PUBLIC_URL {what}, expected {VARIABLES['IVR_PUBLIC_URL'].example}"


def exposed(url: str) -> str | None:
    """Why signatures must be verified at `url`; None where nothing outside this machine can reach it."""
    if is_local(url):
        return None
    return (
        "IVR_VERIFY_SIGNATURES is off, which is for a localhost IVR_PUBLIC_URL only: "
        "elsewhere anyone could pass for Twilio"
    )


def _fault(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is no URL"
    if parts.username is not None or parts.password is not None:
        return "has a name or a password in it"  # which is not repeated here
    if parts.scheme not in ("http", "https") or not host or _NOT_IN_URLS.search(url):
        return f"is '{url}', which is no URL"
    if "?" in url or "#" in url:
        return f"is '{url}', which has more than a host and a path"
    if parts.scheme == "http" and not is_local(url):
        return f"is '{url}', which anyone on the way could read"
    return None


def is_local(url: str) -> bool:
    """Whether nothing outside this machine can reach it."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def spellings(url: str) -> tuple[str, str]:
    """The same URL without its port and with it, as Twilio may sign either:
    https://www.twilio.com/docs/usage/security#validating-requests.
    """
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.netloc.partition(":")[0]
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return parts._replace(netloc=host).geturl(), parts._replace(netloc=f"{host}:{port}").geturl()

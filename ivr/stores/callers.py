"""Callers' numbers, hidden: enough to tell one caller from another, and to forget one who asks for it."""

import hashlib
import hmac

from ivr.frozen import frozen

__all__ = ["CallerKey", "HiddenCaller"]

_SHOWN = 4


@frozen
class HiddenCaller:
    """A caller's number as a keyed hash of 32 hexadecimal digits, and its last four digits for people to read."""

    hashed: str
    last4: str


class CallerKey:
    """Hides numbers with a secret. A number has so few digits that a hash without a key would be undone by trying all.

    Whoever has the key can find a caller's calls by the number; nobody can get the number from the store.
    """

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(f"caller:{secret}".encode()).digest()

    def hide(self, number: str) -> HiddenCaller:
        """A number in E.164, or any other address a call may come from."""
        hashed = hmac.digest(self._key, number.encode(), "sha256").hex()[:32]
        digits = "".join(each for each in number if each.isdigit())
        return HiddenCaller(hashed=hashed, last4=digits[-_SHOWN:] if len(digits) > 2 * _SHOWN - 1 else "")

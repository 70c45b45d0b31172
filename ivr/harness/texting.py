"""Messages: kept for REST to show, "delivered" a moment later, and sent to nobody.

https://www.twilio.com/docs/messaging/api/message-resource
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import partial
from typing import Literal

from ivr.harness.addresses import e164
from ivr.harness.api import API_VERSION, account_path
from ivr.harness.outcome import Ask
from ivr.harness.sids import Sids
from ivr.harness.timeline import Timeline

__all__ = ["Message", "Texts", "to_whom"]

Message = dict[str, object]
"""A message as REST shows it."""

SEGMENT = 160
STEPS = ((0, "sent"), (1000, "delivered"))


def to_whom(text: str) -> str | None:
    """Where a message can go: a number in E.164 form, or an address such as `whatsapp:+14155550101`; None elsewhere."""
    return text if ":" in text else e164(text)


class Texts:
    """The messages of one account."""

    def __init__(
        self, timeline: Timeline, sids: Sids, *, account_sid: str, began: datetime, notify: Callable[[Ask], None]
    ) -> None:
        """`notify` makes a request of no call, which tells how a message is getting on."""
        self.kept: dict[str, Message] = {}
        self.media: dict[str, tuple[str, ...]] = {}
        """The URLs of what goes with a message, by its SID."""
        self._timeline = timeline
        self._sids = sids
        self._account_sid = account_sid
        self._began = began
        self._notify = notify

    def send(
        self,
        *,
        to: str,
        from_: str | None,
        body: str,
        media: Sequence[str] = (),
        service: str | None = None,
        direction: Literal["outbound-api", "outbound-call"] = "outbound-api",
        callback: str | None = None,
    ) -> Message:
        """Take a message; `callback` is told that it is sent and delivered, as virtual time passes."""
        sid = self._sids.make("MM" if media else "SM")
        uri = f"{account_path(self._account_sid)}/Messages/{sid}"
        message: Message = {
            "sid": sid,
            "account_sid": self._account_sid,
            "messaging_service_sid": service,
            "to": to,
            "from": from_,
            "body": body,
            "status": "queued",
            "direction": direction,
            "num_segments": str(-(-len(body or " ") // SEGMENT)),
            "num_media": str(len(media)),
            "date_created": self._date,
            "date_updated": self._date,
            "date_sent": None,
            "price": None,
            "price_unit": "USD",
            "error_code": None,
            "error_message": None,
            "api_version": API_VERSION,
            "uri": f"{uri}.json",
            "subresource_uris": {"media": f"{uri}/Media.json"},
        }
        self.kept[sid] = message
        if media:
            self.media[sid] = tuple(media)
        for after, status in STEPS:
            self._timeline.at(self._timeline.now + after, partial(self._progress, message, status, callback))
        return message

    @property
    def _date(self) -> str:
        return format_datetime(self._began + timedelta(milliseconds=self._timeline.now))

    def _progress(self, message: Message, status: str, callback: str | None) -> None:
        message["status"] = status
        message["date_updated"] = message["date_sent"] = self._date
        if callback is not None:
            sid = str(message["sid"])
            params = {
                "MessageSid": sid,
                "SmsSid": sid,
                "AccountSid": self._account_sid,
                "From": str(message["from"] or ""),
                "To": str(message["to"]),
                "MessageStatus": status,
                "SmsStatus": status,
                "ApiVersion": API_VERSION,
            }
            self._notify(Ask(method="POST", url=callback, params=params))

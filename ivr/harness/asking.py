"""What a call asks its application: documents, callbacks and sounds, with the parameters and cookies of the call."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from ivr.harness import events
from ivr.harness.errors import Refused
from ivr.harness.fetch.cookies import CookieJar
from ivr.harness.fetch.fetcher import Fetcher
from ivr.harness.fetch.http import Request, Response, joined
from ivr.harness.fetch.media import length_of_wav
from ivr.harness.noting import Noting
from ivr.harness.outcome import Ask
from ivr.harness.status import CallStatus
from ivr.harness.timeline import Milliseconds, Timeline

__all__ = ["Asking", "Sounds"]

Sounds = dict[str, Milliseconds | Refused]
"""The length of each sound asked for, or why it cannot be had."""


class Asking(Noting):
    """Notes each request it makes. Those of a call have its parameters: `params` with the CallStatus of the moment."""

    __slots__ = ("_cookies", "_params", "_sounds", "document_url", "fetcher", "status")

    def __init__(
        self,
        timeline: Timeline,
        began: datetime,
        *,
        fetcher: Fetcher,
        sounds: Sounds,
        document_url: str,
        params: Mapping[str, str],
    ) -> None:
        super().__init__(timeline, began)
        self.fetcher = fetcher
        self.status = CallStatus.RINGING
        self.document_url = document_url
        self._sounds = sounds
        self._params = dict(params)
        self._cookies = CookieJar()

    def learn(self, **params: str) -> None:
        """From now on every request has these parameters too."""
        self._params |= params

    def params(self) -> dict[str, str]:
        """The parameters of every request: https://www.twilio.com/docs/voice/twiml#request-parameters."""
        return {**self._params, "CallStatus": str(self.status)}

    def resolve(self, url: str | None) -> str:
        """A URL of the current document: relative to it, or itself when there is none."""
        return joined(self.document_url, url) if url else self.document_url

    def fetch(self, purpose: str, ask: Ask) -> tuple[str, Response]:
        """The answer to a request after the URL it came from, everything about it noted; raises Refused."""
        return self.fetcher.fetch(
            ask.method,
            ask.url,
            {**self._params, "CallStatus": str(self.status), **ask.params} if ask.of_call else ask.params,
            cookies=self._cookies,
            clock=lambda: self.now,
            note=partial(self._note_request, purpose),
        )

    def length_of_sound(self, url: str, usual: Milliseconds) -> Milliseconds:
        """How long the sound there is, `usual` if it does not say; fetched once an exchange. Raises Refused."""
        if url not in self._sounds:
            try:
                body = self.fetcher.media(url)
                length = None if body is None else length_of_wav(body)
                self._sounds[url] = usual if length is None else length
            except Refused as problem:
                self._sounds[url] = problem
        found = self._sounds[url]
        if isinstance(found, Refused):
            raise found
        return found

    def _note_request(self, purpose: str, request: Request, response: Response | None, problem: Refused | None) -> None:
        self.note(
            events.Requested(at=self.seconds, purpose=purpose, request=request, response=response, problem=problem)
        )

"""The desk: takes what Twilio tells about a call, and gives the document that Twilio goes on with.

Twilio delivers at least once, and in any order. So every question carries its turn; the call is read, the next turn
decided without a lock, and saved only if nobody saved another one meanwhile. Whoever was slower reads again.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from ivr.call import (
    CallerInput,
    CallRecord,
    CallSession,
    Clock,
    Ended,
    Pressed,
    Silent,
    Switchboard,
    Turn,
)
from ivr.call.entering import habit_key
from ivr.call.events import Event
from ivr.errors import IvrError, NumberError, RecordError
from ivr.render.twiml import prefaced, twiml
from ivr.stores.callers import CallerKey
from ivr.stores.kept import KeptCall, LateKey
from webhooks.addresses import Addresses
from webhooks.apologies import LOST, SORRY
from webhooks.closing import hang_up, hang_up_as_left
from webhooks.recent import Left, RecentCalls
from webhooks.request import VoiceRequest
from webhooks.settings import Settings
from webhooks.store import CallStore

__all__ = ["Busy", "Desk"]

MOST_TRIES = 20
"""So many updates of one call at the very same moment come from no telephone."""

LATE = timedelta(seconds=2)
"""How long after a full entry the finish key still belongs to it."""


class Busy(IvrError):
    """A call was updated by others over and over while one request tried to."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Every call of the application goes over it. Safe to share between threads."""

    settings: Settings
    board: Switchboard
    store: CallStore
    callers: CallerKey
    clock: Clock
    recent: RecentCalls = field(default_factory=RecentCalls)

    @cached_property
    def addresses(self) -> Addresses:
        """Where Twilio goes on."""
        return Addresses(public_url=self.settings.public_url)

    def arrive(self, request: VoiceRequest) -> str:
        """A call comes in. One that is known is asked its current question again."""

        def attempt() -> str | None:
            document = self._begin(request)
            if document is None:
                kept = self.store.find(request.call_sid)
                document = kept.document if kept else None
            return document

        return _first_saved(attempt)

    def answer(self, request: VoiceRequest, turn: int) -> str:
        """What the caller did at question `turn`. Only at the question of now does it move the call.

        A turn that was answered gets the very same answer. A question that was never asked, or is of a call not known,
        means that this side has lost something: the caller is told so, and asked what there is to ask.
        """

        def attempt() -> str | None:
            kept = self.store.find(request.call_sid)
            if kept is None:
                return self._begin(request, lost_at=turn)
            try:
                return self._answer(kept, request, turn)
            except RecordError:
                return self._begin(request, lost_at=turn, version=kept.version + 1)

        return self._answer_as_left(request, turn) or _first_saved(attempt)

    def hang_up(self, request: VoiceRequest) -> None:
        """The call is over, whatever was going on. Told twice, or of a call not known, nothing happens."""

        def attempt() -> str | None:
            kept = self.store.find(request.call_sid)
            if kept is None or kept.ended:
                return ""
            return "" if hang_up(self.store, self.board, kept, self.clock) else None

        if not self._hung_up_as_left(request):
            _first_saved(attempt)

    def apologise(self, request: VoiceRequest) -> str | None:
        """The current question again, with an apology before it; None where the call is not known."""
        kept = self.store.find(request.call_sid)
        return self._sorry(kept) if kept else None

    def _answer_as_left(self, request: VoiceRequest, turn: int) -> str | None:
        """The answer where this process answered last; None where another one did, or may have."""
        left = self.recent.take(request.call_sid)
        try:
            return self._hear(left, request.heard) if left and left.record.turn == turn else None
        except RecordError:
            return None

    def _hung_up_as_left(self, request: VoiceRequest) -> bool:
        left = self.recent.take(request.call_sid)
        try:
            return left is not None and hang_up_as_left(self.store, self.board, left, self.clock)
        except RecordError:
            return False

    def _answer(self, kept: KeptCall, request: VoiceRequest, turn: int) -> str | None:
        record = CallRecord.from_json(kept.record)
        if turn < record.turn:
            return self.store.answer(kept.id, turn) or kept.document
        if turn > record.turn:
            return self._sorry(kept)
        if kept.ended or self._belongs_to_last_entry(kept, request):
            return kept.document
        return self._hear(Left(record=record, version=kept.version, caller=kept.caller), request.heard)

    def _begin(self, request: VoiceRequest, *, lost_at: int | None = None, version: int = 1) -> str | None:
        """A call from its first turn. None where somebody else began it meanwhile.

        A call that was lost at some turn counts on from there, so that an old request is never taken for a new one.
        """
        seed = secrets.randbits(32) if self.settings.seed is None else self.settings.seed
        dialled = self._dialled(request.to)
        session = CallSession.arriving(self.board, dialled, call_id=request.call_sid, seed=seed, clock=self.clock)
        if lost_at is not None:
            session.record.turn = lost_at + 1
        document = self._document(turn := session.begin())
        call = KeptCall(
            id=request.call_sid,
            version=version,
            record=session.record.to_json(),
            document=document if lost_at is None else prefaced(document, LOST),
            ended=isinstance(turn.then, Ended),
            at=self.clock(),
            caller=self.callers.hide(request.caller),
        )
        return self._saved(call, session.record, lost_at, session.events)

    def _hear(self, left: Left, heard: CallerInput) -> str | None:
        """The turn after `heard`. None where the call was updated meanwhile."""
        record = left.record
        late_key, asked = self._late_key(record, heard), record.turn
        now = self.clock()
        session = CallSession(self.board, record, lambda: now, before=lambda: self.store.events(record.id))
        turn = session.hear(heard)
        call = KeptCall(
            id=record.id,
            version=left.version + 1,
            record=record.to_json(),
            document=self._document(turn),
            ended=isinstance(turn.then, Ended),
            at=now,
            late_key=late_key,
            caller=left.caller,
        )
        return self._saved(call, record, asked, session.events)

    def _saved(self, call: KeptCall, record: CallRecord, answered: int | None, events: Sequence[Event]) -> str | None:
        if not self.store.save(call, answered=answered, events=events):
            return None
        if not call.ended and call.late_key is None:
            self.recent.leave(Left(record=record, version=call.version, caller=call.caller))
        return call.document

    def _document(self, turn: Turn) -> str:
        return twiml(turn, action=self.addresses.turn(turn.number), hold_music=self.addresses.hold_music)

    def _sorry(self, kept: KeptCall) -> str:
        return kept.document if kept.ended else prefaced(kept.document, SORRY)

    def _dialled(self, to: str) -> str:
        """What the caller dialled, as the switchboard knows it: the lobby where it does not."""
        lobby = self.board.centre.directory.lobby
        dialled = self.settings.numbers.get(to, to) or lobby
        try:
            self.board.answering(dialled)
        except NumberError:
            return lobby
        return dialled

    def _late_key(self, record: CallRecord, heard: CallerInput) -> LateKey | None:
        """The finish key of an entry that `heard` fills without it.

        A Gather ends at numDigits; people press the finish key all the same, and the next Gather hears it.
        """
        key = habit_key(self.board, record, heard.keys) if isinstance(heard, Pressed) else None
        return LateKey(key=key, filled_at=self.clock()) if key else None

    def _belongs_to_last_entry(self, kept: KeptCall, request: VoiceRequest) -> bool:
        """Whether this is but the finish key of an entry that was full already.

        A menu hears it as a key; an entry is ended by it at once, and reports nothing but that key. No time at all has
        passed only on a clock that a test has stopped.
        """
        late = kept.late_key
        if late is None or not timedelta() < self.clock() - late.filled_at <= LATE:
            return False
        match request.heard:
            case Pressed(keys=keys):
                return keys == late.key
            case Silent():
                return request.finished_on == late.key
            case _:
                return False


def _first_saved(attempt: Callable[[], str | None]) -> str:
    """Tries until nobody else was faster. Raises Busy."""
    for _ in range(MOST_TRIES):
        document = attempt()
        if document is not None:
            return document
    raise Busy("a call is updated all the time")

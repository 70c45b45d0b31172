"""One call through a tree: takes what the caller does, gives the next turn. No clock, no network, no XML."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from ivr.call import conversation
from ivr.call.answering import answer, confirm
from ivr.call.briefing import brief
from ivr.call.connecting import connect
from ivr.call.events import Arrived, Event, LineChanged
from ivr.call.holding import hold_on
from ivr.call.input import CallerInput, HungUp
from ivr.call.notice import notice
from ivr.call.progress import Progress
from ivr.call.record import CallRecord, Rehearsal
from ivr.call.rehearsing import answering, as_it_arrives, begin_rehearsal
from ivr.call.switchboard import Switchboard
from ivr.call.turn import Outcome, Turn
from ivr.call.walking import settle
from ivr.errors import CallOver

__all__ = ["CallSession", "Clock"]

Clock = Callable[[], datetime]


class CallSession:
    """A call in progress. Between turns, `record` is all there is to it: store it, and go on from it anywhere."""

    def __init__(
        self,
        board: Switchboard,
        record: CallRecord,
        clock: Clock,
        *,
        before: Callable[[], Sequence[Event]] = tuple,
    ) -> None:
        """`before` gives what happened on this call before this session was made; it is asked for a debrief only."""
        self._board = board
        self._clock = clock
        self._before = before
        self.record = record
        self.events: list[Event] = []
        """What happened since this session was made; append-only."""

    @classmethod
    def arriving(
        cls,
        board: Switchboard,
        dialled: str,
        *,
        call_id: str,
        seed: int,
        clock: Clock,
        rehearsal: Rehearsal | None = None,
    ) -> "CallSession":
        """A call that comes in for `dialled`: a number in any spelling, `card-back`, or the name of a line.

        With a `rehearsal`, a representative of its scenario answers in the end. Raises NumberError where nothing does,
        RecordError where there is no such scenario.
        """
        line, place = answering(board, dialled, rehearsal)
        record = CallRecord(
            id=call_id,
            dialled=board.spelled(dialled),
            line=line,
            version=board.centre.versions[line],
            place=place,
            started_at=clock().astimezone(UTC).isoformat(),
            seed=seed,
            rehearsal=rehearsal,
        )
        return cls(board, record, clock)

    def begin(self) -> Turn:
        """The first turn: the notice, then whatever the line says first."""
        record, progress = self.record, self._progress()
        progress.note(Arrived, dialled=record.dialled, line=record.line, version=record.version)
        begin_rehearsal(progress)
        progress.arrive()
        progress.tell(notice())
        return self._done(progress, settle(progress))

    def hear(self, heard: CallerInput) -> Turn:
        """The next turn. Raises CallOver once the call has ended."""
        if self.record.ended:
            raise CallOver(f"the call {self.record.id} has ended")
        progress = self._progress()
        self.record.turn += 1
        return self._done(progress, self._heard(progress, heard))

    def _heard(self, progress: Progress, heard: CallerInput) -> Turn:
        record = self.record
        if isinstance(heard, HungUp):
            return self._left(progress)
        if self._changed():
            return self._land(progress)
        if record.hold is not None:
            return hold_on(progress, heard, record.hold, connect)
        if record.conversation is not None:
            return conversation.hear(progress, heard)
        if record.rehearsal is not None and record.rehearsal.briefing != "done":
            return brief(progress, heard)
        heard = as_it_arrives(progress, heard)
        if record.pending is not None:
            return confirm(progress, heard, record.pending)
        return answer(progress, heard)

    def _left(self, progress: Progress) -> Turn:
        talking = self.record.conversation is not None and self.record.hold is None
        return conversation.hang_up(progress) if talking else progress.end(Outcome.ABANDONED)

    def _changed(self) -> bool:
        """Whether the line's files are no longer the ones this call began with."""
        return self._board.centre.versions.get(self.record.line) != self.record.version

    def _land(self, progress: Progress) -> Turn:
        """A place of an older flow may not exist any more: the call goes on from the line's start, and says so."""
        record, centre = self.record, self._board.centre
        record.line = record.line if record.line in centre.trees else centre.directory.lobby
        record.version, record.place = centre.versions[record.line], centre.tree(record.line).start
        record.stack, record.trail, record.visits = [], [], {}
        record.hold = record.conversation = None
        progress.arrive()
        progress.note(LineChanged, line=record.line, version=record.version)
        progress.say(progress.tree.line.sayings.moved_on)
        return settle(progress)

    def _progress(self) -> Progress:
        return Progress(self._board, self.record, self._clock().astimezone(UTC), self._history)

    def _history(self) -> tuple[Event, ...]:
        return (*self._before(), *self.events)

    def _done(self, progress: Progress, turn: Turn) -> Turn:
        self.events += progress.events
        return turn

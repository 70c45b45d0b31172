"""Entries that are full before their finish key: it may still be pressed, out of habit."""

from ivr.call.conversation.talk import FINISH, most_keys
from ivr.call.record import CallRecord
from ivr.call.switchboard import Switchboard

__all__ = ["habit_key"]


def habit_key(board: Switchboard, record: CallRecord, keys: str) -> str | None:
    """The finish key of the entry at hand, where `keys` fill it without one; None where they do not, or it has none."""
    if record.hold or record.pending or record.line not in board.centre.trees:
        return None
    most, finish = _entry(board, record)
    return finish if finish is not None and len(keys) == most else None


def _entry(board: Switchboard, record: CallRecord) -> tuple[int | None, str | None]:
    if record.conversation is not None and record.rehearsal is not None:
        most = most_keys(record.conversation, board.case(record.rehearsal.scenario))
        return most, None if most == 1 else FINISH
    tree = board.centre.trees[record.line]
    if record.place not in tree.nodes:
        return None, None
    listening = board.listening(tree, record.place)
    return listening.most_keys, listening.finish_key

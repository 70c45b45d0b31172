"""What a rehearsal changes about a call before anybody answers: who picks up, and how well the caller is heard."""

from dataclasses import replace

from ivr.call.events import RehearsalBegan
from ivr.call.input import Pressed, Silent, Spoke
from ivr.call.progress import Progress
from ivr.call.record import Rehearsal
from ivr.call.switchboard import CARD_BACK, Switchboard
from ivr.flow.rehearsal import Twists
from ivr.flow.tree import Place

__all__ = ["answering", "as_it_arrives", "begin_rehearsal", "twists"]

MUFFLED = 0.45
"""What is left of a confidence: an answer that fits its option well is asked about, any other is not understood."""
NO_TWISTS = Twists()


def answering(board: Switchboard, dialled: str, rehearsal: Rehearsal | None) -> tuple[str, Place]:
    """The line and place that answer `dialled`; in a rehearsal the card is the member's, and a twist may change lines.

    Raises NumberError, and RecordError where there is no such scenario.
    """
    if rehearsal is None:
        return board.answering(dialled)
    scenario = board.case(rehearsal.scenario).scenario
    line, place = board.answering(f"{CARD_BACK}:{scenario.member}" if dialled == CARD_BACK else dialled)
    instead = scenario.twists.lines.get(line)
    return (line, place) if instead is None else board.answering(instead)


def begin_rehearsal(progress: Progress) -> None:
    """Notes which scenario it is, where there is one."""
    rehearsal = progress.record.rehearsal
    if rehearsal is not None and rehearsal.briefing == "done":
        progress.note(
            RehearsalBegan,
            scenario=rehearsal.scenario,
            stage=rehearsal.stage,
            trainee=rehearsal.trainee,
            scene=rehearsal.scene,
        )


def twists(progress: Progress) -> Twists:
    """What the scenario has in store; nothing where there is none."""
    rehearsal = progress.record.rehearsal
    return progress.board.case(rehearsal.scenario).scenario.twists if rehearsal else NO_TWISTS


def as_it_arrives(progress: Progress, heard: Pressed | Spoke | Silent) -> Pressed | Spoke | Silent:
    """Words as the tree hears them: badly now and then, where the scenario has a bad line."""
    share = twists(progress).muffled
    if share and isinstance(heard, Spoke) and progress.chance() < share:
        return replace(heard, confidence=heard.confidence * MUFFLED)
    return heard

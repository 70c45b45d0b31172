"""What a representative does about an aside: a supervisor is wanted, a meaning, a moment, a hint, or the same again."""

from ivr.call.conversation.asides import Aside
from ivr.call.conversation.closing import ask_anything_else, goodbye, resolve, tell_reference
from ivr.call.conversation.form import ask, next_item
from ivr.call.conversation.hints import hint
from ivr.call.conversation.items import DETAIL, GIVEN, NAME, OUT_OF_REACH, REASON, bare
from ivr.call.conversation.onward import missed, onward
from ivr.call.conversation.people import supervise
from ivr.call.conversation.talk import WHILE_SEARCHING, Talk
from ivr.call.events import ClarificationAsked, SupervisorAsked, TimeAsked, UniversalAsked
from ivr.call.turn import Turn

__all__ = ["reply"]


def reply(talk: Talk, aside: Aside, by: str) -> Turn:
    """The turn that answers an aside."""
    state = talk.state
    match aside:
        case Aside.SUPERVISOR:
            return _supervisor(talk)
        case Aside.CLARIFY:
            return _clarify(talk)
        case Aside.MOMENT:
            talk.note(TimeAsked, item=bare(state.item))
            talk.say(talk.case.people.sentences.take_your_time)
            return talk.listen(silence=WHILE_SEARCHING)
        case Aside.NOT_HAD if state.phase == "form" and state.item not in (NAME, REASON, OUT_OF_REACH):
            return missed(talk, "not-had")
        case Aside.HINT:
            hint(talk)
            return _again(talk)
        case Aside.REPEAT:
            talk.note(UniversalAsked, universal="repeat", by=by)
            if state.phase == "closing":
                tell_reference(talk)
            return _again(talk)
        case Aside.FINISHED if state.phase == "closing":
            return goodbye(talk)
        case _:
            return missed(talk, "not-understood") if state.phase == "form" else _again(talk)


def _again(talk: Talk) -> Turn:
    """The same question."""
    talk.state.awaiting = ""
    if talk.state.phase == "closing":
        return ask_anything_else(talk)
    talk.state.offered = []
    return ask(talk, talk.state.item)


def _supervisor(talk: Talk) -> Turn:
    """Granted where one is needed and everything is known, or at the second ask; a supervisor has none above."""
    state = talk.state
    needed = talk.case.scenario.twists.supervisor and state.role != "supervisor"
    state.supervisor_asks += 1
    ready = state.phase == "closing" or next_item(talk) == OUT_OF_REACH
    granted = state.role != "supervisor" and ((needed and ready) or state.supervisor_asks > 1)
    talk.note(SupervisorAsked, needed=needed, answer="granted" if granted else "declined")
    if not granted:
        talk.say(talk.case.people.sentences.supervisor_later)
        return _again(talk)
    supervise(talk)
    if state.phase == "closing":
        return resolve(talk) if needed else ask_anything_else(talk)
    return onward(talk)


def _clarify(talk: Talk) -> Turn:
    """What was meant, in plain words."""
    state, item = talk.state, talk.state.item
    talk.note(ClarificationAsked, item=bare(item), needed=state.unclear)
    if state.phase != "form" or not item.startswith(DETAIL):
        talk.say(talk.case.people.sentences.nothing_unclear)
        return _again(talk)
    if state.unclear:  # to be asked in words that nobody could understand was no time to search in
        state.asked_at = ""
    state.unclear = False
    state.known[f"clear:{bare(item)}"] = GIVEN
    talk.say(talk.case.detail(bare(item)).clearer)
    return talk.listen()

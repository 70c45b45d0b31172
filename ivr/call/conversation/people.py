"""Who is on the line: a representative takes the call up, hands it over, or gets a supervisor."""

from ivr.call.case import Case
from ivr.call.conversation.items import NAME, REASON
from ivr.call.conversation.talk import Talk
from ivr.call.events import HandedOver, RepresentativeAnswered
from ivr.call.holding import begin_hold
from ivr.call.progress import Progress
from ivr.call.record import Conversation
from ivr.call.turn import Turn

__all__ = ["greet", "hand_over_where_wrong", "supervise"]


def greet(progress: Progress, case: Case, department: str) -> Talk:
    """A representative answers. Whoever was handed over is asked for name and reason again, as in life."""
    before = progress.record.conversation
    state = Conversation(department=department, name="")
    if before is not None:
        known = {item: how for item, how in before.known.items() if item not in (NAME, REASON)}
        state.met, state.known, state.turns, state.misrouted = before.met, known, before.turns, before.misrouted
    progress.record.conversation = state
    talk = Talk(progress, case, state)
    _answers(talk)
    talk.say(case.people.sentences.greeting, department=progress.department(department).name)
    return talk


def supervise(talk: Talk) -> None:
    """A supervisor comes to the phone, and goes on where the representative was."""
    sentences = talk.case.people.sentences
    talk.say(sentences.supervisor_coming)
    talk.state.role = "supervisor"
    talk.state.courtesies = []
    _answers(talk)
    talk.say(sentences.supervisor_greeting)


def _answers(talk: Talk) -> None:
    free = [name for name in talk.people if name not in talk.state.met] or talk.people
    talk.state.name = free[int(talk.progress.chance() * len(free))]
    talk.state.met.append(talk.state.name)
    talk.note(RepresentativeAnswered, department=talk.state.department, name=talk.state.name, role=talk.state.role)


def hand_over_where_wrong(talk: Talk) -> Turn | None:
    """On hold for another department, where this one does not deal with the reason, or believes that it does not."""
    state, right, misrouted = talk.state, talk.case.departments, talk.case.scenario.twists.misrouted
    if state.department not in right:
        by_mistake = state.misrouted and state.department == misrouted
        return _hand_over(talk, _open_one(talk), why="wrong-department", by_mistake=by_mistake)
    if misrouted is not None and not state.misrouted:
        state.misrouted = True
        return _hand_over(talk, misrouted, why="misrouted", by_mistake=True)
    return None


def _open_one(talk: Talk) -> str:
    """The best right department that is open; the best one where none is."""
    right, now = talk.case.departments, talk.progress.scene
    return next((name for name in right if talk.progress.department(name).is_open(now)), right[0])


def _hand_over(talk: Talk, to: str, *, why: str, by_mistake: bool) -> Turn:
    sentences, state = talk.case.people.sentences, talk.state
    back = by_mistake and why == "wrong-department"
    talk.say(sentences.hand_back if back else sentences.hand_over, department=talk.progress.department(to).name)
    fault = "company" if by_mistake else "caller"
    talk.note(HandedOver, department=state.department, to=to, why=why, fault=fault)
    return begin_hold(talk.progress, to)

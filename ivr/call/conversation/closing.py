"""The end of a conversation: how the matter stands, a reference number, what can still be done, and goodbye."""

from ivr.call.conversation.afterwards import begin_notes
from ivr.call.conversation.items import ANYTHING_ELSE, DETAIL, GIVEN
from ivr.call.conversation.talk import Talk
from ivr.call.events import ConversationEnded, FollowUpOffered, FollowUpTaken, ReferenceGiven, Resolved
from ivr.call.turn import Turn

__all__ = ["ask_anything_else", "follow_up_at", "give_up", "goodbye", "resolve", "take_follow_up", "tell_reference"]


def resolve(talk: Talk) -> Turn:
    """Tells how the matter stands, and gives the reference number: a new one for each who settles it."""
    case, state, sentences = talk.case, talk.state, talk.case.people.sentences
    lacking = [name for name in case.reason.details if state.known.get(DETAIL + name) != GIVEN]
    undecided = case.scenario.twists.supervisor and state.role != "supervisor"
    state.resolved = not lacking and not undecided
    if lacking:
        talk.say(sentences.incomplete, details=_listed([case.detail(name).name for name in lacking]))
    elif undecided:
        talk.say(sentences.undecided)
    else:
        spoken = {name: fact.spoken for name, fact in case.facts.items()}
        talk.say(case.scenario.resolution or case.reason.resolution, **spoken)
    talk.note(Resolved, reason=case.scenario.reason, complete=state.resolved)
    state.reference = f"{100_000 + int(talk.progress.chance() * 900_000)}"
    talk.note(ReferenceGiven, reference=state.reference)
    tell_reference(talk)
    state.phase = "closing"
    return ask_anything_else(talk)


def tell_reference(talk: Talk) -> None:
    """Digit by digit, twice."""
    talk.say(talk.case.people.sentences.reference, reference=" ".join(talk.state.reference))


def ask_anything_else(talk: Talk) -> Turn:
    """Offers the follow-ups that were not taken yet."""
    state, people = talk.state, talk.case.people
    talk.at(ANYTHING_ELSE)
    state.offered = [name for name in people.follow_ups if state.known.get(f"follow-up:{name}") != GIVEN]
    for name in state.offered:
        if f"follow-up:{name}" not in state.known:
            state.known[f"follow-up:{name}"] = "offered"
            talk.note(FollowUpOffered, follow_up=name)
    offers = [talk.offer(people.follow_ups[name].offer, key) for key, name in enumerate(state.offered, start=1)]
    talk.say(people.sentences.anything_else, offers=" ".join(offers))
    return talk.listen()


def take_follow_up(talk: Talk, name: str, by: str) -> Turn:
    """Says what there is to say, and asks again."""
    needed = name in talk.case.scenario.follow_ups
    talk.note(FollowUpTaken, follow_up=name, by=by, needed=needed)
    talk.state.known[f"follow-up:{name}"] = GIVEN
    talk.say(talk.case.people.follow_ups[name].answer)
    talk.state.tries = 0
    return ask_anything_else(talk)


def goodbye(talk: Talk) -> Turn:
    """All is said."""
    return _part(talk, "closed")


def give_up(talk: Talk, how: str) -> Turn:
    """A conversation that cannot go on: unverified, or out of patience."""
    sentences = talk.case.people.sentences
    talk.say(sentences.not_verified if how == "unverified" else sentences.patience_ends)
    return _part(talk, how)


def _part(talk: Talk, how: str) -> Turn:
    talk.say(talk.case.people.sentences.goodbye)
    talk.note(ConversationEnded, resolved=talk.state.resolved, how=how)
    return begin_notes(talk)


def _listed(names: list[str]) -> str:
    return " and the ".join((", the ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def follow_up_at(talk: Talk, key: str) -> str | None:
    """The follow-up that a key stands for now."""
    offered = talk.state.offered
    return offered[int(key) - 1] if key.isdigit() and 1 <= int(key) <= len(offered) else None

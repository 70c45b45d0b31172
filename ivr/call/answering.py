"""What a call does about an answer."""

from ivr.call.briefing import hint_or_help, take_code
from ivr.call.entries import Entered
from ivr.call.escaping import escape
from ivr.call.events import (
    Confirming,
    Filled,
    Heard,
    Identified,
    MessageLeft,
    NotOnPracticeList,
    NotUnderstood,
    Silent,
    UniversalAsked,
)
from ivr.call.failing import fail
from ivr.call.input import Pressed, Spoke
from ivr.call.input import Silent as SilentInput
from ivr.call.listening import yes_or_no
from ivr.call.progress import Progress
from ivr.call.record import Pending
from ivr.call.turn import Outcome, Turn
from ivr.call.understanding import Asked, Chose, Entry, Left, Misunderstood, Quiet, Skipped, Understood, understand
from ivr.call.walking import ask, settle
from ivr.flow.asking import Universal
from ivr.flow.moves import option_event
from ivr.flow.nodes import Collect, Menu, Message
from ivr.flow.words import choice_name
from ivr.grammar import Band

__all__ = ["answer", "confirm"]


def answer(progress: Progress, heard: Pressed | Spoke | SilentInput) -> Turn:
    """The next turn after an answer to a question."""
    briefed = take_code(progress, heard)
    return briefed or _act(progress, understand(progress, heard))


def _act(progress: Progress, understood: Understood) -> Turn:
    match understood:
        case Chose(band=Band.CONFIRM):
            return _ask_to_confirm_option(progress, understood)
        case Chose():
            return _choose(progress, understood.event, understood.by, understood.words, understood)
        case Entry():
            return _enter(progress, understood)
        case Skipped():
            progress.note(Heard, by=understood.by, choice="skip", words="skip")
            return _onward(progress, "filled")
        case Asked():
            return _universal(progress, understood)
        case Left():
            return _message(progress, understood)
        case Quiet():
            progress.note(Silent, seconds=progress.tree.silence(progress.place))
            return fail(progress, "no_input")
        case Misunderstood():
            return _misunderstood(progress, understood)


def _onward(progress: Progress, event: str) -> Turn:
    progress.go(event)
    return settle(progress)


def _choose(progress: Progress, event: str, by: str, words: str, heard: Chose | None = None) -> Turn:
    confidence = heard.confidence if heard else None
    progress.note(Heard, by=by, choice=event, words=words, confidence=confidence, band=heard.band if heard else None)
    node = progress.node
    if isinstance(node, Menu):
        for index, option in enumerate(node.options):
            if option_event(option, index) == event:
                for slot, value in option.set.items():
                    progress.fill(slot, value)
    return _onward(progress, event)


def _ask_to_confirm_option(progress: Progress, chose: Chose) -> Turn:
    name = choice_name(progress.tree, progress.place, chose.event, progress.board.centre.vocabulary)
    progress.record.pending = Pending(kind="option", choice=chose.event, words=chose.words, by=chose.by)
    progress.note(Confirming, choice=chose.event, words=chose.words, confidence=chose.confidence)
    progress.say(progress.tree.line.sayings.confirm_option, option=name)
    return progress.turn(yes_or_no(progress.board.listening(progress.tree, progress.place)))


def _enter(progress: Progress, entry: Entry) -> Turn:
    node, entered = progress.node, entry.entered
    assert isinstance(node, Collect)
    if node.confirm is None and entry.band is Band.ACCEPT:
        return _keep(progress, node, entered, entry.by)
    progress.record.pending = Pending(
        kind="value",
        choice=node.slot,
        words=entered.shown,
        by=entry.by,
        value=entered.value,
        shown=entered.spoken,
        member=entered.member,
    )
    progress.note(Confirming, choice=node.slot, words=entered.shown, confidence=entry.confidence)
    prompt = node.confirm or progress.tree.line.sayings.confirm_value
    progress.say(prompt, value=entered.spoken)
    return progress.turn(yes_or_no(progress.board.listening(progress.tree, progress.place)))


def _keep(progress: Progress, node: Collect, entered: Entered, by: str) -> Turn:
    progress.note(Heard, by=by, choice=node.slot, words=entered.shown)
    progress.note(Filled, slot=node.slot, by=by, shown=entered.shown)
    progress.fill(node.slot, entered.value, entered.spoken)
    if entered.member is not None and entered.member != progress.record.member:
        progress.record.member = entered.member
        progress.note(Identified, member=entered.member)
    return _onward(progress, "filled")


def confirm(progress: Progress, heard: Pressed | Spoke | SilentInput, pending: Pending) -> Turn:
    """What a caller answers to "is that right?". Saying it again, or something else, is an answer to the question."""
    said = _yes_no(progress, heard)
    progress.record.pending = None
    if said is None:
        return answer(progress, heard)
    if not said:
        progress.say(progress.tree.line.sayings.not_confirmed)
        progress.note(NotUnderstood, by=pending.by, words=pending.words, reason="not-confirmed")
        return fail(progress, "no_match")
    if pending.kind == "option":
        return _choose(progress, pending.choice, pending.by, pending.words)
    node = progress.node
    assert isinstance(node, Collect)
    kept = Entered(value=pending.value, shown=pending.words, spoken=pending.shown, member=pending.member)
    return _keep(progress, node, kept, pending.by)


def _yes_no(progress: Progress, heard: Pressed | Spoke | SilentInput) -> bool | None:
    match heard:
        case Pressed(keys="1"):
            return True
        case Pressed(keys="2"):
            return False
        case Spoke(words=words, confidence=confidence):
            hypothesis = progress.board.centre.yes_no.hear(words)
            band = progress.tree.bands(progress.place).band(hypothesis.score, confidence)
            return None if band is Band.REJECT else hypothesis.option == "yes"
        case _:
            return None


def _universal(progress: Progress, asked: Asked) -> Turn:
    if asked.universal is Universal.REPRESENTATIVE:
        return escape(progress, asked.by)
    progress.note(UniversalAsked, universal=asked.universal, by=asked.by)
    match asked.universal:
        case Universal.MAIN_MENU:
            return _onward(progress, "main_menu")
        case Universal.BACK:
            return _back(progress)
        case Universal.HELP:
            hint_or_help(progress)
            return ask(progress, again=True)
        case _:
            node = progress.node
            assert isinstance(node, (Menu, Collect, Message))
            progress.say(node.prompt)
            return progress.turn(progress.board.listening(progress.tree, progress.place))


def _back(progress: Progress) -> Turn:
    """To the question before. The chart keeps no history: the record does, so that it goes through JSON."""
    record = progress.record
    if not record.trail:
        progress.say(progress.tree.line.sayings.nowhere_back)
        return ask(progress, again=True)
    place, *stack = record.trail.pop()
    record.place, record.stack = place, stack
    progress.arrive()
    return ask(progress, again=True)


def _message(progress: Progress, left: Left) -> Turn:
    node = progress.node
    assert isinstance(node, Message)
    department = node.department or progress.record.closed
    progress.note(MessageLeft, department=department, words=left.words)
    progress.say(node.thanks)
    return progress.end(Outcome.MESSAGE, department)


def _misunderstood(progress: Progress, what: Misunderstood) -> Turn:
    node, sayings = progress.node, progress.tree.line.sayings
    progress.note(NotUnderstood, by=what.by, words=what.words, reason=what.reason)
    if isinstance(node, Collect):
        match what.reason:
            case "not-practice":
                progress.note(NotOnPracticeList, slot=node.slot)
                progress.say(sayings.not_practice)
            case "mismatch":
                progress.say(sayings.not_a_match)
            case "invalid" if node.invalid:
                progress.say(node.invalid)
    return fail(progress, "no_match")

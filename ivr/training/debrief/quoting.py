"""An event in words a learner recognises: what was said, keyed or done."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from ivr.call import events as happened
from ivr.call.events import Event
from ivr.call.switchboard import CARD_BACK
from ivr.errors import NumberError
from ivr.flow.directory import e164

__all__ = ["clock", "quote", "quote_lost", "spelt"]


AT_ONCE = 2.5
"""Seconds."""


def clock(seconds: float) -> str:
    """Minutes and seconds into the call."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def spelt(dialled: str) -> str:
    """A number as the directory writes it; what else was dialled, in words."""
    if dialled.partition(":")[0] == CARD_BACK:
        return "the number on the back of the card"
    try:
        american = re.fullmatch(r"\+1(\d{3})(\d{3})(\d{4})", e164(dialled) if re.match(r"[+(\d]", dialled) else dialled)
    except NumberError:
        return dialled
    return "-".join(("1", *american.groups())) if american else dialled


NOTHING_NAMED: Mapping[str, str] = MappingProxyType({})


def quote(event: Event, names: Mapping[str, str] = NOTHING_NAMED) -> str:
    """What an event shows the caller to have done, or to have been told; `names` are of departments and details."""
    told = _by_caller(event) or _with_representative(event, names) or _in_conversation(event, names)
    return told or _by_line(event, names) or event.kind.replace("-", " ")


def quote_lost(event: Event, names: Mapping[str, str] = NOTHING_NAMED) -> str:
    """The same where points were lost all the same."""
    only = isinstance(event, (happened.CourtesyNoted, happened.FollowUpTaken))
    return quote(event, names) + (", and that was all" if only else "")


def _called(name: str, names: Mapping[str, str]) -> str:
    return names.get(name, name.replace("_", " "))


def _by_caller(event: Event) -> str:
    match event:
        case happened.Heard():
            return _heard(event)
        case happened.Confirming(words=words):
            return f'you said "{words}"'
        case happened.NotUnderstood(by="keys", words=words):
            return f"you pressed {_keys(words)}, which meant nothing there"
        case happened.NotUnderstood(words="", reason=reason):
            return f"your answer was not taken: {_REASONS.get(reason, 'it was none')}"
        case happened.NotUnderstood(words=words):
            return f'you said "{words}", which was not understood'
        case happened.Silent(seconds=seconds):
            return f"you said nothing for {seconds:.0f} seconds"
        case happened.EscapeAsked(answer=answer, ask=ask):
            return f"you asked for a representative{_time(ask)}, and {_ANSWERS.get(answer, answer)}"
        case happened.UniversalAsked(universal=universal):
            return f"you asked for {universal.replace('-', ' ')}"
        case _:
            return _to_the_wrong_ears(event)


def _heard(event: happened.Heard) -> str:
    if event.choice == "skip":
        return "you skipped the question"
    if event.words == "given":
        return f"you gave the {event.choice.replace('_', ' ')}"
    return f"you keyed {event.words}" if event.by == "keys" else f'you said "{event.words}"'


def _to_the_wrong_ears(event: Event) -> str:
    match event:
        case happened.Filled(slot=slot):
            return f"you gave the {slot.replace('_', ' ')} to a line that is not for this"
        case happened.NotOnPracticeList():
            return "you gave a number that is not a practice number"
        case _:
            return ""


def _with_representative(event: Event, names: Mapping[str, str]) -> str:
    match event:
        case happened.NameGiven(asked=asked, by=by, right=right):
            return f"you gave {'your' if right else 'another'} name {_when(asked, by)}"
        case happened.ReasonGiven(asked=asked, by=by, right=right):
            return f"you gave {'your' if right else 'another'} reason {_when(asked, by)}"
        case happened.DetailGiven(detail=detail, seconds=seconds, asked=asked):
            what = _called(detail, names)
            return f"you gave the {what} {_after(seconds)}" if asked else f"you gave the {what} unasked"
        case happened.DetailMissing(detail=detail):
            return f"the call went on without the {_called(detail, names)}"
        case happened.VerifiedAgain(fact=fact, right=right):
            return f"you gave the {fact.replace('_', ' ')}, which was {'right' if right else 'wrong'}"
        case _:
            return ""


def _in_conversation(event: Event, names: Mapping[str, str]) -> str:
    match event:
        case happened.SecretGiven(secret=secret):
            return f"you gave away the {_secret(secret)}"
        case happened.SecretAsked(secret=secret):
            return f"you were asked for the {_secret(secret)}"
        case happened.UnclearSaid(detail=detail):
            return f"the {_called(detail, names)} was asked for in unclear words, and you did not ask what was meant"
        case happened.ClarificationAsked():
            return "you asked what was meant"
        case happened.SupervisorAsked(answer=answer):
            return f"you asked for a supervisor, which was {answer}"
        case happened.CourtesyNoted(courtesy=courtesy):
            return f"you were polite ({courtesy})"
        case happened.FollowUpTaken(follow_up=follow_up):
            return f"you took the follow-up ({follow_up})"
        case happened.NoteTaken(note=note, given=given):
            return f"your note of the {_NOTES.get(note, note)} was " + (f'"{given}"' if given else "empty")
        case _:
            return ""


def _by_line(event: Event, names: Mapping[str, str]) -> str:
    match event:
        case happened.Arrived(dialled=dialled) | happened.Dialled(dialled=dialled):
            return f"you dialled {spelt(dialled)}"
        case happened.Connected(department=department):
            return f"{_called(department, names)} answered"
        case happened.HandedOver(to=to):
            return f"you were put through to {_called(to, names)}"
        case happened.Held(seconds=seconds):
            return f"you were on hold for {seconds:.0f} seconds"
        case happened.Resolved(complete=complete):
            return "the matter was settled" if complete else "the matter was left open"
        case happened.ConversationEnded(how=how):
            return _CONVERSATION_ENDS.get(how, f"the conversation ended ({how})")
        case happened.Ended(outcome="abandoned"):
            return "you hung up"
        case happened.Ended() | happened.Said():  # nothing else came after all
            return "it never came to that"
        case _:
            return ""


_ANSWERS = {"honoured": "got one", "refused": "were refused", "detour": "were asked something else first"}
_NOTES = {"representative": "representative's name", "reference": "reference number"}
_CONVERSATION_ENDS = {
    "closed": "the representative said goodbye",
    "unverified": "the representative could not verify you, and said goodbye",
    "patience": "the representative said goodbye, as it led nowhere",
    "hung-up": "you hung up on the representative",
}
_REASONS = {
    "invalid": "it was not what was asked for",
    "not-practice": "it is no practice number",
    "mismatch": "it did not match",
    "low-confidence": "it was not heard well",
    "not-confirmed": "you said no to it",
}
_ORDINALS = ("second", "third", "fourth", "fifth", "sixth")


def _when(asked: bool, by: str) -> str:
    """Who keys is asked again whatever they do: keys only choose from what is read out."""
    if by == "keys":
        return "by keys"
    return "when asked again" if asked else "at once"


def _after(seconds: float) -> str:
    return "at once" if seconds < AT_ONCE else f"after {seconds:.0f} seconds"


def _keys(words: str) -> str:
    return "a key" if words == "1 keys" else words


def _time(ask: int) -> str:
    """Nothing at the first ask."""
    if ask == 1:
        return ""
    return f" for the {_ORDINALS[ask - 2]} time" if ask - 2 < len(_ORDINALS) else f" {ask} times"


def _secret(secret: str) -> str:
    return "PIN" if secret == "pin" else "code on the card"

"""Pay: ask for a practice card or account, and tell the action how it went. No payment is ever made.

https://www.twilio.com/docs/voice/twiml/pay and /pay/prompt. Only published test numbers are taken; what the caller keys
is hidden in the transcript, and the number itself is kept nowhere.
"""

from functools import partial

from ivr.harness import events
from ivr.harness.callbacks import notify
from ivr.harness.happenings import Happening, HungUp, Key
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, Outcome
from ivr.harness.process import Running
from ivr.harness.status import Floor
from ivr.harness.timeline import Milliseconds
from ivr.harness.twiml.pay import Pay, PayPrompt
from ivr.harness.twiml.prompts import Prompt, Say
from ivr.harness.verbs.cards import PROCESSING, Field, fields_of, full_length, problem_of
from ivr.harness.verbs.paid import Entries, invalid_amount, known, made, sent
from ivr.harness.verbs.parting import tell_action
from ivr.harness.verbs.prompts import play

__all__ = ["pay"]

SORRY = "Sorry, that was not right. "
ONCE_MORE = "Once more, to be sure. "
LAST_KEY: Milliseconds = 500  # after the last digit of a full entry, a pound key still belongs to it
UNMATCHED = "input-matching-failed"


class _Star(Exception):
    """The caller pressed the star key, which ends a Pay at any point."""


class _TooManyAttempts(Exception):
    """One field was not given in as many attempts as there are; its argument says what was wrong with the last."""


def pay(leg: Leg, verb: Pay) -> Running[Happening, Outcome]:
    """Ask for one field after the other, and go to the action with the result."""
    entries = Entries()
    leg.confidential = True
    try:
        result = yield from _result(leg, verb, entries)
    except HungUp:
        tell_action(leg, verb.line, _done(leg, verb, "caller-hung-up", entries))
        raise
    finally:
        leg.confidential = False
    leg.give_floor(Floor.TWILIO)
    leg.keep_secret()
    return _done(leg, verb, result, entries)


def _result(leg: Leg, verb: Pay, entries: Entries) -> Running[Happening, str]:
    wrong = invalid_amount(verb)
    if wrong is not None:
        entries.problem = wrong
        return "validation-error"
    try:
        for asked in fields_of(verb):
            entries.given[asked.name] = yield from _ask(leg, verb, asked, entries)
    except _Star:
        return "caller-interrupted-with-star"
    except _TooManyAttempts as failed:
        entries.problem = str(failed)
        return "too-many-failed-attempts"
    leg.note(events.NotPlayed(at=leg.seconds, what=sent(verb)))
    for prompt in _prompts(verb, PROCESSING, 1, None, entries):
        yield from play(leg, prompt)
    return "success"


def _ask(leg: Leg, verb: Pay, asked: Field, entries: Entries) -> Running[Happening, str]:
    """The entry, once it is right, and given twice where a Prompt wants that.

    "The default of 1 means Pay retries once": maxAttempts counts the times it is asked for again.
    """
    twice = any(_is_for(prompt, asked) and prompt.require_matching_inputs for prompt in _prompts_of(verb))
    problem: str | None = None
    for attempt in range(1, verb.max_attempts + 2):
        _tell_progress(leg, verb, asked, attempt, problem, entries)
        digits = yield from _entry(leg, verb, asked, _prompts(verb, asked, attempt, problem, entries), entries)
        problem = problem_of(verb, asked.name, digits, entries.card, leg.now) if digits else "timeout"
        if problem is None and twice:
            _tell_progress(leg, verb, asked, attempt, None, entries)
            again = _prompts(verb, asked, attempt, None, entries, again=True)
            if (yield from _entry(leg, verb, asked, again, entries)) != digits:
                problem = UNMATCHED
        if problem is None:
            return digits
    raise _TooManyAttempts(_error_type(problem))


def _prompts_of(verb: Pay) -> list[PayPrompt]:
    return [prompt for prompt in verb.children if isinstance(prompt, PayPrompt)]


def _is_for(prompt: PayPrompt, asked: Field) -> bool:
    return prompt.for_ == asked.name


def _prompts(
    verb: Pay, asked: Field, attempt: int, problem: str | None, entries: Entries, *, again: bool = False
) -> tuple[Prompt, ...]:
    """Of the document's prompts that fit the one that says most about this moment, or else our own sentence."""

    def fits(prompt: PayPrompt) -> bool:
        return (
            _is_for(prompt, asked)
            and prompt.require_matching_inputs == again
            and (not prompt.error_type or problem in prompt.error_type)
            and (not prompt.attempt or str(attempt) in prompt.attempt)
            and (not prompt.card_type or entries.card_type in prompt.card_type)
        )

    def says(prompt: PayPrompt) -> int:
        return sum(map(bool, (prompt.error_type, prompt.attempt, prompt.card_type)))

    fitting = list(filter(fits, _prompts_of(verb)))
    if fitting:
        return max(fitting, key=says).children
    before = ONCE_MORE if again else SORRY if problem else ""
    return (Say(line=verb.line, text=before + asked.sentence),)


def _entry(leg: Leg, verb: Pay, asked: Field, prompts: tuple[Prompt, ...], entries: Entries) -> Running[Happening, str]:
    """The keys up to pound, the field's full length or a timeout; the first key stops the prompts."""
    leg.give_floor(Floor.TWILIO)
    key = yield from _prompting(leg, prompts)
    if key is None:
        leg.give_floor(Floor.QUESTION)
        key = yield from _next_key(leg, verb.timeout * 1000)
    digits = ""
    while key is not None and key != "#":
        leg.give_floor(Floor.ANSWERING)
        digits += key
        full = len(digits) == full_length(asked.name, digits, entries.card)
        key = yield from _next_key(leg, LAST_KEY if full else verb.timeout * 1000)
    return digits


def _prompting(leg: Leg, prompts: tuple[Prompt, ...]) -> Running[Happening, str | None]:
    for prompt in prompts:
        stopped_by = yield from play(leg, prompt, lambda happening: isinstance(happening, Key))
        if isinstance(stopped_by, Key):
            return _heeded(stopped_by.key)
    return None


def _next_key(leg: Leg, length: Milliseconds) -> Running[Happening, str | None]:
    until = leg.timeline.now + length
    while (happening := (yield until)) is not None:
        if isinstance(happening, Key):
            return _heeded(happening.key)
    return None


def _heeded(key: str) -> str:
    if key == "*":
        raise _Star
    return key


def _tell_progress(leg: Leg, verb: Pay, asked: Field, attempt: int, problem: str | None, entries: Entries) -> None:
    params = {"For": asked.name, "Attempt": str(attempt)}
    if problem is not None:
        params["ErrorType"] = _error_type(problem)
    _tell(leg, verb, {**params, **known(verb, entries)})


def _error_type(problem: str | None) -> str:
    """A request says `input-timeout` where a Prompt says `timeout`."""
    return "input-timeout" if problem == "timeout" else problem or ""


def _tell(leg: Leg, verb: Pay, params: dict[str, str]) -> None:
    if verb.status_callback is not None:
        told = Ask(method=verb.status_callback_method, url=leg.resolve(verb.status_callback), params=params)
        leg.timeline.soon(partial(notify, leg, told))


def _done(leg: Leg, verb: Pay, result: str, entries: Entries) -> Ask | None:
    """Tell the status callback; the action's request: a token, or for a charge a confirmation code."""
    params = {"Result": result, **known(verb, entries)}
    if entries.problem:
        params["PaymentError"] = entries.problem
    if result == "success":
        params |= made(verb, leg.lines.sids)
    _tell(leg, verb, params)
    return None if verb.action is None else Ask(method="POST", url=leg.resolve(verb.action), params=params)

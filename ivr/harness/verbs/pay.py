"""Pay: ask for a practice card's details, and tell the action how it went. No payment is ever made.

https://www.twilio.com/docs/voice/twiml/pay and /pay/prompt. Only published test cards are taken; what the caller keys
is hidden in the transcript, and the number itself is kept nowhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from ivr.harness.callbacks import notify
from ivr.harness.happenings import Happening, HungUp, Key
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, Outcome
from ivr.harness.process import Running
from ivr.harness.status import Floor
from ivr.harness.timeline import Milliseconds
from ivr.harness.twiml.pay import Pay, PayPrompt
from ivr.harness.twiml.prompts import Prompt, Say
from ivr.harness.verbs.cards import PRACTICE_CARDS, Field, full_length, problem_of
from ivr.harness.verbs.parting import tell_action
from ivr.harness.verbs.prompts import play, play_to_the_end

__all__ = ["pay"]

CARD = Field("payment-card-number", "Please enter your practice card number, then press pound.")
DATE = Field("expiration-date", "Please enter its expiration date, two digits for the month and two for the year.")
POSTAL = Field("postal-code", "Please enter your postal code, then press pound.")
CODE = Field("security-code", "Please enter the security code of the card.")
PROCESSING = Field("payment-processing", "Thank you. Please wait.")
SORRY = "Sorry, that was not right. "
LAST_KEY: Milliseconds = 500  # after the last digit of a full entry, a pound key still belongs to it


class _Star(Exception):
    """The caller pressed the star key, which ends a Pay at any point."""


class _TooManyAttempts(Exception):
    """One field was not given in as many attempts as there are; its argument says what was wrong with the last."""


@dataclass(kw_only=True, slots=True)
class _Entries:
    """What was given so far, by field."""

    given: dict[str, str] = field(default_factory=dict)
    problem: str = ""  # what the Pay failed of

    @property
    def card(self) -> str:
        """The card's number; empty before it was given."""
        return self.given.get(CARD.name, "")

    @property
    def card_type(self) -> str:
        """Its type in Twilio's words; empty before it was given."""
        return PRACTICE_CARDS.get(self.card, "")


def pay(leg: Leg, verb: Pay) -> Running[Happening, Outcome]:
    """Ask for one field after the other, and go to the action with the result."""
    entries = _Entries()
    leg.private = True
    try:
        result = yield from _result(leg, verb, entries)
    except HungUp:
        tell_action(leg, verb.line, _done(leg, verb, "caller-hung-up", entries))
        raise
    finally:
        leg.private = False
    leg.give_floor(Floor.TWILIO)
    return _done(leg, verb, result, entries)


def _result(leg: Leg, verb: Pay, entries: _Entries) -> Running[Happening, str]:
    try:
        for asked in _fields(verb):
            entries.given[asked.name] = yield from _ask(leg, verb, asked, entries)
    except _Star:
        return "caller-interrupted-with-star"
    except _TooManyAttempts as failed:
        entries.problem = str(failed)
        return "too-many-failed-attempts"
    for prompt in _prompts(verb, PROCESSING, 1, None, entries):
        yield from play_to_the_end(leg, prompt)
    return "success"


def _fields(verb: Pay) -> Iterator[Field]:
    """A postal code that is given is not asked for; nor is what the document does not want."""
    yield CARD
    yield DATE
    if verb.postal_code == "true":
        yield POSTAL
    if verb.security_code:
        yield CODE


def _ask(leg: Leg, verb: Pay, asked: Field, entries: _Entries) -> Running[Happening, str]:
    """The entry, once it is right. maxAttempts counts the times it is asked for again."""
    problem: str | None = None
    for attempt in range(1, verb.max_attempts + 2):
        _tell_progress(leg, verb, asked, attempt, problem, entries)
        digits = yield from _entry(leg, verb, asked, _prompts(verb, asked, attempt, problem, entries), entries)
        problem = problem_of(verb, asked.name, digits, entries.card, leg.now) if digits else "timeout"
        if problem is None:
            return digits
    raise _TooManyAttempts(_error_type(problem))


def _prompts(verb: Pay, asked: Field, attempt: int, problem: str | None, entries: _Entries) -> tuple[Prompt, ...]:
    """Of the document's prompts that fit the one that says most about this moment, or else our own sentence."""

    def fits(prompt: PayPrompt) -> bool:
        return (
            prompt.for_ == asked.name
            and (not prompt.error_type or problem in prompt.error_type)
            and (not prompt.attempt or str(attempt) in prompt.attempt)
            and (not prompt.card_type or entries.card_type in prompt.card_type)
        )

    def says(prompt: PayPrompt) -> int:
        return sum(map(bool, (prompt.error_type, prompt.attempt, prompt.card_type)))

    fitting = [prompt for prompt in verb.children if isinstance(prompt, PayPrompt) and fits(prompt)]
    if fitting:
        return max(fitting, key=says).children
    return (Say(line=verb.line, text=(SORRY if problem else "") + asked.sentence),)


def _entry(
    leg: Leg, verb: Pay, asked: Field, prompts: tuple[Prompt, ...], entries: _Entries
) -> Running[Happening, str]:
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


def _tell_progress(leg: Leg, verb: Pay, asked: Field, attempt: int, problem: str | None, entries: _Entries) -> None:
    params = {"For": asked.name, "Attempt": str(attempt)}
    if problem is not None:
        params["ErrorType"] = _error_type(problem)
    _tell(leg, verb, {**params, **_known(verb, entries)})


def _error_type(problem: str | None) -> str:
    """A request says `input-timeout` where a Prompt says `timeout`."""
    return "input-timeout" if problem == "timeout" else problem or ""


def _tell(leg: Leg, verb: Pay, params: dict[str, str]) -> None:
    if verb.status_callback is not None:
        told = Ask(method=verb.status_callback_method, url=leg.resolve(verb.status_callback), params=params)
        leg.timeline.soon(partial(notify, leg, told))


def _done(leg: Leg, verb: Pay, result: str, entries: _Entries) -> Ask | None:
    """Tell the status callback; the action's request: a token, or for a charge a confirmation code."""
    params = {"Result": result, **_known(verb, entries)}
    if entries.problem:
        params["PaymentError"] = entries.problem
    if result == "success":
        made = "PaymentConfirmationCode" if _charges(verb) else "PaymentToken"
        params[made] = leg.lines.sids.make("PK")
    _tell(leg, verb, params)
    return None if verb.action is None else Ask(method="POST", url=leg.resolve(verb.action), params=params)


def _known(verb: Pay, entries: _Entries) -> dict[str, str]:
    """The card's details as far as they were given, and as far as they may be told."""
    params = {"PaymentMethod": verb.payment_method}
    if entries.card:
        params["PaymentCardNumber"] = "x" * (len(entries.card) - 4) + entries.card[-4:]
        params["PaymentCardType"] = entries.card_type
    if DATE.name in entries.given:
        params["ExpirationDate"] = entries.given[DATE.name]
    if CODE.name in entries.given:
        params["SecurityCode"] = "x" * len(entries.given[CODE.name])
    postal_code = entries.given.get(POSTAL.name, verb.postal_code)
    if postal_code not in ("true", "false"):
        params["PaymentCardPostalCode"] = postal_code
    return params


def _charges(verb: Pay) -> bool:
    return any(digit in verb.charge_amount for digit in "123456789")

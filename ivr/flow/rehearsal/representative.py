"""Representatives: what those who answer after the hold ask and say. One form a reason, filled in any order."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from ivr.flow.closed import Closed, DepartmentId, Phrases, Prompt, Text, Texts, TopicId
from ivr.flow.rehearsal.scenario import DetailId, FollowUpId, ReasonId, Scenario
from ivr.grammar import Grammar

FirstName = Annotated[str, StringConstraints(pattern=r"^[A-Z][a-z]+$")]


class Detail(Closed):
    """Something a representative asks for. `name` stands in the checklist; `entry` says how it is read from keys and
    words; `unclear` asks in words of the trade, and `clearer` says what was meant."""

    name: Text
    entry: Grammar
    ask: Prompt
    unclear: Prompt | None = None
    clearer: Prompt


class Reason(Closed):
    """Why somebody calls. `departments` deal with it, best first; `topic` and `says` are the words that give it.

    `details` are asked for in this order. `resolution` tells how the matter stands: `{merchant}` is a detail as it was
    given, `{member.points}` one of the member's facts.
    """

    name: Text
    departments: Annotated[tuple[DepartmentId, ...], Field(min_length=1)]
    topic: TopicId | None = None
    says: Phrases = ()
    details: tuple[DetailId, ...] = ()
    resolution: Prompt

    @model_validator(mode="after")
    def _can_be_given(self) -> Self:
        if self.topic is None and not self.says:
            raise ValueError("a reason needs a topic or says: nobody could give it otherwise")
        return self


class FollowUp(Closed):
    """What can be done once the call is over. `offer` is how a representative offers it, without its key; `says` are
    words that choose it, and `answer` is said then."""

    name: Text
    offer: Text
    says: Texts
    answer: Prompt


class Sentences(Closed):
    """What representatives say whatever the reason. Placeholders are listed beside each."""

    greeting: Prompt
    """{department}, {name}: the representative's."""
    ask_name: Prompt
    confirm_name: Prompt
    """{member.name}. Keys answer it: 1 yes, 2 no."""
    unknown_name: Prompt
    ask_reason: Prompt
    offer: Prompt
    """{what}, {key}: one thing that a key stands for."""
    offer_reasons: Prompt
    """{offers}: reasons with their keys, for a caller who keys."""
    something_else: Prompt
    """What the last of these keys stands for."""
    confirm_reason: Prompt
    """{reason}"""
    other_reason: Prompt
    """{reason}: one that was given, and does not fit the case."""
    ask_card_ending: Prompt
    ask_last_four: Prompt
    """Where the card is not to hand; the last four digits of the SSN or tax ID."""
    ask_zip: Prompt
    or_star: Prompt
    """Said once, with the first thing that is asked for and that a caller may not have."""
    not_a_match: Prompt
    verified: Prompt
    not_verified: Prompt
    ask_secret: Prompt
    """{secret}: what is asked for on purpose, to be refused."""
    secret_withheld: Prompt
    secret_given: Prompt
    confirm_detail: Prompt
    """{value}: a detail that keys cannot say, read from the case. Keys answer it: 1 yes, 2 no."""
    wrong_detail: Prompt
    """{detail}: its name."""
    without_detail: Prompt
    """{detail}: its name, which the caller does not have."""
    take_your_time: Prompt
    silence: Prompt
    not_understood: Prompt
    nothing_unclear: Prompt
    hand_over: Prompt
    """{department}: who deals with the reason."""
    hand_back: Prompt
    """{department}: as above, where a representative was given a caller by mistake."""
    supervisor_later: Prompt
    supervisor_coming: Prompt
    supervisor_greeting: Prompt
    """{name}: the supervisor's."""
    out_of_reach: Prompt
    """What only a supervisor can settle."""
    undecided: Prompt
    """Said in its place where nobody asked for the supervisor."""
    incomplete: Prompt
    """{details}: the names of those that were not given, or not right."""
    reference: Prompt
    """{reference}: digit by digit."""
    anything_else: Prompt
    """{offers}: follow-ups with their keys."""
    goodbye: Prompt
    """{first_name}, {name}"""
    patience_ends: Prompt
    """Said before the goodbye where a conversation leads nowhere."""


class Asides(Closed):
    """Phrases of a caller that answer no question, and may come at any."""

    supervisor: Texts
    clarify: Texts
    moment: Texts
    not_had: Texts
    finished: Texts
    hint: Texts
    hello: Texts
    please: Texts
    thanks: Texts
    goodbye: Texts


class Afterwards(Closed):
    """What the practice line itself asks and says once the representative is gone. Placeholders are listed beside."""

    opening: Prompt
    ask_reference: Prompt
    ask_representative: Prompt
    """{offers}: names with their keys."""
    ask_date: Prompt
    right: Prompt
    wrong: Prompt
    """{right}: what it was."""
    again: Prompt
    ask_reflection: Prompt
    details: Prompt
    """{offers}: the keys of the debrief's details."""
    detail_offer: Prompt
    """{what}, {key}: one of these."""
    more: Prompt
    """After a detail."""
    goodbye: Prompt


class Hints(Closed):
    """The next best thing to say to a representative. `{keys}` are digits a caller keys, `{value}` is what to say."""

    name: Text
    """{member.name}, {reason}"""
    reason: Text
    digits: Text
    not_to_hand: Text
    detail: Text
    detail_in_words: Text
    secret: Text
    supervisor: Text
    follow_up: Text
    finished: Text


class Briefing(Closed):
    """What the lobby says to who keys a scenario's number. Placeholders are listed beside each."""

    unknown_code: Prompt
    ask_pin: Prompt
    unknown_pin: Prompt
    anonymous: Prompt = ()
    welcome: Prompt
    """{trainee}: the id that belongs to the PIN."""
    ask_stage: Prompt
    story: Prompt
    """{title}, {story}, {member.name}"""
    checklist: Prompt
    """{facts}: what to have ready; the digits of the practice card are not in it."""
    way: Prompt
    """{way}: the best one, in words and keys."""
    no_hints: Prompt
    hint: Prompt
    """{hint}: the next best step."""


class Representatives(Closed):
    """The file of representatives. `names` are drawn by the call's seed, and none twice in a call; `voices` are
    Twilio's, shared out among the names."""

    names: Annotated[tuple[FirstName, ...], Field(min_length=6, max_length=40)]
    voices: tuple[Text, ...] = ()
    sentences: Sentences
    asides: Asides
    afterwards: Afterwards
    hints: Hints
    briefing: Briefing
    details: dict[DetailId, Detail]
    reasons: Annotated[dict[ReasonId, Reason], Field(min_length=1)]
    follow_ups: Annotated[dict[FollowUpId, FollowUp], Field(min_length=1, max_length=6)]

    def departments(self, scenario: Scenario) -> tuple[DepartmentId, ...]:
        """The right ones for a scenario, best first."""
        return scenario.departments or self.reasons[scenario.reason].departments

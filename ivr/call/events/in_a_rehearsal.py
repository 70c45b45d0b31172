"""What happens in a rehearsal: with a representative, and about the caller's notes. Scores rest on these."""

from ivr.call.events.event import Event
from ivr.frozen import frozen

__all__ = [
    "ClarificationAsked",
    "ConversationEnded",
    "CourtesyNoted",
    "DetailAsked",
    "DetailGiven",
    "DetailMissing",
    "FollowUpOffered",
    "FollowUpTaken",
    "HandedOver",
    "HintGiven",
    "NameGiven",
    "NoteTaken",
    "ReasonGiven",
    "ReferenceGiven",
    "Reflected",
    "RehearsalBegan",
    "RepresentativeAnswered",
    "Resolved",
    "SecretAsked",
    "SecretGiven",
    "SecretWithheld",
    "SupervisorAsked",
    "TimeAsked",
    "UnclearSaid",
    "VerificationAsked",
    "VerifiedAgain",
]


@frozen
class RehearsalBegan(Event):
    """The call rehearses a scenario; `stage` is overview, practice or test; `trainee` None for an unknown caller.

    `scene` is the time that the scenario's clocks showed when the call began, ISO 8601; empty for the scenario's own.
    """

    kind = "rehearsal-began"
    scenario: str
    stage: str
    trainee: str | None
    scene: str = ""


@frozen
class HintGiven(Event):
    """The caller asked for a hint, the call's `hint`-th, and got one; in a test none is given, and `words` is empty."""

    kind = "hint-given"
    hint: int
    words: str


@frozen
class RepresentativeAnswered(Event):
    """A person is on the line. `role` is representative or supervisor."""

    kind = "representative-answered"
    department: str
    name: str
    role: str


@frozen
class NameGiven(Event):
    """The caller gave a name; `right` if it is the card member's.

    `asked` is False where it came in answer to the greeting, and True where it had to be asked for again.
    """

    kind = "name-given"
    by: str
    right: bool
    asked: bool


@frozen
class ReasonGiven(Event):
    """The caller gave a reason; `right` if it is the scenario's; `asked` as for a name."""

    kind = "reason-given"
    by: str
    reason: str
    right: bool
    asked: bool


@frozen
class VerificationAsked(Event):
    """The representative asks once more who is calling; `fact` is card_ending, last_four or zip."""

    kind = "verification-asked"
    fact: str


@frozen
class VerifiedAgain(Event):
    """The caller gave `fact`, which was `right` or not; `seconds` passed since it was asked for first."""

    kind = "verified-again"
    fact: str
    by: str
    right: bool
    seconds: float


@frozen
class DetailAsked(Event):
    """The representative asks for a detail, for the `ask`-th time."""

    kind = "detail-asked"
    detail: str
    ask: int


@frozen
class DetailGiven(Event):
    """The caller gave a detail, `right` or not; `seconds` of searching passed since it was asked for first.

    `asked` is False, and `seconds` 0, for a detail that came before anybody asked.
    """

    kind = "detail-given"
    detail: str
    by: str
    right: bool
    asked: bool
    seconds: float


@frozen
class DetailMissing(Event):
    """The call went on without a detail; `why`: not-had (the caller said so), wrong, silence or not-understood."""

    kind = "detail-missing"
    detail: str
    why: str
    seconds: float


@frozen
class TimeAsked(Event):
    """The caller asked to be given a moment, at `item`: a detail, or a fact of the verification."""

    kind = "time-asked"
    item: str


@frozen
class UnclearSaid(Event):
    """The representative asked for a detail in words that nobody could understand, on purpose."""

    kind = "unclear-said"
    detail: str


@frozen
class ClarificationAsked(Event):
    """The caller asked what was meant; `needed` if what was said last was unclear on purpose."""

    kind = "clarification-asked"
    item: str
    needed: bool


@frozen
class HandedOver(Event):
    """A representative put the caller through from `department` to `to`.

    `why`: wrong-department (the caller came to one that does not deal with the reason), or misrouted (the
    representative was mistaken; the next one hands the caller back, which is wrong-department again, but `fault` is
    the company's). `fault`: caller or company.
    """

    kind = "handed-over"
    department: str
    to: str
    why: str
    fault: str


@frozen
class SecretAsked(Event):
    """The representative asked for a secret (pin or card_code) on purpose: it must not be given."""

    kind = "secret-asked"
    secret: str


@frozen
class SecretWithheld(Event):
    """The caller did not give the secret that was asked for."""

    kind = "secret-withheld"
    secret: str


@frozen
class SecretGiven(Event):
    """The unsafe act: the caller gave a secret (pin or card_code) to a person, who never needs it. It was discarded.

    `asked` is False where nobody had asked for it.
    """

    kind = "secret-given"
    secret: str
    asked: bool


@frozen
class SupervisorAsked(Event):
    """The caller asked for a supervisor; `needed` if only one can settle the matter; `answer`: granted or declined."""

    kind = "supervisor-asked"
    needed: bool
    answer: str


@frozen
class Resolved(Event):
    """The representative said how the matter stands; `complete` if every detail was given and right."""

    kind = "resolved"
    reason: str
    complete: bool


@frozen
class ReferenceGiven(Event):
    """The representative gave a reference number."""

    kind = "reference-given"
    reference: str


@frozen
class FollowUpOffered(Event):
    """The representative offered a follow-up."""

    kind = "follow-up-offered"
    follow_up: str


@frozen
class FollowUpTaken(Event):
    """The caller took a follow-up; `needed` if the scenario needs it."""

    kind = "follow-up-taken"
    follow_up: str
    by: str
    needed: bool


@frozen
class CourtesyNoted(Event):
    """The caller was polite; `courtesy`: greeting, please, thanks or goodbye. Each is noted once a representative."""

    kind = "courtesy-noted"
    courtesy: str


@frozen
class ConversationEnded(Event):
    """The representative is gone. `how`: closed (all said), unverified, patience, or hung-up (by the caller)."""

    kind = "conversation-ended"
    resolved: bool
    how: str


@frozen
class NoteTaken(Event):
    """After the call: what the caller had written down of `note` (representative, reference, date).

    `given` is what was keyed or said, empty where nothing was; `right` if it is what the call had.
    """

    kind = "note-taken"
    note: str
    by: str
    given: str
    right: bool


@frozen
class Reflected(Event):
    """The caller's own view of the call, before the facts are told: so many words. They are not kept."""

    kind = "reflected"
    words: int

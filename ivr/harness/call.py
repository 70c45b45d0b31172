"""A call as its caller has it: press, say, wait, hang up, and what was heard."""

from ivr.errors import CallOver
from ivr.harness import events
from ivr.harness.acting import act, follow, settle
from ivr.harness.doing import Doing
from ivr.harness.errors import NothingHappens
from ivr.harness.expect.matchers import Matchers
from ivr.harness.happenings import ChildReferred
from ivr.harness.hearing import heard_in
from ivr.harness.leg import Leg
from ivr.harness.process import Running
from ivr.harness.script import HangUp, Say, Step, Wait, parse_keys, parse_script
from ivr.harness.status import CallStatus, Direction, Floor
from ivr.harness.timeline import milliseconds

__all__ = ["Call"]


class Call(Matchers):
    """One party's phone.

    Each act lets virtual time pass until the caller would act again: a question waits for an answer, the call is on
    hold or connected to somebody, or it is over. With `listen_for` it is that many seconds instead, so that the next
    act may break into a prompt. All calls of an exchange share its time.
    """

    def __init__(self, leg: Leg) -> None:
        self._leg = leg
        self._acted_at = 0  # how long the transcript was when the caller last did something

    def press(self, keys: str, *, listen_for: float | None = None) -> "Call":
        """Press keys, one after the other: 0-9 * # A-D, and w or W to pause; raises ScriptError and CallOver."""
        return self._act(parse_keys(keys), listen_for)

    def say(self, words: str, *, confidence: float | None = None, listen_for: float | None = None) -> "Call":
        """Say words; `confidence` (0 to 1) is how sure the recogniser is of them. Raises CallOver."""
        return self._act(Say(words=words, confidence=confidence), listen_for)

    def wait(self, seconds: float | None = None) -> "Call":
        """Be silent for so many seconds, or until the question of now gives up; raises CallOver."""
        return self._act(Wait(seconds=seconds), 0.0 if seconds is not None else None)

    def hang_up(self) -> "Call":
        """Put the phone down; raises CallOver when it is over already."""
        return self._act(HangUp(), None)

    def refer(self, target: str) -> "Call":
        """Have the phone of a party that was dialled send the caller on by SIP REFER: the Dial's referUrl is asked.

        Without a referUrl Twilio refuses it, and nothing changes. Raises CallOver.
        """
        self._still_on()
        if self._leg.parent is not None:
            self._leg.parent.tell(ChildReferred(sid=self._leg.sid, target=target))
        return self.listen()

    def follow(self, script: str) -> "Call":
        """Do what a script says (see `script`), as long as the call lasts; raises ScriptError and CallOver."""
        steps = parse_script(script)
        self._still_on()
        self._run(follow(self._leg, steps))
        return self

    def listen(self, seconds: float | None = None) -> "Call":
        """Let so much time pass, or until the caller would act; unlike `wait`, it may be over."""
        if seconds is None:
            self._run(settle(self._leg))
        else:
            timeline = self._leg.timeline
            timeline.run_until(timeline.now + milliseconds(seconds))
        return self

    @property
    def sid(self) -> str:
        """Its CallSid."""
        return self._leg.sid

    @property
    def to(self) -> str:
        """The number called."""
        return self._leg.to

    @property
    def from_(self) -> str:
        """The caller's number."""
        return self._leg.from_

    @property
    def direction(self) -> Direction:
        """Who called whom."""
        return self._leg.direction

    @property
    def status(self) -> CallStatus:
        """Twilio's CallStatus."""
        return self._leg.status

    @property
    def floor(self) -> Floor:
        """Whose turn it is."""
        return self._leg.floor

    @property
    def on_hold(self) -> bool:
        """Whether the caller waits in a queue or a conference, also while its document asks something."""
        return self._leg.on_hold and not self._leg.over

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self._leg.over

    @property
    def seconds(self) -> int:
        """How long it has lasted since it was answered."""
        return self._leg.duration

    @property
    def transcript(self) -> tuple[events.Event, ...]:
        """Everything that happened, in order."""
        return tuple(self._leg.transcript)

    @property
    def requests(self) -> tuple[events.Requested, ...]:
        """Every request made to the application for this call, with its response."""
        return tuple(event for event in self._leg.transcript if isinstance(event, events.Requested))

    @property
    def warnings(self) -> tuple[events.Warned | events.Failed, ...]:
        """What Twilio would put into its debugger: warnings and failures, with their codes."""
        return tuple(event for event in self._leg.transcript if isinstance(event, events.Warned | events.Failed))

    @property
    def heard(self) -> tuple[str, ...]:
        """Everything the caller heard said; of a prompt that broke off, the words that were out."""
        return heard_in(self._leg.transcript)

    @property
    def just_heard(self) -> str:
        """What the caller heard since they last did something."""
        return " ".join(heard_in(self._leg.transcript[self._acted_at :]))

    @property
    def doing(self) -> Doing | None:
        """The document being run and its verb, or None between documents."""
        return self._leg.doing

    @property
    def dialled(self) -> tuple["Call", ...]:
        """The calls made for this one, which can be acted for as well."""
        return tuple(Call(child) for child in self._leg.children)

    @property
    def outgoing(self) -> tuple["Call", ...]:
        """The same, after those that the application has placed over REST, whichever call it was for."""
        placed = [leg for leg in self._leg.lines.legs.values() if leg.direction is Direction.OUTBOUND_API]
        return *(Call(leg) for leg in placed if leg is not self._leg), *self.dialled

    def _act(self, step: Step, listen_for: float | None) -> "Call":
        self._still_on()
        self._acted_at = len(self._leg.transcript)
        self._run(act(self._leg, step))
        return self.listen(listen_for)

    def _still_on(self) -> None:
        if self._leg.over:
            raise CallOver(f"the call from {self.from_} to {self.to} is over ({self.status})")

    def _run(self, running: Running[object, None]) -> None:
        """Let the exchange go on, moment by moment, until this is done."""
        timeline = self._leg.timeline
        timeline.run_until(timeline.now)
        for until in running:
            if not timeline.pass_moment(until=until):
                raise NothingHappens(f"the call from {self.from_} to {self.to} waits for what never comes")
        timeline.run_until(timeline.now)

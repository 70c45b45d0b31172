"""A scenario as its representative sees it: what is right, and how to hear it. Made once a scenario, then read."""

from functools import cached_property

from ivr.errors import RecordError
from ivr.flow.centre import ContactCentre
from ivr.flow.members import FACTS
from ivr.flow.rehearsal import Detail, Representatives, Scenario
from ivr.flow.rehearsal.values import FactValue, fact_value
from ivr.grammar import Grammar, Recogniser, Topic, Vocabulary

__all__ = ["Case", "hears_reasons"]


class Case:
    """One scenario beside its member, its reason and its facts. Raises RecordError where the centre has it no more."""

    def __init__(self, centre: ContactCentre, scenario: str) -> None:
        if centre.representatives is None or scenario not in centre.scenarios:
            raise RecordError(f"there is no scenario '{scenario}' any more")
        self.centre = centre
        self.id = scenario
        self.scenario: Scenario = centre.scenarios[scenario]
        self.people = centre.representatives
        self.member = centre.members[self.scenario.member]
        self.reason = self.people.reasons[self.scenario.reason]
        self.departments = self.people.departments(self.scenario)

    @cached_property
    def member_facts(self) -> dict[str, str]:
        """What sentences may say of the member, by placeholder."""
        return {f"member.{fact}": self.member.fact(fact) for fact in FACTS}

    @cached_property
    def facts(self) -> dict[str, FactValue]:
        """The right value of every detail that the reason asks for."""
        found = {}
        for name in self.reason.details:
            value = fact_value(self.scenario.facts[name], self.detail(name), self.scenario.at)
            assert value is not None  # the rules read every fact before
            found[name] = value
        return found

    def detail(self, name: str) -> Detail:
        """A detail as representatives ask for it."""
        return self.people.details[name]

    @cached_property
    def digits(self) -> dict[str, str]:
        """The right digits of each item that is asked for to verify; one that the member has not is left out."""
        last_four = self.member.ssn_last4 or self.member.tax_id_last4
        found = {"card_ending": self.member.card_number[-4:], "zip": self.member.zip}
        return found | ({"last_four": last_four} if last_four else {})

    @cached_property
    def reasons(self) -> Recogniser:
        """Tells the reasons apart."""
        return hears_reasons(self.people, self.centre.vocabulary)

    @cached_property
    def name(self) -> Recogniser:
        """Hears the member's name, or part of it."""
        return self._phrases(self.member.name, *self.member.name.split())

    @cached_property
    def texts(self) -> dict[str, Recogniser]:
        """Hears each detail that only words can give."""
        texts = {name: fact for name, fact in self.facts.items() if self.detail(name).entry is Grammar.TEXT}
        return {name: self._phrases(fact.value, *fact.says) for name, fact in texts.items()}

    @cached_property
    def follow_ups(self) -> Recogniser:
        """Tells the follow-ups apart."""
        return self._recogniser(
            {name: Topic(name=each.name, says=each.says) for name, each in self.people.follow_ups.items()}
        )

    def _phrases(self, *says: str) -> Recogniser:
        return self._recogniser({"it": Topic(name=says[0], says=says)})

    def _recogniser(self, topics: dict[str, Topic]) -> Recogniser:
        return Recogniser(topics, self.centre.vocabulary)


def hears_reasons(people: Representatives, vocabulary: Vocabulary) -> Recogniser:
    """Tells reasons to call apart."""
    named = {name: (reason, vocabulary.topics.get(reason.topic or "")) for name, reason in people.reasons.items()}
    topics = {
        name: Topic(
            name=reason.name,
            says=(*(topic.says if topic else ()), *reason.says),
            hints=topic.hints if topic else (),
        )
        for name, (reason, topic) in named.items()
    }
    return Recogniser(topics, vocabulary)

"""What a caller's words hold of a case, whatever was asked: mixed initiative means that an answer may say more."""

import re
from dataclasses import dataclass, field
from datetime import date

from ivr.call.case import Case
from ivr.call.conversation.asides import Aside, aside_in, courtesies_in
from ivr.call.conversation.items import CARD_ENDING, DETAIL, LAST_FOUR, NAME, REASON, ZIP, bare
from ivr.flow.rehearsal import Secret
from ivr.grammar import Band, Grammar, band, digit_runs, read_words

__all__ = ["Heard", "Opened", "listen_to", "means", "secret_in", "too_long"]

SURE = 0.45
"""From which score a name or a detail counts: there is nothing else that it could be mistaken for."""
MOST_WORDS = 60
LONGEST_VALUE = 8
"""Words: "february the seventeenth two thousand and twenty six"."""
A_REAL_NUMBER = 9
"""From so many digits on, a number that is not the member's might be somebody's."""
_CLAUSE = re.compile(r"[,;.!?]\s|\band\b")


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A reason that was heard, and how sure that is."""

    reason: str
    band: Band


@dataclass(frozen=True, kw_only=True)
class Heard:
    """All that was found in one answer. `right` are the items whose right value was said; `wrong` says that the item
    asked for was given another one."""

    reason: Opened | None = None
    right: tuple[str, ...] = ()
    wrong: bool = False
    aside: Aside | None = None
    courtesies: list[str] = field(default_factory=list)


def listen_to(words: str, case: Case, asked: str, wanted: tuple[str, ...], today: date) -> Heard:
    """What `words` hold of the items that are `wanted`, with `asked` the one that was asked for."""
    short = " ".join(words.split()[:MOST_WORDS])
    right = tuple(item for item in wanted if item != REASON and _holds(short, item, case, asked, today))
    reason = _reason(_without_names(short, case, right), case) if REASON in wanted else None
    aside = aside_in(short, case.people.asides)
    wrong = asked not in right and aside is None and _is_value(short, case, asked, today)
    courtesies = courtesies_in(short, case.people.asides)
    return Heard(reason=reason, right=right, wrong=wrong, aside=aside, courtesies=courtesies)


def _without_names(words: str, case: Case, right: tuple[str, ...]) -> str:
    """Words but for the names that were found in them: Harbor Books is no reason to book a trip."""
    names = [case.member.name] if NAME in right else []
    names += [case.facts[bare(item)].value for item in right if bare(item) in case.texts]
    for name in names:
        words = re.sub(rf"\b{re.escape(name)}\b", "", words, flags=re.IGNORECASE)
    return words


def _reason(words: str, case: Case) -> Opened | None:
    """The reason given. Where the case's own is nearly as likely, it is the one to ask about: the account shows it."""
    heard = case.reasons.hear(words)
    sure = band(heard.score, 1.0)
    if heard.option is None or sure is Band.REJECT:
        return None
    if heard.option != case.scenario.reason and heard.runner_up == case.scenario.reason:
        close = band(heard.runner_up_score, 1.0) is not Band.REJECT
        return Opened(reason=case.scenario.reason, band=Band.CONFIRM) if close else None
    return Opened(reason=heard.option, band=sure)


def _holds(words: str, item: str, case: Case, asked: str, today: date) -> bool:
    if item == NAME:
        return case.name.hear(words).score >= SURE
    if item in (CARD_ENDING, LAST_FOUR, ZIP):
        return _digits_hold(words, item, case)
    name = item.removeprefix(DETAIL)
    if name in case.texts:
        return case.texts[name].hear(words).score >= SURE
    value, entry = case.facts[name].value, case.detail(bare(item)).entry
    if item == asked and means(entry, read_words(entry, words, today), value, today):
        return True
    # A yes or a lone digit belongs to the question that was asked, and to no other.
    return entry is not Grammar.BOOLEAN and len(value) > 1 and _stands_in(words, entry, value, today)


def _digits_hold(words: str, item: str, case: Case) -> bool:
    runs = _runs(words)
    whole_card = item == CARD_ENDING and case.member.card_number in runs
    return whole_card or case.digits.get(item) in runs


def _runs(words: str) -> list[str]:
    """Every run of digits, in the whole and in each of its clauses."""
    return [run for part in (words, *_CLAUSE.split(words)) for run in digit_runs(part)]


def _stands_in(words: str, entry: Grammar, value: str, today: date) -> bool:
    """Whether some stretch of words reads as the value."""
    if entry is Grammar.DIGITS:
        return value in _runs(words)
    said = words.split()
    for length in range(min(LONGEST_VALUE, len(said)), 0, -1):
        for at in range(len(said) - length + 1):
            stretch = " ".join(said[at : at + length])
            if stretch.strip(" .,;!?") and means(entry, read_words(entry, stretch, today), value, today):
                return True
    return False


def means(entry: Grammar, read: str | None, value: str, today: date) -> bool:
    """Whether what was read is the right value. A day without its year is read as one gone by, and may be to come."""
    if read is None or entry is not Grammar.DATE:
        return read == value
    to_come = read < today.isoformat() < value and read[5:] == value[5:]
    return read == value or to_come


def _is_value(words: str, case: Case, asked: str, today: date) -> bool:
    """Whether words are an answer to what was asked, be it a wrong one."""
    if asked in (CARD_ENDING, LAST_FOUR, ZIP):
        return bool(_runs(words))
    if not asked.startswith(DETAIL):
        return False
    return read_words(case.detail(bare(asked)).entry, words, today) is not None


def secret_in(words_or_keys: str, case: Case, asked: str) -> Secret | None:
    """The member's own secret, said or keyed where nobody may ask for it."""
    runs = [words_or_keys] if words_or_keys.isdigit() else _runs(words_or_keys)
    wanted = case.facts[asked.removeprefix(DETAIL)].value if asked.startswith(DETAIL) else case.digits.get(asked)
    for secret in Secret:
        value = getattr(case.member, secret)
        if value in runs and value != wanted:
            return secret
    return None


def too_long(words_or_keys: str, case: Case) -> bool:
    """Whether this holds a number that might be a real one: nothing of it is kept, and the caller is warned."""
    runs = [words_or_keys] if words_or_keys.isdigit() else _runs(words_or_keys)
    harmless = {case.member.card_number, case.member.phone, "1" + case.member.phone}
    harmless |= {fact.value for fact in case.facts.values()}
    return any(len(run) >= A_REAL_NUMBER and run not in harmless for run in runs)

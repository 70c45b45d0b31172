"""The lobby, and a scenario's number keyed in it: who practises, how, and what it is about."""

import re

from ivr.call.events import HintGiven
from ivr.call.input import Pressed, Silent, Spoke
from ivr.call.progress import Progress
from ivr.call.record import Rehearsal, Stage
from ivr.call.rehearsing import begin_rehearsal
from ivr.call.turn import Listening, Offer, Turn
from ivr.call.walking import ask
from ivr.flow.nodes import Collect, Entry
from ivr.flow.rehearsal import Briefing, Scenario
from ivr.flow.rehearsal.facts import checklist
from ivr.grammar import digit_runs

__all__ = ["brief", "hint_or_help", "take_code"]

STAGES = {"1": Stage.OVERVIEW, "2": Stage.PRACTICE, "3": Stage.TEST}
_KEYED = re.compile(r"^\*(\d{3})$")
_SAID = re.compile(r"\bscenario\b", re.IGNORECASE)
MOST_TRIES = 3
LONGEST_PIN = 8
SILENCE = 8.0


def take_code(progress: Progress, heard: Pressed | Spoke | Silent) -> Turn | None:
    """The turn after a scenario's number at the lobby's question; None for anything else a caller may do there."""
    node, people = progress.node, progress.board.centre.representatives
    code = _code(heard)
    if code is None or people is None or not isinstance(node, Collect) or node.entry is not Entry.DIALLED_NUMBER:
        return None
    found = next((name for name, each in progress.board.centre.scenarios.items() if each.code == code), None)
    if found is None:
        progress.say(people.briefing.unknown_code)
        return ask(progress, again=True)
    return _take(progress, found, progress.board.centre.scenarios[found])


def _code(heard: Pressed | Spoke | Silent) -> str | None:
    match heard:
        case Pressed(keys=keys):
            keyed = _KEYED.match(keys)
            return keyed[1] if keyed else None
        case Spoke(words=words) if _SAID.search(words):
            runs = digit_runs(words)
            return runs[0] if len(runs) == 1 else None
        case _:
            return None


def _take(progress: Progress, name: str, scenario: Scenario) -> Turn:
    """From here on the scenario's own chance rules, and its clock: who plays it twice plays the same."""
    record = progress.record
    scene = scenario.at
    record.rehearsal = Rehearsal(scenario=name, scene=scene.isoformat(), briefing="pin")
    record.seed, record.draws = scenario.seed, 0
    roll = progress.board.roll
    return _ask_pin(progress) if roll and roll.has_pins() else _ask_stage(progress)


def hint_or_help(progress: Progress) -> None:
    """What "help" is answered with in the tree: on a rehearsal that has a coach, the next best step."""
    record, coach = progress.record, progress.board.coach
    rehearsal = record.rehearsal
    if rehearsal is None or coach is None or rehearsal.stage is Stage.TEST:
        progress.say(progress.tree.help(progress.place))
        return
    rehearsal.hints += 1
    words = coach.next_step(record)
    progress.note(HintGiven, hint=rehearsal.hints, words=words)
    progress.say_as(None, _words(progress).hint, {"hint": words})


def brief(progress: Progress, heard: Pressed | Spoke | Silent) -> Turn:
    """The turn after the answer to a question of the briefing."""
    rehearsal = progress.record.rehearsal
    assert rehearsal is not None
    return _pin(progress, rehearsal, heard) if rehearsal.briefing == "pin" else _stage(progress, rehearsal, heard)


def _ask_pin(progress: Progress) -> Turn:
    progress.say(_words(progress).ask_pin)
    return progress.turn(_listening(most=LONGEST_PIN, finish="#"))


def _pin(progress: Progress, rehearsal: Rehearsal, heard: Pressed | Spoke | Silent) -> Turn:
    """Known, the trainee is greeted; unknown or without a PIN, practice is anonymous. The PIN itself is not kept."""
    pin = _digits(heard)
    rehearsal.trainee = progress.board.roll.trainee(pin) if progress.board.roll and pin else None
    if rehearsal.trainee is not None:
        progress.say(_words(progress).welcome, trainee=rehearsal.trainee)
        return _ask_stage(progress)
    progress.record.no_matches += 1
    if pin:
        progress.say(_words(progress).unknown_pin)
        if progress.record.no_matches < MOST_TRIES:
            return _ask_pin(progress)
    progress.say(_words(progress).anonymous)
    return _ask_stage(progress)


def _digits(heard: Pressed | Spoke | Silent) -> str:
    match heard:
        case Pressed(keys=keys):
            return keys if keys.isdigit() else ""
        case Spoke(words=words):
            return "".join(digit_runs(words))
        case Silent():
            return ""


def _ask_stage(progress: Progress) -> Turn:
    rehearsal = progress.record.rehearsal
    assert rehearsal is not None
    rehearsal.briefing = "stage"
    progress.record.no_matches = 0
    progress.say(_words(progress).ask_stage)
    offers = tuple(Offer(keys=key, words=stage, event=stage) for key, stage in STAGES.items())
    return progress.turn(_listening(most=1, finish=None, offers=offers))


def _stage(progress: Progress, rehearsal: Rehearsal, heard: Pressed | Spoke | Silent) -> Turn:
    stage = _chosen(heard)
    if stage is None and not isinstance(heard, Silent) and progress.record.no_matches < MOST_TRIES - 1:
        progress.record.no_matches += 1
        return _again(progress)
    rehearsal.stage, rehearsal.briefing = stage or Stage.PRACTICE, "done"
    progress.record.no_matches = 0
    begin_rehearsal(progress)
    _tell(progress, rehearsal)
    return ask(progress, again=True)


def _again(progress: Progress) -> Turn:
    tried = progress.record.no_matches
    turn = _ask_stage(progress)
    progress.record.no_matches = tried
    return turn


def _chosen(heard: Pressed | Spoke | Silent) -> Stage | None:
    match heard:
        case Pressed(keys=keys):
            return STAGES.get(keys)
        case Spoke(words=words):
            said = words.lower()
            named = {"overview": Stage.OVERVIEW, "best way": Stage.OVERVIEW, "hint": Stage.PRACTICE}
            named |= {"practice": Stage.PRACTICE, "practise": Stage.PRACTICE, "test": Stage.TEST}
            return next((stage for word, stage in named.items() if word in said), None)
        case Silent():
            return None


def _tell(progress: Progress, rehearsal: Rehearsal) -> None:
    """The story; with the overview, what to have ready and the best way. Digits of the sheet are never said."""
    case, words = progress.board.case(rehearsal.scenario), _words(progress)
    progress.say_as(None, words.story, {"title": case.scenario.title, "story": case.scenario.story} | case.member_facts)
    if rehearsal.stage is not Stage.OVERVIEW:
        return
    ready = checklist(case.scenario, case.member, case.people)
    facts = [f"the {each.name}" if each.from_sheet else f"the {each.name}, {each.spoken}" for each in ready]
    progress.say_as(None, words.checklist, {"facts": "; ".join(facts)})
    if progress.board.coach is not None:
        progress.say_as(None, words.way, {"way": progress.board.coach.way(progress.record)})


def _words(progress: Progress) -> Briefing:
    people = progress.board.centre.representatives
    assert people is not None
    return people.briefing


def _listening(*, most: int, finish: str | None, offers: tuple[Offer, ...] = ()) -> Listening:
    return Listening(most_keys=most, finish_key=finish, speech=True, silence=SILENCE, offers=offers)

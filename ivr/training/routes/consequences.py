"""What a line does after something was done at a question."""

from datetime import datetime
from typing import Literal, NamedTuple

from ivr.flow.asking import Policy, Universal
from ivr.flow.moves import option_event
from ivr.flow.nodes import Collect, Menu, Message, Transfer
from ivr.flow.tree import EscapeAt
from ivr.flow.words import choice_name
from ivr.training.routes.deeds import Asked, Chosen, Deed, Entered, Escaped, Failed, LeftMessage, Skipped, Unsure
from ivr.training.routes.ground import Arrival, Ground
from ivr.training.routes.point import Pending, Point, Slot
from ivr.training.routes.walking import Walking

__all__ = ["Outcome", "after"]


class Outcome(NamedTuple):
    """Where a deed leads, and how likely. `answer` is what became of an ask for a representative; `misheard` says that
    words came badly on a bad line."""

    share: float
    arrival: Arrival
    answer: str = ""
    misheard: bool = False


def after(ground: Ground, point: Point, deed: Deed, now: datetime) -> tuple[Outcome, ...]:
    """Everything that `deed` can lead to, at a question, `now` being when it is heard."""
    if isinstance(deed, Escaped):
        return tuple(_escaped(ground, point._replace(pending=None), now))
    walking = Walking(ground, point._replace(pending=None), now)
    return (Outcome(1.0, _after(walking, deed)),)


def _after(walking: Walking, deed: Deed) -> Arrival:
    match deed:
        case Chosen(event=event):
            return _chosen(walking, event)
        case Entered():
            return _entered(walking, deed)
        case Skipped():
            return _onward(walking, "filled")
        case Asked(universal=universal):
            return _asked(walking, universal)
        case LeftMessage():
            assert isinstance(walking.node, Message)
            return walking.end_with_message(walking.node)
        case Failed():
            return _failed(walking, deed)
        case Unsure(pending=pending):
            return _unsure(walking, pending)
    raise AssertionError(deed)


def _onward(walking: Walking, event: str) -> Arrival:
    walking.go(event)
    return walking.settle()


def _chosen(walking: Walking, event: str) -> Arrival:
    node = walking.node
    if isinstance(node, Menu):
        for index, option in enumerate(node.options):
            if option.set and option_event(option, index) == event:
                for name, value in option.set.items():
                    walking.fill(Slot(name, value, value))
    return _onward(walking, event)


def _entered(walking: Walking, entered: Entered) -> Arrival:
    node = walking.node
    assert isinstance(node, Collect)
    if node.confirm is not None and not entered.confirmed:
        pending = Pending("value", node.slot, entered.slot, entered.member)
        return walking.confirming(node.confirm, pending, value=entered.slot.spoken)
    walking.fill(entered.slot)
    if entered.member is not None:
        walking.point = walking.point._replace(member=entered.member)
    return _onward(walking, "filled")


def _unsure(walking: Walking, pending: Pending) -> Arrival:
    tree = walking.terrain.tree
    sayings = tree.line.sayings
    if pending.slot is None:
        name = choice_name(tree, walking.point.place, pending.choice, walking.ground.board.centre.vocabulary)
        return walking.confirming(sayings.confirm_option, pending, option=name)
    node = walking.node
    prompt = node.confirm if isinstance(node, Collect) and node.confirm else sayings.confirm_value
    return walking.confirming(prompt, pending, value=pending.slot.spoken)


def _asked(walking: Walking, universal: Universal) -> Arrival:
    match universal:
        case Universal.MAIN_MENU:
            return _onward(walking, "main_menu")
        case Universal.BACK:
            if not walking.back():
                walking.say(walking.terrain.tree.line.sayings.nowhere_back)
            return walking.ask(again=True)
        case Universal.HELP:
            walking.say(walking.terrain.tree.help(walking.point.place))
            return walking.ask(again=True)
        case _:
            node = walking.node
            assert isinstance(node, (Menu, Collect, Message))
            walking.say(node.prompt)
            return walking.waiting()


def _failed(walking: Walking, failed: Failed) -> Arrival:
    node, sayings = walking.node, walking.terrain.tree.line.sayings
    match failed.reason:
        case "not-confirmed":
            walking.say(sayings.not_confirmed)
        case "not-practice" if isinstance(node, Collect):
            walking.say(sayings.not_practice)
        case "mismatch" if isinstance(node, Collect):
            walking.say(sayings.not_a_match)
        case "invalid" if isinstance(node, Collect):
            walking.say(node.invalid or ())
    return _rung(walking, failed.failure)


def _rung(walking: Walking, failure: Literal["no_input", "no_match"]) -> Arrival:
    point = _one_failure_more(walking)
    if failure == "no_input":
        rung = point.no_inputs + 1
        walking.point = point._replace(no_inputs=rung)
    else:
        rung = point.no_matches + 1
        walking.point = point._replace(no_matches=rung)
    if _limit_reached(walking):
        return _onward(walking, "limit_reached")
    ladder = walking.terrain.tree.ladder(point.place, failure)
    if ladder is None or rung > len(ladder.reprompts):
        return _onward(walking, failure)
    walking.say(ladder.reprompts[rung - 1])
    return walking.ask(again=True)


def _one_failure_more(walking: Walking) -> Point:
    point = walking.point
    return point._replace(failures=min(walking.terrain.most_failures, point.failures + 1))


def _limit_reached(walking: Walking) -> bool:
    limit = walking.terrain.tree.line.limit
    if limit is None or walking.point.limit_passed or walking.point.failures < limit.failures:
        return False
    walking.point = walking.point._replace(limit_passed=True)
    return True


def _escaped(ground: Ground, point: Point, now: datetime) -> list[Outcome]:
    asks = min(max(ground.terrain(point.line).most_asks, ground.twists.refusals + 1), point.asks + 1)
    point = point._replace(asks=asks)
    policy = ground.terrain(point.line).tree.escape(point.place)
    if policy is None:
        return [Outcome(1.0, _rung(Walking(ground, point, now), "no_match"), "refused")]
    found = []
    for share, answer, draws in _answers(ground, point, policy, now):
        walking = Walking(ground, point._replace(draws=draws), now)
        found.append(Outcome(share, _answered(walking, policy, answer), answer))
    return found


def _answered(walking: Walking, policy: EscapeAt, answer: str) -> Arrival:
    if answer == "honoured":
        return _onward(walking, "representative")
    if answer == "detour":
        return _onward(walking, "detour")
    walking.point = _one_failure_more(walking)
    if _limit_reached(walking):
        return _onward(walking, "limit_reached")
    refusals = policy.escape.refusals or (walking.terrain.tree.line.sayings.not_yet,)
    walking.say(refusals[min(walking.point.asks, len(refusals)) - 1])
    return walking.ask(again=True)


def _answers(ground: Ground, point: Point, policy: EscapeAt, now: datetime) -> list[tuple[float, str, int]]:
    escape = policy.escape
    if point.asks <= ground.twists.refusals:
        return [(1.0, "refused", point.draws)]
    if escape.closed == "refuse" and _closed(ground, point, policy, now):
        return [(1.0, "refused", point.draws)]
    if escape.policy is Policy.AT_ONCE:
        return [(1.0, "honoured", point.draws)]
    due = _due(point, policy)
    if not escape.chance:
        return [(1.0, due, point.draws)]
    sides = ground.luck.honoured(escape.chance, point.draws)
    if due == "honoured":
        return [(1.0, due, sides[0][2])]
    return [(share, "honoured" if lucky else due, draws) for share, lucky, draws in sides]


def _due(point: Point, policy: EscapeAt) -> str:
    escape = policy.escape
    match escape.policy:
        case Policy.NTH_ASK:
            return "honoured" if point.asks >= (escape.ask or 1) else "refused"
        case Policy.REASON_FIRST:
            return "honoured" if point.asks > 1 else "detour"
        case _ if point.member is not None:
            return "honoured"
        case _:
            return "refused" if policy.detour == point.place or policy.detour in point.stack else "detour"


def _closed(ground: Ground, point: Point, policy: EscapeAt, now: datetime) -> bool:
    node = ground.terrain(point.line).tree.nodes[policy.to]
    return isinstance(node, Transfer) and not ground.board.centre.departments[node.department].is_open(now)

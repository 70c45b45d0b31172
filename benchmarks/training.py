"""What training costs: the fastest route on trees of 10 to 3,000 nodes (bar: a second), and scored rehearsals."""

from dataclasses import replace
from datetime import UTC, datetime
from time import process_time

from benchmarks.turn import tree_of
from ivr.call import CallSession, Switchboard
from ivr.call.handset import VirtualClock
from ivr.call.record import Rehearsal
from ivr.cli.rehearsing.callers import let_play
from ivr.cli.transcript import JsonLines
from ivr.flow.centre import ContactCentre, load_centre
from ivr.flow.flow import Flow
from ivr.flow.parsing import parse
from ivr.flow.source import source_of
from ivr.training.callers import Temper, number_to_dial
from ivr.training.coach import TrainingCoach
from ivr.training.routes.answers import Caller
from ivr.training.routes.goal import Goal
from ivr.training.routes.planner import Planner
from ivr.training.scoring import evidence_of, load_card, score_of

__all__ = ["run"]

SIZES = (10, 100, 1000, 3000)
BAR = 1.0
NOW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
ATTEMPTS = 20


def run() -> None:
    """Prints CPU seconds of a route with nothing kept from before, and rehearsals played and scored a second."""
    centre = load_centre(rules=False)
    took = {size: route_seconds(centre, size) for size in SIZES}
    for size, seconds in took.items():
        print(f"{size:>5} nodes  {seconds:.3f} s a route  {1000 * seconds / size:.3f} ms a node")
    print(f"largest {max(took.values()):.3f} s, bar {BAR:g} s")
    print(f"{rehearsals_a_second(centre):.1f} rehearsals played and scored a second of CPU")


def route_seconds(centre: ContactCentre, size: int) -> float:
    """The fastest route to a department behind the tree's last menu, on a line that was never planned before."""
    name = f"far-{size}"
    text = tree_of(name, size).replace("department: fraud}", "department: general}", 1)
    last = f"  n{size - 2}:\n"
    head, _, tail = text.partition(last)
    text = f"{head}{last}{tail.replace('to: out}', 'to: far}', 1)}  far: {{kind: transfer, department: fraud}}\n"
    source = source_of(text, f"{name}.yaml")
    flow, problems = parse(Flow, source)
    assert flow is not None, problems
    flows, sources = {**centre.flows, name: flow}, {**centre.sources, name: source}
    board = Switchboard(replace(centre, flows=flows, sources=sources))
    assert board.centre.trees
    began = process_time()
    route = Planner(board, Goal(departments=("fraud",)), Caller(member="pat-sample"), NOW).route(name)
    assert route.steps
    return process_time() - began


def rehearsals_a_second(centre: ContactCentre) -> float:
    """One scenario, played by a prepared caller and scored, again and again."""
    coach = TrainingCoach(centre, load_card())
    board = Switchboard(centre, debriefs=False)
    _attempt(coach, board)
    began = process_time()
    for _ in range(ATTEMPTS):
        _attempt(coach, board)
    return ATTEMPTS / (process_time() - began)


def _attempt(coach: TrainingCoach, board: Switchboard) -> None:
    case = board.centre.scenarios["dispute"]
    clock = VirtualClock(case.at)
    rehearsal = Rehearsal(scenario="dispute", scene=case.at.isoformat())
    number = number_to_dial(Temper.PREPARED, case)
    session = CallSession.arriving(board, number, call_id="CA1", seed=1, clock=clock, rehearsal=rehearsal)
    let_play(Temper.PREPARED, board.centre, session, clock, JsonLines(lambda line: None), 1)
    score_of(coach.card, evidence_of(coach.board, session.events, coach.plan("dispute")))

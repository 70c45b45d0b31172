"""What a caller sets out with who knows the best way."""

from ivr.errors import NumberError
from ivr.training.callers.acts import Act, Press, Say
from ivr.training.callers.prepared import By, Case
from ivr.training.callers.tempers import Plan
from ivr.training.routes.planner import Planner

__all__ = ["plan_of"]


def plan_of(planner: Planner, scenario: str, dialled: str, *, by: By = "speech", seed: int = 1) -> Plan:
    """The plan of a caller who dials `dialled`: with the best way from there, and none where none leads to the goal."""
    case = Case.of(planner.board.centre, scenario)
    return Plan(case=case, way=_way(planner, dialled), by=by, seed=seed)


def _way(planner: Planner, dialled: str) -> tuple[Act, ...]:
    try:
        route = planner.route(dialled)
    except NumberError:
        return ()
    return tuple(
        Press(step.action.what or "#") if step.action.way == "keys" else Say(step.action.what) for step in route.steps
    )

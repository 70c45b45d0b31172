"""What a turn costs (restore the record, hear, render TwiML, store) on trees of 10 to 3,000 nodes. Bar: within 1.2."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from benchmarks.timing import medians
from ivr.call import CallRecord, CallSession, Pressed, Switchboard
from ivr.flow.centre import ContactCentre, load_centre
from ivr.flow.flow import Flow
from ivr.flow.parsing import parse
from ivr.flow.source import source_of
from ivr.render.twiml import twiml

__all__ = ["run"]

SIZES = (10, 100, 1000, 3000)
BAR = 1.2
NOW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)


def run() -> None:
    """Prints milliseconds and the ratio to the smallest tree."""
    centre = load_centre()
    took = medians({str(size): turn_on(centre, size) for size in SIZES}, rounds=15, repeats=60)
    base = took[str(SIZES[0])]
    for size, milliseconds in took.items():
        print(f"{size:>5} nodes  {milliseconds:.3f} ms a turn  {milliseconds / base:.2f} of the smallest")
    print(f"largest ratio {max(took.values()) / min(took.values()):.2f}, bar {BAR}")


def turn_on(centre: ContactCentre, size: int) -> Callable[[], None]:
    """One turn, from JSON to JSON and TwiML, on a tree of `size` menus of eight options."""
    name = f"size-{size}"
    source = source_of(tree_of(name, size), f"{name}.yaml")
    flow, problems = parse(Flow, source)
    assert flow is not None, problems
    flows, sources = {**centre.flows, name: flow}, {**centre.sources, name: source}
    board = Switchboard(replace(centre, flows=flows, sources=sources))
    session = CallSession.arriving(board, name, call_id="CA1", seed=1, clock=lambda: NOW)
    session.begin()
    stored = session.record.to_json()

    def one() -> None:
        session = CallSession(board, CallRecord.from_json(stored), lambda: NOW)
        turn = session.hear(Pressed(keys="2"))
        twiml(turn, action="/voice/turn/1", hold_music=None)
        session.record.to_json()

    return one


def tree_of(name: str, size: int) -> str:
    """A line of `size` nodes: menus of eight options, one of them a way out."""
    prompt = " ".join(f"For the number {key}, press {key}." for key in range(1, 9))
    menus = "\n".join(_menu(index, size, prompt) for index in range(size - 1))
    return f"""flow: {name}
title: A tree of {size} nodes
start: n0
main_menu: n0
help: Press a key.
escape: {{policy: at_once, to: out}}
limit: {{failures: 5, then: out}}
no_input: {{reprompts: [Hello?], then: out}}
no_match: {{reprompts: [Sorry?], then: out}}
nodes:
{menus}
  out: {{kind: transfer, department: fraud}}
"""


def _menu(index: int, size: int, prompt: str) -> str:
    options = "\n".join(
        f'      - {{keys: "{key}", says: [number {key}], to: n{(index * 8 + key) % (size - 1)}}}' for key in range(1, 8)
    )
    return f"""  n{index}:
    kind: menu
    prompt: {prompt}
    options:
{options}
      - {{keys: "8", says: [number 8], to: out}}"""

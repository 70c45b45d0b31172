"""The contact centre a command works on: the shipped flows, a folder, or a folder with a flow file of one's own."""

import os
from functools import cache
from pathlib import Path

import click

from ivr.flow.centre import ContactCentre, load_centre
from ivr.flow.flow import Flow
from ivr.flow.parsing import parse
from ivr.flow.source import read_source

__all__ = ["centre_with", "flows_of_the_server", "flows_option"]

flows_option = click.option(
    "--flows",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of flows to use instead of the shipped ones.",
)


def flows_of_the_server() -> Path | None:
    """The folder in IVR_FLOWS; None for the shipped flows."""
    folder = os.environ.get("IVR_FLOWS", "").strip()
    return Path(folder) if folder else None


@cache
def shipped_centre() -> ContactCentre:
    """The shipped flows, which the gate has checked; checking them again at every call would make each start late."""
    return load_centre(rules=False)


def centre_with(flows: Path | None, wanted: str | None = None) -> tuple[ContactCentre, str | None]:
    """The centre, and the line that `wanted` names: where it is a flow file, its line joins the others.

    Raises FlowError with every problem.
    """
    if wanted is None or not wanted.endswith((".yaml", ".yml")):
        return load_centre(flows) if flows else shipped_centre(), wanted
    path = Path(wanted)
    centre = load_centre(flows, [path])
    flow, _ = parse(Flow, read_source(path))
    return centre, flow.flow if flow else None

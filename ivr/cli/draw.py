"""`ivr draw`: a line's tree as a picture."""

from pathlib import Path

import click

from ivr.cli.centres import centre_with, flows_option
from ivr.drawing import Format
from ivr.drawing import draw as drawing
from ivr.errors import NumberError
from ivr.flow.tree import Tree

__all__ = ["draw"]


@click.command(epilog="Example: ivr draw personal --format svg > personal.svg")
@click.argument("flow", required=True)
@click.option(
    "--format", "written", type=click.Choice([each.value for each in Format]), default="svg", show_default=True
)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write; standard output otherwise."
)
@flows_option
def draw(flow: str, written: str, output: Path | None, flows: Path | None) -> None:
    """Draw FLOW: the name of a line, a number of the directory, or a flow file."""
    centre, line = centre_with(flows, flow)
    text = drawing(_tree(centre.trees, line or flow), Format(written))
    if output is None:
        click.echo(text)
    else:
        output.write_text(text, encoding="utf-8")


def _tree(trees: dict[str, Tree], line: str) -> Tree:
    if line not in trees:
        raise NumberError(f"there is no line '{line}', expected one of {', '.join(trees)}, or a flow file")
    return trees[line]

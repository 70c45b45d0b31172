"""`ivr schema`: the JSON Schema of each kind of file, which editors complete and check with."""

import json
from importlib import import_module

import click

__all__ = ["KINDS", "schema", "schema_of"]

KINDS = {
    "flow": ("ivr.flow.flow", "Flow"),
    "departments": ("ivr.flow.departments", "Departments"),
    "directory": ("ivr.flow.directory", "Directory"),
    "members": ("ivr.flow.members", "Members"),
    "representatives": ("ivr.flow.rehearsal", "Representatives"),
    "scenarios": ("ivr.flow.rehearsal", "Scenarios"),
    "scorecard": ("ivr.training.scoring", "Scorecard"),
    "vocabulary": ("ivr.grammar", "Vocabulary"),
}
"""Every kind of file, with the value it is read into."""


def schema_of(kind: str) -> str:
    """The JSON Schema of a kind of file, as text."""
    module, name = KINDS[kind]
    model = getattr(import_module(module), name)
    return json.dumps(model.model_json_schema(), indent=2, sort_keys=True)


@click.command(epilog="Example: ivr schema flow > flow.json")
@click.argument("kind", type=click.Choice(list(KINDS)), default="flow")
def schema(kind: str) -> None:
    """Print the JSON Schema of a KIND of file."""
    click.echo(schema_of(kind))

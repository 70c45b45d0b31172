"""A script of a call to an application: steps, expectations, and who is at the far ends.

to: "+12025550100"
far_ends:
  "+14155550101": busy
  "+14155550102": {is: voicemail, after: 20, greeting: This is Ann.}
  "+14155550103": {url: "http://127.0.0.1:3001/voice"}
steps:
  - expect: heard "for sales, press 1"
  - press 1
  - expect: dialled +14155550101
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from ivr.cli.phoning.far_end_setting import FarEndSetting
from ivr.errors import FlowError, ScriptError
from ivr.flow.parsing import parse
from ivr.flow.source import Source, read_source
from ivr.harness.addresses import address_of
from ivr.harness.expect.text import parse_expectation
from ivr.harness.expect.values import Expectation
from ivr.harness.script import Step, parse_script

__all__ = ["Line", "PhoneScript", "read_script"]

Line: TypeAlias = tuple[Step, ...] | Expectation
"""What one item of `steps` holds."""


def _line(given: object) -> Line:
    """`press 1`, or one key with its value, `expect: heard "x"`, which says the same."""
    match given:
        case tuple():
            return given
        case str():
            text = given
        case {**pairs} if len(pairs) == 1:
            ((verb, argument),) = pairs.items()
            if not isinstance(argument, str | None):
                raise ValueError(f"{verb} takes a text")
            text = f"{verb} {argument or ''}".strip()
        case _:
            raise ValueError("a step is a text such as press 1, or one key such as expect")
    verb, _, argument = text.partition(" ")
    try:
        return parse_expectation(argument) if verb.lower() == "expect" else _steps(text)
    except ScriptError as problem:
        raise ValueError(re.sub(r"^step \d+ ", "", str(problem), flags=re.MULTILINE)) from problem


def _steps(text: str) -> tuple[Step, ...]:
    try:
        return parse_script(text)
    except ScriptError as problem:
        hint = ', or expect and what is expected; text with a # stands in quotes: "press #"'
        raise ScriptError("\n".join(f"{line}{hint}" for line in str(problem).splitlines())) from problem


def _address(given: str) -> str:
    address = address_of(given)
    if address is None:
        raise ValueError(f"'{given}' is no phone number, client:NAME, sip:ADDRESS or wss://URL")
    return address


Address: TypeAlias = Annotated[str, BeforeValidator(_address)]


class PhoneScript(BaseModel):
    """A whole script; the command line's own options win over its settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    to: str | None = None
    from_: str | None = Field(default=None, alias="from")
    params: dict[str, str] = {}
    far_ends: dict[Address, FarEndSetting] = {}
    steps: tuple[Annotated[Line, PlainValidator(_line, json_schema_input_type=str | dict[str, str])], ...] = ()
    _lines: tuple[int, ...] = ()
    _file: str | None = None

    @classmethod
    def of(cls, text: str) -> "PhoneScript":
        """A script without expectations; raises ScriptError."""
        return cls(steps=(parse_script(text),))

    def read_from(self, source: Source) -> "PhoneScript":
        """Remember the lines of its steps."""
        self._lines = tuple(source.lines.get(("steps", index), 1) for index in range(len(self.steps)))
        self._file = source.file
        return self

    def place(self, index: int) -> tuple[str | None, int | None]:
        """The file and line of a step, where there is one."""
        return self._file, self._lines[index] if self._lines else None


def read_script(path: Path) -> PhoneScript:
    """YAML by its ending, anything else as plain steps; raises ScriptError and FlowError with every problem."""
    if path.suffix not in (".yaml", ".yml"):
        return PhoneScript.of(path.read_text(encoding="utf-8"))
    source = read_source(path)
    script, problems = parse(PhoneScript, source)
    if script is None or problems:
        raise FlowError([replace(each, message=each.message.removeprefix("[key]: ")) for each in problems])
    return script.read_from(source)

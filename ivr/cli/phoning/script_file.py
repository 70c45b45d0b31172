"""A script of a call to an application: steps, expectations, and who is at the far ends.

to: "+12025550100"
far_ends:
  "+14155550101": busy
  "+14155550102": {after: 3, script: say hello}
steps:
  - expect: heard "for sales, press 1"
  - press 1
  - expect: dialled +14155550101
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from ivr.errors import FlowError, ScriptError
from ivr.flow.parsing import parse
from ivr.flow.source import Source, read_source
from ivr.harness import Answers, Busy, FarEnd, NoAnswer, NotInService
from ivr.harness.expect.text import parse_expectation
from ivr.harness.expect.values import Expectation
from ivr.harness.far_ends import e164
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


def _number(given: str) -> str:
    number = e164(given)
    if number is None:
        raise ValueError(f"'{given}' is no phone number, expected one such as +14155550101")
    return number


class FarEndEntry(BaseModel):
    """Who is at a number: what becomes of the call, after how many seconds, and what is done there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    is_: Literal["answers", "busy", "no-answer", "not-in-service"] = Field(default="answers", alias="is")
    after: float | None = Field(default=None, ge=0)
    script: Annotated[str, BeforeValidator(lambda given: _checked(given))] = ""

    def value(self) -> FarEnd:
        """As the exchange has it."""
        match self.is_:
            case "answers":
                return Answers(after=2.0 if self.after is None else self.after, script=self.script)
            case "busy":
                return Busy(after=1.0 if self.after is None else self.after)
            case "no-answer":
                return NoAnswer()
            case "not-in-service":
                return NotInService(after=1.0 if self.after is None else self.after)


def _checked(script: object) -> object:
    if isinstance(script, str):
        try:
            parse_script(script)
        except ScriptError as problem:
            raise ValueError(str(problem)) from problem
    return script


def _entry(given: object) -> object:
    """One word says it all for most: `busy`."""
    return {"is": given.strip().replace(" ", "-")} if isinstance(given, str) else given


Number: TypeAlias = Annotated[str, BeforeValidator(_number)]


class PhoneScript(BaseModel):
    """A whole script; the command line's own options win over its settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    to: str | None = None
    from_: str | None = Field(default=None, alias="from")
    params: dict[str, str] = {}
    far_ends: dict[Number, Annotated[FarEndEntry, BeforeValidator(_entry)]] = {}
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

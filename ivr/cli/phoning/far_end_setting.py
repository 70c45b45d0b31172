"""A far end in a YAML script: a text (see `ivr.harness.far_ends.text`), or its parts by name."""

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError

from ivr.errors import ScriptError
from ivr.harness import Answers, Busy, FarEnd, NoAnswer, NotInService, Rejects, Runs, Voicemail
from ivr.harness.far_ends import parse_far_end
from ivr.harness.fetch.http import Method

__all__ = ["FarEndSetting"]


class _Parts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Somebody(_Parts):
    """Somebody who answers after so many seconds and follows a script."""

    is_: Literal["answers"] = Field(default="answers", alias="is")
    after: float = Field(default=2.0, ge=0)
    script: str = ""

    def value(self) -> FarEnd:
        """As the exchange has it; raises ScriptError."""
        return Answers(after=self.after, script=self.script)


class Machine(_Parts):
    """A voicemail."""

    is_: Literal["voicemail"] = Field(alias="is")
    after: float = Field(default=20.0, ge=0)
    greeting: str = Voicemail().greeting
    longest: float = Field(default=120.0, gt=0)

    def value(self) -> FarEnd:
        """As the exchange has it."""
        return Voicemail(after=self.after, greeting=self.greeting, longest=self.longest)


class Nobody(_Parts):
    """Nobody, which shows after so many seconds."""

    is_: Literal["busy", "rejects", "not-in-service"] = Field(alias="is")
    after: float = Field(default=1.0, ge=0)

    def value(self) -> FarEnd:
        """As the exchange has it."""
        match self.is_:
            case "busy":
                return Busy(after=self.after)
            case "rejects":
                return Rejects(after=self.after)
            case "not-in-service":
                return NotInService(after=self.after)


class Ringing(_Parts):
    """Nobody who ever answers."""

    is_: Literal["no-answer"] = Field(alias="is")

    def value(self) -> FarEnd:
        """As the exchange has it."""
        return NoAnswer()


class Application(_Parts):
    """Another application, by its URL; the settings of a number at Twilio."""

    url: str = Field(pattern="^https?://")
    method: Method = "POST"
    fallback_url: str | None = None
    fallback_method: Method = "POST"
    status_callback: str | None = None
    status_callback_method: Method = "POST"

    def value(self) -> FarEnd:
        """As the exchange has it."""
        return Runs(
            app=self.url,
            method=self.method,
            fallback_url=self.fallback_url,
            fallback_method=self.fallback_method,
            status_callback=self.status_callback,
            status_callback_method=self.status_callback_method,
        )


_KINDS: dict[str, type[Somebody | Machine | Nobody | Ringing]] = {
    "answers": Somebody,
    "voicemail": Machine,
    "busy": Nobody,
    "rejects": Nobody,
    "not-in-service": Nobody,
    "no-answer": Ringing,
}


def _read(given: object) -> FarEnd:
    try:
        match given:
            case str():
                return parse_far_end(given)
            case {"url": _}:
                return Application.model_validate(given).value()
            case {**parts}:
                return _kind(parts.get("is", "answers")).model_validate(given).value()
            case _:
                raise ValueError("a far end is a text such as busy, or its parts: {is: voicemail, after: 20}")
    except ScriptError as problem:
        raise ValueError(str(problem)) from problem
    except ValidationError as problems:
        told = (f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in problems.errors())
        raise ValueError("; ".join(told)) from problems


def _kind(name: object) -> type[Somebody | Machine | Nobody | Ringing]:
    kind = _KINDS.get(str(name))
    if kind is None:
        raise ValueError(f"'{name}' is no far end, expected one of {', '.join(_KINDS)}, or a url")
    return kind


FarEndSetting: TypeAlias = Annotated[
    FarEnd, PlainValidator(_read, json_schema_input_type=str | Somebody | Machine | Nobody | Ringing | Application)
]

"""What every value read from a file shares: closed keys, frozen, and text that YAML cannot bend."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


class Closed(BaseModel):
    """A value with a fixed set of keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _listed(value: Any) -> Any:
    """One text stands for a list of one."""
    return [value] if isinstance(value, str) else value


def _spelled(value: Any) -> Any:
    """`on`, `off`, `yes` and `no` as people write them."""
    return {"on": True, "yes": True, "off": False, "no": False}.get(value, value) if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(min_length=1)]
Texts = Annotated[
    tuple[Text, ...],
    BeforeValidator(_listed, json_schema_input_type=str | list[str]),
    Field(min_length=1),
]
Phrases = Annotated[tuple[Text, ...], BeforeValidator(_listed, json_schema_input_type=str | list[str])]
Switch = Annotated[bool, BeforeValidator(_spelled, json_schema_input_type=bool | Literal["on", "off", "yes", "no"])]
Seconds = Annotated[float, Field(ge=0, le=3600)]
Share = Annotated[float, Field(ge=0, le=1)]

FlowId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
NodeId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
SlotId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]
TopicId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
DepartmentId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
Outcome = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]

Target = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9-]*\.)?[a-z][a-z0-9_]*$")]
"""A node of this flow (`main`), or of a shared one (`after-hours.choose`)."""

Keys = Annotated[str, StringConstraints(pattern=r"^[0-9*#]+$", max_length=16)]

Prompt = Texts
"""What is said; a list holds alternatives, one of which is drawn. `{slot}` stands for what the slot holds."""

"""A flow: the content of one file of the phone tree."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ivr.flow.asking import CallLimit, Manners
from ivr.flow.closed import Closed, FlowId, NodeId, Target, Text, TopicId
from ivr.flow.nodes import Node
from ivr.flow.sayings import DEFAULT_SAYINGS, Sayings


class Link(Closed):
    """Words that lead to `to` from every menu of the flow (VoiceXML's link)."""

    topic: TopicId
    to: Target


class Flow(Manners):
    """A line that can be dialled, or a shared flow that lines enter or jump into.

    A line needs `main_menu`, `escape`, `limit` and `help`; a shared flow takes them from the line the caller is on.
    `links` are its own, or the name of the flow whose links it adopts.
    """

    flow: FlowId
    title: Text
    kind: Literal["line", "shared"] = "line"
    start: NodeId
    main_menu: Target | None = None
    limit: CallLimit | None = None
    links: tuple[Link, ...] | FlowId = ()
    sayings: Sayings = DEFAULT_SAYINGS
    nodes: Annotated[dict[NodeId, Node], Field(min_length=1)]

    @model_validator(mode="after")
    def _a_line_is_complete(self) -> Self:
        if self.kind == "line":
            lacks = [key for key in ("main_menu", "escape", "limit", "help") if getattr(self, key) is None]
            if lacks:
                raise ValueError(f"a line needs {', '.join(lacks)}")
        return self

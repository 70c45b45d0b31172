"""What a caller may want."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Topic(BaseModel):
    """Something a caller may want, and the words that ask for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words = Field(description="how a prompt calls it; callers say it back, so it is a phrase as well")
    says: tuple[Words, ...] = Field(description="phrases that are decisive by themselves; their order is free")
    hints: tuple[Words, ...] = Field(default=(), description="phrases that support a topic and never decide alone")

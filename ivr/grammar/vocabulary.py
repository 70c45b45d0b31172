"""The words of the trade, as `flows/vocabulary.yaml` gives them."""

from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ivr.grammar.lexicon import Lexicon

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Topic(BaseModel):
    """Something a caller may want, and the words that ask for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words = Field(description="how a prompt calls it; callers say it back, so it is a phrase as well")
    says: tuple[Words, ...] = Field(description="phrases that are decisive by themselves; their order is free")
    hints: tuple[Words, ...] = Field(default=(), description="phrases that support a topic and never decide alone")


class Vocabulary(BaseModel):
    """What words mean in a language, apart from any menu."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: Words = Field(description="selects the stemmer: en")
    fillers: tuple[Words, ...] = Field(description="words that mean nothing here")
    weak: tuple[Words, ...] = Field(
        default=(),
        description="words that count only where nothing weightier was said: question, help, agent",
    )
    synonyms: tuple[tuple[Words, ...], ...] = Field(description="words of one meaning; the first stands for all")
    sounds_like: dict[Words, tuple[Words, ...]] = Field(description="a word, and what a recogniser makes of it")
    topics: dict[Words, Topic]

    @cached_property
    def lexicon(self) -> Lexicon:
        """Everything but the topics, compiled; made once for all the menus of a flow."""
        return Lexicon(
            language=self.language,
            fillers=self.fillers,
            weak=self.weak,
            synonyms=self.synonyms,
            sounds_like=self.sounds_like,
        )

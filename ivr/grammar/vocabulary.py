"""The words of the trade, as `flows/vocabulary.yaml` gives them."""

from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field

from ivr.grammar.clashes import Clashing
from ivr.grammar.lexicon import Lexicon
from ivr.grammar.topic import Topic, Words


class Vocabulary(BaseModel):
    """What words mean in a language, apart from any menu."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: Words = Field(description="selects the stemmer: en")
    fillers: tuple[Words, ...] = Field(description="words that mean nothing here")
    weak: tuple[Words, ...] = Field(
        default=(),
        description="words that count only where nothing weightier was said: question, help, agent",
    )
    elsewhere: tuple[Words, ...] = Field(
        default=(),
        description="words of matters that nobody calls here for: they cast doubt on whatever else was understood",
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
            elsewhere=self.elsewhere,
            synonyms=self.synonyms,
            sounds_like=self.sounds_like,
        )

    @cached_property
    def clashing(self) -> Clashing:
        """Which topics' phrases get in each other's way; shared by all the menus of a flow."""
        return Clashing(self.lexicon)

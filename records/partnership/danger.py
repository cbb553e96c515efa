"""Phrases that say somebody is in danger now. They only bring a sentence to the writer's own card:
nothing is logged, counted or sent because of one, and nothing is held up."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, field_validator

from records.plain_words import words_of

MOST_WORDS: Final = 8
"""Of one phrase. It has at least two: a single word stands in too many stories."""
AFTER: Final = 6
"""Words after a phrase that may say that it is about now."""
_PAST: Final = frozenset({"was", "were", "had", "been", "wasnt", "werent", "hadnt", "once"})
_NOW: Final = frozenset({"now", "tonight", "today", "currently"})
_SHORT: Final[Mapping[str, str]] = {
    "hes": "he is",
    "shes": "she is",
    "theyre": "they are",
    "im": "i am",
    "isnt": "is not",
    "arent": "are not",
    "gonna": "going to",
}
"""Short forms, without their apostrophe."""
_HAS: Final[Mapping[str, str]] = {**_SHORT, "hes": "he has", "shes": "she has"}
"""What else they may stand for: he's got, she's taken."""
_FILLED: Final = (("has got", "has"), ("have got", "have"), ("right now", "now"))
"""The same in fewer words."""

Phrase = Annotated[str, Field(min_length=1, max_length=80)]


def _spoken(text: str, short: Mapping[str, str] = _SHORT) -> str:
    said = f" {' '.join(short.get(word, word) for word in words_of(text))} "
    for longer, shorter in _FILLED:
        said = said.replace(f" {longer} ", f" {shorter} ")
    return said.strip()


class Danger(BaseModel):
    """What somebody may write while it happens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    phrases: Annotated[tuple[Phrase, ...], Field(min_length=1, max_length=200)]

    @field_validator("phrases")
    @classmethod
    def _each_sound(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        seen = set[str]()
        for one in phrases:
            spoken = _spoken(one)
            if not 2 <= len(spoken.split()) <= MOST_WORDS:
                raise ValueError(f"“{one}” has to have two to {MOST_WORDS} words")
            if spoken in seen:
                raise ValueError(f"“{one}” stands here twice")
            seen.add(spoken)
        return phrases

    @cached_property
    def _spoken(self) -> tuple[str, ...]:
        return tuple(f" {_spoken(one)} " for one in self.phrases)

    def is_met_in(self, text: str) -> bool:
        """Whether one of the phrases stands in it, word for word, and is not told of the past: no
        "was" right before it, unless "now" or "tonight" comes soon after."""
        ways = {f" {_spoken(text, short)} " for short in (_SHORT, _HAS)}
        return any(_is_met(words, phrase) for phrase in self._spoken for words in ways)


def _is_met(words: str, phrase: str) -> bool:
    at = words.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        before = words[max(0, at - 20) : at].split()
        soon = words[end : end + 60].split()[:AFTER]
        if not before or before[-1] not in _PAST or not _NOW.isdisjoint(soon):
            return True
        at = words.find(phrase, end - 1)
    return False

"""What a heading of the learning document is. The headings themselves stand in the partnership's
file (`records.learning.headings`). Source: pathway, "Document to capture the conversations".

No code knows a section by its id; what is done with one follows from its kind.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")]
"""It becomes part of a key in the store."""
Words = Annotated[str, Field(min_length=1, max_length=300)]


class SectionKind(StrEnum):
    """What a section holds, and so how it is asked and shown."""

    FACTS = "facts"
    TEXTS = "texts"
    VIEWS = "views"
    SCALING = "scaling"
    REVIEW = "review"
    RECORDING = "recording"

    @property
    def once(self) -> bool:
        """Whether a document holds one of these at most."""
        return self is not SectionKind.TEXTS


class Source(StrEnum):
    """What a text is filled in from, before anybody has written there."""

    NOTHING = ""
    PURPOSE = "purpose"
    HOPES = "hopes"
    FAMILY = "family"


class Strict(BaseModel):
    """Base of what stands in the file: an unknown name is a mistake in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SectionQuestion(Strict):
    """One text of a section. `id` is unique within the section and names its answer."""

    id: Id
    label: Words
    source: Source = Source.NOTHING


class Section(Strict):
    """One heading. `at_review` says that what stands here is shown again on the review date."""

    id: Id
    heading: Words
    hint: Words
    kind: SectionKind
    asks: tuple[SectionQuestion, ...] = ()
    at_review: bool = False
    provisional: bool = True

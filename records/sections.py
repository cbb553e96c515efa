"""The headings of the learning document, as data: a partnership can replace them.

The paper's own page is a picture that nobody here has, so these are provisional. They follow the
paper's aims and the published Signs of Safety questions. Source: pathway, "Document to capture the
conversations". No code knows a section by its id; what is done with one follows from its kind.
"""

from enum import StrEnum
from typing import Final

from records.people import Frozen

SECTIONS_VERSION: Final = 1
"""Version of the headings; kept answers say which version they answered."""


class SectionKind(StrEnum):
    """What a section holds, and so how it is asked and shown."""

    FACTS = "facts"
    TEXTS = "texts"
    VIEWS = "views"
    SCALING = "scaling"
    REVIEW = "review"
    RECORDING = "recording"


class Source(StrEnum):
    """What a text is filled in from, before anybody has written there."""

    NOTHING = ""
    PURPOSE = "purpose"
    HOPES = "hopes"
    FAMILY = "family"


class Ask(Frozen):
    """One text of a section. `id` is unique within the section and names its answer."""

    id: str
    label: str
    source: Source = Source.NOTHING


class Section(Frozen):
    """One heading. `at_review` says that what stands here is shown again on the review date."""

    id: str
    heading: str
    hint: str
    kind: SectionKind
    asks: tuple[Ask, ...] = ()
    at_review: bool = False
    provisional: bool = True


SECTIONS: Final[tuple[Section, ...]] = (
    Section(
        id="facts",
        heading="About this conversation",
        hint="Filled in for you. The name of the child or adult never stands here.",
        kind=SectionKind.FACTS,
    ),
    Section(
        id="purpose",
        heading="Purpose and best hopes",
        hint="Filled in from the request. Change it to what you agreed together.",
        kind=SectionKind.TEXTS,
        asks=(
            Ask(id="purpose", label="Why did we come together?", source=Source.PURPOSE),
            Ask(id="hopes", label="What are our best hopes?", source=Source.HOPES),
        ),
    ),
    Section(
        id="family",
        heading="The views of the child or adult and their family",
        hint="Use their own words where you can.",
        kind=SectionKind.TEXTS,
        asks=(
            Ask(id="views", label="What are their views?"),
            Ask(id="helps", label="What do they say people do that helps?"),
            Ask(
                id="knows",
                label="Do they know about this conversation? "
                "“Not safe or not appropriate, because…” is an answer.",
                source=Source.FAMILY,
            ),
        ),
    ),
    Section(
        id="worries",
        heading="What are we worried about?",
        hint="What has been seen or heard, and what could happen if nothing changes.",
        kind=SectionKind.TEXTS,
        asks=(Ask(id="text", label="What are we worried about?"),),
    ),
    Section(
        id="working",
        heading="What’s working well?",
        hint="What helps already, even a little, and who does it.",
        kind=SectionKind.TEXTS,
        asks=(Ask(id="text", label="What’s working well?"),),
    ),
    Section(
        id="fact-opinion",
        heading="What is fact and what is opinion",
        hint="Facts can be checked. Opinions are what we make of them.",
        kind=SectionKind.TEXTS,
        asks=(
            Ask(id="fact", label="What is fact?"),
            Ask(
                id="opinion",
                label="What is opinion, and what may be contributing to it?",
            ),
        ),
    ),
    Section(
        id="roles",
        heading="What we learned about each other’s roles and responsibilities",
        hint="What each of us can do, has to do and cannot do.",
        kind=SectionKind.TEXTS,
        asks=(Ask(id="text", label="What did we learn about each other’s roles?"),),
    ),
    Section(
        id="differ",
        heading="Where our views differ",
        hint="Side by side, so that each view stands as it was said.",
        kind=SectionKind.VIEWS,
    ),
    Section(
        id="scaling",
        heading="Scaling, 0 to 10",
        hint="One number for each person, and what makes it that and not lower.",
        kind=SectionKind.SCALING,
    ),
    Section(
        id="towards",
        heading="What are we, together, moving towards?",
        hint="What everyone would notice if things were better.",
        kind=SectionKind.TEXTS,
        asks=(Ask(id="text", label="What are we, together, moving towards?"),),
        at_review=True,
    ),
    Section(
        id="agreed",
        heading="What needs to happen: ways and approaches we agree",
        hint="Ways of working, not a list of tasks.",
        kind=SectionKind.TEXTS,
        asks=(Ask(id="text", label="What ways and approaches do we agree?"),),
        at_review=True,
    ),
    Section(
        id="review",
        heading="How and when we will review progress",
        hint="On the day you choose, the lead worker and you are asked how things have moved.",
        kind=SectionKind.REVIEW,
        asks=(Ask(id="how", label="How will we review progress?"),),
        at_review=True,
    ),
    Section(
        id="recording",
        heading="The learning each agency will record",
        hint="Each person gets the words for their own agency, to copy into their own system.",
        kind=SectionKind.RECORDING,
    ),
)
"""The thirteen headings, in their order."""


def section_of(section: str) -> Section | None:
    """The section with this id."""
    return next((one for one in SECTIONS if one.id == section), None)

"""The learning document: every heading with what is written under it, built from what is kept.

One row of answers a section, under `WHAT` and the section's id; the keys within it are those of
`cell`. Nobody's words are changed here. Source: pathway, step 7 and "Document to capture the
conversations".
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.readiness import Warned
from records.conversation.request import About
from records.conversation.snapshot import Snapshot
from records.learning.agencies import (
    WHO,
    WORDS,
    Recording,
    cell,
    recording_of,
    recordings_of,
    said,
    who_came,
)
from records.learning.headings import LAST, as_kept, is_filled, place_of
from records.partnership import Partnership
from records.partnership.sections import Section, SectionKind, SectionQuestion, Source
from records.people import Frozen, Participant
from records.preparation.preparing import warned

WHAT: Final = "learning"
"""What answers of this kind are kept as; `by` is the section's id."""
NUMBER: Final = "number"


class WrittenText(Frozen):
    """One text under its question. `id` is the question's in its section."""

    label: str
    text: str
    id: str = ""


class AgencyView(Frozen):
    """Whose view, by agency or role, and what it is."""

    who: str
    words: str


class Scaling(Frozen):
    """One person's number, and what makes it that and not lower. No number: not said yet."""

    person: str
    name: str
    number: int | None = None
    words: str = ""


class FilledSection(Frozen):
    """One section with what stands in it. `kept` is false until the facilitator has saved it;
    `offered` says that the request has words to take over, which are the document's only then."""

    number: int
    section: Section
    said: tuple[WrittenText, ...] = ()
    views: tuple[AgencyView, ...] = ()
    scalings: tuple[Scaling, ...] = ()
    recordings: tuple[Recording, ...] = ()
    review_on: date | None = None
    kept: bool = False
    offered: bool = False

    @property
    def is_filled(self) -> bool:
        """Whether anything stands here; the facts always do."""
        texts = (*(one.text for one in self.said), *(one.text for one in self.recordings))
        scaled = any(one.number is not None or one.words for one in self.scalings)
        facts = self.section.kind is SectionKind.FACTS
        return facts or bool(any(texts) or self.views or scaled or self.review_on)


class LearningDocument(Frozen):
    """Everything a reader of the document sees. Names are those of workers, never of whom it is
    about."""

    reference: str
    start: datetime | None
    end: datetime | None
    zone: str
    facilitator: str
    lead: str
    agencies: tuple[str, ...]
    people: tuple[Participant, ...]
    version: int
    parts: tuple[FilledSection, ...]
    warned: Warned | None = None
    adult: bool = False

    @property
    def provisional(self) -> bool:
        """Whether any heading is provisional, which the reader is told."""
        return any(one.section.provisional for one in self.parts)

    @property
    def words_for(self) -> tuple[str, ...]:
        """The keys of those for whose records some learning is written."""
        found = (one.key for part in self.parts for one in part.recordings if one.text)
        return tuple(dict.fromkeys(found))

    def recording_for(self, who: Participant) -> Recording:
        """What the agency of this participant records; without words where none were written."""
        theirs = recording_of(who)
        found = [one for part in self.parts for one in part.recordings if one.key == theirs.key]
        written = [one for one in found if one.text]
        return next(iter((*written, *found)), theirs)


def learning_document(file: Snapshot, of: Partnership, *, offers: bool = False) -> LearningDocument:
    """The document as it stands now, empty sections included; with `offers` also what the request
    has for it, for its facilitator alone. What was written under a heading that
    is another by now, or is no more, stands under it still, and where it stood."""
    it = file.conversation
    booking, lead, facilitator = it.booking, it.person(it.lead), it.person(it.facilitator)
    return LearningDocument(
        reference=it.reference,
        start=booking.start if booking else None,
        end=booking.end if booking else None,
        zone=booking.zone if booking else "",
        facilitator=facilitator.name if facilitator else "",
        lead=lead.name if lead else "",
        agencies=tuple(filter(None, said(who_came(it)))),
        people=who_came(it),
        version=of.questions.learning,
        warned=warned(it),
        adult=it.request.about is About.ADULT,
        parts=tuple(
            _part(file, number, section, kept, offers=offers)
            for number, (section, kept) in enumerate(_headings(file, of.learning.sections), start=1)
        ),
    )


def _headings(
    file: Snapshot, sections: tuple[Section, ...]
) -> tuple[tuple[Section, Answers | None], ...]:
    """Each section with what is kept of it: today's, and those that are there no more."""
    rows = {one.by: one for one, _ in file.answers.values() if one.what == WHAT}
    found: list[tuple[int, bool, Section, Answers | None]] = []
    for place, section in enumerate(sections, start=1):
        row = rows.pop(section.id, None)
        shown = as_kept(row, section) if row is not None and is_filled(row) else section
        found.append((place_of(row, place), row is None, shown, row))
    found += [
        (place_of(row, LAST), False, as_kept(row, None), row)
        for row in rows.values()
        if is_filled(row)
    ]
    found.sort(key=lambda one: one[:2])
    return tuple((section, row) for _, _, section, row in found)


def _part(
    file: Snapshot, number: int, section: Section, kept: Answers | None, *, offers: bool
) -> FilledSection:
    texts = kept.texts if kept else {}
    it = file.conversation
    return FilledSection(
        number=number,
        section=section,
        said=tuple(_said(file, one, kept, offers=offers) for one in section.asks),
        views=views_in(texts) if section.kind is SectionKind.VIEWS else (),
        scalings=_scalings(it, texts) if section.kind is SectionKind.SCALING else (),
        recordings=recordings_of(it, texts) if section.kind is SectionKind.RECORDING else (),
        review_on=it.review_on if section.kind is SectionKind.REVIEW else None,
        kept=kept is not None,
        offered=kept is None and any(prefilled(file, one.source) for one in section.asks),
    )


def _said(
    file: Snapshot, ask: SectionQuestion, kept: Answers | None, *, offers: bool
) -> WrittenText:
    offered = prefilled(file, ask.source) if offers else ""
    text = kept.texts.get(ask.id, "") if kept else offered
    return WrittenText(label=ask.label, text=text, id=ask.id)


def prefilled(file: Snapshot, source: Source) -> str:
    """What the request says already, for the facilitator to take over or not. "Difference to YOU"
    stays its writer's, and stands under no other heading."""
    it = file.conversation
    request = file.answers_of("request", it.requester.id)
    story: Mapping[str, str] = request.texts if request else {}
    return story.get("hope_child", "") if source is Source.HOPES else ""


def views_in(texts: Mapping[str, str]) -> tuple[AgencyView, ...]:
    """The views in the order they were added; their cells are numbered from 1."""
    found = []
    number = 1
    while cell(str(number), WORDS) in texts:
        of = str(number)
        found.append(AgencyView(who=texts.get(cell(of, WHO), ""), words=texts[cell(of, WORDS)]))
        number += 1
    return tuple(found)


def _scalings(it: Conversation, texts: Mapping[str, str]) -> tuple[Scaling, ...]:
    """One for each person who came; and what somebody said who is not among them any more."""
    came = [one.id for one in who_came(it)]
    spoke = [key.removesuffix(f".{NUMBER}") for key in texts if key.endswith(f".{NUMBER}")]
    found = []
    for who in dict.fromkeys((*came, *spoke)):
        person = it.person(who)
        number = texts.get(cell(who, NUMBER), "")
        found.append(
            Scaling(
                person=who,
                name=person.name if person else "",
                number=int(number) if number.isdecimal() else None,
                words=texts.get(cell(who, WORDS), ""),
            )
        )
    return tuple(found)

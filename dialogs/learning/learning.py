"""Typing up the learning document, section by section. Source: pathway, step 7.

What is kept of a section is its row of answers in the conversation; the draft only holds the open
card. Opening the document fills the draft from what is kept, so that a facilitator can go on weeks
later and on another device.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, ClassVar, Final

from cards.kit.answers import chosen
from cards.kit.elements import Card
from cards.kit.hints import REFLECTION
from cards.kit.page import Page
from cards.kit.typed_when import read_day
from cards.kit.who import among, named_for, plain
from cards.learning import learning as cards
from cards.learning.each import pairs
from cards.learning.several import FROM, KEPT, texts_kept
from cards.learning.writing import DAY, NUMBERS_OF_ALL, SEVERAL, fields, model, name, names, whole
from cards.preparation.family import lead_name
from cards.wording import wording
from dialogs.flow.flow import CHECK, Flow, NotOpen, Step
from dialogs.learning import sharing
from dialogs.learning.sections import (
    AT,
    asked_of,
    kept_answers,
    kept_nowhere,
    kept_questions,
    of_another_kind,
    texts_of,
)
from dialogs.turn.access import Right
from dialogs.turn.context import Context
from dialogs.turn.events import Reply
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.snapshot import Snapshot
from records.drafts import Draft
from records.learning.agencies import WHO, WORDS, cell, represented
from records.learning.document import NUMBER, WHAT, learning_document, views_in
from records.learning.sharing import agree_review
from records.learning.sharing import write as write_section
from records.partnership.sections import Section, SectionKind
from records.stages import Act


def _step(number: int, section: Section) -> Step:
    return Step(
        section.id,
        model(section),
        cards.section_card(section),
        fields(section),
        number,
        press=lambda: wording.SAVE_NEXT,
        hints=REFLECTION,
        whole=whole(section),
    )


@cache
def _steps(sections: tuple[Section, ...]) -> tuple[Step, ...]:
    return tuple(
        _step(number, one)
        for number, one in enumerate(sections, start=1)
        if one.kind is not SectionKind.FACTS
    )


class LearningFlow(Flow):
    """All sections; the overview stands where other flows have *Check your answers*."""

    name: ClassVar[str] = "learning"
    came_from: ClassVar[str] = "changes.open"
    title = staticmethod(lambda: wording.LEARNING)
    right: ClassVar[Right | None] = Right.TYPE_UP
    whole: ClassVar[bool] = True
    version = staticmethod(lambda: wording.partnership.questions.learning)
    checked: ClassVar[bool] = True
    kept_by_card: ClassVar[bool] = True

    @property
    def steps(self) -> tuple[Step, ...]:
        """One for each heading of the partnership's."""
        return _steps(wording.partnership.learning.sections)

    @property
    def total(self) -> int:
        """The headings."""
        return len(wording.partnership.learning.sections)

    def check(self, on: Page) -> Card:
        """All sections at a glance."""
        return cards.overview(on)

    async def closed(self, context: Context, draft: Draft | None) -> Reply | None:
        """Where the document is once it is shared."""
        return None if context.it.captured.is_open else await sharing.shared(context, context.it)

    async def begin(self, context: Context) -> Draft | Reply:
        """For the facilitator, once it is booked and until it is shared; what is kept is there."""
        file, partnership = context.whole, context.services.partnership
        draft = self.draft(context, kept_answers(file, partnership))
        asked = kept_questions(file, partnership)
        return draft.model_copy(update={"step": CHECK, "spare": True, "questions": asked})

    def left_over(self, draft: Draft) -> list[str]:
        """What was saved of a heading that is no more stands in the document, and not here."""
        return super().left_over(draft.model_copy(update={"questions": {}}))

    def unsent(self, context: Context, draft: Draft) -> tuple[str, ...]:
        """What the document does not have."""
        return kept_nowhere(draft, wording.partnership)

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """What stands in the document, and whom to choose from."""
        file, it = context.whole, context.it
        document = learning_document(file, context.services.partnership)
        return {
            "reference": document.reference,
            "document": document,
            "uploads": context.may(Right.UPLOAD),
            "shares": context.may(Right.SHARE),
            "lead": lead_name(it),
            "file": it.captured.file,
            "people": among(document.people, lambda _: ()),
            "agencies": tuple((key, plain(named_for(one))) for key, one in represented(it).items()),
        }

    def settle(self, draft: Draft, step: Step) -> Draft:
        """A view, a number or an agency's learning typed in joins its list."""
        section = wording.partnership.learning.section(step.id)
        listed = section is not None and section.kind in SEVERAL
        answers = joined(draft.answers, section) if section and listed else draft.answers
        settled = draft.model_copy(update={"answers": answers})
        return settled.model_copy(update={"spare": not kept_nowhere(settled, wording.partnership)})

    async def keep_step(self, context: Context, draft: Draft, step: Step, submission: str) -> None:
        """Every section is kept as it is written. Raises NotOpen once it is shared."""
        section = context.services.partnership.learning.section(step.id)
        if section is not None:
            await keep(context, self.settle(draft, step), section, submission)

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """Nothing is sent from here; sharing is asked for on a card of its own."""
        it = await context.about(context.it.id, Right.SHARE, whole=True)
        return await sharing.sure(context, it)


LEARNING: Final = LearningFlow()

# What is kept -------------------------------------------------------------------------------------


def joined(answers: Mapping[str, Any], section: Section) -> dict[str, Any]:
    """The answers with what the inputs hold added to the section's list, and the inputs empty."""
    who, numbers, words, at = (
        str(answers.get(name(section, one), "")).strip() for one in (WHO, NUMBERS_OF_ALL, WORDS, AT)
    )
    have = dict(texts_kept(answers, section))
    if section.kind is SectionKind.VIEWS:
        have = _with_view(have, who, words, at)
    elif who and (words or at == who):
        have |= {cell(one, WORDS): words for one in chosen(who)}
    for one, number in pairs(numbers):
        have |= {cell(one, NUMBER): number, cell(one, WORDS): have.get(cell(one, WORDS), "")}
    empty = dict.fromkeys((*names(section), name(section, AT), name(section, FROM)), "")
    return {**answers, **empty, name(section, KEPT): have}


def _with_view(have: dict[str, str], who: str, words: str, at: str) -> dict[str, str]:
    views = [(one.who, one.words) for one in views_in(have)]
    place = int(at) - 1 if at.isdecimal() and len(at) < 4 else len(views)
    if who or words:
        views[place : place + 1] = [(who, words)]
    else:
        views[place : place + 1] = []
    return {
        cell(str(number), key): text
        for number, one in enumerate(views, start=1)
        for key, text in zip((WHO, WORDS), one, strict=True)
    }


async def keep(context: Context, draft: Draft, section: Section, submission: str = "") -> None:
    """Write one section, once for each `submission`; nothing where nothing in it changed.

    Raises NotOpen once it is shared, and NotNow.
    """
    file = context.whole
    it, day = file.conversation, _day(draft, section)
    texts = texts_of(file, draft.answers, section)
    before = file.answers_of(WHAT, section.id)
    same = before is not None and before.texts == texts
    moved = section.kind is SectionKind.REVIEW and day != it.review_on
    if same and not moved:
        return

    def write(now: Conversation) -> Conversation:
        if not now.captured.is_open:
            raise _Shared
        written = write_section(now, context.now)
        return agree_review(written, context.now, day) if moved else written

    def row(file: Snapshot) -> Sequence[Answers]:
        written = Answers(
            what=WHAT,
            by=section.id,
            version=draft.version,
            at=context.now,
            texts=texts_of(file, draft.answers, section),
            asked=asked_of(file, draft, section, context.services.partnership),
        )
        return (written, *of_another_kind(file, section))

    try:
        act = Act.REVIEW_AGREED if moved else Act.LEARNING
        await context.change(act, write, submission=submission, answers=row)
    except _Shared:
        now = await context.about(it.id, Right.TYPE_UP, whole=True)
        raise NotOpen(await sharing.shared(context, now)) from None


class _Shared(Exception):
    """The document was shared while a section was being written."""


def _day(draft: Draft, section: Section) -> date | None:
    given = str(draft.answers.get(name(section, DAY), ""))
    return read_day(given) if given else None

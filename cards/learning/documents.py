"""The two Word files: the facilitator's pack, and the learning document.

Both are drawn from `records.learning.document`, so that a heading, a person and a text are the same
on paper as in the chat. What a section becomes follows from its kind; none is known by its id.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from cards.kit.when import span
from cards.kit.who import named_for
from cards.kit.word import Word
from cards.wording import wording
from records.learning.document import FilledSection, LearningDocument, WrittenText
from records.partnership.sections import SectionKind

WIDTH: Final = 16.6
"""Centimetres between the margins."""


def learning_document(it: LearningDocument, at: datetime) -> bytes:
    """The learning document as a Word file, every heading in it, empty ones too."""
    title = wording.DOC_TITLE.format(reference=it.reference)
    word = Word(title, wording.DOC_FOOTER.format(reference=it.reference), at)
    _warned(word, it)
    for text in wording.partnership.paper.document:
        word.para(text, quiet=True)
    if it.provisional:
        word.para(wording.DOC_PROVISIONAL, quiet=True)
    for part in it.parts:
        _head(word, part)
        WRITTEN[part.section.kind](word, it, part)
    return word.body()


def pack(it: LearningDocument, at: datetime, need: Sequence[tuple[str, str]] = ()) -> bytes:
    """What the facilitator shares on the screen or prints: when and who, the agenda, the agreement
    to read aloud, the headings with what is known already and space to write, and what to read
    aloud at the close. What the request says of its `need` is on a page for the facilitator alone.
    """
    title = wording.PACK_TITLE.format(reference=it.reference)
    word = Word(title, wording.DOC_FOOTER.format(reference=it.reference), at)
    _warned(word, it)
    _facts(word, it, None)
    word.para((wording.NO_RECORDING,))
    word.heading(wording.PACK_AGENDA)
    word.steps(wording.PACK_STEPS)
    word.heading(wording.AGREEMENT_TITLE)
    word.para(wording.PACK_READ_ALOUD, quiet=True)
    agreed(word, 2)
    word.heading(wording.PACK_CAPTURE, new_page=True)
    word.para(wording.PACK_CAPTURE_MORE)
    if it.provisional:
        word.para(wording.DOC_PROVISIONAL, quiet=True)
    for part in it.parts:
        if part.section.kind is not SectionKind.FACTS:
            _head(word, part)
            word.para(part.section.hint, quiet=True)
            TO_WRITE[part.section.kind](word, it, part)
    word.heading(wording.BEFORE_FINISH_ALOUD)
    word.para(wording.BEFORE_FINISH)
    _paper(word, it)
    if need:
        word.heading(wording.PACK_FOR_YOU, new_page=True)
        word.para(wording.PACK_FOR_YOU_MORE, quiet=True)
        for label, value in need:
            word.para((f"{label}: ",), value, close=True)
    return word.body()


def agreed(word: Word, level: int) -> None:
    """The agreement's own lines, under headings of this level."""
    for heading, points in (
        (wording.AGREEMENT_FOR_ALL, wording.AGREEMENT_ALL),
        (wording.AGREEMENT_FOR_ATTENDEES, wording.AGREEMENT_ATTENDEES),
        (wording.AGREEMENT_FOR_FACILITATOR, wording.AGREEMENT_FACILITATOR),
    ):
        word.heading(heading, level)
        word.points(points)
    word.para(wording.AGREEMENT_GDPR)


def _paper(word: Word, it: LearningDocument) -> None:
    """The partnership's own paper, page by page, where it has given one."""
    title, pages = wording.partnership.paper.title, wording.partnership.paper.pages
    if pages:
        word.heading(wording.PAPER_OPEN, new_page=True)
        if title:
            word.para(title, quiet=True)
        word.para((wording.PAPER_KEEP.format(name=it.lead or wording.SOMEBODY),))
    for part in (part for page in pages for part in page.parts):
        word.heading(part.heading, 2)
        for text in part.texts:
            word.para(text)
        word.points(part.points)


def _warned(word: Word, it: LearningDocument) -> None:
    """What its readers are to keep to with the family, before anything else."""
    if it.warned is not None:
        name = it.lead or wording.SOMEBODY
        text = wording.TELLING_WARNS_PAGE[it.warned]
        text = wording.ABOUT_ADULT.get(f"page-{it.warned}", text) if it.adult else text
        word.para((text.format(name=name),))


def _head(word: Word, part: FilledSection) -> None:
    word.heading(f"{part.number}. {part.section.heading}")


# What stands in a section -------------------------------------------------------------------------


def _facts(word: Word, it: LearningDocument, part: FilledSection | None) -> None:
    header = wording.DOC_PEOPLE if part else wording.PACK_PEOPLE
    zone = ZoneInfo(it.zone) if it.zone else None
    when = span(it.start, it.end, zone) if zone and it.start and it.end else ""
    for label, value in (
        (wording.DOC_REFERENCE, it.reference),
        (wording.WHEN, when),
        (wording.FACILITATOR, it.facilitator),
        (wording.LEAD_WORKER, it.lead),
        (wording.DOC_AGENCIES, ", ".join(it.agencies)),
    ):
        word.para((f"{label}: ",), value or wording.DOC_NOT_KNOWN, close=True)
    rows = [(one.name, one.agency.strip() or wording.DOC_NO_AGENCY, one.role) for one in it.people]
    if rows:
        word.table(header, rows, (5.6, 6.0, 5.0))


def _texts(word: Word, _: LearningDocument, part: FilledSection) -> None:
    for one in part.said:
        if len(part.said) > 1 or _was_another(part, one):
            word.heading(one.label, 2)
        _text(word, one.text)


def _was_another(part: FilledSection, said: WrittenText) -> bool:
    """Whether it was asked in words that nobody finds in the partnership's file any more."""
    section = wording.partnership.learning.section(part.section.id)
    today = [one.label for one in section.asks] if section else []
    return said.label not in (part.section.heading, *today)


def _text(word: Word, text: str) -> None:
    if text.strip():
        word.said(text)
    else:
        word.para(wording.DOC_EMPTY, quiet=True)


def _views(word: Word, _: LearningDocument, part: FilledSection) -> None:
    if not part.views:
        word.para(wording.DOC_EMPTY, quiet=True)
        return
    rows = [(one.who, one.words) for one in part.views]
    word.table(wording.DOC_VIEWS, rows, (5.0, WIDTH - 5.0))


def _scaling(word: Word, _: LearningDocument, part: FilledSection) -> None:
    rows = [
        (one.name, wording.DOC_NO_NUMBER if one.number is None else str(one.number), one.words)
        for one in part.scalings
    ]
    if rows:
        word.table(wording.DOC_SCALING, rows, (4.6, 2.2, WIDTH - 6.8))
    else:
        word.para(wording.DOC_EMPTY, quiet=True)


def _review(word: Word, it: LearningDocument, part: FilledSection) -> None:
    _texts(word, it, part)
    on = part.review_on
    shown = f"{on:%A} {on.day} {on:%B %Y}" if on else wording.DOC_NO_DATE
    word.para((f"{wording.DOC_REVIEW_ON}: ",), shown)


def _recording(word: Word, _: LearningDocument, part: FilledSection) -> None:
    if not part.recordings:
        word.para(wording.DOC_EMPTY, quiet=True)
    for one in part.recordings:
        word.heading(named_for(one), 2)
        _text(word, one.text)


Drawn = Callable[[Word, LearningDocument, FilledSection], None]
WRITTEN: Final[Mapping[SectionKind, Drawn]] = {
    SectionKind.FACTS: _facts,
    SectionKind.TEXTS: _texts,
    SectionKind.VIEWS: _views,
    SectionKind.SCALING: _scaling,
    SectionKind.REVIEW: _review,
    SectionKind.RECORDING: _recording,
}
"""What each kind of section becomes in the learning document."""


# Space to write -----------------------------------------------------------------------------------


def _ask_texts(word: Word, _: LearningDocument, part: FilledSection) -> None:
    for one in part.said:
        if len(part.said) > 1:
            word.heading(one.label, 2)
        word.said(one.text)
        word.space(3 if one.text.strip() else 5)


def _ask_views(word: Word, _: LearningDocument, part: FilledSection) -> None:
    rows = [(one.who, one.words) for one in part.views]
    rows += [("", "")] * max(0, 4 - len(rows))
    word.table(wording.DOC_VIEWS, rows, (5.0, WIDTH - 5.0), height=1.6)


def _ask_scaling(word: Word, it: LearningDocument, part: FilledSection) -> None:
    rows = [
        (one.name, "" if one.number is None else str(one.number), one.words)
        for one in part.scalings
    ]
    word.table(wording.DOC_SCALING, rows or [("", "", "")], (4.6, 2.2, WIDTH - 6.8), height=1.6)


def _ask_review(word: Word, it: LearningDocument, part: FilledSection) -> None:
    _ask_texts(word, it, part)
    on = part.review_on
    shown = f"{on:%A} {on.day} {on:%B %Y}" if on else wording.DOC_BLANK_DATE
    word.para((f"{wording.DOC_REVIEW_ON}: ",), shown)


def _ask_recording(word: Word, _: LearningDocument, part: FilledSection) -> None:
    for one in part.recordings:
        word.heading(named_for(one), 2)
        word.said(one.text)
        word.space(4)


TO_WRITE: Final[Mapping[SectionKind, Drawn]] = {
    SectionKind.FACTS: _facts,
    SectionKind.TEXTS: _ask_texts,
    SectionKind.VIEWS: _ask_views,
    SectionKind.SCALING: _ask_scaling,
    SectionKind.REVIEW: _ask_review,
    SectionKind.RECORDING: _ask_recording,
}
"""What each kind of section becomes in the pack."""

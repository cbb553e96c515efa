"""Typing up the learning document: all sections at a glance, and a card for each.

Every button saves what is typed; nothing on these cards has to be filled in.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from microsoft_teams.cards import Action, CardElement

from cards.kit.elements import Card, act, aside, beside, build, heading, line, para, small
from cards.kit.notes import MOST, choice
from cards.kit.page import Page, carried, inputs, kept_texts, notice
from cards.learning.several import SAVE, listed_items, preselected
from cards.learning.upload import upload_buttons
from cards.learning.writing import CHOOSE, SEVERAL, fields
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.learning.document import FilledSection, LearningDocument
from records.partnership.sections import Section, SectionKind

OPEN: Final = "learning.open"
SHARES: Final = "share"
"""Where the last section leads whose button shares the document at once."""


def overview(page: Page) -> Card:
    """Every section with what stands in it, and the way to share it."""
    found = page.facts.get("document")
    document = found if isinstance(found, LearningDocument) else None
    rows = [row for one in document.parts for row in _row(page, one)] if document else []
    data = {"conversation": page.conversation}
    actions = [act(wording.SHARE, "learning.share", data, primary=True)] if rows else []
    stands = bool(page.facts.get("file"))
    if page.facts.get("uploads"):
        actions += upload_buttons(page.conversation, stands=stands)
    provisional = document is not None and document.provisional
    return build(
        [
            small(page.fact("reference")),
            heading(wording.LEARNING),
            *notice(page),
            para(wording.LEARNING_INTRO),
            *([para(wording.UPLOAD_STANDS, bold=True)] if stands else []),
            *rows,
            *([small(wording.LEARNING_PROVISIONAL, gap=True)] if provisional else []),
            small(wording.SEEN_LEARNING, gap=True),
        ],
        actions,
    )


def _row(page: Page, part: FilledSection) -> list[CardElement]:
    heading_ = wording.SECTION_ROW.format(number=part.number, heading=part.section.heading)
    words: list[CardElement] = [line(heading_), small(status(part))]
    if part.section.kind is SectionKind.FACTS:
        return words
    if wording.partnership.learning.section(part.section.id) is None:
        return [words[0], small(wording.SECTION_EARLIER)]
    data = {"conversation": page.conversation, "to": part.section.id}
    word = wording.SECTION_OPEN if part.is_filled else wording.SECTION_WRITE
    title = f"{word} {heading_}"
    go = act(title, OPEN, data, inputs=False)
    if part.offered and not part.is_filled:
        words = [words[0], small(wording.SECTION_FROM_REQUEST)]
    elif not part.is_filled:
        words = words[:1]
    return [beside(words, word, go)]


def status(part: FilledSection) -> str:
    """How far a section is that holds something, in words."""
    if part.section.kind is SectionKind.FACTS:
        return wording.SECTION_FACTS
    if part.section.kind is SectionKind.SCALING:
        return _done(one.number is not None for one in part.scalings)
    if part.section.kind is SectionKind.RECORDING:
        return _done(bool(one.text) for one in part.recordings)
    if part.views:
        count = len(part.views)
        return wording.SECTION_VIEW if count == 1 else wording.SECTION_VIEWS.format(count=count)
    if part.review_on:
        return wording.SECTION_REVIEW.format(day=on_day(part.review_on))
    return wording.SECTION_FILLED


def on_day(day: date) -> str:
    """Such as: Monday 1 March 2027."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def _done(each: Any) -> str:
    found = list(each)
    return wording.SECTION_OF.format(done=sum(found), all=len(found))


def section_card(section: Section) -> Callable[[Page], Card]:
    """The card of one section."""

    def card(page: Page) -> Card:
        number, total = _place(page, section)
        choices = tuple(page.facts.get(CHOOSE.get(section.kind, ""), ()))
        several = section.kind in SEVERAL
        nobody = section.kind in CHOOSE and not choices and not page.away
        asked = () if nobody else fields(section)
        shown = preselected(page, section, choices) if several and not page.away else page
        place = wording.SECTION_KICKER.format(number=number, total=total)
        kicker = " · ".join(one for one in (page.fact("reference"), place) if one)
        return build(
            [
                small(kicker),
                heading(section.heading),
                *notice(page),
                small(wording.SCALING_NOBODY if nobody else section.hint),
                aside(wording.SEEN_LEARNING),
                *(listed_items(page, section, choices) if several and not page.away else ()),
                *inputs(shown, asked),
                *kept_texts(page, asked),
                small(wording.SAVED, gap=True),
            ],
            _buttons(page, carried(page, asked), section),
        )

    return card


def _place(page: Page, section: Section) -> tuple[int, int]:
    """Which section it is, of how many, as the document counts them."""
    found = page.facts.get("document")
    parts = found.parts if isinstance(found, LearningDocument) else ()
    numbers = [one.number for one in parts if one.section.id == section.id]
    today = wording.partnership.learning.sections
    return (numbers[0], len(parts)) if numbers else (today.index(section) + 1, len(today))


def _buttons(page: Page, data: Mapping[str, Any], section: Section) -> list[Action]:
    another = [act(wording.SAVE_ANOTHER, SAVE, {**data, "to": section.id})]
    if page.facts.get("shares") and section == wording.partnership.learning.sections[-1]:
        title = wording.SAVE_SHARE.format(name=page.fact("lead"))
        another.append(act(title, SAVE, {**data, "to": SHARES}))
    return [
        act(wording.SAVE_NEXT, SAVE, data, primary=True),
        *(another if section.kind in SEVERAL else another[1:]),
        act(wording.SAVE_OVERVIEW, SAVE, {**data, "to": "check"}),
    ]


def which(found: Sequence[Conversation]) -> Card:
    """Several documents are open: which one?"""
    actions = [
        act(
            wording.TYPE_UP_ONE.format(reference=it.reference),
            "learning.type-up",
            {"conversation": it.id},
        )
        for it in found[:MOST]
    ]
    return choice(wording.TYPE_UP_WHICH, actions=actions)


def type_up(it: Conversation) -> Action:
    """The button on the facilitator's cards."""
    return act(wording.TYPE_UP, "learning.type-up", {"conversation": it.id})

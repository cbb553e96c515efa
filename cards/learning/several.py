"""A section that holds several of a kind, such as a number for each person: what is listed so
far."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from microsoft_teams.cards import CardElement, RichTextBlock, TextRun

from cards.kit.answers import chosen
from cards.kit.elements import SAID, act, aside, beside, tap_line
from cards.kit.forms import shortened
from cards.kit.page import Page
from cards.kit.people import named
from cards.learning.each import joined, pairs
from cards.learning.writing import NUMBERS_OF_ALL, name
from cards.wording import wording
from records.learning.agencies import WHO, WORDS, cell
from records.learning.document import NUMBER, AgencyView, views_in
from records.partnership.sections import Section, SectionKind

SAVE: Final = "flow.save"
KEPT: Final = "kept"
"""What is in a section of several so far, in the draft."""
MOST_LISTED: Final = 12
"""Items of one section with a Change beside each: a card has 28 KB. The rest are named, and a tap
lists them in turn."""
FROM: Final = "from"
"""Which item of a section of several its list begins with, counted from 0, in the draft."""
SHOWN: Final = 80
"""Characters of an item in a list."""


def texts_kept(answers: Mapping[str, Any], section: Section) -> Mapping[str, str]:
    """What a section of several holds so far."""
    found = answers.get(name(section, KEPT), {})
    return found if isinstance(found, dict) else {}


def preselected(page: Page, section: Section, choices: tuple[tuple[str, str], ...]) -> Page:
    """The page with what is kept: the numbers of all; or every agency that is missing chosen, where
    none is: what they record is often the same."""
    who, have = name(section, WHO), texts_kept(page.answers, section)
    if section.kind is SectionKind.SCALING:
        every = name(section, NUMBERS_OF_ALL)
        kept = {one: have[cell(one, NUMBER)] for one, _ in choices if have.get(cell(one, NUMBER))}
        now = {**kept, **dict(pairs(str(page.answers.get(every, ""))))}
        return replace(page, answers={**page.answers, every: joined(now)})
    if section.kind is SectionKind.VIEWS or chosen(page.answers.get(who)):
        return page
    missing = ",".join(one for one, _ in choices if not have.get(cell(one, WORDS)))
    return replace(page, answers={**page.answers, who: missing})


def listed_items(
    page: Page, section: Section, choices: tuple[tuple[str, str], ...]
) -> list[CardElement]:
    """What was added so far with Change beside each, as many as fit, the way to the others, and who
    is still to come."""
    have = texts_kept(page.answers, section)
    if section.kind is SectionKind.VIEWS:
        items = [
            (str(number), one.who, one.words) for number, one in enumerate(views_in(have), start=1)
        ]
        missing: Sequence[str] = ()
    else:
        items = [(one, title, have[cell(one, WORDS)]) for one, title in choices
                 if have.get(cell(one, WORDS))]  # fmt: skip
        every = section.kind is SectionKind.RECORDING
        missing = [t for one, t in choices if every and not have.get(cell(one, WORDS))]
    start = _start(page.answers.get(name(section, FROM)), len(items))
    end = start + MOST_LISTED
    listed = enumerate(items[start:end], start=start + 1)
    found = [_item(page, section, one, number, len(items)) for number, one in listed]
    if len(items) > MOST_LISTED:
        rest = (who for _, who, _ in (*items[:start], *items[end:]))
        names_ = ", ".join(named(len(items), *rest))
        title = wording.LISTED_OTHERS
        onward = {**page.data, "to": section.id, "start": end if end < len(items) else 0}
        found.append(aside(wording.WRITTEN_TOO.format(names=names_)))
        found.append(tap_line(title, act(title, SAVE, onward)))
    if missing and items:
        names_ = ", ".join(named(len(missing), *missing))
        found.append(aside(wording.STILL_TO_COME.format(names=names_)))
    return found


def _start(given: object, count: int) -> int:
    """Where the list begins: at the first again where there is nothing so far along any more."""
    return given if isinstance(given, int) and 0 <= given < count else 0


def _item(
    page: Page, section: Section, item: tuple[str, str, str], number: int, count: int
) -> CardElement:
    key, typed, words = item
    own = SAID
    shown = named(count, typed)[0]
    text = " ".join(shortened(words, SHOWN)[0].split())
    start = (number - 1) // MOST_LISTED * MOST_LISTED
    data = {**page.data, "to": section.id, "item": key, "start": start}
    title = wording.CHANGE_ITEM.format(number=number)
    change = act(title, SAVE, data, tooltip=wording.CHANGE_OF.format(name=shown))
    runs = [TextRun(text=shown, weight="Bolder"), TextRun(text=f"  {text}")]
    return beside([RichTextBlock(id=own, inlines=list(runs))], wording.CHANGE, change)


def listed_from(section: Section, start: int) -> dict[str, Any]:
    """The list of a section of several beginning with this item, counted from 0."""
    return {name(section, FROM): start}


def loaded(answers: Mapping[str, Any], section: Section, item: str) -> dict[str, Any]:
    """The inputs filled with one item of a section of several, to change it."""
    have = texts_kept(answers, section)
    who = item
    if section.kind is SectionKind.VIEWS:
        number = int(item) if item.isdecimal() and len(item) < 4 else 0
        views: tuple[AgencyView, ...] = views_in(have)
        if not 0 < number <= len(views):
            return {}
        who = views[number - 1].who
    elif cell(item, WORDS) not in have:
        return {}
    return {
        name(section, "at"): item,
        name(section, WHO): who,
        name(section, WORDS): have.get(cell(item, WORDS), ""),
    }

"""What is held on somebody, card by card, long as each kind of line is made here: for their own
client alone, as it holds their words.

The first card is about them, each of the others about one conversation. Nothing of what others
wrote stands on any.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from microsoft_teams.cards import Action, CardElement

from cards.kit.answers import AnswerModel, Needed
from cards.kit.elements import Card, act, beside, build, heading, line, said, size, small
from cards.kit.forms import TextField
from cards.kit.notes import note, receipt
from cards.kit.page import Page, ask
from cards.kit.when import day
from cards.request.check import told_apart
from cards.rights.beside import together
from cards.wording import wording
from records.conversation.conversation import Conversation, Layer
from records.conversation.feedback import BEFORE, Answers
from records.drafts import Draft
from records.people import Person

SHOW: Final = "mydata.show"
ADD: Final = "rectify.add"
REQUEST: Final = "request"
ROOM: Final = 16_000
"""Bytes of lines on one card; the rest is on the next."""
MOST: Final = 12
"""Lines on one card, on a phone."""
PART: Final = 4_000
"""Characters of one text on a card."""


@dataclass(frozen=True)
class Line:
    """One line: a heading, a fact, or what they wrote under its question, which they may add to."""

    title: str
    text: str = ""
    said: bool = False
    heading: bool = False
    add: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class OpenedBy:
    """Who opened something of theirs, and on which day first."""

    name: str
    on: str


def of_you(
    person: Person, goes: datetime | None, count: int, contact: str, zone: ZoneInfo
) -> list[Line]:
    """What is known of them, when it goes, and whom to ask."""
    seen = day(person.seen_at, zone) if person.seen_at else ""
    facts = (
        (wording.MY_DATA_NAME, person.name),
        (wording.MY_DATA_MAILS, ", ".join(person.mails)),
        (wording.MY_DATA_NUMBER, person.contact),
        (wording.MY_DATA_TEAM, person.team),
        (wording.MY_DATA_AGENCY, person.agency),
        (
            wording.MY_DATA_MANAGER,
            ", ".join(filter(None, (person.manager_name, person.manager_mail))),
        ),
        (wording.MY_DATA_SEEN, seen),
    )
    many = wording.MY_DATA_COUNT.format(count=count) if count > 1 else wording.MY_DATA_COUNT_ONE
    to = wording.MY_DATA_ASK_AT.format(contact=contact) if contact else wording.MY_DATA_ASK_NOBODY
    return [
        Line(wording.MY_DATA_YOU, heading=True),
        *(Line(title, text) for title, text in facts if text),
        *([Line("", wording.MY_DATA_GOES.format(day=day(goes, zone)))] if goes else []),
        Line("", many if count else wording.MY_DATA_NONE),
        Line(wording.MY_DATA_ASK, heading=True),
        Line("", to),
    ]


def of_conversation(
    it: Conversation,
    mine: Sequence[str],
    ends: Mapping[Layer, datetime],
    zone: ZoneInfo,
) -> list[Line]:
    """In which part they are in it, and when each part of it goes."""
    parts = dict.fromkeys(one.part for one in it.people if one.id in mine)
    told = ", ".join(wording.MY_DATA_PARTS[one] for one in parts)
    title = wording.MY_DATA_PART.format(reference=it.reference, part=told)
    if not ends:
        return [Line(title, heading=True), Line("", wording.MY_DATA_OPEN)]
    return [
        Line(title, heading=True),
        *(
            Line(
                "", wording.MY_DATA_ENDS.format(day=day(at, zone), what=wording.MY_DATA_LAYERS[one])
            )
            for one, at in ends.items()
        ),
    ]


def of_begun(lines: Sequence[Line]) -> list[Line]:
    """The same under a heading, where there are any."""
    return [Line(wording.MY_DATA_BEGUN, heading=True), *lines] if lines else []


def of_draft(draft: Draft, until: datetime, zone: ZoneInfo) -> list[Line]:
    """What they have begun and not sent, until when it is kept at least, and its texts."""
    found = [Line("", wording.MY_DATA_DRAFT.format(day=day(until, zone)))]
    for name, text in draft.answers.items():
        question = draft.questions.get(name)
        if question and isinstance(text, str) and text.strip():
            found += _parts(question, text)
    for text in draft.beside:
        found += _parts(wording.MY_DATA_REPLACED, text)
    return found


def _parts(title: str, text: str) -> Iterator[Line]:
    """A text as it was typed, by parts where it is long."""
    for start in range(0, len(text), PART):
        yield Line(title, text[start : start + PART], said=True)


def of_words(it: Conversation, own: Sequence[tuple[Answers, Answers | None]]) -> list[Line]:
    """What they wrote in it, each with the notes they have added, and a way to add one."""
    found = [Line(wording.MY_DATA_YOURS, heading=True)]
    stands = {
        name: text for one, _ in own if one.what == REQUEST for name, text in one.texts.items()
    }
    for answers, notes in own:
        before = answers.what.startswith(BEFORE)
        if answers.scale is not None:
            found.append(Line("", wording.MY_DATA_SCALE.format(number=answers.scale)))
        for name, text in together(answers, notes).texts.items():
            if text.strip() and not (before and stands.get(name) == text):
                found += _texts(it, answers, name, text)
    if len(found) == 1:
        found.append(Line("", wording.MY_DATA_NOTHING))
    return found


def _texts(it: Conversation, answers: Answers, name: str, text: str) -> Iterator[Line]:
    """One answer, by parts where it is long. What they changed since is there to be seen alone."""
    question = answers.question(name, wording.MY_DATA_YOURS)
    first, *rest = _parts(question, text)
    if answers.what.startswith(BEFORE):
        before = wording.MY_DATA_BEFORE.format(question=question)
        yield from (replace(one, title=before) for one in (first, *rest))
        return
    add = {"conversation": it.id, "what": answers.what, "by": answers.by, "field": name}
    yield from (replace(first, add=add), *rest)


def of_readers(opened: Sequence[OpenedBy]) -> list[Line]:
    """Who opened something of theirs."""
    by = [Line("", wording.MY_DATA_OPENED_BY.format(name=one.name, day=one.on)) for one in opened]
    none = [Line("", wording.MY_DATA_OPENED_NONE)]
    return [Line(wording.MY_DATA_OPENED, heading=True), *(by or none)]


def page(lines: Sequence[Line], number: int, start: int, *, more: bool) -> Card:
    """These lines from `start` on, of the card with this `number`; `more` says that another one
    follows it."""
    shown = _fit(lines, start)
    end = start + len(shown)
    ways = list[Action]()
    if end < len(lines):
        ways.append(act(wording.MY_DATA_NEXT, SHOW, {"number": number, "at": end}, primary=True))
    elif more:
        ways.append(act(wording.MY_DATA_NEXT, SHOW, {"number": number + 1, "at": 0}, primary=True))
    if number or start:
        ways.append(act(wording.MY_DATA_START, SHOW, {"number": 0, "at": 0}))
    return build([heading(wording.MY_DATA), *_drawn(shown)], ways)


def _fit(lines: Sequence[Line], start: int) -> list[Line]:
    """As many as one card takes: one at least, as each is bounded; no heading ends it."""
    found, room = list[Line](), ROOM
    for one in lines[start : start + MOST]:
        room -= size({"texts": [one.title, one.text]}) + 500
        if found and room < 0:
            break
        found.append(one)
    while len(found) > 1 and found[-1].heading:
        found.pop()
    return found


def _drawn(lines: Sequence[Line]) -> Iterator[CardElement]:
    for one in lines:
        if one.heading:
            yield line(one.title, title=True)
        elif one.said:
            left: list[CardElement] = [small(one.title, gap=True), *said(one.text, close=True)]
            which = told_apart(str(one.add.get("field", "")), one.title)
            name = wording.OF.format(what=wording.NOTE_ADD, which=which)
            add = act(name, ADD, one.add, inputs=False) if one.add else None
            yield from [beside(left, wording.NOTE_ADD, add)] if add else left
        else:
            yield line((f"{one.title}: ",), one.text) if one.title else line(one.text)


def choose() -> Card:
    """Typed for a note: what it is, and the way to what they wrote. A typed word is answered in the
    chat, where no words of a story stand."""
    way = act(wording.MY_DATA_YOURS, SHOW, {"number": 1, "at": 0}, primary=True)
    return note(wording.NOTE_NOWHERE, wording.NOTE_HOW, actions=[way])


# A note -------------------------------------------------------------------------------------------


class NoteBeside(AnswerModel):
    """What is to be put right."""

    note: Needed


FIELDS: Final = (TextField("note", lambda: wording.NOTE_LABEL),)


def note_card(page: Page) -> Card:
    """What they wrote, as it stands, and their note."""
    intro = [
        small(str(page.facts.get("question", ""))),
        *said(str(page.facts.get("text", ""))[:PART], subtle=True),
        line(wording.NOTE_HOW),
    ]
    return ask(
        page,
        "",
        wording.NOTE_TITLE,
        FIELDS,
        intro=intro,
        seen_by=wording.NOTE_SEEN,
        chat=True,
        next_title=wording.NOTE_SAVE,
    )


def note_kept(it: Conversation) -> Card:
    """The receipt, without a word of it."""
    back = act(wording.NOTE_BACK, SHOW, {"number": 0, "at": 0})
    title = wording.NOTE_DONE.format(reference=it.reference)
    return receipt(title, wording.NOTE_DONE_NEXT, actions=[back])

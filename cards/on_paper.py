"""The partnership's forms as Word files, in the layout of its paper: the request, the feedback and
the agreement; and a page of words for a child, an adult or a parent.

Each question is the one that was asked. Nothing here is drawn for anybody but who may have the
file (`dialogs.on_paper`). It loads python-docx, so it is imported in the thread that writes.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from cards.feedback.feedback import NUMBERS
from cards.kit.when import day
from cards.kit.who import facilitates
from cards.kit.word import Word
from cards.learning.documents import agreed
from cards.question_sets import asked_today
from cards.request.request import questions
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.request import About
from records.people import Part, Participant

WIDE: Final = (4.2, 4.2, 5.2, 3.0)
"""Centimetres of the four columns of people."""
ASKED: Final = (6.6, 10.0)
"""Centimetres of a question and of its answer."""


def request_form(it: Conversation, story: Answers, zone: ZoneInfo, at: datetime) -> bytes:
    """The request, for the one who wrote it."""
    title = wording.REQUEST_TITLE
    word = Word(title, wording.DOC_FOOTER.format(reference=it.reference), at)
    word.table((wording.FORM_DATE, day(it.created, zone)), (), ASKED)
    rows = [
        (wording.FORM_PRACTITIONER, *_who(it.requester)),
        (wording.FORM_TEAM, _joined(it.request.team, it.request.agency), "", ""),
        (wording.FORM_MANAGER, *_who(it.manager)),
        (wording.FORM_NURSE, *_nurse(it)),
    ]
    word.para("")
    word.table(("", *wording.FORM_PEOPLE), rows, WIDE)
    others = [one for one in it.people if one.part is Part.OTHER and not one.joined]
    named = [_other(one) for one in others] or [("", "", "", "")]
    word.para("")
    word.table((wording.FORM_OTHERS, wording.FORM_ROLE, *wording.FORM_PEOPLE[1:]), named, WIDE)
    word.heading(wording.WAITING_REASONS)
    word.points([wording.REASONS[one] for one in it.request.reasons])
    for label, titles, value in (
        (wording.LEVEL_LABEL, wording.levels, it.request.level_of_need),
        (wording.OPEN_LABEL, wording.OPEN, it.request.open_to_social_care),
    ):
        if value:
            word.para((f"{label}: ",), dict(titles).get(value, value), close=True)
    word.heading(wording.REQUEST_WHO)
    for field, today in questions(it.request.about):
        word.heading(story.question(field, today), 2)
        word.said(story.text(field))
    return word.body()


def feedback_form(
    it: Conversation, who: Participant, given: Answers, zone: ZoneInfo, at: datetime
) -> bytes:
    """Somebody's feedback, for the one who wrote it."""
    word = Word(wording.FEEDBACK_TITLE, wording.DOC_FOOTER.format(reference=it.reference), at)
    on = day(it.booking.start, zone) if it.booking else ""
    word.table((wording.FORM_NAME, who.name), [(wording.FORM_DAY, on)], ASKED)
    word.heading(wording.FORM_SCALING)
    for end, says in ((10, wording.SCALE_10), (0, wording.SCALE_0)):
        word.para(f"{end} = {says}", close=True)
    chosen = "" if given.scale is None else str(given.scale)
    word.para((f"{given.question('scale', wording.Q_SCALE)} ",), chosen)
    mark = ["✓" if one == given.scale else "" for one in NUMBERS]
    word.table([str(one) for one in NUMBERS], [mark], [1.5] * len(NUMBERS))
    for heading, asked in (
        (wording.ACKNOWLEDGMENT, _ACKNOWLEDGED),
        (wording.POSSIBILITY, _POSSIBLE),
    ):
        word.heading(heading)
        for field in asked:
            word.heading(given.question(field, asked_today(field)), 2)
            word.said(given.text(field))
    return word.body()


def agreement(it: Conversation, zone: ZoneInfo, at: datetime) -> bytes:
    """What everybody agrees to, with a line for each to sign on."""
    word = Word(wording.AGREEMENT_TITLE, wording.DOC_FOOTER.format(reference=it.reference), at)
    agreed(word, 1)
    word.heading(wording.SIGN_PARTICIPANTS)
    coming = it.booking.coming if it.booking else ()
    people = [one for one in it.present if one.id in coming and one.part is not Part.FACILITATOR]
    rows = [(one.name, one.agency, "") for one in people]
    word.table(wording.SIGN_PEOPLE, rows or [("", "", "")], (5.2, 5.2, 6.2), height=0.9)
    word.para("")
    leads = facilitates(it)
    name = leads.name if leads else ""
    word.para((f"{wording.SIGN_FACILITATOR} ",), f"{name} {_LINE}")
    on = day(it.booking.start, zone) if it.booking else ""
    word.para((f"{wording.SIGN_DATE} ",), on)
    return word.body()


def what_to_say(about: About, at: datetime) -> bytes:
    """A page of words for a child, an adult or a parent, to print or to read aloud. No name, no
    reference and no date stands on it, since it may lie on anybody's table."""
    word = Word(wording.SHEET_TITLE, wording.APP, at)
    for heading, text in (
        *([(wording.SHEET_CHILD, wording.SAY_CHILD)] if about is About.CHILD else []),
        (wording.SHEET_ADULT, wording.SAY_ADULT),
    ):
        word.heading(heading)
        word.para(text)
    word.heading(wording.SHEET_TELL)
    word.space(6)
    word.para((f"{wording.SHEET_ASK} ",), _LINE)
    return word.body()


# --------------------------------------------------------------------------------------------------

_ACKNOWLEDGED: Final = ("happened", "learning", "difference_you", "difference_child", "together")
_LINE: Final = "_" * 40
"""To write on."""
_POSSIBLE: Final = ("possibility",)


def _who(one: Participant) -> tuple[str, str, str]:
    return one.name, _joined(one.contact, one.mail), wording.ATTENDING[one.attending]


def _nurse(it: Conversation) -> tuple[str, str, str]:
    nurse = next((one for one in it.people if one.part is Part.NURSE and not one.joined), None)
    return _who(nurse) if nurse else ("", "", "")


def _other(one: Participant) -> tuple[str, str, str, str]:
    return one.name, _joined(one.role, one.agency), *_who(one)[1:]


def _joined(*parts: str) -> str:
    return ", ".join(part.strip() for part in parts if part.strip())

"""The learning document on its way: shared, passed on, recorded; long, as one road.

Nothing of the document stands on a card, but for the words that one agency is to record.
Source: pathway, step 8.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from microsoft_teams.cards import Action, CardElement, RichTextBlock, TextRun
from pydantic import AfterValidator, BeforeValidator, ValidationInfo
from pydantic import Field as ModelField
from pydantic_core import PydanticCustomError

from cards.kit.answers import AnswerModel, Optional, chosen
from cards.kit.elements import SAID, Card, act, box, build, line, para, said, small
from cards.kit.forms import ChoiceField, TextField, shortened
from cards.kit.notes import note, receipt
from cards.kit.page import Page, ask
from cards.kit.when import day
from cards.kit.who import facilitator, led, named_for
from cards.learning.learning import type_up
from cards.preparation import family
from cards.preparation.family import lead_name
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.learning.agencies import Recording, has_words, recording_of, who_came, wordless
from records.learning.document import LearningDocument
from records.partnership.sections import SectionKind
from records.people import Participant

KIND: Final = "learning"
"""What the document is called where files are asked for."""
BLOCK: Final = 8_000
"""Characters of one agency's learning that a card shows; an answer has half as many."""


def document_button(it: Conversation) -> Action:
    """Asks for the Word file."""
    return act(wording.GET_DOCUMENT, "file.get", {"kind": KIND, "conversation": it.id})


def sure(it: Conversation, document: LearningDocument) -> Card:
    """Who gets it and what is still empty, before it is shared."""
    data = {"conversation": it.id}
    typed = not it.captured.file
    empty = [one.section.heading for one in document.parts if typed and not one.is_filled]
    written = document.words_for
    unwritten = [one for one in _recordings(document) if one.key not in written]
    silent = [*dict.fromkeys(map(named_for, unwritten))]
    without = [one for one in who_came(it) if recording_of(one).key not in written]
    name = lead_name(it)
    return note(
        wording.SHARE_TITLE.format(reference=it.reference),
        wording.SHARE_WHO.format(name=name),
        wording.SHARE_EMPTY.format(sections="; ".join(empty)) if empty else "",
        wording.SHARE_EMPTY_AGENCY.format(agencies=", ".join(silent)) if silent else "",
        wording.SHARE_FULL if typed and not (empty or silent) else "",
        "" if typed else wording.UPLOAD_STANDS,
        "" if it.review_on else wording.SHARE_NO_REVIEW,
        wording.SHARE_CLOSES.format(name=name),
        _words(it, without),
        extra=family.later(it, it.facilitator),
        actions=[
            act(wording.SHARE_YES, "learning.share-yes", data, primary=True),
            act(wording.SHARE_NO, "learning.type-up", data),
        ],
    )


def _words(it: Conversation, without: Sequence[Participant]) -> str:
    """Whether there are words for each agency to copy, so that nobody is promised what is not
    there. `without` are those for whose agency there are none."""
    if not without:
        return wording.WORDS_FOR_ALL
    if len(without) == len(who_came(it)):
        return wording.WORDS_FOR_NONE
    names = dict.fromkeys(named_for(recording_of(one)) for one in without)
    return wording.WORDS_FOR_SOME.format(agencies=", ".join(names))


def _recordings(document: LearningDocument) -> tuple[Recording, ...]:
    found = (part for part in document.parts if part.section.kind is SectionKind.RECORDING)
    return tuple(one for part in found for one in part.recordings)


def shared(it: Conversation, zone: ZoneInfo, now: datetime, others: str = "") -> Card:
    """The facilitator's receipt, and where the document is from then on.

    `others` is what the lead worker wrote about anybody who is not in the conversation.
    """
    name, done = lead_name(it), it.captured.confirmed_at is not None
    out = it.captured.words_are_out(now)
    came = [one.id for one in who_came(it)]
    count = sum(it.captured.has_recorded(one) for one in came)
    again = act(wording.OPEN_AGAIN, "learning.open-again", {"conversation": it.id})
    title = wording.SHARED_DONE.format(reference=it.reference, name=name)
    if not out:
        by = it.captured.words_at
        more = wording.SHARED_NEXT_BY.format(name=name, day=day(by, zone)) if by else ""
        more = more or wording.SHARED_NEXT.format(name=name)
        warn = family.later(it, it.facilitator)
        words = _words(it, wordless(it))
        return receipt(title, more, words, extra=warn, actions=[document_button(it), again])
    passed = wording.SHARED_PASSED_ON if done else wording.SHARED_WORDS_OUT
    return note(
        title,
        passed.format(name=name),
        _words(it, wordless(it)),
        wording.SHARED_RECORDED.format(done=count, all=len(came)),
        rows=[(wording.PASSED_ON_WHO, _names(it))],
        extra=[
            *([small(wording.PASSED_ON_ELSE, gap=True), *said(others)] if others else []),
            *family.later(it, it.facilitator),
            small(wording.NOBODY_WATCHES, gap=True),
        ],
        actions=[document_button(it)],
        typed_title=True,
    )


def _names(it: Conversation) -> str:
    people = (it.person(who) for who in it.captured.shared_with)
    return ", ".join(one.name for one in people if one is not None)


def opened_again(it: Conversation) -> Card:
    """The sections are open."""
    return note(opened_again_title(it), actions=[type_up(it)])


def opened_again_title(it: Conversation) -> str:
    """That in one line."""
    return wording.OPENED_AGAIN.format(reference=it.reference)


def came(it: Conversation, zone: ZoneInfo, now: datetime, *, reminder: bool = False) -> Card:
    """The lead worker gets the document, alone."""
    name = facilitator(it)
    again = it.captured.shares > 1
    why = wording.LEARNING_CAME_AGAIN if again else wording.LEARNING_CAME
    why = wording.LEARNING_REMIND if reminder else why
    passed = {"flow": "passed-on", "conversation": it.id}
    return note(
        why.format(name=name, reference=it.reference),
        wording.LEARNING_CAME_ALONE,
        _then(it, zone, now),
        _words(it, wordless(it)),
        extra=family.later(it, it.lead),
        actions=[document_button(it), act(wording.PASSED_ON, "flow.open", passed, primary=True)],
        typed_title=True,
    )


def _then(it: Conversation, zone: ZoneInfo, now: datetime) -> str:
    """What is asked of the lead worker, and when the words go to each agency."""
    if it.captured.words_are_out(now):
        return wording.LEARNING_CAME_OUT
    by = it.captured.words_at
    if by is None:
        return wording.LEARNING_CAME_THEN
    return wording.LEARNING_CAME_BY.format(day=day(by, zone))


def returned(it: Conversation) -> Card:
    """The lead worker opens the document while the facilitator puts something right."""
    title = wording.LEARNING_RETURNED.format(name=facilitator(it), reference=it.reference)
    return note(title, typed_title=True)


def _somebody(value: str, info: ValidationInfo) -> str:
    if not value and not info.data.get("shared_with"):
        about = {"sentence": wording.PASSED_ON_MISSING, "at": "shared_with"}
        raise PydanticCustomError("none", "{sentence}", about)
    return value


class PassedOn(AnswerModel):
    """With whom the lead worker shared the document."""

    shared_with: Annotated[tuple[str, ...], BeforeValidator(chosen)] = ()
    shared_others: Annotated[Optional, AfterValidator(_somebody)] = ModelField(
        "", validate_default=True
    )


PASSED_ON_FIELDS: Final = (
    ChoiceField(
        "shared_with", lambda: wording.PASSED_ON_WHO, of="people", many=True, required=False
    ),
    TextField("shared_others", lambda: wording.PASSED_ON_OTHERS, required=False),
)


def passed_on(page: Page) -> Card:
    """Ticks for the people of the conversation, and words for anybody else. The family is offered
    where they know of it."""
    beside = [] if page.fact("family") or page.away else [small(wording.PASSED_ON_FAMILY)]
    return ask(
        page,
        page.fact("reference"),
        wording.PASSED_ON_TITLE,
        PASSED_ON_FIELDS,
        intro=[small(wording.CAME_TICKED)] if page.away else family.on_page(page, PASSED_ON_FIELDS),
        after=beside,
        seen_by=wording.PASSED_ON_SEEN,
        next_title=wording.PASSED_ON_CONFIRM,
    )


def passed_on_done(it: Conversation) -> Card:
    """The lead worker's receipt."""
    data = {"flow": "passed-on", "conversation": it.id}
    change = act(wording.PASSED_ON_CHANGE, "flow.open", data)
    before = it.captured.words_due != it.captured.confirmed_at
    return receipt(
        wording.PASSED_ON_DONE.format(reference=it.reference),
        wording.PASSED_ON_OUT if before else wording.PASSED_ON_NEXT,
        _words(it, wordless(it)),
        extra=family.later(it, it.lead),
        actions=[document_button(it), change],
    )


def to_record(
    it: Conversation,
    recording: Recording,
    zone: ZoneInfo,
    who: str,
    *,
    reminder: bool = False,
    done: bool = False,
) -> Card:
    """The words for one agency, as plain text to copy; to read again where that is `done`. Where
    there are none it says so, and what to do instead."""
    how = wording.RECORD_HOW if recording.text else wording.RECORD_EMPTY
    if done:
        how = wording.RECORDED_ALREADY if recording.text else wording.RECORDED_EMPTY
    why = wording.RECORD_REMIND if reminder else wording.RECORD_WHY
    why = wording.RECORD_AGAIN if done else why
    agency = recording.agency or wording.RECORD_YOUR_AGENCY
    recorded = act(wording.RECORDED, "learning.recorded", {"conversation": it.id}, primary=True)
    return build(
        [
            line(why.format(reference=it.reference, agency=agency), title=True),
            *family.later(it, who),
            para(how),
            box(_block(it, recording, zone)),
            small(wording.NOBODY_WATCHES, gap=True),
        ],
        [] if done else [recorded],
    )


def _block(it: Conversation, recording: Recording, zone: ZoneInfo) -> list[CardElement]:
    when = day(it.booking.start, zone) if it.booking else ""
    text = shortened(recording.text, BLOCK)[0]
    lines = [
        wording.RECORD_BLOCK_TITLE.format(reference=it.reference),
        wording.RECORD_BLOCK_DATE.format(day=when),
        wording.RECORD_BLOCK_FACILITATOR.format(name=led(it)),
        wording.RECORD_BLOCK_AGENCY.format(agency=recording.agency or wording.DOC_NO_AGENCY),
        wording.RECORD_BLOCK_LEARNING,
        *(part for part in text.splitlines() if part.strip()),
    ]
    return [
        RichTextBlock(id=SAID, inlines=[TextRun(text=one, font_type="Monospace")], spacing="Small")
        for one in lines
    ]


def recorded(it: Conversation, who: str) -> Card:
    """Nothing of the words stays on the card, but the way to them, where there are any."""
    title, warns = wording.RECORDED_DONE.format(reference=it.reference), family.later(it, who)
    if not has_words(it, who):
        return receipt(title, wording.RECORDED_NEXT_EMPTY, extra=warns)
    words = again(it, wording.WORDS_AGAIN)
    return receipt(title, wording.RECORDED_NEXT, extra=warns, actions=[words])


def again(it: Conversation, title: str) -> Action:
    """The words of one's own agency, once more."""
    return act(title, "learning.record", {"conversation": it.id})

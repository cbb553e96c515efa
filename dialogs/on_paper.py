"""The partnership's forms as files: the request and the feedback for who wrote them, the agreement
for the facilitator, and a page of words for the lead worker. Source: the paper's own forms."""

import asyncio
from collections.abc import Callable
from types import ModuleType
from typing import Final

from cards.kit.files import AGREEMENT, FEEDBACK_FORM, REQUEST_FORM, SHEET
from cards.rights.beside import noted
from cards.wording import wording
from dialogs.files.files import WORD, FileKind, Kinds, Made, NotThere
from dialogs.turn.access import Right, attendee
from dialogs.turn.context import Context
from records.conversation.readiness import Told
from records.conversation.snapshot import Snapshot

Draw = Callable[[ModuleType], bytes]


async def _request(context: Context, file: Snapshot) -> Made:
    it, zone, now = file.conversation, context.services.zone, context.now
    story = noted(file).answers_of("request", it.requester.id)
    if story is None:
        raise NotThere
    body = await asyncio.to_thread(_drawn, lambda on: on.request_form(it, story, zone, now))
    return _made(wording.REQUEST_FORM_NAME, wording.REQUEST_FORM_CALLED, it.reference, body)


async def _feedback(context: Context, file: Snapshot) -> Made:
    it, zone, now = file.conversation, context.services.zone, context.now
    me = attendee(context.who, it)
    given = noted(file).answers_of("feedback", me.id) if me is not None else None
    if me is None or given is None:
        raise NotThere
    body = await asyncio.to_thread(_drawn, lambda on: on.feedback_form(it, me, given, zone, now))
    return _made(wording.FEEDBACK_FORM_NAME, wording.FEEDBACK_FORM_CALLED, it.reference, body)


async def _agreement(context: Context, file: Snapshot) -> Made:
    it, zone, now = file.conversation, context.services.zone, context.now
    body = await asyncio.to_thread(_drawn, lambda on: on.agreement(it, zone, now))
    return _made(wording.AGREEMENT_NAME, wording.AGREEMENT_CALLED, it.reference, body)


async def _what_to_say(context: Context, file: Snapshot) -> Made:
    """None while it is not safe or not right that anybody in the family knows."""
    it, now = file.conversation, context.now
    if it.telling is not None and it.telling.how is Told.NOT_SAFE:
        raise NotThere
    body = await asyncio.to_thread(_drawn, lambda on: on.what_to_say(it.request.about, now))
    return _made(wording.SHEET_NAME, wording.SHEET_CALLED, it.reference, body)


def _drawn(draw: Draw) -> bytes:
    from cards import on_paper  # python-docx loads in this thread, for a file only

    return draw(on_paper)


def _made(name: str, called: str, reference: str, body: bytes) -> Made:
    return Made(name.format(reference=reference), called.format(reference=reference), WORD, body)


FILES: Final[Kinds] = {
    REQUEST_FORM: FileKind(Right.SEE_WHERE, _request),
    FEEDBACK_FORM: FileKind(Right.FEEDBACK, _feedback),
    AGREEMENT: FileKind(Right.PACK, _agreement),
    SHEET: FileKind(Right.TELLING, _what_to_say),
}

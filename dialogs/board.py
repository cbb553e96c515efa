"""The board, for members of the facilitation team: lists, a search, one conversation.

Which conversations are shown comes from the board's own rows (`records.board`), what is said of the
few of a page from their records; only the one that is opened is loaded, and its story stays closed.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final

from cards import board as cards
from cards.answers import MAX_SHORT
from cards.wording import wording
from dialogs import access
from dialogs.access import Right
from dialogs.events import Reply
from dialogs.flows import text
from dialogs.hands import Action, Command, Hands
from dialogs.visit import Visit
from records import board
from records.as_it_is import found_now, page_now
from records.board import Page, View
from records.entries import entry
from records.file import File
from records.prompt import State
from records.request import Part


async def show(visit: Visit, view: View = View.ALL, after: str = "") -> Reply:
    """How many stand in each list, and one page of the chosen one."""
    if not await _member(visit):
        return access.for_facilitators(visit, "board")
    store, me = visit.desk.register.store, visit.person.key
    until = _today_ends(visit)

    async def how_many(one: View) -> int:
        by = until if one is View.DUE else None
        return await board.count(store, board.of_view(one, me), until=by)

    by = until if view is View.DUE else None
    counts = await asyncio.gather(*map(how_many, cards.TILES))
    dates = visit.desk.register.timetable
    page = await page_now(store, dates, board.of_view(view, me), after=after, until=by)
    numbers = dict(zip(cards.TILES, counts, strict=True))
    card = cards.board(view, numbers, page, visit.now, visit.desk.zone)
    return Reply(card, wording.BOARD_SUMMARY)


async def find(visit: Visit, words: str, after: str = "") -> Reply:
    """By reference, else by the words of an agency's name. Never finds words of a story."""
    if not await _member(visit):
        return access.for_facilitators(visit, "board")
    register, problem = visit.desk.register, ""
    words = " ".join(words.split())
    if len(words) > MAX_SHORT or not board.words(words):
        problem, page = wording.BOARD_FIND_EMPTY, Page(())
    else:
        page = await found_now(register.store, register.timetable, words, after=after)
    card = cards.found(words[:MAX_SHORT], page, visit.now, visit.desk.zone, problem=problem)
    return Reply(card, wording.BOARD_SUMMARY)


async def open_one(visit: Visit, conversation: str, view: View) -> Reply:
    """Where one conversation stands and who was reached; for whoever facilitates it, the way on."""
    file = await visit.file(conversation)
    member = await _member(visit)
    if file is None or not access.may(visit, file.conversation, Right.ON_BOARD, member=member):
        return access.refuse(visit, "board", conversation)
    it, own = file.conversation, access.is_facilitator(visit, file.conversation)
    sees = access.may(visit, it, Right.SEE_REACH, member=member)
    card = cards.one(
        it,
        entry(it, visit.desk.register.timetable),
        _reach(file) if sees else (),
        view,
        visit.desk.zone,
        own=own,
        open_to_them=access.may(visit, it, Right.PICK_UP, member=member),
    )
    return Reply(card, it.reference)


def _reach(file: File) -> tuple[tuple[str, str], ...]:
    """Name and how they were reached, of everybody named but the facilitator."""
    away = {one.who for one in file.conversation.unreached if one.still}
    sent = {one.to for one, _ in file.prompts.values() if one.state is State.SENT}
    found = []
    for one in file.conversation.people:
        if one.part is Part.FACILITATOR:
            continue
        how = wording.REACH_TEAMS if one.id in sent else wording.REACH_NONE
        found.append((one.name, wording.REACH_NOT if one.id in away else how))
    return tuple(found)


async def _member(visit: Visit) -> bool:
    return await visit.desk.facilitators.is_member(visit.person)


def _today_ends(visit: Visit) -> datetime:
    office = visit.desk.register.timetable.office
    tomorrow = office.local(visit.now).date() + timedelta(days=1)
    return office.at(tomorrow, time(0)) - timedelta(seconds=1)


def _view(data: Mapping[str, Any]) -> View:
    name = text(data, "view")
    return View(name) if name in set(View) else View.ALL


def _typed(data: Mapping[str, Any]) -> str:
    value = data.get("find", "")
    return value if isinstance(value, str) else ""


async def _show(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    return await show(visit, _view(data), text(data, "after"))


async def _find(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    return await find(visit, _typed(data), text(data, "after"))


async def _open(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    return await open_one(visit, text(data, "conversation"), _view(data))


TAPS: Final[Mapping[str, Action]] = {
    "board.show": _show,
    "board.find": _find,
    "board.more": _find,
    "board.open": _open,
}
"""What each tap on the board does."""

COMMANDS: Final[Mapping[str, Command]] = {"board": lambda hands, visit: show(visit)}
"""What can be typed."""

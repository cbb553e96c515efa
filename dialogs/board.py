"""The board, for members of the facilitation team: lists, a search, one conversation.

Which conversations are shown comes from the board's own rows (`records.board.board`), what is said
of the few of a page from their records; only the one that is opened is loaded, and its story stays
closed.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from cards import board as cards
from cards.kit.answers import MAX_SHORT
from cards.kit.who import number_in
from cards.wording import wording
from dialogs.booking import pick_up
from dialogs.turn.access import Right, Role, may, roles
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Command, Plain, Route, Where
from records.board import board
from records.board.as_it_is import found_now, page_now
from records.board.board import BoardPage
from records.board.list_entry import ListEntry, entry, seen_by_others
from records.board.places import BoardView, of_view
from records.board.places import words as words_of_places
from records.conversation.conversation import Conversation
from records.conversation.correcting import may_be_corrected
from records.conversation.snapshot import Snapshot
from records.outbox.prompt import State
from records.people import Part


async def show(context: Context, view: BoardView = BoardView.ALL, after: str = "") -> Reply:
    """How many stand in each list, and one page of the chosen one."""
    store, me = context.services.store, context.person.key
    until = _today_ends(context)

    async def how_many(one: BoardView) -> int:
        by = until if one is BoardView.DUE else None
        return await board.count(store, of_view(one, me), until=by)

    by = until if view is BoardView.DUE else None
    counts = await asyncio.gather(*map(how_many, cards.TILES))
    dates = context.services.timetable
    page = await page_now(store, dates, of_view(view, me), after=after, until=by)
    page = replace(page, entries=tuple(_seen(context, one) for one in page.entries))
    numbers = dict(zip(cards.TILES, counts, strict=True))
    card = cards.board(view, numbers, page, context.now, context.services.zone)
    return Reply(card, wording.BOARD_SUMMARY)


async def find(context: Context, words: str, after: str = "") -> Reply:
    """By reference, else by the words of an agency's name. Never finds words of a story."""
    services, problem = context.services, ""
    words = " ".join(words.split())
    if len(words) > MAX_SHORT or not words_of_places(words):
        problem, page = wording.BOARD_FIND_EMPTY, BoardPage(())
    else:
        page = await found_now(services.store, services.timetable, words, after=after)
        found = [await _found(context, one) for one in page.entries]
        page = replace(page, entries=tuple(one for one in found if one is not None))
    card = cards.found(words[:MAX_SHORT], page, context.now, context.services.zone, problem=problem)
    return Reply(card, wording.BOARD_SUMMARY)


def _seen(context: Context, one: ListEntry) -> ListEntry:
    """A row as this person sees it: of one that is theirs, whole."""
    return one if one.facilitator in context.person.keys else seen_by_others(one)


async def _found(context: Context, one: ListEntry) -> ListEntry | None:
    """What was found, as this person sees it; nothing of one that few may know of, for others."""
    it = await context.record(one.conversation) if one.restricted else None
    if it is None:
        return None if one.restricted else seen_by_others(one)
    await context.one_of_few(it)
    return one if may(context.who, it, Right.ON_BOARD) else None


async def _by_reference(context: Context, it: Conversation) -> Reply:
    """One that is shown by its reference alone, whatever the reason."""
    return Reply(cards.by_reference(it.reference), it.reference)


async def _open(context: Context, it: Conversation, data: Data) -> Reply:
    """Where one conversation stands and who was reached; for whoever facilitates it, the way on."""
    if Role.GATEKEEPER in roles(context.who, it) and not pick_up.facilitates(context, it):
        return await pick_up.where(context, it)
    reach: tuple[cards.Reached, ...] = ()
    if context.file is not None and context.may(Right.SEE_REACH):
        reach = _reach(context.file, may_correct=context.may(Right.CORRECT))
    await context.leads_the_team()
    card = cards.one(
        it,
        entry(it, context.services.timetable),
        reach,
        _view(data),
        context.services.zone,
        own=Role.FACILITATOR in roles(context.who, it),
        open_to_them=context.may(Right.PICK_UP),
        leads=context.may(Right.SEE_CHANGES),
    )
    return Reply(card, it.reference)


def _reach(file: Snapshot, *, may_correct: bool) -> tuple[cards.Reached, ...]:
    """How everybody named was reached, but the facilitator; and whose address can be put right."""
    it = file.conversation
    away = {one.who for one in file.conversation.unreached if one.still}
    sent = {one.to for one, _ in file.prompts.values() if one.state is State.SENT}
    found = []
    wrong = {one.old for one in it.changes.replaced if one.corrected}
    for one in it.people:
        if one.part is Part.FACILITATOR or one.id in wrong:
            continue
        how = wording.REACH_TEAMS if one.id in sent else wording.REACH_NONE
        corrects = may_correct and may_be_corrected(it, one.id) is not None
        number = number_in(one.contact)
        ring = wording.REACH_NOT_NUMBER.format(number=number) if number else wording.REACH_NOT
        said = ring if one.id in away else how
        found.append(cards.Reached(one.name, said, one.id if corrects else ""))
    return tuple(found)


def _today_ends(context: Context) -> datetime:
    office = context.services.timetable.office
    tomorrow = office.local(context.now).date() + timedelta(days=1)
    return office.at(tomorrow, time(0)) - timedelta(seconds=1)


def _view(data: Data) -> BoardView:
    name = data.text("view")
    return BoardView(name) if name in set(BoardView) else BoardView.ALL


def _typed(data: Data) -> str:
    value = data.get(cards.SOUGHT, data.get("find", ""))
    return value if isinstance(value, str) else ""


async def _board(context: Context) -> Reply:
    return await show(context)


async def _show(context: Context, data: Data) -> Reply:
    return await show(context, _view(data), data.text("after"))


async def _find(context: Context, data: Data) -> Reply:
    return await find(context, _typed(data), data.text("after"))


ROUTES: Final = (
    Plain("board.show", _show, team=True),
    Plain("board.find", _find, team=True),
    Plain("board.more", _find, team=True),
    Route("board.open", Right.ON_BOARD, _open),
)
"""What each tap on the board does."""

WHERE: Final[Mapping[Right, Where]] = {Right.ON_BOARD: _by_reference}
COMMANDS: Final = (Command(("board",), _board, team=True),)

"""The evaluation, for members of the facilitation team: a period's figures, and its files.

Everything is read from the rows of closed periods and from what is kept beside the board
(`records.evaluation.queries`): no story is opened for it.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cards.evaluation import evaluation as cards
from cards.evaluation.report import Reported
from cards.wording import wording
from dialogs.files.files import WORD, Kinds, Made, NotThere, TeamFile
from dialogs.turn.access import Right, may
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Command, Plain
from records.evaluation.periods import Period
from records.evaluation.queries import (
    Evaluated,
    conversations_of,
    every_evaluated,
    latest,
    quarters_of,
)
from records.evaluation.quotes import Standing
from records.evaluation.released import all_released
from records.register.projections import own_conversations

EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_QUOTES: Final = 200
"""Words of one answer in a file."""


async def every(context: Context) -> tuple[Evaluated, ...]:
    """Every period there is, the oldest first."""
    services = context.services
    return await every_evaluated(services.store, context.now, services.partnership)


def carried(there: Sequence[Evaluated], data: Data) -> Evaluated | None:
    """The period that a card carried; failing that the one closed last, or else the newest. None
    before the first request."""
    key = data.text("in")
    return next((one for one in there if one.period.key == key), None) or latest(there)


def key_of(data: Data) -> str:
    """The key of the period that a card carried; empty where it is none."""
    found = Period.of_key(data.text("in"))
    return found.key if found else ""


async def count_readable(context: Context, standing: Standing) -> int:
    """How many words with this standing this reader may read, of the first hundred that are kept:
    those of conversations that they have no part in, so that a button counts what is behind it. Of
    one that few may know of the right itself is asked."""
    store = context.services.store
    own = await own_conversations(store, *context.person.keys)
    there = [one for one in await conversations_of(store, standing) if one.conversation not in own]
    few = {one.conversation for one in there if one.restricted}
    hidden = {key for key in few if not await _may_release(context, key)}
    return sum(one.conversation not in hidden for one in there)


async def _may_release(context: Context, key: str) -> bool:
    it = await context.record(key)
    if it is None:
        return False
    await context.reads_of(it)
    return may(context.who, it, Right.RELEASE_WORDS)


async def show(context: Context, found: Evaluated | None) -> Reply:
    """One card with what matters of a period."""
    if found is None:
        return Reply(cards.nothing_yet(), wording.EVALUATION_NEVER)
    unread = await count_readable(context, Standing.UNREAD)
    return Reply(cards.evaluation(found, unread), wording.EVALUATION_SUMMARY)


async def _show(context: Context, data: Data) -> Reply:
    there = await every(context)
    if cards.PERIOD not in data or cards.BACK in data:
        return await show(context, carried(there, data))
    chosen = next((one for one in there if one.period.key == data.text(cards.PERIOD)), None)
    if chosen is None:
        return _chosen_of(there, data, wording.PERIOD_GONE)
    return await show(context, chosen)


async def _all(context: Context, data: Data) -> Reply:
    there = await every(context)
    found = carried(there, data)
    if found is None or found.closed_at is None:
        return await show(context, found)
    return Reply(cards.every_figure(found, quarters_of(found, there)), wording.EVALUATION_ALL)


async def _choose(context: Context, data: Data) -> Reply:
    return _chosen_of(await every(context), data, "")


def _chosen_of(there: Sequence[Evaluated], data: Data, problem: str) -> Reply:
    now = carried(there, data)
    if now is None:
        return Reply(cards.nothing_yet(), wording.EVALUATION_NEVER)
    return Reply(cards.choose(there, now.period.key, problem), wording.PERIOD_TITLE)


# Files --------------------------------------------------------------------------------------------


async def _ready(context: Context, key: str) -> Reported:
    """What a file is made of: of a period that is closed, and of no other."""
    there = await every(context)
    found = next((one for one in there if one.period.key == key), None)
    if found is None or found.closed_at is None:
        raise NotThere
    services = context.services
    of = services.partnership
    quotes = await all_released(services.store, found, of, most=MOST_QUOTES)
    return Reported(found, quarters_of(found, there), quotes)


async def _workbook(context: Context, key: str) -> Made:
    ready = await _ready(context, key)
    body = await asyncio.to_thread(_drawn, ready, context.now)
    return Made(_name(wording.WORKBOOK_NAME, ready), wording.WORKBOOK_CALLED, EXCEL, body)


async def _report(context: Context, key: str) -> Made:
    ready = await _ready(context, key)
    body = await asyncio.to_thread(_written, ready, context.now)
    return Made(_name(wording.REPORT_NAME, ready), wording.REPORT_CALLED, WORD, body)


def _drawn(ready: Reported, at: datetime) -> bytes:
    # XlsxWriter loads in this thread, for a file only.
    from cards.evaluation.workbook import workbook

    return workbook(ready, at)


def _written(ready: Reported, at: datetime) -> bytes:
    # python-docx and matplotlib load in this thread, for a file only.
    from cards.evaluation.report_word import report

    return report(ready, at)


def _name(pattern: str, ready: Reported) -> str:
    days = {
        "first": ready.of.period.first.isoformat(),
        "last": ready.of.period.last.isoformat(),
    }
    return pattern.format(**days)


FILES: Final[Kinds] = {
    cards.WORKBOOK: TeamFile(_workbook),
    cards.REPORT: TeamFile(_report),
}
"""The evaluation's files."""


async def _latest(context: Context) -> Reply:
    return await show(context, latest(await every(context)))


ROUTES: Final = (
    Plain("evaluation.show", _show, team=True, readers=True),
    Plain("evaluation.all", _all, team=True, readers=True),
    Plain("evaluation.choose", _choose, team=True, readers=True),
)
"""What each tap on the figures does."""
COMMANDS: Final = (Command(("evaluation",), _latest, team=True, readers=True),)
"""What can be typed: it begins with the period that was closed last."""

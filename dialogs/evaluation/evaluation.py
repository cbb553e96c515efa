"""The evaluation, for members of the facilitation team: a period's figures, and its files.

Everything is read from what is kept beside the board (`records.evaluation.queries`): no story is
opened for it.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from cards.evaluation import evaluation as cards
from cards.wording import wording
from dialogs.files.files import WORD, Kinds, Made, NotThere, TeamFile
from dialogs.turn.access import Right, may
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Command, Plain
from records.evaluation.figures import Figures
from records.evaluation.periods import Period, quarter, year
from records.evaluation.queries import all_released, conversations_of, kept_figures
from records.evaluation.quotes import Quote, Standing
from records.register.projections import own_conversations

EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_DAYS: Final = 12 * 366
MOST_QUOTES: Final = 200
"""Released words of one answer in a file; with more it says so."""


def today(context: Context) -> date:
    """The partnership's own day."""
    return context.services.timetable.office.local(context.now).date()


def named(name: str, day: date) -> Period | None:
    """A period by its name on the card."""
    match name:
        case "quarter":
            return quarter(day)
        case "last-quarter":
            return quarter(day, 1)
        case "year":
            return year(day)
        case "last-year":
            return year(day, 1)
        case _:
            return None


def carried(context: Context, data: Data) -> Period:
    """The period a card carried; failing that the quarter before this one."""
    found = Period.of_key(data.text("in"))
    if found is None or (found.last - found.first).days > MOST_DAYS:
        return quarter(today(context), 1)
    return found


async def figures_of(context: Context, period: Period) -> Figures:
    """The figures of a period as they stand now."""
    services = context.services
    return await kept_figures(services.store, period, context.now, services.partnership)


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


async def show(context: Context, period: Period) -> Reply:
    """One card with all figures of a period."""
    found = await figures_of(context, period)
    unread = await count_readable(context, Standing.UNREAD)
    return Reply(cards.evaluation(found, unread), wording.EVALUATION_SUMMARY)


async def _show(context: Context, data: Data) -> Reply:
    if "period" not in data or cards.BACK in data:
        return await show(context, carried(context, data))
    answers = {name: data.text(name) for name in ("period", "first", "last")}
    chosen = named(answers["period"], today(context)) or Period.of_key(
        f"{answers['first']}_{answers['last']}"
    )
    if chosen is not None and (chosen.last - chosen.first).days <= MOST_DAYS:
        return await show(context, chosen)
    problem = wording.PERIOD_DATES if chosen is None else wording.PERIOD_LONG
    return await _choose_with(context, carried(context, data), answers, problem)


async def _choose(context: Context, data: Data) -> Reply:
    return await _choose_with(context, carried(context, data), {}, "")


async def _choose_with(
    context: Context, period: Period, answers: Mapping[str, Any], problem: str
) -> Reply:
    return Reply(cards.choose(period, answers, problem), wording.PERIOD_TITLE)


# Files --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Ready:
    """What a file is made of."""

    period: Period
    figures: Figures
    quotes: tuple[Quote, ...]


async def _ready(context: Context, key: str) -> _Ready:
    period = Period.of_key(key)
    if period is None or (period.last - period.first).days > MOST_DAYS:
        raise NotThere
    register = context.services.register
    office = register.timetable.office
    quotes = await all_released(register.store, period, office, most=MOST_QUOTES)
    return _Ready(period, await figures_of(context, period), quotes)


async def _workbook(context: Context, key: str) -> Made:
    ready = await _ready(context, key)
    body = await asyncio.to_thread(_drawn, ready, context.now)
    return Made(_name(wording.WORKBOOK_NAME, ready), wording.WORKBOOK_CALLED, EXCEL, body)


async def _report(context: Context, key: str) -> Made:
    ready = await _ready(context, key)
    body = await asyncio.to_thread(_written, ready, context.now)
    return Made(_name(wording.REPORT_NAME, ready), wording.REPORT_CALLED, WORD, body)


def _drawn(ready: _Ready, at: datetime) -> bytes:
    # XlsxWriter loads in this thread, for a file only.
    from cards.evaluation.workbook import workbook

    return workbook(ready.figures, ready.quotes, at)


def _written(ready: _Ready, at: datetime) -> bytes:
    # python-docx loads in this thread, for a file only.
    from cards.evaluation.report_word import report

    return report(ready.figures, ready.quotes, at)


def _name(pattern: str, ready: _Ready) -> str:
    days = {"first": ready.period.first.isoformat(), "last": ready.period.last.isoformat()}
    return pattern.format(**days)


FILES: Final[Kinds] = {
    cards.WORKBOOK: TeamFile(_workbook),
    cards.REPORT: TeamFile(_report),
}
"""The evaluation's files."""


async def _last_quarter(context: Context) -> Reply:
    return await show(context, quarter(today(context), 1))


ROUTES: Final = (
    Plain("evaluation.show", _show, team=True, readers=True),
    Plain("evaluation.choose", _choose, team=True, readers=True),
)
"""What each tap on the figures does."""
COMMANDS: Final = (Command(("evaluation",), _last_quarter, team=True, readers=True),)
"""What can be typed: it begins with the last whole quarter."""

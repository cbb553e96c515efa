"""The evaluation, for members of the facilitation team: a period's figures, and its files.

Everything is read from what is kept beside the board (`records.kept`): no story is opened for it.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cards import evaluation as cards
from cards.report_word import report
from cards.wording import wording
from cards.workbook import workbook
from dialogs import access
from dialogs.events import Reply
from dialogs.files import WORD, Kinds, Made, NotThere, TeamFile
from dialogs.flows import text
from dialogs.hands import Action, Command, Hands
from dialogs.visit import Visit
from records.figures import Figures
from records.kept import all_released, count_quotes, kept_figures
from records.periods import Period, quarter, year
from records.quotes import Quote, Standing

EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_DAYS: Final = 12 * 366
MOST_QUOTES: Final = 200
"""Released words of one answer in a file; with more it says so."""


def today(visit: Visit) -> date:
    """The partnership's own day."""
    return visit.desk.register.timetable.office.local(visit.now).date()


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


def carried(visit: Visit, data: Mapping[str, Any]) -> Period:
    """The period a card carried; failing that the quarter before this one."""
    found = Period.of_key(text(data, "in"))
    if found is None or (found.last - found.first).days > MOST_DAYS:
        return quarter(today(visit), 1)
    return found


async def figures_of(visit: Visit, period: Period) -> Figures:
    """The figures of a period as they stand now."""
    desk = visit.desk
    return await kept_figures(desk.register.store, period, visit.now, desk.partnership)


async def show(visit: Visit, period: Period) -> Reply:
    """One card with all figures of a period."""
    if not await visit.desk.facilitators.is_member(visit.person):
        return access.for_facilitators(visit, "evaluation")
    found = await figures_of(visit, period)
    unread = await count_quotes(visit.desk.register.store, Standing.UNREAD)
    return Reply(cards.evaluation(found, unread), wording.EVALUATION_SUMMARY)


async def _show(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    if "period" not in data:
        return await show(visit, carried(visit, data))
    answers = {name: text(data, name) for name in ("period", "first", "last")}
    chosen = named(answers["period"], today(visit)) or Period.of_key(
        f"{answers['first']}_{answers['last']}"
    )
    if chosen is not None and (chosen.last - chosen.first).days <= MOST_DAYS:
        return await show(visit, chosen)
    problem = wording.PERIOD_DATES if chosen is None else wording.PERIOD_LONG
    return await _choose_with(visit, carried(visit, data), answers, problem)


async def _choose(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    return await _choose_with(visit, carried(visit, data), {}, "")


async def _choose_with(
    visit: Visit, period: Period, answers: Mapping[str, Any], problem: str
) -> Reply:
    if not await visit.desk.facilitators.is_member(visit.person):
        return access.for_facilitators(visit, "evaluation")
    return Reply(cards.choose(period, answers, problem), wording.PERIOD_TITLE)


# Files --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Ready:
    """What a file is made of."""

    period: Period
    figures: Figures
    quotes: tuple[Quote, ...]


async def _ready(visit: Visit, key: str) -> _Ready:
    period = Period.of_key(key)
    if period is None or (period.last - period.first).days > MOST_DAYS:
        raise NotThere
    register = visit.desk.register
    office = register.timetable.office
    quotes = await all_released(register.store, period, office, most=MOST_QUOTES)
    return _Ready(period, await figures_of(visit, period), quotes)


async def _workbook(visit: Visit, key: str) -> Made:
    ready = await _ready(visit, key)
    body = await asyncio.to_thread(workbook, ready.figures, ready.quotes, visit.now)
    return Made(_name(wording.WORKBOOK_NAME, ready), wording.WORKBOOK_CALLED, EXCEL, body)


async def _report(visit: Visit, key: str) -> Made:
    ready = await _ready(visit, key)
    body = await asyncio.to_thread(report, ready.figures, ready.quotes, visit.now)
    return Made(_name(wording.REPORT_NAME, ready), wording.REPORT_CALLED, WORD, body)


def _name(pattern: str, ready: _Ready) -> str:
    days = {"first": ready.period.first.isoformat(), "last": ready.period.last.isoformat()}
    return pattern.format(**days)


FILES: Final[Kinds] = {
    cards.WORKBOOK: TeamFile(_workbook),
    cards.REPORT: TeamFile(_report),
}
"""The evaluation's files."""
TAPS: Final[Mapping[str, Action]] = {
    "evaluation.show": _show,
    "evaluation.choose": _choose,
}
"""What each tap on the figures does."""
COMMANDS: Final[Mapping[str, Command]] = {
    "evaluation": lambda hands, visit: show(visit, quarter(today(visit), 1))
}
"""What can be typed: it begins with the last whole quarter."""

"""Collating: evaluators read the words of a closed period, one answer at a time and without names,
and tick what each is about.

Who may is asked of each conversation: whoever is or was anything in it reads nothing of it. A card
that has words closes within the hour, so where somebody is, is kept.
"""

from typing import Final

from cards.evaluation import collating as cards
from cards.kit.answers import chosen
from cards.rights.beside import together
from cards.wording import wording
from dialogs.turn.access import Right, may
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Command, Plain
from records.conversation.conversation import Conversation
from records.evaluation import collating
from records.evaluation.closed import Closed, closed, closing_times, collated, every_closed
from records.evaluation.collating import MOST_THEMES, Collation, ToCollate
from records.evaluation.periods import Period
from records.retention.periods import words_until
from records.retention.scrubbing import NOTE
from records.rights.nameless import hiding_all


async def which(context: Context) -> Reply:
    """The closed periods; a year is its quarters."""
    store = context.services.store
    there = [one for one in await every_closed(store) if not one.parts]
    finished = frozenset(await collated(store))
    return Reply(cards.which(there, finished), wording.COLLATE)


async def _which(context: Context, data: Data) -> Reply:
    return await which(context)


async def _read(context: Context, data: Data) -> Reply:
    """From where this evaluator is; or from the first answer again."""
    period = await _period(context, data)
    if period is None:
        return await which(context)
    reading, place = _collation(context, period), ""
    if data.text("after") != cards.FIRST:
        place = await collating.up_to(context.services.store, period, context.person.mark)
    words = await reading.at(place) if place else None
    if words is not None:
        return await _show(context, period, reading, words)
    return await _after(context, period, reading, place)


async def _next(context: Context, data: Data) -> Reply:
    """What was ticked of an answer is kept; then the next one comes."""
    period = await _period(context, data)
    if period is None:
        return await which(context)
    reading, place = _collation(context, period), data.text("at")
    words = await reading.at(place)
    again = await _ticked(context, period, reading, words, data) if words is not None else None
    return again or await _after(context, period, reading, place)


async def _ask(context: Context, data: Data) -> Reply:
    """Whether it is finished: what is ticked on the card is kept first."""
    period = await _period(context, data)
    if period is None or not await _may_tick(context, period):
        return await which(context)
    reading = _collation(context, period)
    words = await reading.at(data.text("at"))
    again = await _ticked(context, period, reading, words, data) if words is not None else None
    return again or Reply(cards.finish(period), wording.COLLATE)


async def _finish(context: Context, data: Data) -> Reply:
    """It is finished: its themes are counted, once."""
    period = await _period(context, data)
    services = context.services
    if period is None or not services.partnership.evaluation.themes:
        return await which(context)
    if not await collating.is_collated(services.store, period) and await _is_gone(context, period):
        return await which(context)
    first = await collating.finish(services.store, services.partnership, period, context.now)
    return Reply(cards.finished(period, first=first), wording.COLLATE)


# --------------------------------------------------------------------------------------------------


async def _period(context: Context, data: Data) -> Period | None:
    """The closed period a card carried, no year; None where it is none."""
    found = Period.of_key(data.text("in"))
    there: Closed | None = await closed(context.services.store, found) if found else None
    return there.period if there is not None and not there.parts else None


def _collation(context: Context, period: Period) -> Collation:
    async def theirs(it: Conversation) -> bool:
        return may(context.who, it, Right.COLLATE)

    services = context.services
    return Collation(services.store, period, services.timetable.office, theirs)


async def _after(context: Context, period: Period, reading: Collation, place: str) -> Reply:
    words = await reading.after(place)
    if words is not None:
        return await _show(context, period, reading, words)
    may_finish = await _may_tick(context, period)
    any_there = await reading.after("") is not None
    card = cards.all_read(period, any_there=any_there, may_finish=may_finish)
    return Reply(card, wording.COLLATE)


async def _show(
    context: Context,
    period: Period,
    reading: Collation,
    words: ToCollate,
    *,
    problem: str = "",
    ticked: tuple[str, ...] | None = None,
) -> Reply:
    """One answer as this evaluator may read it; `ticked` is what could not be kept just now."""
    store, themes = context.services.store, None
    if await _may_tick(context, period):
        were = await collating.ticked(store, period, words)
        offered = context.services.partnership.evaluation.themes
        themes = cards.Themes(offered, were, were if ticked is None else ticked)
    await collating.note_place(store, period, context.person.mark, words.place)
    context.collated.append((words.conversation, words.by))
    shown = _without_names(reading, words)
    return Reply(cards.to_read(words, shown, period, themes, problem), wording.COLLATE)


def _without_names(reading: Collation, words: ToCollate) -> str:
    """An answer with the notes of its writer, and nobody named in it."""
    it, answers = reading.record(words)
    one = next(one for one in answers if (one.what, one.by) == (words.what, words.by))
    notes = (each for each in answers if (each.what, each.by) == (f"{NOTE}{one.what}", one.by))
    return hiding_all(it)(together(one, next(notes, None)).text(words.field).strip())


# Themes ------------------------------------------------------------------------------------------


async def _may_tick(context: Context, period: Period) -> bool:
    """Whether the partnership has themes, and this period's can still be counted."""
    if not context.services.partnership.evaluation.themes:
        return False
    if await collating.is_collated(context.services.store, period):
        return False
    return not await _is_gone(context, period)


async def _is_gone(context: Context, period: Period) -> bool:
    """Whether the time of its words is up: what was ticked went with them, so to count it now would
    say of each theme that few had it, for good."""
    services = context.services
    there = await closing_times(services.store)
    began = period.begins(services.timetable.office)
    return context.now >= words_until(began, services.timetable, there)


async def _ticked(
    context: Context, period: Period, reading: Collation, words: ToCollate, data: Data
) -> Reply | None:
    """Keep what was ticked on a card beside what the other evaluator has ticked since it was drawn;
    the card again where that cannot be, with all of it."""
    store, offered = context.services.store, context.services.partnership.evaluation.themes
    now, were = (_named(offered, data.get(name)) for name in (cards.THEMES, cards.WERE))
    if now == were:
        return None
    there = await collating.ticked(store, period, words)
    every = {*there, *now} - (were - now)
    found = tuple(one for one in offered if one in every)
    if len(found) > MOST_THEMES:
        problem = wording.THEMES_MANY
    elif await collating.tick(store, period, words, found):
        return None
    else:
        problem = wording.THEMES_OVER
    return await _show(context, period, reading, words, problem=problem, ticked=found)


def _named(offered: tuple[str, ...], marks: object) -> set[str]:
    """The themes that an input names."""
    found = chosen(marks)
    return {one for one in offered if cards.mark(one) in found}


ROUTES: Final = (
    Plain(cards.WHICH, _which, evaluators=True),
    Plain(cards.READ, _read, evaluators=True),
    Plain(cards.NEXT, _next, evaluators=True),
    Plain(cards.FINISH, _ask, evaluators=True),
    Plain(cards.FINISHED, _finish, evaluators=True),
)
COMMANDS: Final = (Command(("collate",), which, evaluators=True),)

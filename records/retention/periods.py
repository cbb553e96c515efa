"""When each part of a conversation goes: rules of the record alone, from its last step on.

Nothing of what is under way goes. Source: the partnership's file, `[kept]`.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from records.conversation.conversation import Conversation, Layer
from records.conversation.dates import Dates
from records.evaluation.periods import Period, longest_of
from records.learning.agencies import recording_of, represented
from records.stages import BEFORE_IT_TOOK_PLACE, CLOSED, Stage

NEVER_HELD: Final = frozenset({Stage.NOT_THIS_ROUTE, Stage.WITHDRAWN, Stage.ENDED})
"""Closed stages of a request that no conversation came of: all of it goes at one time."""


def ends(
    it: Conversation, dates: Dates, closed: Mapping[str, datetime] = MappingProxyType({})
) -> Mapping[Layer, datetime]:
    """When each part that is still kept is to go; nothing while anything may follow. `closed` says
    by their keys when periods of the evaluation were closed; one that is not will be in time.

    Names outlive what needs them to be read, and the trail outlives all. A rehearsal has an end of
    its own.
    """
    if it.practice or it.stage not in CLOSED:
        return {}
    kept, office = dates.partnership.kept, dates.office
    last = last_step(it)
    if it.stage in NEVER_HELD:
        gone = office.add_months(it.stage_since, kept.stopped_months)
        found = dict.fromkeys((Layer.ANSWERS, Layer.LEARNING, Layer.WORDS, Layer.PEOPLE), gone)
    else:
        began = it.booking.end if it.booking else it.stage_since
        found = {
            Layer.ANSWERS: office.add_months(it.stage_since, kept.answers_months),
            Layer.LEARNING: _learning(it, dates),
            Layer.WORDS: max(words_until(began, dates, closed), it.stage_since),
        }
        names = office.add_months(last, kept.names_months)
        found[Layer.PEOPLE] = max(names, found[Layer.ANSWERS], found[Layer.LEARNING])
    found[Layer.TRAIL] = max(office.add_months(last, 12 * kept.trail_years), *found.values())
    return {layer: at for layer, at in found.items() if not it.lacks(layer)}


def words_until(began: datetime, dates: Dates, closed: Mapping[str, datetime]) -> datetime:
    """Some months after the evaluation of its year is closed, or of its period where there is no
    year; of a day that is evaluated nowhere, as if it had been a period."""
    of, office = dates.partnership.evaluation, dates.office
    day = office.local(began).date()
    period = longest_of(of, day) or Period(first=day, last=day)
    latest = period.ends(office) + timedelta(weeks=of.closes_weeks)
    ended = min(closed.get(period.key, latest), latest)
    return office.add_months(ended, dates.partnership.kept.words_closed_months)


def last_step(it: Conversation) -> datetime:
    """When the last thing was done that belongs to the pathway."""
    captured = it.captured
    times = (
        captured.shared_at,
        captured.confirmed_at,
        *(one.first_at for one in captured.recorded),
        *(one.at for one in it.changes.reviewed),
    )
    return max((it.stage_since, *filter(None, times)))


def silent_from(it: Conversation, dates: Dates, last_act: datetime) -> datetime | None:
    """When it is asked whether it goes on, if nobody does anything more; None where it ends
    otherwise. A day that is booked is waited for."""
    if it.practice or it.stage not in BEFORE_IT_TOOK_PLACE:
        return None
    if it.booking is not None and it.stage is Stage.BOOKED:
        last_act = max(last_act, it.booking.end)
    return dates.office.add_months(last_act, dates.partnership.kept.silent_months)


def silent_until(it: Conversation, dates: Dates) -> datetime | None:
    """When it ends by itself, once that was asked and if nobody does anything."""
    if it.silent_asked is None:
        return None
    return dates.office.add_days(it.silent_asked, dates.partnership.kept.silent_answer_days)


def _learning(it: Conversation, dates: Dates) -> datetime:
    """Once every agency recorded it and its review is over, and after a time in any case."""
    kept, office, captured = dates.partnership.kept, dates.office, it.captured
    latest = office.add_months(it.stage_since, kept.learning_months)
    if captured.shared_at is None or not represented(it).keys() <= set(_recorded(it)):
        return latest
    recorded = max((one.first_at for one in captured.recorded), default=captured.shared_at)
    until = office.add_days(recorded, kept.learning_days)
    if it.review_on is not None:
        past = it.review_on + timedelta(days=kept.learning_review_days)
        answers = [one.at for one in it.changes.reviewed if one.day == it.review_on]
        review = min(answers, default=office.at(past, office.closes))
        until = max(until, review)
    return min(until, latest)


def _recorded(it: Conversation) -> Iterator[str]:
    """The agencies that have recorded their learning."""
    for one in it.captured.recorded:
        who = it.person(one.by)
        if who is not None:
            yield recording_of(who).key

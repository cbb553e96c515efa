"""Released words are shown of a closed period alone, from five writers in three conversations."""

from datetime import UTC, date, datetime

import pytest

from cards.wording import wording
from records.conversation.feedback import Answers
from records.evaluation.periods import Period
from records.evaluation.queries import Evaluated, next_of
from records.evaluation.quotes import Standing, quotes, rule
from records.evaluation.released import all_released, released
from records.people import Part, Participant, PersonKey
from records.register.register import Deed
from records.stages import Act
from tests.trips import Counting

READER = PersonKey("key-reader")
AT = datetime(2027, 6, 1, 10, tzinfo=UTC)
Q3 = Period(first=date(2026, 7, 1), last=date(2026, 9, 30))
Q4 = Period(first=date(2026, 10, 1), last=date(2026, 12, 31))
Q1 = Period(first=date(2027, 1, 1), last=date(2027, 3, 31))
ENDS = {Q3: "2026-08-11 10:00", Q4: "2026-11-10 10:00", Q1: "2027-02-09 10:00"}


def closed(period=Q4):
    return Evaluated(period=period, as_of=AT.date(), closed_at=AT)


def year(*quarters):
    whole = Period(first=date(2026, 4, 1), last=date(2027, 3, 31))
    keys = tuple(one.key for one in quarters)
    return Evaluated(period=whole, as_of=AT.date(), closed_at=AT, parts=keys)


class Told:
    """Conversations in which people said something that was released."""

    def __init__(self, story, register):
        self.story, self.register, self.number = story, register, 0

    async def conversation(self, *writers, period=Q4, field="happened"):
        """One in which these wrote, each a mail address's first part; their words are theirs."""
        self.number += 1
        key, end = f"c{self.number}", self.story.at(ENDS[period])
        there = tuple(
            Participant(id=f"w{n}", part=Part.OTHER, name="One", mail=f"{who}@care.example")
            for n, who in enumerate(writers)
        )
        it = self.story.held(ENDS[period])
        came = it.held.model_copy(update={"came": tuple(one.id for one in there)})
        it = it.with_(id=key, people=(*it.people, *there), held=came)
        await self.register.open(it, self.story.answers(), "r")
        for one, who in zip(there, writers, strict=True):
            words = Answers(
                what="feedback", by=one.id, version=1, at=end, texts={field: f"{who} in {key}"},
                scale=7, may_quote=True,
            )  # fmt: skip
            await self.register.change(
                key,
                Deed(Act.FEEDBACK, one.id, end),
                lambda now, by=one.id: now.give_feedback(end, by, complete=True),
                lambda _, words=words: (words,),
            )
        file = await self.register.file(key)
        for quote in quotes(file.conversation, [one for one, _ in file.answers.values()]):
            await self.register.change(
                key,
                Deed(Act.WORDS_RELEASED, READER, end),
                lambda now, quote=quote: rule(now, end, READER, quote, release=True),
            )


@pytest.fixture
def told(story, register):
    return Told(story, register)


async def shown(store, of=None, most=99):
    found = await all_released(store, of or closed(), wording.partnership, most=most)
    return [one.text for one in found]


async def test_five_writers_in_three_conversations_are_shown(told, store):
    await told.conversation("ada", "bea")
    await told.conversation("cy", "dot")
    assert await shown(store) == []
    await told.conversation("eve")
    assert len(await shown(store)) == 5


async def test_five_writers_in_two_conversations_are_not(told, store):
    await told.conversation("ada", "bea", "cy")
    await told.conversation("dot", "eve", "flo")
    assert await shown(store) == []
    await told.conversation("ada")
    assert len(await shown(store)) == 7


async def test_one_who_wrote_in_five_conversations_is_one_writer(told, store):
    for _ in range(5):
        await told.conversation("ada")
    assert await shown(store) == []


async def test_each_answer_is_a_list_of_its_own(told, store):
    for who in ("ada bea", "cy", "dot eve"):
        await told.conversation(*who.split())
        await told.conversation(who.split()[0], field="possibility")
    found = await shown(store)
    assert len(found) == 5


async def test_of_a_period_that_is_not_closed_nothing_is_shown(told, store):
    for who in ("ada", "bea", "cy", "dot", "eve"):
        await told.conversation(who)
    running = closed().model_copy(update={"closed_at": None})
    assert await shown(store, running) == []
    assert len(await shown(store)) == 5


async def test_a_year_shows_what_its_quarters_show_and_no_rest_that_is_small(told, store):
    for who in ("ada", "bea", "cy", "dot", "eve"):
        await told.conversation(who)
    await told.conversation("flo", "gil", period=Q3)
    found = await shown(store, year(Q3, Q4, Q1))
    assert len(found) == 5
    assert not any("flo" in text for text in found)


async def test_a_year_shows_the_rest_of_several_quarters_where_that_is_large_enough(told, store):
    await told.conversation("flo", "gil", period=Q3)
    await told.conversation("hal", "ida", period=Q1)
    assert await shown(store, year(Q3, Q4, Q1)) == []
    await told.conversation("jo", period=Q1)
    assert len(await shown(store, year(Q3, Q4, Q1))) == 5
    for quarter in (Q3, Q1):
        assert await shown(store, closed(quarter)) == []


async def test_they_come_a_few_at_a_time_to_the_last(told, store):
    for who in ("ada", "bea", "cy", "dot", "eve", "flo", "gil"):
        await told.conversation(who)
    after, seen = "", []
    for _ in range(3):
        of = wording.partnership
        found = await released(store, "happened", closed(), of, after=after, size=3)
        seen += [one.text for one in found.quotes]
        after = found.last
    assert not found.more
    assert sorted(seen) == sorted(await shown(store))
    assert len(seen) == 7


async def test_each_conversation_is_read_once_however_often_it_is_asked_of(told, store):
    for who in ("ada", "bea", "cy", "dot", "eve"):
        await told.conversation(who)
    counting = Counting(store)
    await all_released(counting, closed(), wording.partnership, most=9)
    assert len(counting.of("conversations")) == 5


async def test_whoever_may_release_reads_them_again_one_by_one(told, store):
    await told.conversation("ada", "bea")
    await told.conversation("cy", field="possibility")
    after, seen = "", []
    while (found := await next_of(store, Standing.RELEASED, after)).quotes:
        seen += [(one.conversation, one.field) for one in found.quotes]
        after = found.last
    assert seen == [("c1", "happened"), ("c1", "happened"), ("c2", "possibility")]

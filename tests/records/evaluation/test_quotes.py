"""Words that may be quoted: the tick, the ruling, and what undoes both."""

import asyncio
from datetime import date

import pytest

from records.board import board
from records.changes.stopping import stop
from records.conversation.feedback import Answers
from records.conversation.snapshot import RECORD, TABLE, read_file
from records.evaluation.closing import count
from records.evaluation.counted import counted
from records.evaluation.facts import ASKED, facts, from_row, to_row
from records.evaluation.periods import quarter
from records.evaluation.queries import conversations_of, next_of
from records.evaluation.quotes import FIELDS, Standing, quotes, rule
from records.evaluation.released import listed
from records.evaluation.standing import Records
from records.partnership.evaluated import Evaluation
from records.people import PersonKey
from records.register.projections import list_conversation
from records.register.register import Deed, Register
from records.register.repair import repair
from records.stages import Act, Stage, WrongStage
from records.store.codec import to_values
from records.store.contract import Row
from tests.trips import Counting

READER = PersonKey("key-reader")


def words(story, by="n", quote=True, **texts):
    at = story.at("2026-11-10 11:00")
    texts = texts or {"happened": "We listened."}
    return Answers(what="feedback", by=by, version=1, at=at, texts=texts, scale=7, may_quote=quote)


def given(story, *by):
    it = story.held()
    for who in by or ("n",):
        it = it.give_feedback(story.at("2026-11-10 11:00"), who, complete=True)
    return it


def test_only_ticked_words_of_those_who_came_may_be_quoted(story):
    it = given(story, "n", "o")
    assert [one.by for one in quotes(it, (words(story), words(story, "o", quote=False)))] == ["n"]
    gone = it.not_there(story.at("2026-11-10 12:00"), "n")
    assert quotes(gone, (words(story),)) == ()
    assert quotes(story.booked(), (words(story),)) == ()


def test_words_carry_the_question_that_they_answered(story):
    told = words(story).model_copy(update={"asked": {"happened": "What went well?"}})
    assert [one.asked for one in quotes(given(story), (told,))] == ["What went well?"]
    assert [one.asked for one in quotes(given(story), (words(story),))] == [""]


def test_every_text_is_read_by_itself_in_the_reports_order(story):
    every = words(story, possibility="Time.", happened="A.", difference_you="B.", learning="C.")
    found = quotes(given(story), (every,))
    assert [one.field for one in found] == ["happened", "learning", "possibility", "difference_you"]
    assert {one.standing for one in found} == {Standing.UNREAD}
    assert set(every.texts) <= set(FIELDS)


def test_a_ruling_holds_for_these_words_only(story):
    it, text = given(story), words(story)
    [quote] = quotes(it, (text,))
    at = story.at("2026-11-12 10:00")
    ruled = rule(it, at, READER, quote, release=True)
    assert quotes(ruled, (text,))[0].standing is Standing.RELEASED
    changed = words(story, happened="We listened, and more.")
    assert quotes(ruled, (changed,))[0].standing is Standing.UNREAD
    assert quotes(ruled, (words(story, quote=False),)) == ()


def test_a_release_can_be_taken_back_and_says_who_and_when(story):
    it, text = given(story), words(story)
    [quote] = quotes(it, (text,))
    first, later = story.at("2026-11-12 10:00"), story.at("2026-11-13 10:00")
    it = rule(it, first, READER, quote, release=True)
    it = rule(it, later, PersonKey("key-other"), quote, release=False)
    [now] = quotes(it, (text,))
    assert now.standing is Standing.KEPT_BACK
    assert (now.ruling.ruled_by, now.ruling.at) == ("key-other", later)
    assert len(it.rulings) == 1
    assert rule(it, later, READER, quote, release=False) == it  # said twice


def test_before_it_took_place_there_is_nothing_to_rule_on(story):
    [quote] = quotes(given(story), (words(story),))
    with pytest.raises(WrongStage):
        rule(story.booked(), story.at("2026-11-03 10:00"), READER, quote, release=True)


@pytest.mark.parametrize(("lead", "hoped"), [("r", "Room to think."), ("n", "")])
def test_a_hope_stands_beside_what_happened_only_where_both_are_the_same_persons(
    story, lead, hoped
):
    at = story.at("2027-01-06 10:00")
    it = story.held().give_outcome(at, lead)
    asked = story.answers().model_copy(update={"texts": {"hope_you": "Room to think."}})
    outcome = Answers(what="outcome", by="lead", version=2, at=at, may_quote=True,
                      texts={"outcome_you": "I sleep."})  # fmt: skip
    [found] = quotes(it, (asked, outcome))
    assert (found.field, found.text, found.hoped) == ("outcome_you", "I sleep.", hoped)


# What is kept beside the board ------------------------------------------------------------------


async def told(story, register, *, quote=True, **texts):
    """A held conversation with one answer, through the register."""
    it = story.held()
    await register.open(it, story.answers(), "r")
    at = story.at("2026-11-10 11:00")
    return await register.change(
        "c1",
        Deed(Act.FEEDBACK, "n", at),
        lambda now: now.give_feedback(at, "n", complete=True),
        lambda _: (words(story, quote=quote, **texts),),
    )


async def release(story, register, *, yes=True):
    file = await register.file("c1")
    [quote] = quotes(file.conversation, [one for one, _ in file.answers.values()])
    at = story.at("2026-11-12 10:00")
    act = Act.WORDS_RELEASED if yes else Act.WORDS_KEPT_BACK
    await register.change(
        "c1", Deed(act, READER, at), lambda now: rule(now, at, READER, quote, release=yes)
    )


Q4 = quarter(Evaluation(), date(2026, 11, 1))


async def shown(store, timetable):
    return [one.text for one in await all_of(store, timetable)]


async def all_of(store, timetable):
    """Every released words that still stand, whether so few may be shown or not."""
    records, of = Records(store), timetable.partnership
    return [one for field in FIELDS async for _, one in listed(records, field, Q4, of)]


async def test_words_are_kept_beside_the_board_only_once_they_are_released(
    story, register, store, timetable
):
    await told(story, register)
    rows = [row async for row in store.query(board.BOARD)]
    assert not any("We listened" in str(dict(row.values)) for row in rows)
    assert len(await conversations_of(store, Standing.UNREAD)) == 1
    assert await shown(store, timetable) == []
    await release(story, register)
    assert await shown(store, timetable) == ["We listened."]
    assert len(await conversations_of(store, Standing.UNREAD)) == 0
    await release(story, register, yes=False)
    assert await shown(store, timetable) == []
    assert (await next_of(store, Standing.KEPT_BACK)).quotes[0].text == ""


@pytest.mark.parametrize("change", ["untick", "other words"])
async def test_words_changed_after_their_release_are_gone_at_once(
    story, register, store, timetable, change
):
    await told(story, register)
    await release(story, register)
    at = story.at("2026-11-13 10:00")
    again = words(story, quote=False) if change == "untick" else words(story, happened="No.")
    await register.change(
        "c1",
        Deed(Act.FEEDBACK, "n", at),
        lambda now: now.give_feedback(at, "n", complete=True),
        lambda _: (again,),
    )
    assert await shown(store, timetable) == []
    assert len(await conversations_of(store, Standing.UNREAD)) == (change == "other words")


async def test_a_row_left_behind_quotes_nobody(story, register, store, timetable):
    await told(story, register)
    await release(story, register)
    file = await register.file("c1")
    [quote] = quotes(file.conversation, [one for one, _ in file.answers.values()])
    partition, _, key = quote.place.partition("/")
    await release(story, register, yes=False)
    await store.put(board.BOARD, Row(partition, key, to_values(quote)))
    assert await shown(store, timetable) == []


TAKEN_BACK = ("untick", "other words", "ruled again", "stopped", "unreadable")


@pytest.mark.parametrize("how", TAKEN_BACK)
async def test_words_taken_back_are_not_shown_though_no_list_says_so_yet(
    story, register, store, timetable, how
):
    await told(story, register)
    await release(story, register)
    before = await all_of(store, timetable)
    assert [one.text for one in before] == ["We listened."]
    late = Register(store, timetable, later=[].append)
    at = story.at("2026-11-13 10:00")
    again = words(story, quote=False) if how == "untick" else words(story, happened="No.")
    if how in ("untick", "other words"):
        deed = Deed(Act.FEEDBACK, "n", at)
        give = lambda now: now.give_feedback(at, "n", complete=True)  # noqa: E731
        await late.change("c1", deed, give, lambda _: (again,))
    elif how == "ruled again":
        await release(story, late, yes=False)
    elif how == "stopped":
        await late.change("c1", Deed(Act.STOP, "f", at), lambda now: stop(now, at))
    else:
        await store.put(TABLE, Row("c1", RECORD, {"stage": "nowhere"}))
    assert await shown(store, timetable) == []
    records = Records(store)
    assert not any([await records.still(one) for one in before])


async def test_released_words_of_one_conversation_cost_one_read_of_it(
    story, register, store, timetable
):
    await told(story, register, difference_you="I ask first.", possibility="Time.")
    file = await register.file("c1")
    at = story.at("2026-11-12 10:00")
    for quote in quotes(file.conversation, [one for one, _ in file.answers.values()]):
        deed = Deed(Act.WORDS_RELEASED, READER, at)
        await register.change(
            "c1", deed, lambda now, q=quote: rule(now, at, READER, q, release=True)
        )
    counting = Counting(store)
    found = await all_of(counting, timetable)
    assert len(found) == 2
    assert len(counting.of(TABLE)) == 1
    counting.taken()
    records = Records(counting)
    assert all(await asyncio.gather(*map(records.still, found)))
    assert len(counting.reads) == 1


async def corrupt(store, row, **wrong):
    """Other numbers in a row of the evaluation."""
    numbers = from_row(row.values).model_copy(update=wrong)
    await store.put(board.BOARD, Row(row.partition, row.key, to_row(numbers)))


async def test_kept_figures_are_those_of_the_conversations_and_repair_mends_them(
    story, register, store, timetable
):
    await told(story, register)
    for number in range(6):
        it = story.requested(identity=f"d{number}", at=f"2026-11-0{number + 2} 10:00")
        await register.open(it, story.answers(), "r")
    served = timetable.partnership

    async def recomputed():
        every = []
        for key in ("c1", *(f"d{number}" for number in range(6))):
            file = await read_file(store, key)
            answers = [one for one, _ in file.answers.values()]
            every.append(facts(file.conversation, answers, timetable))
        return counted(every, Q4, served)

    right = await recomputed()
    assert right.requests == 7
    assert right.held == 1
    assert await count(store, served, Q4) == right
    rows = [row async for row in store.query(board.BOARD, partition=ASKED)]
    for row in rows[:3]:
        await corrupt(store, row, agreed=True, level="4")
    await store.delete(board.BOARD, ASKED, rows[4].key)
    async for row in store.query(board.BOARD, partition="held"):
        await corrupt(store, row, came=90, in_time=50, stage=Stage.COMPLETE)
    assert await count(store, served, Q4) != right
    await repair(store, timetable)
    assert await count(store, served, Q4) == right


async def test_repair_keeps_released_words_and_brings_back_lost_ones(
    story, register, store, timetable
):
    await told(story, register)
    await release(story, register)
    for row in [row async for row in store.query(board.BOARD)]:
        await store.delete(board.BOARD, row.partition, row.key)
    assert await shown(store, timetable) == []
    await repair(store, timetable)
    assert await shown(store, timetable) == ["We listened."]


async def test_a_closed_request_is_counted_too(story, store, timetable):
    it = story.requested().decline(story.at("2026-11-03 10:00"))
    await list_conversation(store, it, timetable)
    found = await count(store, timetable.partnership, Q4)
    assert (found.requests, found.splits["became"]) == (1, {"not-this-route": 1})
    assert it.stage is Stage.NOT_THIS_ROUTE

"""Collation: what is read and ticked, that themes are counted once, and names taken out."""

from collections.abc import Sequence
from datetime import date

import pytest

from cards.wording import wording
from records.board.board import BOARD
from records.conversation.changes import Pause
from records.conversation.conversation import Conversation, Layer
from records.conversation.feedback import Answers
from records.conversation.snapshot import answers_row, record_row
from records.drafts import Drafts
from records.evaluation import collating
from records.evaluation.closed import Closed, closed, every_closed, keep_closed
from records.evaluation.collating import TABLE, Collation, ToCollate, finish, tick, ticked
from records.evaluation.facts import HELD
from records.evaluation.periods import Period
from records.evaluation.shown import THEMES, Figure
from records.partnership import Partnership
from records.retention.removing import remove_among_others
from records.retention.scrubbing import A_PERSON, without
from records.rights.nameless import hiding_all
from records.rights.names_out import hiding
from records.store.contract import Row
from records.store.memory import MemoryStore
from tests.records.conftest import Story

Q4 = Period(first=date(2026, 10, 1), last=date(2026, 12, 31))
YEAR = Period(first=date(2026, 4, 1), last=date(2027, 3, 31))
QUARTERS = (
    Period(first=date(2026, 4, 1), last=date(2026, 6, 30)),
    Period(first=date(2026, 7, 1), last=date(2026, 9, 30)),
    Q4,
    Period(first=date(2027, 1, 1), last=date(2027, 3, 31)),
)


def served(*names: str) -> Partnership:
    """A partnership with these themes."""
    there = wording.partnership
    return there.model_copy(
        update={"evaluation": there.evaluation.model_copy(update={"themes": names})}
    )


def words(story: Story, by: str = "n", *, told: bool = True, **texts: str) -> Answers:
    return Answers(
        what="feedback",
        by=by,
        version=1,
        at=story.at("2026-11-10 11:00"),
        texts=texts or {"happened": "We listened."},
        scale=7,
        evaluators=told,
    )


def given(story: Story, identity: str, *by: str) -> Conversation:
    it = story.held().model_copy(update={"id": identity})
    for who in by or ("n",):
        it = it.give_feedback(story.at("2026-11-10 11:00"), who, complete=True)
    return it


async def put(store: MemoryStore, it: Conversation, *answers: Answers) -> None:
    await store.put("conversations", record_row(it, ""))
    for one in answers:
        await store.put("conversations", answers_row(it.id, one))
    assert it.booking is not None
    key = f"{int(it.booking.start.timestamp()):010d}.{it.id}"
    await store.put(BOARD, Row(HELD, key, {"schema": 1}))


async def closing(store: MemoryStore, story: Story, period: Period, held: int) -> None:
    figures = (Figure(table="held", name="all", low=held, high=held),)
    at = story.at("2027-06-01 02:30")
    assert await keep_closed(store, Closed(period=period, closed_at=at, figures=figures))


async def everybody(it: Conversation) -> bool:
    return True


async def read(store: MemoryStore, period: Period = Q4) -> list[ToCollate]:
    """All that is read, one after another."""
    reading, place, found = a_reading(store, period), "", list[ToCollate]()
    while (one := await reading.after(place)) is not None:
        found.append(one)
        place = one.place
        assert await a_reading(store, period).at(place) == one
    return found


def a_reading(store: MemoryStore, period: Period = Q4) -> Collation:
    return Collation(store, period, wording.partnership.office, everybody)


# Reading -----------------------------------------------------------------------------------------


async def test_it_goes_question_by_question_through_every_conversation(
    store: MemoryStore, story: Story
) -> None:
    both = {"happened": "A.", "possibility": "B."}
    for number in range(40):
        it = given(story, f"c{number}", "n", "o")
        await put(store, it, words(story, "n", **both), words(story, "o", happened="C."))
    found = await read(store)
    assert [one.field for one in found] == ["happened"] * 80 + ["possibility"] * 40
    assert len({one.row for one in found}) == 120
    assert [one.place for one in found] == sorted(one.place for one in found)


async def test_only_what_was_promised_is_read_and_of_who_came(
    store: MemoryStore, story: Story
) -> None:
    it = given(story, "c1", "n", "o")
    await put(store, it, words(story, "n", told=False), words(story, "o"), words(story, "r"))
    assert [one.by for one in await read(store)] == ["o"]


@pytest.mark.parametrize("change", ["words", "practice", "stopped", "elsewhere", "nobody"])
async def test_what_is_shut_is_not_read(store: MemoryStore, story: Story, change: str) -> None:
    it = given(story, "practice1" if change == "practice" else "c1")
    if change == "words":
        it = without(it, Layer.WORDS, story.at("2027-06-01 10:00"))
    if change == "elsewhere":  # a row that a rebooking left behind
        assert it.booking is not None
        await put(store, it, words(story))
        early = it.booking.model_copy(update={"start": story.at("2026-11-09 10:00")})
        await store.put("conversations", record_row(it.with_(booking=early), ""))
    elif change == "stopped":
        await put(store, it, words(story))
        pause = Pause(since=story.at("2026-11-12 10:00"), by="f")
        stopped = it.with_(changes=it.changes.model_copy(update={"pauses": (pause,)}))
        await store.put("conversations", record_row(stopped, ""))
    else:
        await put(store, it, words(story))

    async def nobody(_: Conversation) -> bool:
        return False

    may = nobody if change == "nobody" else everybody
    reading = Collation(store, Q4, wording.partnership.office, may)
    assert await reading.after("") is None


async def test_another_period_is_another_list(store: MemoryStore, story: Story) -> None:
    await put(store, given(story, "c1"), words(story))
    (one,) = await read(store)
    assert await read(store, QUARTERS[1]) == []
    assert await a_reading(store, QUARTERS[1]).at(one.place) is None


# Names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "left"), [
    ("Priya Shah and noor ali came.", "a person and a person came."),
    ("Noor came, Priya’s idea, MARIA too.", "a person came, a person’s idea, a person too."),
    ("Write to owen@police.example about LC-7k3qx.", "Write to a person about this conversation."),
    ("We met in the lee; the shah of it.", "We met in the lee; the shah of it."),
    ("Reedham and Mossy are no names.", "Reedham and Mossy are no names."),
])  # fmt: skip
def test_names_go_also_by_a_part_with_a_capital(story: Story, text: str, left: str) -> None:
    assert hiding_all(story.held())(text) == left


def test_who_is_nobody_any_more_hides_nothing() -> None:
    assert hiding((A_PERSON, "", "x@y.example"))("A person said: a Person.") == (
        "A person said: a Person."
    )


# Themes ------------------------------------------------------------------------------------------


async def counted(
    store: MemoryStore, story: Story, of: Partnership, period: Period = Q4
) -> Sequence[Figure]:
    await finish(store, of, period, story.at("2027-06-02 10:00"))
    found = await closed(store, period)
    assert found is not None
    return [one for one in found.figures if one.table == THEMES]


async def ticked_period(store: MemoryStore, story: Story, many: int, few: int) -> list[ToCollate]:
    """Twelve conversations, `many` with the one theme, `few` with the other."""
    for number in range(12):
        await put(store, given(story, f"c{number:02}"), words(story, happened="A.", learning="B."))
    await closing(store, story, Q4, 12)
    found = await read(store)
    for one in found:
        number = int(one.conversation[1:])
        names = [name for name, to in (("Trust", many), ("Time", few)) if number < to]
        assert await tick(store, Q4, one, names)
    return found


async def test_a_theme_is_shown_from_five_conversations_and_counts_each_once(
    store: MemoryStore, story: Story
) -> None:
    await ticked_period(store, story, 6, 4)
    figures = await counted(store, story, served("Trust", "Time", "Roles"))
    shown = {one.name: (one.low, one.high) for one in figures}
    assert shown["Trust"] == (6, 6)
    assert shown["Time"] == (0, 4)
    assert shown["Roles"] == (0, 4)
    assert [row async for row in store.query(TABLE)] == []


async def test_it_is_kept_once_and_never_changes(store: MemoryStore, story: Story) -> None:
    found = await ticked_period(store, story, 6, 5)
    of = served("Trust", "Time")
    at = story.at("2027-06-02 10:00")
    assert await finish(store, of, Q4, at)
    before = await closed(store, Q4)
    assert not await tick(store, Q4, found[0], ["Time"])
    assert [row async for row in store.query(TABLE)] == []
    assert not await finish(store, of, Q4, story.at("2027-06-03 10:00"))
    assert await closed(store, Q4) == before


async def test_words_that_changed_or_are_shut_by_then_count_no_more(
    store: MemoryStore, story: Story
) -> None:
    await ticked_period(store, story, 7, 0)
    await put(store, given(story, "c00"), words(story, happened="Else.", learning="Other."))
    gone = without(given(story, "c01"), Layer.WORDS, story.at("2027-06-01 10:00"))
    await put(store, gone)
    (figure,) = await counted(store, story, served("Trust"))
    assert (figure.low, figure.high) == (5, 5)


async def test_a_period_that_is_not_closed_is_not_finished(
    store: MemoryStore, story: Story
) -> None:
    await put(store, given(story, "c1"), words(story))
    (one,) = await read(store)
    assert await tick(store, Q4, one, ["Trust"])
    assert not await finish(store, served("Trust"), Q4, story.at("2027-06-02 10:00"))
    assert await ticked(store, Q4, one) == ("Trust",)
    with pytest.raises(ValueError, match="at most"):
        await tick(store, Q4, one, ["a", "b", "c", "d"])


async def test_a_year_is_the_sum_once_its_last_quarter_is_collated(
    store: MemoryStore, story: Story
) -> None:
    of, at = served("Trust"), story.at("2027-06-02 10:00")
    await ticked_period(store, story, 6, 0)
    for period in QUARTERS:
        if period != Q4:
            await closing(store, story, period, 10)
    year = Closed(period=YEAR, closed_at=at, parts=tuple(one.key for one in QUARTERS))
    assert await keep_closed(store, year)
    for period in QUARTERS[:3]:
        await finish(store, of, period, at)
        assert not await collating.is_collated(store, YEAR)
    assert not await finish(store, of, YEAR, at)  # a year is nothing but its quarters
    await finish(store, of, QUARTERS[3], at)
    assert await collating.is_collated(store, YEAR)
    found = next(one for one in await every_closed(store) if one.period == YEAR)
    (figure,) = found.figures
    assert (figure.table, figure.name, figure.low) == (THEMES, "Trust", 6)
    assert figure.high is None or figure.high == 6 + 3 * 4


async def test_what_a_copy_that_died_had_begun_is_ended_by_the_next(
    store: MemoryStore, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It kept the figures, and neither forgot what was ticked nor summed the year."""
    await ticked_period(store, story, 6, 0)
    of, at = served("Trust"), story.at("2027-06-02 10:00")

    async def dies(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(store, "delete", dies)
        with pytest.raises(RuntimeError):
            await finish(store, of, Q4, at)
    assert not await finish(store, of, Q4, at)
    assert [row async for row in store.query(TABLE)] == []


@pytest.mark.parametrize("layer", [Layer.WORDS, Layer.PEOPLE, Layer.TRAIL])
async def test_what_was_ticked_goes_with_the_words(
    store: MemoryStore, story: Story, layer: Layer
) -> None:
    found = await ticked_period(store, story, 12, 0)
    await collating.note_place(store, Q4, "mark-1", found[0].place)
    await collating.note_place(store, Q4, "mark-2", found[1].place)
    gone = found[0].conversation
    await remove_among_others(store, Drafts(store), {gone: frozenset({Layer.ANSWERS})})
    assert len([row async for row in store.query(TABLE)]) == 26
    await remove_among_others(store, Drafts(store), {gone: frozenset({layer})})
    left = [row.key async for row in store.query(TABLE)]
    assert not [key for key in left if key.startswith(f"{gone}.")]
    assert len([key for key in left if "up-to" not in key]) == 22
    assert "up-to-mark-1" not in left
    assert "up-to-mark-2" in left

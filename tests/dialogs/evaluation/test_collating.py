"""Evaluators read what was written, once its period is closed: without names, and only those words
whose cards said so before."""

from collections.abc import Mapping
from typing import Any

import pytest

from cards.evaluation import collating as cards
from cards.wording import wording
from dialogs.root.root import Root
from dialogs.turn.events import CardAction
from records.access.lines import What
from records.conversation.changes import Pause, Restricted
from records.conversation.conversation import Conversation, Layer
from records.evaluation import collating
from records.evaluation.closed import closed
from records.evaluation.periods import Period
from records.partnership import Partnership
from records.register.register import Deed
from records.retention.scrubbing import without
from records.stages import Act
from tests.dialogs.conftest import House, Who, action, elements, texts

QUARTER = Period.of_key("2027-01-01_2027-03-31")
assert QUARTER is not None
CARRIED = {"in": QUARTER.key}
HAPPENED, LEARNING = "Priya said it, and Pat Reed wrote it down.", "That Fay listens."
NURSE = "We met LC twice."
OUTCOME_WORDS = {"outcome_child": "Back at school.", "outcome_said": "“It is quiet now.”"}


def with_themes(house: House, *names: str) -> Partnership:
    """The house serves a partnership whose file has these themes."""
    there = house.timetable.partnership
    evaluation = there.evaluation.model_copy(update={"themes": names})
    served = there.model_copy(update={"evaluation": evaluation})
    object.__setattr__(house.timetable, "partnership", served)
    return house.timetable.partnership


async def evaluated(house: House, *more: str) -> None:
    """Ev and Vi are the evaluators."""
    for key, name in (("ev", "Ev Marsh"), ("vi", "Vi Lowe")):
        house.people[key] = Who(key, name, f"{key}@evaluation.example")
    house.collated_by("ev", *(more or ("vi",)))
    await house.arrive("ev", "vi")


async def closed_quarter(house: House, *, reference: bool = False) -> str:
    """One conversation with feedback of two and an outcome, whose quarter is closed."""
    key = await house.held()
    ref = (await house.record(key)).reference
    await house.give_feedback("pat", 6, happened=HAPPENED, learning=LEARNING)
    said = f"{NURSE} {ref.lower()}" if reference else NURSE
    await house.give_feedback("nia", 7, happened=said)
    await house.skip(weeks=9)
    await house.tap("priya", "Next", **OUTCOME_WORDS)
    await house.tap("priya", "Next", outcome_you="Calmer.")
    await house.tap("priya", "Send")
    await night(house)
    return key


async def night(house: House, day: str = "2027-04-05T02:30") -> None:
    """The night's look, by which what is due is closed."""
    house.at = house.local(day)
    await house.a_night()


async def tapped(house: House, who: str, verb: str, **data: Any) -> str:
    """What a card shows after a tap, whatever stood there before."""
    await house.turn(who, CardAction(verb, {**CARRIED, **data}))
    return house.shown(who)


async def all_words(house: House, who: str = "ev") -> list[str]:
    """Every card of words that somebody reads from the first on."""
    shown = [await tapped(house, who, cards.READ, after=cards.FIRST)]
    while has_words(house, who):
        await house.tap(who, "Next answer")
        shown.append(house.shown(who))
        assert len(shown) < 40
    return shown[:-1]


def has_words(house: House, who: str) -> bool:
    found = [one.get("verb") for one in elements(house.people[who].card)]
    return cards.NEXT in found


async def test_they_read_all_of_a_closed_period_one_answer_at_a_time(house: House) -> None:
    await evaluated(house)
    await closed_quarter(house)
    await house.say("ev", "collate")
    await house.tap("ev", "January to March 2027")
    first = house.shown("ev")
    assert wording.Q_HAPPENED in first
    shown = await all_words(house)
    assert first in shown
    assert len(shown) == 6
    asked = [next(q for q in questions() if q in one) for one in shown]
    assert asked == sorted(asked, key=questions().index)
    joined = "\n".join(shown)
    for text in ("That", "listens", "Back at school.", "It is quiet now", "Calmer."):
        assert text in joined
    assert wording.COLLATE_ALL_READ in house.shown("ev")


def questions() -> list[str]:
    return [
        wording.Q_HAPPENED,
        wording.Q_LEARNING,
        wording.Q_OUTCOME_CHILD,
        wording.Q_OUTCOME_YOU,
        wording.Q_OUTCOME_SAID,
    ]


async def test_nobody_is_named_and_no_reference_stands_there(house: House) -> None:
    await evaluated(house)
    key = await closed_quarter(house, reference=True)
    reference = (await house.record(key)).reference
    shown = "\n".join(await all_words(house))
    names = [part for who in ("priya", "pat", "nia", "fay", "martin")
             for part in house.people[who].name.split()]  # fmt: skip
    assert not [one for one in names if one in shown]
    assert reference.casefold() not in shown.casefold()
    assert "a person said it, and a person wrote it down." in shown
    assert "That a person listens." in shown
    assert "We met LC twice. this conversation" in shown


@pytest.mark.parametrize("who", ["fay", "priya", "pat", "idris"])
async def test_nobody_else_may(house: House, who: str) -> None:
    await evaluated(house)
    await closed_quarter(house)
    await house.say(who, "collate")
    assert house.shown(who) == wording.FOR_EVALUATORS
    for verb in (cards.WHICH, cards.READ, cards.NEXT, cards.FINISH, cards.FINISHED):
        assert await tapped(house, who, verb) == wording.FOR_EVALUATORS
    assert not [one for one in await house.reads() if one.what is What.COLLATED]


async def test_without_the_setting_nobody_may_and_no_card_says_so(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "6 out of 10")
    assert wording.SEEN_COLLATED not in house.shown("pat")
    await house.tap("pat", "Next", happened="x")
    await house.tap("pat", "Next")
    await house.tap("pat", "Send")
    assert wording.SEEN_COLLATED not in house.shown("pat")
    sent = (await house.file(key)).answers_of("feedback", "other1")
    assert sent is not None
    assert not sent.evaluators
    await house.say("fay", "collate")
    assert house.shown("fay") == wording.FOR_EVALUATORS


async def test_a_period_that_is_not_closed_is_not_read(house: House) -> None:
    await evaluated(house)
    await house.held()
    await house.give_feedback("pat", 6, happened=HAPPENED)
    await house.say("ev", "collate")
    assert wording.COLLATE_NONE in house.shown("ev")
    for verb in (cards.READ, cards.NEXT, cards.FINISH, cards.FINISHED):
        shown = await tapped(house, "ev", verb)
        assert wording.COLLATE_NONE in shown
    await tapped(house, "ev", cards.READ, **{"in": ["x"]})
    assert wording.COLLATE_NONE in house.shown("ev")


# The promise -------------------------------------------------------------------------------------


async def test_every_card_says_so_before_anybody_writes_and_the_receipt_after(
    house: House,
) -> None:
    await evaluated(house)
    await house.held()
    await house.open_door("pat")
    assert wording.SEEN_COLLATED in house.shown("pat")
    await house.tap("pat", "6 out of 10")
    for fields in ({"happened": "x"}, {"difference_you": "y"}):
        assert wording.SEEN_COLLATED in house.shown("pat")
        await house.tap("pat", "Next", **fields)
    assert wording.SEEN_COLLATED in house.shown("pat")
    await house.tap("pat", "Send")
    assert wording.SEEN_COLLATED in house.shown("pat")
    await house.skip(weeks=9)
    assert wording.SEEN_COLLATED in house.shown("priya")
    await house.tap("priya", "Next", outcome_child="x")
    assert wording.SEEN_COLLATED in house.shown("priya")
    await house.tap("priya", "Next", outcome_you="y")
    assert wording.SEEN_COLLATED in house.shown("priya")
    await house.tap("priya", "Send")
    assert wording.SEEN_COLLATED in house.shown("priya")


async def test_earlier_words_stay_under_the_promise_they_were_given(house: House) -> None:
    """Sent before there were evaluators; and begun before, and sent after."""
    await house.held()
    await house.give_feedback("pat", 6, happened=HAPPENED)
    await house.tap("nia", "7 out of 10")
    await evaluated(house)
    await house.tap("nia", "Next", happened="Begun before.")
    assert wording.SEEN_COLLATED not in house.shown("nia")
    await house.tap("nia", "Next")
    await house.tap("nia", "Send")
    assert wording.SEEN_COLLATED not in house.shown("nia")
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="After.")
    await house.tap("priya", "Next")
    await house.tap("priya", "Send")
    await night(house)
    (shown,) = await all_words(house)
    assert "After." in shown


async def test_sent_again_unchanged_words_stay_under_it_and_new_ones_come_under_the_new(
    house: House,
) -> None:
    key = await house.held()
    await house.give_feedback("pat", 6, happened=HAPPENED)
    await evaluated(house)

    async def promised() -> bool:
        sent = (await house.file(key)).answers_of("feedback", "other1")
        assert sent is not None
        return sent.evaluators

    await house.tap("pat", "Change my answers")
    assert wording.SEEN_COLLATED in house.shown("pat")
    await house.tap("pat", "Send 6")
    await house.tap("pat", "Next")
    await house.tap("pat", "Next")
    await house.tap("pat", "Send")
    assert not await promised()
    await house.tap("pat", "Change my answers")
    await house.tap("pat", "Send 6")
    await house.tap("pat", "Next", happened="In other words.")
    await house.tap("pat", "Next")
    await house.tap("pat", "Send")
    assert await promised()


async def test_nobody_is_promised_of_a_restricted_one(house: House) -> None:
    await evaluated(house)
    key = await house.held()
    it = await house.record(key)
    assert collating.is_promised(it)
    few = it.with_(changes=it.changes.model_copy(update={"restricted": object()}))
    assert not collating.is_promised(few)
    assert not collating.is_promised(it.with_(held=None))


# What is never read ------------------------------------------------------------------------------


def gone(it: Conversation) -> Conversation:
    return without(it, Layer.WORDS, it.stage_since)


@pytest.mark.parametrize("change", [
    gone,
    lambda it: it.with_(changes=it.changes.model_copy(update={"pauses": (paused(it),)})),
    lambda it: it.with_(changes=it.changes.model_copy(update={"restricted": few(it)})),
])  # fmt: skip
async def test_stopped_restricted_and_removed_ones_are_never_read(
    house: House, change: Any
) -> None:
    await evaluated(house)
    key = await closed_quarter(house)
    assert await all_words(house)
    await house.register.change(key, deed(house), change)
    assert await all_words(house) == []
    assert wording.COLLATE_NOTHING in house.shown("ev")


def deed(house: House) -> Deed:
    return Deed(Act.BOUND, "somebody", house.at)


def paused(it: Conversation) -> Pause:
    return Pause(since=it.stage_since, by=it.facilitator)


def few(it: Conversation) -> Restricted:
    return Restricted(since=it.stage_since, by=it.facilitator)


@pytest.mark.parametrize("who", ["fay", "pat", "martin"])
async def test_an_evaluator_reads_nothing_of_what_they_had_a_part_in(
    house: House, who: str
) -> None:
    await evaluated(house, who)
    await closed_quarter(house)
    assert len(await all_words(house, "ev")) == 6
    await house.say(who, "collate")
    assert await all_words(house, who) == []
    assert wording.COLLATE_NOTHING in house.shown(who)


async def test_a_forged_place_opens_nothing(house: House) -> None:
    await evaluated(house, "pat")
    key = await closed_quarter(house)
    await tapped(house, "ev", cards.READ)
    place = action(house.people["ev"].card, "Next answer")["data"]["at"]
    for at in (place, "xx", "", 7, None, f"99.{key}", "00.~", "-1.1"):
        shown = await tapped(house, "pat", cards.NEXT, at=at, conversation=key)
        assert HAPPENED not in shown
        assert "wrote it down" not in shown


# Reading on --------------------------------------------------------------------------------------


async def test_every_opening_is_noted_and_whoever_wrote_sees_it(house: House) -> None:
    await evaluated(house)
    key = await closed_quarter(house)
    await all_words(house)
    person = await house.directory.find(house.people["ev"].actor.key)
    assert person is not None
    lines = [one for one in await house.reads() if one.what is What.COLLATED]
    assert {(one.by, one.conversation) for one in lines} == {(person.mark, key)}
    assert {one.of for one in lines} == {"other1", "nurse", "lead"}
    await house.say("pat", "my data")
    opened = wording.MY_DATA_OPENED_BY.partition("{")[0]
    seen = ""
    for number in range(4):
        await house.turn("pat", CardAction("mydata.show", {"number": number, "at": 0}))
        seen += house.shown("pat")
    assert opened in seen


async def test_they_go_on_where_they_were_and_can_begin_again(house: House) -> None:
    await evaluated(house)
    await closed_quarter(house)
    await tapped(house, "ev", cards.READ)
    await house.tap("ev", "Next answer")
    second = house.shown("ev")
    assert await tapped(house, "ev", cards.READ) == second
    assert await tapped(house, "ev", cards.READ, after=cards.FIRST) != second
    assert await tapped(house, "vi", cards.READ) != second  # each for themselves


async def test_a_card_of_words_closes_with_the_hourly_round(house: House) -> None:
    await evaluated(house)
    await closed_quarter(house)
    await tapped(house, "ev", cards.READ)
    await house.an_hour_strikes()
    assert "a person said it" not in house.shown("ev")


# Themes ------------------------------------------------------------------------------------------


def ticks(*names: str) -> Mapping[str, str]:
    return {cards.THEMES: ",".join(map(cards.mark, names))}


async def test_themes_are_off_unless_the_file_has_some(house: House) -> None:
    await evaluated(house)
    await closed_quarter(house)
    shown = await tapped(house, "ev", cards.READ)
    assert wording.THEMES_LABEL not in shown
    assert wording.COLLATE_FINISH not in shown
    await tapped(house, "ev", cards.FINISHED)
    assert await house.dump(collating.TABLE) == [
        one for one in await house.dump(collating.TABLE) if one.key.startswith(collating.UP_TO)
    ]
    assert not await collating.is_collated(house.store, QUARTER)


async def test_three_may_be_ticked_and_a_fourth_is_asked_back_with_nothing_lost(
    house: House,
) -> None:
    with_themes(house, "Trust", "Time, and room", "Roles", "Plans")
    await evaluated(house)
    await closed_quarter(house)
    first = await tapped(house, "ev", cards.READ)
    assert wording.THEMES_LABEL in first
    await house.tap("ev", "Next answer", **ticks("Trust", "Time, and room", "Roles", "Plans"))
    shown = house.shown("ev")
    assert wording.THEMES_MANY in shown
    assert chosen(house) == {cards.mark(one) for one in
                             ("Trust", "Time, and room", "Roles", "Plans")}  # fmt: skip
    await house.tap("ev", "Next answer", **ticks("Trust", "Time, and room", "Roles"))
    assert wording.THEMES_MANY not in house.shown("ev")
    await tapped(house, "vi", cards.READ)  # the other evaluator sees them
    assert chosen(house, "vi") == {cards.mark(one) for one in ("Trust", "Time, and room", "Roles")}


def chosen(house: House, who: str = "ev") -> set[str]:
    found = [one for one in elements(house.people[who].card) if one.get("id") == cards.THEMES]
    return set(filter(None, str(found[0].get("value", "")).split(",")))


async def test_what_two_tick_at_once_is_kept_of_both(house: House) -> None:
    with_themes(house, "Trust", "Time", "Roles", "Plans")
    await evaluated(house)
    await closed_quarter(house)
    await tapped(house, "ev", cards.READ)
    await tapped(house, "vi", cards.READ)
    await house.tap("ev", "Next answer", **ticks("Trust", "Time"))
    await house.tap("vi", "Next answer", **ticks("Roles"))
    await tapped(house, "ev", cards.READ, after=cards.FIRST)
    assert chosen(house) == set(map(cards.mark, ("Trust", "Time", "Roles")))
    await house.tap("ev", "Next answer", **ticks("Time"))
    await tapped(house, "ev", cards.READ, after=cards.FIRST)
    assert chosen(house) == {cards.mark("Time")}


async def test_finishing_is_asked_once_and_never_undone(house: House) -> None:
    with_themes(house, "Trust", "Time")
    await evaluated(house)
    await closed_quarter(house)
    await tapped(house, "ev", cards.READ)
    await house.tap("ev", "Finish this period", **ticks("Trust"))
    assert wording.COLLATE_FINISH_WHY.partition("$")[0][:20] in house.shown("ev")
    rows = [one for one in await house.dump(collating.TABLE) if "up-to" not in one.key]
    assert len(rows) == 1  # what was ticked on that card is kept
    await house.tap("ev", "Not yet")
    assert not await collating.is_collated(house.store, QUARTER)
    await house.tap("ev", "Finish this period")
    await house.tap("ev", "Yes, it is finished")
    assert await collating.is_collated(house.store, QUARTER)
    assert not [one for one in await house.dump(collating.TABLE) if "up-to" not in one.key]
    shown = await tapped(house, "ev", cards.READ, after=cards.FIRST)
    assert wording.THEMES_LABEL not in shown
    assert wording.COLLATE_FINISH not in shown
    await house.say("ev", "collate")
    assert "January to March 2027, finished" in house.shown("ev")
    before = await closed(house.store, QUARTER)
    await tapped(house, "vi", cards.FINISHED)
    assert "was already finished" in house.shown("vi")
    assert await closed(house.store, QUARTER) == before


async def test_once_the_words_have_gone_no_theme_is_counted_any_more(house: House) -> None:
    """What was ticked went with them: each theme would be told as few, for good."""
    with_themes(house, "Trust", "Time")
    await evaluated(house)
    await closed_quarter(house)
    await tapped(house, "ev", cards.READ)
    await house.tap("ev", "Finish this period", **ticks("Trust"))
    for day in ("2027-07-04T02:30", "2027-07-07T02:30", "2027-07-15T02:30"):
        await night(house, day)
    assert not [one for one in await house.dump(collating.TABLE) if "up-to" not in one.key]
    assert wording.COLLATE_FINISH not in await tapped(house, "ev", cards.READ)
    for verb in (cards.FINISH, cards.FINISHED):
        await tapped(house, "ev", verb)
        assert not await collating.is_collated(house.store, QUARTER)


async def test_a_tick_after_the_end_is_told_and_the_reading_goes_on(house: House) -> None:
    with_themes(house, "Trust", "Time")
    await evaluated(house)
    await closed_quarter(house)
    await tapped(house, "ev", cards.READ)
    await tapped(house, "vi", cards.FINISHED)
    await house.tap("ev", "Next answer", **ticks("Trust"))
    assert wording.THEMES_OVER in house.shown("ev")
    assert not [one for one in await house.dump(collating.TABLE) if "up-to" not in one.key]
    await house.tap("ev", "Next answer")
    assert wording.THEMES_OVER not in house.shown("ev")


# Later than closing ------------------------------------------------------------------------------


def closing_at_once(house: House) -> Root:
    """A period closes a week after its last day, whatever is missing."""
    there = house.timetable.partnership
    evaluation = there.evaluation.model_copy(update={"closes_weeks": 1})
    served = there.model_copy(update={"evaluation": evaluation})
    object.__setattr__(house.timetable, "partnership", served)
    return house.root


async def late_one(house: House) -> str:
    """It took place at the end of March; its quarter closed eight days later."""
    closing_at_once(house)
    await house.requested()
    await house.agree()
    await house.pick_up()
    await house.book(day="2027-03-30")
    await house.hold(at="2027-03-30T15:25")
    return await house.newest()


async def test_whoever_writes_once_it_is_closed_is_told_before_and_after(house: House) -> None:
    key = await late_one(house)
    await house.give_feedback("nia", 7, happened="In time.")
    assert wording.NOT_COUNTED_SENT not in house.shown("nia")
    await night(house, "2027-04-09T02:30")
    house.at = house.local("2027-04-09T10:00")
    await house.tap("pat", "6 out of 10")
    assert wording.NOT_COUNTED in house.shown("pat")
    for _ in range(2):
        await house.tap("pat", "Next", happened="Late.") if house.has_input(
            "pat", "happened"
        ) else await house.tap("pat", "Next")
        assert wording.NOT_COUNTED in house.shown("pat")
    await house.tap("pat", "Send")
    assert wording.NOT_COUNTED_SENT in house.shown("pat")
    assert (await house.record(key)).has_completed("other1")
    # What came before the closing was counted, and is not told otherwise.
    await house.say("nia", "my requests")
    shown = await _receipt(house, "nia", key)
    assert wording.NOT_COUNTED_SENT not in shown
    assert wording.NOT_COUNTED_SENT in await _receipt(house, "pat", key)


async def test_no_card_says_that_it_counts_and_that_it_does_not(house: House) -> None:
    await late_one(house)
    await house.give_feedback("nia", 7, happened="In time.")
    assert "Your number is counted, without your name." in house.shown("nia")
    await night(house, "2027-04-09T02:30")
    house.at = house.local("2027-04-09T10:00")
    await house.tap("pat", "6 out of 10")
    shown = [house.shown("pat")]
    assert "Your 6 is kept" in shown[0]
    for title in ("Next", "Next", "Send"):
        await house.tap("pat", title)
        shown.append(house.shown("pat"))
    for one in shown:
        assert "not counted in them" in one
        assert "Your 6 counts" not in one
        assert "is counted" not in one


async def _receipt(house: House, who: str, key: str) -> str:
    await house.turn(who, CardAction("flow.open", {"flow": "feedback", "conversation": key}))
    for title in ("Send 7", "Send 6"):
        if title in house.shown(who):
            await house.tap(who, title)
    await house.tap(who, "Next")
    await house.tap(who, "Next")
    await house.tap(who, "Send")
    return house.shown(who)


async def test_the_outcome_too(house: House) -> None:
    await late_one(house)
    await night(house, "2027-04-09T02:30")
    house.at = house.local("2027-05-25T08:00")
    await house.skip(days=1)
    await house.tap("priya", "Next", outcome_child="Late.", outcome_said="So they said.")
    assert wording.NOT_COUNTED in house.shown("priya")
    await house.tap("priya", "Next")
    assert wording.NOT_COUNTED in house.shown("priya")
    await house.tap("priya", "Send")
    assert wording.NOT_COUNTED_SENT in house.shown("priya")


async def test_nothing_is_said_while_the_period_is_not_closed(house: House) -> None:
    await late_one(house)
    house.at = house.local("2027-04-05T10:00")  # over, and not closed yet
    await house.give_feedback("pat", 6, happened="In time.")
    shown = "\n".join(map(texts, house.cards))
    assert wording.NOT_COUNTED not in shown
    assert wording.NOT_COUNTED_SENT not in shown

"""The evaluation in a facilitator's chat: figures, words released one by one, and two files."""

from datetime import date
from typing import Any

import pytest

from cards.kit.story import story
from cards.wording import wording
from dialogs.files.files import NotTheirs, NotThere, by_link, fetch
from dialogs.root.routes import FILES
from dialogs.turn.events import CardAction
from records.addresses import MAIL
from records.board.board import BOARD
from records.evaluation.periods import Period
from records.evaluation.queries import all_released
from records.outbox.parked import TABLE as PARKED
from records.register.projections import BY_PERSON
from records.stages import Act
from records.store.memory import MemoryStore
from tests.dialogs.conftest import STORY, House, texts
from tests.dialogs.test_board import Watched, press

Q1 = Period(first=date(2027, 1, 1), last=date(2027, 3, 31))
WORDS = "Everybody was heard."


async def answered(house: House, who: str = "pat", *, quote: str = "yes") -> str:
    """A held conversation; one person gives feedback whose words may be quoted."""
    key = await house.held()
    await house.give_feedback(who, 7, happened=WORDS, possibility="More time.", may_quote=quote)
    return key


async def released(house: House) -> list[str]:
    office = house.timetable.office
    return [one.text for one in await all_released(house.store, Q1, office, most=9)]


async def figures(house: House, who: str = "idris", **data: Any) -> str:
    await house.press(who, *press("evaluation.show", **({"in": Q1.key} | data)))
    return house.shown(who)


# Figures -----------------------------------------------------------------------------------------


async def test_what_happened_is_counted_in_its_period(house: House) -> None:
    await answered(house)
    shown = await figures(house)
    assert "1 January 2027 to 31 March 2027" in shown
    assert "Requests: 1" in shown
    assert "Agreed by the manager: 1" in shown
    assert "Conversations: 1" in shown
    assert "The middle one (median): 2" in shown
    assert "Suffolk Police: 1" in shown
    # One of three answered: nothing about people.
    assert "Gave feedback: fewer than five" in shown
    assert "Came: not shown" in shown
    assert "0 to 10\n" in shown
    assert not any(text in shown for text in (WORDS, *STORY.values(), "Pat", "Priya"))


async def test_typed_it_begins_with_the_last_whole_quarter(house: House) -> None:
    await house.arrive("fay")
    await house.say("fay", "evaluation")
    assert "1 October 2026 to 31 December 2026" in house.shown("fay")
    assert wording.EVALUATION_NOTHING in house.shown("fay")


@pytest.mark.parametrize(
    ("chosen", "title"),
    [
        ({"period": "quarter"}, "1 January 2027 to 31 March 2027"),
        ({"period": "last-quarter"}, "1 October 2026 to 31 December 2026"),
        ({"period": "year"}, "1 January 2027 to 31 December 2027"),
        ({"period": "last-year"}, "1 January 2026 to 31 December 2026"),
        (
            {"period": "dates", "first": "2027-02-01", "last": "2027-02-03"},
            "1 February 2027 to 3 February 2027",
        ),
    ],
)
async def test_any_time_can_be_chosen(house: House, chosen: dict[str, str], title: str) -> None:
    await house.arrive("fay")
    await house.say("fay", "evaluation")
    await house.tap("fay", "Other dates")
    await house.tap("fay", "Show these figures", **chosen)
    assert title in house.shown("fay")


async def test_changing_a_date_is_enough(house: House) -> None:
    await house.arrive("fay")
    await house.say("fay", "evaluation")
    await house.tap("fay", "Other dates")
    await house.tap("fay", "Show these figures", first="2026-11-01")
    assert "1 November 2026 to 31 December 2026" in house.shown("fay")


@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        ("", "", wording.PERIOD_DATES),
        ("2027-03-01", "2027-02-01", wording.PERIOD_DATES),
        ("yesterday", "today", wording.PERIOD_DATES),
        ("1999-01-01", "2027-01-01", wording.PERIOD_LONG),
    ],
)
async def test_days_that_are_none_are_asked_again_and_kept(
    house: House, first: str, last: str, problem: str
) -> None:
    await house.arrive("fay")
    await house.say("fay", "evaluation")
    await house.tap("fay", "Other dates")
    await house.tap("fay", "Show these figures", period="dates", first=first, last=last)
    assert problem in house.shown("fay")
    assert f"[{first}]" in house.shown("fay")


async def test_the_evaluation_reads_ranges_of_rows_and_no_story() -> None:
    store = Watched()
    house = House(store)
    await answered(house)
    store.asked.clear()
    await figures(house)
    await house.say("fay", "evaluation")
    # Who fay is, and what waits for her after the reply, is no part of it.
    asked = [one for one in store.asked if one[0] not in (MAIL, PARKED)]
    own = [bounds for table, bounds in asked if table == BY_PERSON]
    assert all(bounds.get("partition") and bounds.get("select") == ["schema"] for bounds in own)
    asked = [one for one in asked if one[0] != BY_PERSON]
    assert len(asked) >= 6
    for table, bounds in asked:
        assert table == BOARD
        assert bounds.get("partition")
        assert bounds.get("partition_to") is None
        assert bounds.get("key_from")
        assert bounds.get("key_to")


@pytest.mark.parametrize("who", ["priya", "martin", "pat"])
async def test_the_evaluation_is_the_teams_alone(house: House, who: str) -> None:
    key = await answered(house)
    await house.say(who, "evaluation")
    assert house.shown(who) == wording.FOR_FACILITATORS
    for verb in ("evaluation.show", "evaluation.choose", "quotes.read", "quotes.show"):
        reply = await house.root.handle(house.a_turn(who, CardAction(verb, {"in": Q1.key})))
        assert reply.summary == wording.FOR_FACILITATORS, verb
    data = {"conversation": key, "by": "other1", "field": "happened", "in": Q1.key}
    for verb in ("quotes.release", "quotes.keep"):
        reply = await house.root.handle(house.a_turn(who, CardAction(verb, data)))
        assert reply.summary == wording.NOT_FOR_YOU, verb
    assert await released(house) == []


# Words -------------------------------------------------------------------------------------------


async def test_words_are_read_one_by_one_and_seen_only_once_released(house: House) -> None:
    await answered(house)
    await figures(house)
    await house.tap("idris", "Words to read: 2")
    assert WORDS in house.shown("idris")
    assert "Pat" not in house.shown("idris")
    assert await released(house) == []
    await house.tap("idris", "Release these words")
    assert "More time." in house.shown("idris")
    await house.tap("idris", "Set these words aside")
    assert wording.QUOTES_ALL_READ in house.shown("idris")
    assert await released(house) == [WORDS]
    await house.tap("idris", "What people said")
    assert WORDS in house.shown("idris")
    await house.tap("idris", "Next words")
    assert wording.QUOTES_NONE in house.shown("idris")


async def test_a_release_is_taken_back_and_one_kept_back_is_released_after_all(
    house: House,
) -> None:
    key = await answered(house)
    await figures(house)
    await house.tap("idris", "Words to read: 2")
    await house.tap("idris", "Release these words")
    await house.tap("idris", "Set these words aside")
    await house.tap("idris", "What people said")
    await house.tap("idris", "Take back number 1")
    assert await released(house) == []
    await house.tap("idris", "Set aside: 2")
    assert "Set aside on Wednesday 3 February 2027 by Idris Vaughan." in house.shown("idris")
    await house.tap("idris", "Release these words")
    assert await released(house) == [WORDS]
    acts = [line.act for line in (await house.file(key)).audit]
    assert acts[-4:] == [
        Act.WORDS_RELEASED,
        Act.WORDS_KEPT_BACK,
        Act.WORDS_KEPT_BACK,
        Act.WORDS_RELEASED,
    ]


async def test_left_for_now_the_next_one_comes_and_it_stays_unread(house: House) -> None:
    await answered(house)
    await figures(house)
    await house.tap("idris", "Words to read: 2")
    await house.tap("idris", "Leave it for now")
    assert "More time." in house.shown("idris")
    await house.tap("idris", "Leave it for now")
    assert wording.QUOTES_ALL_READ in house.shown("idris")
    assert "(Words to read: 2)" in await figures(house)


async def test_words_do_not_stay_open_in_a_chat(house: House) -> None:
    await answered(house)
    await figures(house)
    assert story(house.people["idris"].card) is None
    await house.tap("idris", "Words to read: 2")
    assert story(house.people["idris"].card) is not None


async def test_words_without_the_tick_are_never_offered(house: House) -> None:
    await answered(house, quote="no")
    assert "Words to read" not in await figures(house)


async def test_a_member_who_was_there_reads_nobodys_words(house: House) -> None:
    house.listed = (*house.listed, "nia@health.example")
    key = await answered(house)
    await house.press("nia", *press("quotes.read"))
    assert WORDS not in house.shown("nia")
    assert wording.QUOTES_ALL_READ in house.shown("nia")
    data = {"conversation": key, "by": "other1", "field": "happened"}
    await house.press("nia", *press("quotes.release", **data))
    assert await released(house) == []


async def test_the_button_counts_the_words_that_can_be_read_behind_it(house: House) -> None:
    await answered(house)
    assert "(Words to read: 2)" in await figures(house)
    await house.say("fay", "evaluation")  # she led it
    assert "Words to read" not in house.shown("fay")


async def test_words_changed_since_the_card_was_drawn_are_not_released(house: House) -> None:
    await answered(house)
    await figures(house)
    await house.tap("idris", "Words to read: 2")
    old = house.data("idris", "Release these words")
    await house.tap("pat", "Change my answers")
    await house.give_feedback("pat", 7, happened="Something else.", may_quote="yes")
    await house.turn("idris", old)
    assert await released(house) == []
    assert wording.GONE in house.shown("idris")


async def test_a_tick_taken_back_takes_the_words_out_of_the_report(house: House) -> None:
    await answered(house)
    await figures(house)
    await house.tap("idris", "Words to read: 2")
    await house.tap("idris", "Release these words")
    assert await released(house) == [WORDS]
    await house.tap("pat", "Change my answers")
    await house.give_feedback("pat", 7, may_quote="no")
    assert await released(house) == []


async def test_an_outcome_is_quoted_beside_the_hope_of_the_same_person(house: House) -> None:
    await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="They go to school.")
    await house.tap("priya", "Next", outcome_you="I sleep.", may_quote="yes")
    await house.tap("priya", "Send")
    await house.press("idris", *press("quotes.read", **{"in": Q1.key}))
    shown = house.shown("idris")
    assert "They go to school." in shown
    assert STORY["hope_child"] in shown
    await house.tap("idris", "Release these words")
    await house.tap("idris", "Release these words")
    assert await released(house) == ["They go to school.", "I sleep."]


async def test_what_a_manager_chose_in_short_is_counted(house: House) -> None:
    await house.requested()
    await house.tap("martin", "Not this route, because…")
    await house.tap("martin", "Send", because="Come and see me first.", short="supervision")
    shown = await figures(house)
    assert "Not agreed: 1" in shown
    assert "Supervision first: 1" in shown
    assert "Come and see me" not in shown


# Files -------------------------------------------------------------------------------------------


async def test_both_files_are_the_teams_alone_and_of_a_period(house: House) -> None:
    await answered(house)
    for who, theirs in (("idris", True), ("priya", False)):
        visit = await by_link(house.services(), house.people[who].actor.key)
        for kind in ("evaluation-report", "evaluation-workbook"):
            if not theirs:
                with pytest.raises(NotTheirs):
                    await fetch(visit, FILES, kind, Q1.key)
                continue
            made = await fetch(visit, FILES, kind, Q1.key)
            assert made.body.startswith(b"PK")
            assert made.name.startswith("evaluation-2027-01-01-to-2027-03-31.")
            for wrong in ("", "x", "2027-01-01", "1900-01-01_2027-01-01"):
                with pytest.raises(NotThere):
                    await fetch(visit, FILES, kind, wrong)


async def test_a_tap_offers_the_file_below_the_figures(house: House) -> None:
    await answered(house)
    await figures(house)
    for title in ("Report", "Workbook"):
        reply = await house.tap("idris", title)
        assert reply.beside is not None or reply.card is not None
        assert reply.summary != wording.NOT_FOR_YOU
        await figures(house)


async def test_two_files_at_once_say_what_the_card_says(house: House) -> None:
    """A store in memory, figures twice: the card and the files come from one reading each."""
    assert isinstance(house.store, MemoryStore)
    await answered(house)
    first = await figures(house)
    assert first == await figures(house)
    assert texts(house.people["idris"].card) == first

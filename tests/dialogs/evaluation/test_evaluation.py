"""The evaluation in a facilitator's chat: figures, words released one by one, and two files."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cards.kit.story import story
from cards.wording import wording
from dialogs.files.files import NotTheirs, NotThere, by_link, fetch
from dialogs.root.routes import FILES
from dialogs.turn.events import CardAction
from records.addresses import MAIL
from records.board.board import BOARD
from records.evaluation import released as rules
from records.evaluation.closed import FIGURES
from records.evaluation.closing import close_due
from records.evaluation.periods import Period
from records.evaluation.quotes import FIELDS
from records.evaluation.released import listed
from records.evaluation.standing import Records
from records.outbox.parked import TABLE as PARKED
from records.partnership import Partnership
from records.register.projections import BY_PERSON
from records.stages import Act
from records.store.contract import Store
from tests.dialogs.conftest import STORY, House
from tests.dialogs.test_board import Watched, press

Q1 = Period(first=date(2027, 1, 1), last=date(2027, 3, 31))
LATER = datetime(2027, 7, 1, 10, tzinfo=UTC)
"""When every period of these tests is closed, whatever is missing."""
WORDS = "Everybody was heard."


@pytest.fixture
def one_is_enough(serving: Callable[[Partnership], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """A partnership in which a single writer's words are shown, so that a test needs one."""
    few = wording.partnership.thresholds.model_copy(update={"fewest_people": 1})
    serving(wording.partnership.model_copy(update={"thresholds": few}))
    monkeypatch.setattr(rules, "FEWEST_CONVERSATIONS", 1)


async def answered(house: House, who: str = "pat", *, quote: str = "yes") -> str:
    """A held conversation; one person gives feedback whose words may be quoted."""
    key = await house.held()
    await house.give_feedback(who, 7, happened=WORDS, possibility="More time.", may_quote=quote)
    return key


async def closed(house: House) -> None:
    """Every period so far, as months later."""
    assert await close_due(house.store, wording.partnership, LATER)


async def released(house: House) -> list[str]:
    """Every word that is released, whether so few are shown or not."""
    return await released_in(house.store)


async def released_in(store: Store) -> list[str]:
    records, of = Records(store), wording.partnership
    every = [listed(records, field, Q1, of) for field in FIELDS]
    return [one.text for found in every async for _, one in found]


async def figures(house: House, who: str = "idris", **data: Any) -> str:
    await house.press(who, *press("evaluation.show", **({"in": Q1.key} | data)))
    return house.shown(who)


# Figures -----------------------------------------------------------------------------------------


async def test_before_a_period_is_closed_two_counts_are_shown(house: House) -> None:
    await answered(house)
    shown = await figures(house)
    assert "1 January 2027 to 31 March 2027" in shown
    assert wording.EVALUATION_RUNNING.format(day="24 June 2027") in shown
    assert f"{wording.ROWS['held']}\n1\n" in shown
    assert f"{wording.ROWS['asked']}: 1" in shown
    assert wording.ROWS["told"] not in shown
    assert not any(title in shown for title in ("(Report)", "(All figures)"))
    assert not any(text in shown for text in (WORDS, *STORY.values(), "Pat", "Priya"))


async def test_once_it_is_closed_all_that_may_be_shown_is(house: House) -> None:
    await answered(house)
    await closed(house)
    shown = await figures(house)
    assert wording.EVALUATION_CLOSED.format(day="1 July 2027") in shown
    assert wording.NOT_SHOWN in shown
    await house.tap("idris", "All figures")
    every = house.shown("idris")
    # One of three answered: nothing about people.
    assert f"{wording.ROWS['answered']}:" not in every
    await house.tap("idris", "Back to the figures")
    assert house.shown("idris") == shown


async def test_what_comes_after_the_closing_changes_no_figure(house: House) -> None:
    await answered(house)
    await closed(house)
    before = await figures(house)
    await house.give_feedback("nia", 3, happened="Late words.", may_quote="")
    await closed_again(house)
    assert await figures(house) == before


async def closed_again(house: House) -> None:
    assert await close_due(house.store, wording.partnership, LATER) == ()


async def test_typed_it_begins_with_the_period_that_was_closed_last(house: House) -> None:
    await house.arrive("fay")
    await house.say("fay", "evaluation")
    assert wording.EVALUATION_NEVER in house.shown("fay")
    await answered(house)
    await house.say("fay", "evaluation")
    assert "1 January 2027 to 31 March 2027" in house.shown("fay")
    await closed(house)
    await house.say("fay", "evaluation")
    # That quarter ends its year, all of which is closed with it.
    assert "1 April 2026 to 31 March 2027" in house.shown("fay")


async def test_every_period_can_be_chosen(house: House) -> None:
    await answered(house)
    await closed(house)
    await house.say("idris", "evaluation")
    await house.tap("idris", "Other periods")
    shown = house.shown("idris")
    assert "1 January 2027 to 31 March 2027" in shown.splitlines()
    await house.tap("idris", "Show these figures", period=Q1.key)
    assert house.shown("idris").splitlines()[1] == "1 January 2027 to 31 March 2027"


@pytest.mark.parametrize("period", ["", "x", "2027-01-01_2027-01-31", "2000-01-01_2000-03-31"])
async def test_what_is_no_period_is_asked_again(house: House, period: str) -> None:
    await answered(house)
    await house.say("idris", "evaluation")
    await house.tap("idris", "Other periods")
    await house.tap("idris", "Show these figures", period=period)
    assert wording.PERIOD_GONE in house.shown("idris")


@pytest.mark.parametrize("verb", ["evaluation.show", "evaluation.all", "evaluation.choose"])
@pytest.mark.parametrize("key", ["", "x", "2027-01-01_2027-01-31", "9999-12-01_9999-12-31"])
async def test_a_card_of_a_period_that_is_none_shows_one_that_is(
    house: House, verb: str, key: str
) -> None:
    await answered(house)
    await house.press("idris", *press(verb, **{"in": key}))
    assert "1 January 2027 to 31 March 2027" in house.shown("idris")
    assert WORDS not in house.shown("idris")


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
    kept = [bounds for table, bounds in asked if table == FIGURES]
    assert all(bounds.get("partition") for bounds in kept)
    asked = [one for one in asked if one[0] not in (BY_PERSON, FIGURES)]
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
    for verb in (
        "evaluation.show", "evaluation.all", "evaluation.choose", "quotes.read", "quotes.show",
    ):  # fmt: skip
        reply = await house.root.handle(house.a_turn(who, CardAction(verb, {"in": Q1.key})))
        assert reply.summary == wording.FOR_FACILITATORS, verb
    data = {"conversation": key, "by": "other1", "field": "happened", "in": Q1.key}
    for verb in ("quotes.release", "quotes.keep"):
        reply = await house.root.handle(house.a_turn(who, CardAction(verb, data)))
        assert reply.summary == wording.NOT_FOR_YOU, verb
    assert await released(house) == []


# Words -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("one_is_enough")
async def test_words_are_read_one_by_one_and_seen_only_once_released(house: House) -> None:
    await answered(house)
    await closed(house)
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
    assert wording.QUOTES_END in house.shown("idris")
    assert "(Next words)" not in house.shown("idris")


@pytest.mark.usefixtures("one_is_enough")
async def test_nobody_taps_through_lists_in_which_there_are_no_words(house: House) -> None:
    await answered(house)
    await closed(house)
    await figures(house)
    await house.tap("idris", "What people said")
    assert "No words are shown for this period." in house.shown("idris")
    assert "(Next words)" not in house.shown("idris")
    await house.tap("idris", "Back to the figures")
    await house.tap("idris", "Words to read: 2")
    await house.tap("idris", "Set these words aside")
    await house.tap("idris", "Release these words")  # the third answer there is
    await house.tap("idris", "What people said")
    assert "More time." in house.shown("idris")
    assert wording.QUOTE_HEADINGS["possibility"] in house.shown("idris")


async def test_too_few_words_are_not_shown_though_they_are_released(house: House) -> None:
    await answered(house)
    await closed(house)
    await figures(house)
    await house.tap("idris", "Words to read: 2")
    await house.tap("idris", "Release these words")
    await house.press("idris", *press("quotes.show", **{"in": Q1.key}))
    assert WORDS not in house.shown("idris")
    assert wording.QUOTES_FEW in house.shown("idris")
    visit = await by_link(house.services(), house.people["idris"].actor.key)
    for kind in ("evaluation-report", "evaluation-workbook"):
        made = await fetch(visit, FILES, kind, Q1.key)
        assert WORDS.encode() not in made.body
    assert await released(house) == [WORDS]


async def test_released_words_are_read_again_and_taken_back_where_none_are_shown(
    house: House,
) -> None:
    key = await answered(house)
    await figures(house)
    await house.tap("idris", "Words to read: 2")
    await house.tap("idris", "Release these words")
    await house.tap("idris", "Set these words aside")
    await house.tap("idris", wording.QUOTES_RELEASED)
    assert WORDS in house.shown("idris")
    assert "Released on Wednesday 3 February 2027 by Idris Vaughan." in house.shown("idris")
    await house.tap("idris", "Take these back")
    assert wording.QUOTES_ALL_READ in house.shown("idris")
    assert await released(house) == []
    assert (await house.file(key)).audit[-1].act == Act.WORDS_KEPT_BACK


async def test_who_had_a_part_in_it_does_not_read_them_again_either(house: House) -> None:
    await answered(house)
    await figures(house)
    await house.tap("idris", "Words to read: 2")
    await house.tap("idris", "Release these words")
    await house.press("fay", *press("quotes.read", standing="quotes-released"))  # she led it
    assert WORDS not in house.shown("fay")
    assert wording.QUOTES_ALL_READ in house.shown("fay")


@pytest.mark.usefixtures("one_is_enough")
async def test_a_release_is_taken_back_and_one_kept_back_is_released_after_all(
    house: House,
) -> None:
    key = await answered(house)
    await closed(house)
    await figures(house)
    await house.tap("idris", "Words to read: 2")
    await house.tap("idris", "Release these words")
    await house.tap("idris", "Set these words aside")
    await house.tap("idris", "What people said")
    await house.tap("idris", "Take back number 1")
    assert await released(house) == []
    await house.tap("idris", "Words set aside: 2")
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
    await house.tap("idris", "Leave these words for now")
    assert "More time." in house.shown("idris")
    await house.tap("idris", "Leave these words for now")
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


# Files -------------------------------------------------------------------------------------------


async def test_both_files_are_the_teams_alone_and_of_a_closed_period(house: House) -> None:
    await answered(house)
    visit = await by_link(house.services(), house.people["idris"].actor.key)
    with pytest.raises(NotThere):
        await fetch(visit, FILES, "evaluation-report", Q1.key)
    await closed(house)
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
    await closed(house)
    await figures(house)
    for title in ("Report", "Workbook"):
        reply = await house.tap("idris", title)
        assert reply.beside is not None or reply.card is not None
        assert reply.summary != wording.NOT_FOR_YOU
        await figures(house)

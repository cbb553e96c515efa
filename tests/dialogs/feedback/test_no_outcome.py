"""A conversation ends by itself where no outcome is given within 26 weeks of its day."""

from datetime import date, datetime, timedelta

import pytest

from cards.wording import wording
from records.board.board import BOARD
from records.evaluation.closing import count
from records.evaluation.periods import quarter
from records.learning.sharing import share
from records.outbox.kinds import Kind
from records.people import Part, Participant
from records.register.repair import repair
from records.stages import Act, Stage
from records.store.contract import Unavailable
from scheduler.upkeep.ending import without_outcome
from tests.dialogs.conftest import House

END = "2027-08-04T15:30"
"""26 weeks after Wednesday 3 February 2027, 15:30."""


async def left_alone(house: House, at: str = END) -> str:
    """Held, and then nothing was said for so long."""
    key = await house.held()
    await until(house, at)
    return key


async def until(house: House, at: str) -> None:
    now = house.timetable.office.local(house.at).replace(tzinfo=None)
    await house.skip(seconds=(datetime.fromisoformat(at) - now).total_seconds())
    await house.an_hour_strikes()


async def answer(house: House) -> None:
    """The lead worker says what difference it made."""
    await house.tap("priya", "Next", outcome_child="Better.")
    await house.tap("priya", "Next", outcome_you="Calmer.")
    await house.tap("priya", "Send")


async def test_it_ends_26_weeks_after_its_day_and_no_hour_before(house: House) -> None:
    key = await left_alone(house, "2027-08-04T15:29")
    assert (await house.record(key)).stage is Stage.HELD
    await until(house, END)
    it = await house.record(key)
    assert (it.stage, it.no_outcome_at, it.outcome) == (Stage.COMPLETE, house.local(END), None)
    assert (await house.file(key)).audit[-1].act == Act.NO_OUTCOME


async def test_nothing_is_owed_and_nobody_hears_of_it(house: House) -> None:
    key = await left_alone(house, "2027-08-04T15:29")
    told = len(house.parcels)
    await until(house, END)
    assert house.timetable.owed(await house.record(key)) == ()
    await repair(house.store, house.timetable)
    await house.skip(weeks=20)
    await house.an_hour_strikes()
    assert len(house.parcels) == told
    assert not [row for row in await house.dump("due") if row.values["conversation"] == key]


async def test_looking_twice_or_from_two_copies_ends_it_once(house: House) -> None:
    key = await left_alone(house)
    before = await house.dump()
    await house.an_hour_strikes()
    assert await house.dump() == before
    acts = [line.act for line in (await house.file(key)).audit]
    assert acts.count(Act.NO_OUTCOME) == 1


async def test_a_copy_killed_in_the_middle_leaves_the_lists_to_a_sweep(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = await left_alone(house, "2027-08-04T15:29")
    put = house.store.put

    async def away(table: str, row: object) -> None:
        if table == BOARD:
            raise Unavailable
        await put(table, row)  # type: ignore[arg-type]  # whatever it was given

    monkeypatch.setattr(house.store, "put", away)
    house.at = house.local(END)
    await house.an_hour_strikes()
    monkeypatch.undo()
    assert (await house.record(key)).unanswered
    await house.skip(minutes=1)
    await house.say("fay", "board")
    await house.tap("fay", "Closed conversations")
    assert wording.BOARD_UNANSWERED in house.shown("fay")


async def test_board_and_cards_say_that_no_outcome_was_given(house: House) -> None:
    key = await left_alone(house)
    reference = (await house.record(key)).reference
    await house.say("fay", "board")
    assert "(All open: 0)" in house.shown("fay")
    await house.tap("fay", "Closed conversations")
    assert "no outcome was given (Wed 4 Aug)" in house.shown("fay")
    await house.tap("fay", f"Open {reference}")
    assert "Now: no outcome was given" in house.shown("fay")
    await house.say("fay", "my conversations")
    assert f"{reference}: {wording.FACILITATOR_UNANSWERED}" in house.shown("fay")
    await house.say("priya", "my requests")
    assert f"{reference}  {wording.STATUS_UNANSWERED}" in house.shown("priya")
    assert wording.WAITS_OUTCOME not in house.shown("priya")
    data = {"conversation": key}
    await house.press("pat", {"verb": "prepare.see", "data": data}, {})
    assert wording.STATUS_UNANSWERED in house.shown("pat")
    await house.press("fay", {"verb": "changes.open", "data": data}, {})
    assert wording.FACILITATOR_UNANSWERED in house.shown("fay")


async def test_it_counts_as_held_without_an_outcome_and_not_as_fallen_through(
    house: House,
) -> None:
    await left_alone(house)
    of = wording.partnership
    found = await count(house.store, of, quarter(of.evaluation, date(2027, 2, 3)))
    assert (found.requests, found.held, found.told) == (1, 1, 0)
    assert found.splits["became"] == {"agreed": 1}


async def test_an_outcome_that_comes_after_all_is_kept_and_nothing_old_is_asked(
    house: House,
) -> None:
    house.practice_team = (
        Participant(id="p1", part=Part.OTHER, name="Kit Farrow", mail="kit@facilitation.example"),
    )
    house.root = house.second()
    await house.arrive("kit")
    key = await left_alone(house)
    await house.skip(weeks=5)
    told = len(house.parcels)
    data = {"flow": "outcome", "conversation": key}
    await house.press("priya", {"verb": "flow.open", "data": data}, {})
    await answer(house)
    it = await house.record(key)
    assert (it.stage, it.unanswered, it.stage_since) == (Stage.COMPLETE, False, house.at)
    assert [one.kind for one in house.timetable.owed(it)] == [Kind.OUTCOME_CAME]
    assert len(house.parcels) == told + 1
    assert (await house.file(key)).answers_of("outcome", "lead") is not None
    of = wording.partnership
    found = await count(house.store, of, quarter(of.evaluation, date(2027, 2, 3)))
    assert found.told == 1
    await house.say("priya", "my requests")
    assert wording.STATUS[Stage.COMPLETE] in house.shown("priya")


async def test_of_a_document_that_was_shared_nobody_is_reminded_any_more(house: House) -> None:
    it = share(await house.record(await house.held()), house.at)
    assert {one.kind for one in house.timetable.owed(it)} >= {Kind.LEARNING_SHARED}
    at = house.at + timedelta(days=1)
    assert house.timetable.owed(it.move(Act.NO_OUTCOME, at, no_outcome_at=at)) == ()


async def test_the_review_is_nobodys_any_more(house: House) -> None:
    key = await house.held()
    day = house.local(END).date() + timedelta(days=30)
    it = await house.record(key)
    assert house.timetable.owed(it.with_(review_on=day))[-1].kind is Kind.REVIEW
    ended = it.move(Act.NO_OUTCOME, house.at, no_outcome_at=house.at, review_on=day)
    assert house.timetable.owed(ended) == ()


async def test_while_messages_are_stopped_it_does_not_end_and_then_there_is_as_long_again(
    house: House,
) -> None:
    key = await house.held()
    await house.press("fay", {"verb": "stop.yes", "data": {"conversation": key}}, {})
    await until(house, "2027-09-01T10:00")
    it = await house.record(key)
    assert it.stage is Stage.HELD
    assert without_outcome(it, dates=house.timetable, at=house.at) is it
    await house.press("fay", {"verb": "stop.start", "data": {"conversation": key}}, {})
    assert (await house.record(key)).stopped_at is None
    await until(house, "2028-01-05T09:59")
    assert (await house.record(key)).stage is Stage.HELD
    await until(house, "2028-01-05T10:00")
    assert (await house.record(key)).unanswered


async def test_a_lead_worker_of_later_has_as_long_as_the_one_before(house: House) -> None:
    it = await house.record(await house.held())
    lead = it.person(it.lead)
    assert lead is not None
    assert house.timetable.no_outcome_date(it) == house.local(END)
    later = lead.model_copy(update={"joined": house.local("2027-06-02T12:00")})
    others = tuple(one for one in it.people if one.id != lead.id)
    changed = it.with_(people=(*others, later))
    assert house.timetable.no_outcome_date(changed) == house.local("2027-10-06T12:00")


async def test_who_was_quicker_keeps_it(house: House) -> None:
    """Somebody answers in the very moment in which it would end."""
    key = await left_alone(house, "2027-08-04T15:29")
    house.at = house.local(END)
    data = {"flow": "outcome", "conversation": key}
    await house.press("priya", {"verb": "flow.open", "data": data}, {})
    await answer(house)
    await house.an_hour_strikes()
    it = await house.record(key)
    assert (it.stage, it.no_outcome_at) == (Stage.COMPLETE, None)
    assert without_outcome(it, dates=house.timetable, at=house.at) is it

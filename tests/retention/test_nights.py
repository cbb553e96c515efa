"""A conversation's end, part by part, through real records: told of, then gone everywhere."""

from datetime import date, timedelta
from typing import Final

import pytest

from cards.wording import wording
from records.conversation.conversation import Layer
from records.evaluation.facts import ASKED, HELD, from_row
from records.people import Part
from records.register.repair import repair
from records.retention import holds, notices
from records.retention.holds import LegalHold, Of
from records.retention.scrubbing import A_PERSON
from tests.dialogs.conftest import texts
from tests.records.audit_chain import first_break
from tests.retention.nights import ended, everything, marks, on, rows_of
from tests.security.cast import PLAYERS, Marked

# A is complete on 8 April 2027, its last step is the review on 4 May; it took place on 10 February,
# and the evaluation of its year is closed on 24 June, as somebody else's request of that quarter
# still waits.
ANSWERED: Final = {
    "worry", "hopeyou", "hopeyouknown", "hopechild", "hopechildknown", "wouldhelp", "telling",
    "times",
}  # fmt: skip
SAID: Final = {"happenedpat", "youpat", "happenedpriya", "youpriya"}
OUTCOME: Final = {"outcomechild", "outcomesaid", "outcomeyou"}
DATES: Final = {
    Layer.WORDS: ("2027-09-17", "2027-09-24"),
    Layer.ANSWERS: ("2027-10-02", "2027-10-09"),
    Layer.LEARNING: ("2028-04-02", "2028-04-09"),
    Layer.PEOPLE: ("2028-04-28", "2028-05-05"),
    Layer.TRAIL: ("2033-04-28", "2033-05-05"),
}
"""When each is told of, and when it goes, if every night is looked at."""


async def up_to(house: Marked, last: Layer) -> None:
    """Both nights of each part, up to this one."""
    for night in nights(last):
        await on(house, night)


def nights(last: Layer) -> list[str]:
    """Every night of those, in order."""
    found = {night for both in DATES.values() for night in both}
    return sorted(night for night in found if night <= DATES[last][1])


async def test_each_part_goes_in_its_time_a_week_after_it_was_told_of() -> None:
    house, state = await ended()
    days_before = {_day_before(gone) for _, gone in DATES.values()}
    seen = {}
    for night in sorted({*nights(Layer.TRAIL), *days_before}):
        seen[night] = await on(house, night)
        if night < DATES[Layer.TRAIL][1]:
            file = await house.file(state.a)
            assert first_break(list(file.audit), file.conversation.audit_head) is None
            gone = {layer for layer, (_, at) in DATES.items() if at <= night}
            assert {one.layer for one in file.conversation.removed} == gone
    for layer, both in DATES.items():
        assert [night for night, one in seen.items() if one.told[layer]] == [both[0]]
        assert [night for night, one in seen.items() if one.removed[layer]] == [both[1]]
    left = await rows_of(house, state.a)
    assert {partition for _, partition, _ in left} == {ASKED, HELD}


def _day_before(night: str) -> str:
    return (date.fromisoformat(night) - timedelta(days=1)).isoformat()


async def test_the_answers_go_and_nothing_else() -> None:
    house, _ = await ended()
    await up_to(house, Layer.WORDS)
    before = await marks(house)
    await up_to(house, Layer.ANSWERS)
    assert before.keys() - (await marks(house)).keys() == ANSWERED


async def test_the_document_goes_with_what_was_passed_on_and_the_review() -> None:
    house, state = await ended()
    await up_to(house, Layer.LEARNING)
    left = await marks(house)
    assert left.keys() == {"team", "contact", "place"}
    assert (await house.record(state.a)).captured.shared_with == ()


async def test_names_go_everywhere() -> None:
    house, state = await ended()
    await house.file(state.a)
    await up_to(house, Layer.PEOPLE)
    it = await house.record(state.a)
    assert {one.name for one in it.people} == {A_PERSON}
    assert {one.mail for one in it.people} == {""}
    assert it.booking is not None
    assert it.booking.place == ""
    names = [name for name, _ in PLAYERS.values()]
    at = {(table, row) for table, row, _ in await rows_of(house, *names)}
    assert not {one for one in at if one[1] == state.a}
    left = await rows_of(house, state.a)
    assert {table for table, _, _ in left} <= {"conversations", "board", "references", "retention"}


async def test_feedback_goes_and_its_numbers_stay() -> None:
    house, state = await ended()
    before = {
        partition: from_row(row.values)
        async for table, row in everything(house)
        if table == "board" and (partition := row.partition) in (ASKED, HELD) and state.a in row.key
    }
    await up_to(house, Layer.WORDS)
    assert not (await marks(house)).keys() & {*SAID, *OUTCOME}
    after = {
        partition: from_row(row.values)
        async for table, row in everything(house)
        if table == "board" and (partition := row.partition) in (ASKED, HELD) and state.a in row.key
    }
    for name, facts in before.items():
        now = after[name].model_copy(update={"made_from": facts.made_from})
        assert now == facts


async def test_forty_words_are_found_before_and_none_after() -> None:
    house, state = await ended()
    it = await house.record(state.a)
    mine = {"martin": 1, "pat": 1, "nia": 1, "priya": 1}
    names = {text for who in mine for text in PLAYERS[who]}
    canaries = {*(f"zq{mark}a" for mark in await marks(house)), it.reference, it.id, *names}
    assert len(canaries) >= 40
    assert {one for one in canaries if not await rows_of(house, one)} == set()
    await up_to(house, Layer.TRAIL)
    figures = {one for one in await rows_of(house, it.id) if one[1] in (ASKED, HELD)}
    found = {one: await rows_of(house, one) - figures for one in canaries}
    assert {one: where for one, where in found.items() if where} == {}


async def test_every_message_about_it_closes_before_its_names_go() -> None:
    house, state = await ended()
    reference = (await house.record(state.a)).reference
    await up_to(house, Layer.LEARNING)
    house.outgoing.clear()
    await on(house, DATES[Layer.PEOPLE][0])
    await on(house, DATES[Layer.PEOPLE][1])
    closed = [parcel for _, parcel in house.outgoing]
    assert len(closed) > 20
    told = wording.KEPT_NO_LONGER.format(reference=reference)
    assert {parcel.summary for parcel in closed} == {told}


async def test_a_card_that_teams_does_not_take_puts_it_off_for_a_week_at_most() -> None:
    house, _ = await ended()
    await up_to(house, Layer.LEARNING)
    house.down.update(one.reference.conversation_id for one in house.people.values())
    await on(house, DATES[Layer.PEOPLE][0])
    night = await on(house, DATES[Layer.PEOPLE][1])
    assert (night.waits[Layer.PEOPLE], night.removed[Layer.PEOPLE]) == (1, 0)
    assert "place" in await marks(house)
    night = await on(house, "2028-05-12")
    assert night.removed[Layer.PEOPLE] == 1


async def test_repair_rebuilds_nothing() -> None:
    house, state = await ended()
    for layer in (Layer.PEOPLE, Layer.WORDS):
        await up_to(house, layer)
        before = await rows_of(house, state.a)
        await repair(house.store, house.timetable)
        assert await rows_of(house, state.a) == before


async def test_whoever_taps_an_old_card_hears_that_it_is_kept_no_longer() -> None:
    house, state = await ended()
    await up_to(house, Layer.LEARNING)
    reference = (await house.record(state.a)).reference
    gone = wording.KEPT_NO_LONGER.format(reference=reference)
    for who, verb in (("fay", "learning.read"), ("priya", "request.see-answers")):
        reply = await house.verb(who, verb, state.a)
        assert "zq" not in texts(reply.card)
    reply = await house.verb("pat", "recording.recorded", state.a)
    await up_to(house, Layer.PEOPLE)
    for who in ("priya", "pat", "fay", "lena", "idris", "wren"):
        reply = await house.verb(who, "request.see", state.a)
        assert "zq" not in texts(reply.card)
    assert gone


async def test_what_is_under_way_stays_for_as_long_as_it_is() -> None:
    house, _ = await ended()
    before = await marks(house, "b")
    await up_to(house, Layer.TRAIL)
    # B is held all the while: nobody gave an outcome, and no hour struck at which it would end.
    assert (await marks(house, "b")).keys() >= before.keys() - {"unsentwes", "team", "contact"}


@pytest.mark.parametrize("of", list(Of))
async def test_what_is_held_stays_and_is_told_of_anew_when_it_is_let_go(of: Of) -> None:
    house, state = await ended()
    it = await house.record(state.a)
    pat = next(one for one in it.people if one.part is Part.OTHER and one.key)
    key = state.a if of is Of.CONVERSATION else pat.key
    told, gone = DATES[Layer.ANSWERS]
    await on(house, told)
    held = LegalHold(
        of=of,
        key=key,
        reason="An inquiry.",
        by="operator",
        since=house.at,
        review_on=house.at.date(),
    )
    await holds.keep(house.store, held)
    before = await marks(house)
    night = await on(house, gone)
    assert (night.held[Layer.ANSWERS], night.removed[Layer.ANSWERS]) == (1, 0)
    await on(house, "2029-01-01")
    assert (await marks(house)).keys() == before.keys()
    assert await holds.lift(house.store, of, key)
    await on(house, "2029-01-02")
    assert (await marks(house)).keys() == before.keys()
    night = await on(house, "2029-01-09")
    assert night.removed[Layer.ANSWERS] == 1


async def test_the_plan_says_what_a_night_will_do() -> None:
    house, state = await ended()
    house.at = house.local("2027-09-17T02:30")
    plan = [one async for one in house.removal().plan()]
    assert [(one.what, one.told) for one in plan] == [(Layer.WORDS, None)]
    await house.a_night()
    plan = [one async for one in house.removal().plan()]
    assert plan[0].told == house.at
    assert [one.of async for one, _ in notices.notices(house.store)] == [state.a]


async def test_what_is_held_since_a_night_died_is_not_removed_by_the_next() -> None:
    house, state = await ended()
    told, gone = DATES[Layer.ANSWERS]
    await on(house, told)
    found = await notices.noted(house.store, state.a, Layer.ANSWERS)
    assert found is not None
    # It died just after it had noted that it begins.
    begun = found[0].model_copy(update={"begun": house.at})
    await notices.note(house.store, begun, found[1])
    held = LegalHold(
        of=Of.CONVERSATION,
        key=state.a,
        reason="An inquiry.",
        by="operator",
        since=house.at,
        review_on=house.at.date(),
    )
    await holds.keep(house.store, held)
    before = await marks(house)
    await on(house, gone)
    assert await marks(house) == before
    assert await notices.noted(house.store, state.a, Layer.ANSWERS) is None

"""A conversation in which nobody does anything is asked about, and ends by itself."""

import pytest

from cards.wording import wording
from dialogs.turn.events import CardAction
from records.conversation.conversation import Layer
from records.outbox.prompt import Kind
from records.stages import Stage
from tests.dialogs.conftest import House, texts

HALF_A_YEAR = 184


async def asked(house: House, key: str) -> list[str]:
    """Who was sent the question so far."""
    file = await house.file(key)
    return [one.to for one, _ in file.prompts.values() if one.kind is Kind.SILENT and one.sent_at]


async def test_who_asked_for_it_is_asked_where_there_is_nobody_else(house: House) -> None:
    key = await house.requested()
    await house.quiet(150)
    assert await asked(house, key) == []
    await house.quiet(HALF_A_YEAR - 150)
    it = await house.record(key)
    assert await asked(house, key) == [it.requester.id]
    card = house.people["priya"].chat[-1].card
    reference = it.reference
    assert wording.QUIET_WHY.format(reference=reference) in texts(card)
    reply = await house.tap("priya", wording.QUIET_GOES_ON)
    assert wording.QUIET_DONE.format(reference=reference) in texts(reply.card)
    await house.quiet(60)
    assert (await house.record(key)).stage is Stage.REQUESTED
    await house.quiet(HALF_A_YEAR - 60)
    assert len(await asked(house, key)) == 2


async def test_the_facilitator_is_asked_and_then_it_ends_and_both_hear(house: House) -> None:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await house.quiet(HALF_A_YEAR)
    it = await house.record(key)
    assert await asked(house, key) == [it.facilitator]
    await house.quiet(26)
    assert (await house.record(key)).stage is Stage.PICKED_UP
    await house.quiet(7)
    it = await house.record(key)
    assert (it.stage, it.silent_at is not None) == (Stage.ENDED, True)
    over = wording.QUIET_OVER.format(reference=it.reference)
    for who in ("priya", "fay"):
        assert over in texts(house.people[who].chat[-1].card)
    reply = await house.turn("fay", CardAction("silent.goes-on", {"conversation": key}))
    assert over in texts(reply.card)
    reply = await house.say("priya", "my requests")
    assert wording.STATUS_SILENT in texts(reply.card)


async def test_whatever_somebody_does_begins_the_wait_anew(house: House) -> None:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await house.quiet(HALF_A_YEAR)
    assert len(await asked(house, key)) == 1
    await house.tap("fay", wording.QUIET_OPEN)
    await house.book("fay", day="2027-08-18")
    await house.quiet(33)
    it = await house.record(key)
    assert (it.stage, it.silent_asked) == (Stage.BOOKED, None)


@pytest.mark.parametrize("days", [HALF_A_YEAR])
async def test_a_day_that_is_booked_is_waited_for(house: House, days: int) -> None:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await house.book("fay", day="2027-12-01")
    await house.quiet(days)
    assert await asked(house, key) == []


async def test_what_ended_so_is_removed_like_any_request_that_came_to_nothing(house: House) -> None:
    key = await house.requested()
    await house.quiet(HALF_A_YEAR)
    await house.quiet(33)
    await house.quiet(HALF_A_YEAR + 1)
    await house.quiet(8)
    it = await house.record(key)
    assert {Layer.ANSWERS, Layer.PEOPLE} <= {one.layer for one in it.removed}

"""Between two dates, while a new one is found, the lead worker still says what the family may know,
and the warning stands."""

from datetime import timedelta

import pytest

from cards.wording import wording
from records.conversation.readiness import Told
from records.outbox.prompt import Kind
from records.stages import Stage
from tests.dialogs.conftest import House
from tests.dialogs.preparation.test_telling import (
    BEGINS,
    OF_BOTH,
    OPEN,
    REASON,
    begins,
    see,
    settled,
    to_the_answers,
)


async def called_off(house: House) -> None:
    """The date is off, and the facilitator finds another one."""
    house.at += timedelta(minutes=5)
    await house.change("Call off the conversation")
    await house.tap("fay", "Find a new date")


@OF_BOTH
async def test_it_is_changed_between_two_dates_and_everybody_hears_at_once(
    house: House, how: Told
) -> None:
    key = await settled(house, Told.TOLD)
    await called_off(house)
    told = {who: len(house.told(who)) for who in ("pat", "nia")}
    await settled(house, how, REASON, key)
    it = await house.record(key)
    assert (it.stage, it.telling and it.telling.how) == (Stage.PICKED_UP, how)
    for who in ("pat", "nia"):
        assert len(house.told(who)) == told[who] + 1, who
        assert begins(house, who) == BEGINS[how], who
        assert REASON not in house.shown(who)
    await to_the_answers(house, key)
    assert REASON in house.shown("priya"), "the reason stays to be read and changed"
    await house.press("priya", {"verb": "prepare.told", "data": {"conversation": key}}, {})
    assert wording.TELLING_SETTLED_NEXT.format(name="Priya Shah") in house.shown("pat")
    house.at += timedelta(minutes=5)
    told_anew = len(house.told("pat"))
    await house.book()
    assert len(house.told("pat")) == told_anew + 1, "the invitation says it itself"


async def test_the_lead_worker_finds_the_way_where_they_look(house: House) -> None:
    key = await settled(house, Told.NOT_SAFE)
    await called_off(house)
    assert wording.TELLING_CHANGE in house.shown("priya"), "on the notice that it is off"
    await see(house, key, "priya")
    await house.tap("priya", wording.TELLING_CHANGE)
    assert wording.TELLING_TOLD in house.shown("priya")
    await house.tap("priya", wording.CLOSED_WHERE)
    await house.say("priya", "my requests")
    await house.tap("priya", f"Open {(await house.record(key)).reference}")
    await house.tap("priya", wording.TELLING_CHANGE)
    assert wording.TELLING_TOLD in house.shown("priya")


@pytest.mark.parametrize("how", [None, Told.SOME, Told.NOT_SAFE])
async def test_the_warning_stands_on_the_cards_in_between(house: House, how: Told | None) -> None:
    key = await settled(house, how) if how else await house.booked()
    await called_off(house)
    first = BEGINS[how] if how else OPEN
    shown = wording.TELLING_WARNS_SHORT["open" if how is None else how.value]  # type: ignore[index]
    assert shown.split("{name}")[-1][:30] in house.shown("pat"), "the notice that it is off"
    await see(house, key, "pat")
    assert first in house.shown("pat")
    await house.press("priya", {"verb": "request.see", "data": {"conversation": key}}, {})
    lead = wording.TELLING_WARNS_LEAD["open" if how is None else how.value]  # type: ignore[index]
    assert lead in house.shown("priya")


async def test_before_the_first_booking_it_is_nobodys(house: House) -> None:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await to_the_answers(house, key)
    assert wording.TELLING_TOLD not in house.shown("priya")
    await house.press("priya", {"verb": "prepare.told", "data": {"conversation": key}}, {})
    assert (await house.record(key)).telling is None
    await house.press("priya", {"verb": "request.see", "data": {"conversation": key}}, {})
    assert wording.TELLING_OPEN not in house.shown("priya")


async def test_nobody_is_asked_while_a_new_date_is_found(house: House) -> None:
    key = await house.booked()
    await called_off(house)
    kinds = {prompt.kind for prompt, _ in (await house.file(key)).prompts.values()}
    await house.skip(weeks=1)
    later = {prompt.kind for prompt, _ in (await house.file(key)).prompts.values()}
    assert not (later - kinds) & {Kind.TELLING_ASK, Kind.TELLING_RING}


async def test_nobody_else_settles_it_in_between(house: House) -> None:
    key = await settled(house, Told.NOT_SAFE)
    await called_off(house)
    for who in ("pat", "martin", "fay", "idris"):
        await house.press(who, {"verb": "prepare.told", "data": {"conversation": key}}, {})
    telling = (await house.record(key)).telling
    assert telling is not None
    assert telling.how is Told.NOT_SAFE

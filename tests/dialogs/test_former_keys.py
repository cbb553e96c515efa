"""Somebody whose key was made with capitals before goes on with everything, migrated or not."""

import pytest

from records.conversation.binding import rekeyed
from records.conversation.snapshot import TABLE as CONVERSATIONS
from records.conversation.snapshot import record_row
from records.people import key_as_written, person_key
from records.store.contract import Row
from scheduler.upkeep.migration import Migration
from tests.dialogs.conftest import STORY, TENANT, House, Who

CAP = "Kim-Cap"
BEFORE, NOW = key_as_written(TENANT, f"object-{CAP}"), person_key(TENANT, f"object-{CAP}")
pytestmark = pytest.mark.parametrize("migrated", [False, True], ids=["at once", "migrated"])


@pytest.fixture
def house(house: House) -> House:
    house.people[CAP] = Who(CAP, "Kim Low", "kim@socialcare.example")
    return house


async def upgraded(house: House, *conversations: str, migrated: bool) -> None:
    """All of it as a version before kept it; then a new process, which has migrated or not yet."""
    store = house.store
    for table in ("people", "drafts", "byperson"):
        for row in [row async for row in store.query(table, partition=NOW)]:
            values = {
                name: BEFORE if name in ("key", "owner") else value
                for name, value in row.values.items()
            }
            await store.put(table, Row(BEFORE, row.key, values))
            await store.delete(table, NOW, row.key)
    for key in conversations:
        it = rekeyed(await house.record(key), {NOW: BEFORE})
        await store.put(CONVERSATIONS, record_row(it, ""))
    house.directory = house.a_directory()
    if migrated:
        await Migration(house.register, house.directory, house.clocks).run()
    house.root = house.second()


async def test_half_a_request_goes_on_and_is_sent(house: House, migrated: bool) -> None:
    """Nothing that was typed before has to be typed again."""
    await house.fill_to(CAP, "hope_you")
    await upgraded(house, migrated=migrated)
    await house.fill_from(CAP, "hope_you")
    await house.tap(CAP, "Send")
    key = await house.newest()
    assert (await house.record(key)).requester.key == NOW
    (answers,) = [one for one, _ in (await house.file(key)).answers.values()]
    assert STORY["worry"] in answers.texts.values()
    assert await house.dump("drafts") == []


async def test_their_own_requests_are_listed_and_opened(house: House, migrated: bool) -> None:
    await house.fill_to(CAP, "")
    await house.tap(CAP, "Send")
    key = await house.newest()
    await upgraded(house, key, migrated=migrated)
    await house.say(CAP, "my requests")
    reference = (await house.record(key)).reference
    assert reference in house.shown(CAP)
    await house.press(CAP, {"verb": "request.see", "data": {"conversation": key}}, {})
    assert "Manager: Martin Cole" in house.shown(CAP)
    place = (await house.record(key)).requester
    assert place.key == (NOW if migrated else BEFORE)

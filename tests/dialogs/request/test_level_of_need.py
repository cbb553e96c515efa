"""The level of need, and whether it is open to Social Care: who reads what the requester said."""

import io

from docx2python import docx2python

from cards.wording import wording
from dialogs.files.files import by_link, fetch
from dialogs.root.routes import FILES
from tests.dialogs.conftest import House, texts

LEVEL = "Level 3: targeted help"
LEVEL_ROW = f"Level of need: {LEVEL}"
OPEN_ROW = "Open to Social Care: No"


async def asked(house: House, **said: str) -> str:
    """A request in which this was said of the need; sent."""
    await house.arrive("priya", "martin", "fay", "idris")
    await house.fill_to("priya", "about")
    await house.tap("priya", "Next", about="child", reasons="stuck", **said)
    await house.fill_from("priya", "you")
    await house.tap("priya", "Send")
    return await house.newest()


async def said(house: House) -> str:
    return await asked(house, level_of_need="3", open_to_social_care="no")


async def test_the_manager_reads_it_on_the_opened_request_and_not_before(house: House) -> None:
    await said(house)
    assert LEVEL not in house.shown("martin"), "a message that comes by itself"
    await house.tap("martin", wording.DOOR_REQUEST)
    assert LEVEL_ROW in house.shown("martin")
    assert OPEN_ROW in house.shown("martin")


async def test_who_could_facilitate_reads_it_as_they_decide_and_on_the_board(house: House) -> None:
    await said(house)
    await house.agree()
    everybody = [texts(one.card) for who in ("fay", "idris") for one in house.people[who].chat
                 if one.card]  # fmt: skip
    assert not [one for one in everybody if LEVEL in one], "a message that comes by itself"
    assert not [one for one in house.channel if LEVEL in texts(one.card)]
    await house.tap("fay", "I'll facilitate")
    assert LEVEL_ROW in house.shown("fay")
    assert OPEN_ROW in house.shown("fay")
    await house.say("idris", "board")
    await house.tap("idris", f"Open {(await house.record(await house.newest())).reference}")
    assert LEVEL_ROW in house.shown("idris")


async def test_the_facilitator_keeps_it_on_card_board_and_pack_and_another_has_it_no_more(
    house: House,
) -> None:
    key = await said(house)
    await house.agree()
    await house.pick_up()
    assert LEVEL_ROW in house.shown("fay")
    await house.tap("fay", "Find a date")
    await house.tap(
        "fay",
        "Book the date",
        day="2027-02-03",
        start="14:00",
        end="15:30",
        place="Here",
        lead="requester",
        coming="requester",
    )
    visit = await by_link(house.services(), house.people["fay"].actor.key)
    made = await fetch(visit, FILES, "pack", key)
    with docx2python(io.BytesIO(made.body)) as read:
        pack = read.text
    assert LEVEL in pack
    before, alone, after = pack.partition(wording.PACK_FOR_YOU)
    assert alone
    assert LEVEL not in before, "what is shown to everyone who comes"
    assert wording.PACK_FOR_YOU_MORE in after
    reference = (await house.record(key)).reference
    for who, there in (("fay", True), ("idris", False)):
        await house.say(who, "board")
        await house.tap(who, f"Open {reference}")
        assert (LEVEL_ROW in house.shown(who)) is there


async def test_what_was_not_said_takes_no_room(house: House) -> None:
    key = await asked(house)
    await house.tap("martin", wording.DOOR_REQUEST)
    assert wording.NEED_LEVEL not in house.shown("martin")
    await house.tap("martin", "Agree")
    await house.pick_up()
    assert wording.NEED_OPEN not in house.shown("fay")
    assert (await house.record(key)).request.level_of_need == ""

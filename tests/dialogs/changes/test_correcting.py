"""*Correct the address*: one field, sent again to the right one, and the wrong one is told."""

import pytest

from cards.wording import wording
from records.outbox.prompt import Kind
from tests.dialogs.conftest import House, elements, values

RIGHT = "martin@socialcare.example"


async def mistyped(house: House, mail: str = "marttin@socialcare.example") -> str:
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_request(manager=mail)
    await house.tap("priya", "Send")
    return await house.newest()


async def test_the_notice_has_it_and_the_card_has_one_field(house: House) -> None:
    await mistyped(house)
    assert "cannot be reached" in house.shown("priya")
    await house.tap("priya", "Correct the address")
    inputs = [
        one
        for one in elements(house.people["priya"].card)
        if str(one.get("type", "")).startswith("Input.")
    ]
    assert [one["id"] for one in inputs] == ["mail"]
    assert values(house.people["priya"].card)["mail"] == "marttin@socialcare.example"
    assert "Martin Cole" in house.shown("priya")


async def test_the_message_goes_to_the_right_one_and_everything_else_stays(house: House) -> None:
    key = await mistyped(house)
    before = await house.record(key)
    assert house.told("martin") == []
    await house.tap("priya", "Correct the address")
    await house.tap("priya", "Save and send again", mail=RIGHT)
    assert len(house.told("martin")) == 1
    it = await house.record(key)
    manager = it.manager
    assert (manager.name, manager.mail, manager.attending) == (
        before.manager.name,
        RIGHT,
        before.manager.attending,
    )
    assert it.request == before.request
    assert [one.name for one in it.present] == [
        *(one.name for one in before.present if one.id != before.manager.id),
        manager.name,
    ]
    shown = house.shown("priya")
    assert wording.CORRECT_NEXT.format(mail=RIGHT) in shown
    assert wording.CORRECT_NOT_SHOWN in shown
    await house.agree()
    assert (await house.record(key)).decided_at is not None


async def test_nobody_is_told_of_another_manager(house: House) -> None:
    await mistyped(house)
    await house.tap("priya", "Correct the address")
    await house.tap("priya", "Save and send again", mail=RIGHT)
    kinds = {prompt.kind for prompt, _ in (await house.file(await house.newest())).prompts.values()}
    assert kinds.isdisjoint({Kind.NOT_NEEDED, Kind.REPLACED, Kind.MANAGER_NOW, Kind.NOT_MEANT})


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        ("marttin@socialcare.example", "CORRECT_SAME"),
        ("pat@police.example", "CORRECT_TAKEN"),
        ("priya@socialcare.example", "CORRECT_TAKEN"),
        ("martin@", ""),
    ],
)
async def test_what_cannot_be_right_is_asked_about(house: House, mail: str, said: str) -> None:
    key = await mistyped(house)
    before = await house.record(key)
    await house.tap("priya", "Correct the address")
    await house.tap("priya", "Save and send again", mail=mail)
    if said:
        assert getattr(wording, said) in house.shown("priya")
    assert (await house.record(key)).people == before.people


async def corrected_pat(house: House) -> str:
    """Pat Reed's address was Nia's colleague's: Kit read the invitation."""
    house.people["pat"].mail = "pat.reed@police.example"
    house.people["kit"].mail = "pat@police.example"
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia", "kit")
    await house.fill_request()
    await house.tap("priya", "Send")
    key = await house.newest()
    await house.agree()
    await house.pick_up()
    await house.book()
    await house.press("fay", {"verb": "board.open", "data": {"conversation": key}}, {})
    await house.tap("fay", "Correct the address: Pat Reed")
    await house.tap("fay", "Save and send again", mail="pat.reed@police.example")
    return key


async def test_the_facilitator_corrects_it_where_who_was_reached_stands(house: House) -> None:
    key = await corrected_pat(house)
    assert "invites you to a learning conversation" in house.shown("pat")
    it = await house.record(key)
    assert it.booking is not None
    now = [one for one in it.present if one.name == "Pat Reed"]
    assert [one.mail for one in now] == ["pat.reed@police.example"]
    assert now[0].id in it.booking.coming
    assert "other1" not in it.booking.coming


async def test_the_wrong_one_learns_that_it_was_not_for_them_and_has_no_place(
    house: House,
) -> None:
    key = await corrected_pat(house)
    assert house.told("kit")[-1] == wording.NOT_MEANT_SUMMARY
    assert wording.NOT_MEANT in house.shown("kit")
    reference = (await house.record(key)).reference
    assert reference not in house.shown("kit")
    assert "Pat Reed" not in house.shown("kit")
    assert wording.CORRECT_SHOWN in house.shown("fay")
    told = len(house.told("kit"))
    await house.press("kit", {"verb": "prepare.see", "data": {"conversation": key}}, {})
    assert "Endeavour House" not in house.shown("kit")
    await house.skip(days=5)
    assert len(house.told("kit")) == told


async def test_who_came_is_asked_for_feedback_at_the_right_address(house: House) -> None:
    house.people["pat"].mail = "pat.reed@police.example"
    await house.arrive("pat")
    key = await house.held()
    await house.press("fay", {"verb": "board.open", "data": {"conversation": key}}, {})
    await house.tap("fay", "Correct the address: Pat Reed")
    await house.tap("fay", "Save and send again", mail="pat.reed@police.example")
    assert "out of 10" in house.shown("pat")


@pytest.mark.parametrize("who", ["martin", "pat", "idris", "nia"])
async def test_nobody_else_corrects_it(house: House, who: str) -> None:
    key = await house.booked()
    before = await house.record(key)
    data = {"conversation": key, "who": "nurse"}
    await house.press(who, {"verb": "correct.open", "data": data}, {})
    draft = {"conversation": key, "flow": "correct", "step": "address", "mail": "x@health.example"}
    await house.press(who, {"verb": "flow.next", "data": draft}, {})
    assert await house.record(key) == before


@pytest.mark.parametrize("of", ["requester", "facilitator", "nobody"])
async def test_who_asks_and_who_facilitates_are_not_corrected(house: House, of: str) -> None:
    key = await house.booked()
    data = {"conversation": key, "who": of}
    await house.press("fay", {"verb": "correct.open", "data": data}, {})
    it = await house.record(key)
    assert wording.CORRECT_NOT.format(reference=it.reference) in house.shown("fay")


async def test_a_wrong_manager_who_read_it_learns_only_that_it_was_not_for_them(
    house: House,
) -> None:
    await house.arrive("kit")
    key = await mistyped(house, "kit@facilitation.example")
    assert len(house.told("kit")) == 1
    wrong = {"conversation": key, "who": "manager"}
    await house.press("priya", {"verb": "correct.open", "data": wrong}, {})
    await house.tap("priya", "Save and send again", mail=RIGHT)
    assert house.told("kit")[1:] == [wording.NOT_MEANT_SUMMARY]
    assert len(house.told("martin")) == 1
    await house.press("kit", {"verb": "manager.agree", "data": {**wrong, "seen": 0}}, {})
    assert (await house.record(key)).decided_at is None


async def test_who_was_reached_lists_them_once(house: House) -> None:
    key = await corrected_pat(house)
    await house.press("fay", {"verb": "board.open", "data": {"conversation": key}}, {})
    named = [one for one in house.shown("fay").splitlines() if one.startswith("Pat Reed")]
    assert len(named) == 1

"""What comes to a manager by itself holds no story; and what *Not this route* leaves to people."""

import pytest

from cards.wording import wording
from records.partnership.model import Contacts
from records.register.projections import own_entries
from tests.dialogs.conftest import STORY, House, elements

ADDED = "This fear is new since Tuesday."


def titles(house: House, who: str) -> list[str]:
    return [str(one["title"]) for one in house.people[who].card.get("actions", ())]


async def test_the_managers_message_says_who_asks_why_and_who_is_named(house: House) -> None:
    key = await house.requested()
    it, shown = await house.record(key), house.shown("martin")
    assert "From: Priya Shah, " in shown
    for reason in it.request.reasons:
        assert wording.REASONS[reason] in shown
    assert "Also named: " in shown
    for name in ("Pat Reed", "Nia Okafor"):
        assert name in shown
    assert not any(text in shown for text in STORY.values())
    assert titles(house, "martin") == [
        wording.DOOR_REQUEST,
        wording.TALK_FIRST,
        wording.DEPUTY,
        wording.IN_DANGER,
    ]


async def test_agree_stands_on_the_opened_request(house: House) -> None:
    key = await house.requested()
    await house.open_door("martin")
    assert all(text in house.shown("martin") for text in STORY.values())
    assert titles(house, "martin") == [
        wording.AGREE,
        wording.NOT_THIS_ROUTE,
        wording.TALK_FIRST,
        wording.DEPUTY,
    ]
    await house.tap("martin", wording.AGREE)
    assert (await house.record(key)).stage == "agreed"


async def test_whether_it_was_read_is_written_down_nowhere(house: House) -> None:
    key = await house.requested()
    kept = [row async for row in house.store.query("conversations", partition=key)]
    told = list(house.told("priya"))
    await house.open_door("martin")
    assert [row async for row in house.store.query("conversations", partition=key)] == kept
    assert house.told("priya") == told
    await house.say("priya", "my requests")
    assert "read" not in house.shown("priya").casefold()


async def test_what_to_do_in_danger_leads_back_to_the_request(house: House) -> None:
    await house.requested()
    await house.tap("martin", wording.IN_DANGER)
    assert wording.URGENT_TITLE in house.shown("martin")
    await house.tap("martin", wording.SEE_AGAIN)
    assert wording.AGREE in titles(house, "martin")


async def test_a_changed_request_comes_closed_too(house: House) -> None:
    await house.requested()
    await house.say("priya", "my requests")
    await house.tap("priya", next(t for t in titles(house, "priya") if t.startswith("Open LC-")))
    await house.tap("priya", wording.AMEND)
    change = next(
        one
        for one in elements(house.people["priya"].card)
        if one.get("verb") == "flow.change" and one["data"]["to"] == "worry"
    )
    await house.press("priya", change, {})
    await house.tap("priya", wording.NEXT, worry=ADDED)
    await house.tap("priya", wording.AMEND_SAVE)
    shown = house.shown("martin")
    assert "changed the request" in shown or wording.AMENDED_MANAGER in shown
    assert ADDED not in shown
    await house.open_door("martin")
    assert ADDED in house.shown("martin")


# Not this route -----------------------------------------------------------------------------------


async def declined(house: House) -> str:
    key = await house.requested()
    await house.tap("martin", wording.NOT_THIS_ROUTE)
    await house.tap("martin", wording.SEND, because="Supervision first.")
    return key


async def test_another_way_is_not_a_wrong_worry_and_says_how_to_take_it_further(
    house: House,
) -> None:
    await declined(house)
    said = house.shown("priya")
    assert (
        "Martin Cole thinks another way would help more. This does not mean your worry is wrong. "
        "Talk it over together. If you still do not agree, this is how to take it further: "
        "ask your safeguarding lead what your agency does when people do not agree. "
        "If the risk has grown, do not wait. Tell your safeguarding lead today."
    ) in said
    assert "Supervision first." not in said
    await house.tap("priya", wording.DOOR_WORDS)
    assert "Supervision first." in house.shown("priya")


async def test_a_partnership_names_its_page_for_that(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "https://partnership.example/escalation"
    contacts = Contacts(escalation=page)
    monkeypatch.setattr(wording.partnership.__class__, "contacts", contacts, raising=False)
    with_page = wording.partnership.model_copy(update={"contacts": contacts})
    monkeypatch.setitem(wording.__dict__, "partnership", with_page)
    await declined(house)
    assert f"how to take it further: {page}. " in house.shown("priya")
    links = [one for one in elements(house.people["priya"].card) if one.get("url")]
    assert [one["url"] for one in links] == [page]


async def test_a_declined_request_keeps_its_answers(house: House) -> None:
    await declined(house)
    await house.tap("priya", wording.ANSWERS_READ)
    assert all(text in house.shown("priya") for text in STORY.values())
    await house.tap("priya", wording.BACK)
    assert "another way would help more" in house.shown("priya")


async def test_a_declined_request_is_sent_again_changed(house: House) -> None:
    key = await declined(house)
    await house.tap("priya", wording.ASK_CHANGED)
    assert wording.RISK_TITLE in house.shown("priya")
    await house.tap("priya", wording.RISK_NO)
    shown = house.shown("priya")
    assert wording.CHECK_TITLE in shown
    assert all(text in shown for text in STORY.values())
    await house.tap("priya", wording.SEND)
    ids = {
        one.conversation async for one in own_entries(house.store, house.people["priya"].actor.key)
    }
    [new] = ids - {key}
    assert (await house.record(key)).stage == "not-this-route"
    assert (await house.record(new)).stage == "requested"
    assert len(house.told("martin")) == 2


async def test_a_request_being_written_is_not_lost_by_asking_again(house: House) -> None:
    await declined(house)
    carried = house.data("priya", wording.ASK_CHANGED)
    await house.say("priya", "request")
    await house.tap("priya", wording.RISK_NO)
    await house.turn("priya", carried)
    assert wording.ABOUT_LABEL in house.shown("priya")


# What ends with its purpose -----------------------------------------------------------------------


async def test_the_managers_reading_ends_with_the_request(house: House) -> None:
    await house.requested()
    await house.open_door("martin")
    again = {"verb": "manager.see", "data": {"conversation": await house.newest()}}
    await house.tap("martin", wording.NOT_THIS_ROUTE)
    await house.tap("martin", wording.SEND, because="Supervision first.")
    await house.press("martin", again, {})
    assert not any(text in house.shown("martin") for text in STORY.values())


async def test_the_managers_reading_ends_with_the_conversation(house: House) -> None:
    key = await house.held()
    see = {"verb": "manager.see", "data": {"conversation": key}}
    show = {"verb": "story.show", "data": {"conversation": key, "field": "worry"}}
    await house.press("martin", see, {})
    assert STORY["worry"] in house.shown("martin")
    await house.give_feedback("priya", 7)
    await house.skip(days=3)
    await house.skip(weeks=8)
    for title in ("Next", "Next", "Send"):
        await house.tap("priya", title)
    assert (await house.record(key)).stage == "complete"
    for tap in (see, show):
        await house.press("martin", tap, {})
        assert not any(text in house.shown("martin") for text in STORY.values())


async def test_the_managers_reading_ends_when_it_is_withdrawn(house: House) -> None:
    key = await house.requested()
    await house.open_door("martin")
    show = {"verb": "story.show", "data": {"conversation": key, "field": "worry"}}
    data = {"conversation": key}
    await house.press("priya", {"verb": "request.withdraw-yes", "data": data}, {})
    for tap in (show, {"verb": "manager.see", "data": data}):
        await house.press("martin", tap, {})
        assert not any(text in house.shown("martin") for text in STORY.values())

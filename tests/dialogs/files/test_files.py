"""Files that people ask for: who gets which, how it is offered, and what an answer may do."""

import logging
from datetime import timedelta
from typing import Any

import pytest

from cards.wording import wording
from dialogs.files.files import Made, NotTheirs, NotThere, by_link, fetch, follow
from dialogs.root.routes import FILES
from dialogs.turn.events import FileConsent, Reply, Target
from records.changes.stopping import stop
from records.conversation.snapshot import record_row
from records.evaluation.closing import close_due
from records.learning.sharing import open_again, share
from records.people import person_key
from records.register.projections import list_conversation
from records.register.register import Deed
from records.stages import Act
from records.store.memory import MemoryStore
from tests.dialogs.conftest import TENANT, House, action

TARGET = Target("https://x-my.sharepoint.com/upload", "a.docx", "https://x/a.docx", "id-1", "docx")


def key_of(house: House, who: str) -> Any:
    return house.people[who].actor.key


async def ask(house: House, who: str, kind: str, conversation: str) -> Reply:
    """A tap on a button for a file, wherever it came from."""
    data = {"kind": kind, "conversation": conversation}
    return await house.press(who, {"verb": "file.get", "data": data}, {})


async def change(house: House, key: str, act: Act, how: Any) -> None:
    deed = Deed(act, key_of(house, "fay"), house.at, f"{act}-{house.at}")
    await house.register.change(key, deed, lambda it: how(it, house.at))


async def test_pack_gives_the_facilitator_the_file_of_the_only_booked_conversation(
    house: House,
) -> None:
    key = await house.booked()
    await house.say("fay", "pack")
    pressed = action(house.people["fay"].card, "Open the file")
    assert pressed["url"] == house.links.file("pack", key, key_of(house, "fay"))
    visit = await by_link(house.services(), key_of(house, "fay"))
    made = await fetch(visit, FILES, "pack", key)
    reference = (await house.record(key)).reference
    assert made.name == f"{reference} pack for the conversation.docx"
    assert made.body.startswith(b"PK")


async def test_pack_is_not_there_before_a_date_or_for_others(house: House) -> None:
    await house.requested()
    for who in ("fay", "priya"):
        await house.say(who, "pack")
        assert "no booked conversation" in house.shown(who)


async def test_with_several_booked_conversations_the_facilitator_chooses(house: House) -> None:
    first = await house.booked()
    it = await house.record(first)
    second = it.model_copy(update={"id": "second", "reference": "LC-22222"})

    await house.store.create("conversations", record_row(second, ""))
    await list_conversation(house.store, second, house.timetable)
    await house.say("fay", "pack")
    assert f"(Pack for {it.reference})" in house.shown("fay")
    reply = await house.tap("fay", "Pack for LC-22222")
    assert reply.beside is not None
    assert "second" in (reply.beside.link or "")


PACK = {"fay": True, "priya": False, "martin": False, "pat": False, "idris": False}


@pytest.mark.parametrize(("who", "gets"), PACK.items())
async def test_only_the_facilitator_gets_the_pack(house: House, who: str, gets: bool) -> None:
    key = await house.booked()
    reply = await ask(house, who, "pack", key)
    assert (reply.beside is not None) is gets
    if not gets:
        assert reply.summary == wording.NOT_FOR_YOU


async def test_the_lead_worker_gets_the_document_only_while_it_is_shared(house: House) -> None:
    key = await house.held()

    async def fetched() -> Made:
        lead = await by_link(house.services(), key_of(house, "priya"))
        return await fetch(lead, FILES, "learning", key)

    with pytest.raises(NotTheirs):
        await fetched()
    await change(house, key, Act.LEARNING_SHARED, share)
    assert (await fetched()).name.endswith(" learning document.docx")
    await change(house, key, Act.LEARNING_OPENED, open_again)
    with pytest.raises(NotTheirs):
        await fetched()


async def test_nobody_else_gets_the_document_even_when_it_is_shared(house: House) -> None:
    key = await house.held()
    await change(house, key, Act.LEARNING_SHARED, share)
    for who in ("martin", "pat", "nia", "idris"):
        with pytest.raises(NotTheirs):
            await fetch(await by_link(house.services(), key_of(house, who)), FILES, "learning", key)


async def test_a_link_for_somebody_unknown_opens_nothing(house: House) -> None:
    with pytest.raises(NotTheirs):
        await by_link(house.services(), person_key(TENANT, "nobody"))


@pytest.mark.parametrize("kind", ["", "nonsense", "upload", "pack/../x"])
async def test_a_file_of_no_such_kind_is_said_not_to_be_there(house: House, kind: str) -> None:
    key = await house.booked()
    reply = await ask(house, "fay", kind, key)
    assert "no such file" in reply.summary


# Through Teams ------------------------------------------------------------------------------------


async def consent_of(house: House, key: str) -> Any:
    house.onedrive.asks_consent = True
    reply = await ask(house, "fay", "pack", key)
    assert reply.card is None  # the tapped card stays as it is
    assert reply.beside is not None
    assert reply.beside.consent is not None
    return reply.beside.consent


async def test_in_teams_the_person_is_asked_before_anything_goes_into_their_onedrive(
    house: House,
) -> None:
    key = await house.booked()
    consent = await consent_of(house, key)
    assert consent.context == {
        "kind": "pack",
        "conversation": key,
        "person": key_of(house, "fay"),
    }
    assert "your own OneDrive" in consent.description
    assert consent.size > 10_000
    assert house.onedrive.stored == {}


async def test_a_consent_puts_the_file_there_and_says_where_it_is(house: House) -> None:
    key = await house.booked()
    consent = await consent_of(house, key)
    reply = await house.turn("fay", FileConsent(consent.context, TARGET))
    [(address, body)] = house.onedrive.stored.items()
    assert address == TARGET.address
    assert body.startswith(b"PK")
    assert reply.settled
    assert reply.info is not None
    assert reply.info.url == TARGET.url
    assert "your own OneDrive" in reply.summary


async def test_a_decline_is_taken_calmly(house: House) -> None:
    key = await house.booked()
    consent = await consent_of(house, key)
    reply = await house.turn("fay", FileConsent(consent.context))
    assert house.onedrive.stored == {}
    assert "ask for it again" in reply.summary
    assert reply.settled


async def test_a_consent_forged_by_somebody_else_moves_nothing(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    key = await house.booked()
    consent = await consent_of(house, key)
    mine = {**consent.context, "person": key_of(house, "pat")}
    for context in (consent.context, mine, {}, {"kind": 7, "conversation": ["x"]}):
        caplog.clear()
        await house.turn("pat", FileConsent(context, TARGET))
        assert len([one for one in caplog.records if one.levelno >= logging.WARNING]) == 1
    assert house.onedrive.stored == {}


async def test_a_consent_after_the_right_is_gone_moves_nothing(house: House) -> None:
    key = await house.held()
    await change(house, key, Act.LEARNING_SHARED, share)
    house.onedrive.asks_consent = True
    reply = await ask(house, "priya", "learning", key)
    assert reply.beside is not None
    assert reply.beside.consent is not None
    await change(house, key, Act.LEARNING_OPENED, open_again)
    await house.turn("priya", FileConsent(reply.beside.consent.context, TARGET))
    assert house.onedrive.stored == {}


@pytest.mark.parametrize("why", ["status 404", "host", "TimeoutError"])
async def test_a_failed_upload_is_said_and_can_be_tried_again(house: House, why: str) -> None:
    key = await house.booked()
    consent = await consent_of(house, key)
    house.onedrive.broken = why
    reply = await house.turn("fay", FileConsent(consent.context, TARGET))
    assert "could not be saved" in reply.summary
    assert not reply.settled  # the consent card stays, to be tapped again
    house.onedrive.broken = ""
    reply = await house.turn("fay", FileConsent(consent.context, TARGET))
    assert reply.settled


async def test_without_pages_and_without_teams_it_is_said_kindly(house: House) -> None:
    key = await house.booked()
    house.links.served = False
    reply = await ask(house, "fay", "pack", key)
    assert "cannot be handed over here" in reply.summary


async def test_no_name_of_a_person_stands_in_a_files_name_or_title(house: House) -> None:
    names = [one.name for one in house.people.values()]
    before = House(MemoryStore())
    key = await before.booked()
    coming = await by_link(before.services(), key_of(before, "pat"))
    found = [await fetch(coming, FILES, "calendar", key)]
    key = await house.held()
    await house.give_feedback("pat", 7)
    await close_due(house.store, wording.partnership, house.at + timedelta(weeks=30))
    theirs = {"request-form": "priya", "what-to-say": "priya", "feedback-form": "pat"}
    for kind in FILES:
        visit = await by_link(house.services(), key_of(house, theirs.get(kind, "fay")))
        if kind != "calendar":
            of_a_period = kind.startswith("evaluation")
            about = "2027-01-01_2027-03-31" if of_a_period else key
            found.append(await fetch(visit, FILES, kind, about))
    for made in found:
        for name in names:
            for word in name.split():
                assert word not in made.name
                assert word not in made.title


async def test_while_messages_are_stopped_there_is_no_file(house: House) -> None:
    key = await house.booked()
    me = key_of(house, "fay")
    assert (await follow(house.services(), FILES, me, "pack", key)).body
    await change(house, key, Act.STOP, stop)
    with pytest.raises(NotThere):
        await follow(house.services(), FILES, me, "pack", key)
    await house.say("fay", "pack")
    assert "no booked conversation" in house.shown("fay")


async def test_the_lead_workers_card_gives_the_document_it_speaks_of(house: House) -> None:
    key = await house.held()
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Look it over before sharing")
    await house.tap("fay", "Share the document")
    reply = await house.tap("priya", "Get the Word file")
    assert reply.beside is not None
    assert reply.beside.link == house.links.file("learning", key, key_of(house, "priya"))

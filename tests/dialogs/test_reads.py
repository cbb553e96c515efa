"""Who opened what, was refused or written to: what stands in the chain of reads after a tap."""

import logging
from collections.abc import Sequence
from datetime import date

import pytest

from dialogs.files.files import NotTheirs, follow
from dialogs.root.routes import FILES
from dialogs.turn.events import CardAction, FileConsent, Target
from records.access.lines import READS, AccessLine, What
from records.access.readers import readers_of
from records.people import Reference
from records.store.contract import Row, Unavailable
from records.store.memory import MemoryStore
from tests.dialogs.conftest import CHANNEL, STORY, TENANT, House, texts
from tests.dialogs.evaluation.test_evaluation import WORDS, answered
from tests.dialogs.feedback.test_readers import led
from tests.dialogs.test_board import press
from tests.trips import Counting


async def mark(house: House, who: str) -> str:
    person = await house.directory.find(house.people[who].actor.key)
    assert person is not None
    assert person.mark
    return person.mark


async def of(house: House, who: str, *what: What) -> list[AccessLine]:
    """What somebody did, of these kinds or all reads."""
    mine = await mark(house, who)
    return [one for one in await house.reads() if one.by == mine and one.what in (what or READS)]


def kinds(lines: Sequence[AccessLine]) -> list[What]:
    return list(dict.fromkeys(one.what for one in lines))


async def test_a_manager_who_opens_the_request_has_read_the_story(house: House) -> None:
    key = await house.requested()
    assert await of(house, "martin") == [], "told of it, and nothing opened"
    await house.open_door("martin")
    assert STORY["worry"] in house.shown("martin")
    (line,) = await of(house, "martin")
    assert (line.what, line.conversation, line.of) == (What.STORY, key, "requester")
    assert line.at == house.at


async def test_nobody_reads_their_own_words(house: House) -> None:
    key = await house.requested()
    reply = await house.turn("priya", CardAction("request.answers", {"conversation": key}))
    assert reply.card is not None
    assert STORY["worry"] in texts(reply.card)
    assert await of(house, "priya") == []


async def test_a_card_without_their_words_is_no_read(house: House) -> None:
    await house.requested()
    await house.agree()
    before = len(await of(house, "martin"))
    await house.say("martin", "mine")
    await house.say("martin", "help")
    assert len(await of(house, "martin")) == before


async def test_feedback_that_is_read_says_whose_it_was(house: House) -> None:
    await led(house)
    key = await house.held()
    await house.give_feedback("pat", 4, happened="I was heard at last.")
    await house.skip(days=1)
    assert await of(house, "lena") == []
    await house.tap("lena", "Read their words")
    (line,) = await of(house, "lena")
    assert (line.what, line.conversation, line.of) == (What.FEEDBACK, key, "other1")


async def test_words_to_be_quoted_are_noted_as_that_and_not_as_feedback(house: House) -> None:
    key = await answered(house)
    await house.press("idris", *press("quotes.read"))
    assert WORDS in house.shown("idris")
    (line,) = await of(house, "idris")
    assert (line.what, line.conversation, line.of) == (What.QUOTES, key, "other1")
    await house.tap("idris", "Release these words")
    assert kinds(await of(house, "idris")) == [What.QUOTES]


async def test_a_file_behind_a_link_is_noted_when_it_is_opened(house: House) -> None:
    key, fay = await house.booked(), house.people["fay"].actor.key
    await house.say("fay", "pack")
    assert await of(house, "fay", What.FILE) == [], "offered, and not opened"
    await follow(house.services(), FILES, fay, "pack", key)
    (line,) = await of(house, "fay", What.FILE)
    assert (line.conversation, line.about) == (key, "pack")


async def test_who_follows_a_link_as_their_first_act_has_a_mark_by_it(house: House) -> None:
    key, fay = await house.booked(), house.people["fay"].actor.key
    row = await house.store.get("people", fay, "person")
    assert row is not None
    older = {name: one for name, one in row.values.items() if name != "secret"}
    await house.store.put("people", Row(fay, "person", older))
    house.root = house.second()
    await follow(house.root.services, FILES, fay, "pack", key)
    (line,) = [one for one in await house.reads() if one.what is What.FILE]
    person = await house.root.services.directory.find(fay)
    assert person is not None
    assert line.by == person.mark != ""


async def test_a_file_that_goes_into_somebodys_own_onedrive_is_noted_once_it_is_there(
    house: House,
) -> None:
    key = await house.booked()
    house.onedrive.asks_consent = True
    reply = await house.say("fay", "pack")
    offered = reply.beside or reply
    assert offered.consent is not None
    target = Target("https://fay.example/x", "https://fay.example/y", "1", "docx", "pack.docx")
    house.onedrive.broken = "status 500"
    await house.turn("fay", FileConsent(offered.consent.context, target))
    assert await of(house, "fay", What.FILE) == []
    house.onedrive.broken = ""
    await house.turn("fay", FileConsent(offered.consent.context, target))
    (line,) = await of(house, "fay", What.FILE)
    assert (line.conversation, line.about) == (key, "pack")


async def test_who_is_refused_stands_there_with_what_was_asked(house: House) -> None:
    key = await house.requested()
    await house.turn("pat", CardAction("manager.see", {"conversation": key}))
    (line,) = await of(house, "pat", What.REFUSED)
    assert (line.conversation, line.about) == (key, "see_asked")
    with pytest.raises(NotTheirs):
        await follow(house.services(), FILES, house.people["pat"].actor.key, "pack", key)
    assert (await of(house, "pat", What.REFUSED))[-1].about == "file pack"
    assert await of(house, "pat") == []


async def test_what_a_card_carries_as_an_id_is_kept_only_where_it_is_one(house: House) -> None:
    await house.arrive("pat")
    await house.turn("pat", CardAction("manager.see", {"conversation": "Priya said that"}))
    (line,) = await of(house, "pat", What.REFUSED)
    assert line.conversation == ""
    assert "Priya" not in line.model_dump_json()


async def test_a_message_that_was_sent_says_to_whom_and_which(house: House) -> None:
    key = await house.requested()
    (line,) = await of(house, "martin", What.SENT)
    assert (line.conversation, line.of, line.about) == (key, "manager", "manager-ask")
    place = Reference(service_url="https://teams.example/", conversation_id=CHANNEL, tenant=TENANT)
    await house.directory.channel_seen(place)
    await house.agree()
    (told,) = [one for one in await house.reads() if one.by == "channel"]
    assert (told.what, told.conversation, told.about) == (What.SENT, key, "waiting")


async def test_a_line_holds_ids_and_words_of_our_own_alone(house: House) -> None:
    await led(house)
    await house.held()
    await house.give_feedback("pat", 4, happened="I was heard at last.")
    await house.skip(days=1)
    await house.tap("lena", "Read their words")
    await house.reads()
    kept = " ".join(str(dict(one.values)) for one in await house.dump("access"))
    assert len(kept) > 1_000
    for one in house.people.values():
        assert not [word for word in (*one.name.split(), one.mail) if word in kept]
        assert one.actor.key not in kept
    assert not [word for word in STORY.values() if word in kept]


async def test_in_the_log_somebody_stands_by_their_mark_and_never_by_their_key(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    key = await house.booked()
    for verb in ("manager.see", "pickup.see"):
        await house.turn("pat", CardAction(verb, {"conversation": key}))
    await follow(house.services(), FILES, house.people["fay"].actor.key, "pack", key)
    await house.skip(days=40)
    await house.an_hour_strikes()
    about = {getattr(one, "person", "") for one in caplog.records} - {""}
    assert {await mark(house, "pat"), await mark(house, "fay")} <= about
    lines = " ".join(str(one.__dict__) for one in caplog.records)
    assert not [one.key for one in house.people.values() if one.actor.key in lines]


async def test_of_a_long_text_that_is_shown_in_part_the_part_is_a_read(house: House) -> None:
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_to("priya", "worry")
    await house.tap("priya", "Next", worry="They sat apart, and nobody asked. " * 90)
    await house.fill_from("priya", "hope_you")
    await house.tap("priya", "Send")
    await house.open_door("martin")
    shown = house.shown("martin")
    assert "They sat apart" in shown
    assert "They sat apart, and nobody asked. " * 90 not in shown
    assert kinds(await of(house, "martin")) == [What.STORY]


async def test_of_a_rehearsal_nothing_is_kept(house: House) -> None:
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_request(typed="practice")
    await house.tap("priya", "Send")
    await house.open_door("martin")
    assert STORY["worry"] in house.shown("martin")
    assert [one for one in await house.reads() if one.conversation] == []


async def test_who_opened_something_and_on_which_day_first(house: House) -> None:
    key = await house.requested()
    await house.open_door("martin")
    await house.reads()
    await house.skip(days=1)
    await house.turn("martin", CardAction("manager.see", {"conversation": key}))
    await house.agree()
    await house.pick_up()
    await house.turn("fay", CardAction("story.show", {"conversation": key, "field": "worry"}))
    assert STORY["worry"] in house.shown("fay")
    await house.reads()
    by = {one.by: one for one in await readers_of(house.store, [key, "another"])}
    assert set(by) == {await mark(house, "martin"), await mark(house, "fay")}
    first = by[await mark(house, "martin")]
    assert (first.conversation, first.what, first.of) == (key, What.STORY, "requester")
    assert first.first == date(2027, 2, 1)
    assert by[await mark(house, "fay")].first == date(2027, 2, 2)


async def test_noting_adds_no_trip_to_a_turn_and_a_storage_that_is_away_fails_none() -> None:
    counting = Counting(MemoryStore())
    house = House(counting)
    await house.requested()
    counting.taken()
    await house.open_door("martin")
    assert STORY["worry"] in house.shown("martin")
    assert counting.of("access") == []

    async def away(table: str, row: Row) -> Row:
        raise Unavailable("away")

    counting.create = away  # type: ignore[method-assign]
    await house.access.flush()
    assert counting.of("access") == []
    del counting.create  # type: ignore[attr-defined]
    assert What.STORY in kinds(await of(house, "martin"))

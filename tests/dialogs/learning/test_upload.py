"""A finished Word file in place of the typed sections: asked for, checked, kept, taken back."""

import asyncio
import logging
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from cards.learning.documents import pack
from cards.wording import wording
from dialogs.files.files import NotTheirs, follow
from dialogs.root.root import hand_in
from dialogs.root.routes import FILES
from dialogs.root.storage_down import not_saved
from dialogs.turn.events import CardAction, FileConsent, FileSent, Target
from records.changes.stopping import stop
from records.learning import word_files
from records.learning.document import learning_document
from records.learning.sharing import share
from records.register.register import Deed
from records.stages import Act
from tests.dialogs.conftest import House
from tests.records.learning.word_written import (
    AUTHOR,
    OFFICE,
    Parts,
    desk,
    everything,
    field,
    led,
    p,
    part,
    said,
    zipped,
)

SETTINGS = "word/_rels/settings.xml.rels"
ADDRESS = "https://council-my.sharepoint.com/d?tempauth=x"


async def word(house: House, key: str) -> bytes:
    return pack(learning_document(await house.file(key), wording.partnership), house.at)


async def asked(house: House, *, teams: bool = True) -> str:
    """A conversation that took place, whose facilitator wants to hand a file in."""
    key = await house.held()
    house.onedrive.asks_consent = teams
    house.onedrive.sent[ADDRESS] = await word(house, key)
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Upload a Word file instead")
    return key


async def put(house: House, key: str, act: Act, how: Any) -> None:
    deed = Deed(act, house.people["fay"].actor.key, house.at, f"{act}")
    await house.register.change(key, deed, lambda it: how(it, house.at))


def clean(body: bytes) -> bytes:
    return word_files.fit_to_keep("a.docx", body)


async def rows(house: House) -> int:
    return len(await house.dump("files"))


async def test_a_file_that_was_asked_for_stands_in_place_of_the_sections(house: House) -> None:
    key = await asked(house)
    assert "Attach the file to a message" in house.shown("fay")
    reply = await house.turn("fay", FileSent("Learning.docx", ADDRESS))
    assert reply.summary.endswith(f"is kept. {wording.UPLOAD_CLEANED} {wording.UPLOAD_NEXT}")
    file = (await house.record(key)).captured.file
    assert file
    made = await follow(house.services(), FILES, house.people["fay"].actor.key, "learning", key)
    assert made.body == clean(house.onedrive.sent[ADDRESS])
    assert made.name.endswith(" learning document.docx")
    assert await house.draft("fay", "upload", "-") is None
    assert (await house.file(key)).audit[-1].act == Act.LEARNING_FILE


async def test_the_files_name_is_kept_nowhere(house: House) -> None:
    await asked(house)
    await house.turn("fay", FileSent("Oliver Smith 12-03-2015.docx", ADDRESS))
    for table in ("files", "conversations", "drafts", "board", "byperson"):
        assert "Oliver" not in str(await house.dump(table))


async def test_the_lead_worker_gets_the_handed_in_file_once_it_is_shared(house: House) -> None:
    key = await asked(house)
    await house.turn("fay", FileSent("a.docx", ADDRESS))
    lead = house.people["priya"].actor.key
    with pytest.raises(NotTheirs):
        await follow(house.services(), FILES, lead, "learning", key)
    await put(house, key, Act.LEARNING_SHARED, share)
    made = await follow(house.services(), FILES, lead, "learning", key)
    assert made.body == clean(house.onedrive.sent[ADDRESS])


async def test_before_it_is_shared_it_says_that_the_file_goes_out(house: House) -> None:
    await asked(house)
    await house.turn("fay", FileSent("a.docx", ADDRESS))
    await house.tap("fay", wording.UPLOAD_SECTIONS)
    await house.tap("fay", wording.SHARE)
    shown = house.shown("fay")
    assert wording.UPLOAD_STANDS in shown
    assert wording.SHARE_FULL not in shown
    assert "Still empty" not in shown


async def test_a_second_file_takes_the_firsts_place_and_removes_it(house: House) -> None:
    await asked(house)
    await house.turn("fay", FileSent("a.docx", ADDRESS))
    before = await rows(house)
    await house.tap("fay", "See the sections")
    assert "replaces the sections" in house.shown("fay")
    await house.tap("fay", "Upload another Word file")
    await house.turn("fay", FileSent("b.docx", ADDRESS))
    assert await rows(house) == before
    await house.tap("fay", "See the sections")
    await house.tap("fay", "Use the sections instead")
    assert await rows(house) == 0


async def test_the_sections_can_stand_again_and_the_file_is_removed(house: House) -> None:
    key = await asked(house)
    await house.turn("fay", FileSent("a.docx", ADDRESS))
    await house.tap("fay", "Use the sections instead")
    assert (await house.record(key)).captured.file == ""
    assert await rows(house) == 0


async def test_a_file_that_nobody_asked_for_is_not_even_opened(house: House) -> None:
    await house.held()
    house.onedrive.sent[ADDRESS] = b"x"
    for who in ("fay", "pat"):
        reply = await house.turn(who, FileSent("a.docx", ADDRESS))
        assert reply.summary == wording.FILE_UNASKED
    assert await rows(house) == 0


HOSTILE: dict[str, Callable[[], Parts]] = {
    "macros": lambda: part(desk(), "word/vba%50roject.bin", b"x", "application/xml"),
    "template": lambda: led(
        desk(),
        ("rId1", f"{OFFICE}/attachedTemplate", "https://x.example/a.dotm", "External"),
        SETTINGS,
    ),
    "linked": lambda: led(desk(), ("rId9", f"{OFFICE}/image", "https://x.example/a", "External")),
    "embedded": lambda: said(desk(), "<w:p><w:r><w:object><o:OLEObject/></w:object></w:r></w:p>"),
    "activex": lambda: said(desk(), "<w:p><w:r><w:control/></w:r></w:p>"),
    "chunk": lambda: said(desk(), "<w:altChunk/>"),
    "fields": lambda: said(desk(), field("DDE", "AUTO c")),
    "fetches": lambda: said(desk(), "<w:subDoc/>"),
    "names": lambda: part(desk(), "../a.xml", "<a/>", "application/xml"),
    "dtd": lambda: part(desk(), "customXml/a.xml", "<!DOCTYPE a><a/>", "application/xml"),
    "parts": lambda: {**desk(), "word/a.exe": b"x"},
    "bomb": lambda: said(desk(), "<w:p>" * 500 + "</w:p>" * 500),
}
"""One of each sort; all of them, and what they are made from, in test_word_files_hostile.py."""


@pytest.mark.parametrize("reason", HOSTILE)
async def test_a_hostile_file_is_refused_with_its_own_sentence_in_chat_and_on_the_page(
    house: House, reason: str
) -> None:
    key = await asked(house)
    body = zipped(HOSTILE[reason]())
    house.onedrive.sent[ADDRESS] = body
    await house.turn("fay", FileSent("Learning.docx", ADDRESS))
    text = wording.UPLOAD_WRONG[reason]
    assert text in house.shown("fay")
    onpage = await hand_in(house.services(), house.people["fay"].actor.key, key, "a.docx", body)
    assert onpage == f"{wording.UPLOAD_NOT_TAKEN}. {text}"
    assert (await house.record(key)).captured.file == ""
    assert await rows(house) == 0


async def test_a_file_with_something_before_it_is_refused_with_its_own_sentence(
    house: House,
) -> None:
    await asked(house)
    house.onedrive.sent[ADDRESS] = b"%PDF-1.7 " + zipped(desk())
    await house.turn("fay", FileSent("Learning.docx", ADDRESS))
    assert wording.UPLOAD_WRONG["hidden"] in house.shown("fay")


async def test_what_is_kept_and_handed_on_names_nobody_who_wrote_it(house: House) -> None:
    key = await asked(house)
    house.onedrive.sent[ADDRESS] = zipped(everything())
    await house.turn("fay", FileSent("Learning.docx", ADDRESS))
    assert wording.UPLOAD_CLEANED in house.shown("fay")
    await put(house, key, Act.LEARNING_SHARED, share)
    lead = house.people["priya"].actor.key
    made = await follow(house.services(), FILES, lead, "learning", key)
    with ZipFile(BytesIO(made.body)) as held:
        for name in held.namelist():
            assert AUTHOR.encode() not in held.read(name)


async def test_others_are_answered_while_a_large_file_is_read(house: House) -> None:
    """The loop goes round all the while: nobody waits for somebody else's file."""
    key = await asked(house, teams=False)
    body = zipped(said(desk(), p("a long document") * 20_000))
    me, rounds = house.people["fay"].actor.key, 0
    reading = asyncio.create_task(hand_in(house.services(), me, key, "a.docx", body))
    while not reading.done():
        await asyncio.sleep(0.01)
        rounds += 1
    assert (await reading).endswith(wording.UPLOAD_NEXT)
    assert rounds > 10


WRONG = [
    ("a.docx", b"no zip", "could not be read"),
    ("a.pdf", None, "not a Word file"),
    ("a.docm", None, "not a Word file"),
    ("a.docx", b"x" * (5 * 1024 * 1024 + 1), "over 5 MB"),
]


@pytest.mark.parametrize(("name", "body", "says"), WRONG)
async def test_a_wrong_file_is_refused_kindly_and_can_be_sent_again(
    house: House, caplog: pytest.LogCaptureFixture, name: str, body: bytes | None, says: str
) -> None:
    key = await asked(house)
    good = house.onedrive.sent[ADDRESS]
    house.onedrive.sent[ADDRESS] = body or good
    caplog.clear()
    await house.turn("fay", FileSent(name, ADDRESS))
    assert says in house.shown("fay")
    [line] = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert line.action == "file_not_taken"  # type: ignore[attr-defined]  # our own field
    assert name.split(".")[0] + "." not in line.getMessage()
    assert (await house.record(key)).captured.file == ""
    assert await rows(house) == 0
    house.onedrive.sent[ADDRESS] = good
    await house.turn("fay", FileSent("a.docx", ADDRESS))
    assert (await house.record(key)).captured.file


async def test_a_file_that_cannot_be_fetched_is_said_and_waited_for(house: House) -> None:
    key = await asked(house)
    house.onedrive.broken = "host"
    await house.turn("fay", FileSent("a.docx", ADDRESS))
    assert "could not be fetched" in house.shown("fay")
    house.onedrive.broken = ""
    await house.turn("fay", FileSent("a.docx", ADDRESS, count=2))
    assert "one file by itself" in house.shown("fay")
    await house.turn("fay", FileSent("a.docx", ADDRESS))
    assert (await house.record(key)).captured.file


async def test_once_the_document_is_shared_no_file_is_taken(house: House) -> None:
    key = await asked(house)
    await put(house, key, Act.LEARNING_SHARED, share)
    await house.turn("fay", FileSent("a.docx", ADDRESS))
    assert "is shared" in house.shown("fay")
    assert (await house.record(key)).captured.file == ""
    assert await rows(house) == 0


@pytest.mark.parametrize("who", ["priya", "martin", "pat", "nia", "idris"])
async def test_nobody_but_the_facilitator_hands_a_file_in(house: House, who: str) -> None:
    key = await house.held()
    body = await word(house, key)
    for verb in ("upload.ask", "upload.typed"):
        reply = await house.root.handle(house.a_turn(who, CardAction(verb, {"conversation": key})))
        assert reply.summary == wording.NOT_FOR_YOU
    said = await hand_in(house.services(), house.people[who].actor.key, key, "a.docx", body)
    assert said == wording.NOT_FOR_YOU
    assert await rows(house) == 0


async def test_before_the_day_it_is_said_to_be_too_early(house: House) -> None:
    key = await house.booked()
    reply = await house.root.handle(
        house.a_turn("fay", CardAction("upload.ask", {"conversation": key}))
    )
    assert reply.summary == wording.UPLOAD_EARLY


async def test_where_teams_takes_no_files_a_page_does(house: House) -> None:
    key = await asked(house, teams=False)
    me = house.people["fay"].actor.key
    assert house.links.upload(key, me) in str(house.people["fay"].card)
    said = await hand_in(house.services(), me, key, "a.docx", house.onedrive.sent[ADDRESS])
    assert said.endswith(f"is kept. {wording.UPLOAD_CLEANED} {wording.UPLOAD_NEXT}")
    assert (await house.record(key)).captured.file
    said = await hand_in(house.services(), me, key, "a.pdf", b"x")
    assert "not a Word file" in said


async def test_while_messages_are_stopped_the_page_takes_nothing(house: House) -> None:
    key = await asked(house, teams=False)
    await put(house, key, Act.STOP, stop)
    with pytest.raises(NotTheirs):
        await hand_in(house.services(), house.people["fay"].actor.key, key, "a.docx", b"x")


async def test_a_file_sent_while_storage_is_away_is_asked_for_once_more(house: House) -> None:
    target = Target(ADDRESS, "a.docx", ADDRESS, "id", "docx")
    for event in (FileSent("a.docx", ADDRESS), FileConsent({}, target)):
        reply = not_saved(house.a_turn("fay", event), "n")
        assert "once more" in reply.summary or "ask for it again" in reply.summary


@pytest.mark.parametrize("teams", [True, False])
async def test_a_file_is_to_begin_with_the_warning_that_the_typed_document_has(
    house: House, teams: bool
) -> None:
    await house.booked()
    await house.tap("priya", wording.TELLING_OPEN)
    await house.tap("priya", wording.TELLING_NOT)
    await house.tap("priya", wording.TELLING_SAVE)
    await house.hold()
    house.onedrive.asks_consent = teams
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Upload a Word file instead")
    _, _, first = house.shown("fay").partition(wording.UPLOAD_FAMILY)
    assert "Please do not tell anyone in the family" in first


async def test_where_everybody_may_know_a_file_needs_no_warning(house: House) -> None:
    await house.booked()
    await house.tap("priya", wording.TELLING_OPEN)
    await house.tap("priya", wording.TELLING_TOLD)
    await house.hold()
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Upload a Word file instead")
    assert wording.UPLOAD_WHAT in house.shown("fay")
    assert wording.UPLOAD_FAMILY not in house.shown("fay")

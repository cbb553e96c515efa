"""The partnership's forms as Word files: who gets which, what stands in each, and what does not."""

import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from docx2python import docx2python

from cards.kit.files import AGREEMENT, FEEDBACK_FORM, REQUEST_FORM, SHEET
from cards.wording import wording
from dialogs.files.files import NotTheirs, NotThere, follow
from dialogs.root.routes import FILES
from tests.dialogs.conftest import STORY, House

KINDS = (REQUEST_FORM, FEEDBACK_FORM, AGREEMENT, SHEET)
WROTE = {"happened": "We were quiet.\nThen she spoke.", "possibility": "An hour more."}


async def body(house: House, who: str, kind: str, key: str) -> bytes:
    owner = house.people[who].actor.key
    return (await follow(house.services(), FILES, owner, kind, key)).body


async def text(house: House, who: str, kind: str, key: str) -> str:
    with docx2python(io.BytesIO(await body(house, who, kind, key))) as read:
        return str(read.text)


async def answered(house: House) -> str:
    key = await house.held()
    await house.give_feedback("pat", 7, **WROTE)
    return key


async def test_the_request_is_in_the_papers_boxes_with_every_answer(house: House) -> None:
    key = await house.requested()
    shown = await text(house, "priya", REQUEST_FORM, key)
    for words in (
        "Request for Partnership Learning Conversation",
        "Date of request",
        "Team and Agency",
        "Manager Agreement",
        "Safeguarding Nurse",
        "Others involved",
        "Person that is bringing the situation to the conversation",
        wording.Q_WORRY,
        "Priya Shah",
        "01473 000000",
        "Martin Cole",
        "Nia Okafor",
        "Detective constable, Suffolk Police",
        *STORY.values(),
    ):
        assert words in shown, words


async def test_feedback_is_its_writers_with_the_number_and_every_question(house: House) -> None:
    key = await answered(house)
    shown = await text(house, "pat", FEEDBACK_FORM, key)
    for words in (
        "Partnership Learning Conversation Feedback Tool",
        "Pat Reed",
        "Wednesday 3 February 2027",
        wording.SCALE_10,
        "✓",
        "Acknowledgment",
        "Possibility",
        wording.Q_HAPPENED,
        wording.Q_POSSIBILITY,
        "We were quiet.",
        "Then she spoke.",
        "An hour more.",
    ):
        assert words in shown, words
    with pytest.raises(NotThere):
        await body(house, "nia", FEEDBACK_FORM, key)


async def test_the_agreement_has_a_place_for_each_to_sign(house: House) -> None:
    key = await house.booked()
    shown = await text(house, "fay", AGREEMENT, key)
    assert shown.index("Participants") < shown.index("Facilitator:") < shown.index("Date:")
    for words in (*wording.AGREEMENT_ALL, wording.AGREEMENT_GDPR, "Pat Reed", "Signature"):
        assert words in shown, words
    assert "Martin Cole" not in shown  # he does not come


async def test_the_page_for_the_family_names_nobody(house: House) -> None:
    key = await house.booked()
    shown = await text(house, "priya", SHEET, key)
    assert wording.SAY_CHILD in shown
    assert wording.SAY_ADULT in shown
    reference = (await house.record(key)).reference
    for words in (reference, "Priya", "Shah", "2027", "Suffolk"):
        assert words not in shown, words


@pytest.mark.parametrize("how", [wording.TELLING_NOT, wording.TELLING_SOME])
async def test_there_is_no_page_for_the_family_while_it_is_not_safe(house: House, how: str) -> None:
    key = await house.booked()
    await house.tap("priya", wording.TELLING_OPEN)
    await house.tap("priya", how)
    await house.tap("priya", wording.TELLING_SAVE)
    if how == wording.TELLING_NOT:
        with pytest.raises(NotThere):
            await body(house, "priya", SHEET, key)
    else:
        assert await body(house, "priya", SHEET, key)


@pytest.mark.parametrize(
    ("kind", "who"),
    [(REQUEST_FORM, {"priya"}), (FEEDBACK_FORM, {"pat"}), (AGREEMENT, {"fay"}), (SHEET, {"priya"})],
)
async def test_nobody_else_gets_it(house: House, kind: str, who: set[str]) -> None:
    key = await answered(house)
    got = set()
    for one in ("priya", "martin", "fay", "idris", "pat", "nia"):
        try:
            await body(house, one, kind, key)
        except (NotTheirs, NotThere):
            continue
        got.add(one)
    assert got == who


async def test_each_is_offered_where_it_is_looked_for(house: House) -> None:
    key = await house.booked()
    await house.tap("priya", wording.TELLING_OPEN)
    await house.tap("priya", wording.SAY_OPEN)
    assert house.data("priya", wording.SHEET_GET).data["kind"] == SHEET
    await house.press("priya", {"verb": "request.answers", "data": {"conversation": key}}, {})
    assert house.data("priya", wording.FORM_GET).data["kind"] == REQUEST_FORM
    for who, there in (("fay", True), ("pat", False)):
        await house.press(who, {"verb": "prepare.agreement", "data": {"conversation": key}}, {})
        assert wording.AGREEMENT_TITLE in house.shown(who)
        assert (wording.AGREEMENT_GET in house.shown(who)) is there
    await house.hold()
    await house.give_feedback("pat", 7, **WROTE)
    assert house.data("pat", wording.FORM_GET).data["kind"] == FEEDBACK_FORM


async def test_libreoffice_prints_each_and_the_page_for_the_family_is_one(
    house: House, tmp_path: Path
) -> None:
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if not office or not reader:
        words = "soffice or pdftotext is missing: libreoffice-writer-nogui, poppler-utils"
        assert not os.environ.get("CI"), words
        pytest.skip(words)
    key = await answered(house)
    owners = dict(zip(KINDS, ("priya", "pat", "fay", "priya"), strict=True))
    files = [tmp_path / f"{kind}.docx" for kind in KINDS]
    for path, (kind, who) in zip(files, owners.items(), strict=True):
        path.write_bytes(await body(house, who, kind, key))
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    how = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*how, *map(str, files)], check=True, capture_output=True, timeout=240)
    for path, kind in zip(files, KINDS, strict=True):
        pdf = str(path.with_suffix(".pdf"))
        done = subprocess.run([reader, "-layout", pdf, "-"], check=True, capture_output=True)
        printed = done.stdout.decode()
        assert len(printed.split()) > 60, kind
        assert printed.count("\f") == 1, kind

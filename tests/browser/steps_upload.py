"""A finished Word file in place of the typed sections, through the signed page."""

import io

import docx
import invented
from handed_out import read_word
from journeys import Journey, fixed
from playwright.async_api import expect
from steps_document import KEPT

from bot.demo.personas import MANAGER
from cards.wording import wording as w
from records.learning.agencies import agency_key


def finished_file() -> bytes:
    """What a facilitator wrote in Word, at home, before this product was there."""
    written, body = docx.Document(), io.BytesIO()
    written.add_heading("Learning document", level=1)
    for text in invented.DOCUMENT.values():
        written.add_paragraph(text)
    written.save(body)
    return body.getvalue()


async def a_finished_file_is_handed_in(journey: Journey) -> bytes:
    """What is no Word file is refused kindly; what is one stands for the sections."""
    me = journey.facilitator
    await me.say("type up")
    await me.wait_for_card(w.LEARNING_INTRO)
    await journey.picture(me, "learning-begun")
    await me.click(w.UPLOAD)
    await me.wait_for_card(w.UPLOAD_WHAT)
    await journey.picture(me, "upload")
    body, page = finished_file(), await me.page.context.new_page()
    await page.goto(await me.link_of(w.UPLOAD_OPEN))
    await journey.page_picture(page, "upload-page")
    for name, content, said in (
        ("notes.docx", b"plain words", w.UPLOAD_WRONG["broken"]),
        ("document.docx", body, fixed(w.UPLOAD_TAKEN)),
    ):
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        await page.get_by_label(w.PAGE_UPLOAD_LABEL).set_input_files(file)
        await page.get_by_role("button", name=w.PAGE_UPLOAD_SEND).click()
        await expect(page.get_by_role("status")).to_contain_text(said)
        await journey.page_picture(page, "upload-taken" if content == body else "upload-refused")
        if content != body:
            await page.get_by_role("link", name=w.PAGE_UPLOAD_AGAIN).click()
    await page.close()
    return body


async def it_goes_to_the_lead_worker_as_it_was(journey: Journey, body: bytes) -> None:
    """What each agency records is still typed; the file is handed on with every word of it."""
    me, lead = journey.facilitator, journey.practitioner
    await me.click(w.UPLOAD_SECTIONS)
    await me.wait_for_card(w.UPLOAD_STANDS)
    await journey.picture(me, "upload-stands")
    await me.click(f"{w.SECTION_WRITE} 13. The learning each agency will record")
    words = invented.RECORDED[MANAGER.agency]
    await me.choose(w.RECORDING_WHO, MANAGER.agency)
    where = f"{KEPT}recording/texts/{agency_key(MANAGER.agency)}.words"
    await journey.type_into(me, w.RECORDING_WORDS, words, where)
    await journey.picture(me, "learning-recording")
    await me.click(w.SAVE_OVERVIEW)
    await me.click(w.SHARE)
    shown = await me.wait_for_card(fixed(w.SHARE_CLOSES))
    assert w.UPLOAD_STANDS in shown
    assert w.SHARE_FULL not in shown
    await journey.picture(me, "learning-share")
    await me.click(w.SHARE_YES)
    await lead.wait_for_card(w.LEARNING_CAME_ALONE)
    await journey.picture(lead, "learning-came")
    await lead.click(w.GET_DOCUMENT)
    await lead.wait_for_card(w.FILE_LINK_MORE)
    got = await journey.fetch(lead, await lead.link_of(w.FILE_OPEN))
    assert read_word(got) == read_word(body)
    assert all(text.splitlines()[0] in read_word(got) for text in invented.DOCUMENT.values())

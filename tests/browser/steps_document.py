"""The learning document: the pack for the day, and typing it up section by section."""

from datetime import date

import invented
from handed_out import read_word
from journeys import Journey, fixed
from teams_window import TeamsWindow

from bot.demo.personas import MANAGER, PARTNER, PRACTITIONER
from cards.wording import wording
from cards.wording import wording as w
from records.learning.agencies import agency_key

KEPT = "answer-learning-"
REVIEW_ON = date(2027, 3, 5)


async def the_pack_is_there_for_the_day(journey: Journey) -> None:
    """`pack`: agenda, the agreement to read aloud, and the headings, filled in from the request."""
    me = journey.facilitator
    await me.say("pack")
    await me.wait_for_card(w.FILE_LINK_MORE)
    await journey.picture(me, "pack")
    text = read_word(await journey.fetch(me, await me.link_of(w.FILE_OPEN)))
    agreement = (*w.AGREEMENT_ALL, *w.AGREEMENT_ATTENDEES, *w.AGREEMENT_FACILITATOR)
    headings = [one.heading for one in wording.partnership.learning.sections[1:]]
    for words in (*w.PACK_STEPS, *agreement, *headings, *invented.HOPE_CHILD.splitlines()):
        assert words in text
    for words in (*invented.WORRY.splitlines(), *invented.NOT_SAFE.splitlines()):
        assert words not in text


async def the_learning_is_typed_up(journey: Journey) -> None:
    """Every section in turn; what the request says already is filled in."""
    me = journey.facilitator
    await me.say("type up")
    await me.wait_for_card(w.LEARNING_INTRO)
    await journey.picture(me, "learning-begun")
    await me.click(f"{w.SECTION_WRITE} 2. {wording.partnership.learning.sections[1].heading}")
    purpose, hopes = wording.partnership.learning.sections[1].asks
    why = (await journey.kept()).conversation["request"]["reasons"]
    assert await me.value_of(purpose.label) == "\n".join(w.REASONS[one] for one in why)
    assert await me.value_of(hopes.label) == invented.HOPE_CHILD
    await texts_of(journey, "purpose")
    assert (
        await me.value_of(wording.partnership.learning.sections[2].asks[2].label)
        == w.TELLING_NOT_SAFE_BECAUSE
    )
    await texts_of(journey, "family", picture=True)
    await a_task_is_asked_about_once(journey)
    for section in ("working", "fact-opinion", "roles"):
        await texts_of(journey, section, picture=section == "fact-opinion")
    await views_that_differ(journey)
    await a_number_from_each(journey)
    for section in ("towards", "agreed"):
        await texts_of(journey, section)
    await me.set_date(w.REVIEW_DAY, REVIEW_ON)
    journey.remember(
        me, w.REVIEW_DAY, str(REVIEW_ON), "conversation/review_on", REVIEW_ON.isoformat()
    )
    await texts_of(journey, "review", picture=True)
    await what_each_agency_records(journey)


async def texts_of(journey: Journey, section: str, *, picture: bool = False) -> None:
    """The texts of one section, then on to the next."""
    me = journey.facilitator
    (found,) = (one for one in wording.partnership.learning.sections if one.id == section)
    await me.wait_for_card(found.heading)
    for ask in found.asks:
        text = invented.DOCUMENT.get(f"{section}/{ask.id}")
        if text is not None:
            await journey.type_into(me, ask.label, text, f"{KEPT}{section}/texts/{ask.id}")
    if picture:
        await journey.picture(me, f"learning-{section}")
    await me.click(w.SAVE_NEXT)


async def a_task_is_asked_about_once(journey: Journey) -> None:
    """Gently; pressing the button again keeps it as it is."""
    me, worries = journey.facilitator, wording.partnership.learning.sections[3]
    await me.wait_for_card(worries.heading)
    question = worries.asks[0].label
    await journey.type_into(me, question, invented.TASK, f"{KEPT}worries/texts/text")
    await me.click(w.SAVE_NEXT)
    shown = await me.wait_for_card(w.HINT_READS.format(what=w.HINT_TASK))
    assert w.HINT_KEEP in shown
    await journey.picture(me, "learning-asked")
    await me.click(w.SAVE_NEXT)
    await me.wait_for_card(wording.partnership.learning.sections[4].heading)


async def views_that_differ(journey: Journey) -> None:
    """Side by side, each as it was said; an NHS number is asked about, and taken out."""
    me = journey.facilitator
    for number, (who, words) in enumerate(invented.VIEWS, start=1):
        await me.wait_for_card(w.VIEW_WORDS)
        where = f"{KEPT}differ/texts/{number}"
        await journey.type_into(me, w.VIEW_WHO, who, f"{where}.who")
        if number == 1:
            await me.fill(w.VIEW_WORDS, invented.WITH_NUMBER)
            await me.click(w.SAVE_ANOTHER)
            await me.wait_for_card(w.HINT_HOLDS.format(what=w.HINT_NHS))
            await journey.picture(me, "learning-asked-number")
        await journey.type_into(me, w.VIEW_WORDS, words, f"{where}.words")
        await me.click(w.SAVE_ANOTHER)
        await me.wait_for_card(words)
    await journey.picture(me, "learning-views")
    await me.click(w.SAVE_NEXT)


async def a_number_from_each(journey: Journey) -> None:
    """One scale a person, each with what makes it that and not lower."""
    me = journey.facilitator
    names = {"requester": PRACTITIONER, "manager": MANAGER, "other1": PARTNER}
    await me.wait_for_card(w.SCALING_WORDS)
    for who, number, _ in invented.SCALES:
        await me.choose(names[who].name, number)
        journey.remember(me, w.SCALING_NUMBER, number, f"{KEPT}scaling/texts/{who}.number")
    for who, _, words in invented.SCALES:
        await me.wait_for_card(w.SCALING_WORDS)
        where = f"{KEPT}scaling/texts/{who}"
        await me.choose(w.SCALING_WHO, names[who].name)
        await journey.type_into(me, w.SCALING_WORDS, words, f"{where}.words")
        if who == "other1":
            await journey.picture(me, "learning-scaling")
        await me.click(w.SAVE_NEXT if who == "other1" else w.SAVE_ANOTHER)


async def what_each_agency_records(journey: Journey) -> None:
    """The last section; then all of them at a glance."""
    me = journey.facilitator
    last = list(invented.RECORDED)[-1]
    for agency, words in invented.RECORDED.items():
        await me.wait_for_card(w.RECORDING_WORDS)
        await me.choose(w.RECORDING_WHO, agency)
        where = f"{KEPT}recording/texts/{agency_key(agency)}.words"
        await journey.type_into(me, w.RECORDING_WORDS, words, where)
        await me.click(w.SAVE_OVERVIEW if agency == last else w.SAVE_ANOTHER)
    await me.wait_for_card(w.LEARNING_INTRO)
    await journey.picture(me, "learning-all-sections")


async def the_word_file_has_every_word(journey: Journey, window: TeamsWindow) -> None:
    """The document behind the signed link, read by something that did not write it."""
    await window.click(w.GET_DOCUMENT)
    await window.wait_for_card(w.FILE_LINK_MORE)
    text = read_word(await journey.fetch(window, await window.link_of(w.FILE_OPEN)))
    assert all(one.heading in text for one in wording.partnership.learning.sections)
    assert fixed(w.DOC_EMPTY) not in text
    for one in journey.typed:
        if one.where.startswith(KEPT):
            assert all(line in text for line in one.text.splitlines()), one.where

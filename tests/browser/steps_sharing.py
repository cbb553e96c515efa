"""The learning document goes to the lead worker, is passed on, and recorded by each agency."""

import invented
from journeys import Journey, fixed
from steps_document import the_word_file_has_every_word

from bot.demo.personas import PARTNER, PRACTITIONER
from cards.wording import wording as w


async def it_is_shared_with_the_lead_worker_alone(journey: Journey) -> None:
    """Who gets it is said first; the lead worker reads it back word for word."""
    me, lead, before = journey.facilitator, journey.practitioner, await journey.counts()
    await me.click(w.SHARE)
    shown = await me.wait_for_card(w.SHARE_FULL)
    assert w.SHARE_WHO.format(name=PRACTITIONER.name) in shown
    await journey.picture(me, "learning-share")
    await me.click(w.SHARE_YES)
    await me.wait_for_card(fixed(w.SHARED_DONE))
    await journey.picture(me, "learning-shared")
    await lead.wait_for_card(w.LEARNING_CAME_ALONE)
    await journey.picture(lead, "learning-came")
    await the_word_file_has_every_word(journey, lead)
    await journey.picture(lead, "learning-file")
    for window in (journey.manager, journey.partner):
        await window.wait_for_answer("help")
    after = await journey.counts()
    assert {key: after[key] - before[key] for key in ("manager", "partner")} == {
        "manager": 1,
        "partner": 1,
    }


async def the_lead_worker_passes_it_on(journey: Journey) -> None:
    """Says with whom; only now does each agency get its own words, and no other's."""
    lead = journey.practitioner
    await lead.click(w.PASSED_ON, within=w.LEARNING_CAME_ALONE)
    await journey.type_into(
        lead,
        w.PASSED_ON_OTHERS,
        invented.SHARED_OTHERS,
        "answer-passed-on-lead/texts/others",
        within=w.PASSED_ON_TITLE,
    )
    chosen = f"{PARTNER.name} ({PARTNER.agency})"
    await lead.choose(w.PASSED_ON_WHO, chosen, within=w.PASSED_ON_TITLE)
    where = "conversation/captured/shared_with"
    journey.remember(lead, w.PASSED_ON_WHO, chosen, where, ["other1"])
    await journey.picture(lead, "passed-on", within=w.PASSED_ON_TITLE)
    await lead.click(w.PASSED_ON_CONFIRM, within=w.PASSED_ON_TITLE)
    await lead.wait_for_message(w.PASSED_ON_NEXT)
    await journey.picture(lead, "passed-on-done", within=w.PASSED_ON_NEXT)
    for window, agency in (
        (lead, PRACTITIONER.agency),
        (journey.manager, PRACTITIONER.agency),
        (journey.partner, PARTNER.agency),
    ):
        assert w.RECORD_HOW not in await window.wait_for_card(w.DOOR_RECORD)
        await window.click(w.DOOR_RECORD)
        shown = await window.wait_for_card(w.RECORD_HOW)
        for one, words in invented.RECORDED.items():
            assert all((line in shown) is (one == agency) for line in words.splitlines())
        assert invented.TASK not in shown


async def two_record_it_and_one_is_reminded(journey: Journey) -> None:
    """After five working days, once; then nothing more is asked."""
    lead, manager, partner = journey.practitioner, journey.manager, journey.partner
    await journey.picture(partner, "to-record")
    for window in (lead, partner):
        await window.click(w.RECORDED)
        await window.wait_for_card(w.RECORDED_NEXT)
    await journey.picture(partner, "recorded")
    before = await journey.counts()
    await journey.skip("skip 1 week", "Friday 12 February 2027, 1")
    await manager.wait_for_card(fixed(w.RECORD_REMIND))
    await journey.picture(manager, "record-reminder")
    await manager.click(w.DOOR_RECORD)
    await manager.wait_for_card(w.RECORD_HOW)
    await manager.click(w.RECORDED)
    await manager.wait_for_card(w.RECORDED_NEXT)
    for window in (lead, partner):
        await window.wait_for_answer("help")
    after = await journey.counts()
    assert {key: after[key] - before[key] for key in ("practitioner", "manager", "partner")} == {
        "practitioner": 1,
        "manager": 1,
        "partner": 1,
    }
    recorded = (await journey.kept()).at("conversation/captured/recorded")
    assert isinstance(recorded, list)
    assert {one["by"] for one in recorded} == {"requester", "manager", "other1"}

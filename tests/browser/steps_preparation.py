"""Getting ready, each in their own window; and who tells the family."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import invented
from handed_out import read_ics
from journeys import DAY, Journey, fixed
from teams_window import TeamsWindow

from bot.demo.personas import FACILITATOR, MANAGER, PARTNER, PRACTITIONER, TEACHER
from cards.wording import wording as w
from records.conversation.readiness import Point, Told, Warned
from records.people import Attending

TICKS = (w.PREPARATION[Point.RECORDS], w.PREPARATION[Point.ROLE])


async def the_date_goes_into_anybodys_calendar(journey: Journey) -> None:
    """Teams' own link, and the file behind the signed one: the same time, nobody's name."""
    partner = journey.partner
    link = urlsplit(await partner.link_of(w.CALENDAR_ADD))
    asked = {name: values[0] for name, values in parse_qs(link.query).items()}
    assert f"{link.hostname}{link.path}" == "teams.microsoft.com/l/meeting/new"
    file = read_ics(await journey.fetch(partner, await partner.link_of(w.CALENDAR_FILE)))
    start = datetime(DAY.year, DAY.month, DAY.day, 10, tzinfo=UTC)
    assert datetime.fromisoformat(asked["startTime"]) == start
    assert datetime.fromisoformat(file["DTSTART"]) == start
    assert file["LOCATION"] == invented.PLACE
    assert asked["content"].startswith(invented.PLACE)
    assert w.NO_RECORDING in asked["content"]
    found = await journey.kept()
    assert (
        asked["subject"]
        == file["SUMMARY"]
        == w.CALENDAR_SUBJECT.format(reference=found.conversation["reference"])
    )


async def the_ticks_are_remembered(journey: Journey) -> None:
    """Ticked, saved, left for the agreement, come back: still ticked."""
    partner = journey.partner
    await partner.choose(w.PREPARE_TICKS, *TICKS)
    await partner.click(w.PREPARE_TICKS_SAVE)
    await partner.wait_for_card(w.PREPARE_TICKS_SAVED.format(count=2, total=6))
    assert await partner.ticked(w.PREPARE_TICKS) == list(TICKS)
    await partner.click(w.AGREEMENT_READ)
    shown = await partner.wait_for_card(w.AGREEMENT_GDPR)
    for text in (*w.AGREEMENT_ALL, *w.AGREEMENT_ATTENDEES, *w.AGREEMENT_FACILITATOR):
        assert text in shown
    await journey.picture(partner, "agreement")
    await partner.click(w.PREPARE_BACK)
    await partner.wait_for_card(w.PREPARE_ASKS)
    assert await partner.ticked(w.PREPARE_TICKS) == list(TICKS)


async def one_does_not_know_who_it_is_about(journey: Journey) -> None:
    """Not yet, and would like to talk first: the lead worker and the facilitator hear of it."""
    partner, lead, facilitator = journey.partner, journey.practitioner, journey.facilitator
    await partner.click(w.WHO_NO)
    await partner.wait_for_card(w.WHO_NO_DONE.format(name=PRACTITIONER.name))
    await lead.wait_for_message(fixed(w.NOT_KNOWN))
    shown = await lead.text_of(fixed(w.NOT_KNOWN))
    assert PARTNER.name in shown
    assert w.NOT_KNOWN_HERE in shown
    await journey.picture(lead, "lead-told-not-yet", within=fixed(w.NOT_KNOWN))
    await partner.click(w.MANAGER_KNOWS_YES)
    await partner.wait_for_card(w.MANAGER_KNOWS_DONE)
    await partner.click(w.AGREEMENT_READ)
    await partner.click(w.TALK_AGREEMENT)
    await partner.wait_for_card(w.AGREEMENT_TALKED.format(name=FACILITATOR.name))
    assert await partner.ticked(w.PREPARE_TICKS) == list(TICKS)
    await journey.picture(partner, "preparation-two-open")
    await facilitator.wait_for_message(fixed(w.TALK_AGREEMENT_CAME))
    await journey.picture(facilitator, "talk-first", within=fixed(w.TALK_AGREEMENT_CAME))


async def the_manager_gets_ready(journey: Journey) -> None:
    """Knows who it is about, reads the agreement and accepts it."""
    await gets_ready(journey.manager)
    await journey.picture(journey.manager, "preparation-ready")


async def gets_ready(window: TeamsWindow) -> None:
    """The two things that are open, on the newest card."""
    await window.click(w.WHO_YES)
    await window.wait_for_card(w.WHO_YES_DONE)
    await accepts(window)
    await window.wait_for_card(w.PREPARE_READY)


async def accepts(window: TeamsWindow) -> None:
    """Reads the agreement and accepts it, on the newest preparation card."""
    await window.click(w.AGREEMENT_READ)
    await window.wait_for_card(w.AGREEMENT_GDPR)
    await window.click(w.ACCEPT)
    await window.wait_for_card(w.AGREEMENT_DONE)


async def the_lead_worker_settles_who_tells_the_family(journey: Journey) -> None:
    """First somebody will, and the others hear that it is settled; then it turns out not to be
    safe, and only two may read why."""
    lead, card = journey.practitioner, w.PREPARE_TITLE
    await lead.click(w.AGREEMENT_READ, within=card)
    await lead.click(w.ACCEPT, within=w.AGREEMENT_GDPR)
    await lead.click(w.TELLING_OPEN, within=card)
    await journey.picture(lead, "telling", within=w.TELLING_WHY)
    await lead.click(w.TELLING_WILL, within=w.TELLING_WHY)
    await lead.set_date(w.TELLING_ON, DAY, within=w.TELLING_WILL)
    await journey.picture(lead, "telling-will-be", within=w.TELLING_WILL)
    await lead.click(w.TELLING_SAVE, within=w.TELLING_WILL)
    day = f"{DAY:%A} {DAY.day} {DAY:%B %Y}"
    await lead.wait_for_message(w.TELLING_HOW[Told.WILL_BE].format(name=PRACTITIONER.name, day=day))
    await journey.picture(lead, "lead-ready", within=card)
    for window in (journey.partner, journey.manager):
        await window.wait_for_message(fixed(w.TELLING_SETTLED_NOTE))

    await lead.click(w.TELLING_CHANGE, within=card)
    await lead.click(w.TELLING_NOT, within=w.TELLING_WHY)
    await journey.type_into(
        lead,
        w.TELLING_BECAUSE,
        invented.NOT_SAFE,
        "answer-telling-because/texts/text",
        within=w.TELLING_NOT_TITLE,
    )
    await journey.picture(lead, "telling-not-safe", within=w.TELLING_NOT_TITLE)
    await lead.click(w.TELLING_SAVE, within=w.TELLING_NOT_TITLE)
    await lead.wait_for_message(w.TELLING_HOW[Told.NOT_SAFE])


async def the_others_only_hear_not_to_raise_it(journey: Journey) -> None:
    """Never why; the reason is on no page but the lead worker's own."""
    for window in (journey.partner, journey.manager):
        await window.wait_for_message(fixed(w.DO_NOT_RAISE))
    partner = journey.partner
    await journey.picture(partner, "do-not-raise", within=fixed(w.DO_NOT_RAISE))
    await partner.click(w.PREPARE_SEE, within=fixed(w.DO_NOT_RAISE))
    await partner.wait_for_card(fixed(w.TELLING_WARNS[Warned.NOT_SAFE]))
    await journey.picture(partner, "preparation-do-not-raise")
    for window in (journey.partner, journey.manager):
        page = await window.page.locator("body").inner_text()
        assert not any(words in page for words in invented.NOT_SAFE.splitlines())


async def the_facilitator_sees_how_far_people_are(journey: Journey) -> None:
    """Who has how much open, who accepted, why the family is not told; and accepts their part."""
    facilitator = journey.facilitator
    await facilitator.click(w.FAR_OPEN, within=fixed(w.BOOKED_TITLE))
    await facilitator.wait_for_message(fixed(w.FAR_TITLE))
    shown = await facilitator.text_of(fixed(w.FAR_TITLE))
    points = ", ".join((w.POINTS["who"], w.POINTS["agreement"]))
    has = w.FAR_HAS.format(count=2, points=points)
    assert f"{PARTNER.name} ({PARTNER.agency}) {has}" in shown
    assert w.FAR_READY.format(ready=2, total=4) in shown
    assert f"{w.FAR_ACCEPTED}: {PRACTITIONER.name}; {MANAGER.name}" in shown
    assert all(words in shown for words in invented.NOT_SAFE.splitlines())
    await journey.picture(facilitator, "how-far", within=fixed(w.FAR_TITLE))
    await facilitator.click(w.AGREEMENT_READ, within=fixed(w.FAR_TITLE))
    await journey.picture(facilitator, "agreement-facilitator", within=w.AGREEMENT_GDPR)
    await facilitator.click(w.ACCEPT, within=w.AGREEMENT_GDPR)
    await facilitator.wait_for_message(w.AGREEMENT_DONE)
    await journey.picture(facilitator, "how-far-accepted", within=w.AGREEMENT_DONE)


async def only_who_is_not_ready_is_reminded(journey: Journey) -> None:
    """One working day before: the police officer alone, whose ticks are still there."""
    partner, before = journey.partner, await journey.counts()
    await journey.skip("skip 1 day", "Tuesday 2 February 2027, ")
    await partner.wait_for_message(fixed(w.PREPARE_REMIND_OPEN))
    for window in (journey.practitioner, journey.manager):
        await window.wait_for_answer("help")
    after = await journey.counts()
    assert {key: after[key] - before[key] for key in ("practitioner", "manager", "partner")} == {
        "practitioner": 1,
        "manager": 1,
        "partner": 1,
    }
    assert await partner.ticked(w.PREPARE_TICKS) == list(TICKS)
    await journey.picture(partner, "preparation-reminder")
    await gets_ready(partner)
    found = await journey.kept()
    reminded = {one["to"]: one["state"] for one in found.prompts("preparation-reminder")}
    assert reminded["other1"] == "sent"
    assert "sent" not in [state for to, state in reminded.items() if to != "other1"]
    assert TEACHER.name in {one["name"] for one in found.conversation["people"]}


async def somebody_else_is_the_right_person(journey: Journey) -> None:
    """The manager names a deputy, who gets the card instead and needs no second invitation."""
    manager, deputy = journey.manager, journey.partner
    await manager.click(w.RIGHT_PERSON, within=w.PREPARE_TITLE)
    where = "conversation/people/someone1"
    for question, text, field in (
        (w.RIGHT_PERSON_NAME, PARTNER.name, "name"),
        (w.RIGHT_PERSON_ROLE, "deputy team manager", "role"),
        (w.RIGHT_PERSON_MAIL, PARTNER.mail, "mail"),
    ):
        title = w.RIGHT_PERSON_TITLE
        await journey.type_into(manager, question, text, f"{where}/{field}", within=title)
    await journey.picture(manager, "right-person", within=w.RIGHT_PERSON_TITLE)
    await manager.click(w.RIGHT_PERSON_SAVE, within=w.RIGHT_PERSON_TITLE)
    await manager.wait_for_message(w.RIGHT_PERSON_DONE_NEXT)
    await journey.picture(manager, "right-person-done", within=w.RIGHT_PERSON_DONE_NEXT)
    for window, sentence in (
        (journey.practitioner, w.COMES_INSTEAD),
        (journey.facilitator, w.REPLACED),
    ):
        words = fixed(sentence)
        await window.wait_for_message(words)
        shown = await window.text_of(words)
        assert PARTNER.name in shown
        assert MANAGER.name in shown
        await journey.picture(window, "comes-instead", within=words)
    await deputy.wait_for_message(w.PREPARE_TITLE)
    await journey.picture(deputy, "preparation-deputy")
    await gets_ready_as_a_deputy(deputy)
    await journey.picture(deputy, "preparation-deputy-ready")
    # By naming somebody they say that they do not come themselves.
    where = "conversation/people/manager/attending"
    journey.remember(manager, w.MANAGER_ATTENDING, w.ATTENDING[Attending.NO], where, "no")
    # Their agency is the one they come for.
    journey.replaced[MANAGER.key] = replace(PARTNER, agency=MANAGER.agency)


async def gets_ready_as_a_deputy(window: TeamsWindow) -> None:
    """A deputy is asked about their own manager too."""
    await window.click(w.MANAGER_KNOWS_YES)
    await gets_ready(window)

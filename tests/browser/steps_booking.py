"""The manager agrees, a facilitator picks it up, a date is booked, and who is not reached."""

from datetime import time

import invented
from invented import STUCK
from journeys import DAY, Journey, fixed, people_to_tick
from steps_request import STORY

from bot.demo.personas import MANAGER, NURSE, PARTNER, PRACTITIONER, TEACHER, Persona
from cards.wording import wording as w


async def the_manager_agrees(journey: Journey) -> None:
    """The manager opens the request, reads it as it was typed, and agrees."""
    manager = journey.manager
    door = await manager.wait_for_card(w.DOOR_REQUEST)
    assert fixed(w.MANAGER_WHY) in door
    for one in journey.typed:
        if one.where.startswith(STORY):
            assert not any(words in door for words in one.text.splitlines())
    await journey.picture(manager, "manager-door")
    await manager.click(w.DOOR_REQUEST)
    shown = await manager.wait_for_card(w.AGREE)
    for one in journey.typed:
        if one.where.startswith(STORY):
            assert all(words in shown for words in one.text.splitlines())
    assert await manager.page.locator(".ac-adaptiveCard a").count() == 0
    await journey.picture(manager, "manager-asked")
    await manager.click(w.AGREE)
    await manager.wait_for_card(fixed(w.AGREED_TITLE))
    await journey.picture(manager, "manager-agreed")
    words = fixed(w.REQUEST_AGREED)
    await journey.practitioner.wait_for_message(words)
    await journey.picture(journey.practitioner, "requester-agreed", within=words)


async def the_channel_hears_of_it_without_the_story(journey: Journey) -> None:
    """The facilitation team's channel shows agency and reasons, nothing that was written."""
    facilitator = journey.facilitator
    await facilitator.wait_for_message(fixed(w.WAITING_WHY))
    await facilitator.open_chat("General")
    await facilitator.wait_for_post(w.WAITING_CHANNEL)
    shown = await facilitator.text_of(fixed(w.WAITING_WHY))
    assert STUCK in shown
    page = await facilitator.page.locator("body").inner_text()
    for text in invented.STORY:
        assert not any(words in page for words in text.splitlines())
    for name in (PRACTITIONER.name, MANAGER.name, NURSE.name, PARTNER.name, TEACHER.name):
        assert name not in shown
    await journey.picture(facilitator, "channel", within=fixed(w.WAITING_WHY))
    await facilitator.open_chat("Personal Chat")


async def the_facilitator_picks_it_up(journey: Journey) -> None:
    """Independence first; only then does the story open."""
    facilitator, asked = journey.facilitator, w.INDEPENDENT_TITLE
    await facilitator.wait_for_message(fixed(w.WAITING_WHY))
    await journey.picture(facilitator, "facilitator-waiting", within=fixed(w.WAITING_WHY))
    await facilitator.click(w.ILL_FACILITATE, within=fixed(w.WAITING_WHY))
    await facilitator.wait_for_message(asked)
    shown = await facilitator.text_of(asked)
    assert all(one.name in shown for one in journey.invited)
    assert invented.HOPE_CHILD not in shown
    await journey.picture(facilitator, "facilitator-independence", within=asked)
    await facilitator.click(w.INDEPENDENT_YES, within=asked)
    await facilitator.wait_for_message(fixed(w.PICKED_UP_YOU))
    assert invented.HOPE_CHILD not in await facilitator.text_of(fixed(w.PICKED_UP_YOU))
    await facilitator.click(w.DOOR_REQUEST, within=fixed(w.PICKED_UP_YOU))
    assert invented.HOPE_CHILD in await facilitator.text_of(fixed(w.PICKED_UP_YOU))
    await journey.picture(facilitator, "facilitator-story", within=fixed(w.PICKED_UP_YOU))
    words = fixed(w.PICKED_UP_NOTICE)
    await journey.practitioner.wait_for_message(words)
    await journey.picture(journey.practitioner, "requester-picked-up", within=words)


async def it_is_booked(journey: Journey) -> None:
    """For Wednesday, without those who are left out: nobody comes for their agency yet."""
    facilitator = journey.facilitator
    await facilitator.click(w.BOOK_NOW, within=fixed(w.PICKED_UP_YOU))
    await facilitator.wait_for_message(w.BOOK_TITLE)
    await facilitator.set_date(w.BOOK_DATE, DAY, within=w.BOOK_TITLE)
    await facilitator.set_time(w.BOOK_START, time(10), within=w.BOOK_TITLE)
    await facilitator.set_time(w.BOOK_END, time(11, 30), within=w.BOOK_TITLE)
    where = "conversation/booking/place"
    await journey.type_into(facilitator, w.BOOK_PLACE, invented.PLACE, where, within=w.BOOK_TITLE)
    await facilitator.choose(w.BOOK_COMING, *people_to_tick(*journey.coming), within=w.BOOK_TITLE)
    await journey.picture(facilitator, "booking", within=w.BOOK_TITLE)
    await facilitator.click(w.BOOK, within=w.BOOK_TITLE)
    await facilitator.wait_for_message(fixed(w.BOOKED_TITLE))
    shown = await facilitator.text_of(fixed(w.BOOKED_TITLE))
    # One person from each agency is usual; the facilitator is told where it is otherwise.
    assert w.AGENCIES_MANY.format(count=w.NUMBERS[2], agency=PRACTITIONER.agency) in shown
    for one in journey.invited:
        nobody = w.AGENCIES_NONE.format(agency=one.agency)
        assert (nobody in shown) is (one in journey.left_out)
    await everybody_with_a_window_is_invited(journey)
    await journey.picture(facilitator, "booked", within=fixed(w.BOOKED_TITLE))


async def everybody_with_a_window_is_invited(journey: Journey) -> None:
    """In it; and `my requests` says where things are."""
    for one in journey.coming:
        if one.key in journey.windows:
            await journey.windows[one.key].wait_for_message(w.PREPARE_TITLE)
        else:
            await journey.facilitator.wait_for_message(f"{one.name} {fixed(w.NOT_REACHED_WHY)}")
    await journey.picture(journey.manager, "preparation")
    await journey.practitioner.say("my requests")
    await journey.practitioner.wait_for_message(w.STATUS_TITLE)
    await journey.picture(journey.practitioner, "my-requests", within=w.STATUS_TITLE)


async def who_cannot_be_reached_is_named(journey: Journey, *people: Persona) -> None:
    """The requester and the facilitator hear whom nothing reaches, and what to do."""
    for one in people:
        words = f"{one.name} {fixed(w.NOT_REACHED_WHY)}"
        for window in (journey.practitioner, journey.facilitator):
            await window.wait_for_message(words)
            shown = await window.text_of(words)
            assert fixed(w.NOT_REACHED_OTHER.split(". ")[0]) in shown
            assert one.mail in shown
            assert invented.HOPE_CHILD not in shown
    await journey.picture(journey.facilitator, "facilitator-not-reached", within=words)
    await journey.picture(journey.practitioner, "requester-not-reached", within=words)
    found = await journey.kept()
    parked = {row["to"] for row in found.prompts("preparation") if row["state"] == "parked"}
    assert {found.at(f"conversation/people/{who}/name") for who in parked} == {
        one.name for one in people
    }

"""The request: its cards, a crash between two of them, Send, and what stays shut."""

import invented
from invented import HOPE_CHILD_Q, HOPE_YOU_Q, KNOWN_Q, STUCK, UNCLEAR, WORRY_Q
from journeys import Journey, fixed
from playwright.async_api import expect

from bot.demo.personas import MANAGER, NURSE, PRACTITIONER
from cards.wording import wording as w
from records.conversation.request import About
from records.people import Attending
from records.stages import Stage

STORY = "answer-request-requester/texts"
ATTENDS = {w.ATTENDING[Attending.YES]: "yes"}


async def request_up_to_the_hopes(journey: Journey) -> None:
    """The first five cards: risk, the situation, the manager, the others, the worry."""
    me = journey.practitioner
    await journey.picture(me, "welcome")
    await me.say("request")
    await me.wait_for_card(w.RISK_TITLE)
    await journey.picture(me, "request-risk")
    await me.click(w.RISK_YES)
    await me.wait_for_card(w.URGENT[0])
    await journey.picture(me, "request-risk-yes")
    await me.click(w.RISK_ACTED)

    await me.wait_for_card(w.ABOUT_TITLE)
    await journey.choose(
        me, w.ABOUT_LABEL, {w.ABOUT[About.CHILD]: "child"}, "conversation/request/about"
    )
    await journey.choose(
        me,
        w.REASONS_LABEL,
        {STUCK: "stuck", UNCLEAR: "clarity"},
        "conversation/request/reasons",
    )
    await journey.choose(
        me,
        w.LEVEL_LABEL,
        {dict(w.levels)["3"]: "3"},
        "conversation/request/level_of_need",
    )
    await journey.picture(me, "request-situation")
    await me.click(w.NEXT)

    await me.wait_for_card(w.YOU_TITLE)
    people = "conversation/people"
    for question, text, where in (
        (w.CONTACT_LABEL, "01473 000000 (ask for Priya)", f"{people}/requester/contact"),
        (w.TEAM_LABEL, "Team East & <West>", "conversation/request/team"),
        (w.MANAGER_NAME, MANAGER.name, f"{people}/manager/name"),
        (w.MANAGER_MAIL, MANAGER.mail, f"{people}/manager/mail"),
    ):
        await journey.type_into(me, question, text, where)
    agency = PRACTITIONER.agency
    await journey.choose(me, w.AGENCY_LABEL, {agency: agency}, "conversation/request/agency")
    await journey.choose(me, w.MANAGER_ATTENDING, ATTENDS, f"{people}/manager/attending")
    await journey.picture(me, "request-you")
    await me.click(w.NEXT)

    await me.wait_for_card(w.PEOPLE_TITLE)
    await name_the_nurse(journey)
    await name_the_others(journey)
    await journey.picture(me, "request-people")
    await me.click(w.NEXT)

    await me.wait_for_card(w.WORRY_TITLE)
    await journey.type_into(me, WORRY_Q, invented.WORRY, f"{STORY}/worry")
    await journey.picture(me, "request-worry")
    await me.click(w.NEXT)


async def name_the_nurse(journey: Journey) -> None:
    """The safeguarding nurse, where the journey has one."""
    me, where = journey.practitioner, "conversation/people/nurse"
    nurse = w.NURSE_LABEL
    if NURSE not in journey.invited:
        await me.choose(nurse, dict(w.NURSE)["none"])
        return
    await me.choose(nurse, dict(w.NURSE)["named"])
    await journey.type_into(me, w.NURSE_NAME, NURSE.name, f"{where}/name")
    await journey.type_into(me, w.NURSE_MAIL, NURSE.mail, f"{where}/mail")
    will = w.NURSE_ATTENDING
    await journey.choose(me, will, ATTENDS, f"{where}/attending")


async def name_the_others(journey: Journey) -> None:
    """Everybody but the last is added to the list; the last is left in the inputs."""
    me = journey.practitioner
    others = [one for one in journey.invited if one is not NURSE]
    for number, one in enumerate(others, start=1):
        where = f"conversation/people/other{number}"
        await journey.type_into(me, w.OTHER_NAME, one.name, f"{where}/name")
        await journey.type_into(me, w.OTHER_ROLE, one.role, f"{where}/role")
        await journey.type_into(me, w.AGENCY_LABEL, one.agency, f"{where}/agency")
        await journey.type_into(me, w.OTHER_MAIL, one.mail, f"{where}/mail")
        await journey.choose(me, w.OTHER_ATTENDING, ATTENDS, f"{where}/attending")
        if one is not others[-1]:
            await me.click(w.ADD_ANOTHER)
            await me.wait_for_card(f"{one.name} {one.role}, {one.agency}")


async def the_bot_is_killed_and_the_draft_is_still_there(journey: Journey) -> None:
    """`kill -9` between two questions; the next question is asked again, nothing is gone."""
    me = journey.practitioner
    await me.wait_for_card(w.HOPE_YOU_TITLE)
    await journey.demo.kill_bot()
    await journey.demo.start_bot()
    cards = len(await me.cards())
    await me.say("request")
    await expect(me.page.locator(".ac-adaptiveCard")).to_have_count(cards + 1)
    await me.wait_for_card(w.HOPE_YOU_TITLE)
    await me.click(w.BACK)
    await me.wait_for_card(w.WORRY_TITLE)
    assert await me.value_of(WORRY_Q) == invented.WORRY
    await me.click(w.NEXT)
    await me.wait_for_card(w.HOPE_YOU_TITLE)


async def the_hopes(journey: Journey) -> None:
    """The last two cards of questions."""
    me = journey.practitioner
    await me.wait_for_card(w.HOPE_YOU_TITLE)
    await journey.type_into(me, HOPE_YOU_Q, invented.HOPE_YOU, f"{STORY}/hope_you")
    await journey.type_into(me, KNOWN_Q, invented.HOPE_YOU_KNOWN, f"{STORY}/hope_you_known")
    await journey.picture(me, "request-hopes-you")
    await me.click(w.NEXT)
    await me.wait_for_card(w.HOPE_CHILD_TITLE[About.CHILD])
    await journey.type_into(me, HOPE_CHILD_Q, invented.HOPE_CHILD, f"{STORY}/hope_child")
    await journey.type_into(me, KNOWN_Q, invented.HOPE_CHILD_KNOWN, f"{STORY}/hope_child_known")
    await journey.picture(me, "request-hopes-child")
    await me.click(w.NEXT)
    await me.wait_for_card(w.CHECK_TITLE)


async def check_change_and_send(journey: Journey) -> None:
    """Check, change one answer, and send it with two taps on Send."""
    me = journey.practitioner
    await journey.picture(me, "request-check")
    names = await me.button_names()
    assert len(names) == len(set(names)) > 10
    await me.click(f"{w.CHANGE}: {HOPE_YOU_Q}")
    await me.wait_for_card(w.HOPE_YOU_TITLE)
    assert await me.value_of(HOPE_YOU_Q) == invented.HOPE_YOU
    assert await me.value_of(KNOWN_Q) == invented.HOPE_YOU_KNOWN
    await journey.type_into(me, HOPE_YOU_Q, invented.HOPE_YOU_CHANGED, f"{STORY}/hope_you")
    await me.click(w.NEXT)
    await me.wait_for_card(invented.HOPE_YOU_CHANGED)
    before = await journey.counts()
    await me.double_click(w.SEND)
    await me.wait_for_card(fixed(w.SENT_TITLE))
    await journey.picture(me, "request-sent")
    await journey.manager.wait_for_card(fixed(w.MANAGER_WHY))
    assert await journey.counts() == {**before, "manager": before["manager"] + 1}
    found = await journey.kept()
    assert len(found.prompts("manager-ask")) == 1


async def the_card_from_before_the_crash_tells_nothing_any_more(journey: Journey) -> None:
    """It still asked about the hopes; since Send it is a receipt, which shows where things are."""
    me = journey.practitioner
    await me.wait_for_message(w.CLOSED)
    await journey.picture(me, "old-card-closed", within=w.CLOSED)
    page = await me.page.locator("body").inner_text()
    assert not any(words in page for text in invented.STORY for words in text.splitlines())
    await me.click(w.CLOSED_WHERE, within=w.CLOSED)
    await me.wait_for_message(w.STATUS[Stage.REQUESTED])
    await journey.picture(me, "old-card-tapped", within=w.STATUS[Stage.REQUESTED])


async def a_card_passed_on_to_somebody_else_stays_shut(journey: Journey) -> None:
    """The police officer taps the manager's Agree."""
    found = await journey.kept()
    data = {"conversation": str(found.conversation["id"])}
    await journey.partner.tap_passed_on("manager.agree", data, instead_of=w.MY_REQUESTS)
    await journey.partner.wait_for_card(w.NOT_FOR_YOU)
    await journey.picture(journey.partner, "not-yours")
    after = await journey.kept()
    assert after.conversation["stage"] == "requested"

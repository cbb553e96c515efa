"""From a request to its outcome through four people's windows, and what was kept, word for word.

The demo's clock starts on a Monday morning and is skipped on from there. Writes `journey/`: a
picture of every card, and values.json with each question, what was typed and what was kept.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import invented
import kept
import pytest
from invented import HOPE_CHILD_Q, HOPE_YOU_Q, KNOWN_Q, SCALE_Q, STUCK, UNCLEAR, WORRY_Q
from kept import Typed
from playwright.async_api import Browser, expect
from teams_window import TeamsWindow, browser, open_window

from bot.demo import Demo, Options
from bot.demo.personas import (
    FACILITATOR,
    MANAGER,
    NURSE,
    PARTNER,
    PRACTITIONER,
    TEACHER,
    Persona,
)
from cards import wording as w
from records.request import About, Attending
from records.stages import Stage

pytestmark = pytest.mark.journey
MONDAY = "2027-02-01T09:05:00+00:00"
TUESDAY = date(2027, 2, 2)
PICTURES = Path(__file__).parents[2] / "journey"
STORY, FEEDBACK, OUTCOME = (
    "answer-request-requester/texts",
    "answer-feedback-",
    "answer-outcome-lead",
)

ATTENDS = {w.ATTENDING[Attending.YES]: "yes"}


def fixed(sentence: str) -> str:
    """The longest part of a sentence of the product's that holds no name and no number."""
    return max(re.split(r"\{\w+\}", sentence), key=len).strip()


def tile(number: int) -> str:
    """What a tile of the scale says."""
    return w.SCALE_TILE.format(number=number)


class Journey:
    """The windows of people, what they have typed, and the pictures taken on the way.

    `invited` are those whom the request names beside its writer and the manager; `pictures` is
    how the files of the pictures begin; `cut` gathers the words that a card had no room for.
    """

    def __init__(self, demo: Demo, invited: tuple[Persona, ...], pictures: str = "") -> None:
        self.demo, self.invited, self._pictures = demo, invited, pictures
        self.windows: dict[str, TeamsWindow] = {}
        self.typed: list[Typed] = []
        self.cut: list[str] = []
        self._taken = 0
        for old in PICTURES.glob(f"{pictures}[0-9][0-9]-*.png"):
            old.unlink()

    @property
    def practitioner(self) -> TeamsWindow:
        return self.windows["practitioner"]

    @property
    def manager(self) -> TeamsWindow:
        return self.windows["manager"]

    @property
    def facilitator(self) -> TeamsWindow:
        return self.windows["facilitator"]

    @property
    def partner(self) -> TeamsWindow:
        return self.windows["partner"]

    async def open(self, chromium: Browser, *people: Persona, phone: bool = False) -> None:
        """Open these people's windows; each is welcomed."""
        keys = [one.key for one in people]
        opened = await asyncio.gather(
            *(open_window(chromium, self.demo, key, phone=phone) for key in keys)
        )
        self.windows = dict(zip(keys, opened, strict=True))
        for key, window in self.windows.items():
            given = self.demo.windows[key].persona.name.split()[0]
            await window.wait_for_message(f"Hello {given}")

    async def picture(self, window: TeamsWindow, name: str, *, within: str = "") -> None:
        """Take a picture of a card, numbered in the order of the journey."""
        self.cut += [f"{name}: {words}" for words in await window.cut_words(within=within)]
        self._taken += 1
        file = f"{self._pictures}{self._taken:02}-{name}.png"
        await window.screenshot(PICTURES / file, within=within)

    async def type_into(
        self, window: TeamsWindow, question: str, text: str, where: str, *, within: str = ""
    ) -> None:
        """Answer a question with typed text, and remember where it has to be kept."""
        await window.fill(question, text, within=within)
        self.remember(window, question, text, where)

    async def choose(
        self, window: TeamsWindow, question: str, chosen: dict[str, str], where: str
    ) -> None:
        """Answer a question by choosing: the titles, each with what is kept for it."""
        await window.choose(question, *chosen)
        values = list(chosen.values())
        stored = values if where.endswith("reasons") else values[0]
        self.remember(window, question, ", ".join(chosen), where, stored)

    def remember(
        self, window: TeamsWindow, question: str, text: str, where: str, stored: object = None
    ) -> None:
        """What was typed; a later answer to the same question takes the place of an earlier."""
        who = next(key for key, one in self.windows.items() if one is window)
        self.typed = [one for one in self.typed if one.where != where]
        self.typed.append(Typed(who, question, text, where, stored))

    async def counts(self) -> dict[str, int]:
        """How many messages each window shows."""
        return {key: await window.message_count() for key, window in self.windows.items()}

    async def skip(self, words: str, reaching: str) -> None:
        """Move the clock, in the facilitator's window; wait until it says when it now is."""
        await self.facilitator.say(words)
        await self.facilitator.wait_for_card(w.DEMO_SKIPPED.split("{")[0] + reaching)


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    options = replace(Options.on_free_ports(tmp_path), demo_time=MONDAY)
    async with Demo(options) as running:
        yield running


async def test_from_the_request_to_its_outcome_in_four_windows(demo: Demo) -> None:
    async with browser() as chromium:
        journey = Journey(demo, (NURSE, PARTNER, TEACHER))
        await journey.open(chromium, PRACTITIONER, MANAGER, FACILITATOR, PARTNER)
        await request_up_to_the_hopes(journey)
        await the_bot_is_killed_and_the_draft_is_still_there(journey)
        await the_hopes(journey)
        await check_change_and_send(journey)
        await the_card_from_before_the_crash_tells_nothing_any_more(journey)
        await a_card_passed_on_to_somebody_else_stays_shut(journey)
        await the_manager_agrees(journey)
        await the_channel_hears_of_it_without_the_story(journey)
        await the_facilitator_picks_it_up(journey)
        await it_is_booked(journey)
        await who_cannot_be_reached_is_named(journey, NURSE, TEACHER)
        await the_day_comes_and_feedback_goes_out(journey)
        await two_answer_and_one_is_prompted(journey)
        await the_learning_is_typed_up(journey)
        await it_is_shared_passed_on_and_recorded(journey)
        await eight_weeks_on(journey)
        await everything_typed_was_kept_word_for_word(journey)


async def test_who_cannot_be_reached_is_named_to_those_who_can_ring_them(demo: Demo) -> None:
    """On phones, and with somebody invited who has no Teams."""
    async with browser() as chromium:
        journey = Journey(demo, (TEACHER,), "phone-")
        await journey.open(chromium, PRACTITIONER, MANAGER, FACILITATOR, phone=True)
        await request_up_to_the_hopes(journey)
        await the_hopes(journey)
        await journey.picture(journey.practitioner, "request-check")
        await journey.practitioner.click(w.SEND)
        await the_manager_agrees(journey)
        await the_facilitator_picks_it_up(journey)
        await it_is_booked(journey)
        await who_cannot_be_reached_is_named(journey, TEACHER)
        await the_day_comes_and_feedback_goes_out(journey)
        await everything_is_said(journey)
        assert journey.cut == []
        found = await kept.the_conversation(demo.tables_connection_string)
        assert [one for one in found.compare(journey.typed) if not one["same"]] == []


# The request ------------------------------------------------------------------------------------


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
        {dict(w.LEVELS)["3"]: "3"},
        "conversation/request/level_of_need",
    )
    await journey.picture(me, "request-situation")
    await me.click(w.NEXT)

    await me.wait_for_card(w.YOU_TITLE)
    people = "conversation/people"
    for question, text, where in (
        (w.CONTACT_LABEL, "01473 000000 (ask for Priya)", f"{people}/requester/contact"),
        (w.TEAM_LABEL, "Team East & <West>", "conversation/request/team"),
        (w.AGENCY_LABEL, "Social Care", "conversation/request/agency"),
        (w.MANAGER_NAME, MANAGER.name, f"{people}/manager/name"),
        (w.MANAGER_MAIL, MANAGER.mail, f"{people}/manager/mail"),
    ):
        await journey.type_into(me, question, text, where)
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
    found = await kept.the_conversation(journey.demo.tables_connection_string)
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
    found = await kept.the_conversation(journey.demo.tables_connection_string)
    data = {"conversation": str(found.conversation["id"])}
    await journey.partner.tap_passed_on("manager.agree", data, instead_of=w.MY_REQUESTS)
    await journey.partner.wait_for_card(w.NOT_FOR_YOU)
    await journey.picture(journey.partner, "not-yours")
    after = await kept.the_conversation(journey.demo.tables_connection_string)
    assert after.conversation["stage"] == "requested"


# Agreement, pick-up, booking --------------------------------------------------------------------


async def the_manager_agrees(journey: Journey) -> None:
    """The manager reads the request as it was typed, and agrees."""
    manager = journey.manager
    shown = await manager.wait_for_card(fixed(w.MANAGER_WHY))
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
    assert invented.HOPE_CHILD in await facilitator.text_of(fixed(w.PICKED_UP_YOU))
    await journey.picture(facilitator, "facilitator-story", within=fixed(w.PICKED_UP_YOU))
    words = fixed(w.PICKED_UP_NOTICE)
    await journey.practitioner.wait_for_message(words)
    await journey.picture(journey.practitioner, "requester-picked-up", within=words)


def people_to_tick(*people: Persona) -> list[str]:
    """How the cards name people one can choose."""
    return [f"{one.name} ({one.agency})" for one in people]


async def it_is_booked(journey: Journey) -> None:
    """For the next day; everybody who has a window is invited in it."""
    facilitator = journey.facilitator
    await facilitator.click(w.BOOK_NOW, within=fixed(w.PICKED_UP_YOU))
    await facilitator.wait_for_message(w.BOOK_TITLE)
    await facilitator.set_date(w.BOOK_DATE, TUESDAY, within=w.BOOK_TITLE)
    await facilitator.set_time(w.BOOK_START, time(10), within=w.BOOK_TITLE)
    await facilitator.set_time(w.BOOK_END, time(11, 30), within=w.BOOK_TITLE)
    place = "Endeavour House, room 2 (or https://example.org/call)"
    where = "conversation/booking/place"
    await journey.type_into(facilitator, w.BOOK_PLACE, place, where, within=w.BOOK_TITLE)
    everybody = people_to_tick(PRACTITIONER, MANAGER, *journey.invited)
    await facilitator.choose(w.BOOK_COMING, *everybody, within=w.BOOK_TITLE)
    await journey.picture(facilitator, "booking", within=w.BOOK_TITLE)
    await facilitator.click(w.BOOK, within=w.BOOK_TITLE)
    await facilitator.wait_for_message(fixed(w.BOOKED_TITLE))
    await journey.picture(facilitator, "booked", within=fixed(w.BOOKED_TITLE))
    for key, window in journey.windows.items():
        if key != FACILITATOR.key:
            await window.wait_for_message("Let the child/family or person know")
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
    found = await kept.the_conversation(journey.demo.tables_connection_string)
    parked = {row["to"] for row in found.prompts("preparation") if row["state"] == "parked"}
    assert {found.at(f"conversation/people/{who}/name") for who in parked} == {
        one.name for one in people
    }


# The day, feedback, the outcome -----------------------------------------------------------------


async def the_day_comes_and_feedback_goes_out(journey: Journey) -> None:
    """The closing card comes by itself; everybody who has a window came."""
    facilitator, closing = journey.facilitator, fixed(w.CLOSING_WHY)
    await journey.skip("skip 1 day", "Tuesday 2 February 2027, 09:")
    await journey.skip("skip 125 minutes", "Tuesday 2 February 2027, 11:")
    await facilitator.wait_for_message(closing)
    await journey.picture(facilitator, "closing", within=closing)
    await facilitator.click(w.CLOSING, within=closing)
    await facilitator.wait_for_message(w.CAME_TITLE)
    present = [one for one in journey.invited if one.key in journey.windows]
    came = people_to_tick(PRACTITIONER, MANAGER, *present)
    await facilitator.choose(w.CAME_LABEL, *came, within=w.CAME_TITLE)
    await journey.picture(facilitator, "who-came", within=w.CAME_TITLE)
    await facilitator.click(w.CAME_SEND, within=w.CAME_TITLE)
    await facilitator.wait_for_message(fixed(w.CAME_DONE))
    await journey.picture(facilitator, "feedback-on-its-way", within=fixed(w.CAME_DONE))
    for key, window in journey.windows.items():
        if key != FACILITATOR.key:
            await window.wait_for_card(SCALE_Q)
    await journey.picture(journey.manager, "feedback-scale")


async def two_answer_and_one_is_prompted(journey: Journey) -> None:
    """The practitioner says everything, the police officer taps once, the manager is silent."""
    await everything_is_said(journey)
    partner = journey.partner
    await partner.tap_tile(tile(10))
    await partner.wait_for_card(w.YOU_CHOSE_END.format(number=10))
    journey.remember(partner, SCALE_Q, "10", f"{FEEDBACK}other1/scale", 10)
    await journey.picture(partner, "feedback-at-the-end-of-the-scale")

    before = await journey.counts()
    await journey.skip("skip 2 days", "Thursday 4 February 2027, 11:")
    await journey.manager.wait_for_card(fixed(w.FEEDBACK_PROMPT))
    for window in (journey.practitioner, journey.partner, journey.manager):
        await window.wait_for_answer("help")
    await journey.picture(journey.partner, "help")
    # One answer to "skip" or to "help" in each window, and one prompt, for the manager.
    assert await journey.counts() == {
        key: count + (2 if key == "manager" else 1) for key, count in before.items()
    }
    found = await kept.the_conversation(journey.demo.tables_connection_string)
    prompted = {one["to"]: one["state"] for one in found.prompts("feedback-prompt")}
    assert prompted == {"manager": "sent", "requester": "cancelled", "other1": "cancelled"}
    await the_prompted_one_answers(journey)


async def everything_is_said(journey: Journey) -> None:
    """The practitioner's feedback, all four cards."""
    me, texts = journey.practitioner, f"{FEEDBACK}requester/texts"
    await me.tap_tile(tile(6))
    await me.wait_for_card(w.YOU_CHOSE.format(number=6))
    journey.remember(me, SCALE_Q, "6", f"{FEEDBACK}requester/scale", 6)
    for name, answers in (
        ("happened", ("happened", "learning")),
        ("difference", ("difference_you", "difference_child", "together")),
    ):
        for field in answers:
            question = getattr(invented, f"{field.upper()}_Q")
            text = getattr(invented, field.upper())
            await journey.type_into(me, question, text, f"{texts}/{field}")
        await journey.picture(me, f"feedback-{name}")
        await me.click(w.NEXT)
    await me.wait_for_card(w.FEEDBACK_ELSE_TITLE)
    await journey.type_into(
        me, invented.POSSIBILITY_Q, invented.POSSIBILITY, f"{texts}/possibility"
    )
    await me.choose(w.MAY_QUOTE, dict(w.MAY_QUOTE_CHOICES)["yes"])
    journey.remember(me, w.MAY_QUOTE, "yes", f"{FEEDBACK}requester/may_quote", True)
    await journey.picture(me, "feedback-else")
    await me.click(w.SEND)
    await me.wait_for_card(fixed(w.FEEDBACK_DONE))
    await journey.picture(me, "feedback-thanks")


async def the_prompted_one_answers(journey: Journey) -> None:
    """The manager answers the prompt: a number, one text, the rest skipped."""
    manager, prompt = journey.manager, fixed(w.FEEDBACK_PROMPT)
    await journey.picture(manager, "feedback-prompt", within=prompt)
    await manager.tap_tile(tile(8), within=prompt)
    await manager.wait_for_message(w.YOU_CHOSE.format(number=8))
    journey.remember(manager, SCALE_Q, "8", f"{FEEDBACK}manager/scale", 8)
    await journey.type_into(
        manager,
        invented.HAPPENED_Q,
        invented.MANAGER_HAPPENED,
        f"{FEEDBACK}manager/texts/happened",
        within=w.YOU_CHOSE.format(number=8),
    )
    await manager.click(w.NEXT, within=w.FEEDBACK_HAPPENED_TITLE)
    await manager.click(w.NEXT, within=w.FEEDBACK_DIFFERENCE_TITLE)
    await manager.click(w.SEND, within=w.FEEDBACK_ELSE_TITLE)
    await manager.wait_for_message(fixed(w.FEEDBACK_DONE))


WORRIED = "What are we worried about?"
POLICE_LEARNED = "We ring the school before we visit.\nThen we say what we know, and what we think."


async def the_learning_is_typed_up(journey: Journey) -> None:
    """Section by section, in the facilitator's window; a task is asked about once."""
    me = journey.facilitator
    await me.say("type up")
    await me.wait_for_card(w.LEARNING_INTRO)
    await me.click(f"{w.SECTION_WRITE} 4. {WORRIED}")
    await me.fill(WORRIED, "Nobody will ring the school by Friday.")
    await me.click(w.SAVE_NEXT)
    await me.wait_for_card("reads like a task")
    await journey.picture(me, "learning-asked")
    await journey.type_into(me, WORRIED, invented.WORRY, "answer-learning-worries/texts/text")
    await me.click(w.SAVE_OVERVIEW)
    await me.click(f"{w.SECTION_WRITE} 9. Scaling, 0 to 10")
    await me.choose(w.SCALING_NUMBER, "4")
    await me.fill(w.SCALING_WORDS, "We have met.")
    await me.click(w.SAVE_ANOTHER)
    await journey.picture(me, "learning-scaling")
    await me.click(w.SAVE_OVERVIEW)
    await me.click(f"{w.SECTION_WRITE} 13. The learning each agency will record")
    await me.choose(w.RECORDING_WHO, PARTNER.agency)
    await me.fill(w.RECORDING_WORDS, POLICE_LEARNED)
    await me.click(w.SAVE_OVERVIEW)
    await journey.picture(me, "learning-sections")


async def it_is_shared_passed_on_and_recorded(journey: Journey) -> None:
    """To the lead worker alone; then each agency's own words, and nothing else of it."""
    me, lead, police = journey.facilitator, journey.practitioner, journey.partner
    await me.click(w.SHARE)
    await journey.picture(me, "learning-share")
    await me.click(w.SHARE_YES)
    await journey.picture(me, "learning-shared")
    await lead.wait_for_card(w.LEARNING_CAME_ALONE)
    await journey.picture(lead, "learning-came")
    await lead.click(w.PASSED_ON)
    await lead.fill(w.PASSED_ON_OTHERS, "The grandmother, on paper.")
    await lead.click(w.PASSED_ON_CONFIRM)
    await lead.wait_for_message(w.PASSED_ON_NEXT)
    words = await police.wait_for_card(w.RECORD_HOW)
    for line in POLICE_LEARNED.splitlines():
        assert line in words
    assert invented.WORRY not in words
    await journey.picture(police, "learning-to-record")
    for window in (police, journey.manager, lead):
        await window.wait_for_card(w.RECORD_HOW)
        await window.click(w.RECORDED)
        await window.wait_for_card(w.RECORDED_NEXT)


async def eight_weeks_on(journey: Journey) -> None:
    """The outcome card comes for the lead worker alone."""
    me, before = journey.practitioner, await journey.counts()
    await journey.skip("skip 8 weeks", "Thursday 1 April 2027, 11:")
    await me.wait_for_card(fixed(w.OUTCOME_WHY))
    for window in (journey.manager, journey.partner):
        await window.wait_for_answer("help")
    assert await journey.counts() == {key: count + 1 for key, count in before.items()}
    await journey.type_into(
        me, invented.OUTCOME_CHILD_Q, invented.OUTCOME_CHILD, f"{OUTCOME}/texts/outcome_child"
    )
    await journey.picture(me, "outcome-child")
    await me.click(w.NEXT)
    await me.wait_for_card(w.OUTCOME_YOU_TITLE)
    await journey.type_into(
        me, invented.OUTCOME_YOU_Q, invented.OUTCOME_YOU, f"{OUTCOME}/texts/outcome_you"
    )
    await journey.picture(me, "outcome-you")
    await me.click(w.NEXT)
    await me.wait_for_card(w.CHECK_TITLE)
    await journey.picture(me, "outcome-check")
    await me.click(w.SEND)
    await me.wait_for_card(fixed(w.OUTCOME_DONE))
    await journey.picture(me, "outcome-thanks")


async def everything_typed_was_kept_word_for_word(journey: Journey) -> None:
    """Read from the tables; written down beside what was typed."""
    found = await kept.the_conversation(journey.demo.tables_connection_string)
    compared = found.compare(journey.typed)
    kept.write(PICTURES / "values.json", compared, found)
    assert [one for one in compared if not one["same"]] == []
    assert found.conversation["stage"] == "complete"
    assert journey.cut == []
    sent = {
        who: [one["kind"] for one in prompts if one["state"] == "sent"]
        for who, prompts in found.sent_per_person().items()
    }
    assert sent[PARTNER.name] == ["preparation", "feedback", "record"]
    asked = ["manager-ask", "preparation", "feedback", "feedback-prompt", "record"]
    assert sent[MANAGER.name] == asked
    told = [kind for kind in sent[PRACTITIONER.name] if kind != "not-reached"]
    learning = ["learning-shared", "record"]
    assert told == ["agreed", "picked-up", "preparation", "feedback", *learning, "outcome"]
    assert sent["the team's channel"].count("waiting") == 1

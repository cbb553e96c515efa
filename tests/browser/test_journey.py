"""From a request to its outcome through four people's windows, and what was kept, word for word.

The demo's clock starts on a Monday morning and is skipped on from there. Writes `journey/`: a
picture of every card, and values.json with each question, what was typed and what was kept.
"""

import asyncio
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
from bot.demo.personas import FACILITATOR, MANAGER, NURSE, PARTNER, PRACTITIONER, TEACHER

pytestmark = pytest.mark.journey
MONDAY = "2027-02-01T09:05:00+00:00"
TUESDAY = date(2027, 2, 2)
WAITS, BOOK = "waits for a facilitator", "Book the conversation"
PICTURES = Path(__file__).parents[2] / "journey"
STORY, FEEDBACK, OUTCOME = (
    "answer-request-requester/texts",
    "answer-feedback-",
    "answer-outcome-lead",
)


class Journey:
    """The windows of four people, what they have typed, and the pictures taken on the way."""

    def __init__(self, demo: Demo, pictures: str) -> None:
        self.demo, self._pictures = demo, pictures
        self.windows: dict[str, TeamsWindow] = {}
        self.typed: list[Typed] = []
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

    async def open(self, chromium: Browser, *, phone: bool = False) -> None:
        """Open everybody's window; each is welcomed."""
        keys = tuple(self.demo.windows)
        opened = await asyncio.gather(
            *(open_window(chromium, self.demo, key, phone=phone) for key in keys)
        )
        self.windows = dict(zip(keys, opened, strict=True))
        for key, window in self.windows.items():
            given = self.demo.windows[key].persona.name.split()[0]
            await window.wait_for_message(f"Hello {given}")

    async def picture(self, window: TeamsWindow, name: str, *, within: str = "") -> None:
        """Take a picture of a card, numbered in the order of the journey."""
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
        await self.facilitator.wait_for_card(f"It is now {reaching}")


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    options = replace(Options.on_free_ports(tmp_path), demo_time=MONDAY)
    async with Demo(options) as running:
        yield running


async def test_from_the_request_to_its_outcome_in_four_windows(demo: Demo) -> None:
    async with browser() as chromium:
        journey = Journey(demo, "")
        await journey.open(chromium)
        await request_up_to_the_hopes(journey)
        await the_bot_is_killed_and_the_draft_is_still_there(journey)
        await the_hopes(journey)
        await check_change_and_send(journey)
        await a_tap_on_an_old_card_shows_where_things_are(journey)
        await a_card_passed_on_to_somebody_else_stays_shut(journey)
        await the_manager_agrees(journey)
        await the_channel_hears_of_it_without_the_story(journey)
        await the_facilitator_picks_it_up(journey)
        await it_is_booked(journey)
        await the_day_comes_and_feedback_goes_out(journey)
        await two_answer_and_one_is_prompted(journey)
        await eight_weeks_on(journey)
        await everything_typed_was_kept_word_for_word(journey)


# The request ------------------------------------------------------------------------------------


async def request_up_to_the_hopes(journey: Journey) -> None:
    """The first five cards: risk, the situation, the manager, the others, the worry."""
    me = journey.practitioner
    await journey.picture(me, "welcome")
    await me.say("request")
    await me.wait_for_card("is someone at immediate risk of harm?")
    await journey.picture(me, "request-risk")
    await me.click("Yes")
    await me.wait_for_card("Ring 999 now")
    await journey.picture(me, "request-risk-yes")
    await me.click("I have acted on this; carry on")

    await me.wait_for_card("What is the situation like?")
    await journey.choose(me, "Who is it about?", {"A child": "child"}, "conversation/request/about")
    await journey.choose(
        me,
        "Why bring it? Choose one or more.",
        {STUCK: "stuck", UNCLEAR: "clarity"},
        "conversation/request/reasons",
    )
    await journey.choose(
        me,
        "Level of need, if you know it",
        {"Level 3: targeted help": "3"},
        "conversation/request/level_of_need",
    )
    await journey.picture(me, "request-situation")
    await me.click("Next")

    await me.wait_for_card("You and your manager")
    people = "conversation/people"
    for question, text, where in (
        ("Your contact details", "01473 000000 (ask for Priya)", f"{people}/requester/contact"),
        ("Team", "Team East & <West>", "conversation/request/team"),
        ("Agency", "Social Care", "conversation/request/agency"),
        ("Manager's name", MANAGER.name, f"{people}/manager/name"),
        ("Manager's work e-mail", MANAGER.mail, f"{people}/manager/mail"),
    ):
        await journey.type_into(me, question, text, where)
    await journey.choose(
        me, "Will your manager attend?", {"Yes": "yes"}, f"{people}/manager/attending"
    )
    await journey.picture(me, "request-you")
    await me.click("Next")

    await me.wait_for_card("Who else is involved?")
    await name_the_others(journey)
    await journey.picture(me, "request-people")
    await me.click("Next")

    await me.wait_for_card("Your worries")
    await journey.type_into(me, WORRY_Q, invented.WORRY, f"{STORY}/worry")
    await journey.picture(me, "request-worry")
    await me.click("Next")


async def name_the_others(journey: Journey) -> None:
    """The nurse, the police officer (added to the list) and the teacher (left in the inputs)."""
    me, people = journey.practitioner, "conversation/people"
    nurse = "Safeguarding nurse, if health is involved"
    await me.choose(nurse, "Named below")
    await journey.type_into(me, "Safeguarding nurse's name", NURSE.name, f"{people}/nurse/name")
    mail = "Safeguarding nurse's work e-mail"
    await journey.type_into(me, mail, NURSE.mail, f"{people}/nurse/mail")
    will = "Will the safeguarding nurse attend?"
    await journey.choose(me, will, {"Yes": "yes"}, f"{people}/nurse/attending")
    for number, one in enumerate((PARTNER, TEACHER), start=1):
        where = f"{people}/other{number}"
        await journey.type_into(me, "Name", one.name, f"{where}/name")
        await journey.type_into(me, "Role or team", one.role, f"{where}/role")
        await journey.type_into(me, "Agency", one.agency, f"{where}/agency")
        await journey.type_into(me, "Work e-mail", one.mail, f"{where}/mail")
        await journey.choose(me, "Will they attend?", {"Yes": "yes"}, f"{where}/attending")
        if one is PARTNER:
            await me.click("Add another")
            await me.wait_for_card(f"{PARTNER.name} {PARTNER.role}, {PARTNER.agency}")


async def the_bot_is_killed_and_the_draft_is_still_there(journey: Journey) -> None:
    """`kill -9` between two questions; the next question is asked again, nothing is gone."""
    me = journey.practitioner
    await me.wait_for_card("Your hopes for yourself")
    await journey.demo.kill_bot()
    await journey.demo.start_bot()
    cards = len(await me.cards())
    await me.say("request")
    await expect(me.page.locator(".ac-adaptiveCard")).to_have_count(cards + 1)
    await me.wait_for_card("Your hopes for yourself")
    await me.click("Back")
    await me.wait_for_card("Your worries")
    assert await me.value_of(WORRY_Q) == invented.WORRY
    await me.click("Next")
    await me.wait_for_card("Your hopes for yourself")


async def the_hopes(journey: Journey) -> None:
    """The last two cards of questions."""
    me = journey.practitioner
    await journey.type_into(me, HOPE_YOU_Q, invented.HOPE_YOU, f"{STORY}/hope_you")
    await journey.type_into(me, KNOWN_Q, invented.HOPE_YOU_KNOWN, f"{STORY}/hope_you_known")
    await journey.picture(me, "request-hopes-you")
    await me.click("Next")
    await me.wait_for_card("Your hopes for the child")
    await journey.type_into(me, HOPE_CHILD_Q, invented.HOPE_CHILD, f"{STORY}/hope_child")
    await journey.type_into(me, KNOWN_Q, invented.HOPE_CHILD_KNOWN, f"{STORY}/hope_child_known")
    await journey.picture(me, "request-hopes-child")
    await me.click("Next")


async def check_change_and_send(journey: Journey) -> None:
    """Check, change one answer, and send it with two taps on Send."""
    me = journey.practitioner
    await me.wait_for_card("Check your answers")
    await journey.picture(me, "request-check")
    await me.click(f"Change: {HOPE_YOU_Q}")
    await me.wait_for_card("Your hopes for yourself")
    assert await me.value_of(HOPE_YOU_Q) == invented.HOPE_YOU
    assert await me.value_of(KNOWN_Q) == invented.HOPE_YOU_KNOWN
    await journey.type_into(me, HOPE_YOU_Q, invented.HOPE_YOU_CHANGED, f"{STORY}/hope_you")
    await me.click("Next")
    await me.wait_for_card(invented.HOPE_YOU_CHANGED)
    before = await journey.counts()
    await me.double_click("Send")
    await me.wait_for_card("is sent")
    await journey.picture(me, "request-sent")
    await journey.manager.wait_for_card("asks for your agreement")
    assert await journey.counts() == {**before, "manager": before["manager"] + 1}
    found = await kept.the_conversation(journey.demo.tables_connection_string)
    assert len(found.prompts("manager-ask")) == 1


async def a_tap_on_an_old_card_shows_where_things_are(journey: Journey) -> None:
    """The card from before the crash still asks about the hopes."""
    me = journey.practitioner
    await me.click("Back", within="Your hopes for yourself")
    await me.wait_for_message("Your manager has been asked to agree.")
    await journey.picture(me, "old-card-tapped", within="Your manager has been asked to agree.")


async def a_card_passed_on_to_somebody_else_stays_shut(journey: Journey) -> None:
    """The police officer taps the manager's Agree."""
    found = await kept.the_conversation(journey.demo.tables_connection_string)
    data = {"conversation": str(found.conversation["id"])}
    await journey.partner.tap_passed_on("manager.agree", data, instead_of="My requests")
    await journey.partner.wait_for_card("This is not yours to open. Nothing was changed.")
    await journey.picture(journey.partner, "not-yours")
    after = await kept.the_conversation(journey.demo.tables_connection_string)
    assert after.conversation["stage"] == "requested"


# Agreement, pick-up, booking --------------------------------------------------------------------


async def the_manager_agrees(journey: Journey) -> None:
    """The manager reads the request as it was typed, and agrees."""
    manager = journey.manager
    shown = await manager.last_card()
    for text in (invented.HOPE_YOU_CHANGED, invented.HOPE_YOU_KNOWN, invented.HOPE_CHILD):
        assert text in shown
    assert await manager.page.locator(".ac-adaptiveCard a").count() == 0
    await journey.picture(manager, "manager-asked")
    await manager.click("Agree")
    await manager.wait_for_card("You agreed to")
    await journey.picture(manager, "manager-agreed")
    words = f"{MANAGER.name} agreed to your request"
    await journey.practitioner.wait_for_message(words)
    await journey.picture(journey.practitioner, "requester-agreed", within=words)


async def the_channel_hears_of_it_without_the_story(journey: Journey) -> None:
    """The facilitation team's channel shows agency and reasons, nothing that was written."""
    facilitator = journey.facilitator
    await facilitator.wait_for_message(WAITS)
    await facilitator.open_chat("General")
    await facilitator.wait_for_post("Open your own chat with me to pick it up.")
    shown = await facilitator.text_of(WAITS)
    assert STUCK in shown
    page = await facilitator.page.locator("body").inner_text()
    for text in invented.STORY:
        assert not any(words in page for words in text.splitlines())
    for name in (PRACTITIONER.name, MANAGER.name, NURSE.name, PARTNER.name, TEACHER.name):
        assert name not in shown
    await journey.picture(facilitator, "channel", within=WAITS)
    await facilitator.open_chat("Personal Chat")


async def the_facilitator_picks_it_up(journey: Journey) -> None:
    """Independence first; only then does the story open."""
    facilitator, asked = journey.facilitator, "Are you independent of everyone here?"
    await facilitator.wait_for_message(WAITS)
    await journey.picture(facilitator, "facilitator-waiting", within=WAITS)
    await facilitator.click("I'll facilitate", within=WAITS)
    await facilitator.wait_for_message(asked)
    shown = await facilitator.text_of(asked)
    assert PARTNER.name in shown
    assert invented.HOPE_CHILD not in shown
    await journey.picture(facilitator, "facilitator-independence", within=asked)
    await facilitator.click("I am independent; I'll facilitate", within=asked)
    await facilitator.wait_for_message("You picked up")
    assert invented.HOPE_CHILD in await facilitator.text_of("You picked up")
    await journey.picture(facilitator, "facilitator-story", within="You picked up")
    words = f"{FACILITATOR.name} picked up your request"
    await journey.practitioner.wait_for_message(words)
    await journey.picture(journey.practitioner, "requester-picked-up", within=words)


async def it_is_booked(journey: Journey) -> None:
    """For the next day; who is in Teams is invited there, and of the others one is told."""
    facilitator = journey.facilitator
    await facilitator.click("Find a date", within="You picked up")
    await facilitator.wait_for_message("Book the conversation")
    await facilitator.set_date("Date", TUESDAY, within=BOOK)
    await facilitator.set_time("Start", time(10), within=BOOK)
    await facilitator.set_time("End", time(11, 30), within=BOOK)
    place = "Endeavour House, room 2 (or https://example.org/call)"
    await journey.type_into(
        facilitator, "Place or link", place, "conversation/booking/place", within=BOOK
    )
    await facilitator.choose(
        "Who comes",
        f"{PRACTITIONER.name} (Social Care)",
        f"{MANAGER.name} (Social Care)",
        f"{NURSE.name} (Health)",
        f"{PARTNER.name} ({PARTNER.agency})",
        f"{TEACHER.name} ({TEACHER.agency})",
        within=BOOK,
    )
    await journey.picture(facilitator, "booking", within=BOOK)
    await facilitator.click("Book it", within=BOOK)
    await facilitator.wait_for_message("is booked")
    await journey.picture(facilitator, "booked", within="is booked")
    for window in (journey.practitioner, journey.manager, journey.partner):
        await window.wait_for_message("Let the child/family or person know")
    await journey.picture(journey.partner, "preparation")
    for one in (NURSE, TEACHER):
        for window in (journey.practitioner, facilitator):
            await window.wait_for_message(f"{one.name} cannot be reached in Teams yet")
    words = f"{TEACHER.name} cannot be reached in Teams yet"
    await journey.picture(facilitator, "facilitator-not-reached", within=words)
    await journey.picture(journey.practitioner, "requester-not-reached", within=words)


# The day, feedback, the outcome -----------------------------------------------------------------


async def the_day_comes_and_feedback_goes_out(journey: Journey) -> None:
    """The closing card comes by itself; three of those invited came."""
    facilitator = journey.facilitator
    await journey.skip("skip 1 day", "Tuesday 2 February 2027, 09:2")
    await journey.skip("skip 2 hours", "Tuesday 2 February 2027, 11:2")
    await facilitator.click("We are closing", within="is booked")
    await facilitator.wait_for_message("Who came?")
    await journey.picture(facilitator, "who-came", within="Who came?")
    await facilitator.choose(
        "Who came",
        f"{PRACTITIONER.name} (Social Care)",
        f"{MANAGER.name} (Social Care)",
        f"{PARTNER.name} ({PARTNER.agency})",
        within="Who came?",
    )
    await facilitator.click("Send the feedback card", within="Who came?")
    await facilitator.wait_for_message("is on its way")
    await journey.picture(facilitator, "feedback-on-its-way", within="is on its way")
    for window in (journey.practitioner, journey.manager, journey.partner):
        await window.wait_for_card(SCALE_Q)
    await journey.picture(journey.manager, "feedback-scale")


async def two_answer_and_one_is_prompted(journey: Journey) -> None:
    """The practitioner says everything, the police officer taps once, the manager is silent."""
    await everything_is_said(journey)
    partner = journey.partner
    await partner.tap_tile("10 out of 10")
    await partner.wait_for_card("You chose 10: say what you can, or skip.")
    journey.remember(partner, SCALE_Q, "10", f"{FEEDBACK}other1/scale", 10)
    await journey.picture(partner, "feedback-at-the-end-of-the-scale")

    before = await journey.counts()
    await journey.skip("skip 2 days", "Thursday 4 February 2027, 11:3")
    await journey.manager.wait_for_card("A short prompt: your feedback on")
    for window in (journey.practitioner, journey.partner, journey.manager):
        await window.wait_for_answer("help")
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
    await me.tap_tile("6 out of 10")
    await me.wait_for_card("You chose 6.")
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
        await me.click("Next")
    await me.wait_for_card("What else could help")
    await journey.type_into(
        me, invented.POSSIBILITY_Q, invented.POSSIBILITY, f"{texts}/possibility"
    )
    await me.choose(
        "May we quote your words in the evaluation, without your name?", "May be quoted"
    )
    journey.remember(me, "May we quote your words?", "yes", f"{FEEDBACK}requester/may_quote", True)
    await journey.picture(me, "feedback-else")
    await me.click("Send")
    await me.wait_for_card("Thank you for your feedback")
    await journey.picture(me, "feedback-thanks")


async def the_prompted_one_answers(journey: Journey) -> None:
    """The manager answers the prompt: a number, one text, the rest skipped."""
    manager, prompt = journey.manager, "A short prompt: your feedback on"
    await journey.picture(manager, "feedback-prompt", within=prompt)
    await manager.tap_tile("8 out of 10", within=prompt)
    await manager.wait_for_message("You chose 8.")
    journey.remember(manager, SCALE_Q, "8", f"{FEEDBACK}manager/scale", 8)
    await journey.type_into(
        manager,
        invented.HAPPENED_Q,
        invented.MANAGER_HAPPENED,
        f"{FEEDBACK}manager/texts/happened",
        within="You chose 8.",
    )
    await manager.click("Next", within="What happened, and what you learned")
    await manager.click("Next", within="What difference it makes")
    await manager.click("Send", within="What else could help")
    await manager.wait_for_message("Thank you for your feedback")


async def eight_weeks_on(journey: Journey) -> None:
    """The outcome card comes for the lead worker alone."""
    me, before = journey.practitioner, await journey.counts()
    await journey.skip("skip 8 weeks", "Thursday 1 April 2027, 11:")
    await me.wait_for_card("Eight weeks ago you were lead worker in")
    for window in (journey.manager, journey.partner):
        await window.wait_for_answer("help")
    assert await journey.counts() == {key: count + 1 for key, count in before.items()}
    await journey.type_into(
        me, invented.OUTCOME_CHILD_Q, invented.OUTCOME_CHILD, f"{OUTCOME}/texts/outcome_child"
    )
    await journey.picture(me, "outcome-child")
    await me.click("Next")
    await me.wait_for_card("For yourself")
    await journey.type_into(
        me, invented.OUTCOME_YOU_Q, invented.OUTCOME_YOU, f"{OUTCOME}/texts/outcome_you"
    )
    await journey.picture(me, "outcome-you")
    await me.click("Next")
    await me.wait_for_card("Check your answers")
    await journey.picture(me, "outcome-check")
    await me.click("Send")
    await me.wait_for_card("is complete")
    await journey.picture(me, "outcome-thanks")


async def everything_typed_was_kept_word_for_word(journey: Journey) -> None:
    """Read from the tables; written down beside what was typed."""
    found = await kept.the_conversation(journey.demo.tables_connection_string)
    compared = found.compare(journey.typed)
    kept.write(PICTURES / "values.json", compared, found)
    assert [one for one in compared if not one["same"]] == []
    assert found.conversation["stage"] == "complete"
    sent = {
        who: [one["kind"] for one in prompts if one["state"] == "sent"]
        for who, prompts in found.sent_per_person().items()
    }
    assert sent[PARTNER.name] == ["preparation", "feedback"]
    assert sent[MANAGER.name] == ["manager-ask", "preparation", "feedback", "feedback-prompt"]
    told = [kind for kind in sent[PRACTITIONER.name] if kind != "not-reached"]
    assert told == ["agreed", "picked-up", "preparation", "feedback", "outcome"]
    assert sent["the team's channel"].count("waiting") == 1

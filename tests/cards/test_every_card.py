"""Every card in every state that can be reached: what Teams takes, and what our own rules ask."""

import asyncio
import json
import shutil
import subprocess
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.roster import entries, practice_team, reader
from cards.kit.agencies import ANOTHER
from cards.kit.elements import MAX_ACTIONS, MAX_BYTES, Card, size
from cards.kit.page import Page
from cards.learning.documents import pack
from cards.wording import wording
from dialogs.flow.flow import CHECK, Flow, Step
from dialogs.root.root import Root
from dialogs.root.routes import FLOWS
from dialogs.root.storage_down import not_saved
from dialogs.turn.events import CardAction, FileConsent, FileSent
from records.board import board
from records.board.list_entry import entry
from records.board.places import BoardView
from records.conversation.conversation import OnHold
from records.conversation.snapshot import record_row
from records.evaluation.quotes import FIELDS, Standing
from records.learning.document import learning_document
from records.learning.headings import HEADING, KIND, PLACE
from records.partnership.sections import SectionKind
from records.people import NOBODY
from records.register.projections import list_conversation, list_for
from records.register.register import Deed
from records.rights import erasures
from records.rights.erasing import Eraser
from records.rights.erasures import ToClose
from records.rights.writers import FirstOpened
from records.stages import Act
from records.store.memory import MemoryStore
from scheduler.upkeep.closing import Closing
from scheduler.upkeep.erasing import Erasing
from tests.dialogs.conftest import CHANNEL, TAPS, TENANT, House, Who, elements, texts

ROOT = Path(__file__).parents[2]
MARK = "§typed by somebody§"
EXTREMES = {
    "nothing": "",
    "a word": "Hope.",
    "long": "x" * 12_000,
    "emoji": "🙂" * 4_000,
    "control": "\x01" * 4_000,
    "quotes": '"' * 4_000,
    "lines": "a\n" * 2_000,
}

# Scenarios --------------------------------------------------------------------------------------


async def whole_pathway(house: House) -> None:
    place = house.people["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
    await house.directory.channel_seen(place)
    await house.held()
    for who in ("priya", "nia"):
        await house.tap(who, "Show as list")
        await house.tap(who, "Next", scale="6")
        await house.tap(who, "Next", happened="x")
        await house.tap(who, "Back")
        for title in ("Next", "Next", "Send"):
            await house.tap(who, title)
    await house.skip(days=3)
    await house.skip(weeks=10)
    await house.tap("priya", "Next", outcome_child="Better.", outcome_said_not="not-right")
    await house.tap("priya", "Next", outcome_you="x" * 400)
    await house.tap("priya", "Show all")
    await house.tap("priya", "Back to your answers")
    await house.tap("priya", "Send")


async def other_ways(house: House) -> None:
    await house.requested()
    await house.tap("martin", "Talk first")
    await house.tap("martin", "Send", message="Can we talk?")
    commands = ("my requests", "help", "urgent", "hello", "waiting", "cancel")
    for words in (*commands, "what?", "what is this?", "thanks"):
        await house.say("priya", words)
        await house.say("fay", words)
    await house.say("idris", "Since September each of us means something else by safe enough.")
    await house.say("priya", "my requests")
    await house.skip(days=5)
    await house.say("priya", "my requests")
    await house.press(
        "priya", {"verb": "request.again", "data": {"conversation": await house.newest()}}, {}
    )
    await house.skip(days=5)
    await house.tap("martin", "Not this route, because…")
    await house.tap("martin", "Send", because="Supervision.")


async def not_ahead(house: House) -> None:
    key = await house.booked()
    await house.tap("fay", "We are closing")
    await house.skip(days=3)
    await house.tap("pat", "It didn't go ahead")
    await house.tap("nia", "I was not there")
    await house.tap("fay", "It didn't go ahead")
    await house.tap("fay", "Find a new date")
    await house.tap("fay", "Find a date")
    await house.tap("fay", "Book the date")
    for verb in ("held.end", "pickup.look", "flow.open"):
        data = {"conversation": key, "flow": "took-place"}
        await house.press("fay", {"verb": verb, "data": data}, {})
    data = {"conversation": key}
    for verb in ("request.withdraw", "request.withdraw-yes", "request.see"):
        await house.press("priya", {"verb": verb, "data": data}, {})


async def another_manager(house: House) -> None:
    """The requester names another, who hands it to a deputy; another again after the agreement."""
    key = await house.requested()
    await house.open_door("martin")
    first = house.data("martin", "Agree")
    opening = {"verb": "flow.open", "data": {"flow": "manager", "conversation": key}}
    kit = {"manager_name": "Kit Farrow", "manager_mail": "kit@facilitation.example"}
    nia = {"deputy_name": f"Nia {MARK}", "deputy_mail": "nia@health.example"}
    await house.arrive("kit")
    await house.press("priya", opening, {})
    await house.tap("priya", "Name this manager", manager_mail="priya@socialcare.example")
    await house.tap("priya", "Name this manager", **kit)
    await house.turn("martin", first)
    await house.tap("kit", "Ask my deputy to decide")
    await house.tap("kit", "Ask my deputy", deputy_mail="kit@facilitation.example")
    await house.tap("kit", "Ask my deputy", **nia)
    await house.press("kit", {"verb": "manager.see", "data": {"conversation": key}}, {})
    await house.agree("nia")
    await house.press("priya", opening, {})
    await house.tap(
        "priya", "Name this manager", manager_name="Martin Cole", manager_mail="martin@x.example"
    )


async def amended(house: House) -> None:
    """The request is changed while it waits, after the agreement, and after the pick-up."""
    key = await house.requested()
    await house.open_door("martin")
    old = house.data("martin", "Agree")
    opening = {"verb": "flow.open", "data": {"flow": "amend", "conversation": key}}

    async def change(**inputs: str) -> None:
        await house.press("priya", opening, {})
        await house.tap("priya", f"Change: {wording.Q_WORRY}")
        await house.tap("priya", "Next", **inputs)
        await house.tap("priya", "Save the changes")

    await change(worry=f"{MARK} one")
    await house.turn("martin", old)
    await house.agree()
    await change(worry=f"{MARK} two")
    await house.tap("martin", "See the request")
    await house.pick_up()
    await change(worry="x" * 3_000)
    await house.tap("fay", "See the request")
    await change(worry="x" * 3_000)
    await house.press("priya", opening, {})
    await house.tap("priya", "Leave it as it was")


async def nobody_answers(house: House) -> None:
    """The manager is silent, then nobody is free to facilitate."""
    place = house.people["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
    await house.directory.channel_seen(place)
    house.team_lead = (await house.members())[0].model_copy(
        update={"id": "team-lead", "mail": house.people["kit"].mail}
    )
    house.root = house.second()
    await house.arrive("kit")
    key = await house.requested()
    await house.skip(days=7)
    for title in ("Wait a little longer", "Remind them again"):
        await house.press("priya", {"verb": "request.see", "data": {"conversation": key}}, {})
        await house.tap("priya", "Remind them again")
        await house.skip(days=7)
        await house.tap("priya", title)
    await house.agree()
    await house.skip(days=7)
    for who in ("fay", "idris"):
        await house.tap(who, "I'll facilitate")
        await house.tap(who, "No, leave it for others")


async def getting_ready(house: House) -> None:
    key = await house.booked()
    await house.tap("priya", "Settle who tells the family")
    await house.tap("priya", "They will be told by … on …")
    await house.tap("priya", "Save my answer", on="2027-01-01")
    await house.tap("priya", "Save my answer", on="2027-02-02")
    await house.tap("priya", "Change who tells the family")
    await house.tap("priya", "Not safe or not right…")
    await house.tap("priya", "Save my answer", because="x" * 3_000)
    await house.tap("priya", "Change who tells the family")
    await house.tap("priya", "Show all")
    await house.tap("priya", "Back to how to prepare")
    for who in ("nia", "pat"):
        await house.tap(who, "See how to prepare")
        await house.tap(who, "Not yet", points="records,mind")
        await house.tap(who, "Save my ticks")
        await house.tap(who, wording.PAPER_OPEN)
        for page in wording.partnership.paper.pages[1:]:
            await house.tap(who, page.title)
        await house.tap(who, "Back to how to prepare")
        await house.tap(who, "Read the agreement")
        await house.tap(who, "I'd like to talk first")
    await house.press("fay", {"verb": "pickup.see", "data": {"conversation": key}}, {})
    await house.tap("fay", "See who is ready")
    await house.tap("fay", "Show all")
    await house.tap("fay", "See who is ready")
    await house.tap("fay", "Read the agreement")
    await house.tap("fay", "I accept")
    await house.tap("nia", "Read the agreement")
    await house.tap("nia", "I accept")
    await house.tap("nia", "I know who this is about")
    await house.tap("nia", "Yes, my manager knows")
    house.at = house.local("2027-02-02T09:00")
    await house.sweep.run()
    await house.tap("fay", "See the agreement")
    await house.tap("pat", wording.RIGHT_PERSON)
    await house.tap("pat", wording.RIGHT_PERSON_SAVE, right_name="Una Grey", right_mail="una@")
    await house.tap("pat", wording.RIGHT_PERSON_SAVE, right_mail="una@police.example")


async def telling_the_family(house: House) -> None:
    """Open until the facilitator is asked to ring; then each answer, while it is booked, held and
    at its end, with somebody who came without having been expected."""
    await house.requested()
    house.at = house.local("2027-02-05T10:00")
    await house.agree()
    await house.pick_up()
    await house.book(day="2027-02-17")
    key = await house.newest()
    await house.skip(days=5)
    await house.say("priya", "my requests")
    reference = (await house.record(key)).reference
    title = wording.WAITS_TELLING_OPEN
    await house.tap("priya", wording.WAITS_BUTTON.format(reference=reference, title=title))
    await house.tap("priya", "Back to how to prepare")
    data = {"conversation": key}
    settle = {"verb": "prepare.telling", "data": data}
    await house.press("priya", settle, {})
    await house.tap("priya", "They have been told")
    for who in ("pat", "priya"):
        await house.press(who, {"verb": "prepare.see", "data": data}, {})
    await house.press("priya", settle, {})
    await house.tap("priya", "Some may know, some not…")
    await house.tap("priya", "Save my answer")
    await house.arrive("kit")
    house.at = house.local("2027-02-17T15:25")
    await house.sweep.run()
    await house.tap("fay", "We are closing")
    more = {"other_name": "Kit Farrow", "other_mail": "kit@facilitation.example"}
    await house.tap("fay", "Send the feedback card", **more)
    await house.press("fay", {"verb": "learning.share", "data": data}, {})
    await house.tap("fay", "Share the document")
    await house.tap("priya", "Say who I shared it with")
    await house.tap("priya", "Confirm who has it", shared_with="nurse")
    await house.press("nia", {"verb": "learning.record", "data": data}, {})
    await house.press("priya", settle, {})
    await house.tap("priya", "See where it is now")
    await house.press("priya", settle, {})
    await house.tap("priya", "They have been told")
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="Better.")
    await house.tap("priya", "Next", outcome_you="Well.")
    await house.tap("priya", "Send")
    await house.press("priya", settle, {})
    await house.tap("priya", "Not safe or not right…")
    await house.tap("priya", "Save my answer", because="A letter came.")
    await house.press("pat", {"verb": "prepare.see", "data": data}, {})


async def about_an_adult(house: House) -> None:
    """Telling the person, in each way; what they want; and the day after, not settled."""
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_request(about="adult")
    await house.tap("priya", "Send")
    house.at = house.local("2027-02-05T10:00")
    await house.agree()
    await house.pick_up()
    await house.book(day="2027-02-17")
    key = await house.newest()
    await house.skip(days=5)
    await house.say("priya", "my requests")
    settle = {"verb": "prepare.telling", "data": {"conversation": key}}
    await house.press("priya", settle, {})
    await house.tap("priya", wording.WISHES_OPEN)
    await house.tap("priya", wording.WISHES_SAVE, agrees="not-asked", speaks="self")
    for title in ("Not safe or not right…", "Some may know, some not…"):
        await house.press("priya", settle, {})
        await house.tap("priya", title)
        await house.tap("priya", "Save my answer")
        for who, verb in (("fay", "prepare.people"), ("pat", "prepare.see")):
            await house.press(who, {"verb": verb, "data": {"conversation": key}}, {})
    await house.press("priya", settle, {})
    await house.tap("priya", "They have been told")
    await house.press("pat", {"verb": "prepare.see", "data": {"conversation": key}}, {})


async def ended(house: House) -> None:
    await house.booked()
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    await house.tap("fay", "It didn't go ahead")
    await house.tap("fay", "End it for good")
    await house.say("priya", "my requests")


async def ended_early(house: House) -> None:
    await house.booked()
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    await house.tap("fay", "We are closing")
    await house.tap("fay", "It ended early")


async def moved(house: House) -> None:
    await house.booked()
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", day="2027-02-10", coming="requester,manager,other1")
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", end="16:00")
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", coming="requester,nurse,other1")
    await house.change("Call off the conversation")
    await house.tap("fay", "Find a new date")
    await house.tap("fay", "Find a date")
    again = {"day": "2027-02-12", "start": "10:00", "end": "11:00"}
    await house.tap("fay", "Book the date", **again, coming="requester,other1")
    await house.change("Call off the conversation")
    await house.tap("fay", "End it for good")


async def found_again(house: House) -> None:
    """*My requests* has what waits for each, whatever part they have."""
    await house.booked()
    await house.say("pat", "my requests")
    house.at = house.local("2027-02-03T16:00")
    await house.say("fay", "my requests")
    await house.hold(at="2027-02-03T16:00")
    await house.say("pat", "my requests")
    await house.skip(weeks=9)
    await house.say("priya", "my requests")


async def found_half_written(house: House) -> None:
    """Whether they took part, a number that was typed, and words that wait for Send."""
    key = await house.booked()
    await house.skip(days=3)
    await house.say("pat", "my requests")
    reference, title = (await house.record(key)).reference, wording.WAITS_TOOK_PART_OPEN
    await house.tap("pat", wording.WAITS_BUTTON.format(reference=reference, title=title))
    await house.tap("pat", wording.TOOK_PART_YES)
    await house.say("pat", "7")
    await house.tap("pat", wording.SCALE_SEND.format(number=7))
    await house.tap("pat", "Next", happened="We listened.")
    await house.say("pat", "my requests")


async def found_by_the_manager(house: House) -> None:
    await house.requested()
    await house.say("martin", "my requests")
    await house.say("priya", "my requests")


async def stopped(house: House) -> None:
    key = await house.held()
    await house.say("fay", "my conversations")
    await house.say("idris", "my conversations")
    await house.tap("fay", f"Open {(await house.record(key)).reference}")
    await house.tap("fay", "Something has changed")
    await house.tap("fay", "Stop all messages")
    await house.tap("priya", "6 out of 10")
    await house.say("priya", "my requests")
    await house.tap("fay", "Start again")


NEW = {"new_name": "Dana Hill", "new_agency": "Police", "new_mail": "dana@police.example"}


async def nobody_does_anything(house: House) -> None:
    """For half a year: who asked for it is asked, the team's lead, the facilitator; it goes on; and
    at last it ends by itself, is held, and goes."""
    await house.requested()
    await house.quiet(185)
    await house.tap("priya", wording.QUIET_GOES_ON)
    await house.arrive("kit")
    house.lead_by("kit")
    await house.agree()
    await house.quiet(185)
    await house.pick_up()
    await house.quiet(185)
    await house.tap("fay", wording.QUIET_OPEN)
    key = await house.newest()
    day = (house.at + timedelta(days=14)).date()
    while not house.timetable.office.is_working_day(day):
        day += timedelta(days=1)
    await house.book(day=day.isoformat())
    held = OnHold(since=house.at, review_on=day)
    deed = Deed(Act.HELD_BACK, "operator", house.at)
    await house.register.change(key, deed, lambda it: it.with_(hold=held))
    await house.press("fay", {"verb": "pickup.see", "data": {"conversation": key}}, {})
    await house.register.change(key, deed, lambda it: it.with_(hold=None))
    await house.quiet(205)
    await house.quiet(35)
    await house.say("priya", "my requests")
    await house.a_night(190)
    await house.a_night(10)


async def two_facilitate(house: House) -> None:
    """Asked and not independent; asked, and together; and alone again, as the second steps back."""
    await house.arrive("kit")
    house.listed = (*house.listed, house.people["kit"].mail)
    await house.requested()
    await house.agree()
    await house.pick_up()
    members = {one.mail: one.id for one in await house.members()}
    data = {"conversation": await house.newest()}

    async def press(who: str, verb: str, **more: str) -> None:
        await house.press(who, {"verb": verb, "data": {**data, **more}}, {})

    for who in ("idris", "kit"):
        await press("fay", "second.whom")
        await house.tap("fay", "Ask this person", whom=members[house.people[who].mail])
        await press("fay", "second.whom")
        await house.tap(who, "See who is in it")
        await press(who, "second.leave" if who == "idris" else "second.take")
    await press("idris", "second.look")
    await press("fay", "changes.open")
    await house.book()
    for verb in ("prepare.people", "prepare.agreement", "prepare.accept", "changes.open"):
        await press("kit", verb)
    await press("pat", "prepare.see")
    await press("fay", "second.whom")
    await press("kit", "second.end")
    await press("fay", "second.end")
    await press("fay", "second.whom")
    house.listed = (house.people["fay"].mail,)
    await press("fay", "second.whom")


async def nothing_to_delete(house: House) -> None:
    """Cancelled before a word is written; and asked for what another one leads by now."""
    data = {"conversation": await house.booked()}
    await house.press("pat", {"verb": "flow.open", "data": {**data, "flow": "other-time"}}, {})
    await house.say("pat", "cancel")
    await house.press("fay", {"verb": "flow.open", "data": {**data, "flow": "moving"}}, {})
    await house.tap("fay", "Save the change", lead="nurse")
    await house.press("priya", {"verb": "prepare.telling", "data": data}, {})


async def handed_over(house: House) -> None:
    place = house.people["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
    await house.directory.channel_seen(place)
    key = await house.booked()
    for title in ("Something has changed", "Ask for another facilitator", "Yes, ask the team"):
        await house.tap("fay", title)
    await house.tap("fay", "I will keep it after all")
    for verb in ("handover.ask", "handover.yes", "handover.ask"):
        await house.press("fay", {"verb": verb, "data": {"conversation": key}}, {})
    await house.pick_up("idris")
    await house.press("idris", {"verb": "handover.look", "data": {"conversation": key}}, {})
    await house.press("fay", {"verb": "handover.look", "data": {"conversation": key}}, {})


async def facilitator_left(house: House) -> None:
    """The team lead is asked, and hears in the facilitator's place until somebody has taken it."""
    await house.arrive("kit")
    house.lead_by("kit")
    key = await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Things have changed: ring me")
    await house.leaves_the_team("fay")
    await house.press("fay", {"verb": "changes.see", "data": {"conversation": key}}, {})
    await house.pick_up("kit")


async def shared_after_they_left(house: House) -> None:
    """The outcome is shared with everybody who came; the facilitator has left the team."""
    await house.held()
    await house.leaves_the_team("fay")
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="Better.")
    await house.tap("priya", "Next", outcome_you="Calmer.", share="yes")
    await house.tap("priya", "Send")


async def facilitator_left_while_stopped(house: House) -> None:
    key = await house.booked()
    await house.press("fay", {"verb": "stop.yes", "data": {"conversation": key}}, {})
    await house.leaves_the_team("fay")
    await house.pick_up("idris")
    await house.tap("idris", "Start again")


async def facilitator_left_early(house: House) -> None:
    """Before a date is found, with a lead: it is changed, and then taken back."""
    await house.arrive("kit")
    house.lead_by("kit")
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    house.at += timedelta(minutes=5)
    await house.leaves_the_team("fay")
    amend = {"verb": "flow.open", "data": {"flow": "amend", "conversation": key}}
    await house.press("priya", amend, {})
    await house.tap("priya", f"Change: {wording.Q_WORRY}")
    await house.tap("priya", "Next", worry="It has become worse.")
    await house.tap("priya", "Save the changes")
    await house.press("fay", {"verb": "handover.look", "data": {"conversation": key}}, {})
    await house.press("priya", {"verb": "request.withdraw-yes", "data": {"conversation": key}}, {})


async def facilitator_left_and_no_lead(house: House) -> None:
    """The whole team hears in their place; whoever comes reads that another one is found."""
    key = await house.booked()
    house.at += timedelta(minutes=5)
    await house.leaves_the_team("fay")
    await house.press("pat", {"verb": "prepare.see", "data": {"conversation": key}}, {})
    await house.skip(days=3)
    await house.pick_up("idris")


async def someone_else(house: House) -> None:
    key = await house.booked()
    await house.tap("fay", "Something has changed")
    await house.tap("fay", "Someone else is now…")
    await house.tap("fay", "Save the change", whose="manager", **NEW)
    for who in ("pat", "nia", "idris"):
        await house.say(who, "someone else")
    await house.tap("pat", f"Open {(await house.record(key)).reference}")
    await house.tap("pat", "Save the change", new_name="Dana Hill")
    await house.tap("pat", "Save the change", **{**NEW, "new_mail": "kim@police.example"})
    await house.hold()
    own = {**NEW, "new_mail": "martin@socialcare.example"}
    data = {"flow": "someone-else", "conversation": key}
    await house.press("priya", {"verb": "flow.open", "data": data}, {})
    await house.tap("priya", "Save the change", **own)


async def rung(house: House) -> None:
    await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Things have changed: ring me")
    await house.tap("fay", wording.ASK_LATER)
    await house.skip(weeks=6)


async def cannot_come(house: House) -> None:
    """One cannot come, and comes after all; another time suits another; typed, by several. What
    would help somebody take part is written, changed and taken back."""
    await house.booked()
    for title in ("Save my ticks", "Change my line"):
        await house.tap("pat", title, would_help=MARK)
    await house.tap("fay", "See what would help")
    await house.tap("fay", "See who is ready")
    await house.tap("pat", "Save my line", would_help="")
    await house.press(
        "fay", {"verb": "would-help.see", "data": {"conversation": await house.newest()}}, {}
    )
    await house.tap("pat", "I cannot come")
    await house.tap("pat", "Nobody will come in my place")
    await house.tap("pat", "I can come after all")
    for who, times in (("nia", f"{MARK} Thursday"), ("priya", "")):
        await house.tap(who, "Another time suits me")
        await house.tap(who, "Send", times=times)
    await house.tap("fay", "See who is ready")
    await house.tap("priya", "Back to how to prepare")
    await house.tap("priya", "I cannot come")
    await house.tap("priya", "Nobody will come in my place")
    for who in ("pat", "fay", "martin"):
        await house.say(who, "I cannot come")
    key = await house.newest()
    data = {"conversation": key}
    await house.press("fay", {"verb": "prepare.other-times", "data": data}, {})
    await house.press("priya", {"verb": "prepare.see", "data": data}, {})


async def something_has_happened(house: House) -> None:
    """At every stage: the team lead or the facilitator is asked, and the lead at the next noon."""
    await house.arrive("kit")
    house.lead_by("kit")
    key = await house.requested()
    data = {"conversation": key, "who": "requester"}

    async def tell(rings: str) -> None:
        await house.say("priya", "something has happened")
        await house.tap("priya", wording.HAPPENED_ABOUT.partition(": {")[0])
        await house.skip(days=1)
        await house.press(rings, {"verb": "happened.rang", "data": data}, {})

    await tell("kit")
    await house.press("priya", {"verb": "happened.tell", "data": data}, {})
    await house.press("kit", {"verb": "stop.yes", "data": data}, {})
    await house.press("priya", {"verb": "request.see", "data": data}, {})
    await house.tap("kit", "Start again")
    await house.agree()
    await tell("kit")
    await house.pick_up()
    await tell("fay")
    await house.press("fay", {"verb": "pickup.see", "data": data}, {})
    await house.book("fay", day="2027-02-10", lead="other1")
    for who in ("priya", "pat"):
        await house.tap(who, "Something has happened")
    await house.skip(days=1)
    await house.tap("kit", "I have rung them: go on")
    await house.press("fay", {"verb": "happened.rang", "data": data}, {})
    await house.press("fay", {"verb": "happened.rang", "data": data}, {})
    await house.press("fay", {"verb": "happened.rang", "data": {**data, "who": "other1"}}, {})
    await house.hold(at="2027-02-10T15:25")
    await tell("fay")
    await house.skip(weeks=9)
    await house.open_door("pat")
    await house.tap("pat", "Next", outcome_child="Better.")
    await house.tap("pat", "Next", outcome_you="Calmer.")
    await house.tap("pat", "Send")
    await tell("fay")
    await house.say("nia", "something has happened")


async def happened_and_no_lead(house: House) -> None:
    """The team is asked; and where nobody is on it, its channel."""
    place = house.people["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
    await house.directory.channel_seen(place)
    await house.requested()
    await house.say("priya", "something has happened")
    await house.tap("priya", wording.HAPPENED_ABOUT.partition(": {")[0])
    await house.skip(days=1)


async def happened_and_no_team(house: House) -> None:
    place = house.people["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
    await house.directory.channel_seen(place)
    house.listed = ()
    await happened_and_no_lead(house)


async def few(house: House, *gatekeepers: str) -> str:
    """A request with the tick, its manager's agreement, and these to choose a facilitator."""
    place = house.people["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
    await house.directory.channel_seen(place)
    house.guarded_by(*gatekeepers)
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_request(few="yes")
    await house.tap("priya", "Send")
    await house.agree()
    return await house.newest()


async def few_choose(house: House, who: str, to: str) -> None:
    """A gatekeeper opens it and asks somebody by their address."""
    see = {"verb": "gate.choose", "data": {"conversation": await house.newest()}}
    await house.press(who, see, {})
    await house.tap(who, "Ask them", mail=house.people[to].mail)


async def few_may_know(house: House) -> None:
    """Reminded, a wrong address, a no, and then a facilitator, who hands it on."""
    await house.arrive("kit")
    key = await few(house, "kit", "martin")
    data = {"conversation": key}
    await house.press("kit", {"verb": "gate.choose", "data": data}, {})
    await house.tap("kit", "Ask them")
    await few_choose(house, "kit", "pat")
    await few_choose(house, "kit", "idris")
    await house.press("idris", {"verb": "pickup.look", "data": data}, {})
    await house.tap("idris", "No, ask somebody else")
    await house.press("priya", {"verb": "happened.tell", "data": data}, {})
    await house.skip(days=1)
    await house.press("kit", {"verb": "happened.rang", "data": {**data, "who": "requester"}}, {})
    await few_choose(house, "kit", "fay")
    await house.press("kit", {"verb": "changes.see", "data": data}, {})
    await house.press("idris", {"verb": "board.open", "data": data}, {})
    await house.press("idris", {"verb": "pickup.look", "data": data}, {})
    await house.press("fay", {"verb": "pickup.take", "data": data}, {})
    await house.press("fay", {"verb": "handover.ask", "data": data}, {})
    await house.press("fay", {"verb": "handover.yes", "data": data}, {})
    await house.press("fay", {"verb": "handover.keep", "data": data}, {})
    await house.press("priya", {"verb": "flow.open", "data": {**data, "flow": "amend"}}, {})
    await house.tap("priya", f"Change: {wording.FEW_LABEL}")
    await house.tap("priya", "Next", few="")
    await house.tap("priya", "Save the changes")


async def few_without_an_answer(house: House) -> None:
    """The gatekeepers are reminded, the lead hears, and it is taken back."""
    await house.arrive("kit")
    house.people["lena"] = Who("lena", "Lena Moss", "lena@facilitation.example")
    house.people["ola"] = Who("ola", "Ola Ray", "ola@facilitation.example")
    await house.arrive("lena", "ola")
    house.lead_by("lena")
    house.listed = (*house.listed, "mo@facilitation.example")
    key = await few(house, "ola", "kit")
    await house.skip(days=2)
    house.people["mo"] = Who("mo", "Mo Bell", "mo@facilitation.example")
    await few_choose(house, "ola", "mo")
    await house.press("kit", {"verb": "gate.choose", "data": {"conversation": key}}, {})
    await house.skip(days=7)
    await few_choose(house, "kit", "idris")
    await house.press("priya", {"verb": "request.withdraw-yes", "data": {"conversation": key}}, {})


async def few_later(house: House) -> None:
    """The facilitator says so, and leaves the team; another one takes it over, and is replaced."""
    await house.arrive("kit")
    house.people["lena"] = Who("lena", "Lena Moss", "lena@facilitation.example")
    await house.arrive("lena")
    house.lead_by("lena")
    house.guarded_by("kit")
    key = await house.requested()
    data = {"conversation": key}
    await house.agree()
    await house.pick_up()
    await house.press("fay", {"verb": "changes.see", "data": data}, {})
    await house.tap("fay", "Let only a few people know")
    await house.tap("fay", "Yes, only a few")
    await house.leaves_the_team("fay")
    await house.press("priya", {"verb": "happened.tell", "data": data}, {})
    await house.skip(days=3)
    await house.press("kit", {"verb": "happened.rang", "data": {**data, "who": "requester"}}, {})
    await few_choose(house, "kit", "idris")
    await house.tap("idris", "See who is named")
    await house.tap("idris", "Yes, and I'll facilitate")
    await house.press("idris", {"verb": "changes.open", "data": data}, {})
    await house.book("idris")
    house.listed = (*house.listed, "fay@facilitation.example")
    await few_choose(house, "kit", "fay")
    await house.leaves_the_team("idris")
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()


async def few_and_nobody_to_choose(house: House) -> None:
    """Whoever chooses is named in it: the requester hears whom to ring."""
    await few(house, "martin", "pat")
    data = {"conversation": await house.newest()}
    await house.press("martin", {"verb": "manager.see", "data": data}, {})
    await house.press("priya", {"verb": "happened.tell", "data": data}, {})


async def few_and_nobody_else(house: House) -> None:
    """There is no lead: the facilitator hears that there is nobody to choose another one."""
    house.people["lena"] = Who("lena", "Lena Moss", "lena@facilitation.example")
    await house.arrive("lena")
    key = await house.requested()
    data = {"conversation": key}
    await house.agree()
    await house.pick_up()
    await house.press("fay", {"verb": "restrict.ask", "data": data}, {})
    await house.tap("fay", "Yes, only a few")
    await house.press("fay", {"verb": "handover.ask", "data": data}, {})
    await house.press("fay", {"verb": "handover.yes", "data": data}, {})


async def led(house: House) -> None:
    """The team lead moves it, asks for another facilitator, and calls it off."""
    await house.arrive("kit")
    house.lead_by("kit")
    key = await house.booked()
    reference = (await house.record(key)).reference
    await house.say("kit", "conversation LC-00000")
    await house.say("kit", f"conversation {reference}")
    await house.tap("kit", "Something has changed")
    await house.tap("kit", "Move the conversation")
    await house.tap("kit", "Save the change", day="2027-02-10")
    await house.tap("kit", "Something has changed")
    await house.tap("kit", "Ask for another facilitator")
    await house.tap("kit", "Yes, ask the team")
    await house.tap("kit", wording.LEAD_KEEP.format(name="Fay Larsen"))
    await house.say("kit", f"conversation {reference}")
    await house.tap("kit", "Something has changed")
    await house.tap("kit", "Call off the conversation")
    await house.tap("kit", "Find a new date")
    await house.tap("fay", wording.BACK_TO_IT)
    await house.tap("fay", "Find a date")
    await house.tap("fay", "Book the date", day="2027-02-11", start="10:00", end="11:00")
    await house.say("kit", f"conversation {reference}")
    await house.tap("kit", "Something has changed")
    await house.tap("kit", "Call off the conversation")
    await house.tap("kit", "End it for good")


async def corrected(house: House) -> None:
    """An address with a typing mistake: the manager's, and one that was somebody else's."""
    await house.arrive("priya", "fay", "idris", "pat", "nia", "kit")
    await house.fill_request(manager="kit@facilitation.example")
    await house.tap("priya", "Send")
    key = await house.newest()
    wrong = {"conversation": key, "who": "manager"}
    await house.press("priya", {"verb": "correct.open", "data": wrong}, {})
    await house.tap("priya", "Save and send again", mail="marttin@socialcare.example")
    await house.tap("priya", "Correct the address")
    await house.tap("priya", "Save and send again")
    await house.tap("priya", "Save and send again", mail="pat@police.example")
    await house.arrive("martin")
    await house.tap("priya", "Save and send again", mail="martin@socialcare.example")
    await house.agree()
    await house.pick_up()
    await house.book()
    await house.press("fay", {"verb": "board.open", "data": {"conversation": key}}, {})
    await house.tap("fay", f"{wording.CORRECT}: Pat Reed")
    await house.tap("fay", "Save and send again", mail="kit@facilitation.example")
    gone = {"conversation": key, "who": "other1"}
    await house.press("fay", {"verb": "correct.open", "data": gone}, {})


async def numbered(house: House) -> None:
    """A number is said, shown, and taken away; and one that is none."""
    await house.booked()
    for words in ("my number", "my number 01473 265359", "my number", "my number 12"):
        await house.say("pat", words)
    await house.say("pat", "my number none")


async def held_on_them(house: House) -> None:
    """What is held on somebody, with a note beside it, while it goes on and once it is over; who
    opened it; and a message that named somebody who was erased."""
    key = await house.held()
    await house.give_feedback("pat", 8, happened="It helped that we met.")
    for words in ("my data", "rectify"):
        await house.say("kit", words)
    await house.say("pat", "rectify")
    await house.tap("pat", wording.MY_DATA_YOURS)
    it = await house.record(key)
    who = next(one.id for one in it.people if one.key == house.people["pat"].actor.key)

    async def opened(_: Sequence[str]) -> list[FirstOpened]:
        day = date(2027, 2, 4)
        by = (house.people["fay"].actor.key, NOBODY)
        return [FirstOpened(key, one, who, day) for one in by]

    services = house.services()
    object.__setattr__(services, "opened", opened)
    house.root = Root(services)
    chosen = {"conversation": key, "what": "feedback", "by": who, "field": "happened"}
    await house.press("pat", {"verb": "rectify.add", "data": chosen}, {})
    await house.tap("pat", wording.NOTE_SAVE)
    await house.tap("pat", wording.NOTE_SAVE, note="We met on a Tuesday.")
    await house.tap("pat", wording.NOTE_BACK)
    await house.press(
        "pat", {"verb": "flow.open", "data": {"flow": "rectify", "conversation": key}}, {}
    )
    await house.press("kit", {"verb": "rectify.add", "data": chosen}, {})
    await house.press("nia", {"verb": "mydata.show", "data": {"number": 1, "at": 0}}, {})
    await house.press("martin", {"verb": "rectify.add", "data": chosen}, {})
    await house.skip(days=250)
    other = it.model_copy(update={"id": "copy", "reference": "LC-00000"})
    await list_for(house.store, other, house.timetable, house.people["pat"].actor.key)
    await house.say("pat", "my data")
    for number in (1, 2):
        await house.press("pat", {"verb": "mydata.show", "data": {"number": number, "at": 0}}, {})
    named = ToClose(place=house.people["nia"].reference, message="nia/0", since=house.at)
    await erasures.note_message(house.store, "e1", named)
    closing = Closing(house.store, house.reach, house)
    eraser = Eraser(house.register, house.directory, house.drafts, house.now)
    await Erasing(house.store, eraser, closing, house.clocks).look()


async def booked_in_three_goes(house: House) -> None:
    """The lead worker is not ticked, the number is none, somebody is not reached; taken back."""
    await house.requested()
    await house.agree()
    await house.pick_up()
    wrong = {"coming": "nurse,other1", "number": "12"}
    await house.book(**wrong)
    await house.tap("fay", "Book the date", coming="requester,nurse,other1", number="01473 265359")
    key = await house.newest()
    await house.press("fay", {"verb": "board.open", "data": {"conversation": key}}, {})
    await house.press("priya", {"verb": "request.withdraw-yes", "data": {"conversation": key}}, {})


async def concern(house: House) -> None:
    await house.booked()
    for who, mail in (("requester", {}), ("other1", {"manager_mail": "x@police.example"})):
        await house.say("fay", "my conversations")
        await house.tap("fay", house.people["fay"].card["actions"][0]["title"])
        await house.tap("fay", "Something has changed")
        await house.tap("fay", "A concern about practice")
        await house.tap("fay", "Next", worker=who)
        await house.tap(
            "fay", "Ask them to ring me", **({"manager": "Ola"} if mail else {}), **mail
        )


async def reviewed(house: House) -> None:
    key = await house.held()
    await house.tap("fay", "Something has changed")
    await house.tap("fay", "Set the review date")
    await house.tap("fay", "Set the review date", review_on="2027-01-01")
    await house.tap("fay", "Set the review date", review_on="2027-04-28")
    data = {"flow": "review", "conversation": key}
    await house.press("priya", {"verb": "flow.open", "data": data}, {})
    await house.skip(weeks=13)
    await house.say("fay", "my requests")
    await house.press("fay", {"verb": "flow.open", "data": data}, {})
    await house.press("priya", {"verb": "flow.open", "data": data}, {})
    await house.tap("priya", "Send", movement="back", words="It is stuck again.")
    await house.tap("priya", "Ask for a new conversation")
    await house.press("fay", {"verb": "flow.open", "data": data}, {})
    await house.tap("fay", "Send", movement="back")


async def unreached(house: House) -> None:
    await house.arrive("priya", "fay", "idris")
    await house.fill_request()
    await house.tap("priya", "Send")
    await house.say("priya", "request")
    await house.tap("priya", "Yes")
    await house.tap("priya", "Stop here")


async def nobody_facilitates(house: House) -> None:
    house.listed = ()
    await house.requested()
    await house.agree()


async def storage_away(house: House) -> None:
    await house.arrive("priya", "martin")
    for step in TAPS:
        await house.fill_to("priya", step)
        if step == "people":
            await house.tap("priya", "Add another person", nurse="none", other_name=MARK)
        inputs = TAPS[step] | ({"other_name": MARK} if step == "people" else {})
        reply = not_saved(house.a_turn("priya", house.data("priya", "Next", **inputs)), "n")
        assert reply.card is not None
        house.cards.append(reply.card)
        await house.discard("priya")


async def marked(house: House) -> None:
    """Everything anybody can type carries a mark."""
    for one in house.people.values():
        one.name = f"{one.name} {MARK}"
    await house.arrive(*house.people)
    await house.say("priya", "request")
    await house.tap("priya", "No")
    await house.tap("priya", "Next", **TAPS["about"])
    you = dict.fromkeys(("contact", "team", "agency", "manager_name"), MARK)
    await house.tap("priya", "Next", **{**TAPS["you"], **you})
    other = dict.fromkeys(("nurse_name", "other_name", "other_role", "other_agency"), MARK)
    mails = {"nurse_mail": "nia@health.example", "other_mail": "pat@police.example"}
    await house.tap("priya", "Add another person", nurse="named", **other, **mails)
    await house.tap("priya", "Next")
    for step in ("worry", "hope_you", "hope_child"):
        await house.tap("priya", "Next", **{key: f"{MARK}{key}" * 30 for key in TAPS[step]})
    await house.tap("priya", "Send")
    key = await house.newest()
    await house.tap("martin", "Talk first")
    await house.tap("martin", "Send", message=MARK)
    await house.tap("priya", "We have talked; ask again")
    await house.agree()
    await house.pick_up()
    await house.tap("idris", "I'll facilitate")
    await house.book(place=MARK, lead="other1")
    await house.tap("nia", "Not yet")
    await house.tap("nia", "Read the agreement")
    await house.tap("nia", "I'd like to talk first")
    await house.press("pat", {"verb": "prepare.telling", "data": {"conversation": key}}, {})
    await house.tap("pat", "They will be told by … on …")
    await house.tap("pat", "Save my answer", on="2027-02-02")
    await house.tap("pat", "Change who tells the family")
    await house.tap("pat", "Not safe or not right…")
    await house.tap("pat", "Save my answer", because=MARK)
    await house.tap("pat", "Change who tells the family")
    await house.press("fay", {"verb": "prepare.people", "data": {"conversation": key}}, {})
    await house.say("priya", "my requests")
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    await house.tap("fay", "We are closing")
    await house.tap("fay", "Add another person", other_name=MARK)
    await house.tap("fay", "Send the feedback card")
    await house.tap("pat", "0 out of 10")
    await house.say("pat", MARK)
    await house.skip(weeks=10)
    await house.say("pat", MARK)


async def on_the_board(house: House) -> None:
    """Every list of the board with nothing in it, and with more than a page of marked ones."""
    await house.arrive("fay", "idris")
    await house.say("fay", "board")
    for one in house.people.values():
        one.name = f"{one.name} {MARK}"
    key = await house.held()
    for who in ("fay", "idris"):
        await house.say(who, "board")
        for view in BoardView:
            await house.press(who, {"verb": "board.show", "data": {"view": view}}, {})
        data = {"conversation": key}
        await house.press(who, {"verb": "board.open", "data": data}, {})
        for words in ("", "police", MARK, "x" * 300, (await house.record(key)).reference):
            await house.press(who, {"verb": "board.find", "data": {"find": words}}, {})
    await more_like_it(house, key, 12)
    await house.say("fay", "board")
    await house.tap("fay", "Next page")
    await house.press("fay", {"verb": "board.find", "data": {"find": "police"}}, {})
    await house.tap("fay", "Next page")


async def more_like_it(house: House, key: str, count: int) -> None:
    """More conversations on the board, as long as they can be written."""
    like = entry(await house.record(key), house.timetable)
    for number in range(count):
        one = {"conversation": f"c{number}", "reference": f"LC-{number:05d}", "unreached": 25}
        long = {"agency": MARK * 20, "facilitator_name": MARK * 20, "agencies": ("police",)}
        await board.show(house.store, like.model_copy(update=one | long))


async def learning(house: House) -> None:
    """The document typed up, shared, put right, passed on and recorded; every section's card."""
    key = await house.held()
    await house.tap("fay", "Type up the learning")
    first = wording.partnership.learning.sections[1].heading
    await house.tap("fay", f"{wording.SECTION_WRITE} 2. {first}")
    for section in wording.partnership.learning.sections[1:]:
        assert section.heading in house.shown("fay")
        who, words = f"{section.id}_who", f"{section.id}_words"
        inputs: dict[str, Any] = {}
        if section.kind is SectionKind.VIEWS:
            await house.tap("fay", "Save and add another", **{who: MARK, words: MARK})
            await house.tap("fay", f"Change: {MARK}")
        if section.kind is SectionKind.SCALING:
            number = {f"{section.id}_numbers.requester": "4", who: "requester", words: MARK}
            await house.tap("fay", "Save and add another", **number)
            await house.tap("fay", "Change: Priya Shah")
        if section.kind is SectionKind.RECORDING:
            inputs = {words: MARK * 20}
        if section.kind is SectionKind.REVIEW:
            inputs = {f"{section.id}_day": "2027-05-03", f"{section.id}_how": MARK}
        await house.tap("fay", "Save and go on", **inputs)
    await house.say("fay", "type up")
    await house.tap("fay", "Look it over before sharing")
    await house.tap("fay", "Share the document")
    await house.tap("fay", "Open the sections again")
    await house.say("priya", "hello")
    await house.press(
        "priya", {"verb": "flow.open", "data": {"flow": "passed-on", "conversation": key}}, {}
    )
    await house.say("fay", "type up")
    await house.tap("fay", "Look it over before sharing")
    await house.tap("fay", "Share the document")
    await house.skip(days=8)
    await house.say("priya", "my requests")
    await house.say("fay", "type up")
    await house.press("fay", {"verb": "learning.type-up", "data": {"conversation": key}}, {})
    await house.press(
        "priya", {"verb": "flow.open", "data": {"flow": "passed-on", "conversation": key}}, {}
    )
    await house.tap("priya", "Confirm who has it")
    await house.tap("priya", "Confirm who has it", shared_with="other1,nurse", shared_others=MARK)
    await house.press("priya", {"verb": "learning.record", "data": {"conversation": key}}, {})
    await house.tap("priya", "Recorded on our system")
    await house.tap("priya", "Read the words again")
    await house.press(
        "priya", {"verb": "flow.open", "data": {"flow": "passed-on", "conversation": key}}, {}
    )
    await house.tap("priya", "Confirm who has it")
    await house.skip(days=10)
    await house.say("pat", "my requests")
    for who in ("pat", "nia"):
        await house.press(who, {"verb": "learning.record", "data": {"conversation": key}}, {})
        await house.tap(who, "Recorded on our system")
    await house.say("fay", "type up")
    await house.press("fay", {"verb": "learning.type-up", "data": {"conversation": key}}, {})


async def no_outcome(house: House) -> None:
    """The document is passed on and recorded at once; then nobody says what came of it."""
    key = await house.held()
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Look it over before sharing")
    await house.tap("fay", "Share the document")
    await house.tap("priya", "Say who I shared it with")
    await house.tap("priya", "Confirm who has it", shared_with="other1")
    await house.tap("pat", "Recorded on our system")
    await house.say("pat", "my requests")
    await house.press("pat", {"verb": "learning.record", "data": {"conversation": key}}, {})
    await house.skip(weeks=27)
    await house.an_hour_strikes()
    for who in ("priya", "pat"):
        await house.say(who, "my requests")
    await house.press("pat", {"verb": "prepare.see", "data": {"conversation": key}}, {})
    await house.say("fay", "my conversations")
    await house.say("fay", "board")
    await house.tap("fay", "Closed conversations")
    await house.tap("fay", f"Open {(await house.record(key)).reference}")
    await house.press(
        "fay", {"verb": "evaluation.show", "data": {"in": "2027-01-01_2027-03-31"}}, {}
    )


async def practice(house: House) -> None:
    """A rehearsal from its first card to its end, beside an open request of the same person."""
    place = house.people["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
    await house.directory.channel_seen(place)
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.say("priya", "practice")
    await house.tap("priya", "Yes")
    await house.tap("priya", "Stop here")
    await house.say("priya", "practice")
    await house.tap("priya", wording.RISK_ACTED)
    await house.fill_from("priya", "about")
    await house.tap("priya", "Send")
    await house.agree()
    await house.pick_up()
    await house.say("fay", "board")
    await house.say("priya", "my requests")
    await house.skip(days=15)
    await house.an_hour_strikes()


async def files(house: House) -> None:
    key = await house.booked()
    await house.say("fay", "pack")
    it = await house.record(key)
    for number in range(6):
        other = it.model_copy(update={"id": f"copy{number}", "reference": f"LC-0000{number}"})
        await house.store.create("conversations", record_row(other, ""))
        await list_conversation(house.store, other, house.timetable)
    await house.say("fay", "pack")
    await house.say("priya", "pack")
    data = {"kind": "pack", "conversation": key}
    await house.press("pat", {"verb": "file.get", "data": data}, {})
    await house.press("fay", {"verb": "file.get", "data": {**data, "kind": "none"}}, {})
    await house.press("fay", {"verb": "upload.ask", "data": data}, {})
    house.links.served = False
    await house.press("fay", {"verb": "file.get", "data": data}, {})
    await house.turn("fay", FileConsent({**data, "person": house.people["fay"].actor.key}))


async def uploads(house: House) -> None:
    key = await house.held()
    data = {"conversation": key}
    about = {"verb": "upload.ask", "data": data}
    await house.press("fay", about, {})
    house.onedrive.asks_consent = True
    await house.turn("fay", FileSent("a.docx", "a"))
    await house.press("fay", about, {})
    await house.turn("fay", FileSent("a.docx", "a"))
    house.onedrive.sent["a"] = b"no zip"
    await house.turn("fay", FileSent("a.docx", "a"))
    await house.turn("fay", FileSent("a.docx", "a", count=2))
    house.onedrive.sent["a"] = pack(
        learning_document(await house.file(key), wording.partnership), house.at
    )
    await house.turn("fay", FileSent("a.docx", "a"))
    await house.tap("fay", "See the sections")
    await house.press("fay", {"verb": "upload.typed", "data": data}, {})
    house.onedrive.asks_consent = False
    house.links.served = False
    await house.press("fay", about, {})
    await house.tap("priya", "6 out of 10")
    await house.press("priya", about, {})


async def left_lying(house: House) -> None:
    """A draft nobody comes back to: a word after 23 days, and closed cards after 30."""
    await house.arrive("priya")
    await house.fill_to("priya", "hope_you")
    for days in (24, 8):
        await house.skip(days=days)
        await house.an_hour_strikes()


async def evaluated(house: House) -> None:
    """The evaluation and its words, with nothing, with a little, and with everything marked."""
    house.people["wren"] = Who("wren", "Wren Hale", "wren@practice.example")
    house.practice_team = practice_team(entries(("wren@practice.example",), ""))
    house.root = house.second()
    await house.arrive("fay", "idris", "wren")
    await house.say("fay", "evaluation")
    for one in house.people.values():
        one.name = f"{one.name} {MARK}"
    await house.held()
    year = {"in": "2027-01-01_2027-12-31"}
    for who in ("pat", "nia"):
        await house.tap(who, "7 out of 10")
        await house.tap(who, "Next", happened=f"{MARK}{who}" * 90, learning=EXTREMES["control"])
        await house.tap(who, "Next", together=EXTREMES["emoji"])
        await house.tap(who, "Send", possibility="More time.", may_quote="yes")
    for verb in ("evaluation.show", "evaluation.choose", "quotes.show", "quotes.read"):
        await house.press("idris", {"verb": verb, "data": year}, {})
    release, aside = "Release these words", "Set these words aside"
    for title in (release, aside, "Leave these words for now", release, release):
        await house.press("idris", {"verb": "quotes.read", "data": year}, {})
        if f'"{title}"' in json.dumps(house.people["idris"].card):
            await house.tap("idris", title)
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child=MARK * 150, outcome_said=MARK * 150)
    await house.tap("priya", "Next", outcome_you=MARK * 150, may_quote="yes")
    await house.tap("priya", "Send")
    while f'"{aside}"' in json.dumps(house.people["idris"].card):
        await house.tap("idris", release if release in house.shown("idris") else aside)
        await house.press("idris", {"verb": "quotes.read", "data": year}, {})
    for field in FIELDS:
        data = {**year, "field": field}
        await house.press("idris", {"verb": "quotes.show", "data": data}, {})
    await house.tap("wren", "Read their words")
    await house.press(
        "idris", {"verb": "quotes.read", "data": {"standing": Standing.KEPT_BACK}}, {}
    )
    await house.press("idris", {"verb": "evaluation.show", "data": {"period": "dates"}}, {})
    await house.press("idris", {"verb": "evaluation.show", "data": year}, {})


async def read_by_others(house: House) -> None:
    """Feedback and outcome have readers: the lead, the deputy, the facilitator; and are shared."""
    for key, name in (("lena", "Lena Moss"), ("ola", "Ola Ray")):
        house.people[key] = Who(key, f"{name} {MARK}", f"{key}@facilitation.example")
    house.deputy = reader(entries((house.people["ola"].mail,), TENANT), wording.TEAM_DEPUTY)
    house.lead_by("lena")
    await house.arrive("lena", "ola")
    key = await house.booked()
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", coming="requester,nurse,other1,manager")
    await house.hold()
    await house.press("fay", {"verb": "feedback.read", "data": {"conversation": key}}, {})
    for who in ("pat", "priya", "martin"):
        await house.tap(who, "0 out of 10")
        await house.tap(who, "Next", happened="x" * 3_900, learning=f"{MARK}{who}" * 90)
        await house.tap(who, "Next", together=EXTREMES["emoji"])
        if who == "priya":
            for title in ("Please ask them to ring me", "Back to my feedback"):
                await house.tap(who, title)
        await house.tap(who, "Send", possibility=f"More {who}.")
    await house.give_feedback("nia", 3, happened="Hm.", not_to="yes", may_quote="yes")
    await house.tap("nia", "Please ask them to ring me")
    await house.tap("nia", "Change my answers")
    await house.tap("nia", "2 out of 10")
    for title in ("Next", "Next", "Send"):
        await house.tap("nia", title)
    data = {"conversation": key}
    await house.press("fay", {"verb": "handover.yes", "data": data}, {})
    await house.press("fay", {"verb": "handover.keep", "data": data}, {})
    await house.skip(days=6)
    for who in ("lena", "fay"):
        await house.tap(who, "Read their words")
        while '"Read on"' in json.dumps(house.people[who].card):
            await house.tap(who, "Read on")
    await house.press("ola", {"verb": "feedback.words", "data": {**data, "at": 99}}, {})
    await house.press("fay", {"verb": "feedback.read", "data": {**data, "at": 999}}, {})
    await house.press("fay", {"verb": "quotes.keep", "data": data}, {})
    await house.skip(weeks=9)
    await house.tap("priya", "See what was hoped for")
    away = {"outcome_said_not": "not-asked"}
    await house.tap("priya", "Next", outcome_child=f"{MARK} better.", **away)
    await house.tap("priya", "See what was hoped for")
    await house.tap("priya", "Next", outcome_you="", share="yes")
    await house.tap("priya", "Send")
    for who in ("pat", "lena"):
        await house.tap(who, "Read their words")


async def read_by_who_stands_in(house: House) -> None:
    """Where all who would read have a part in it; and where nobody is left."""
    house.people["nora"] = Who("nora", "Nora Finch", "nora@partnership.example")
    house.lead_by("fay")
    house.stand_in = reader(entries((house.people["nora"].mail,), TENANT), wording.STAND_IN)
    house.root = house.second()
    await house.held()
    await house.give_feedback("pat", 4, happened="We listened.")
    await house.arrive("nora")
    await house.skip(days=3)
    await house.tap("nora", "Read their words")
    await house.press("fay", {"verb": "handover.yes", "data": await about(house)}, {})
    await house.press("nora", {"verb": "handover.take", "data": await about(house)}, {})
    await house.press("pat", {"verb": "talk.ask", "data": await about(house)}, {})


async def about(house: House) -> dict[str, str]:
    """What a button about the one conversation carries."""
    return {"conversation": await house.newest()}


async def another_agency(house: House) -> None:
    """An agency that is not in the partnership's list."""
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "you")
    for own in ({"agency": ANOTHER}, {"agency": "Health", "own_agency": "Coast Ambulance"}):
        await house.tap("priya", "Next", **(TAPS["you"] | own))
    await house.tap("priya", "Next", agency=ANOTHER)
    await house.fill_from("priya", "people")
    await house.tap("priya", "Change: You and your manager")
    await house.tap("priya", "Next")
    await house.tap("priya", "Send")


async def earlier_words(house: House) -> None:
    """The partnership has changed its questions since: cards and answers of another set."""
    key = await house.held()
    old = {"scale.0": "Nothing moved.", "happened": "What went well?", "worry": "What is it?",
           "hope_child": "What will be better for the child?"}  # fmt: skip
    tile = house.data("pat", "6 out of 10")
    await house.turn("pat", CardAction(tile.verb, {**tile.data, "asked": "earlier"}))
    await house.tap("pat", "6 out of 10")
    await house.tap("pat", "Next", happened=MARK)
    for title in ("Next", "Send"):
        await house.tap("pat", title, **({"may_quote": "yes"} if title == "Send" else {}))
    rows = [one for one, _ in (await house.file(key)).answers.values() if one.asked]
    before = [one.model_copy(update={"asked": {**one.asked, **old}}) for one in rows]
    troubles = {HEADING: "What troubles us", KIND: "texts", PLACE: "2", "what": "What is it?"}
    gone = {"what": "learning", "by": "troubles", "texts": {"what": MARK}, "asked": troubles}
    before.append(before[0].model_copy(update=gone))
    deed = Deed(Act.LEARNING, "key", house.at)
    await house.register.change(key, deed, lambda it: it, lambda _: before)
    await house.tap("pat", "Change my answers")
    await house.tap("pat", "6 out of 10")
    await house.tap("fay", "Type up the learning")
    await house.press("idris", {"verb": "quotes.read", "data": {}}, {})
    await house.skip(weeks=9)


async def unsent(house: House) -> None:
    """Words of feedback that wait for Send when the 2-day prompt is due, and when it closes."""
    key = await house.held()
    for who in ("pat", "nia", "priya"):
        await house.tap(who, "7 out of 10")
        await house.tap(who, "Next", happened="We listened.")
    await house.skip(days=3)
    await house.tap("nia", "Leave it at the 7")
    await house.tap("priya", "See what I wrote")
    for weeks in range(7):
        house.at = house.local("2027-02-10T10:00") + timedelta(weeks=weeks)
        await house.an_hour_strikes()
    house.at = house.local("2027-04-01T10:00")
    await house.press(
        "pat", {"verb": "flow.send", "data": {"flow": "feedback", "conversation": key}}, {}
    )


async def nothing_filled_in(house: House) -> None:
    """No client asks for what is required, so we do, at the field."""
    await house.booked()
    await house.change("A concern about practice")
    await house.tap("fay", "Next")
    await house.tap("fay", wording.BACK_TO_IT)
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", day="", start="", end="", coming="")
    await house.tap("priya", "Settle who tells the family")
    await house.tap("priya", "They will be told by … on …")
    await house.tap("priya", "Save my answer")
    await house.fill_to("priya", "about")
    await house.tap("priya", "Next")
    await house.fill_from("priya", "about", "you")
    await house.tap("priya", "Next", contact="")


SCENARIOS: Mapping[str, Callable[[House], Awaitable[None]]] = {
    "the whole pathway": whole_pathway,
    "talk first, not this route": other_ways,
    "it did not go ahead": not_ahead,
    "getting ready": getting_ready,
    "telling the family": telling_the_family,
    "about an adult": about_an_adult,
    "nobody does anything": nobody_does_anything,
    "two facilitate": two_facilitate,
    "nothing to delete": nothing_to_delete,
    "ended": ended,
    "ended early": ended_early,
    "nobody answers": nobody_answers,
    "nobody facilitates": nobody_facilitates,
    "amended": amended,
    "another manager": another_manager,
    "moved and called off": moved,
    "found again": found_again,
    "found half-written": found_half_written,
    "found by the manager": found_by_the_manager,
    "stopped": stopped,
    "handed over": handed_over,
    "facilitator left": facilitator_left,
    "facilitator left early": facilitator_left_early,
    "shared after they left": shared_after_they_left,
    "facilitator left while stopped": facilitator_left_while_stopped,
    "facilitator left, no lead": facilitator_left_and_no_lead,
    "someone else": someone_else,
    "please ring me": rung,
    "cannot come": cannot_come,
    "something has happened": something_has_happened,
    "something has happened, no lead": happened_and_no_lead,
    "something has happened, no team": happened_and_no_team,
    "few may know": few_may_know,
    "few may know, no answer": few_without_an_answer,
    "few may know, later": few_later,
    "few may know, nobody to choose": few_and_nobody_to_choose,
    "few may know, nobody else": few_and_nobody_else,
    "the team lead": led,
    "a wrong address": corrected,
    "their number": numbered,
    "held on them": held_on_them,
    "booked in three goes": booked_in_three_goes,
    "a practice concern": concern,
    "reviewed": reviewed,
    "read by others": read_by_others,
    "read by who stands in": read_by_who_stands_in,
    "not reached": unreached,
    "storage away": storage_away,
    "left lying": left_lying,
    "files": files,
    "uploads": uploads,
    "marked": marked,
    "another agency": another_agency,
    "nothing filled in": nothing_filled_in,
    "on the board": on_the_board,
    "evaluated": evaluated,
    "learning": learning,
    "no outcome": no_outcome,
    "practice": practice,
    "in earlier words": earlier_words,
    "feedback not sent": unsent,
}

# Every step of every flow, drawn from extremes --------------------------------------------------

PEOPLE = tuple((f"other{number}", f"Person {number}") for number in range(25))


def page(flow: Flow, step: Step | None, text: str, **more: Any) -> Page:
    """One step with every answer, problem, kept text and fact at its extreme."""
    fields = step.fields if step else [name for one in flow.steps for name in one.fields]
    answers: dict[str, Any] = dict.fromkeys(fields, text)
    if flow.name in ("request", "amend"):
        answers |= {"about": "adult", "reasons": "stuck", "risk": more.pop("risk", "")}
    if flow.name == "feedback":
        answers["scale"] = "10"
        more = {"facilitator": "Fay Larsen", "not_to_choices": PEOPLE[:1], "talk": "Talk?"} | more
    about = {
        "people": PEOPLE,
        "agencies": PEOPLE,
        "reference": "LC-7K3QX",
        "requester": "Priya Shah",
        "asks_number": True,
    }
    return Page(
        flow=flow.name,
        step=step.id if step else CHECK,
        conversation="c" * 32,
        submission="s" * 24,
        answers=answers,
        problems=dict.fromkeys(fields, wording.EMPTY) if text else {},
        kept=dict.fromkeys(fields, (text, text, text)) if text else {},
        facts={
            **about,
            "hope_child": text,
            "hope_you": text,
            "why": "Why.",
            "family": "Please do not. " * 10,
            "settle": wording.TELLING_CHANGE,
            **more,
        },
        notice=wording.MOVED_ON_KEPT if text else "",
        number=step.number if step else flow.total,
        total=flow.total,
        first=False,
        returning=bool(text),
    )


def drawn(text: str) -> Iterator[Card]:
    """Every step's card, and every check."""
    for flow in FLOWS.values():
        for step in flow.steps:
            yield step.card(page(flow, step, text))
    for flow in FLOWS.values():
        if flow.checked:
            yield flow.check(page(flow, None, text))
    request = FLOWS["request"]
    yield request.steps[0].card(page(request, request.steps[0], text, risk="yes"))
    feedback = FLOWS["feedback"]
    yield feedback.steps[0].card(page(feedback, feedback.steps[0], text, as_list=True))


ON_A_PHONE = 30
_seen: dict[str, list[Card]] = {}


def cards_of(name: str) -> list[Card]:
    """The cards of a scenario or an extreme, collected once."""
    if name in _seen:
        return _seen[name]
    if name in EXTREMES:
        _seen[name] = list(drawn(EXTREMES[name]))
    else:
        house = House(MemoryStore())
        asyncio.run(_walk(house, name))
        _seen[name] = house.cards
    assert _seen[name]
    return _seen[name]


async def _walk(house: House, name: str) -> None:
    await SCENARIOS[name](house)


@pytest.fixture(params=[*SCENARIOS, *(f"{name}" for name in EXTREMES)])
def cards(request: pytest.FixtureRequest) -> list[Card]:
    return cards_of(request.param)


def of_type(card: Card, start: str) -> list[dict[str, Any]]:
    return [one for one in elements(card) if str(one.get("type", "")).startswith(start)]


# What Teams takes -------------------------------------------------------------------------------


def test_every_card_is_within_what_teams_takes(cards: list[Card]) -> None:
    for card in cards:
        assert size(card) <= MAX_BYTES, texts(card)[:300]
        assert len(card.get("actions", ())) <= MAX_ACTIONS
        assert tuple(int(part) for part in card["version"].split(".")) <= (1, 5)
        assert card["type"] == "AdaptiveCard"


def test_every_execute_falls_back_to_a_submit_with_the_same_data(cards: list[Card]) -> None:
    for card in cards:
        for one in of_type(card, "Action."):
            assert one.get("title")
            if one["type"] == "Action.OpenUrl":
                assert one["url"].startswith("https://")
                continue
            assert one["type"] == "Action.Execute"
            assert one["fallback"]["type"] == "Action.Submit"
            assert one["fallback"]["data"] == one["data"]
            assert one["data"]["verb"] == one["verb"]
            assert one["fallback"].get("title") == one.get("title")


def test_no_two_buttons_of_a_card_are_called_the_same(cards: list[Card]) -> None:
    """A screen reader lists buttons without what stands beside them."""
    for card in cards:
        names = [one["title"] for one in of_type(card, "Action.")]
        assert len(names) == len(set(names)), names


def test_no_two_buttons_of_a_card_have_the_same_name(cards: list[Card]) -> None:
    """A screen reader says what a button is called, not where it stands."""
    for card in cards:
        names = [one.get("tooltip") or one["title"] for one in of_type(card, "Action.")]
        assert sorted(names) == sorted(set(names)), texts(card)[:300]


def test_no_button_is_too_long_for_a_phone(cards: list[Card]) -> None:
    """A phone shows one line of a button's title and cuts the rest off; 30 letters fit."""
    for card in cards:
        rows = [card, *of_type(card, "ActionSet")]
        for one in (one for row in rows for one in row.get("actions", ())):
            assert len(one["title"]) <= ON_A_PHONE, one["title"]


def test_a_card_that_asks_for_long_words_says_who_sees_them_wherever_it_comes_up(
    cards: list[Card],
) -> None:
    for card in cards:
        if any(one.get("isMultiline") for one in of_type(card, "Input.Text")):
            assert "Seen by" in texts(card), texts(card)[:300]


def test_input_ids_are_unique_on_a_card(cards: list[Card]) -> None:
    for card in cards:
        ids = [one["id"] for one in of_type(card, "Input.")]
        assert len(ids) == len(set(ids))


def test_the_official_library_parses_every_card_without_a_word() -> None:
    node = shutil.which("node")
    package = ROOT / "node_modules" / "adaptivecards"
    assert node, "node is missing: it parses the cards with the adaptivecards library"
    assert package.is_dir(), "node_modules/adaptivecards is missing: run npm ci"
    names = [*SCENARIOS, *EXTREMES]
    everything = [card for name in names for card in cards_of(name)]
    assert len(everything) > 200
    done = subprocess.run(
        [node, str(Path(__file__).with_name("parse_cards.cjs"))],
        input=json.dumps(everything),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    said = json.loads(done.stdout)
    assert len(said) == len(everything)
    wrong = {
        texts(card)[:120]: words for card, words in zip(everything, said, strict=True) if words
    }
    assert wrong == {}


def test_the_official_library_would_have_said_something() -> None:
    node = shutil.which("node")
    assert node
    bad = [{"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "Nonsense"}]}]
    done = subprocess.run(
        [node, str(Path(__file__).with_name("parse_cards.cjs"))],
        input=json.dumps(bad),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout)[0]


# What our own rules ask -------------------------------------------------------------------------


def test_every_input_says_what_it_asks_and_whether_it_has_to_be_answered(
    cards: list[Card],
) -> None:
    for card in cards:
        for one in of_type(card, "Input."):
            # Somebody came, whether they are ticked or added below the boxes.
            if one["id"] != "came":
                assert one["label"].endswith((wording.REQUIRED, wording.OPTIONAL))


def test_no_client_is_asked_to_check_an_input(cards: list[Card]) -> None:
    """It would hold every button of the card until all is filled in; some do so for *Back*, too."""
    for card in cards:
        for one in of_type(card, "Input."):
            asked = {"isRequired", "errorMessage", "regex", "min", "max", "maxLength"} & one.keys()
            assert not asked, (one["id"], asked)


NOT_OF_THE_FORM = frozenset(
    {"managing.leave", "board.show", "board.open", "board.more", "evaluation.show", "changes.open"}
)
"""Verbs of buttons that leave a card and nothing of what was typed on it, as they say."""


def test_every_way_out_of_a_card_takes_along_what_is_half_written(cards: list[Card]) -> None:
    for card in cards:
        if of_type(card, "Input."):
            kept = [one for one in of_type(card, "Action.Execute") if "step" in one["data"]]
            for one in of_type(card, "Action.Execute"):
                sends = one["associatedInputs"] == "auto"
                assert sends or one["verb"] in NOT_OF_THE_FORM, one["verb"]
            for one in kept:
                assert one["associatedInputs"] == "auto", one["verb"]


def test_a_text_too_long_to_show_does_not_have_to_be_written_again() -> None:
    worry = FLOWS["request"].step("worry")
    assert worry is not None
    for text in ("x", "x" * 12_000):
        found = of_type(worry.card(page(FLOWS["request"], worry, text)), "Input.")
        assert found[0]["label"].endswith(wording.OPTIONAL)
        assert text.startswith(found[0]["value"])


def test_every_text_wraps_and_only_the_scales_numbers_do_not(cards: list[Card]) -> None:
    for card in cards:
        for one in of_type(card, "TextBlock"):
            assert one.get("wrap") or one["text"].isdecimal()


def test_nothing_typed_stands_where_a_client_reads_markdown() -> None:
    cards = cards_of("marked")
    assert sum(MARK in texts(card) for card in cards) > 20
    for card in cards:
        for one in of_type(card, "TextBlock"):
            assert MARK not in one["text"]
        for one in of_type(card, "Action."):
            assert MARK not in one["title"]


@pytest.fixture(params=FLOWS)
def steps(request: pytest.FixtureRequest) -> list[tuple[Flow, Step]]:
    """Every step of a flow."""
    flow = FLOWS[request.param]
    return [(flow, step) for step in flow.steps]


def test_a_cards_inputs_are_the_fields_of_its_answer(steps: list[tuple[Flow, Step]]) -> None:
    for flow, step in steps:
        _holds_together(flow, step)


def _holds_together(flow: Flow, step: Step) -> None:
    card = step.card(page(flow, step, ""))
    asked = {str(one["id"]).partition(".")[0] for one in of_type(card, "Input.")}
    carried = {key for one in of_type(card, "Action.") for key in one.get("data", ())}
    assert asked <= set(step.fields) <= asked | carried
    # What is added in place comes from the inputs under the list.
    assert set(step.model.model_fields) - {"others"} <= set(step.fields)
    assert set(step.typed) <= set(step.fields)
    assert set(step.carried) <= set(step.fields)


def test_a_card_that_asks_for_words_says_who_sees_them(steps: list[tuple[Flow, Step]]) -> None:
    for flow, step in steps:
        if step.typed:
            shown = texts(step.card(page(flow, step, "")))
            assert "Seen by" in shown
            assert wording.SAVED in shown

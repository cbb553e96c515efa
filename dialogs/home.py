"""Hello, help, urgent, my requests, withdraw: what works at any time, in any flow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from cards import home as cards
from cards.happening import with_happened
from cards.kit.elements import act
from cards.kit.notes import stands
from cards.request.check import whole
from cards.request.request import questions
from cards.wording import wording
from dialogs.feedback.reading import unread
from dialogs.turn.access import Right, Role, is_theirs, may, roles
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Command, Plain, Route, Where
from dialogs.waiting import can_read_again, has_agreed, unsent_feedback, waiting
from records.changes.stopping import withdraw
from records.conversation.conversation import Conversation
from records.conversation.feedback import NO_ANSWERS
from records.feedback.readers import LEAD, part_of
from records.register.projections import own_entries
from records.stages import Act

HELLO: Final = ("hello", "hi", "hey", "start")
"""What people say who have just come; it is answered with the welcome at any time."""


async def hello(context: Context) -> Reply:
    """The welcome; also what hello and hi answer at any time."""
    card = cards.hello(context.person.name, facilitator=await context.is_member())
    return Reply(card, wording.HELLO_SUMMARY)


async def installed(context: Context) -> Reply:
    """Welcome somebody once, however often an install is announced."""
    if context.person.welcomed_at is not None:
        return Reply()
    first = await context.services.directory.welcome(context.person.key, context.now)
    return await hello(context) if first else Reply()


async def help_card(context: Context, *, unknown: bool = False, asked: bool = False) -> Reply:
    """Every command; with `unknown` after something that is none, `asked` what this is."""
    member, lead = await context.is_member(), await context.leads_the_team()
    card = cards.help_card(
        facilitator=member,
        lead=lead,
        evaluator=await context.is_evaluator(),
        unknown=unknown,
        asked=asked,
    )
    return Reply(card, wording.HELP_SUMMARY)


async def _help(context: Context) -> Reply:
    return await help_card(context)


async def _show_help(context: Context, data: Data) -> Reply:
    return await help_card(context)


async def _show_urgent(context: Context, data: Data) -> Reply:
    return await _urgent(context)


async def _urgent(context: Context) -> Reply:
    return Reply(cards.urgent(), wording.URGENT_SUMMARY)


async def _another_way(context: Context) -> Reply:
    """A person who does it with them."""
    lead = next((one for one in await context.readers() if part_of(one) == LEAD), None)
    return Reply(cards.another_way(lead), wording.ANOTHER_WAY)


async def _show_another_way(context: Context, data: Data) -> Reply:
    return await _another_way(context)


async def mine(context: Context, begin: int = 0) -> Reply:
    """What waits for a person, longest first, in whatever part; where their own requests are, and
    what they lead, come to or agreed to, newest first, in plain words; words they recorded; and
    feedback for them to read, or to go on with. From the one at `begin`, a page of them."""
    services, who = context.services, context.who
    entries = [one async for one in own_entries(services.store, *context.person.keys)]
    found, asked = list[Conversation](), list[tuple[datetime, cards.WaitsFor]]()
    done, others, agreed = list[Conversation](), set[str](), set[str]()
    for it in filter(None, [await context.record(one.conversation) for one in entries]):
        asks = waiting(it, who, services.timetable, context.now)
        asked += asks
        if is_theirs(who, it, Right.SEE_WHERE):
            found.append(it)
        elif may(who, it, Right.TELLING) or (may(who, it, Right.PREPARE) and not asks):
            found.append(it)
            others.add(it.id)
        elif has_agreed(who, it):
            found.append(it)
            agreed.add(it.id)
        asked += await unsent_feedback(context, it)
        if can_read_again(who, it):
            done.append(it)
    asked += await unread(context)
    asked.sort(key=lambda one: one[0])
    found.sort(key=lambda it: it.created, reverse=True)
    draft = await services.drafts.find(context.person.key, "request")
    waits = [one for _, one in asked]
    there = draft is not None
    groups = {"others": others, "agreed": agreed}
    card = cards.mine(waits, found, done, services.zone, draft=there, begin=begin, **groups)
    return Reply(card, wording.STATUS_SUMMARY)


async def _mine(context: Context, data: Data) -> Reply:
    return await mine(context, data.number("begin"))


async def where(context: Context, it: Conversation) -> Reply:
    """One request: where it is, and what its requester can do now."""
    silent = context.services.timetable.manager_silent(it) <= context.now
    settles = context.may(Right.TELLING)
    status = cards.status(it, context.services.zone, silent=silent, settles=settles)
    card = with_happened(status, it, it.requester.id)
    return Reply(card, wording.NOTICE.format(reference=it.reference, text=stands(it)))


async def _see(context: Context, it: Conversation, data: Data) -> Reply:
    return await where(context, it)


async def _withdraw(context: Context, it: Conversation, data: Data) -> Reply:
    """Withdrawn, by the button alone; everyone who has heard of it is told."""
    it = await context.change(Act.WITHDRAW, lambda now: withdraw(now, context.now))
    return Reply(cards.withdrawn(it), wording.WITHDRAWN_DONE.format(reference=it.reference))


async def _story(context: Context, it: Conversation, data: Data) -> Reply:
    """One answer of the request whole, for those who may read the story."""
    field = data.text("field")
    story = await context.read(it, "request", it.requester.id) or NO_ANSWERS
    question = story.question(field, dict(questions(it.request.about)).get(field, ""))
    carried = {"conversation": it.id, "field": field}
    card = whole(
        question,
        story.text(field),
        data.number("start"),
        act(wording.TO_SUMMARY, _back(context, it), {"conversation": it.id}),
        lambda at: act(wording.SHOW_MORE, "story.show", {**carried, "start": at}),
    )
    return Reply(card, question)


def _back(context: Context, it: Conversation) -> str:
    """Where each of those who may read the story has it as a whole."""
    theirs = roles(context.who, it)
    if Role.MANAGER in theirs:
        return "manager.see"
    return "request.see" if Role.REQUESTER in theirs else "pickup.story"


DANGER: Final = (
    "urgent help",
    "this is urgent",
    "emergency",
    "this is an emergency",
    "its an emergency",
    "it is an emergency",
    "999",
    "9 9 9",
    "nine nine nine",
    "112",
    "911",
    "call 999",
    "ring 999",
    "ambulance",
    "need an ambulance",
    "i need an ambulance",
    "call an ambulance",
    "police now",
    "call the police",
    "i need the police",
    "danger",
    "in danger",
    "im in danger",
    "i am in danger",
    "help now",
    "help me now",
    "i need help now",
    "sos",
    "\N{SQUARED SOS}",
)
"""What people type when somebody is in danger, beside *urgent*: what to do is shown."""

ROUTES: Final = (
    Plain("request.mine", _mine),
    Plain(cards.HELP, _show_help),
    Plain(cards.URGENT, _show_urgent),
    Plain(cards.ANOTHER_WAY, _show_another_way),
    Route("request.see", Right.SEE_WHERE, _see),
    Route("request.withdraw", Right.WITHDRAW, _withdraw),
    Route("request.withdraw-yes", Right.WITHDRAW, _withdraw),
    Route("story.show", Right.READ_STORY, _story),
)
COMMANDS: Final = (
    Command(HELLO, hello),
    Command(("help", "?", "help me", "help please", "please help"), _help),
    Command(("urgent",), _urgent),
    Command(DANGER, _urgent),
    Command(("another way", "i need this another way"), _another_way),
    Command(("my requests", "my request", "status", "what waits for me", "to do"), mine),
)
WHERE: Final[Mapping[Right, Where]] = {
    Right.SEE_WHERE: where,
    Right.WITHDRAW: where,
    Right.ASK_CHANGED: where,
    Right.ASK_AGAIN: where,
    Right.AMEND: where,
    Right.NAME_MANAGER: where,
    Right.WAIT: where,
}

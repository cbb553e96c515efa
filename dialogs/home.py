"""Hello, help, urgent, my requests, withdraw, cancel: what works at any time, in any flow."""

from cards import home as cards
from cards.check import whole
from cards.elements import act
from cards.notes import note, sentence
from cards.request import questions
from cards.wording import wording
from dialogs import access
from dialogs.access import Right, Role
from dialogs.events import Reply
from dialogs.flow import Flow
from dialogs.visit import Visit
from records.conversation import Conversation
from records.drafts import Open
from records.feedback import NO_ANSWERS
from records.lists import own_entries
from records.register import Deed
from records.stages import Act, WrongStage


async def hello(visit: Visit) -> Reply:
    """The welcome; also what hello and hi answer at any time."""
    return Reply(cards.hello(visit.person.name), wording.HELLO_SUMMARY)


async def installed(visit: Visit) -> Reply:
    """Welcome somebody once, however often an install is announced."""
    if visit.person.welcomed_at is not None:
        return Reply()
    first = await visit.desk.directory.welcome(visit.person.key, visit.now)
    return await hello(visit) if first else Reply()


async def help_(visit: Visit, *, unknown: bool = False) -> Reply:
    """Every command."""
    member = await visit.desk.facilitators.is_member(visit.person)
    return Reply(cards.help_card(facilitator=member, unknown=unknown), wording.HELP_SUMMARY)


async def urgent(visit: Visit) -> Reply:
    """What to do when someone is in danger."""
    return Reply(cards.urgent(), wording.URGENT_SUMMARY)


async def mine(visit: Visit) -> Reply:
    """Where the requests of a person are, newest first, in plain words."""
    entries = [one async for one in own_entries(visit.desk.register.store, visit.person.key)]
    found: list[Conversation] = []
    for one in entries:
        it = await visit.even_stopped(one.conversation)
        if it is not None and Role.REQUESTER in access.roles(visit, it):
            found.append(it)
    found.sort(key=lambda it: it.created, reverse=True)
    draft = await visit.desk.drafts.find(visit.person.key, "request")
    card = cards.mine(found, visit.desk.zone, draft=draft is not None)
    return Reply(card, wording.STATUS_SUMMARY)


def where(visit: Visit, it: Conversation) -> Reply:
    """One request: where it is, and what its requester can do now."""
    silent = visit.desk.register.timetable.manager_silent(it) <= visit.now
    return Reply(cards.status(it, visit.desk.zone, silent=silent), wording.STATUS_SUMMARY)


async def see(visit: Visit, conversation: str) -> Reply:
    """One request."""
    it = await visit.conversation(conversation)
    if it is None or Role.REQUESTER not in access.roles(visit, it):
        return access.refuse(visit, "request", conversation)
    return where(visit, it)


async def withdraw(visit: Visit, conversation: str, *, certain: bool) -> Reply:
    """Asked once, then withdrawn; everyone who has heard of it is told."""
    it = await visit.conversation(conversation)
    if it is None or not access.is_theirs(visit, it, Right.WITHDRAW):
        return access.refuse(visit, "request", conversation)
    if not access.may(visit, it, Right.WITHDRAW):
        return where(visit, it)
    if not certain:
        return Reply(cards.withdraw_sure(it), wording.WITHDRAW)
    deed = Deed(Act.WITHDRAW, visit.person.key, visit.now)
    try:
        it = await visit.desk.register.change(
            conversation,
            deed,
            lambda now: access.still(visit, now, Right.WITHDRAW, Act.WITHDRAW).withdraw(visit.now),
        )
    except WrongStage:
        return await see(visit, conversation)
    return Reply(cards.withdrawn(it), wording.WITHDRAWN_DONE.format(reference=it.reference))


async def cancel(visit: Visit, open_flows: list[tuple[Flow, Open]]) -> Reply:
    """Put away what is being filled in, after asking; the latest first."""
    if not open_flows:
        return Reply(note(wording.CANCEL_NOTHING), wording.CANCEL_NOTHING)
    flow, opened = max(open_flows, key=lambda one: one[1].draft.touched)
    card = cards.cancel_sure(flow.name, opened.draft.conversation, flow.title)
    return Reply(card, wording.CANCEL_SURE)


async def discard(visit: Visit, flow: Flow, conversation: str) -> Reply:
    """Put away for good."""
    opened = await visit.desk.drafts.find(visit.person.key, flow.name, conversation)
    if opened is None or opened.draft.conversation != conversation:
        done = await flow.now(visit, conversation)
        return done or Reply(note(wording.GONE), wording.GONE)
    await visit.desk.drafts.discard(opened.draft)
    return Reply(sentence(wording.DRAFT_PUT_AWAY), wording.DRAFT_PUT_AWAY)


async def show_story(visit: Visit, conversation: str, field: str, start: int) -> Reply:
    """One answer of the request whole, for those who may read the story."""
    file = await visit.file(conversation)
    if file is None or not access.may_read_story(visit, file.conversation):
        return access.refuse(visit, "story", conversation)
    it = file.conversation
    story = file.answers_of("request", it.requester.id) or NO_ANSWERS
    question = story.question(field, dict(questions(it.request.about)).get(field, ""))
    text = story.text(field)
    data = {"conversation": conversation, "field": field}
    back = "request.see" if access.is_requester(visit, it) else "pickup.see"
    back = "manager.see" if access.is_manager(visit, it) else back
    card = whole(
        question,
        text,
        start,
        act(wording.TO_SUMMARY, back, {"conversation": conversation}),
        lambda at: act(wording.SHOW_MORE, "story.show", {**data, "start": at}),
    )
    return Reply(card, question)

"""Typed text, long as all ways of it are here: it answers the open question, and with several open
the person says which."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from cards import home as cards
from cards.kit.elements import MAX_BYTES, size, with_note
from cards.kit.notes import note, sentence
from cards.wording import wording
from dialogs.flow.cancelling import Own, own_part, put_away, sure
from dialogs.flow.drafting import drawn_before, let_go, save, show, take_back
from dialogs.flow.engine import open_flow, still_open
from dialogs.flow.flow import Flow, fitted, new_draft
from dialogs.flow.typed import typed
from dialogs.home import help_card
from dialogs.turn.access import NotNow, holds_it, is_theirs, was_facilitating
from dialogs.turn.context import Context, NoSuchKey, typed_submission
from dialogs.turn.events import Data, Reply, given_back
from records.conversation.conversation import Conversation
from records.drafts import Draft, Drafts, Open
from records.outbox.kinds import KINDS
from records.outbox.prompt import Prompt
from records.people import Person
from records.store.contract import AlreadyThere

WAITING: Final = "typed"
"""The draft that keeps a typed text until its writer has said which flow it is for."""
UNNAMED: Final = "-"
"""The name of one that waits since cards carried none."""


LONG: Final = 60
"""Characters from which a typed text may be a story, so that it is said where it stays."""

Opened = tuple[Flow, Open]


async def opened(
    drafts: Drafts,
    flows: Mapping[str, Flow],
    prompt: Prompt,
    person: Person,
    now: datetime,
    *,
    evaluators: bool = False,
) -> None:
    """Somebody was asked this: open its draft, so that they may simply type. `evaluators` says that
    there are some, as the message does. Raises StoreError."""
    flow = flows.get(KINDS[prompt.kind].opens)
    if flow is None or await drafts.find(person.key, flow.name, prompt.conversation):
        return
    name = f"{prompt.id}-{prompt.attempt}"
    draft = new_draft(flow, name, person.key, prompt.conversation, {}, now)
    draft = draft.model_copy(update={"evaluators": evaluators})
    try:
        await drafts.save(Open(draft))
    except AlreadyThere:
        return  # They tapped the card before we came here.


class TypedText:
    """What happens to text that is no command. `flows` are all there are, by name."""

    def __init__(self, flows: Mapping[str, Flow]) -> None:
        self.flows = flows

    async def open_flows(self, context: Context) -> list[Opened]:
        """The flows a person has open, each with its draft."""
        drafts = [one async for one in context.services.drafts.all_of(context.person.key)]
        found = [
            (self.flows[one.draft.flow], one) for one in drafts if one.draft.flow in self.flows
        ]
        return [(flow, Open(fitted(flow, one.draft), one.etag)) for flow, one in found]

    async def text(self, context: Context, text: str) -> Reply:
        """The answer to the one open question; a choice where there are several; help if none."""
        context.place = ""
        flows = await self.open_flows(context)
        if len(flows) == 1:
            reply = await _answered(context, *flows[0], text)
            return reply or await _of_no_flow(context, text)
        titled = [(one, await _titled(context, *one)) for one in flows]
        theirs = [(one, title) for one, title in titled if title]
        if not theirs:
            return await _of_no_flow(context, text)
        if len(theirs) == 1:
            reply = await _answered(context, *theirs[0][0], text)
            return reply or await _of_no_flow(context, text)
        choices = [(title, flow.name, one.draft.conversation) for (flow, one), title in theirs]
        return Reply(cards.which(await _wait(context, text), choices), wording.WHICH_TITLE)

    async def thanked(self, context: Context, text: str) -> Reply:
        """A kind word back. It fills nothing: an open question is there as before, and where that
        is answered in words, these are shown with it, should they have been meant so."""
        flows = await self.open_flows(context)
        if len(flows) > 1:
            return Reply(sentence(wording.THANKS_SEVERAL), wording.THANKS_SEVERAL)
        if not flows or not await _is_theirs(context, *flows[0]):
            return Reply(sentence(wording.THANKS), wording.THANKS)
        [(flow, opened)] = flows
        shut = await still_open(context, flow, opened)
        if shut is not None:
            return shut
        shown = await show(context, flow, opened.draft, notice=wording.THANKS_OPEN)
        step = flow.step(opened.draft.step)
        meant = [text] if step is not None and step.typed else []
        event, said = context.turn.event, wording.NOT_AN_ANSWER
        return given_back(shown, meant, event, above=said)

    async def use(self, context: Context, data: Data) -> Reply:
        """The text that waits under the name on the card is for this flow; it is used once."""
        drafts, key = context.services.drafts, data.conversation
        known = self.flows.get(data.text("flow"))
        waiting = await drafts.find(context.person.key, WAITING, data.text("text") or UNNAMED)
        opened = await drafts.find(context.person.key, known.name, key) if known else None
        if waiting is None or opened is None or known is None:
            return Reply(sentence(wording.GONE), wording.GONE)
        waiting = await _claimed(context, waiting, f"{known.name}-{key}")
        if waiting is None:
            return Reply(sentence(wording.GONE), wording.GONE)
        text = str(waiting.draft.answers.get("text", ""))
        name = typed_submission(waiting.draft.id)
        used = drawn_before({"submission": name}, opened.draft.recent)
        if used:
            if known.right is not None:
                await context.about(key, known.right, whole=known.whole)
            reply: Reply | None = await open_flow(context, known, key)
        else:
            reply = await _answered(context, known, opened, text, name)
        if reply is None:
            return Reply(sentence(wording.GONE), wording.GONE)
        await drafts.discard(waiting.draft)
        return reply

    async def waiting(self, context: Context, name: str) -> Reply | None:
        """The choice once more, for a text that waits under this name; None where none does."""
        there = await context.services.drafts.find(context.person.key, WAITING, name)
        flows = await self.open_flows(context) if there is not None else []
        titled = [(*one, await _titled(context, *one)) for one in flows]
        choices = [
            (title, flow.name, one.draft.conversation) for flow, one, title in titled if title
        ]
        if there is None or not choices:
            return None
        return Reply(cards.which(name, choices), wording.WHICH_TITLE)

    async def cancel(self, context: Context) -> Reply:
        """Put away what is being filled in, the latest first: after asking, where its writer has
        put anything in."""
        flows = await self.open_flows(context)
        if not flows:
            return Reply(note(wording.CANCEL_NOTHING), wording.CANCEL_NOTHING)
        flow, opened = max(flows, key=lambda one: one[1].draft.touched)
        key = opened.draft.conversation
        context.place = f"{flow.name} {key}"
        own = await own_part(context, flow, opened.draft)
        if own is Own.NOTHING and await let_go(context, flow, opened) == []:
            return await put_away(context, flow, key, own)
        asks = sure(own)
        return Reply(cards.cancel_sure(flow.name, key, flow.title(), asks), asks)


async def _of_no_flow(context: Context, text: str) -> Reply:
    if context.alarm is not None:
        return Reply(cards.urgent(typed=True), wording.URGENT_SUMMARY)
    if len(text) >= LONG:
        return Reply(cards.kept_nowhere(), wording.TYPED_NOWHERE)
    return await help_card(context, unknown=True)


async def _answered(
    context: Context, flow: Flow, opened: Open, text: str, submission: str = ""
) -> Reply | None:
    """The reply to an answer; None where the draft is of a place its writer has no more.

    A `submission` is that of a text that waited; one that was typed just now has its message's own.
    """
    if not submission:
        await context.goes_to(f"{flow.name} {opened.draft.conversation}")
        submission = context.typed_as
    if not await _is_theirs(context, flow, opened):
        return None
    return stays(await typed(context, flow, opened, text, submission), text)


async def _is_theirs(context: Context, flow: Flow, opened: Open) -> bool:
    """Whether its writer still has the place that a draft is of, loading what it is about.

    Where not, it is put away: it holds a story that is not theirs to read. Raises NotNow where the
    place is theirs and it is not the time.
    """
    if flow.right is None:
        return True
    try:
        await context.about(opened.draft.conversation, flow.right, whole=flow.whole)
    except NotNow as lost:
        await take_back(context, flow, opened, lost)
        who = context.who
        if is_theirs(who, lost.it, lost.right) or was_facilitating(who, lost.it, lost.right):
            raise
        return False
    except NoSuchKey:
        await context.services.drafts.discard(opened.draft)
        return False
    return True


async def _titled(context: Context, flow: Flow, opened: Open) -> str:
    """What a flow is called where one is chosen; empty where its draft is theirs no more."""
    it = await context.record(opened.draft.conversation)
    if it is not None and holds_it(context.who, it) and await context.has_left():
        return ""  # It waits until they are back, or somebody has taken it over.
    if flow.right is not None and (it is None or not is_theirs(context.who, it, flow.right)):
        await context.services.drafts.discard(opened.draft)
        return ""
    return _title(flow, it)


def _title(flow: Flow, it: Conversation | None) -> str:
    return f"{flow.title()} {it.reference}" if it else flow.title()


async def drop(context: Context, data: Data) -> Reply:
    """The text that waits under the name on the card is for none of them."""
    drafts, name = context.services.drafts, data.text("text") or UNNAMED
    waiting = await drafts.find(context.person.key, WAITING, name)
    if waiting is not None:
        await drafts.discard(waiting.draft)
    return Reply(sentence(wording.WHICH_DROPPED), wording.WHICH_DROPPED)


async def _claimed(context: Context, waiting: Open, place: str) -> Open | None:
    """The waiting text, from now on for this place alone; None where another device chose another.

    Raises Overtaken.
    """
    answers = waiting.draft.answers
    if answers.get("for", place) != place:
        return None
    if "for" in answers:
        return waiting
    update = {"answers": {**answers, "for": place}}
    return await save(context, Open(waiting.draft.model_copy(update=update), waiting.etag))


async def _wait(context: Context, text: str) -> str:
    """Keep a text until its writer has said what it is for. Gives the name it waits under."""
    name = context.turn.activity or context.services.nonce()
    await context.goes_to(f"{WAITING} {name}")
    draft = Draft(
        id=name,
        owner=context.person.key,
        flow=WAITING,
        conversation=name,
        version=1,
        step=WAITING,
        answers={"text": text},
        begun=context.now,
        touched=context.now,
    )
    with suppress(AlreadyThere):  # the same message, from another copy
        await context.services.drafts.save(Open(draft))
    if context.alarm is not None:
        context.alarm.seen_in(draft)
    return name


def stays(reply: Reply, text: str) -> Reply:
    """The reply with a word on where a long message itself stays, if the card has room for it."""
    if reply.card is None or len(text) < LONG:
        return reply
    card = with_note(reply.card, wording.TYPED_STAYS)
    return replace(reply, card=card) if size(card) <= MAX_BYTES else reply

"""Typed text: it answers the open question, and with several open the person says which."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from cards import home
from cards.elements import MAX_BYTES, size, with_note
from cards.notes import sentence
from cards.wording import wording
from dialogs.asked import fitted
from dialogs.engine import Engine
from dialogs.events import Reply
from dialogs.flow import Flow, new_draft
from dialogs.home import help_
from dialogs.visit import Visit
from records.drafts import Draft, Drafts, Open
from records.kinds import KINDS
from records.people import Person
from records.prompt import Prompt
from records.store import AlreadyThere

WAITING: Final = "typed"
"""The draft that keeps a typed text until its writer has said which flow it is for."""


LONG: Final = 60
"""Characters from which a typed text may be a story, so that it is said where it stays."""

THANKS: Final = frozenset({"thanks", "thank you", "many thanks", "ok", "okay"})
"""Said to be kind, after a receipt: answered kindly where no question is open."""


async def opened(
    drafts: Drafts, flows: Mapping[str, Flow], prompt: Prompt, person: Person, now: datetime
) -> None:
    """Somebody was asked this: open its draft, so that they may simply type. Raises StoreError."""
    flow = flows.get(KINDS[prompt.kind].opens)
    if flow is None or await drafts.find(person.key, flow.name, prompt.conversation):
        return
    name = f"{prompt.id}-{prompt.attempt}"
    draft = new_draft(flow, name, person.key, prompt.conversation, {}, now)
    try:
        await drafts.save(Open(draft))
    except AlreadyThere:
        return  # They tapped the card before we came here.


class Typed:
    """What happens to text that is no command."""

    def __init__(self, engine: Engine, flows: Mapping[str, Flow]) -> None:
        self._engine, self._flows = engine, flows

    async def open_flows(self, visit: Visit) -> list[tuple[Flow, Open]]:
        """The flows a person has open, each with its draft."""
        drafts = [one async for one in visit.desk.drafts.all_of(visit.person.key)]
        found = [(self._flows[one.draft.flow], one) for one in drafts
                 if one.draft.flow in self._flows]  # fmt: skip
        return [(flow, Open(fitted(flow, one.draft), one.etag)) for flow, one in found]

    async def text(self, visit: Visit, text: str) -> Reply:
        """The answer to the one open question; a choice where there are several; help if none."""
        flows = await self.open_flows(visit)
        if not flows and len(text) >= LONG:
            return Reply(home.kept_nowhere(), wording.TYPED_NOWHERE)
        if not flows:
            if text.casefold().strip(" .!") in THANKS:
                return Reply(sentence(wording.THANKS), wording.THANKS)
            return await help_(visit, unknown=True)
        if len(flows) == 1:
            flow, opened = flows[0]
            return stays(await self._engine.typed(visit, flow, opened, text), text)
        await self._wait(visit, text)
        choices = [
            (await _title(visit, flow, one), flow.name, one.draft.conversation)
            for flow, one in flows
        ]
        return Reply(home.which(text, choices), wording.WHICH_TITLE)

    async def use(self, visit: Visit, flow: str, conversation: str) -> Reply:
        """The waiting text is for this flow."""
        drafts = visit.desk.drafts
        waiting = await drafts.find(visit.person.key, WAITING, "-")
        opened = await drafts.find(visit.person.key, flow, conversation)
        known = self._flows.get(flow)
        if waiting is None or opened is None or known is None:
            return Reply(sentence(wording.GONE), wording.GONE)
        text = str(waiting.draft.answers.get("text", ""))
        reply = stays(await self._engine.typed(visit, known, opened, text), text)
        await drafts.discard(waiting.draft)
        return reply

    async def drop(self, visit: Visit) -> Reply:
        """The waiting text is for none of them."""
        waiting = await visit.desk.drafts.find(visit.person.key, WAITING, "-")
        if waiting is not None:
            await visit.desk.drafts.discard(waiting.draft)
        return Reply(sentence(wording.WHICH_DROPPED), wording.WHICH_DROPPED)

    async def _wait(self, visit: Visit, text: str) -> None:
        drafts: Drafts = visit.desk.drafts
        before = await drafts.find(visit.person.key, WAITING, "-")
        draft = Draft(
            owner=visit.person.key,
            flow=WAITING,
            conversation="-",
            version=1,
            step=WAITING,
            answers={"text": text},
            begun=visit.now,
            touched=visit.now,
        )
        await drafts.save(Open(draft, before.etag if before else ""))


def stays(reply: Reply, text: str) -> Reply:
    """The reply with a word on where a long message itself stays, if the card has room for it."""
    if reply.card is None or len(text) < LONG:
        return reply
    card = with_note(reply.card, wording.TYPED_STAYS)
    return replace(reply, card=card) if size(card) <= MAX_BYTES else reply


async def _title(visit: Visit, flow: Flow, opened: Open) -> str:
    it = await visit.even_stopped(opened.draft.conversation)
    return f"{flow.title} {it.reference}" if it else flow.title

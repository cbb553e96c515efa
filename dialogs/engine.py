"""The engine: loads a draft, takes an answer, saves, and shows the next card.

Promises kept here: nothing typed is lost; a receipt never comes before the write; a card answered
before, a double click or a redelivery shows where things are now and keeps one record. Every
write is conditional, and a lost race reads again before it decides anything.
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from cards import wording
from cards.page import Page
from dialogs.echo import with_texts
from dialogs.events import Reply
from dialogs.flow import (
    CHECK,
    Flow,
    Step,
    advance,
    back,
    draw,
    inputs,
    page,
    problems,
    with_answers,
)
from dialogs.visit import Visit
from records.drafts import Draft, Open
from records.store import AlreadyThere, Changed, Unavailable

TRIES: Final = 6
Turned = Reply | None


class Engine:
    """Runs any flow. Stateless: everything is in the draft and the conversation."""

    async def open(self, visit: Visit, flow: Flow, conversation: str) -> Reply:
        """Begin, or go on where the draft stands."""
        opened = await self._find(visit, flow, conversation)
        if opened is None:
            begun = await flow.begin(visit, conversation)
            if isinstance(begun, Reply):
                return begun
            opened = await self._save(visit, Open(begun))
            if opened is None:
                opened = await self._there(visit, flow, conversation)
        if opened is None:
            raise Unavailable("the draft could not be opened")
        return await self._show(visit, flow, opened.draft)

    async def next(
        self, visit: Visit, flow: Flow, name: str, conversation: str, data: Mapping[str, Any]
    ) -> Reply:
        """Take the answer a card sent for the step `name`."""
        step = flow.step(name)
        if step is None:
            return await self.open(visit, flow, conversation)

        async def once() -> Turned:
            opened = await self._find(visit, flow, conversation)
            if opened is None:
                begun = await self._begin_at(visit, flow, step, conversation, data)
                if isinstance(begun, Reply):
                    return begun
                other = await self._there(visit, flow, conversation)
                if other is not None:
                    return await self._stale(visit, flow, other, step, data)
                opened = Open(begun)
            return await self._take(visit, flow, opened, step, data)

        return await self._until_it_holds(once)

    async def send(
        self, visit: Visit, flow: Flow, conversation: str, data: Mapping[str, Any]
    ) -> Reply:
        """Keep everything for good; with something missing, go there first."""

        async def once() -> Turned:
            opened = await self._find(visit, flow, conversation)
            if opened is None:
                done = await flow.receipt(visit, conversation)
                return done or await self.open(visit, flow, conversation)
            return await self._send(visit, flow, opened, _submission(data, None))

        return await self._until_it_holds(once)

    async def move(
        self,
        visit: Visit,
        flow: Flow,
        conversation: str,
        change: Callable[[Draft], Draft],
        wrong: Mapping[str, str] | None = None,
    ) -> Reply:
        """Apply a change of the draft that takes no answer: back, Change, Add another, Remove."""

        async def once() -> Turned:
            opened = await self._find(visit, flow, conversation)
            if opened is None:
                done = await flow.now(visit, conversation)
                return done or await self.open(visit, flow, conversation)
            saved = await self._save(visit, Open(change(opened.draft), opened.etag))
            return await self._show(visit, flow, saved.draft, wrong=wrong) if saved else None

        return await self._until_it_holds(once)

    async def add(
        self, visit: Visit, flow: Flow, name: str, conversation: str, data: Mapping[str, Any]
    ) -> Reply:
        """*Add another*: the person typed in joins the list; without a name the card asks."""
        step = flow.step(name)
        wrong: dict[str, str] = {}

        def join(draft: Draft) -> Draft:
            wrong.clear()
            submission = _submission(data, step)
            if step is None or draft.step != step.id:
                return draft
            if not str(data.get("other_name", "")).strip():
                wrong["other_name"] = wording.OTHER_MISSING
            if submission in draft.recent:
                return draft
            filled = with_answers(draft, step, inputs(step, data, draft)).remember(submission)
            added = flow.settle(filled, step)
            wrong.update(_of_one(problems(flow, step, filled, visit)))
            wrong.update(_of_one(problems(flow, step, added, visit)))
            return filled if wrong else added

        return await self.move(visit, flow, conversation, join, wrong)

    async def peek(
        self, visit: Visit, flow: Flow, conversation: str, facts: Mapping[str, Any]
    ) -> Reply:
        """The open card drawn in another way; nothing is written."""
        opened = await self._find(visit, flow, conversation)
        begun = opened.draft if opened else await flow.begin(visit, conversation)
        if isinstance(begun, Reply):
            return begun
        return await self._show(visit, flow, begun, more=facts)

    async def back(self, visit: Visit, flow: Flow, conversation: str, step: str) -> Reply:
        """One step back from the step the card shows; an old card's Back shows where things are."""
        return await self.move(
            visit,
            flow,
            conversation,
            lambda draft: back(flow, draft) if draft.step == step else draft,
        )

    async def change(self, visit: Visit, flow: Flow, conversation: str, to: str) -> Reply:
        """From *Check your answers* to one step, and straight back after it."""
        place = next((one.id for one in flow.steps if to in (one.id, *one.fields)), CHECK)
        if not flow.checked:
            return await self.open(visit, flow, conversation)
        update = {"step": place, "returning": place != CHECK}
        return await self.move(
            visit, flow, conversation, lambda draft: draft.model_copy(update=update)
        )

    async def typed(self, visit: Visit, flow: Flow, opened: Open, text: str) -> Reply:
        """Typed text answers the open question, just as the card does."""
        draft = opened.draft
        step = flow.step(draft.step)
        read = dict(step.choices(text) or {}) if step and step.choices else {}
        if step is None or not (read or step.typed):
            return with_texts(await self._show(visit, flow, draft), [text], wording.USE_CARD)
        if read:
            return await self.next(visit, flow, step.id, draft.conversation, self._typed(read))
        wrong = problems(flow, step, draft, visit)
        free = [name for name in step.typed if not draft.answers.get(name) or name in wrong]
        if not free:
            # A right answer is changed on its card, where it can be seen.
            return with_texts(await self._show(visit, flow, draft), [text], wording.USE_CARD)
        name = free[0]
        if len(free) > 1:
            return await self._part(visit, flow, draft, step, {name: text})
        answers = {key: draft.answers.get(key, "") for key in step.fields} | {name: text}
        return await self.next(visit, flow, step.id, draft.conversation, self._typed(answers))

    # ------------------------------------------------------------------------------------------

    def _typed(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {**answers, "submission": ""}

    async def _part(
        self, visit: Visit, flow: Flow, seen: Draft, step: Step, typed: Mapping[str, Any]
    ) -> Reply:
        """One of several questions on a card, typed. Answered meanwhile: it is kept beside."""

        async def once() -> Turned:
            opened = await self._find(visit, flow, seen.conversation)
            if opened is None:
                return await self.next(visit, flow, step.id, seen.conversation, typed)
            draft = opened.draft
            same = all(draft.answers.get(name) == seen.answers.get(name) for name in typed)
            if draft.step != step.id or not same:
                return await self._stale(visit, flow, opened, step, typed)
            saved = await self._save(visit, Open(with_answers(draft, step, typed), opened.etag))
            if saved is None:
                return None
            return await self._show(visit, flow, saved.draft, notice=wording.ANSWERED_TYPED)

        return await self._until_it_holds(once)

    async def _begin_at(
        self, visit: Visit, flow: Flow, step: Step, conversation: str, data: Mapping[str, Any]
    ) -> Draft | Reply:
        """No draft: the flow is done, was put away, or begins with this very answer."""
        it = await visit.conversation(conversation)
        known = it is not None and _submission(data, step) in it.recent
        if known or step.id != flow.steps[0].id:
            done = await flow.now(visit, conversation)
            if done is not None:
                return done if known else with_texts(done, self._texts(step, data, None))
        return await flow.begin(visit, conversation)

    async def _take(
        self, visit: Visit, flow: Flow, opened: Open, step: Step, data: Mapping[str, Any]
    ) -> Turned:
        draft, submission = opened.draft, _submission(data, step)
        if submission and submission in draft.recent:
            wrong = problems(flow, step, draft, visit) if step.id == draft.step else {}
            return await self._show(visit, flow, draft, wrong=wrong)
        if step.id != draft.step and not step.again:
            return await self._stale(visit, flow, opened, step, data)
        draft = with_answers(draft, step, inputs(step, data, draft)).remember(submission)
        settled = flow.settle(draft, step)
        wrong = problems(flow, step, draft, visit) or problems(flow, step, settled, visit)
        if wrong and step.id != draft.step:
            return await self._show(visit, flow, opened.draft)
        if not wrong:
            await flow.keep_step(visit, draft, step)
            draft = advance(flow, settled, step)
            if draft.step == CHECK and not flow.checked:
                return await self._send(visit, flow, Open(draft, opened.etag), submission)
        saved = await self._save(visit, Open(draft, opened.etag))
        return await self._show(visit, flow, saved.draft, wrong=wrong) if saved else None

    async def _stale(
        self, visit: Visit, flow: Flow, opened: Open, step: Step, data: Mapping[str, Any]
    ) -> Turned:
        """A card answered before: where things are now, and a text that is new is kept beside."""
        texts = self._texts(step, data, opened.draft)
        if not texts:
            return await self._show(visit, flow, opened.draft, notice=wording.MOVED_ON)
        kept = dict(opened.draft.kept)
        for name in step.fields:
            value = data.get(name)
            if isinstance(value, str) and value in texts:
                kept[name] = (*kept.get(name, ()), value)
        draft = opened.draft.model_copy(update={"kept": kept}).remember(_submission(data, step))
        saved = await self._save(visit, Open(draft, opened.etag))
        if saved is None:
            return None
        shown = await self._show(visit, flow, saved.draft, notice=wording.MOVED_ON_KEPT)
        return with_texts(shown, texts)

    async def _send(self, visit: Visit, flow: Flow, opened: Open, submission: str) -> Turned:
        draft = opened.draft
        held = flow.hold_send(draft, visit)
        if held is not None:
            saved = await self._save(visit, Open(held, opened.etag))
            return await self._show(visit, flow, saved.draft) if saved else None
        for step in flow.steps:
            wrong = problems(flow, step, draft, visit)
            if wrong:
                update = {"step": step.id, "returning": flow.checked}
                there = draft.model_copy(update=update)
                saved = await self._save(visit, Open(there, opened.etag))
                if saved is None:
                    return None
                return await self._show(visit, flow, saved.draft, wrong=wrong)
        return await self._finish(visit, flow, opened, submission)

    async def _finish(self, visit: Visit, flow: Flow, opened: Open, submission: str) -> Turned:
        """Saved once more before it is kept for good: what another device wrote is read first."""
        draft = opened.draft
        last = CHECK if flow.checked else flow.steps[-1].id
        recent = tuple(one for one in draft.recent if one != submission)
        held = draft.model_copy(update={"step": last, "recent": recent})
        saved = await self._save(visit, Open(held, opened.etag))
        if saved is None:
            return None
        receipt = await flow.finish(visit, draft, submission)
        await visit.desk.drafts.discard(draft)
        return receipt

    async def _show(
        self,
        visit: Visit,
        flow: Flow,
        draft: Draft,
        *,
        wrong: Mapping[str, str] | None = None,
        notice: str = "",
        more: Mapping[str, Any] | None = None,
    ) -> Reply:
        facts = {**await flow.facts(visit, draft), **(more or {})}
        on: Page = page(flow, draft, visit.desk.nonce(), facts, wrong=wrong, notice=notice)
        return Reply(draw(flow, on), flow.title)

    async def _find(self, visit: Visit, flow: Flow, conversation: str) -> Open | None:
        """The draft a card belongs to; one of another conversation is not it."""
        opened = await self._there(visit, flow, conversation)
        if opened is None or conversation in ("", opened.draft.conversation):
            return opened
        return None

    async def _there(self, visit: Visit, flow: Flow, conversation: str) -> Open | None:
        """The draft that is open: a person has one request at a time."""
        return await visit.desk.drafts.find(visit.person.key, flow.name, conversation)

    async def _save(self, visit: Visit, opened: Open) -> Open | None:
        """The saved draft, or None where somebody else (or another device) was quicker."""
        draft = opened.draft.model_copy(update={"touched": visit.now})
        try:
            return await visit.desk.drafts.save(Open(draft, opened.etag))
        except (AlreadyThere, Changed):
            return None

    def _texts(self, step: Step, data: Mapping[str, Any], draft: Draft | None) -> list[str]:
        """Long texts a card sent that are not what is saved."""
        saved = draft.answers if draft else {}
        texts = ((name, data.get(name)) for name in step.typed)
        return [
            value
            for name, value in texts
            if isinstance(value, str) and value.strip() and value != saved.get(name)
        ]

    async def _until_it_holds(self, once: Callable[[], Awaitable[Turned]]) -> Reply:
        for _ in range(TRIES):
            reply = await once()
            if reply is not None:
                return reply
        raise Unavailable("the draft kept changing")


def _of_one(wrong: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the person being added, whatever else is missing on the card yet."""
    return {name: said for name, said in wrong.items() if name.startswith("other")}


def _submission(data: Mapping[str, Any], step: Step | None) -> str:
    """One drawing of a card with what was in it: the same again is a redelivery, and the same
    drawing with other words is not."""
    drawn = str(data.get("submission", ""))[:80]
    if not drawn or step is None:
        return drawn
    words = "\n".join(f"{name}={data.get(name, '')}" for name in step.fields)
    return f"{drawn}-{hashlib.sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"

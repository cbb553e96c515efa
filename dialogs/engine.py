"""The engine: loads a draft, takes an answer, saves, and shows the next card.

What it does with a draft stands in `dialogs.drafting`, what comes late in `dialogs.late`, and
Send in `dialogs.sending`.

Promises kept here: nothing typed is lost; a receipt never comes before the write; a card answered
before, a double click or a redelivery shows where things are now and keeps one record. Every
write is conditional, and a lost race reads again before it decides anything.
"""

from collections.abc import Callable, Mapping
from typing import Any

from cards.wording import wording
from dialogs.asked import asking, typed_in, words_on
from dialogs.drafting import Turned, find, save, save_and_show, show, there, until_it_holds
from dialogs.echo import with_texts
from dialogs.events import Reply
from dialogs.flow import CHECK, Flow, Step, advance, back, inputs, problems, with_answers
from dialogs.gentle import question
from dialogs.late import drawn_before, new_texts, stale, submission_of
from dialogs.sending import keep_for_good
from dialogs.visit import Visit
from records.drafts import Draft, Open
from records.store import Unavailable


class Engine:
    """Runs any flow. Stateless: everything is in the draft and the conversation."""

    async def open(self, visit: Visit, flow: Flow, conversation: str) -> Reply:
        """Begin, or go on where the draft stands."""
        opened = await find(visit, flow, conversation)
        if opened is None:
            begun = await flow.begin(visit, conversation)
            if isinstance(begun, Reply):
                return begun
            opened = await save(visit, Open(begun))
            if opened is None:
                opened = await there(visit, flow, conversation)
        if opened is None:
            raise Unavailable("the draft could not be opened")
        if asking(flow, opened.draft) == opened.draft:
            return await show(visit, flow, opened.draft)
        return await self.move(visit, flow, conversation, lambda draft: draft)

    async def next(
        self, visit: Visit, flow: Flow, name: str, conversation: str, data: Mapping[str, Any]
    ) -> Reply:
        """Take the answer a card sent for the step `name`."""
        step = flow.step(name)
        if step is None:
            return await self._no_such_card(visit, flow, conversation, data)

        async def once() -> Turned:
            opened = await find(visit, flow, conversation)
            if opened is None:
                begun = await self._begin_at(visit, flow, step, conversation, data)
                if isinstance(begun, Reply):
                    return begun
                other = await there(visit, flow, conversation)
                if other is not None:
                    return await stale(visit, flow, other, step, data)
                opened = Open(begun)
            return await self._take(visit, flow, opened, step, data)

        return await until_it_holds(once)

    async def send(
        self, visit: Visit, flow: Flow, conversation: str, data: Mapping[str, Any]
    ) -> Reply:
        """Keep everything for good; with something missing, go there first."""

        async def once() -> Turned:
            opened = await find(visit, flow, conversation)
            if opened is None:
                done = await flow.receipt(visit, conversation)
                return done or await self.open(visit, flow, conversation)
            return await keep_for_good(visit, flow, opened, submission_of(data, None))

        return await until_it_holds(once)

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
            opened = await find(visit, flow, conversation)
            if opened is None:
                done = await flow.now(visit, conversation)
                return done or await self.open(visit, flow, conversation)
            changed = Open(change(opened.draft), opened.etag)
            return await save_and_show(visit, flow, changed, wrong=wrong)

        return await until_it_holds(once)

    async def add(
        self, visit: Visit, flow: Flow, name: str, conversation: str, data: Mapping[str, Any]
    ) -> Reply:
        """*Add another*: the person typed in joins the list; without a name the card asks."""
        step = flow.step(name)
        wrong: dict[str, str] = {}

        def join(draft: Draft) -> Draft:
            wrong.clear()
            submission = submission_of(data, step)
            if step is None or draft.step != step.id:
                return draft
            if not str(data.get("other_name", "")).strip():
                wrong["other_name"] = wording.OTHER_MISSING
            if submission in draft.recent:
                return draft
            filled = with_answers(draft, step, inputs(step, data, draft), {}).remember(submission)
            added = flow.settle(filled, step)
            wrong.update(_of_one(problems(flow, step, filled, visit)))
            wrong.update(_of_one(problems(flow, step, added, visit)))
            return filled if wrong else added

        return await self.move(visit, flow, conversation, join, wrong)

    async def peek(
        self, visit: Visit, flow: Flow, conversation: str, facts: Mapping[str, Any]
    ) -> Reply:
        """The open card drawn in another way; nothing is written."""
        opened = await find(visit, flow, conversation)
        begun = opened.draft if opened else await flow.begin(visit, conversation)
        if isinstance(begun, Reply):
            return begun
        return await show(visit, flow, begun, more=facts)

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
            return with_texts(await show(visit, flow, draft), [text], wording.USE_CARD)
        if read:
            return await self.next(visit, flow, step.id, draft.conversation, self._typed(read))
        wrong = problems(flow, step, draft, visit)
        free = [name for name in step.typed if not draft.answers.get(name) or name in wrong]
        if not free:
            # A right answer is changed on its card, where it can be seen.
            return with_texts(await show(visit, flow, draft), [text], wording.USE_CARD)
        name = free[0]
        if len(free) > 1:
            return await self._part(visit, flow, draft, step, {name: text})
        answers = {key: draft.answers.get(key, "") for key in step.fields} | {name: text}
        return await self.next(visit, flow, step.id, draft.conversation, self._typed(answers))

    # ------------------------------------------------------------------------------------------

    async def _no_such_card(
        self, visit: Visit, flow: Flow, conversation: str, data: Mapping[str, Any]
    ) -> Reply:
        """A card of an earlier set, of which there is none any more: what it holds is kept."""
        typed, submission = typed_in(data), submission_of(data, None)
        if not typed:
            return await self.open(visit, flow, conversation)

        async def once() -> Turned:
            opened = await find(visit, flow, conversation)
            begun = opened.draft if opened else await flow.begin(visit, conversation)
            if isinstance(begun, Reply):
                return with_texts(begun, list(typed.values()))
            kept = dict(begun.kept)
            for name, text in typed.items():
                kept[name] = tuple(dict.fromkeys((*kept.get(name, ()), text)))
            draft = begun.model_copy(update={"kept": kept, "spare": False}).remember(submission)
            there = Open(draft, opened.etag if opened else "")
            return await save_and_show(visit, flow, there, notice=wording.MOVED_ON_KEPT)

        return await until_it_holds(once)

    def _typed(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {**answers, "submission": ""}

    async def _part(
        self, visit: Visit, flow: Flow, seen: Draft, step: Step, typed: Mapping[str, Any]
    ) -> Reply:
        """One of several questions on a card, typed. Answered meanwhile: it is kept beside."""

        async def once() -> Turned:
            opened = await find(visit, flow, seen.conversation)
            if opened is None:
                return await self.next(visit, flow, step.id, seen.conversation, typed)
            draft = opened.draft
            same = all(draft.answers.get(name) == seen.answers.get(name) for name in typed)
            if draft.step != step.id or not same:
                return await stale(visit, flow, opened, step, typed)
            words = words_on(step, draft, {}) or {}
            filled = Open(with_answers(draft, step, typed, words), opened.etag)
            return await save_and_show(visit, flow, filled, notice=wording.ANSWERED_TYPED)

        return await until_it_holds(once)

    async def _begin_at(
        self, visit: Visit, flow: Flow, step: Step, conversation: str, data: Mapping[str, Any]
    ) -> Draft | Reply:
        """No draft: the flow is done, was put away, or begins with this very answer.

        One drawing of a card is sent once: from another device, with other words, it is late.
        """
        it = await visit.conversation(conversation)
        known = it is not None and submission_of(data, step) in it.recent
        late = it is not None and drawn_before(data, it.recent)
        if known or late or step.id != flow.steps[0].id:
            done = await (flow.receipt if known or late else flow.now)(visit, conversation)
            if done is not None:
                return done if known else with_texts(done, new_texts(step, data, None))
        begun = await flow.begin(visit, conversation)
        if isinstance(begun, Reply):
            return with_texts(begun, new_texts(step, data, None))
        return begun

    async def _take(
        self, visit: Visit, flow: Flow, opened: Open, step: Step, data: Mapping[str, Any]
    ) -> Turned:
        draft, submission = opened.draft, submission_of(data, step)
        if submission and submission in draft.recent:
            wrong = problems(flow, step, draft, visit) if step.id == draft.step else {}
            return await show(visit, flow, draft, wrong=wrong)
        if step.id != draft.step and not step.again:
            return await stale(visit, flow, opened, step, data)
        words = words_on(step, draft, data)
        answers = inputs(step, data, draft)
        draft = with_answers(draft, step, answers, words or {}).remember(submission)
        if words is None:
            there = draft.model_copy(update={"step": step.id})
            anew = Open(there, opened.etag)
            return await save_and_show(visit, flow, anew, notice=wording.ASKED_ANEW)
        if words and words == step.asks(draft.answers):
            draft = draft.model_copy(update={"version": flow.version})
        settled = flow.settle(draft, step)
        wrong = problems(flow, step, draft, visit) or problems(flow, step, settled, visit)
        if wrong and step.id != draft.step:
            return await show(visit, flow, opened.draft)
        if not wrong:
            await flow.keep_step(visit, draft, step)
            asked, draft = await question(visit, flow, step, draft)
            if asked:
                return await save_and_show(visit, flow, Open(draft, opened.etag), notice=asked)
            draft = advance(flow, settled, step)
            if draft.step == CHECK and not flow.checked:
                return await keep_for_good(visit, flow, Open(draft, opened.etag), submission)
        return await save_and_show(visit, flow, Open(draft, opened.etag), wrong=wrong)


def _of_one(wrong: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the person being added, whatever else is missing on the card yet."""
    return {name: said for name, said in wrong.items() if name.startswith("other")}

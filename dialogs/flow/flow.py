"""A flow is data: ordered steps, each a card and an answer model. Long, as all of it is here.

A flow has ordered steps, each with a card and an answer model. What is in the draft decides; the
`dialogs.flow.engine` loads it, advances, saves and answers.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, Final

from pydantic import ValidationError

from cards.kit.answers import AnswerModel, sentences
from cards.kit.elements import Card
from cards.kit.forms import ChoiceField, Question, Sentence, TextField
from cards.kit.hints import PRIVATE, Hint
from cards.kit.known import KnownField
from cards.kit.page import Page, asked_on, ids, mark_of, texts
from cards.kit.pickers import Field
from dialogs.flow.people_listed import listed
from dialogs.turn.access import Right
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers, unsent
from records.drafts import Draft
from records.people import PersonKey

CHECK: Final = "check"
"""The step after the last: *Check your answers*."""


class NotOpen(Exception):
    """The flow closed while it was being filled in. `reply` says so kindly.

    `complete` where the reply shows already whatever was typed and is kept nowhere.
    """

    def __init__(self, reply: Reply, *, complete: bool = False) -> None:
        super().__init__(reply.summary)
        self.reply, self.complete = reply, complete


@dataclass(frozen=True)
class Step:
    """One card. `questions` are what it asks, as the card itself has them.

    `choices` reads typed words where the step is a choice. With `again` a later answer replaces
    an earlier one wherever the flow stands (the scale). `number` is what "3 of 8" counts; `press`
    is the button that sends it, where that is not Next or Send. While storage is away a card is
    drawn again from its own inputs if it is typed or `alone`. `hints` is what its writer is asked
    about, once, where a long text looks as if it held that. `whole` is what the card says of all
    its answers, which is kept with them.
    """

    id: str
    model: type[AnswerModel]
    card: Callable[[Page], Card]
    questions: tuple[Field, ...]
    number: int = 1
    choices: Callable[[str], Mapping[str, str] | None] | None = None
    again: bool = False
    alone: bool = False
    press: Sentence = ""
    hints: frozenset[Hint] = PRIVATE
    whole: Mapping[str, str] = field(default_factory=dict)
    sure: Callable[[Context, Draft], str] | None = None
    noted: Callable[[Draft], str] | None = None

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The names of its answers, in order; a choice that only fills others is none."""
        return ids(tuple(one for one in self.questions if not isinstance(one, KnownField)))

    @cached_property
    def typed(self) -> tuple[str, ...]:
        """Those that typed text may fill: long texts."""
        return texts(self.questions)

    @cached_property
    def short(self) -> tuple[str, ...]:
        """The other texts: names, addresses, places."""
        found = (one for one in self.questions if isinstance(one, TextField) and not one.long)
        return ids(tuple(found))

    @cached_property
    def carried(self) -> tuple[str, ...]:
        """Those whose choices only storage knows: sent along unseen while it is away."""
        found = (one for one in self.questions if isinstance(one, ChoiceField) and one.of)
        return tuple(one for one in ids(tuple(found)) if one in self.fields)

    @cached_property
    def read(self) -> tuple[Field, ...]:
        """Those of which something is read: addresses, days, times."""
        return tuple(one for one in self.questions if type(one).taken is not Question.taken)

    @cached_property
    def known(self) -> tuple[KnownField, ...]:
        """Those that offer people who were named before."""
        return tuple(one for one in self.questions if isinstance(one, KnownField))

    @cached_property
    def is_plain(self) -> bool:
        """Whether nothing of it is read in another form, or asked about before it is kept."""
        return not (self.read or self.sure)

    def asks(self, answers: Mapping[str, Any]) -> Mapping[str, str]:
        """The questions that are kept beside their answers."""
        return {**asked_on(self.questions, answers), **self.whole}


class Flow(ABC):
    """One conversation with one person, card by card.

    `right` is asked before a card of it is shown, also that of a draft which is found open; a
    request that was never sent needs none. With `whole` its cards need the answers that are kept.
    A flow that `reopens` keeps its draft while it is closed. Where it is `kept_by_card`, each card
    is kept for good as it is saved. Its first card leads `back_to` a verb, where it names no ways
    back of its own; `came_from` is the verb of those. What is typed in the chat fills a field; what
    sends it all is a button.
    """

    name: ClassVar[str]
    right: ClassVar[Right | None]
    whole: ClassVar[bool] = False
    reopens: ClassVar[bool] = False
    checked: ClassVar[bool] = False
    kept_by_card: ClassVar[bool] = False
    back_to: ClassVar[str] = ""
    came_from: ClassVar[str] = ""
    may_skip: ClassVar[bool] = False

    @staticmethod
    @abstractmethod
    def title() -> str:
        """What it is called, in the words of the partnership in use."""

    @staticmethod
    def version() -> int:
        """Of its set of questions."""
        return 1

    @property
    @abstractmethod
    def steps(self) -> tuple[Step, ...]:
        """Its cards, in order."""

    @property
    def total(self) -> int:
        """What its cards count to, as in "3 of 8"."""
        return 1

    @abstractmethod
    async def begin(self, context: Context) -> Draft | Reply:
        """A new draft, for somebody who has the right; or what to show where it is done already."""

    async def closed(self, context: Context, draft: Draft | None) -> Reply | None:
        """Why nothing can be filled in now, though the right holds; None where it can.

        Asked before a draft is begun, and of one that is found (`draft`) before it is shown.
        """
        return None

    async def done(self, context: Context, key: str) -> Reply | None:
        """Where things are once this flow is done and its draft gone; None where it is not done."""
        return None

    async def receipt(self, context: Context, key: str) -> Reply | None:
        """What a second Send shows: the receipt of the first, where that is still the news."""
        return await self.done(context, key)

    @abstractmethod
    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """Keep the answers for good and give the receipt. Doing it twice keeps one record.

        Raises NotNow: the engine shows what was not kept.
        """

    def check(self, on: Page) -> Card:
        """*Check your answers*, for a flow that is `checked`."""
        raise LookupError(f"{self.name} has no step {on.step}")

    def settle(self, draft: Draft, step: Step) -> Draft:
        """The draft once a step's answer is right, where the step has something to tidy up."""
        return draft

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Names and texts the cards show beside the questions."""
        return {}

    def workers(self, context: Context, draft: Draft) -> tuple[str, ...]:
        """Names that may stand in a text without a question: those of everybody involved."""
        return tuple(one.name for one in context.it.people)

    def looked_at(self, draft: Draft, step: Step) -> tuple[str, ...]:
        """The texts of a step whose writer is asked about what they may hold."""
        return step.typed

    async def keep_step(  # noqa: B027  # most flows keep nothing before Send
        self, context: Context, draft: Draft, step: Step, submission: str
    ) -> None:
        """Called with a valid answer before the draft is saved. Doing it twice keeps one record."""

    def hold_send(self, draft: Draft, context: Context) -> Draft | None:
        """A draft to go back to before Send, where something has to be asked again first."""
        return None

    def step(self, name: str) -> Step | None:
        """The step with this name."""
        return next((one for one in self.steps if one.id == name), None)

    def checks(self, context: Context, draft: Draft) -> dict[str, Any]:
        """What the answer models check against: the addresses of the one who answers, and what
        a day is compared with (`cards.kit.typed_when`)."""
        dates = context.services.timetable
        return {"own_mails": context.person.mails, "now": context.now, "dates": dates}

    def sent(self, context: Context) -> Answers | None:
        """What is kept of these answers already; None where that is nothing, or was not loaded."""
        return None

    def unsent(self, context: Context, draft: Draft) -> tuple[str, ...]:
        """The texts that are kept nowhere else, to be shown back where they cannot be kept."""
        names = [name for step in self.steps for name in step.typed]
        return (*unsent(draft.answers, self.sent(context), names), *listed(draft.answers))

    def written(self, draft: Draft) -> tuple[str, ...]:
        """All that its writer has written: texts, names, and what was kept beside them."""
        names = [name for step in self.steps for name in (*step.typed, *step.short)]
        texts = (str(draft.answers.get(name, "")) for name in names)
        kept = (text for texts in draft.kept.values() for text in texts)
        return tuple(one for one in (*texts, *listed(draft.answers), *kept) if one.strip())

    def too_late(self, it: Conversation) -> Reply | None:
        """What is said above words that cannot be kept any more; None says where things are."""
        return None

    def left_over(self, draft: Draft) -> list[str]:
        """What was typed into cards that there are no more, such as those of an earlier set."""
        there = {name for step in self.steps for name in step.fields}
        gone = [name for name in draft.questions if "." not in name and name not in there]
        answers = [text for name in gone if (text := str(draft.answers.get(name, "")).strip())]
        kept = [text for name, texts in draft.kept.items() if name not in there for text in texts]
        return [*dict.fromkeys((*answers, *kept))]

    def skips(self, draft: Draft, step: Step) -> bool:
        """Whether a step is gone past, as all it asks is known; asked of a flow that `may_skip`."""
        return False

    def draft(
        self,
        context: Context,
        answers: Mapping[str, Any],
        before: Answers | None = None,
        *,
        key: str = "",
    ) -> Draft:
        """A new draft at the first step, about the conversation of this turn or the one with `key`.

        `before` is what was answered already, and to what.
        """
        name, about = context.services.nonce(), key or context.it.id
        draft = new_draft(self, name, context.person.key, about, answers, context.now)
        draft = draft.model_copy(update={"evaluators": bool(context.services.evaluators)})
        if before is None:
            return draft
        return draft.model_copy(update={"questions": before.asked, "version": before.version})


def new_draft(
    flow: Flow,
    name: str,
    owner: PersonKey,
    key: str,
    answers: Mapping[str, Any],
    now: datetime,
) -> Draft:
    """A draft of a flow at its first step. No other draft ever has this `name`."""
    return Draft(
        id=name,
        owner=owner,
        flow=flow.name,
        conversation=key,
        version=flow.version(),
        step=flow.steps[0].id,
        answers=dict(answers),
        shown=dict(flow.steps[0].asks(answers)),
        begun=now,
        touched=now,
    )


def problems(flow: Flow, step: Step, draft: Draft, context: Context) -> dict[str, str]:
    """A kind sentence for each of a step's answers that is not yet right; empty when all are."""
    try:
        step.model.model_validate(draft.answers, context=flow.checks(context, draft))
    except ValidationError as error:
        return sentences(error)
    return {}


def as_kept(draft: Draft, step: Step) -> Draft:
    """The draft once a step is right: addresses and days as they are kept, no more as typed."""
    typed = ((one, draft.answers.get(one.id)) for one in step.read)
    read = {one.id: one.taken(text) for one, text in typed if isinstance(text, str)}
    return draft.model_copy(update={"answers": {**draft.answers, **read}})


def asking(flow: Flow, draft: Draft) -> Draft:
    """The draft with the questions of its open card, which is about to be shown."""
    step = flow.step(draft.step)
    return draft.model_copy(update={"shown": dict(step.asks(draft.answers)) if step else {}})


def seen(draft: Draft, step: Step) -> str:
    """What a step's card shows of a draft, so that one drawn before others were given is told from
    it: from another device, or from further up in the chat."""
    names = dict.fromkeys((*step.fields, *step.model.model_fields))
    words = "\n".join(f"{one}={draft.answers.get(one, '')}" for one in names)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def fitted(flow: Flow, draft: Draft) -> Draft:
    """The draft of an earlier set, whose open step there is no more: at the check or the start."""
    if flow.step(draft.step) is not None or (draft.step == CHECK and flow.checked):
        return draft
    place = CHECK if flow.checked else flow.steps[0].id
    return draft.model_copy(update={"step": place, "returning": False})


def page(
    flow: Flow,
    draft: Draft,
    submission: str,
    facts: Mapping[str, Any],
    *,
    wrong: Mapping[str, str] | None = None,
    notice: str = "",
) -> Page:
    """Everything the open step's card needs."""
    step = flow.step(draft.step)
    return Page(
        flow=flow.name,
        step=draft.step,
        conversation=draft.conversation,
        submission=submission,
        answers=draft.answers,
        problems=wrong or {},
        kept=draft.kept,
        facts=facts,
        notice=notice,
        questions=draft.questions,
        asked=mark_of(step.asks(draft.answers)) if step else "",
        seen=seen(draft, step) if step else "",
        number=step.number if step else flow.total,
        total=flow.total,
        first=draft.step == flow.steps[0].id,
        returning=draft.returning,
        back=flow.back_to,
    )


FlowTap = Callable[[Context, Flow, Data], Awaitable[Reply]]


@dataclass(frozen=True)
class InFlow:
    """A tap on a flow's card. The right it needs is the flow's own; `free` where it needs none."""

    verb: str
    handler: FlowTap
    free: bool = False

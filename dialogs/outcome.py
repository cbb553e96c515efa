"""Eight weeks on: the lead worker's two answers. Source: pathway, step 10."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cards import outcome as cards
from cards import told
from cards.asked import texts
from cards.check import outcome_check
from cards.elements import Card
from cards.notes import sentence
from cards.page import Page
from cards.when import day
from cards.wording import wording
from dialogs import access
from dialogs.access import Right
from dialogs.asked import questions_of
from dialogs.events import Reply
from dialogs.flow import Flow, Step
from dialogs.visit import Visit
from records.conversation import Conversation
from records.drafts import Draft
from records.feedback import NO_ANSWERS, Answers
from records.file import read_answers
from records.partnership import late, the_partnership
from records.register import Deed
from records.stages import Act, Stage

TEXTS: Final = texts(cards.FIELDS)


class OutcomeFlow(Flow):
    """The difference for the child or person, then for the lead worker."""

    name: ClassVar[str] = "outcome"
    title: ClassVar[str] = late(lambda: wording.OUTCOME)
    version: ClassVar[int] = late(lambda: the_partnership().questions.outcome)
    total: ClassVar[int] = 3
    checked: ClassVar[bool] = True
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "child",
            cards.OutcomeChild,
            cards.outcome_child,
            cards.CHILD_FIELDS,
            1,
        ),
        Step(
            "you",
            cards.OutcomeYou,
            cards.outcome_you,
            cards.YOU_FIELDS,
            2,
        ),
    )

    def check(self, on: Page) -> Card:
        """Both answers, then Send."""
        return outcome_check(on)

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """For the lead worker, from the 8-week date on."""
        done = await self.now(visit, conversation)
        return done or self.draft(visit, conversation, {})

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """The receipt; or a kind sentence before its time."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.OUTCOME):
            return access.refuse(visit, "outcome", conversation)
        if it.stage is Stage.COMPLETE:
            return Reply(told.outcome_done(it), wording.OUTCOME_DONE.format(reference=it.reference))
        date = visit.desk.register.timetable.outcome_date(it)
        if it.stage is not Stage.HELD or date is None or visit.now < date:
            when = day(date, visit.desk.zone) if date else ""
            return Reply(sentence(wording.OUTCOME_NOT_YET.format(when=when)), wording.OUTCOME)
        return None

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """The hopes this lead worker may see, beside the questions."""
        it = await visit.conversation(draft.conversation)
        if it is None or not access.may(visit, it, Right.READ_HOPES):
            return {}
        store = visit.desk.register.store
        story = await read_answers(store, it.id, "request", it.requester.id)
        own = access.is_requester(visit, it)
        return told.outcome_facts(it, story or NO_ANSWERS, own=own)

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """Keep both answers; the conversation is complete."""
        texts = {name: str(draft.answers.get(name, "")).strip() for name in TEXTS}
        answers = Answers(
            what="outcome",
            by="lead",
            version=draft.version,
            at=visit.now,
            texts=texts,
            asked=questions_of(self.steps, draft),
            may_quote=draft.answers.get("may_quote") == "yes",
        )
        deed = Deed(Act.OUTCOME, visit.person.key, visit.now, submission)

        def give(now: Conversation) -> Conversation:
            access.still(visit, now, Right.OUTCOME, Act.OUTCOME)
            given = now.give_outcome(visit.now, now.lead)
            return given.with_(practice_team=visit.desk.practice_team)

        it = await visit.desk.register.change(draft.conversation, deed, give, lambda _: (answers,))
        return Reply(told.outcome_done(it), wording.OUTCOME_DONE.format(reference=it.reference))

"""A professional-practice concern: no content, and not even whom it is about, is kept.

The worker chosen on the first card only says whether we know who manages them: it comes with the
tap and goes with the reply. Source: pathway, Agreement (*Facilitator*) and safety rules.
"""

from typing import ClassVar, Final

from cards.changes import concern as cards
from cards.wording import wording
from dialogs.booking.pick_up import choices
from dialogs.flow import engine
from dialogs.flow.drafting import begin_with
from dialogs.flow.flow import Flow, Step
from dialogs.turn.access import Right
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route
from records.changes.ringing import ask_to_ring
from records.conversation.conversation import Conversation
from records.drafts import Draft
from records.people import Part
from records.stages import Act


def manager_of(it: Conversation, worker: str) -> dict[str, str]:
    """The manager we know of: the named one, for others of their agency. Nobody for themselves."""
    person = it.person(worker)
    nobody = {"manager": "", "manager_mail": ""}
    if person is None or person.part is Part.MANAGER:
        return nobody
    same = person.agency.strip().casefold() == it.manager.agency.strip().casefold()
    known = {"manager": it.manager.name, "manager_mail": it.manager.mail}
    return known if same or person.part is Part.REQUESTER else nobody


class ConcernFlow(Flow):
    """Who should ring."""

    name: ClassVar[str] = "concern"
    came_from: ClassVar[str] = "changes.open"
    title = staticmethod(lambda: wording.CONCERN)
    right: ClassVar[Right | None] = Right.CONCERN
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "concern",
            cards.Concern,
            cards.concern,
            cards.FIELDS,
        ),
    )

    async def begin(self, context: Context) -> Draft | Reply:
        """For the facilitator. Never done for good: another concern is another one."""
        return self.draft(context, {})

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """They are asked to ring; the audit trail has the act."""
        wanted = cards.Concern.model_validate(draft.answers)
        it = await context.change(
            Act.CONCERN,
            lambda now: ask_to_ring(now, context.now, wanted.manager, wanted.manager_mail),
            submission=submission,
        )
        return Reply(cards.sent(it.changes.called[-1]), wording.CONCERN)


CONCERN: Final = ConcernFlow()


async def _ask(context: Context, it: Conversation, data: Data) -> Reply:
    """Which worker; nothing is written."""
    return Reply(cards.whose(it, choices(it)), wording.CONCERN)


async def _whom(context: Context, it: Conversation, data: Data) -> Reply:
    """Who should ring, filled in where we know the worker's manager."""
    if it.person(data.text("worker")) is None:
        return Reply(cards.whose(it, choices(it), wording.CHOOSE_ONE), wording.CONCERN)
    await begin_with(context, CONCERN.draft(context, manager_of(it, data.text("worker"))))
    return await engine.open_flow(context, CONCERN, it.id)


ROUTES: Final = (
    Route("concern.ask", Right.CONCERN, _ask),
    Route("concern.whom", Right.CONCERN, _whom),
)

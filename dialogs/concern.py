"""A professional-practice concern: no content, and not even whom it is about, is kept.

The worker chosen on the first card only says whether we know who manages them: it comes with the
tap and goes with the reply. Source: pathway, Agreement (*Facilitator*) and safety rules.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from cards import concern as cards
from cards.wording import wording
from dialogs import access
from dialogs.access import Right
from dialogs.events import Reply
from dialogs.flow import Flow, Step
from dialogs.visit import Visit
from records.concern import ask_to_ring
from records.conversation import Conversation
from records.drafts import Draft
from records.partnership import late
from records.register import Deed
from records.request import Part
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
    title: ClassVar[str] = late(lambda: wording.CONCERN)
    version: ClassVar[int] = 1
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "concern",
            cards.Concern,
            cards.concern,
            cards.FIELDS,
        ),
    )

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """For the facilitator."""
        done = await self.now(visit, conversation)
        return done or self.draft(visit, conversation, {})

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """Never done for good: another concern is another one."""
        it = await visit.conversation(conversation)
        if it is None or not access.may(visit, it, Right.CONCERN):
            return access.refuse(visit, "concern", conversation)
        return None

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """Checks again that it is theirs."""
        await visit.conversation(draft.conversation)
        return {}

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """They are asked to ring; the audit trail has the act."""
        wanted = cards.Concern.model_validate(draft.answers)
        deed = Deed(Act.CONCERN, visit.person.key, visit.now, submission)
        it = await visit.desk.register.change(
            draft.conversation,
            deed,
            lambda now: ask_to_ring(
                access.still(visit, now, Right.CONCERN, Act.CONCERN),
                visit.now,
                wanted.manager,
                wanted.manager_mail,
            ),
        )
        return Reply(cards.sent(it.changes.called[-1]), wording.CONCERN)

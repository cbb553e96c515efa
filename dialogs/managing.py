"""Another manager: the requester names one, or the manager asks a deputy.

Source: pathway, step 2.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from cards import managing as cards
from cards.notes import sentence
from cards.wording import wording
from dialogs import access, home
from dialogs.access import Right
from dialogs.events import Reply
from dialogs.flow import Flow, Step
from dialogs.visit import Visit
from records.conversation import Conversation
from records.drafts import Draft
from records.managing import former_managers, hand_to_deputy, name_manager
from records.partnership import late
from records.register import Deed
from records.stages import Act, WrongStage


class _Naming(Flow):
    """One card with somebody's name and address. `refused` says which addresses will not do."""

    version: ClassVar[int] = 1

    def context(self, visit: Visit) -> dict[str, Any]:
        """Nothing of the actor alone: the draft knows which addresses will not do."""
        return {}

    def known(self, draft: Draft) -> Mapping[str, Any]:
        """The addresses that will not do, each with a kind sentence."""
        return {"refused": draft.answers.get("refused", {})}

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """Who asks, who is asked now, and where it stands."""
        it = await visit.conversation(draft.conversation)
        if it is None:
            return {}
        return {
            "requester": it.requester.name,
            "manager": it.manager.name,
            "reference": it.reference,
            "stage": it.stage.value,
        }


class AnotherManagerFlow(_Naming):
    """The requester names another manager, at any time before it is booked."""

    name: ClassVar[str] = "manager"
    title: ClassVar[str] = late(lambda: wording.ANOTHER_MANAGER)
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "manager",
            cards.AnotherManager,
            cards.another_manager,
            cards.MANAGER_FIELDS,
            alone=True,
        ),
    )

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """For the requester; their own address and the present manager's will not do."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.NAME_MANAGER):
            return access.refuse(visit, "manager", conversation)
        if not access.may(visit, it, Right.NAME_MANAGER):
            return home.where(visit, it)
        own = dict.fromkeys(_lower(await requesters_mails(visit, it)), wording.MANAGER_IS_YOU)
        asked = dict.fromkeys(_lower([it.manager.mail]), wording.MANAGER_ASKED_ALREADY)
        return self.draft(visit, conversation, {"refused": asked | own})

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """Where it is, once it is booked or over."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.NAME_MANAGER):
            return access.refuse(visit, "manager", conversation)
        return None if access.may(visit, it, Right.NAME_MANAGER) else home.where(visit, it)

    async def receipt(self, visit: Visit, conversation: str) -> Reply | None:
        """Who is asked now, for the same tap once more."""
        it = await visit.conversation(conversation)
        if it is None or not access.may(visit, it, Right.NAME_MANAGER):
            return await self.now(visit, conversation)
        former = former_managers(it)
        before = former[-1][0].name if former else wording.MANAGER
        return Reply(cards.named(it, before), wording.STATUS_SUMMARY)

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """The new manager is asked, or those who have to know are told."""
        wanted = cards.AnotherManager.model_validate(draft.answers)

        def change(now: Conversation) -> Conversation:
            access.still(visit, now, Right.NAME_MANAGER, Act.NAME_MANAGER)
            return name_manager(
                now,
                visit.now,
                wanted.manager_name,
                wanted.manager_mail,
                wanted.manager_attending,
            )

        deed = Deed(Act.NAME_MANAGER, visit.person.key, visit.now, submission)
        try:
            await visit.desk.register.change(draft.conversation, deed, change)
        except WrongStage:
            return await home.see(visit, draft.conversation)
        remembered = {"manager_name": wanted.manager_name, "manager_mail": wanted.manager_mail}
        await visit.desk.directory.update(visit.person.model_copy(update=remembered))
        done = await self.receipt(visit, draft.conversation)
        return done or await home.see(visit, draft.conversation)


class DeputyFlow(_Naming):
    """The manager asks a deputy to decide, and is out of it."""

    name: ClassVar[str] = "deputy"
    title: ClassVar[str] = late(lambda: wording.DEPUTY)
    steps: ClassVar[tuple[Step, ...]] = (
        Step("deputy", cards.Deputy, cards.deputy, cards.DEPUTY_FIELDS, alone=True),
    )

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """For the manager, while the request waits for them."""
        done = await self.now(visit, conversation)
        it = await visit.conversation(conversation)
        if done is not None or it is None:
            return done or access.refuse(visit, "deputy", conversation)
        own = dict.fromkeys(_lower((*visit.person.mails, it.manager.mail)), wording.DEPUTY_IS_YOU)
        asks = dict.fromkeys(_lower(await requesters_mails(visit, it)), wording.DEPUTY_IS_REQUESTER)
        return self.draft(visit, conversation, {"refused": own | asks})

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """Where it is, once it is not the manager's to answer any more."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.ANSWER):
            return not_theirs(visit, it, conversation)
        return None if access.may(visit, it, Right.ANSWER) else sentence_where(it)

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """The deputy is asked, the requester told."""
        wanted = cards.Deputy.model_validate(draft.answers)

        def change(now: Conversation) -> Conversation:
            access.still(visit, now, Right.ANSWER, Act.DEPUTY)
            return hand_to_deputy(now, visit.now, wanted.deputy_name, wanted.deputy_mail)

        deed = Deed(Act.DEPUTY, visit.person.key, visit.now, submission)
        try:
            it = await visit.desk.register.change(draft.conversation, deed, change)
        except WrongStage:
            return await self.now(visit, draft.conversation) or access.refuse(
                visit, "deputy", draft.conversation
            )
        return not_theirs(visit, it, draft.conversation)


async def leave(visit: Visit, flow: str, conversation: str) -> Reply | None:
    """Nobody else is named: what was typed is put away. None where the manager sees the request."""
    if flow not in (AnotherManagerFlow.name, DeputyFlow.name):
        return access.refuse(visit, "manager", conversation)
    opened = await visit.desk.drafts.find(visit.person.key, flow, conversation)
    if opened is not None:
        await visit.desk.drafts.discard(opened.draft)
    return await home.see(visit, conversation) if flow == AnotherManagerFlow.name else None


async def requesters_mails(visit: Visit, it: Conversation) -> tuple[str, ...]:
    """Every address by which the platform or the request knows the requester."""
    person = await visit.desk.directory.find(it.requester.key)
    return (it.requester.mail, *(person.mails if person else ()))


def not_theirs(visit: Visit, it: Conversation | None, conversation: str) -> Reply:
    """For whoever was the manager: where it went. Everybody else is refused."""
    former = former_managers(it) if it else ()
    mine = [(before, after) for before, after in former if visit.is_person(before)]
    if it is None or not mine:
        return access.refuse(visit, "manager", conversation)
    before, after = mine[-1]
    if after.named_by == before.id:
        return Reply(cards.handed(it, after), wording.DEPUTY)
    return Reply(cards.not_needed(it), wording.NOT_NEEDED.format(reference=it.reference))


def sentence_where(it: Conversation) -> Reply:
    """Where a request is that the manager has answered, without anything to do."""
    text = f"{it.reference}: {wording.FACILITATOR_STATUS[it.stage]}"
    return Reply(sentence(text), text)


def _lower(mails: Iterable[str]) -> list[str]:
    return [mail.strip().casefold() for mail in mails if mail.strip()]

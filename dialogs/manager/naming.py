"""Another manager: the requester names one, or the manager asks a deputy.

Source: pathway, step 2.
"""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final

from cards.manager import naming as cards
from cards.wording import wording
from dialogs import home
from dialogs.flow.drafting import put_away
from dialogs.flow.flow import Flow, InFlow, Step
from dialogs.manager import agreement
from dialogs.turn.access import NotNow, Right
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply, with_texts
from dialogs.turn.route import refuse
from records import mail_address
from records.conversation.conversation import Conversation
from records.drafts import Draft
from records.manager.naming import former_managers, hand_to_deputy, name_manager
from records.people import Participant
from records.stages import Act


class _Naming(Flow):
    """One card with somebody's name and address. `refused` says which addresses will not do."""

    def checks(self, context: Context, draft: Draft) -> dict[str, Any]:
        """The addresses that will not do, each with a kind sentence."""
        return {"refused": draft.answers.get("refused", {})}

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Who asks, who is asked now, and where it stands."""
        it = context.it
        return {
            "requester": it.requester.name,
            "manager": it.manager.name,
            "reference": it.reference,
            "stage": it.stage.value,
        }

    @abstractmethod
    async def left(self, context: Context, it: Conversation) -> Reply:
        """What stands there again, where nobody is named after all."""


class AnotherManagerFlow(_Naming):
    """The requester names another manager, at any time before it is booked."""

    name: ClassVar[str] = "manager"
    came_from: ClassVar[str] = "request.see"
    title = staticmethod(lambda: wording.ANOTHER_MANAGER)
    right: ClassVar[Right | None] = Right.NAME_MANAGER
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "manager",
            cards.AnotherManager,
            cards.another_manager,
            cards.MANAGER_FIELDS,
            alone=True,
        ),
    )

    async def begin(self, context: Context) -> Draft | Reply:
        """For the requester; their own address and the present manager's will not do."""
        it = context.it
        own = dict.fromkeys(_normal(await requesters_mails(context, it)), wording.MANAGER_IS_YOU)
        theirs = () if await _handed_on(context, it.manager) else (it.manager.mail,)
        asked = dict.fromkeys(_normal(theirs), wording.MANAGER_ASKED_ALREADY)
        return self.draft(context, {"refused": asked | own})

    async def receipt(self, context: Context, key: str) -> Reply | None:
        """Who is asked now, for the same tap once more."""
        return _named(context.it)

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """The new manager is asked, or those who have to know are told."""
        wanted = cards.AnotherManager.model_validate(draft.answers)
        key = await context.services.directory.certain(wanted.manager_mail)

        def change(now: Conversation) -> Conversation:
            return name_manager(
                now,
                context.now,
                wanted.manager_name,
                wanted.manager_mail,
                wanted.manager_attending,
                key,
            )

        it = await context.change(Act.NAME_MANAGER, change, submission=submission)
        remembered = {"manager_name": wanted.manager_name, "manager_mail": wanted.manager_mail}
        await context.services.directory.remember(context.person.key, remembered)
        return _named(it)

    async def left(self, context: Context, it: Conversation) -> Reply:
        """The request, where it is."""
        return await home.where(context, it)


def _named(it: Conversation) -> Reply:
    former = former_managers(it)
    before = former[-1][0].name if former else wording.MANAGER
    return Reply(cards.named(it, before), cards.named_title(it))


class DeputyFlow(_Naming):
    """The manager asks a deputy to decide, and is out of it."""

    name: ClassVar[str] = "deputy"
    came_from: ClassVar[str] = "manager.see"
    title = staticmethod(lambda: wording.DEPUTY)
    right: ClassVar[Right | None] = Right.ANSWER
    whole: ClassVar[bool] = True
    steps: ClassVar[tuple[Step, ...]] = (
        Step("deputy", cards.Deputy, cards.deputy, cards.DEPUTY_FIELDS, alone=True),
    )

    async def begin(self, context: Context) -> Draft | Reply:
        """For the manager, while the request waits for them."""
        it = context.it
        theirs = () if await _handed_on(context, it.manager) else (it.manager.mail,)
        own = dict.fromkeys(_normal((*context.person.mails, *theirs)), wording.DEPUTY_IS_YOU)
        requesters = _normal(await requesters_mails(context, it))
        asks = dict.fromkeys(requesters, wording.DEPUTY_IS_REQUESTER)
        return self.draft(context, {"refused": own | asks})

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """The deputy is asked, the requester told; the manager hears that it is not theirs now."""
        wanted = cards.Deputy.model_validate(draft.answers)
        name, mail = wanted.deputy_name, wanted.deputy_mail
        key = await context.services.directory.certain(mail)
        it = await context.change(
            Act.DEPUTY,
            lambda now: hand_to_deputy(now, context.now, name, mail, key),
            submission=submission,
        )
        handed = agreement.former_manager(context, it)
        if handed is None:
            raise NotNow(it, Right.ANSWER)
        return handed

    async def left(self, context: Context, it: Conversation) -> Reply:
        """The request, as the manager first got it."""
        return await agreement.see(context, it)


async def _leave(context: Context, flow: Flow, data: Data) -> Reply:
    """Nobody else is named: what was typed is put away."""
    if not isinstance(flow, _Naming):
        return refuse(context, "naming", data.conversation)
    new = await put_away(context, flow, context.it.id)
    return with_texts(await flow.left(context, context.it), new, wording.NOT_KEPT)


async def _handed_on(context: Context, one: Participant) -> bool:
    """Whether the address they were named by is somebody else's by now, for certain."""
    holder = await context.services.directory.find_by_mail(one.mail, one.tenant)
    return bool(one.key) and holder is not None and not one.is_person(holder)


async def requesters_mails(context: Context, it: Conversation) -> tuple[str, ...]:
    """Every address by which the platform or the request knows the requester."""
    person = await context.services.directory.find(it.requester.key)
    return (it.requester.mail, *(person.mails if person else ()))


def _normal(mails: Iterable[str]) -> list[str]:
    return [found for mail in mails if (found := mail_address.normal(mail))]


ROUTES: Final = (InFlow("managing.leave", _leave),)

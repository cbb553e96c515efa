"""Who tells the family: settled once, by the lead worker (pathway, "Who tells the family")."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from cards import telling as cards
from cards.wording import wording
from dialogs import access, booking
from dialogs.access import Right
from dialogs.asked import questions_of
from dialogs.echo import with_texts
from dialogs.events import Reply
from dialogs.flow import Flow, Step
from dialogs.ready import WHAT, reason, shown
from dialogs.visit import Visit
from records.conversation import Conversation
from records.drafts import Draft
from records.feedback import Answers
from records.partnership import late
from records.preparing import settle_telling
from records.readiness import Telling, Told
from records.register import Deed
from records.stages import Act, WrongStage


async def see(visit: Visit, conversation: str) -> Reply:
    """The question with its three answers, and how it is settled so far."""
    file = await visit.file(conversation)
    if file is None or not access.is_theirs(visit, file.conversation, Right.TELLING):
        return access.refuse(visit, WHAT, conversation)
    it = file.conversation
    if not access.may(visit, it, Right.TELLING):
        return shown(visit, it)
    return Reply(cards.telling(it, visit.desk.zone, reason(file)), wording.TELLING_TITLE)


async def told(visit: Visit, conversation: str) -> Reply:
    """They have been told: one tap."""
    it = await visit.conversation(conversation)
    if it is None or not access.is_theirs(visit, it, Right.TELLING):
        return access.refuse(visit, WHAT, conversation)
    if it.telling is not None and it.telling.how is Told.TOLD:
        return shown(visit, it)
    try:
        it = await change(visit, conversation, Telling(how=Told.TOLD, at=visit.now, by=""), "")
    except WrongStage:
        it = await visit.conversation(conversation) or it
    return shown(visit, it)


async def change(
    visit: Visit,
    conversation: str,
    telling: Telling,
    submission: str,
    text: str = "",
    asked: str = "",
) -> Conversation:
    """Settle it, as the lead worker on the record as it is now. `text` is why they are not told,
    `asked` the question it answers. Raises WrongStage."""

    def settle(now: Conversation) -> Conversation:
        access.still(visit, now, Right.TELLING, Act.TELLING)
        return settle_telling(now, visit.now, telling.model_copy(update={"by": now.lead}))

    kept: Sequence[Answers] = ()
    if text:
        why = Answers(what=WHAT, by="because", version=1, at=visit.now, texts={"text": text})
        kept = (why.model_copy(update={"asked": {"text": asked}}) if asked else why,)
    deed = Deed(Act.TELLING, visit.person.key, visit.now, submission)
    return await visit.desk.register.change(conversation, deed, settle, lambda _: kept)


class _Telling(Flow):
    """One card that settles it. Once it is settled this way, the card says so."""

    version: ClassVar[int] = 1
    title: ClassVar[str] = late(lambda: wording.TELLING_TITLE)
    how: ClassVar[Told]

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """For the lead worker, while a date is booked."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.TELLING):
            return access.refuse(visit, WHAT, conversation)
        if not access.may(visit, it, Right.TELLING):
            return shown(visit, it)
        return self.draft(visit, conversation, await self.before(visit, it))

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """Where things are, once it is settled this way."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.TELLING):
            return access.refuse(visit, WHAT, conversation)
        done = it.telling is not None and it.telling.how is self.how
        return shown(visit, it) if done or not access.may(visit, it, Right.TELLING) else None

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """Settle it; the others see that it is settled, or not to raise it."""
        telling, text = self.said(visit, draft)
        try:
            asked = questions_of(self.steps, draft).get("because", "")
            it = await change(visit, draft.conversation, telling, submission, text, asked)
        except WrongStage:
            found = await visit.conversation(draft.conversation)
            if found is None:
                raise
            return with_texts(shown(visit, found), [text] if text else [])
        return shown(visit, it)

    @abstractmethod
    async def before(self, visit: Visit, it: Conversation) -> Mapping[str, Any]:
        """What was settled before, to be changed."""

    @abstractmethod
    def said(self, visit: Visit, draft: Draft) -> tuple[Telling, str]:
        """What is settled now, and the reason where one is given."""


class WillBeTold(_Telling):
    """They will be told by … on …"""

    name: ClassVar[str] = "will-be-told"
    how: ClassVar[Told] = Told.WILL_BE
    steps: ClassVar[tuple[Step, ...]] = (
        Step("will-be-told", cards.WillBeTold, cards.will_be_told, cards.TOLD_FIELDS),
    )

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """Whom to choose from."""
        it = await visit.conversation(draft.conversation)
        return {"people": booking.choices(it)} if it else {}

    def context(self, visit: Visit) -> dict[str, Any]:
        """The day the date is checked against."""
        office = visit.desk.register.timetable.office
        return {**super().context(visit), "today": office.local(visit.now).date()}

    async def before(self, visit: Visit, it: Conversation) -> Mapping[str, Any]:
        """Who and when; the lead worker themselves at first."""
        telling = it.telling
        on = telling.on.isoformat() if telling and telling.on else ""
        return {"teller": telling.teller if telling and telling.teller else it.lead, "on": on}

    def said(self, visit: Visit, draft: Draft) -> tuple[Telling, str]:
        """Who tells them, and on which day."""
        said = cards.WillBeTold.model_validate(draft.answers, context=self.context(visit))
        telling = Telling(how=self.how, at=visit.now, by="", teller=said.teller, on=said.on)
        return telling, ""


class NotSafe(_Telling):
    """Not safe or not right to tell, because…"""

    name: ClassVar[str] = "not-safe"
    how: ClassVar[Told] = Told.NOT_SAFE
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "because",
            cards.NotSafe,
            cards.not_safe,
            cards.NOT_SAFE_FIELDS,
        ),
    )

    async def before(self, visit: Visit, it: Conversation) -> Mapping[str, Any]:
        """The reason given before."""
        file = await visit.file(it.id)
        kept = file.answers_of(WHAT, "because") if file else None
        return {"because": kept.texts.get("text", "") if kept else ""}

    def said(self, visit: Visit, draft: Draft) -> tuple[Telling, str]:
        """Only that it is not safe; the reason goes among the answers."""
        text = str(draft.answers.get("because", "")).strip()
        return Telling(how=self.how, at=visit.now, by=""), text

"""Who tells the family: settled once, by the lead worker (pathway, "Who tells the family")."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cards.kit.elements import act
from cards.preparation import family
from cards.preparation import telling as cards
from cards.request.check import whole
from cards.wording import wording
from dialogs.booking.pick_up import choices
from dialogs.flow.answering import questions_of
from dialogs.flow.flow import Flow, Step
from dialogs.preparation.card import REASONS, WHAT, as_it_is, card_of, said, why
from dialogs.turn.access import Right
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.readiness import Telling, Told, Wishes
from records.conversation.request import About
from records.drafts import Draft
from records.preparation.preparing import say_wishes, settle_telling
from records.stages import Act


async def _see(context: Context, it: Conversation, data: Data) -> Reply:
    """The question to the lead worker; the ticks of the card it was opened from are kept, and what
    was half written on it.

    It has its four answers, and how it is settled so far.
    """
    if context.may(Right.PREPARE):
        it = await said(context, data, Act.PREPARE, as_it_is)
    return await _shown(context, it)


async def _shown(context: Context, it: Conversation) -> Reply:
    card = cards.telling(it, context.services.zone, await why(context, it))
    return Reply(card, family.whom(it, "telling_title", wording.TELLING_TITLE))


async def _told(context: Context, it: Conversation, data: Data) -> Reply:
    """They have been told: one tap."""
    if it.telling is None or it.telling.how is not Told.TOLD:
        it = await _settled(context, Telling(how=Told.TOLD, at=context.now, by=""))
    return card_of(context, it)


async def _settled(
    context: Context, telling: Telling, submission: str = "", because: Answers | None = None
) -> Conversation:
    """Settle it, as the lead worker on the record as it is now. `because` is the reason. Raises
    NotNow."""

    def settle(now: Conversation) -> Conversation:
        return settle_telling(now, context.now, telling.model_copy(update={"by": now.lead}))

    kept = (because,) if because is not None else ()
    return await context.change(
        Act.TELLING, settle, submission=submission, answers=(lambda _: kept) if kept else None
    )


async def _because(context: Context, it: Conversation, data: Data) -> Reply:
    """The reason whole, for the lead worker and the facilitator alone."""
    carried = {"conversation": it.id}
    back = act(wording.PREPARE_BACK, "prepare.see", carried)
    if context.may(Right.SEE_READY):
        back = act(wording.FAR_OPEN, "prepare.people", carried)
    given = await why(context, it)
    card = whole(
        given.question("text", cards.asks_why(it.telling.how if it.telling else Told.NOT_SAFE)),
        given.text("text"),
        data.number("start"),
        back,
        lambda at: act(wording.SHOW_MORE, "prepare.because", {**carried, "start": at}),
    )
    return Reply(card, family.whom(it, "telling_title", wording.TELLING_TITLE))


class _Telling(Flow):
    """One card that settles it. Once it is settled this way, the card says so."""

    title = staticmethod(lambda: wording.TELLING_TITLE)
    right: ClassVar[Right | None] = Right.TELLING
    how: ClassVar[Told]

    async def begin(self, context: Context) -> Draft | Reply:
        """For the lead worker, from the booking to the end."""
        return self.draft(context, await self.before(context))

    async def done(self, context: Context, key: str) -> Reply | None:
        """Where things are, once it is settled this way."""
        telling = context.it.telling
        settled = telling is not None and telling.how is self.how
        return card_of(context, context.it) if settled else None

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """Settle it; the others see what they are to keep to."""
        telling, because = self.said(context, draft)
        return card_of(context, await _settled(context, telling, submission, because))

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Whom it is about, and where the way back leads."""
        return cards.facts_of(context.it)

    @abstractmethod
    async def before(self, context: Context) -> Mapping[str, Any]:
        """What was settled before, to be changed."""

    @abstractmethod
    def said(self, context: Context, draft: Draft) -> tuple[Telling, Answers | None]:
        """What is settled now, and the reason where one is asked."""


class WillBeToldFlow(_Telling):
    """They will be told by … on …"""

    name: ClassVar[str] = "will-be-told"
    came_from: ClassVar[str] = "prepare.telling"
    how: ClassVar[Told] = Told.WILL_BE
    steps: ClassVar[tuple[Step, ...]] = (
        Step("will-be-told", cards.WillBeTold, cards.will_be_told, cards.TOLD_FIELDS),
    )

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Whom to choose from."""
        return {**await super().facts(context, draft), "people": choices(context.it)}

    async def before(self, context: Context) -> Mapping[str, Any]:
        """Who and when; the lead worker themselves at first."""
        telling = context.it.telling
        on = telling.on.isoformat() if telling and telling.on else ""
        return {
            "teller": telling.teller if telling and telling.teller else context.it.lead,
            "on": on,
        }

    def said(self, context: Context, draft: Draft) -> tuple[Telling, Answers | None]:
        """Who tells them, and on which day."""
        said = cards.WillBeTold.model_validate(draft.answers, context=self.checks(context, draft))
        telling = Telling(how=self.how, at=context.now, by="", teller=said.teller, on=said.on)
        return telling, None


class _Because(_Telling):
    """Settled with a reason, which may be left out. Each way has its own, so that the reason of one
    is never read as that of the other."""

    whole: ClassVar[bool] = True

    async def before(self, context: Context) -> Mapping[str, Any]:
        """The reason given before, for as long as it may be read."""
        if not context.may(Right.READ_TELLING):
            return {"because": ""}
        kept = await context.answers(context.it, WHAT, REASONS[self.how])
        return {"because": kept.texts.get("text", "") if kept else ""}

    def said(self, context: Context, draft: Draft) -> tuple[Telling, Answers | None]:
        """Only which way it is; the reason goes among the answers, empty where it is taken back."""
        text = str(draft.answers.get("because", "")).strip()
        asked = questions_of(self.steps, draft).get("because", "") if text else ""
        because = Answers(
            what=WHAT,
            by=REASONS[self.how],
            version=1,
            at=context.now,
            texts={"text": text},
            asked={"text": asked} if asked else {},
        )
        return Telling(how=self.how, at=context.now, by=""), because


class NotSafeFlow(_Because):
    """Not safe or not right to tell."""

    name: ClassVar[str] = "not-safe"
    came_from: ClassVar[str] = "prepare.telling"
    how: ClassVar[Told] = Told.NOT_SAFE
    steps: ClassVar[tuple[Step, ...]] = (
        Step("because", cards.Because, cards.not_safe, cards.NOT_SAFE_FIELDS),
    )


class SomeMayKnowFlow(_Because):
    """Some may know, others must not."""

    name: ClassVar[str] = "some-may-know"
    came_from: ClassVar[str] = "prepare.telling"
    how: ClassVar[Told] = Told.SOME
    steps: ClassVar[tuple[Step, ...]] = (
        Step("because", cards.Because, cards.some_may_know, cards.SOME_FIELDS),
    )


class WishesFlow(Flow):
    """What an adult wants: whether they agree, and who speaks for them. The lead worker's alone to
    say, and never asked for."""

    name: ClassVar[str] = "wishes"
    title = staticmethod(lambda: wording.WISHES_TITLE)
    right: ClassVar[Right | None] = Right.TELLING
    back_to: ClassVar[str] = "prepare.telling"
    steps: ClassVar[tuple[Step, ...]] = (
        Step("wishes", cards.WishesAnswer, cards.wishes, cards.WISHES_FIELDS),
    )

    async def closed(self, context: Context, draft: Draft | None) -> Reply | None:
        """About a child nothing of the kind is asked: who tells the family is."""
        if context.it.request.about is About.ADULT:
            return None
        return await _shown(context, context.it)

    async def begin(self, context: Context) -> Draft | Reply:
        """With what was said before."""
        have = context.it.wishes or Wishes()
        return self.draft(context, have.model_dump())

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """Keep it, and go on with who tells them."""
        said = Wishes(**cards.WishesAnswer.model_validate(draft.answers).model_dump())
        it = await context.change(
            Act.TELLING, lambda now: say_wishes(now, context.now, said), submission=submission
        )
        return await _shown(context, it)


async def _say(context: Context, it: Conversation, data: Data) -> Reply:
    """Words for the family; not while it is not safe or not right to tell them."""
    if it.telling is not None and it.telling.how is Told.NOT_SAFE:
        return await _see(context, it, data)
    return Reply(cards.what_to_say(it), wording.SAY_OPEN)


ROUTES: Final = (
    Route("prepare.say", Right.TELLING, _say, whole=True),
    Route("prepare.telling", Right.TELLING, _see, whole=True),
    Route("prepare.told", Right.TELLING, _told),
    Route("prepare.because", Right.READ_TELLING, _because, whole=True),
)

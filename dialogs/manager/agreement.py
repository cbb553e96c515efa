"""The manager's agreement: agree, talk first, or not this route. Source: pathway, step 2.

Only the named manager can answer, checked on every tap; a requester never answers for themselves.
"""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cards import home as home_cards
from cards.changes import amending
from cards.kit.elements import act
from cards.kit.notes import sentence
from cards.kit.page import LEFT
from cards.manager import agreement as cards
from cards.manager import another_way, naming
from cards.wording import wording
from dialogs import home
from dialogs.flow.answering import questions_of
from dialogs.flow.drafting import find, let_go
from dialogs.flow.flow import Flow, Step
from dialogs.turn.access import Right
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route, Where
from records.changes.restricting import with_gatekeepers
from records.conversation.conversation import Conversation
from records.conversation.feedback import NO_ANSWERS, Answers
from records.conversation.snapshot import Snapshot
from records.drafts import Draft
from records.manager.naming import former_managers
from records.stages import Act, Stage


async def where(context: Context, it: Conversation) -> Reply:
    """Where things are, for the manager."""
    if it.talking:
        return Reply(cards.talked(it), cards.talked_title(it))
    if it.stage is Stage.NOT_THIS_ROUTE:
        return Reply(cards.routed(it), cards.routed_title(it))
    if it.stage is Stage.WITHDRAWN:
        text = wording.WITHDRAWN_NOTICE.format(name=it.requester.name, reference=it.reference)
        return Reply(sentence(text), text)
    return Reply(cards.agreed(it), cards.agreed_title(it))


async def _see(context: Context, it: Conversation, data: Data) -> Reply:
    """The request; the card of words that it was opened from is put away where it holds none, so
    that what is typed next is not taken for them."""
    flow = WORDS.get(data.text(LEFT))
    opened = await find(context, flow, it.id) if flow is not None else None
    if flow is not None and opened is not None and not _holds(opened.draft):
        await let_go(context, flow, opened)
    return await see(context, it)


async def _danger(context: Context, it: Conversation, data: Data) -> Reply:
    """What to do when someone is in danger, with the way back to what is asked."""
    back = act(wording.SEE_AGAIN, "manager.see", {"conversation": it.id})
    return Reply(home_cards.urgent(back=back), wording.URGENT_SUMMARY)


def _holds(draft: Draft) -> bool:
    """Whether anything was written or chosen in it."""
    return bool(draft.kept) or any(draft.answers.values())


async def see(context: Context, it: Conversation, *, again: bool = False) -> Reply:
    """The request once more, as the manager first got it."""
    story = await context.read(it, "request", it.requester.id) or NO_ANSWERS
    if not context.may(Right.ANSWER):
        title = wording.AMEND_KICKER_MANAGER.format(reference=it.reference)
        return Reply(amending.request_now(it, story), title)
    card = amending.look_again(it, story) if again else cards.manager_card(it, story)
    return Reply(card, wording.MANAGER_KICKER.format(reference=it.reference))


async def _agree(context: Context, it: Conversation, data: Data) -> Reply:
    """The manager agrees; the facilitation team hears of it.

    To a request that changed since it was opened nobody agrees unseen: it is shown once more.
    """
    if data.number("seen") != len(it.amended):
        return await see(context, it, again=True)
    services = context.services
    tell, lead = await services.facilitators.members(), services.team_lead
    keepers = await context.gatekeepers() if it.changes.restricted is not None else ()
    it = await context.change(
        Act.AGREE, lambda now: with_gatekeepers(now, keepers).agree(context.now, tell, lead)
    )
    return await where(context, it)


def former_manager(context: Context, it: Conversation) -> Reply | None:
    """For whoever was the manager: where the request went. None for everybody else."""
    mine = [one for one in former_managers(it) if context.is_person(one[0])]
    if not mine:
        return None
    before, after = mine[-1]
    if it.decided_at and after.joined and after.joined >= it.decided_at:
        card = naming.manager_now(it)
        return Reply(card, wording.MANAGER_NOW.format(name=it.manager.name, reference=it.reference))
    if after.named_by == before.id:
        return Reply(naming.handed(it, after), wording.DEPUTY)
    return Reply(naming.not_needed(it), wording.NOT_NEEDED.format(reference=it.reference))


class _ManagersWords(Flow):
    """One card of the manager's own words to the requester."""

    right: ClassVar[Right | None] = Right.ANSWER
    what: ClassVar[str]
    act: ClassVar[Act]

    async def begin(self, context: Context) -> Draft | Reply:
        """For the named manager, while the request waits for them."""
        return self.draft(context, {})

    async def done(self, context: Context, key: str) -> Reply | None:
        """Where things are, once the words were sent."""
        return await where(context, context.it) if context.it.talking else None

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Whom the words go to, and about which conversation."""
        return {"requester": context.it.requester.name, "reference": context.it.reference}

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """Keep the words and let them go to the requester."""
        text, *short = (str(draft.answers.get(one, "")).strip() for one in self.steps[0].fields)
        texts = {"text": text, **({"short": short[0]} if any(short) else {})}
        asked = questions_of(self.steps, draft, {"because": "text"})

        def words(file: Snapshot) -> tuple[Answers, ...]:
            number = len(file.conversation.talks) + 1
            return (
                Answers(
                    what=self.what,
                    by=str(number),
                    version=self.version(),
                    at=context.now,
                    texts=texts,
                    asked=asked,
                ),
            )

        it = await context.change(
            self.act,
            lambda now: self.after(context, now),
            submission=submission,
            answers=words,
        )
        return await where(context, it)

    @abstractmethod
    def after(self, context: Context, it: Conversation) -> Conversation:
        """The conversation after these words."""


class TalkFirstFlow(_ManagersWords):
    """A message goes back and the request stays open."""

    name: ClassVar[str] = "talk-first"
    came_from: ClassVar[str] = "manager.see"
    title = staticmethod(lambda: wording.TALK_TITLE)
    what: ClassVar[str] = "talk-first"
    act: ClassVar[Act] = Act.TALK_FIRST
    steps: ClassVar[tuple[Step, ...]] = (
        Step("message", cards.TalkFirst, cards.talk_first, cards.TALK_FIELDS),
    )

    def after(self, context: Context, it: Conversation) -> Conversation:
        """Open still, with one more talk to have."""
        return it.talk_first(context.now)


class NotThisRouteFlow(_ManagersWords):
    """Not this route, because…"""

    name: ClassVar[str] = "not-this-route"
    came_from: ClassVar[str] = "manager.see"
    title = staticmethod(lambda: wording.ROUTE_TITLE)
    version = staticmethod(lambda: 2)
    what: ClassVar[str] = "not-this-route"
    act: ClassVar[Act] = Act.DECLINE
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "because",
            cards.NotThisRoute,
            cards.not_this_route,
            cards.ROUTE_FIELDS,
        ),
    )

    def after(self, context: Context, it: Conversation) -> Conversation:
        """Closed; the requester can ask again."""
        return it.decline(context.now)


async def _ask_again(context: Context, it: Conversation, data: Data) -> Reply:
    """Requester and manager have talked; the manager is asked once more."""
    it = await context.change(
        Act.ASK_AGAIN, lambda now: now.ask_again(context.now) if now.talking else now
    )
    text = wording.ASKED_AGAIN.format(name=it.manager.name, reference=it.reference)
    return Reply(sentence(text), text)


async def _words(context: Context, it: Conversation, data: Data) -> Reply:
    """What the manager wrote last, for the requester: before a talk, or why not this route."""
    declined = it.stage is Stage.NOT_THIS_ROUTE
    what, by = ("not-this-route", len(it.talks) + 1) if declined else ("talk-first", len(it.talks))
    found = await context.read(it, what, str(by))
    if found is None:
        return await home.where(context, it)
    draw = another_way.route_came if declined else cards.talk_came
    came = wording.REQUEST_ROUTE if declined else wording.TALK_CAME
    title = came.format(name=it.manager.name, reference=it.reference)
    return Reply(draw(it, found.text("text")), title)


WORDS: Final[Mapping[str, Flow]] = {one.name: one() for one in (TalkFirstFlow, NotThisRouteFlow)}
"""The cards of words, by their names."""
ROUTES: Final = (
    Route("manager.see", Right.SEE_ASKED, _see, whole=True),
    Route("manager.danger", Right.SEE_ASKED, _danger),
    Route("manager.agree", Right.ANSWER, _agree),
    Route("request.words", Right.SEE_WHERE, _words, whole=True),
    Route("request.again", Right.ASK_AGAIN, _ask_again),
)
WHERE: Final[Mapping[Right, Where]] = {
    Right.ANSWER: where,
    Right.SEE_ASKED: where,
    Right.READ_STORY: where,
}

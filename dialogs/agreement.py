"""The manager's agreement: agree, talk first, or not this route. Source: pathway, step 2.

Only the named manager can answer, checked on every tap; a requester never answers for themselves.
"""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from cards import agreement as cards
from cards import amending
from cards.notes import sentence
from cards.wording import wording
from dialogs import access, home
from dialogs.access import Right
from dialogs.asked import questions_of
from dialogs.echo import with_texts
from dialogs.events import Reply
from dialogs.flow import Flow, Step
from dialogs.managing import not_theirs
from dialogs.visit import Visit
from records.conversation import Conversation
from records.drafts import Draft
from records.feedback import NO_ANSWERS, Answers
from records.file import File
from records.partnership import late
from records.register import Deed
from records.stages import Act, Stage, WrongStage


def where(visit: Visit, it: Conversation) -> Reply:
    """Where things are, for the manager, and for one who is not the manager any more."""
    if not access.is_theirs(visit, it, Right.ANSWER):
        return not_theirs(visit, it, it.id)
    if it.talking:
        return Reply(cards.talked(it), wording.STATUS_SUMMARY)
    if it.stage is Stage.NOT_THIS_ROUTE:
        return Reply(cards.routed(it), wording.STATUS_SUMMARY)
    if it.stage is Stage.WITHDRAWN:
        text = wording.WITHDRAWN_NOTICE.format(name=it.requester.name, reference=it.reference)
        return Reply(sentence(text), wording.STATUS_SUMMARY)
    return Reply(cards.agreed(it), wording.STATUS_SUMMARY)


async def see(visit: Visit, conversation: str, *, again: bool = False) -> Reply:
    """The request once more, as the manager first got it."""
    file = await visit.file(conversation)
    if file is None or not access.is_theirs(visit, file.conversation, Right.ANSWER):
        return not_theirs(visit, file.conversation if file else None, conversation)
    it = file.conversation
    if not access.may(visit, it, Right.READ_STORY) or it.stage is Stage.WITHDRAWN:
        return where(visit, it)
    story = file.answers_of("request", it.requester.id) or NO_ANSWERS
    if not access.may(visit, it, Right.ANSWER):
        title = wording.AMEND_KICKER_MANAGER.format(reference=it.reference)
        return Reply(amending.request_now(it, story), title)
    card = amending.look_again(it, story) if again else cards.manager_card(it, story)
    return Reply(card, wording.MANAGER_KICKER.format(reference=it.reference))


async def agree(visit: Visit, conversation: str, seen: int) -> Reply:
    """The manager agrees; the facilitation team hears of it.

    To a request that changed since it was opened nobody agrees unseen: it is shown once more.
    """
    it = await visit.conversation(conversation)
    if it is None or not access.is_theirs(visit, it, Right.ANSWER):
        return not_theirs(visit, it, conversation)
    if access.may(visit, it, Right.ANSWER) and seen != len(it.amended):
        return await see(visit, conversation, again=True)
    tell, lead = await visit.desk.facilitators.members(), visit.desk.team_lead
    deed = Deed(Act.AGREE, visit.person.key, visit.now)
    try:
        it = await visit.desk.register.change(
            conversation,
            deed,
            lambda now: _by(visit, now, Act.AGREE).agree(visit.now, tell, lead),
        )
    except WrongStage:
        it = await visit.conversation(conversation) or it
    return where(visit, it)


def _by(visit: Visit, it: Conversation, act: Act) -> Conversation:
    return access.still(visit, it, Right.ANSWER, act)


class _ManagersWords(Flow):
    """One card of the manager's own words to the requester."""

    what: ClassVar[str]
    act: ClassVar[Act]

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """For the named manager, while the request waits for them."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.ANSWER):
            return not_theirs(visit, it, conversation)
        if not access.may(visit, it, Right.ANSWER):
            return where(visit, it)
        return self.draft(visit, conversation, {})

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """Where things are, once the words were sent."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.ANSWER):
            return not_theirs(visit, it, conversation)
        return where(visit, it) if it.stage is not Stage.REQUESTED or it.talking else None

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """Whom the words go to, and about which conversation."""
        it = await visit.conversation(draft.conversation)
        return {"requester": it.requester.name, "reference": it.reference} if it else {}

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """Keep the words and let them go to the requester."""
        text, *short = (str(draft.answers.get(one, "")).strip() for one in self.steps[0].fields)
        texts = {"text": text, **({"short": short[0]} if any(short) else {})}
        asked = questions_of(self.steps, draft, {"because": "text"})
        deed = Deed(self.act, visit.person.key, visit.now, submission)

        def words(file: File) -> tuple[Answers, ...]:
            number = len(file.conversation.talks) + 1
            return (
                Answers(
                    what=self.what,
                    by=str(number),
                    version=self.version,
                    at=visit.now,
                    texts=texts,
                    asked=asked,
                ),
            )

        try:
            it = await visit.desk.register.change(
                draft.conversation,
                deed,
                lambda now: self.done(visit, _by(visit, now, self.act)),
                words,
            )
        except WrongStage:
            found = await visit.conversation(draft.conversation)
            if found is None:
                raise
            return with_texts(where(visit, found), [text])
        return where(visit, it)

    @abstractmethod
    def done(self, visit: Visit, it: Conversation) -> Conversation:
        """The conversation after these words."""


class TalkFirst(_ManagersWords):
    """A message goes back and the request stays open."""

    name: ClassVar[str] = "talk-first"
    title: ClassVar[str] = late(lambda: wording.TALK_TITLE)
    version: ClassVar[int] = 1
    what: ClassVar[str] = "talk-first"
    act: ClassVar[Act] = Act.TALK_FIRST
    steps: ClassVar[tuple[Step, ...]] = (
        Step("message", cards.TalkFirst, cards.talk_first, cards.TALK_FIELDS),
    )

    def done(self, visit: Visit, it: Conversation) -> Conversation:
        """Open still, with one more talk to have."""
        return it.talk_first(visit.now)


class NotThisRoute(_ManagersWords):
    """Not this route, because…"""

    name: ClassVar[str] = "not-this-route"
    title: ClassVar[str] = late(lambda: wording.ROUTE_TITLE)
    version: ClassVar[int] = 2
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

    def done(self, visit: Visit, it: Conversation) -> Conversation:
        """Closed; the requester can ask again."""
        return it.decline(visit.now)


async def ask_again(visit: Visit, conversation: str) -> Reply:
    """Requester and manager have talked; the manager is asked once more."""
    it = await visit.conversation(conversation)
    if it is None or not access.is_theirs(visit, it, Right.ASK_AGAIN):
        return access.refuse(visit, "requester", conversation)

    def again(now: Conversation) -> Conversation:
        access.still(visit, now, Right.ASK_AGAIN, Act.ASK_AGAIN)
        return now.ask_again(visit.now) if now.talking else now

    deed = Deed(Act.ASK_AGAIN, visit.person.key, visit.now)
    try:
        it = await visit.desk.register.change(conversation, deed, again)
    except WrongStage:
        it = await visit.conversation(conversation) or it
        return home.where(visit, it)
    text = wording.ASKED_AGAIN.format(name=it.manager.name)
    return Reply(sentence(text), wording.STATUS_SUMMARY)

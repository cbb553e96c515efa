"""The requester's answers, long as there are three ways: changed before a date is booked, on the
same cards, filled in; read at any stage; and, where no conversation came of them, changed and sent
again.

The old words are kept beside the new ones. The question about immediate risk is asked again only
where the change was begun more than a day before it is saved, as for a request.
"""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cards.changes import amending as cards
from cards.kit.answers import mail_as_kept
from cards.kit.elements import Card, act
from cards.kit.named_already import twice_in
from cards.kit.notes import sentence
from cards.kit.page import Page, ids
from cards.kit.people import NURSE_FIELDS
from cards.kit.who import ring_facilitator, to_ring
from cards.manager.another_way import own_answers
from cards.request import request as request_cards
from cards.wording import wording
from dialogs import home
from dialogs.flow import engine
from dialogs.flow.answering import questions_of
from dialogs.flow.colleagues import with_known
from dialogs.flow.drafting import begin_with, put_away
from dialogs.flow.flow import CHECK, Step
from dialogs.flow.people_listed import OTHER_KEYS, listed
from dialogs.request.request import REQUEST, STORY, RequestFlow, involved, named_with, request_of
from dialogs.turn.access import Right
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply, with_texts
from dialogs.turn.route import Route
from records.changes.amending import RequestFacts, amend
from records.conversation.conversation import Conversation
from records.conversation.feedback import BEFORE, NO_ANSWERS, Answers
from records.conversation.snapshot import Snapshot
from records.drafts import Draft
from records.people import Part, Participant
from records.stages import Act

PEOPLE: Final = (*ids(NURSE_FIELDS), "others")
YOU: Final = ids(request_cards.YOU_FIELDS)


class AmendFlow(RequestFlow):
    """*Change my answers*: opens at the check, with what is kept; `was` is what that was."""

    name: ClassVar[str] = "amend"
    came_from: ClassVar[str] = "request.see"
    right: ClassVar[Right | None] = Right.AMEND
    whole: ClassVar[bool] = True
    title = staticmethod(lambda: wording.AMEND)
    total: ClassVar[int] = 1

    def check(self, on: Page) -> Card:
        """The whole request, then Save."""
        return cards.check(on)

    async def begin(self, context: Context) -> Draft | Reply:
        """For the requester, until it is booked."""
        it = context.it
        story = await context.answers(it, "request", it.requester.id)
        was = answered(it, story)
        draft = self.draft(context, {**was, "risk": "no", "was": was}, story)
        return draft.model_copy(update={"step": CHECK})

    async def done(self, context: Context, key: str) -> Reply | None:
        """Never done for good: until it is booked it can be changed again."""
        return None

    async def receipt(self, context: Context, key: str) -> Reply | None:
        """The receipt of the last change, for a second tap on Save."""
        return _done(context.it) if context.it.amended else None

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """The reference, and which answers are not as they were."""
        return {"reference": context.it.reference, "changed": changed(draft)}

    def checks(self, context: Context, draft: Draft) -> dict[str, Any]:
        """Who was named twice before this was asked may stay."""
        found, was = super().checks(context, draft), draft.answers.get("was", {})
        people = (*found["asking"], *named_with(was))
        return {**found, "twice": twice_in(people)}

    def unsent(self, context: Context, draft: Draft) -> tuple[str, ...]:
        """The words and names that are not what they were; the rest is kept."""
        was, now = draft.answers["was"], draft.answers
        short = [name for step in self.steps for name in step.short]
        named = [str(now[one]) for one in short if now.get(one) and now[one] != was.get(one)]
        people = [one for one in listed(now) if one not in listed(was)]
        return (*new_words(draft).values(), *named, *people)

    def looked_at(self, draft: Draft, step: Step) -> tuple[str, ...]:
        """What is new: about the rest its writer was asked before it was sent."""
        return tuple(one for one in step.typed if one in new_words(draft))

    def too_late(self, it: Conversation) -> Reply | None:
        """It is booked, or over: somebody has to be rung."""
        name = ring_facilitator(it) if it.facilitator else to_ring(it.manager)
        return Reply(sentence(wording.AMEND_TOO_LATE.format(name=name)), wording.AMEND)

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """Keep what was changed, and the words that were there before."""
        before, after = request_facts(draft.answers["was"]), request_facts(draft.answers)
        texts, asked = new_words(draft), questions_of(self.steps, draft)

        keepers = await context.gatekeepers() if after.few else ()

        def change(now: Conversation) -> Conversation:
            about = (now, context.now, before, after)
            return amend(*about, story=bool(texts), gatekeepers=keepers)

        def words(file: Snapshot) -> tuple[Answers, ...]:
            old = file.answers_of("request", file.conversation.requester.id)
            if old is None or not texts:
                return ()
            update = {"texts": {**old.texts, **texts}, "at": context.now, "version": draft.version}
            update["asked"] = {**asked, **old.asked, **{one: asked[one] for one in texts}}
            number = len(file.conversation.amended) + 1
            return old.model_copy(update=update), old.model_copy(
                update={"what": f"{BEFORE}{number}"}
            )

        it = await context.change(Act.AMEND, change, submission=submission, answers=words)
        stays = before.few and not after.few
        return _done(it, stays=stays) if changed(draft) else _left(it)


def _left(it: Conversation) -> Reply:
    text = wording.AMEND_LEFT.format(reference=it.reference)
    return Reply(sentence(text), text)


def _done(it: Conversation, *, stays: bool = False) -> Reply:
    few = stays and it.changes.restricted is not None
    return Reply(cards.done(it, stays=few), wording.AMEND_DONE.format(reference=it.reference))


def answered(it: Conversation, story: Answers | None) -> dict[str, Any]:
    """What is kept of a request, as its cards' answers."""
    request, own, manager, nurse = it.request, it.requester, it.manager, it.part(Part.NURSE)
    others = [one for one in it.present if one.part is Part.OTHER]
    found = {
        "about": request.about.value,
        "reasons": ",".join(one.value for one in request.reasons),
        "level_of_need": request.level_of_need,
        "open_to_social_care": request.open_to_social_care,
        "few": "yes" if it.changes.restricted is not None else "",
        "contact": own.contact,
        "team": request.team,
        "agency": request.agency,
        "attending": own.attending.value,
        "manager_name": manager.name,
        "manager_mail": mail_as_kept(manager.mail),
        "manager_attending": manager.attending.value,
        "nurse": "named" if nurse else _no_nurse(request.nurse),
        "nurse_name": nurse.name if nurse else "",
        "nurse_mail": mail_as_kept(nurse.mail) if nurse else "",
        "nurse_attending": nurse.attending.value if nurse else "",
        "others": [_listed(one) for one in others],
    }
    return found | {name: story.texts.get(name, "") if story else "" for name in STORY}


def _listed(one: Participant) -> dict[str, str]:
    return {key: str(getattr(one, key)) for key in OTHER_KEYS} | {"mail": mail_as_kept(one.mail)}


def _no_nurse(said_so: str) -> str:
    return said_so if said_so in ("none", "unknown") else "none"


def request_facts(answers: Mapping[str, Any]) -> RequestFacts:
    """The answers beside the story, as people and a request without ids."""
    you = request_cards.You.model_validate(answers)
    manager = Participant(
        id="",
        part=Part.MANAGER,
        name=you.manager_name,
        mail=you.manager_mail,
        attending=you.manager_attending,
    )
    return RequestFacts(
        request=request_of(answers),
        contact=you.contact,
        attending=you.attending,
        manager=manager,
        others=tuple(one.model_copy(update={"id": ""}) for one in involved(answers)),
        few=answers.get("few") == "yes",
    )


def new_words(draft: Draft) -> dict[str, str]:
    """The story's answers that are not what they were."""
    was, now = draft.answers["was"], draft.answers
    return {
        name: str(now[name]).strip()
        for name in STORY
        if str(now[name]).strip() != str(was[name]).strip()
    }


def changed(draft: Draft) -> tuple[str, ...]:
    """Rows of the check that are not as they were."""
    was, now = draft.answers.get("was", {}), draft.answers
    groups = {"you": YOU, "people": PEOPLE}
    alone = (*ids(request_cards.ABOUT_FIELDS), *STORY)
    rows = groups | {name: (name,) for name in alone}
    return tuple(
        row
        for row, names in rows.items()
        if any(_plain(now.get(name)) != _plain(was.get(name)) for name in names)
    )


def _plain(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value or ""


async def _leave(context: Context, it: Conversation, data: Data) -> Reply:
    """Leave it as it was: what was typed here is put away, the request stays."""
    new = await put_away(context, AMEND, it.id)
    return with_texts(await home.where(context, it), new, wording.NOT_KEPT)


AMEND: Final = AmendFlow()


async def _answers(context: Context, it: Conversation, data: Data) -> Reply:
    """The five answers, for who gave them."""
    story = await context.read(it, "request", it.requester.id) or NO_ANSWERS
    back = act(wording.BACK, "request.see", {"conversation": it.id})
    title = wording.ANSWERS_TITLE.format(reference=it.reference)
    return Reply(own_answers(it, story, back), title)


async def _changed(context: Context, it: Conversation, data: Data) -> Reply:
    """A new request with all that was answered, at its check once the risk was asked; one that is
    being written already stays as it is."""
    anew = context.apart()
    if await context.services.drafts.find(context.person.key, REQUEST.name) is None:
        story = await context.answers(it, "request", it.requester.id)
        draft = REQUEST.draft(anew, answered(it, story), story, key=uuid.uuid4().hex)
        await begin_with(anew, await with_known(anew, draft.model_copy(update={"returning": True})))
    return await engine.open_flow(anew, REQUEST, "")


ROUTES: Final = (
    Route("amend.leave", Right.SEE_WHERE, _leave),
    Route("request.answers", Right.SEE_WHERE, _answers, whole=True),
    Route("request.changed", Right.ASK_CHANGED, _changed, whole=True),
)

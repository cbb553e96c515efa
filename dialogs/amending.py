"""The requester changes the request before a date is booked: the same cards, filled in.

The old words are kept beside the new ones. The question about immediate risk is asked again only
where the change was begun more than a day before it is saved, as for a request.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cards import amending as cards
from cards import request as request_cards
from cards.asked import ids
from cards.elements import Card
from cards.notes import sentence
from cards.page import Page
from cards.people import NURSE_FIELDS
from cards.wording import wording
from dialogs import access, home
from dialogs.access import Right
from dialogs.asked import questions_of
from dialogs.echo import with_texts
from dialogs.events import Reply
from dialogs.flow import CHECK
from dialogs.request import OTHER_KEYS, STORY, RequestFlow, involved, request_of
from dialogs.visit import Visit
from records.amending import Said, amend
from records.conversation import Conversation
from records.drafts import Draft
from records.feedback import Answers
from records.file import File
from records.partnership import late
from records.register import Deed
from records.request import Part, Participant
from records.stages import Act, WrongStage

PEOPLE: Final = (*ids(NURSE_FIELDS), "others")
YOU: Final = ids(request_cards.YOU_FIELDS)


class AmendFlow(RequestFlow):
    """*Change my answers*: opens at the check, with what is kept; `was` is what that was."""

    name: ClassVar[str] = "amend"
    title: ClassVar[str] = late(lambda: wording.AMEND)
    total: ClassVar[int] = 1

    def check(self, on: Page) -> Card:
        """The whole request, then Save."""
        return cards.check(on)

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """For the requester, until it is booked."""
        done = await self.now(visit, conversation)
        file = await visit.file(conversation)
        if done is not None or file is None:
            return done or access.refuse(visit, "amend", conversation)
        was = answered(file)
        before = file.answers_of("request", file.conversation.requester.id)
        draft = self.draft(visit, conversation, {**was, "risk": "no", "was": was}, before)
        return draft.model_copy(update={"step": CHECK})

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """Where it is, once nothing can be changed any more."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.AMEND):
            return access.refuse(visit, "amend", conversation)
        return None if access.may(visit, it, Right.AMEND) else home.where(visit, it)

    async def receipt(self, visit: Visit, conversation: str) -> Reply | None:
        """The receipt of the last change, for a second tap on Save."""
        it = await visit.conversation(conversation)
        if it is None or not access.may(visit, it, Right.AMEND) or not it.amended:
            return await self.now(visit, conversation)
        return _done(it)

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """The reference, and which answers are not as they were."""
        it = await visit.conversation(draft.conversation)
        return {"reference": it.reference if it else "", "changed": changed(draft)}

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """Keep what was changed, and the words that were there before."""
        before, after = said(draft.answers["was"]), said(draft.answers)
        texts, asked = new_words(draft), questions_of(self.steps, draft)

        def change(now: Conversation) -> Conversation:
            access.still(visit, now, Right.AMEND, Act.AMEND)
            return amend(now, visit.now, before, after, story=bool(texts))

        def words(file: File) -> tuple[Answers, ...]:
            old = file.answers_of("request", file.conversation.requester.id)
            if old is None or not texts:
                return ()
            update = {"texts": {**old.texts, **texts}, "at": visit.now, "version": draft.version}
            update["asked"] = {**asked, **old.asked, **{one: asked[one] for one in texts}}
            number = len(file.conversation.amended) + 1
            return old.model_copy(update=update), old.model_copy(
                update={"what": f"request-before-{number}"}
            )

        deed = Deed(Act.AMEND, visit.person.key, visit.now, submission)
        try:
            it = await visit.desk.register.change(draft.conversation, deed, change, words)
        except WrongStage:
            too_late = Reply(sentence(wording.AMEND_TOO_LATE), wording.AMEND)
            return with_texts(too_late, list(texts.values()))
        if not changed(draft):
            return Reply(sentence(wording.AMEND_LEFT), wording.AMEND)
        return _done(it)


def _done(it: Conversation) -> Reply:
    return Reply(cards.done(it), wording.AMEND_DONE.format(reference=it.reference))


def answered(file: File) -> dict[str, Any]:
    """What is kept of a request, as its cards' answers."""
    it = file.conversation
    request, own, manager, nurse = it.request, it.requester, it.manager, it.part(Part.NURSE)
    story = file.answers_of("request", own.id)
    others = [one for one in it.present if one.part is Part.OTHER]
    found = {
        "about": request.about.value,
        "reasons": ",".join(one.value for one in request.reasons),
        "level_of_need": request.level_of_need,
        "open_to_social_care": request.open_to_social_care,
        "contact": own.contact,
        "team": request.team,
        "agency": request.agency,
        "attending": own.attending.value,
        "manager_name": manager.name,
        "manager_mail": manager.mail,
        "manager_attending": manager.attending.value,
        "nurse": "named" if nurse else _no_nurse(request.nurse),
        "nurse_name": nurse.name if nurse else "",
        "nurse_mail": nurse.mail if nurse else "",
        "nurse_attending": nurse.attending.value if nurse else "",
        "others": [{key: str(getattr(one, key)) for key in OTHER_KEYS} for one in others],
    }
    return found | {name: story.texts.get(name, "") if story else "" for name in STORY}


def _no_nurse(said_so: str) -> str:
    return said_so if said_so in ("none", "unknown") else "none"


def said(answers: Mapping[str, Any]) -> Said:
    """The answers beside the story, as people and a request without ids."""
    you = request_cards.You.model_validate(answers)
    manager = Participant(
        id="",
        part=Part.MANAGER,
        name=you.manager_name,
        mail=you.manager_mail,
        attending=you.manager_attending,
    )
    return Said(
        request=request_of(answers),
        contact=you.contact,
        attending=you.attending,
        manager=manager,
        others=tuple(one.model_copy(update={"id": ""}) for one in involved(answers)),
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


async def leave(visit: Visit, conversation: str) -> Reply:
    """Leave it as it was: what was typed here is put away, the request stays."""
    opened = await visit.desk.drafts.find(visit.person.key, AmendFlow.name, conversation)
    if opened is not None:
        await visit.desk.drafts.discard(opened.draft)
    return await home.see(visit, conversation)

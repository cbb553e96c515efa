"""*Someone else from my agency is the right person*: they get the card instead, at once.

One key representative from each agency (pathway, step 4): the agency stays, the person changes.
Who goes hears nothing more; what is open is owed to who comes (`records.replacing`).
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from cards import right_person as cards
from cards.asked import ids
from cards.wording import wording
from dialogs import access
from dialogs.access import Right
from dialogs.echo import with_texts
from dialogs.events import Reply
from dialogs.flow import Flow, Step
from dialogs.ready import shown
from dialogs.visit import Visit
from records.conversation import Conversation
from records.drafts import Draft
from records.partnership import late
from records.register import Deed
from records.replacing import comes_instead
from records.request import Attending, Part, Participant
from records.stages import Act, WrongStage


class RightPersonFlow(Flow):
    """Name, role, work e-mail of the right person."""

    name: ClassVar[str] = "right-person"
    title: ClassVar[str] = late(lambda: wording.RIGHT_PERSON_TITLE)
    version: ClassVar[int] = 1
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "right-person",
            cards.RightPerson,
            cards.right_person,
            cards.FIELDS,
            alone=True,
            press=lambda: wording.RIGHT_PERSON_SAVE,
        ),
    )

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """For somebody who comes, before it takes place."""
        there = await self.now(visit, conversation)
        return there or self.draft(visit, conversation, {})

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """The receipt, for one who named somebody; or where things are."""
        it = await visit.conversation(conversation)
        named = _named_by(visit, it) if it else None
        if it is not None and named is not None:
            return Reply(cards.named(it, named), wording.RIGHT_PERSON_TITLE)
        if it is None or not access.is_theirs(visit, it, Right.RIGHT_PERSON):
            return access.refuse(visit, "right-person", conversation)
        return None if access.may(visit, it, Right.RIGHT_PERSON) else shown(visit, it)

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """Which agency it is."""
        it = await visit.conversation(draft.conversation)
        me = access.attendee(visit, it) if it else None
        return {"agency": me.agency if me else ""}

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """They come instead; their card goes out, and facilitator and lead worker are told."""
        wanted = cards.RightPerson.model_validate(draft.answers, context=self.context(visit))
        deed = Deed(Act.REPLACE, visit.person.key, visit.now, submission)
        try:
            it = await visit.desk.register.change(
                draft.conversation, deed, lambda now: _instead(visit, now, wanted)
            )
        except WrongStage:
            now = await self.now(visit, draft.conversation)
            if now is None:
                raise
            return with_texts(now, [str(draft.answers.get(one, "")) for one in ids(cards.FIELDS)])
        named = _named_by(visit, it)
        return Reply(cards.named(it, named) if named else None, wording.RIGHT_PERSON_TITLE)


def _instead(visit: Visit, it: Conversation, wanted: cards.RightPerson) -> Conversation:
    access.still(visit, it, Right.RIGHT_PERSON, Act.REPLACE)
    me = access.attendee(visit, it)
    if me is None:
        raise WrongStage(it.id, Act.REPLACE, it.stage)
    new = Participant(
        id="",
        part=Part.OTHER,
        name=wanted.right_name,
        role=wanted.right_role,
        mail=wanted.right_mail,
        agency=me.agency,
        attending=Attending.YES,
        named_by=me.id,
    )
    return comes_instead(it, visit.now, me.id, new)


def _named_by(visit: Visit, it: Conversation) -> Participant | None:
    """Whom the one who acts named in their own place, while they do not come themselves."""
    if access.attendee(visit, it) is not None:
        return None
    own = {one.id for one in it.people if visit.is_person(one) and one.part is not Part.FACILITATOR}
    return next((one for one in reversed(it.present) if one.named_by in own), None)

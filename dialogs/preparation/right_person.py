"""*Someone else from my agency is the right person*: they get the card instead, at once.

One key representative from each agency (pathway, step 4): the agency stays, the person changes.
Who goes hears nothing more; what is open is owed to who comes (`records.conversation.replacing`).
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cards.changes.people_change import not_possible
from cards.kit.page import ids
from cards.preparation import right_person as cards
from cards.wording import wording
from dialogs.flow.flow import Flow, NotOpen, Step
from dialogs.turn.access import NotNow, Right, attendee
from dialogs.turn.context import Context
from dialogs.turn.events import Reply
from records.conversation.conversation import Conversation
from records.conversation.replacing import comes_instead
from records.drafts import Draft
from records.people import Attending, Part, Participant, PersonKey
from records.stages import Act


class RightPersonFlow(Flow):
    """Name, role, work e-mail of the right person."""

    name: ClassVar[str] = "right-person"
    came_from: ClassVar[str] = "prepare.see"
    title = staticmethod(lambda: wording.RIGHT_PERSON_TITLE)
    right: ClassVar[Right | None] = Right.RIGHT_PERSON
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

    async def begin(self, context: Context) -> Draft | Reply:
        """For somebody who comes, before it takes place."""
        return self.draft(context, {})

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Which agency it is."""
        me = attendee(context.who, context.it)
        return {"agency": me.agency if me else ""}

    def unsent(self, context: Context, draft: Draft) -> tuple[str, ...]:
        """All that was typed in: no input of it is long, and none of it may be lost."""
        return tuple(text for one in ids(cards.FIELDS) if (text := str(draft.answers.get(one, ""))))

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """They come instead; their card goes out, and facilitator and lead worker are told."""
        wanted = cards.RightPerson.model_validate(
            draft.answers, context=self.checks(context, draft)
        )
        key = await context.services.directory.certain(wanted.right_mail)
        try:
            it = await context.change(
                Act.REPLACE, lambda now: _instead(context, now, wanted, key), submission=submission
            )
        except NotNow as lost:
            if not context.may(Right.RIGHT_PERSON):
                raise
            raise NotOpen(Reply(not_possible(lost.it), wording.RIGHT_PERSON_TITLE)) from None
        named = _named_by(context, it)
        return Reply(cards.named(it, named) if named else None, wording.RIGHT_PERSON_TITLE)


RIGHT_PERSON: Final = RightPersonFlow()


def _instead(
    context: Context, it: Conversation, wanted: cards.RightPerson, key: PersonKey
) -> Conversation:
    me = attendee(context.who, it)
    if me is None:
        raise NotNow(it, Right.RIGHT_PERSON)
    new = Participant(
        id="",
        part=Part.OTHER,
        name=wanted.right_name,
        role=wanted.right_role,
        mail=wanted.right_mail,
        contact=wanted.right_contact,
        key=key,
        agency=me.agency,
        attending=Attending.YES,
        named_by=me.id,
    )
    return comes_instead(it, context.now, me.id, new)


def _named_by(context: Context, it: Conversation) -> Participant | None:
    """Whom the one who acts has named in their own place."""
    own = {one.id for one in it.people if context.is_person(one)}
    return next((one for one in reversed(it.present) if one.named_by in own), None)

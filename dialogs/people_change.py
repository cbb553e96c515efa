"""*Someone else is now…*: by the facilitator for anybody, by anybody for their own place.

Source: pathway, safety and practice rules: anyone can be replaced at any stage.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from cards import people_change as cards
from cards.people import named
from cards.wording import wording
from dialogs import access
from dialogs.access import Right
from dialogs.booking import plain
from dialogs.events import Reply
from dialogs.flow import Flow, NotOpen, Step
from dialogs.visit import Visit
from records.conversation import Conversation
from records.drafts import Draft
from records.partnership import late
from records.register import Deed
from records.replacing import replace
from records.request import Part, Participant
from records.stages import Act, WrongStage


def places(visit: Visit, it: Conversation) -> tuple[Participant, ...]:
    """The places this person may pass on: the facilitator every one, everybody else their own."""
    people = tuple(one for one in it.present if one.part is not Part.FACILITATOR)
    if access.is_facilitator(visit, it):
        return people
    return tuple(one for one in people if visit.is_person(one))


class SomeoneElseFlow(Flow):
    """One card: whose place, and who has it now."""

    name: ClassVar[str] = "someone-else"
    title: ClassVar[str] = late(lambda: wording.SOMEONE_ELSE)
    version: ClassVar[int] = 1
    steps: ClassVar[tuple[Step, ...]] = (
        Step("someone", cards.SomeoneElse, cards.someone_else, cards.FIELDS),
    )

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """With the place filled in where there is only one, and its agency."""
        it = await visit.conversation(conversation)
        if it is None or not access.may(visit, it, Right.REPLACE) or not places(visit, it):
            return access.refuse(visit, "someone-else", conversation)
        there = places(visit, it)
        answers: dict[str, Any] = {}
        if len(there) == 1:
            only = there[0]
            answers = {
                "whose": only.id,
                "new_agency": only.agency,
                "new_attending": only.attending.value,
            }
        return self.draft(visit, conversation, answers)

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """The receipt, for one who has no place any more; nothing is ever done for good here."""
        it = await visit.conversation(conversation)
        if it is None or not access.may(visit, it, Right.REPLACE):
            return access.refuse(visit, "someone-else", conversation)
        return None

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """Whose place it may be."""
        it = await visit.conversation(draft.conversation)
        if it is None:
            return {}
        return {"people": choices(places(visit, it)), "reference": it.reference}

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """The new person has the place, and what is open goes to them."""
        wanted = cards.SomeoneElse.model_validate(draft.answers)
        deed = Deed(Act.REPLACE, visit.person.key, visit.now, submission)
        try:
            it = await visit.desk.register.change(
                draft.conversation, deed, lambda now: _replaced(visit, now, wanted)
            )
        except WrongStage:
            found = await visit.conversation(draft.conversation)
            if found is None or not access.may(visit, found, Right.REPLACE):
                raise
            raise NotOpen(Reply(cards.not_possible(found), wording.SOMEONE_ELSE)) from None
        return Reply(cards.done(it), wording.SOMEONE_ELSE)


def _replaced(visit: Visit, it: Conversation, wanted: cards.SomeoneElse) -> Conversation:
    access.still(visit, it, Right.REPLACE, Act.REPLACE)
    if wanted.whose not in {one.id for one in places(visit, it)}:
        raise WrongStage(it.id, Act.REPLACE, it.stage)
    facilitates = access.is_facilitator(visit, it)
    new = Participant(
        id="",
        part=Part.OTHER,
        name=wanted.new_name,
        role=wanted.new_role,
        agency=wanted.new_agency,
        mail=wanted.new_mail,
        attending=wanted.new_attending,
        named_by=it.facilitator if facilitates else wanted.whose,
    )
    return replace(it, visit.now, wanted.whose, new)


def choices(people: tuple[Participant, ...]) -> tuple[tuple[str, str], ...]:
    """People as (id, name and agency)."""
    found = []
    for one in people:
        name, place = named(len(people), one.name, one.agency or one.role)
        found.append((one.id, plain(f"{name} ({place})" if place else name)))
    return tuple(found)

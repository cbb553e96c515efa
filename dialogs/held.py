"""On the day: We are closing, who came; or it didn't go ahead. Source: pathway, Timing."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar, Final

from cards import held as cards
from cards import moving as moving_cards
from cards.moving import off_title
from cards.people import Other
from cards.wording import wording
from dialogs import access, booking
from dialogs.access import Right
from dialogs.events import Reply
from dialogs.flow import Flow, Step
from dialogs.request import with_half_typed
from dialogs.visit import Visit
from records.conversation import Conversation
from records.drafts import Draft
from records.partnership import late
from records.register import Deed
from records.request import Part, Participant
from records.stages import Act, WrongStage

EARLY: Final = timedelta(minutes=15)
"""A conversation may begin, and so close, a little before its booked start."""


class TookPlaceFlow(Flow):
    """The facilitator ticks who came and adds substitutes; feedback goes out at once."""

    name: ClassVar[str] = "took-place"
    title: ClassVar[str] = late(lambda: wording.CAME_TITLE)
    version: ClassVar[int] = 1
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "came",
            cards.TookPlace,
            cards.took_place,
            (*cards.CAME_FIELDS, *cards.SUBSTITUTE_FIELDS),
            alone=True,
            press=lambda: wording.CAME_SEND,
        ),
    )

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """For the facilitator, once it has begun; everyone expected is ticked."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.SAY_WHO_CAME):
            return access.refuse(visit, "took-place", conversation)
        if it.booking is None or not access.may(visit, it, Right.SAY_WHO_CAME):
            return await booking.where(visit, it)
        if visit.now < it.booking.start - EARLY:
            return Reply(cards.too_early(it, visit.desk.zone), wording.CAME_TITLE)
        absent = set(it.absent)
        coming = [who for who in it.booking.coming if who not in absent]
        return self.draft(visit, conversation, {"came": ",".join(coming)})

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """Told already, or not booked any more."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.SAY_WHO_CAME):
            return access.refuse(visit, "took-place", conversation)
        if it.held is not None and it.held.confirmed:
            return Reply(cards.done(it), wording.CAME_DONE.format(reference=it.reference))
        open_ = access.may(visit, it, Right.SAY_WHO_CAME)
        return None if open_ else await booking.where(visit, it)

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """Everybody who could have come."""
        it = await visit.conversation(draft.conversation)
        return {"people": booking.choices(it), "reference": it.reference} if it else {}

    def settle(self, draft: Draft, step: Step) -> Draft:
        """A substitute typed in but not added yet is added."""
        return with_half_typed(draft)

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """It took place, with these people; the feedback cards go out."""
        said = cards.TookPlace.model_validate(draft.answers)
        deed = Deed(Act.TOOK_PLACE, visit.person.key, visit.now, submission)
        try:
            it = await visit.desk.register.change(
                draft.conversation, deed, lambda now: took_place(visit, now, said)
            )
        except WrongStage:
            found = await visit.conversation(draft.conversation)
            if found is None:
                raise
            return await booking.where(visit, found)
        return Reply(cards.done(it), wording.CAME_DONE.format(reference=it.reference))


def took_place(visit: Visit, it: Conversation, said: cards.TookPlace) -> Conversation:
    """The conversation held, substitutes added as people of their own."""
    access.still(visit, it, Right.SAY_WHO_CAME, Act.TOOK_PLACE)
    known = {one.id for one in it.present if one.part is not Part.FACILITATOR}
    came = [who for who in dict.fromkeys(said.came) if who in known]
    people = list(it.people)
    for one in said.others:
        there = next((who for who in people if _is(who, one)), None)
        if there is None:
            number = 1 + sum(who.part is Part.SUBSTITUTE for who in people)
            there = Participant(id=f"substitute{number}", part=Part.SUBSTITUTE, **one.model_dump())
            people.append(there)
        came.append(there.id)
    return it.took_place(visit.now, tuple(dict.fromkeys(came)), tuple(people))


def _is(there: Participant, named: Other) -> bool:
    """Whether a substitute named is one who was named before."""
    same = (there.name, there.agency) == (named.name, named.agency)
    return there.part is Part.SUBSTITUTE and same and there.mail == named.mail


async def not_ahead(visit: Visit, conversation: str) -> Reply:
    """It didn't go ahead: asks what should happen now; nothing is changed yet."""
    it = await visit.conversation(conversation)
    if it is None or not access.is_theirs(visit, it, Right.NOT_AHEAD):
        return access.refuse(visit, "took-place", conversation)
    if not access.may(visit, it, Right.NOT_AHEAD):
        return await booking.where(visit, it)
    early = it.booking is not None and visit.now < it.booking.start
    card = moving_cards.call_off(it) if early else cards.not_ahead(it)
    return Reply(card, wording.CALL_OFF if early else wording.NOT_AHEAD)


async def settle(visit: Visit, conversation: str, act: Act) -> Reply:
    """Find a new date, or end it; everyone who was to come is told."""
    it = await visit.conversation(conversation)
    if it is None or not access.is_theirs(visit, it, Right.NOT_AHEAD):
        return access.refuse(visit, "took-place", conversation)
    deed = Deed(act, visit.person.key, visit.now)

    def settled(now: Conversation) -> Conversation:
        access.still(visit, now, Right.NOT_AHEAD, act)
        return now.rebook(visit.now) if act is Act.REBOOK else now.end(visit.now)

    try:
        it = await visit.desk.register.change(conversation, deed, settled)
    except WrongStage:
        return await booking.where(visit, await visit.conversation(conversation) or it)
    card = cards.rebooked(it) if act is Act.REBOOK else cards.ended(it)
    return Reply(card, off_title(it))

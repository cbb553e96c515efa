"""On the day: We are closing, who came; or it didn't go ahead. Source: pathway, Timing."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from cards.booking import moving as moving_cards
from cards.booking.moving import off_title
from cards.changes import leading
from cards.day import took_place as cards
from cards.kit.people import Other
from cards.wording import wording
from dialogs.booking.leading import leads_it, told_by
from dialogs.booking.pick_up import choices
from dialogs.flow.flow import Flow, Step
from dialogs.flow.people_listed import with_half_typed
from dialogs.turn.access import Right
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route
from records import mail_address
from records.conversation.conversation import Conversation
from records.conversation.one_each import once
from records.drafts import Draft
from records.feedback.reading import read_by
from records.people import Part, Participant
from records.stages import Act

EARLY: Final = timedelta(minutes=15)
"""A conversation may begin, and so close, a little before its booked start."""


class TookPlaceFlow(Flow):
    """The facilitator ticks who came and adds substitutes; feedback goes out at once."""

    name: ClassVar[str] = "took-place"
    back_to: ClassVar[str] = "changes.open"
    title = staticmethod(lambda: wording.CAME_TITLE)
    right: ClassVar[Right | None] = Right.SAY_WHO_CAME
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "came",
            cards.TookPlace,
            cards.took_place,
            (*cards.CAME_FIELDS, *cards.SUBSTITUTE_FIELDS, cards.EARLY),
            alone=True,
            press=lambda: wording.CAME_SEND,
        ),
    )

    async def closed(self, context: Context, draft: Draft | None) -> Reply | None:
        """Not before it has begun."""
        booking = context.it.booking
        if draft is None and booking is not None and context.now < booking.start - EARLY:
            card = cards.too_early(context.it, context.services.zone)
            return Reply(card, wording.CAME_TITLE)
        return None

    async def begin(self, context: Context) -> Draft | Reply:
        """For the facilitator, once it has begun; everyone expected is ticked."""
        it = context.it
        coming = [one for one in (it.booking.coming if it.booking else ()) if one not in it.absent]
        return self.draft(context, {"came": ",".join(once(it, coming))})

    async def done(self, context: Context, key: str) -> Reply | None:
        """Told already."""
        it = context.it
        return _done(context, it) if it.held is not None and it.held.confirmed else None

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Everybody who could have come."""
        return {"people": choices(context.it), "reference": context.it.reference}

    def settle(self, draft: Draft, step: Step) -> Draft:
        """A substitute typed in but not added yet is added."""
        return with_half_typed(draft)

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """It took place, with these people; the feedback cards go out."""
        said, listed = cards.TookPlace.model_validate(draft.answers), await context.readers()
        return _done(
            context,
            await context.change(
                Act.TOOK_PLACE,
                lambda now: read_by(took_place(now, context.now, said), listed),
                submission=submission,
            ),
        )


def _done(context: Context, it: Conversation) -> Reply:
    card = cards.done(it, context.services.zone)
    return Reply(card, wording.CAME_DONE.format(reference=it.reference))


def took_place(it: Conversation, at: datetime, said: cards.TookPlace) -> Conversation:
    """The conversation held, substitutes added as people of their own."""
    known = {one.id for one in it.present if one.part is not Part.FACILITATOR}
    came = [who for who in dict.fromkeys(said.came) if who in known]
    people = list(it.people)
    for one in said.others:
        there = next((who for who in _present_first(people) if _is(who, one)), None)
        if there is None:
            number = 1 + sum(who.part is Part.SUBSTITUTE for who in people)
            there = Participant(id=f"substitute{number}", part=Part.SUBSTITUTE, **one.model_dump())
            people.append(there)
        came.append(there.id)
    everybody = it.with_(people=tuple(people))
    early = bool(said.early)
    return it.took_place(at, once(everybody, came), everybody.people, early=early)


def _present_first(people: Iterable[Participant]) -> list[Participant]:
    return sorted(people, key=lambda one: one.left is not None)


def _is(there: Participant, named: Other) -> bool:
    """Whether somebody who came instead of another is named in this anyway, and has not left."""
    if there.part is Part.FACILITATOR:
        return False
    if there.left is None and mail_address.same(there.mail, named.mail):
        return True
    same = (there.name, there.agency) == (named.name, named.agency)
    return there.part is Part.SUBSTITUTE and same and there.mail == named.mail


async def _not_ahead(context: Context, it: Conversation, data: Data) -> Reply:
    """It didn't go ahead: asks what should happen now; nothing is changed yet."""
    early = it.booking is not None and context.now < it.booking.start
    card = moving_cards.call_off(it) if early else cards.not_ahead(it)
    return Reply(card, wording.CALL_OFF if early else wording.NOT_AHEAD)


async def _rebook(context: Context, it: Conversation, data: Data) -> Reply:
    """A new date is found; everyone who was to come is told."""
    rebook = told_by(context, Act.REBOOK, lambda now: now.rebook(context.now))
    it = await context.change(Act.REBOOK, rebook)
    if leads_it(context, it):
        return Reply(leading.called_off(off_title(it), it, again=True), off_title(it))
    return Reply(cards.rebooked(it), off_title(it))


async def _end(context: Context, it: Conversation, data: Data) -> Reply:
    """It ends here; everyone who was to come is told."""
    end = told_by(context, Act.END, lambda now: now.end(context.now))
    it = await context.change(Act.END, end)
    if leads_it(context, it):
        return Reply(leading.called_off(off_title(it), it, again=False), off_title(it))
    return Reply(cards.ended(it), off_title(it))


ROUTES: Final = (
    Route("held.not-ahead", Right.NOT_AHEAD, _not_ahead),
    Route("held.rebook", Right.NOT_AHEAD, _rebook),
    Route("held.end", Right.NOT_AHEAD, _end),
)

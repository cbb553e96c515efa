"""Sharing the learning document, passing it on, and recording it. Source: pathway, step 8."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cards.happening import with_happened
from cards.kit.notes import sentence
from cards.kit.who import among
from cards.learning import sharing as cards
from cards.preparation import family
from cards.rights.beside import noted
from cards.wording import wording
from cards.wording.source import Choices
from dialogs.booking import pick_up
from dialogs.flow.answering import questions_of
from dialogs.flow.flow import Flow, Step
from dialogs.learning.sections import kept_nowhere
from dialogs.turn.access import NotNow, Right, attendee
from dialogs.turn.context import Context, Overtaken
from dialogs.turn.events import Data, Reply, with_texts
from dialogs.turn.route import Route, Where
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.one_each import as_came, one_each, places
from records.drafts import Draft
from records.learning import sharing
from records.learning.document import learning_document
from records.people import Part
from records.stages import Act, Stage
from records.store.contract import Changed, Unavailable

PASSED_ON = "passed-on"
"""What the lead worker's words about anybody else are kept as."""


async def shared(context: Context, it: Conversation) -> Reply:
    """Where a shared document is, for its facilitator, and with whom it was shared."""
    text = wording.SHARED_DONE.format(reference=it.reference, name=family.lead_name(it))
    others = ""
    if it.captured.confirmed_at is not None:
        said = await context.read(it, PASSED_ON, "lead")
        others = said.texts.get("others", "") if said else ""
    return Reply(cards.shared(it, context.services.zone, context.now, others), text)


async def sure(context: Context, it: Conversation) -> Reply:
    """What is still empty and who gets it, before it goes out."""
    if not it.captured.is_open:
        return await shared(context, it)
    text = wording.SHARE_TITLE.format(reference=it.reference)
    return Reply(
        cards.sure(it, learning_document(noted(context.whole), context.services.partnership)), text
    )


async def _sure(context: Context, it: Conversation, data: Data) -> Reply:
    return await sure(context, it)


async def _share(context: Context, it: Conversation, data: Data) -> Reply:
    return await share(context)


async def share(context: Context) -> Reply:
    """The lead worker gets it; the facilitator's draft is put away, since all of it is kept.

    What of it is not comes back once, to be copied.
    """
    it = await context.about(context.it.id, Right.SHARE, whole=True)
    if it.captured.is_open:
        words_at = context.services.timetable.words_date(context.now)
        words_for = learning_document(context.whole, context.services.partnership).words_for
        it = await context.change(
            Act.LEARNING_SHARED,
            lambda now: sharing.share(now, context.now, words_at, words_for),
        )
    drafts = context.services.drafts
    opened = await drafts.find(context.person.key, "learning", it.id)
    if opened is None:
        return await shared(context, it)
    beside = kept_nowhere(opened.draft, context.services.partnership)
    try:
        await drafts.remove(opened)
    except Changed:
        raise Overtaken from None
    except Unavailable:
        if not beside:
            raise  # else better shown twice than never
    return with_texts(await shared(context, it), beside)


async def _open_again(context: Context, it: Conversation, data: Data) -> Reply:
    """Something is to be put right, before the lead worker has passed it on."""
    if not it.captured.is_open:
        it = await context.change(
            Act.LEARNING_OPENED, lambda now: sharing.open_again(now, context.now)
        )
    return Reply(cards.opened_again(it), cards.opened_again_title(it))


async def where(context: Context, it: Conversation) -> Reply:
    """Where the document is, for its facilitator."""
    if it.stage is Stage.BOOKED:
        return Reply(sentence(wording.SHARE_EARLY), wording.LEARNING)
    if context.may(Right.SHARE) and not it.captured.is_open:
        return await shared(context, it)
    return await pick_up.where(context, it)


class PassedOnFlow(Flow):
    """The lead worker says with whom they shared it."""

    name: ClassVar[str] = PASSED_ON
    back_to: ClassVar[str] = "request.mine"
    title = staticmethod(lambda: wording.PASSED_ON_TITLE)
    right: ClassVar[Right | None] = Right.SAY_SHARED
    whole: ClassVar[bool] = True
    reopens: ClassVar[bool] = True
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "who",
            cards.PassedOn,
            cards.passed_on,
            cards.PASSED_ON_FIELDS,
            press=lambda: wording.PASSED_ON_CONFIRM,
            hints=frozenset(),  # its text is names: with whom the document was shared
        ),
    )

    async def closed(self, context: Context, draft: Draft | None) -> Reply | None:
        """While the facilitator has it open to put something right."""
        return _returned(context.it) if context.it.captured.is_open else None

    async def begin(self, context: Context) -> Draft | Reply:
        """For the lead worker, once it is shared; what they said before is filled in."""
        it = context.it
        before = await context.answers(it, PASSED_ON, "lead")
        answers = {
            "shared_with": ",".join(it.captured.shared_with),
            "shared_others": before.texts.get("others", "") if before else "",
        }
        return self.draft(context, answers)

    async def done(self, context: Context, key: str) -> Reply | None:
        """The receipt, once it was said."""
        it = context.it
        if it.captured.is_open:
            return _returned(it)
        return _passed_on(it) if it.captured.confirmed_at is not None else None

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Everybody else in the conversation."""
        it = context.it
        about = {"reference": it.reference, "people": _others(it)}
        return {**about, **family.facts(it, it.lead)}

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """It is passed on; each person who came gets the words for their own agency."""
        said = cards.PassedOn.model_validate(draft.answers)
        answers = Answers(
            what=PASSED_ON,
            by="lead",
            version=self.version(),
            at=context.now,
            texts={"others": said.shared_others},
            asked=questions_of(self.steps, draft, {"shared_others": "others"}),
        )
        it = await context.change(
            Act.LEARNING_CONFIRMED,
            lambda now: sharing.confirm(now, context.now, said.shared_with),
            submission=submission,
            answers=lambda _: (answers,),
        )
        return _passed_on(it)


async def _lead_where(context: Context, it: Conversation) -> Reply:
    return _returned(it)


def _returned(it: Conversation) -> Reply:
    return Reply(cards.returned(it), wording.LEARNING)


def _others(it: Conversation) -> Choices:
    own = places(it, it.lead)
    found = (one for one in it.present if one.id not in own and one.part is not Part.FACILITATOR)
    return among(one_each(it, found))


def _passed_on(it: Conversation) -> Reply:
    card = with_happened(cards.passed_on_done(it), it, it.lead)
    return Reply(card, wording.PASSED_ON_DONE.format(reference=it.reference))


async def _to_record(context: Context, it: Conversation, data: Data) -> Reply:
    """The words of one's own agency, once it has them; also after they are recorded."""
    me = attendee(context.who, it)
    if me is None or not it.captured.words_are_out(context.now):
        return await _not_yet(context, it)
    done = sharing.has_recorded(it, me.id)
    words = learning_document(noted(context.whole), context.services.partnership).recording_for(me)
    text = wording.RECORD_SUMMARY.format(reference=it.reference)
    zone = context.services.zone
    return Reply(cards.to_record(it, words, zone, me.id, done=done), text)


async def _recorded(context: Context, it: Conversation, data: Data) -> Reply:
    """They have recorded it on their own system; the first time counts."""

    def record(now: Conversation) -> Conversation:
        me = attendee(context.who, now)
        if me is None:
            raise NotNow(now, Right.RECORD)
        return sharing.record(now, context.now, as_came(now, me).id)

    it = await context.change(Act.RECORDED, record)
    me = attendee(context.who, it)
    mine = me.id if me else ""
    card = with_happened(cards.recorded(it, mine), it, mine)
    return Reply(card, wording.RECORDED_DONE.format(reference=it.reference))


async def _not_yet(context: Context, it: Conversation) -> Reply:
    return Reply(sentence(wording.RECORD_NOT_YET), wording.RECORD_NOT_YET)


ROUTES: Final = (
    Route("learning.share", Right.SHARE, _sure, whole=True),
    Route("learning.share-yes", Right.SHARE, _share),
    Route("learning.open-again", Right.SHARE, _open_again),
    Route("learning.record", Right.RECORD, _to_record, whole=True),
    Route("learning.recorded", Right.RECORD, _recorded),
)
WHERE: Final[Mapping[Right, Where]] = {
    Right.SHARE: where,
    Right.SAY_SHARED: _lead_where,
    Right.READ_LEARNING: _lead_where,
    Right.RECORD: _not_yet,
}

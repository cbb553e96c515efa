"""The review on the agreed day, and setting that day without a document. Source: pathway, 12."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cards.changes import review as cards
from cards.happening import with_happened
from cards.kit.notes import sentence
from cards.kit.when import day
from cards.preparation import family
from cards.wording import wording
from dialogs.flow import engine
from dialogs.flow.answering import questions_of
from dialogs.flow.colleagues import with_known
from dialogs.flow.drafting import begin_with
from dialogs.flow.flow import Flow, Step
from dialogs.request.request import REHEARSED, REQUEST
from dialogs.turn.access import Right, Role, roles
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route, Where
from records.changes.review import WHAT, agreed_points, review, review_due, reviewed, words_by
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.one_each import one_each, places
from records.conversation.snapshot import Snapshot
from records.drafts import Draft
from records.learning.sharing import agree_review
from records.people import Part, Participant
from records.stages import Act

VERSION: Final = 1


def who(context: Context, it: Conversation) -> str:
    """As whom they answer: the lead worker, or the facilitator."""
    return it.lead if Role.LEAD in roles(context.who, it) else it.facilitator


class ReviewFlow(Flow):
    """One card: how it is now, and words if one likes."""

    name: ClassVar[str] = "review"
    back_to: ClassVar[str] = "request.mine"
    title = staticmethod(lambda: wording.REVIEW)
    right: ClassVar[Right | None] = Right.REVIEW
    whole: ClassVar[bool] = True
    version = staticmethod(lambda: VERSION)
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "looked-at",
            cards.Review,
            cards.review,
            cards.FIELDS,
        ),
    )

    async def closed(self, context: Context, draft: Draft | None) -> Reply | None:
        """The receipt; or a kind sentence before its time."""
        return _said_or_early(context, context.it)

    async def begin(self, context: Context) -> Draft | Reply:
        """For the lead worker and the facilitator, from the agreed day on."""
        return self.draft(context, {})

    async def done(self, context: Context, key: str) -> Reply | None:
        """The receipt."""
        return _said_or_early(context, context.it)

    def sent(self, context: Context) -> Answers | None:
        """What they have said already."""
        file, it = context.file, context.it
        return file.answers_of(WHAT, words_by(it, who(context, it))) if file else None

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """The agreed points."""
        it = context.it
        about = {
            "why": wording.REVIEW_WHY.format(reference=it.reference),
            "agreed": agreed_points(context.whole, context.services.partnership),
            "leads": Role.LEAD in roles(context.who, it),
        }
        return {**about, **family.facts(it, who(context, it))}

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """Kept, and the facilitator hears what the lead worker said."""
        answer = cards.Review.model_validate(draft.answers)

        def answered(now: Conversation) -> Conversation:
            return review(now, context.now, who(context, now), answer.movement)

        def words(file: Snapshot) -> tuple[Answers, ...]:
            it = file.conversation
            kept = Answers(
                what=WHAT,
                by=words_by(it, who(context, it)),
                version=VERSION,
                at=context.now,
                texts={"movement": answer.movement, "words": answer.words},
                asked=questions_of(self.steps, draft),
            )
            return (kept,)

        it = await context.change(Act.REVIEWED, answered, submission=submission, answers=words)
        return _receipt(it, who(context, it))


def _said_or_early(context: Context, it: Conversation) -> Reply | None:
    me = who(context, it)
    if reviewed(it, me) is not None:
        return _receipt(it, me)
    due = review_due(context.services.timetable, it)
    if due is not None and context.now >= due.replace(hour=0, minute=0):
        return None
    said = cards.not_yet(it, due, context.services.zone)
    return Reply(sentence(said), said)


async def where(context: Context, it: Conversation) -> Reply:
    """Where the review is: answered, or on which day it is asked."""
    said = cards.not_yet(it, review_due(context.services.timetable, it), context.services.zone)
    return _said_or_early(context, it) or Reply(sentence(said), said)


def _receipt(it: Conversation, person: str) -> Reply:
    summary = wording.REVIEW_DONE.format(reference=it.reference)
    return Reply(with_happened(cards.review_done(it, person), it, person), summary)


class ReviewDayFlow(Flow):
    """The facilitator sets the day without the document."""

    name: ClassVar[str] = "review-day"
    back_to: ClassVar[str] = "changes.open"
    title = staticmethod(lambda: wording.REVIEW_DATE)
    right: ClassVar[Right | None] = Right.REVIEW_DAY
    version = staticmethod(lambda: VERSION)
    steps: ClassVar[tuple[Step, ...]] = (
        Step("day", cards.ReviewDay, cards.review_day, cards.DAY_FIELDS, alone=True),
    )

    async def begin(self, context: Context) -> Draft | Reply:
        """With the day that is agreed so far. A day can be set anew at any time."""
        agreed = context.it.review_on
        return self.draft(context, {"review_on": agreed.isoformat() if agreed else ""})

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Which conversation it is."""
        return {"reference": context.it.reference}

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """The day is kept, and becomes a question to two people."""
        wanted = cards.ReviewDay.model_validate(draft.answers, context=self.checks(context, draft))
        it = await context.change(
            Act.REVIEW_AGREED,
            lambda now: agree_review(now, context.now, wanted.review_on),
            submission=submission,
        )
        due = review_due(context.services.timetable, it)
        when = day(due, context.services.zone) if due else ""
        return Reply(cards.day_set(it, when), wording.REVIEW_DATE)


async def _ask_anew(context: Context, it: Conversation, data: Data) -> Reply:
    """A new request with the people filled in and nothing of the story; an open one stays."""
    anew, flow = context.apart(), REHEARSED if it.practice else REQUEST
    if await context.services.drafts.find(context.person.key, flow.name) is None:
        begun = await flow.begin(anew)
        if isinstance(begun, Reply):
            return begun
        answers = {**begun.answers, **people_of(context, it)}
        filled = begun.model_copy(update={"answers": answers})
        await begin_with(anew, await with_known(anew, filled))
    return await engine.open_flow(anew, flow, "")


def people_of(context: Context, it: Conversation) -> dict[str, Any]:
    """The people of a conversation as a request's answers, each once, without the one who asks; and
    that few may know."""
    nurse = it.part(Part.NURSE)
    apart = (Part.MANAGER, Part.NURSE, Part.FACILITATOR)
    others = [one for one in it.present if one.part not in apart and not context.is_person(one)]
    named = places(it, nurse.id) if nurse else frozenset()
    each = one_each(it, (one for one in others if one.id not in named))
    found: dict[str, Any] = {"others": [_other(one) for one in each]}
    if it.changes.restricted is not None:
        found["few"] = "yes"  # It is as likely of the same family; the tick can be taken out.
    if Role.REQUESTER in roles(context.who, it):
        found |= {"manager_name": it.manager.name, "manager_mail": it.manager.mail}
    if nurse is not None and not context.is_person(nurse):
        found |= {
            "nurse": "named",
            "nurse_name": nurse.name,
            "nurse_mail": nurse.mail,
            "nurse_attending": nurse.attending.value,
        }
    return found


def _other(one: Participant) -> dict[str, str]:
    return {
        "name": one.name,
        "role": one.role,
        "agency": one.agency,
        "mail": one.mail,
        "attending": one.attending.value,
    }


async def _words(context: Context, it: Conversation, data: Data) -> Reply:
    """What the lead worker said and wrote, for the facilitator."""
    found = await context.read(it, WHAT, words_by(it, it.lead))
    if reviewed(it, it.lead) is None:
        return await where(context, it)
    words = found.text("words") if found else ""
    return Reply(cards.review_came(it, words, data.number("at")), wording.REVIEW_TITLE)


ROUTES: Final = (
    Route("review.again", Right.ASK_ANEW, _ask_anew),
    Route("review.words", Right.REVIEW_DAY, _words, whole=True),
)
WHERE: Final[Mapping[Right, Where]] = {Right.REVIEW: where}

"""The review on the agreed day, and setting that day without a document. Source: pathway, 12."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cards import review as cards
from cards.notes import sentence
from cards.when import day
from cards.wording import wording
from dialogs import access
from dialogs.access import Right
from dialogs.asked import questions_of
from dialogs.events import Reply
from dialogs.flow import Flow, Step
from dialogs.visit import Visit
from records.calendar import Office
from records.conversation import Conversation
from records.drafts import Draft
from records.feedback import Answers
from records.file import File
from records.partnership import late
from records.register import Deed
from records.request import Part, Participant
from records.reviewing import WHAT, agreed_points, review, review_due, reviewed, words_by
from records.sharing import agree_review
from records.stages import Act

VERSION: Final = 1


def who(visit: Visit, it: Conversation) -> str:
    """As whom they answer: the lead worker, or the facilitator."""
    return it.lead if access.is_lead(visit, it) else it.facilitator


class ReviewFlow(Flow):
    """One card: how it is now, and words if one likes."""

    name: ClassVar[str] = "review"
    title: ClassVar[str] = late(lambda: wording.REVIEW)
    version: ClassVar[int] = VERSION
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "looked-at",
            cards.Review,
            cards.review,
            cards.FIELDS,
        ),
    )

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """For the lead worker and the facilitator, from the agreed day on."""
        done = await self.now(visit, conversation)
        return done or self.draft(visit, conversation, {})

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """The receipt; or a kind sentence before its time."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.REVIEW):
            return access.refuse(visit, "review", conversation)
        if reviewed(it, who(visit, it)) is not None:
            return _receipt(it, who(visit, it))
        due = review_due(visit.desk.register.timetable, it)
        open_ = access.may(visit, it, Right.REVIEW) and due is not None
        if not open_ or due is None or visit.now < due.replace(hour=0, minute=0):
            said = cards.not_yet(it, due, visit.desk.zone)
            return Reply(sentence(said), said)
        return None

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """The agreed points."""
        file = await visit.file(draft.conversation)
        if file is None or not access.may(visit, file.conversation, Right.REVIEW):
            return {}
        why = wording.REVIEW_WHY.format(reference=file.conversation.reference)
        return {"why": why, "agreed": agreed_points(file, visit.desk.partnership)}

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """Kept, and the facilitator hears what the lead worker said."""
        answer = cards.Review.model_validate(draft.answers)
        deed = Deed(Act.REVIEWED, visit.person.key, visit.now, submission)

        def answered(now: Conversation) -> Conversation:
            access.still(visit, now, Right.REVIEW, Act.REVIEWED)
            return review(now, visit.now, who(visit, now), answer.movement)

        def words(file: File) -> tuple[Answers, ...]:
            it = file.conversation
            kept = Answers(
                what=WHAT,
                by=words_by(it, who(visit, it)),
                version=VERSION,
                at=visit.now,
                texts={"movement": answer.movement, "words": answer.words},
                asked=questions_of(self.steps, draft),
            )
            return (kept,)

        it = await visit.desk.register.change(draft.conversation, deed, answered, words)
        return _receipt(it, who(visit, it))


def _receipt(it: Conversation, person: str) -> Reply:
    summary = wording.REVIEW_DONE.format(reference=it.reference)
    return Reply(cards.review_done(it, person), summary)


class ReviewDayFlow(Flow):
    """The facilitator sets the day without the document."""

    name: ClassVar[str] = "review-day"
    title: ClassVar[str] = late(lambda: wording.REVIEW_DATE)
    version: ClassVar[int] = VERSION
    steps: ClassVar[tuple[Step, ...]] = (
        Step("day", cards.ReviewDay, cards.review_day, cards.DAY_FIELDS, alone=True),
    )

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """With the day that is agreed so far."""
        done = await self.now(visit, conversation)
        it = await visit.conversation(conversation)
        agreed = it.review_on.isoformat() if it and it.review_on else ""
        return done or self.draft(visit, conversation, {"review_on": agreed})

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """A day can be set anew at any time."""
        it = await visit.conversation(conversation)
        if it is None or not access.may(visit, it, Right.REVIEW_DAY):
            return access.refuse(visit, "review", conversation)
        return None

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """Which conversation it is."""
        it = await visit.conversation(draft.conversation)
        return {"reference": it.reference if it else ""}

    def context(self, visit: Visit) -> dict[str, Any]:
        """Today, in the partnership's time."""
        office: Office = visit.desk.register.timetable.office
        return {**super().context(visit), "today": office.local(visit.now).date()}

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """The day is kept, and becomes a question to two people."""
        wanted = cards.ReviewDay.model_validate(draft.answers, context=self.context(visit))
        deed = Deed(Act.REVIEW_AGREED, visit.person.key, visit.now, submission)
        it = await visit.desk.register.change(
            draft.conversation,
            deed,
            lambda now: agree_review(
                access.still(visit, now, Right.REVIEW_DAY, Act.REVIEW_AGREED),
                visit.now,
                wanted.review_on,
            ),
        )
        due = review_due(visit.desk.register.timetable, it)
        when = day(due, visit.desk.zone) if due else ""
        return Reply(cards.day_set(it, when), wording.REVIEW_DATE)


def people_of(visit: Visit, it: Conversation) -> dict[str, Any]:
    """The people of a conversation as a request's answers, the one who asks left out."""
    nurse = it.part(Part.NURSE)
    apart = (Part.MANAGER, Part.NURSE, Part.FACILITATOR)
    others = [one for one in it.present if one.part not in apart and not visit.is_person(one)]
    found: dict[str, Any] = {"others": [_other(one) for one in others]}
    if access.is_requester(visit, it):
        found |= {"manager_name": it.manager.name, "manager_mail": it.manager.mail}
    if nurse is not None and not visit.is_person(nurse):
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

"""Sharing the learning document, passing it on, and recording it. Source: pathway, step 8."""

from collections.abc import Mapping
from typing import Any, ClassVar

from cards import sharing as cards
from cards.notes import sentence
from cards.wording import wording
from dialogs import access, booking
from dialogs.access import Right
from dialogs.asked import questions_of
from dialogs.booking import plain
from dialogs.echo import with_texts
from dialogs.events import Reply
from dialogs.flow import Flow, Step
from dialogs.visit import Visit
from records import sharing
from records.conversation import Conversation
from records.drafts import Draft
from records.feedback import Answers
from records.file import read_answers
from records.learning import agency_of, learning_document
from records.partnership import late
from records.register import Deed
from records.request import Part
from records.stages import Act, Stage, WrongStage

PASSED_ON = "passed-on"
"""What the lead worker's words about anybody else are kept as."""


async def shared(visit: Visit, it: Conversation) -> Reply:
    """Where a shared document is, for its facilitator, and with whom it was shared."""
    text = wording.SHARED_DONE.format(reference=it.reference, name=cards.lead_name(it))
    if it.captured.confirmed_at is None:
        return Reply(cards.shared(it), text)
    said = await read_answers(visit.desk.register.store, it.id, PASSED_ON, "lead")
    return Reply(cards.shared(it, said.texts.get("others", "") if said else ""), text)


async def sure(visit: Visit, conversation: str) -> Reply:
    """What is still empty and who gets it, before it goes out."""
    file = await visit.file(conversation)
    if file is None or not access.is_theirs(visit, file.conversation, Right.SHARE):
        return access.refuse(visit, "learning", conversation)
    it = file.conversation
    if not access.may(visit, it, Right.SHARE):
        early = it.stage is Stage.BOOKED
        return (
            Reply(sentence(wording.SHARE_EARLY), wording.LEARNING)
            if early
            else (await booking.where(visit, it))
        )
    if not it.captured.is_open:
        return await shared(visit, it)
    text = wording.SHARE_TITLE.format(reference=it.reference)
    return Reply(cards.sure(it, learning_document(file, visit.desk.partnership)), text)


async def share(visit: Visit, conversation: str) -> Reply:
    """The lead worker gets it; the facilitator's draft is put away, since all of it is kept."""
    it = await _theirs(visit, conversation, Right.SHARE)
    if isinstance(it, Reply):
        return it
    if it.captured.is_open:
        deed = Deed(Act.LEARNING_SHARED, visit.person.key, visit.now)
        try:
            it = await visit.desk.register.change(
                conversation,
                deed,
                lambda now: sharing.share(
                    access.still(visit, now, Right.SHARE, Act.LEARNING_SHARED), visit.now
                ),
            )
        except WrongStage:
            return await _now(visit, conversation)
    opened = await visit.desk.drafts.find(visit.person.key, "learning", conversation)
    if opened is None:
        return await shared(visit, it)
    await visit.desk.drafts.discard(opened.draft)
    # Texts that another one came before, or that have no heading any more: kept nowhere else.
    beside = [text for texts in opened.draft.kept.values() for text in texts]
    return with_texts(await shared(visit, it), beside)


async def open_again(visit: Visit, conversation: str) -> Reply:
    """Something is to be put right, before the lead worker has passed it on."""
    it = await _theirs(visit, conversation, Right.SHARE)
    if isinstance(it, Reply):
        return it
    if not it.captured.is_open:
        deed = Deed(Act.LEARNING_OPENED, visit.person.key, visit.now)
        try:
            it = await visit.desk.register.change(
                conversation,
                deed,
                lambda now: sharing.open_again(
                    access.still(visit, now, Right.SHARE, Act.LEARNING_OPENED), visit.now
                ),
            )
        except WrongStage:
            return await _now(visit, conversation)
    return Reply(cards.opened_again(it), wording.OPENED_AGAIN)


async def _theirs(visit: Visit, conversation: str, right: Right) -> Conversation | Reply:
    it = await visit.conversation(conversation)
    if it is None or not access.is_theirs(visit, it, right):
        return access.refuse(visit, "learning", conversation)
    return it if access.may(visit, it, right) else await booking.where(visit, it)


async def _now(visit: Visit, conversation: str) -> Reply:
    """Somebody was quicker: where the document is."""
    it = await visit.conversation(conversation)
    if it is None or it.captured.is_open:
        return Reply(sentence(wording.BUSY), wording.BUSY)
    return await shared(visit, it)


class PassedOnFlow(Flow):
    """The lead worker says with whom they shared it."""

    name: ClassVar[str] = PASSED_ON
    title: ClassVar[str] = late(lambda: wording.PASSED_ON_TITLE)
    version: ClassVar[int] = 1
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "who",
            cards.PassedOn,
            cards.passed_on,
            cards.PASSED_ON_FIELDS,
            press=lambda: wording.PASSED_ON_CONFIRM,
        ),
    )

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """For the lead worker, once it is shared; what they said before is filled in."""
        done = await self._stopped(visit, conversation)
        it = await visit.conversation(conversation)
        if done is not None or it is None:
            return done or access.refuse(visit, PASSED_ON, conversation)
        before = await read_answers(visit.desk.register.store, it.id, PASSED_ON, "lead")
        answers = {
            "shared_with": ",".join(it.captured.shared_with),
            "shared_others": before.texts.get("others", "") if before else "",
        }
        return self.draft(visit, conversation, answers)

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """The receipt, once it was said."""
        stopped = await self._stopped(visit, conversation)
        it = await visit.conversation(conversation)
        if stopped is None and it is not None and it.captured.confirmed_at is not None:
            return _passed_on(it)
        return stopped

    async def _stopped(self, visit: Visit, conversation: str) -> Reply | None:
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.SAY_SHARED):
            return access.refuse(visit, PASSED_ON, conversation)
        if it.captured.is_open or not access.may(visit, it, Right.SAY_SHARED):
            return Reply(cards.returned(it), wording.LEARNING)
        return None

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """Everybody else in the conversation."""
        it = await visit.conversation(draft.conversation)
        if it is None:
            return {}
        return {"reference": it.reference, "people": _others(it)}

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """It is passed on; each person who came gets the words for their own agency."""
        said = cards.PassedOn.model_validate(draft.answers)
        answers = Answers(
            what=PASSED_ON,
            by="lead",
            version=self.version,
            at=visit.now,
            texts={"others": said.shared_others},
            asked=questions_of(self.steps, draft, {"shared_others": "others"}),
        )
        deed = Deed(Act.LEARNING_CONFIRMED, visit.person.key, visit.now, submission)
        try:
            it = await visit.desk.register.change(
                draft.conversation,
                deed,
                lambda now: sharing.confirm(
                    access.still(visit, now, Right.SAY_SHARED, Act.LEARNING_CONFIRMED),
                    visit.now,
                    said.shared_with,
                ),
                lambda _: (answers,),
            )
        except WrongStage:
            stopped = await self._stopped(visit, draft.conversation)
            if stopped is None:
                raise
            return stopped
        return _passed_on(it)


def _others(it: Conversation) -> tuple[tuple[str, str], ...]:
    found = (one for one in it.present if one.id != it.lead and one.part is not Part.FACILITATOR)
    return tuple((one.id, plain(f"{one.name} ({agency_of(one)})")) for one in found)


def _passed_on(it: Conversation) -> Reply:
    return Reply(cards.passed_on_done(it), wording.PASSED_ON_DONE.format(reference=it.reference))


async def to_record(visit: Visit, conversation: str) -> Reply:
    """The words of one's own agency again, once the document is passed on."""
    file = await visit.file(conversation)
    me = access.attendee(visit, file.conversation) if file else None
    if file is None or me is None:
        return access.refuse(visit, "record", conversation)
    it = file.conversation
    if it.captured.confirmed_at is None or not access.may(visit, it, Right.RECORD):
        return Reply(sentence(wording.RECORD_NOT_YET), wording.RECORD_NOT_YET)
    words = learning_document(file, visit.desk.partnership).recording_for(me)
    text = wording.RECORD_SUMMARY.format(reference=it.reference)
    return Reply(cards.to_record(it, words, visit.desk.zone), text)


async def recorded(visit: Visit, conversation: str) -> Reply:
    """They have recorded it on their own system; the first time counts."""
    it = await visit.conversation(conversation)
    me = access.attendee(visit, it) if it else None
    if it is None or me is None:
        return access.refuse(visit, "record", conversation)
    deed = Deed(Act.RECORDED, visit.person.key, visit.now)
    try:
        it = await visit.desk.register.change(
            conversation,
            deed,
            lambda now: sharing.record(
                access.still(visit, now, Right.RECORD, Act.RECORDED), visit.now, me.id
            ),
        )
    except WrongStage:
        return Reply(sentence(wording.RECORD_NOT_YET), wording.RECORD_NOT_YET)
    return Reply(cards.recorded(it), wording.RECORDED_DONE.format(reference=it.reference))

"""Feedback of each person who came: four cards; the tap on the scale already counts.

Source: pathway, step 9 and Timing: accepted until the 8-week date.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from cards import feedback as cards
from cards import told
from cards.asked import texts
from cards.notes import sentence
from cards.when import day
from cards.wording import wording
from dialogs import access
from dialogs.access import Right
from dialogs.asked import questions_of
from dialogs.echo import with_texts
from dialogs.events import Reply
from dialogs.flow import Flow, NotOpen, Step
from dialogs.visit import Visit
from records.conversation import Conversation
from records.drafts import Draft
from records.feedback import Answers
from records.file import read_answers
from records.partnership import late, the_partnership
from records.register import Deed
from records.request import Participant
from records.stages import Act, Stage, WrongStage

TEXTS: Final = texts(cards.FIELDS)


class _Sent(Exception):
    """This draft was sent already, from another device."""


def _read_number(text: str) -> Mapping[str, str] | None:
    words = text.strip()
    known = len(words) <= 2 and words.isdecimal() and int(words) in cards.NUMBERS
    return {"scale": words} if known else None


class FeedbackFlow(Flow):
    """One participant's feedback. A skipped text is an answer too."""

    name: ClassVar[str] = "feedback"
    title: ClassVar[str] = late(lambda: wording.FEEDBACK)
    version: ClassVar[int] = late(lambda: the_partnership().questions.feedback)
    total: ClassVar[int] = 4
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "scale",
            cards.Scale,
            cards.scale,
            cards.SCALE_FIELDS,
            1,
            choices=_read_number,
            again=True,
        ),
        Step(
            "happened",
            cards.Happened,
            cards.happened,
            cards.HAPPENED_FIELDS,
            2,
        ),
        Step(
            "difference",
            cards.Difference,
            cards.difference,
            cards.DIFFERENCE_FIELDS,
            3,
        ),
        Step(
            "possibility",
            cards.Possibility,
            cards.possibility,
            cards.POSSIBILITY_FIELDS,
            4,
        ),
    )

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """For each person who came, with what they answered before filled in."""
        it = await visit.conversation(conversation)
        me = access.attendee(visit, it) if it else None
        if it is None or me is None:
            return access.refuse(visit, "feedback", conversation)
        shut = _shut(visit, it, me)
        if shut is not None:
            return shut
        before = await read_answers(visit.desk.register.store, it.id, "feedback", me.id)
        answers: dict[str, Any] = dict(before.texts) if before else {}
        if before is not None:
            answers |= {"scale": str(before.scale), "may_quote": "yes" if before.may_quote else ""}
        return self.draft(visit, conversation, answers, before)

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """The receipt, once everything was sent."""
        it = await visit.conversation(conversation)
        me = access.attendee(visit, it) if it else None
        if it is None or me is None:
            return access.refuse(visit, "feedback", conversation)
        given = it.answered(me.id)
        if given is not None and given.complete:
            return _receipt(visit, it, me)
        return _shut(visit, it, me)

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """Why the card came and until when the answer counts as within two days."""
        it = await visit.conversation(draft.conversation)
        return told.feedback_facts(it, visit.desk.register.timetable, visit.now) if it else {}

    async def keep_step(self, visit: Visit, draft: Draft, step: Step) -> None:
        """Every answer is kept as it is given: the tap alone, and each text after it."""
        await keep(visit, draft, complete=False, submission="")

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """Everything is kept; the receipt says what happens next."""
        it = await keep(visit, draft, complete=True, submission=submission)
        me = access.attendee(visit, it)
        if me is None:
            return access.refuse(visit, "feedback", it.id)
        return _receipt(visit, it, me)


async def keep(visit: Visit, draft: Draft, *, complete: bool, submission: str) -> Conversation:
    """Write what is answered so far into the conversation. Raises WrongStage when it is closed."""
    it = await visit.conversation(draft.conversation)
    me = access.attendee(visit, it) if it else None
    if it is None or me is None:
        raise WrongStage(draft.conversation, Act.FEEDBACK, it.stage if it else Stage.ENDED)
    shut = _shut(visit, it, me)
    if shut is not None:
        await visit.desk.drafts.discard(draft)
        raise NotOpen(shut)
    texts = {name: str(draft.answers.get(name, "")).strip() for name in TEXTS}
    answers = Answers(
        what="feedback",
        by=me.id,
        version=draft.version,
        at=visit.now,
        texts={name: text for name, text in texts.items() if text},
        scale=cards.Scale.model_validate(draft.answers).scale,
        may_quote=draft.answers.get("may_quote") == "yes",
        asked=questions_of(FeedbackFlow.steps, draft),
    )
    deed = Deed(Act.FEEDBACK, visit.person.key, visit.now, submission)

    def give(now: Conversation) -> Conversation:
        access.still(visit, now, Right.FEEDBACK, Act.FEEDBACK)
        if sent in now.recent:
            raise _Sent
        given = now.give_feedback(visit.now, me.id, complete=complete)
        return given.with_(recent=(*given.recent, sent)) if complete and draft.id else given

    sent = f"draft-{draft.id}"
    try:
        return await visit.desk.register.change(it.id, deed, give, lambda _: (answers,))
    except _Sent:
        shown = await _sent_elsewhere(visit, draft, me, answers)
        raise NotOpen(shown, complete=True) from None


async def _sent_elsewhere(visit: Visit, draft: Draft, me: Participant, answers: Answers) -> Reply:
    """Another device sent this very draft: its receipt, and the words here that were not in it."""
    await visit.desk.drafts.discard(draft)
    it = await visit.conversation(draft.conversation)
    store = visit.desk.register.store
    kept = await read_answers(store, draft.conversation, "feedback", me.id)
    texts = kept.texts if kept else {}
    new = [text for name, text in answers.texts.items() if text != texts.get(name)]
    if it is None:
        return access.refuse(visit, "feedback", draft.conversation)
    return with_texts(_receipt(visit, it, me), new)


def _shut(visit: Visit, it: Conversation, me: Participant) -> Reply | None:
    """A kind sentence while feedback is not open for this person; None while it is."""
    until = visit.desk.register.timetable.outcome_date(it)
    if it.stage is Stage.COMPLETE or (until is not None and visit.now > until):
        when = day(until, visit.desk.zone) if until else ""
        text = wording.FEEDBACK_CLOSED.format(reference=it.reference, until=when)
        return Reply(sentence(text), wording.FEEDBACK)
    came = it.held.came if it.held else ()
    if it.stage is not Stage.HELD or me.id not in came:
        text = wording.FEEDBACK_NOT_YET if me.id not in it.absent else wording.TOOK_PART_DONE
        return Reply(sentence(text), wording.FEEDBACK)
    return None


def _receipt(visit: Visit, it: Conversation, me: Participant) -> Reply:
    card = told.feedback_done(it, visit.desk.register.timetable, lead=me.id == it.lead)
    return Reply(card, wording.FEEDBACK_DONE.format(reference=it.reference))


async def took_part(visit: Visit, conversation: str, act: Act) -> Reply | None:
    """The morning after: yes, not there, or it did not go ahead. None: now ask the scale."""
    it = await visit.conversation(conversation)
    me = access.attendee(visit, it) if it else None
    if it is None or me is None:
        return access.refuse(visit, "feedback", conversation)
    changes = {
        Act.TOOK_PART: lambda now: now.took_part(visit.now, me.id),
        Act.NOT_THERE: lambda now: now.not_there(visit.now, me.id),
        Act.DOUBT: lambda now: now.doubt(visit.now, me.id),
    }
    try:
        if it.booking is not None and visit.now < it.booking.start:
            return Reply(sentence(wording.FEEDBACK_NOT_YET), wording.FEEDBACK)
        if not (act is Act.TOOK_PART and it.held and me.id in it.held.came):
            deed = Deed(act, visit.person.key, visit.now)
            it = await visit.desk.register.change(
                conversation,
                deed,
                lambda now: changes[act](access.still(visit, now, Right.TOOK_PART, act)),
            )
    except WrongStage:
        return None
    if act is Act.TOOK_PART:
        return None
    name = facilitator.name if (facilitator := it.person(it.facilitator)) else wording.SOMEBODY
    thanks = wording.DOUBT_THANKS.format(name=name) if act is Act.DOUBT else wording.TOOK_PART_DONE
    return Reply(sentence(thanks), thanks)

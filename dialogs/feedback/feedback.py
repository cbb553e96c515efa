"""Feedback of each who came: four cards; the tap on the scale counts. Long, as one flow.

The number is kept in the conversation at once. The words stay in the draft until *Send*: what is
not sent is nobody's to read. Source: pathway, step 9 and Timing: accepted until the 8-week date.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Final

from cards.feedback import feedback as cards
from cards.feedback import readers, receipts
from cards.happening import with_happened
from cards.kit.notes import sentence
from cards.kit.when import day
from cards.kit.who import facilitator
from cards.wording import wording
from dialogs.feedback.promised import came_late, is_told, under_promise
from dialogs.flow import engine
from dialogs.flow.answering import questions_of
from dialogs.flow.drafting import find, let_go
from dialogs.flow.flow import Flow, NotOpen, Step
from dialogs.turn.access import NotNow, Right, attendee, may
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply, with_texts
from dialogs.turn.route import Handler, Route, Where
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers, unsent
from records.conversation.one_each import as_came
from records.drafts import Draft
from records.evaluation.quotes import taken_back
from records.feedback.readers import noted
from records.feedback.reading import begin, is_kept_from, read_by
from records.people import Participant
from records.stages import Act, Stage

SCALE_STEP: Final = "scale"
LAST_STEP: Final = "possibility"


def _read_number(text: str) -> Mapping[str, str] | None:
    words = text.strip()
    known = len(words) <= 2 and words.isdecimal() and int(words) in cards.NUMBERS
    return {"scale": words} if known else None


class FeedbackFlow(Flow):
    """One participant's feedback. A skipped text is an answer too."""

    name: ClassVar[str] = "feedback"
    right: ClassVar[Right | None] = Right.FEEDBACK
    whole: ClassVar[bool] = True
    title = staticmethod(lambda: wording.FEEDBACK)
    version = staticmethod(lambda: wording.partnership.questions.feedback)
    total: ClassVar[int] = 4
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            SCALE_STEP,
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
            LAST_STEP,
            cards.Possibility,
            cards.possibility,
            cards.POSSIBILITY_FIELDS,
            4,
        ),
    )

    async def closed(self, context: Context, draft: Draft | None) -> Reply | None:
        """Once the 8-week date is past, and for somebody who did not come."""
        me = attendee(context.who, context.it)
        return _shut(context, context.it, me) if me else None

    async def begin(self, context: Context) -> Draft | Reply:
        """For each person who came, with what they answered before filled in."""
        me = _me(context, context.it)
        before = await context.answers(context.it, "feedback", me.id)
        answers: dict[str, Any] = dict(before.texts) if before else {}
        if before is not None:
            answers |= {"scale": str(before.scale), "may_quote": "yes" if before.may_quote else ""}
            answers["not_to"] = "yes" if is_kept_from(context.it, me.id) else ""
        return self.draft(context, answers, before).model_copy(update={"spare": True})

    async def done(self, context: Context, key: str) -> Reply | None:
        """The receipt, once everything was sent."""
        me = _me(context, context.it)
        given = context.it.answered(me.id)
        if given is not None and given.complete:
            return await _receipt(context, context.it, me, self.sent(context))
        return _shut(context, context.it, me)

    def sent(self, context: Context) -> Answers | None:
        """What this person has sent before."""
        me = attendee(context.who, context.it) and _me(context, context.it)
        return context.file.answers_of("feedback", me.id) if me and context.file else None

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """Who reads it, and where it is not counted any more; on the first card why it came, and
        until when the answer counts as within two days, on the last who can ring."""
        about = (context.it, context.services.timetable, context.now)
        told = is_told(context, draft)
        late = await came_late(context, context.it, context.now)
        if draft.step == SCALE_STEP:
            return receipts.feedback_facts(*about, evaluators=told, late=late)
        me = _me(context, context.it).id if draft.step == LAST_STEP else ""
        return readers.facts(*about, me, evaluators=told, late=late)

    def settle(self, draft: Draft, step: Step) -> Draft:
        """Until a word is written, all that it holds is kept in the conversation as well."""
        written = any(str(draft.answers.get(one, "")).strip() for one in cards.TEXTS)
        empty = not written and not any(draft.kept.values())
        return draft.model_copy(update={"spare": draft.spare or empty})

    async def keep_step(self, context: Context, draft: Draft, step: Step, submission: str) -> None:
        """The tap on the scale is kept in the conversation at once; words wait for Send."""
        if step.id != SCALE_STEP:
            return
        me, known = _me(context, context.it), submission in context.it.recent
        scale = cards.Scale.model_validate(draft.answers).scale
        asked = questions_of(self.steps[:1], draft)
        before = context.file.answers_of("feedback", me.id) if context.file else None
        if known and before is not None and before.scale == scale:
            return  # it is kept already, and only its draft was not

        # With its question; what was sent before stays as it was.
        sent = before or Answers(
            what="feedback", by=me.id, version=draft.version, at=context.now, texts={}
        )
        update = {"scale": scale, "at": context.now, "asked": {**sent.asked, **asked}}
        new = sent.model_copy(update={**update, "version": draft.version})
        told = noted(context.services.timetable, context.it, context.now, before, new)
        listed = await context.readers() if told.begins else ()

        waits = partial(begin, at=context.now, listed=listed) if told.begins else lambda it: it
        await context.change(
            Act.FEEDBACK_CAME if told.begins else Act.FEEDBACK,
            lambda now: waits(
                now.give_feedback(context.now, me.id, complete=False, noted=told.changes)
            ),
            submission="" if known else submission,
            answers=lambda _: (new,),
        )

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """Everything is kept; the receipt says what happens next."""
        it = await _keep_all(context, draft, submission)
        return await _receipt(context, it, _me(context, it), self.sent(context))


FEEDBACK: Final = FeedbackFlow()


class _Sent(Exception):
    """This draft was sent already, from another device."""


def _me(context: Context, it: Conversation) -> Participant:
    """As whom they answer. Raises NotNow for somebody who is neither expected nor came."""
    me = attendee(context.who, it)
    if me is None:
        raise NotNow(it, Right.FEEDBACK)
    return me if it.held is None or me.id in it.held.came else as_came(it, me)


async def _keep_all(context: Context, draft: Draft, submission: str) -> Conversation:
    """Number and words. A draft is sent once: from another device it is told so. Raises NotOpen."""
    me, sent = _me(context, context.it), f"draft-{draft.id}"
    said = {name: str(draft.answers.get(name, "")).strip() for name in cards.TEXTS}
    answers = Answers(
        what="feedback",
        by=me.id,
        version=draft.version,
        at=context.now,
        texts={name: text for name, text in said.items() if text},
        scale=cards.Scale.model_validate(draft.answers).scale,
        may_quote=draft.answers.get("may_quote") == "yes",
        asked=questions_of(FeedbackFlow.steps, draft),
    )

    before = context.whole.answers_of("feedback", me.id)
    answers = under_promise(context, draft, answers, before)
    dates, at = context.services.timetable, context.now
    late = "together" not in readers.facts(context.it, dates, at)
    kept_from: bool | None = late or draft.answers.get("not_to") == "yes"
    if late and before is not None and before.texts == answers.texts:
        kept_from = None  # they are under the promise that they were sent with
    told = noted(dates, context.it, at, before, answers, kept_from=kept_from)
    listed = await context.readers() if told.begins else ()
    # Words may make enough of them for the facilitator.
    act = Act.FEEDBACK_CAME if told.begins or answers.texts else Act.FEEDBACK

    def give(now: Conversation) -> Conversation:
        if sent in now.recent:
            raise _Sent
        given = now.give_feedback(at, me.id, complete=True, noted=told.changes)
        given = begin(given, at, listed) if told.begins else given
        given = taken_back(given, answers)
        return given.with_(recent=(*given.recent, sent)) if draft.id else given

    try:
        return await context.change(act, give, submission=submission, answers=lambda _: (answers,))
    except _Sent:
        shown = await _sent_elsewhere(context, draft, me, answers)
        raise NotOpen(shown, complete=True) from None


async def _sent_elsewhere(
    context: Context, draft: Draft, me: Participant, answers: Answers
) -> Reply:
    """Another device sent this very draft: its receipt, and the words here that were not in it."""
    opened = await find(context, FEEDBACK, draft.conversation)
    new = [*answers.texts.values(), *draft.beside]
    if opened is not None:
        new += FEEDBACK.written(opened.draft)
        new += await let_go(context, FEEDBACK, opened, new) or ()
    await context.again()
    kept = context.whole.answers_of("feedback", me.id)
    there = set(kept.texts.values()) if kept else set()
    texts = [one for one in dict.fromkeys(new) if one not in there]
    receipt = await _receipt(context, context.it, me, kept)
    return with_texts(receipt, texts, wording.NOT_KEPT)


def _shut(context: Context, it: Conversation, me: Participant) -> Reply | None:
    """A kind sentence while feedback is not open for this person; None while it is."""
    until = context.services.timetable.outcome_date(it)
    if it.stage is Stage.COMPLETE or (until is not None and context.now > until):
        when = day(until, context.services.zone) if until else ""
        text = wording.FEEDBACK_CLOSED.format(reference=it.reference, until=when)
        return Reply(sentence(text), wording.FEEDBACK)
    came = it.held.came if it.held else ()
    if it.stage is not Stage.HELD or (me.id not in came and as_came(it, me) is me):
        text = wording.FEEDBACK_NOT_YET if me.id not in it.absent else wording.TOOK_PART_DONE
        return Reply(sentence(text.format(reference=it.reference)), wording.FEEDBACK)
    return None


async def _receipt(
    context: Context, it: Conversation, me: Participant, sent: Answers | None
) -> Reply:
    late = await _came_late(context, it, me)
    card = receipts.feedback_done(it, context.services.timetable, me.id, sent, late=late)
    return Reply(
        with_happened(card, it, me.id), wording.FEEDBACK_DONE.format(reference=it.reference)
    )


async def _came_late(context: Context, it: Conversation, me: Participant) -> bool:
    """Whether what they gave, as it stands, came once the figures of its time were closed."""
    given = it.answered(me.id)
    return given is not None and await came_late(context, it, given.last_at or given.first_at)


async def where(context: Context, it: Conversation) -> Reply:
    """Where feedback is: not open yet, open, or closed."""
    shut = _shut(context, it, _me(context, it))
    if shut is not None or not may(context.who, it, Right.FEEDBACK):
        text = wording.FEEDBACK_NOT_YET.format(reference=it.reference)
        return shut or Reply(sentence(text), wording.FEEDBACK)
    await context.about(it.id, Right.FEEDBACK, whole=True)
    return await engine.open_flow(context, FEEDBACK, it.id)


async def _see(context: Context, it: Conversation, data: Data) -> Reply:
    """What was written and not sent: from the first card that has some of it."""

    def there(draft: Draft) -> Draft:
        written = (
            step.id
            for step in FEEDBACK.steps
            if any(str(draft.answers.get(one) or draft.kept.get(one, "")) for one in step.typed)
        )
        return draft.model_copy(update={"step": next(written, draft.step), "returning": False})

    return await engine.move(context, FEEDBACK, it.id, there)


async def _leave(context: Context, it: Conversation, data: Data) -> Reply:
    """Leave it at the number: the words go no further, and are shown once more, to be copied."""
    me = _me(context, it)
    sent = await context.answers(it, "feedback", me.id)
    if sent is None or sent.scale is None or _shut(context, it, me) is not None:
        return await engine.open_flow(context, FEEDBACK, it.id)
    drafts = context.services.drafts
    opened = await drafts.find(context.person.key, FEEDBACK.name, it.id)
    draft = opened.draft if opened is not None else None
    words = unsent(draft.answers, sent, cards.TEXTS, draft.beside) if draft else []
    if it.has_completed(me.id) and sent.texts and not words:
        return await _receipt(
            context, it, me, sent
        )  # its words have gone, from another card or device
    it = await context.change(
        Act.FEEDBACK, lambda now: now.give_feedback(context.now, me.id, complete=True)
    )
    if opened is not None:
        words += await let_go(context, FEEDBACK, opened, words) or ()
    late = await _came_late(context, it, me)
    card = receipts.feedback_left(it, context.services.timetable, sent.scale, me.id, late=late)
    title = receipts.feedback_left_title(it, sent.scale)
    left = Reply(with_happened(card, it, me.id), title)
    return with_texts(left, words, wording.NOT_KEPT)


def _took_part(act: Act) -> Handler:
    """The morning after: yes, not there, or it did not go ahead. After a yes the scale is asked."""

    def said(now: Conversation, at: datetime, who: str) -> Conversation:
        match act:
            case Act.TOOK_PART:
                return now.took_part(at, who)
            case Act.NOT_THERE:
                return now.not_there(at, who)
            case _:
                return now.doubt(at, who)

    async def handle(context: Context, it: Conversation, data: Data) -> Reply:
        me = _me(context, it)
        if it.booking is not None and context.now < it.booking.start:
            text = wording.FEEDBACK_NOT_YET.format(reference=it.reference)
            return Reply(sentence(text), wording.FEEDBACK)
        if not (act is Act.TOOK_PART and it.held and me.id in it.held.came):
            listed = await context.readers() if it.held is None else it.reading.readers
            it = await context.change(
                act, lambda now: read_by(said(now, context.now, me.id), listed)
            )
        if act is Act.TOOK_PART:
            return await where(context, it)
        return _thanks(it, act)

    return handle


async def _ask_took_part(context: Context, it: Conversation, data: Data) -> Reply:
    """The same question, found among what waits; where it is known who came, how it was."""
    me, held = _me(context, it), it.held
    if held is not None and (held.confirmed or me.id in held.came):
        return await where(context, it)
    if it.booking is not None and context.now < it.booking.start:
        text = wording.FEEDBACK_NOT_YET.format(reference=it.reference)
        return Reply(sentence(text), wording.FEEDBACK)
    why = receipts.took_part_why(it, context.services.timetable)
    return Reply(cards.took_part(it, why), why)


def _thanks(it: Conversation, act: Act) -> Reply:
    text = wording.DOUBT_THANKS if act is Act.DOUBT else wording.TOOK_PART_DONE
    thanks = text.format(name=facilitator(it), reference=it.reference)
    return Reply(sentence(thanks), thanks)


ROUTES: Final = (
    Route("feedback.see", Right.FEEDBACK, _see, whole=True),
    Route("feedback.leave", Right.FEEDBACK, _leave, whole=True),
    Route("feedback.took-part", Right.TOOK_PART, _ask_took_part),
    Route("feedback.yes", Right.TOOK_PART, _took_part(Act.TOOK_PART)),
    Route("feedback.no", Right.TOOK_PART, _took_part(Act.NOT_THERE)),
    Route("feedback.not-ahead", Right.TOOK_PART, _took_part(Act.DOUBT)),
)
WHERE: Final[Mapping[Right, Where]] = {Right.FEEDBACK: where, Right.TOOK_PART: where}

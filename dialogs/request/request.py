"""The request: eight cards, then the manager is asked; long, as one flow (pathway, step 1)."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from pydantic import ValidationError

from cards import home
from cards.kit import notes
from cards.kit import people as people_cards
from cards.kit.agencies import named
from cards.kit.elements import Card
from cards.kit.named_already import Named, other_of
from cards.kit.page import Page, ids, labels
from cards.kit.when import day
from cards.request import request as cards
from cards.request.check import request_check
from cards.wording import wording
from dialogs.flow import engine
from dialogs.flow.answering import questions_of
from dialogs.flow.flow import Flow, Step
from dialogs.flow.people_listed import with_half_typed
from dialogs.home import where
from dialogs.turn.access import Right, is_theirs
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Command, Plain
from records.changes.restricting import said_by_requester
from records.conversation.conversation import PRACTICE, Conversation, is_practice
from records.conversation.feedback import Answers
from records.conversation.request import About, Reason, Request
from records.drafts import Draft
from records.people import Attending, Part, Participant
from records.plain_words import words_of
from records.stages import Stage

STORY: Final = ids(cards.STORY)
REMEMBERED: Final = "remembered"
"""Marks a draft whose writer was here before."""


def _read_risk(text: str) -> Mapping[str, str] | None:
    words = words_of(text)
    plain = "?" not in text and words in (["yes"], ["no"])
    return {"risk": words[0]} if plain else None


def _manager_too(draft: Draft) -> str:
    """That the manager has a second place: it may be right, and is easily a slip."""
    manager = cards.manager_of(draft.answers)
    too = (one.part for one in named_with(draft.answers) if one.is_also(manager))
    return next((wording.MANAGER_TOO[part] for part in too), "")


class RequestFlow(Flow):
    """A practitioner's request. Nobody needs a right to write one; once sent it has its own."""

    name: ClassVar[str] = "request"
    right: ClassVar[Right | None] = None
    title = staticmethod(lambda: wording.REQUEST)
    version = staticmethod(lambda: wording.partnership.questions.request)
    total: ClassVar[int] = 8
    checked: ClassVar[bool] = True
    may_skip: ClassVar[bool] = True
    steps: ClassVar[tuple[Step, ...]] = (
        Step("risk", notes.Risk, notes.risk, notes.RISK_FIELDS, 1, choices=_read_risk),
        Step(
            "about",
            cards.AboutAnswer,
            cards.about,
            cards.ABOUT_FIELDS,
            2,
            alone=True,
        ),
        Step("you", cards.You, cards.you, cards.YOU_FIELDS, 3, alone=True, noted=_manager_too),
        Step(
            "people",
            people_cards.People,
            people_cards.people,
            (*people_cards.NURSE_FIELDS, *people_cards.OTHER_FIELDS),
            4,
            alone=True,
            noted=_manager_too,
        ),
        Step(
            "worry",
            cards.Worry,
            cards.worry,
            cards.WORRY_FIELDS,
            5,
        ),
        Step(
            "hope_you",
            cards.HopeYou,
            cards.hope_you,
            cards.HOPE_YOU_FIELDS,
            6,
        ),
        Step(
            "hope_child",
            cards.HopeChild,
            cards.hope_child,
            cards.HOPE_CHILD_FIELDS,
            7,
        ),
    )

    def check(self, on: Page) -> Card:
        """Card 8."""
        return request_check(on)

    def settle(self, draft: Draft, step: Step) -> Draft:
        """Somebody typed in but not added yet is added; an agency stands under its name; the hope
        follows whom it is about."""
        if step.id == "you":
            return draft.model_copy(update={"answers": named(draft.answers)})
        if step.id == "about":
            return _of_child_or_person(draft)
        if step.id != "people":
            return draft
        named_nurse = people_cards.with_nurse(draft.answers)
        return with_half_typed(draft.model_copy(update={"answers": named_nurse}))

    def skips(self, draft: Draft, step: Step) -> bool:
        """Who somebody is and who their manager is, where both are known from last time: the check
        shows them, with a way to change them."""
        if step.id != "you" or not draft.answers.get(REMEMBERED):
            return False
        try:
            cards.You.model_validate(draft.answers)
        except ValidationError:
            return False
        return True

    async def begin(self, context: Context) -> Draft | Reply:
        """A new request, with what is remembered of its writer."""
        person = context.person
        remembered = {
            "contact": person.contact or next(iter(person.mails), ""),
            "team": person.team,
            "agency": person.agency,
            "attending": Attending.YES.value,
            "manager_name": person.manager_name,
            "manager_mail": person.manager_mail,
        }
        known = (person.team, person.agency, person.manager_name, person.manager_mail)
        if all(known):
            remembered[REMEMBERED] = "yes"
        return self.draft(context, remembered, key=self.new_key())

    def new_key(self) -> str:
        """The id of the conversation that is asked for."""
        return uuid.uuid4().hex

    async def done(self, context: Context, key: str) -> Reply | None:
        """Where a sent request is; None for one that was never sent. Raises NotNow."""
        if await context.record(key) is None:
            return None
        return await where(context, await context.about(key, Right.SEE_WHERE))

    async def receipt(self, context: Context, key: str) -> Reply | None:
        """The receipt of Send for as long as nobody has answered; then where it is."""
        it = await context.record(key)
        fresh = it is not None and it.stage is Stage.REQUESTED and not it.talks
        if it is not None and fresh and is_theirs(context.who, it, Right.SEE_WHERE):
            return await _sent(context, it)
        return await self.done(context, key)

    async def facts(self, context: Context, draft: Draft) -> Mapping[str, Any]:
        """The date of request."""
        return {"today": day(context.now, context.services.zone)}

    def workers(self, context: Context, draft: Draft) -> tuple[str, ...]:
        """Everybody named on the cards so far, and the writer."""
        others = (str(one.get("name", "")) for one in draft.answers.get("others", ()))
        named = (str(draft.answers.get(key, "")) for key in ("manager_name", "nurse_name"))
        return (context.person.name, *named, *others)

    async def keep_step(self, context: Context, draft: Draft, step: Step, submission: str) -> None:
        """Remember who somebody is, so that the next request is quicker to fill in."""
        if step.id != "you" or is_practice(draft.conversation):
            return
        said = named(draft.answers)
        own = {key: str(said.get(key, "")) for key in ("contact", "team", "agency")}
        manager = {key: str(said.get(key, "")) for key in ("manager_name", "manager_mail")}
        await context.services.directory.remember(context.person.key, own | manager)

    def checks(self, context: Context, draft: Draft) -> dict[str, Any]:
        """Also who asks: they are not named again."""
        own = Named(Part.REQUESTER, context.person.name, context.person.mails)
        return {**super().checks(context, draft), "asking": (own,)}

    def hold_send(self, draft: Draft, context: Context) -> Draft | None:
        """A draft older than a day asks again about immediate risk."""
        asked = draft.begun
        if context.now - asked <= context.services.partnership.timings.risk_holds:
            return None
        answers = {**draft.answers, "risk": ""}
        update = {"step": "risk", "returning": True, "begun": context.now, "answers": answers}
        return draft.model_copy(update=update)

    async def finish(self, context: Context, draft: Draft, submission: str) -> Reply:
        """Create the conversation; the manager's card goes out with it."""
        there = await context.record(draft.conversation)
        if there is None:
            there = await self._create(context, draft)
        return await _sent(context, there)

    async def _create(self, context: Context, draft: Draft) -> Conversation:
        register = context.services.register
        reference = await register.reserve_reference(draft.conversation)
        it = requested(context, draft, reference)
        if draft.answers.get("few") == "yes":
            keepers = await context.gatekeepers()
            it = said_by_requester(it, context.now, keepers, may_know=True)
        texts = {name: str(draft.answers[name]).strip() for name in STORY}
        answers = Answers(
            what="request",
            by=it.requester.id,
            version=draft.version,
            at=context.now,
            texts=texts,
            asked=questions_of(self.steps, draft),
        )
        return await register.open(it, answers, context.person.mark)


def _of_child_or_person(draft: Draft) -> Draft:
    """One question of a set in its two forms; that of an earlier set stays as it was asked."""
    asks = labels(cards.HOPE_CHILD_FIELDS)
    forms = {asks({"about": one})["hope_child"] for one in About}
    if draft.questions.get("hope_child") not in forms:
        return draft
    now = asks(draft.answers)["hope_child"]
    return draft.model_copy(update={"questions": {**draft.questions, "hope_child": now}})


async def _sent(context: Context, it: Conversation) -> Reply:
    somebody = bool(await context.services.facilitators.members())
    return Reply(
        home.sent(it, somebody=somebody), wording.SENT_SUMMARY.format(reference=it.reference)
    )


def requested(context: Context, draft: Draft, reference: str) -> Conversation:
    """The conversation a finished draft asks for."""
    you = cards.You.model_validate(draft.answers)
    return Conversation(
        id=draft.conversation,
        reference=reference,
        created=context.now,
        stage_since=context.now,
        asked_at=context.now,
        request=request_of(draft.answers),
        people=_people(context, you, draft),
    )


def named_with(answers: Mapping[str, Any]) -> tuple[Named, ...]:
    """The nurse and the others, as they stand in the answers, right or not."""
    return (people_cards.nurse_of(answers), *map(other_of, answers.get("others", ())))


def request_of(answers: Mapping[str, Any]) -> Request:
    """Whom it is about, why, and from where, as it was answered."""
    about = cards.AboutAnswer.model_validate(answers)
    you = cards.You.model_validate(answers)
    return Request(
        about=About(about.about),
        reasons=tuple(Reason(one) for one in about.reasons),
        team=you.team,
        agency=you.agency,
        level_of_need=about.level_of_need,
        open_to_social_care=about.open_to_social_care,
        nurse=people_cards.People.model_validate(answers).nurse,
    )


def involved(answers: Mapping[str, Any]) -> tuple[Participant, ...]:
    """The safeguarding nurse and the others involved, as they were answered."""
    named = people_cards.People.model_validate(answers)
    nurse = Participant(
        id="nurse",
        part=Part.NURSE,
        name=named.nurse_name,
        mail=named.nurse_mail,
        role=wording.NURSE_ROLE,
        agency=wording.NURSE_AGENCY,
        attending=named.nurse_attending,
    )
    others = (
        Participant(id=f"other{number}", part=Part.OTHER, **one.model_dump())
        for number, one in enumerate(named.others, start=1)
    )
    return (*((nurse,) if named.nurse == "named" else ()), *others)


def _people(context: Context, you: cards.You, draft: Draft) -> tuple[Participant, ...]:
    return (
        Participant(
            id="requester",
            part=Part.REQUESTER,
            name=context.person.name,
            mail=next(iter(context.person.mails), ""),
            contact=you.contact,
            role=you.team,
            agency=you.agency,
            attending=you.attending,
            key=context.person.key,
        ),
        Participant(
            id="manager",
            part=Part.MANAGER,
            name=you.manager_name,
            mail=you.manager_mail,
            agency=you.agency,
            attending=you.manager_attending,
        ),
        *involved(draft.answers),
    )


class PracticeFlow(RequestFlow):
    """A rehearsal, asked for like any other conversation. Its id and its reference say what it is;
    an open request of the same person is another draft, and stays as it is."""

    name: ClassVar[str] = "practice"

    async def begin(self, context: Context) -> Draft | Reply:
        """The manager is left open: a colleague plays that part, and nobody's own manager is asked
        because they were remembered."""
        begun = await super().begin(context)
        if isinstance(begun, Reply):
            return begun
        kept = {key: text for key, text in begun.answers.items() if key not in OPEN_IN_PRACTICE}
        return begun.model_copy(update={"answers": kept})

    def new_key(self) -> str:
        """With the mark of a rehearsal."""
        return f"{PRACTICE}{super().new_key()}"


OPEN_IN_PRACTICE: Final = (REMEMBERED, "manager_name", "manager_mail")
REQUEST: Final = RequestFlow()
REHEARSED: Final = PracticeFlow()


async def begin_request(context: Context) -> Reply:
    """A request is begun, or gone on with."""
    context.place = f"{REQUEST.name} "
    return await engine.open_flow(context, REQUEST, "")


async def begin_practice(context: Context) -> Reply:
    """The same as a rehearsal."""
    context.place = f"{REHEARSED.name} "
    return await engine.open_flow(context, REHEARSED, "")


async def _begin(context: Context, data: Data) -> Reply:
    return await begin_request(context)


ROUTES: Final = (Plain("request.open", _begin),)
COMMANDS: Final = (
    Command(("request",), begin_request),
    Command(("practice", "practise", "rehearse"), begin_practice),
)

"""A learning conversation: one immutable record, long because all its acts stand beside it.

Each act raises `WrongStage` where `records.stages.MOVES` has no such move. The answers people
write are kept apart (`records.conversation.feedback`), so that a list never has to read a story.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Self

from records.calendar import aware
from records.conversation.changes import Changes
from records.conversation.feedback import Given, Readership, Response
from records.conversation.learning_state import Captured, Ruling
from records.conversation.readiness import Readiness, Telling, Wishes
from records.conversation.request import Amendment, Request
from records.people import Attending, Frozen, Part, Participant, Person
from records.stages import MOVES, Act, Stage, WrongStage

PRACTICE: Final = "practice"
"""With what the id of a rehearsal begins: so all that is kept of one, or carried by a card, says
that it is one."""

MAX_PEOPLE: Final = 25
"""People in one conversation: their prompts must fit one storage transaction."""


MAX_TOLD: Final = 60
"""Facilitators told one by one; a larger team reads the rest in its channel."""


def is_practice(key: str) -> bool:
    """Whether this is the id of a rehearsal."""
    return key.startswith(PRACTICE)


class LeftOut(Frozen):
    """Somebody who was to come and, when the booking changed, no longer was."""

    who: str
    at: datetime
    cycle: int


class Booking(Frozen):
    """When and where. `cycle` counts bookings; prompts of an earlier cycle are stale.

    `wall_start` and `zone` keep the local time and the rule that gave the UTC instants.
    `moved_from` is the start it had before it was moved, `invited_before` who was to come then;
    `left_out` is everybody who no longer came after a change, also if they come again now; `led`
    everybody who was the lead worker before another one was chosen.
    """

    cycle: int
    start: datetime
    end: datetime
    wall_start: str
    zone: str
    place: str
    lead: str
    coming: tuple[str, ...]
    moved_from: datetime | None = None
    invited_before: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    led: tuple[str, ...] = ()

    def invited_again(self, who: str) -> str:
        """Empty for the first invitation to this cycle; else which one it is."""
        times = sum(one.who == who and one.cycle == self.cycle for one in self.left_out)
        return str(times) if times else ""


class Held(Frozen):
    """That it took place. `confirmed` once the facilitator said who came.

    `self_reported` came by their own word, on the morning after, before the facilitator's.
    `joined` says since when we know of those who were not in the first word of it: nobody is
    prompted about a card they have only just been given. `seen` says that the cards of its feedback
    name who reads it; those of one that was held before they did promised something else. `early`
    says that it ended before its booked end.
    """

    at: datetime
    came: tuple[str, ...]
    confirmed: bool = False
    self_reported: tuple[str, ...] = ()
    joined: tuple[Response, ...] = ()
    seen: bool = False
    early: bool = False

    def since(self, who: str) -> datetime:
        """Since when we know that they came."""
        return next((one.first_at for one in self.joined if one.by == who), self.at)

    def knowing(self, at: datetime, who: tuple[str, ...]) -> tuple[Response, ...]:
        """`joined` with these people, those known already left as they are."""
        fresh = (Response(by=one, first_at=aware(at)) for one in who if one not in self.came)
        return (*(one for one in self.joined if one.by in self.came), *fresh)


class Unreached(Frozen):
    """Somebody a message could not be brought to; `times` counts how often that began.

    `shared` says that several people have the address by which they are named.
    """

    who: str
    since: datetime
    times: int = 1
    still: bool = True
    shared: bool = False


class Layer(StrEnum):
    """What is kept of a conversation and ends at a time of its own. Stored by value: only add.

    `answers` are the request's and what managers wrote, `learning` the document with all that
    belongs to it, `words` those of feedback and outcome, `people` all names, the booking and the
    messages, `trail` what is left after that.
    """

    ANSWERS = "answers"
    LEARNING = "learning"
    WORDS = "words"
    PEOPLE = "people"
    TRAIL = "trail"


class Removed(Frozen):
    """That this was removed because its time was up."""

    layer: Layer
    at: datetime


class OnHold(Frozen):
    """A legal hold, as the facilitator sees it; why stands apart (`records.retention.holds`)."""

    since: datetime
    review_on: date


class Conversation(Frozen):
    """One learning conversation. `audit_sequence` and `audit_head` anchor its audit trail; from
    line `audit_sealed` on it names people by their marks (0: not yet, by an earlier version).

    `silent_asked` is when it was asked whether it goes on, as nobody had done anything for long,
    and `silent_at` when it ended by itself for that. `removed` is what is not kept of it any more.
    `noted` are the answers, as kind and by, beside which their writer has added a note.

    `no_outcome_at` is when it ended by itself, also where an outcome came after all.
    `practice_over` is since when a rehearsal is being removed: nothing is owed or listed any more.
    """

    schema_version: int = 1
    id: str
    reference: str
    stage: Stage = Stage.REQUESTED
    created: datetime
    stage_since: datetime
    request: Request
    people: tuple[Participant, ...]
    asked_at: datetime
    asks: int = 1
    talks: tuple[datetime, ...] = ()
    nudges: tuple[datetime, ...] = ()
    amended: tuple[Amendment, ...] = ()
    waits: tuple[str, ...] = ()
    decided_at: datetime | None = None
    told: tuple[Participant, ...] = ()
    team_lead: Participant | None = None
    aside: tuple[Response, ...] = ()
    facilitator: str = ""
    picked_up_at: datetime | None = None
    booking: Booking | None = None
    booked_at: datetime | None = None
    missed: Booking | None = None
    readiness: tuple[Readiness, ...] = ()
    telling: Telling | None = None
    wishes: Wishes | None = None
    telling_asked: datetime | None = None
    held: Held | None = None
    absent: tuple[str, ...] = ()
    doubts: tuple[Response, ...] = ()
    feedback: tuple[Given, ...] = ()
    reading: Readership = Readership()
    outcome: Response | None = None
    no_outcome_at: datetime | None = None
    practice_team: tuple[Participant, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    captured: Captured = Captured()
    review_on: date | None = None
    unreached: tuple[Unreached, ...] = ()
    withdrawn_from: Stage | None = None
    audit_sequence: int = 0
    audit_head: str = ""
    audit_sealed: int = 0
    lead_named: str = ""
    changes: Changes = Changes()
    recent: tuple[str, ...] = ()
    practice_over: datetime | None = None
    silent_asked: datetime | None = None
    silent_at: datetime | None = None
    removed: tuple[Removed, ...] = ()
    noted: tuple[str, ...] = ()
    hold: OnHold | None = None

    def lacks(self, layer: Layer) -> bool:
        """Whether this is kept no longer."""
        return any(one.layer is layer for one in self.removed)

    @property
    def practice(self) -> bool:
        """Whether it is a rehearsal: it walks everything and is counted nowhere."""
        return self.id.startswith(PRACTICE)

    def person(self, who: str) -> Participant | None:
        """The participant, also one who left, told facilitator, team lead or one asked to ring, or
        gatekeeper."""
        lead = (self.team_lead,) if self.team_lead else ()
        seconds = (one.asked for one in self.changes.seconds)
        others = (*self.changes.called, *self.practice_team, *self.reading.readers, *seconds)
        every = (*self.people, *self.told, *lead, *others, *self._apart())
        return next((one for one in every if one.id == who), None)

    def _apart(self) -> tuple[Participant, ...]:
        here = self.changes.restricted
        return (*here.gatekeepers, *(one.asked for one in here.assigned)) if here else ()

    @property
    def met_before(self) -> bool:
        """Whether what is booked had begun when it was booked: they have met already."""
        return bool(self.booking and self.booked_at and self.booking.start <= self.booked_at)

    @property
    def present(self) -> tuple[Participant, ...]:
        """Everybody named who has not left."""
        return tuple(one for one in self.people if one.left is None)

    def part(self, part: Part) -> Participant | None:
        """The first participant with this part who has not left."""
        return next((one for one in self.present if one.part is part), None)

    @property
    def requester(self) -> Participant:
        """Who brings the situation."""
        return next(one for one in self.people if one.part is Part.REQUESTER)

    @property
    def manager(self) -> Participant:
        """Who is asked to agree."""
        return next(one for one in self.present if one.part is Part.MANAGER)

    @property
    def talking(self) -> bool:
        """Whether requester and manager talk first: until then nobody is reminded."""
        return self.stage is Stage.REQUESTED and len(self.talks) >= self.asks

    @property
    def lead(self) -> str:
        """The lead worker's id: the booked one, else whoever was named, else the requester."""
        return self.booking.lead if self.booking else self.lead_named or self.requester.id

    @property
    def unanswered(self) -> bool:
        """Whether it ended by itself, and no outcome has been given since."""
        return self.no_outcome_at is not None and self.outcome is None

    @property
    def stopped_at(self) -> datetime | None:
        """Since when messages are stopped; None where they are not."""
        last = next(reversed(self.changes.pauses), None)
        return last.since if last and last.until is None else None

    def answered(self, who: str) -> Given | None:
        """That person's feedback response, if any."""
        return next((one for one in self.feedback if one.by == who), None)

    def has_completed(self, who: str) -> bool:
        """Whether that person has sent all they want to say, or left it at the number."""
        given = self.answered(who)
        return given is not None and given.complete

    def agencies(self) -> tuple[str, ...]:
        """Agencies named, in the order they were named, the facilitator's own excepted."""
        named = (one.agency for one in self.present if one.part is not Part.FACILITATOR)
        return tuple(dict.fromkeys(name for name in named if name))

    # Acts -------------------------------------------------------------------------------------

    def talk_first(self, at: datetime) -> Self:
        """The manager wants to talk before agreeing; the request stays open."""
        return self.move(Act.TALK_FIRST, at, talks=(*self.talks, aware(at)))

    def ask_again(self, at: datetime) -> Self:
        """The requester and the manager have talked; the manager is asked once more."""
        return self.move(Act.ASK_AGAIN, at, asks=self.asks + 1, asked_at=at, nudges=())

    def agree(
        self, at: datetime, tell: tuple[Participant, ...], lead: Participant | None = None
    ) -> Self:
        """The manager agrees; `tell` hear of it, and `lead` does where nobody picks it up. Of a
        restricted one nobody of the team is told."""
        told = () if self.changes.restricted is not None else tell[:MAX_TOLD]
        return self.move(Act.AGREE, at, decided_at=at, told=told, team_lead=lead)

    def decline(self, at: datetime) -> Self:
        """The manager says: not this route."""
        return self.move(Act.DECLINE, at, decided_at=at)

    def pick_up(self, at: datetime, facilitator: Participant) -> Self:
        """An independent facilitator takes it on; the first one to declare has it."""
        people = (*(one for one in self.people if one.id != facilitator.id), facilitator)
        return self.move(
            Act.PICK_UP, at, facilitator=facilitator.id, picked_up_at=at, people=people
        )

    def book(self, at: datetime, booking: Booking, people: tuple[Participant, ...]) -> Self:
        """Date, place, lead worker and who comes. Booking again is a new cycle."""
        asked = {"booked_at": at, "telling_asked": at}
        return self.move(Act.BOOK, at, booking=booking, people=people, **asked)

    def took_place(
        self,
        at: datetime,
        came: tuple[str, ...],
        people: tuple[Participant, ...],
        *,
        early: bool = False,
    ) -> Self:
        """The facilitator says that it took place, and who came, substitutes included. One that
        ended `early` ended now, where its booked end is still to come: what follows counts from
        then."""
        joined = self.held.knowing(at, came) if self.held else ()
        said = {"came": came, "confirmed": True, "joined": joined, "early": early}
        held = (self.held or Held(at=at, came=(), seen=True)).model_copy(update=said)
        booking = self.booking
        if early and booking is not None and at < booking.end:
            booking = booking.model_copy(update={"end": max(aware(at), booking.start)})
        return self.move(Act.TOOK_PLACE, at, held=held, people=people, booking=booking)

    def took_part(self, at: datetime, who: str) -> Self:
        """A participant says so, where the facilitator has not said anything yet."""
        held = self.held or Held(at=at, came=(), seen=True)
        if who in held.came:
            return self.move(Act.TOOK_PART, at)
        held = held.model_copy(
            update={
                "came": (*held.came, who),
                "self_reported": (*held.self_reported, who),
                "joined": held.knowing(at, (who,)),
            }
        )
        absent = tuple(one for one in self.absent if one != who)
        return self.move(Act.TOOK_PART, at, held=held, absent=absent)

    def not_there(self, at: datetime, who: str) -> Self:
        """A participant was not there; nothing more is asked of them."""
        held = self.held
        if held and who in held.came:
            came = tuple(one for one in held.came if one != who)
            held = held.model_copy(update={"came": came})
        absent = tuple(dict.fromkeys((*self.absent, who)))
        return self.move(Act.NOT_THERE, at, absent=absent, held=held)

    def doubt(self, at: datetime, who: str) -> Self:
        """A participant says that it did not go ahead; the facilitator is asked.

        Too late once the facilitator has said who came, or where they said themselves they did.
        """
        if self.held is not None and (self.held.confirmed or who in self.held.came):
            raise WrongStage(self.id, Act.DOUBT, self.stage)
        if any(one.by == who for one in self.doubts):
            return self
        note = Response(by=who, first_at=aware(at))
        return self.move(Act.DOUBT, at, doubts=(*self.doubts, note))

    def rebook(self, at: datetime) -> Self:
        """It did not go ahead; the facilitator finds a new date."""
        missed = {"missed": self.booking, "booked_at": None}
        changes = self.changes.going_on(at)
        return self.move(Act.REBOOK, at, absent=(), doubts=(), changes=changes, **missed)

    def end(self, at: datetime) -> Self:
        """It did not go ahead and will not."""
        return self.move(Act.END, at)

    def withdraw(self, at: datetime) -> Self:
        """The requester takes the request back."""
        return self.move(Act.WITHDRAW, at, withdrawn_from=self.stage)

    def give_feedback(
        self, at: datetime, who: str, *, complete: bool, noted: Mapping[str, object] | None = None
    ) -> Self:
        """A participant has answered, at least the scale. The first answer's time stays; `noted` is
        what else is new of it (`records.feedback.readers.noted`)."""
        before = self.answered(who) or Given(by=who, first_at=aware(at))
        complete = complete or before.complete
        response = before.model_copy(update={"complete": complete, **(noted or {})})
        others = tuple(one for one in self.feedback if one.by != who)
        return self.move(Act.FEEDBACK, at, feedback=(*others, response))

    def give_outcome(self, at: datetime, who: str) -> Self:
        """The lead worker has said what difference it made; after it ended by itself too, and then
        it is complete since now."""
        first = self.outcome or Response(by=who, first_at=aware(at))
        given = first.model_copy(update={"by": who, "complete": True})
        late = {"stage_since": aware(at)} if self.unanswered else {}
        return self.move(Act.OUTCOME, at, outcome=given, **late)

    def not_reached(
        self, at: datetime, who: str, tell: tuple[Participant, ...], *, shared: bool = False
    ) -> Self:
        """A message could not be brought to somebody; the same person is noted once."""
        before = next((one for one in self.unreached if one.who == who), None)
        if before and before.still:
            return self
        first = before or Unreached(who=who, since=aware(at), times=0)
        again = {"since": aware(at), "times": first.times + 1, "still": True, "shared": shared}
        note = first.model_copy(update=again)
        others = tuple(one for one in self.unreached if one.who != who)
        told = () if self.changes.restricted is not None else tell[:MAX_TOLD]
        return self.with_(unreached=(*others, note), told=self.told or told)

    def reached(self, who: str) -> Self:
        """Somebody who could not be reached now can; of one who left it makes no difference."""
        found = self.person(who)
        if found is not None and found.left is not None:
            return self
        notes = tuple(
            one.model_copy(update={"still": False}) if one.who == who else one
            for one in self.unreached
        )
        return self if notes == self.unreached else self.with_(unreached=notes)

    # ------------------------------------------------------------------------------------------

    def allows(self, act: Act) -> bool:
        """Whether the act fits the present stage."""
        return (self.stage, act) in MOVES

    def move(self, act: Act, at: datetime, **changes: object) -> Self:
        """The record after this act, in the stage it leads to. Raises WrongStage.

        For acts that stand in a module of their own, such as `records.preparation.preparing`.
        """
        stage = MOVES.get((self.stage, act))
        if stage is None:
            raise WrongStage(self.id, act, self.stage)
        since = self.stage_since if stage is self.stage else aware(at)
        return self.model_copy(update={"stage": stage, "stage_since": since, **changes})

    def with_(self, **changes: object) -> Self:
        """The record with these fields, for what is noted in any stage and moves nothing."""
        return self.model_copy(update=changes)


def expected(people: tuple[Participant, ...]) -> tuple[str, ...]:
    """Ids of those who are not known to stay away: the first guess of who comes."""
    coming = (one for one in people if one.part is not Part.FACILITATOR and one.left is None)
    return tuple(one.id for one in coming if one.attending is not Attending.NO)


def has_part(conversation: Conversation, person: Person) -> bool:
    """Whether this person is or was anybody in it, its facilitator included; or may be."""
    return any(one.may_be(person) for one in conversation.people)


def is_involved(conversation: Conversation, person: Person) -> bool:
    """Whether this person is or was named in it, in any part but the facilitator's; or may be."""
    named = (one for one in conversation.people if one.part is not Part.FACILITATOR)
    return any(one.may_be(person) for one in named)

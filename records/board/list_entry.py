"""What a list says of one conversation: where it stands, for whom, and what is next. No story."""

from datetime import datetime

from records.conversation.conversation import Conversation, Layer
from records.conversation.dates import Dates
from records.feedback.readers import of_feedback
from records.feedback.reading import unread_since
from records.people import NOBODY, Frozen, Part, PersonKey
from records.stages import CLOSED, Stage


class ListEntry(Frozen):
    """One conversation in a list. `made_from` is the audit sequence it was made from.

    `due` is by when the next step is awaited (`next_step`), empty where nothing has a date.
    `unanswered` says that it ended without an outcome, `removed` that it stands in no list any
    more: a rehearsal that is over, or one whose people are not kept; `unread` since when feedback
    waits to be read.
    `places` are the lists of the board it stands in (`records.board.board`). `restricted`: few may
    know of it; `closed` says that this one, as it is shown, is its reference alone
    (`seen_by_others`).
    """

    conversation: str
    reference: str
    stage: Stage
    since: datetime
    agency: str
    made_from: int
    created: datetime | None = None
    due: datetime | None = None
    starts: datetime | None = None
    facilitator: PersonKey = NOBODY
    facilitator_name: str = ""
    agencies: tuple[str, ...] = ()
    stopped: bool = False
    unanswered: bool = False
    removed: bool = False
    unread: datetime | None = None
    restricted: bool = False
    closed: bool = False
    unreached: int = 0
    places: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether anything follows its stage."""
        return self.stage not in CLOSED

    @property
    def by_reference(self) -> bool:
        """Whether its reference is all that the team sees of it: so of each whose manager has not
        agreed, and so of one that few may know of, which looks like any of those."""
        return self.restricted or self.stage is Stage.REQUESTED


def seen_by_others(one: ListEntry) -> ListEntry:
    """An entry as somebody sees it who is nothing in it. Where that is its reference alone, nothing
    else is left in it."""
    if not one.by_reference:
        return one
    return ListEntry(
        conversation=one.conversation,
        reference=one.reference,
        stage=Stage.REQUESTED,
        since=one.since,
        agency="",
        made_from=one.made_from,
        closed=True,
    )


def entry(it: Conversation, dates: Dates) -> ListEntry:
    """The list entry of a conversation as it stands."""
    facilitator = it.person(it.facilitator)
    unread = [at for one in of_feedback(it) if (at := unread_since(it, one)) is not None]
    return ListEntry(
        conversation=it.id,
        reference=it.reference,
        stage=it.stage,
        since=it.stage_since,
        agency=it.request.agency,
        made_from=it.audit_sequence,
        created=it.created,
        due=next_step(it, dates),
        starts=it.booking.start if it.booking else None,
        facilitator=facilitator.key if facilitator else NOBODY,
        facilitator_name=facilitator.name if facilitator else "",
        agencies=_agencies(it),
        stopped=it.stopped_at is not None,
        unanswered=it.unanswered,
        removed=it.practice_over is not None or it.lacks(Layer.PEOPLE),
        restricted=it.changes.restricted is not None,
        unread=min(unread, default=None),
        unreached=sum(one.still for one in it.unreached),
    )


def next_step(it: Conversation, dates: Dates) -> datetime | None:
    """By when the next step is awaited: a rule of the stage alone, so that it needs no clock.

    Requested: the manager's answer; agreed: the pick-up; booked: word that it took place, at its
    end; held: the outcome. Finding a date has no day of its own. Feedback is not here: nobody
    chases it after its one prompt. While messages are stopped nothing is awaited. Source: pathway,
    Timing.
    """
    if it.stopped_at is not None:
        return None
    timings, office = dates.timings, dates.office
    match it.stage:
        case Stage.REQUESTED:
            return office.add_working_days(it.asked_at, timings.manager_reminder_working_days)
        case Stage.AGREED:
            return office.add_working_days(it.stage_since, timings.pick_up_working_days)
        case Stage.BOOKED:
            return it.booking.end if it.booking else None
        case Stage.HELD:
            return dates.outcome_date(it)
        case _:
            return None


def _agencies(it: Conversation) -> tuple[str, ...]:
    named = (one.agency for one in it.people if one.part is not Part.FACILITATOR)
    found = (name.strip() for name in (it.request.agency, *named))
    return tuple(dict.fromkeys(name for name in found if name))

"""What changed on the way: ids and times only. The acts stand in modules of their own.

`records.conversation.replacing`, `records.changes.handing_over`, `records.changes.stopping`,
`records.changes.ringing`, `records.changes.happening`, `records.changes.review`,
`records.changes.restricting`. Source: pathway, safety and practice rules, and step 12.
"""

from datetime import date, datetime
from typing import Self

from records.calendar import aware
from records.people import Frozen, Participant


class Replaced(Frozen):
    """`new` took the place of `old`. `by` is the participant who said so; empty: not known.

    `corrected`: it is the same person, whose address was wrong; `shown` says that something had
    come to the wrong one.
    """

    old: str
    new: str
    at: datetime
    by: str = ""
    corrected: bool = False
    shown: bool = False


class Pause(Frozen):
    """Messages were stopped since then, until they were started again."""

    since: datetime
    until: datetime | None = None


class Offer(Frozen):
    """Another one of the team is asked to take it. `by` is the facilitator, `taken_by` who did.

    `left` is since when the facilitator is known to have left the team: before that, it was they
    who asked. `to_lead` says that the team lead is asked as well, and hears in their place.
    """

    at: datetime
    by: str
    taken_by: str = ""
    taken_at: datetime | None = None
    kept_at: datetime | None = None
    left: datetime | None = None
    to_lead: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.taken_at is None and self.kept_at is None


class Second(Frozen):
    """Another one of the team is asked to facilitate as well, by the facilitator `by`. `asked` is
    who they are in the conversation, too, once they have `joined` it; `cycle` is the booking that
    there was by then, 0 for none. `stepped_back` is when they ended it themselves, or had left the
    team: the first hears of it."""

    asked: Participant
    by: str
    at: datetime
    joined: datetime | None = None
    cycle: int = 0
    declined: datetime | None = None
    ended: datetime | None = None
    stepped_back: datetime | None = None


class Assigned(Frozen):
    """A gatekeeper asked this member of the team to facilitate. `said` is when that was over: they
    `took` it, or said `no`; else another one was asked, or the facilitator kept it."""

    asked: Participant
    at: datetime
    said: datetime | None = None
    took: bool = False
    no: bool = False


class Restricted(Frozen):
    """Since when few may know of it, and whose word that was (`by`: their id in it). Of the
    facilitation team only the gatekeepers do, and whom one of them `assigned`, the last one last.

    `gatekeepers` is everybody whom the settings and the partnership's file name
    (`records.changes.restricting`), as they did when it last changed.
    """

    since: datetime
    by: str
    gatekeepers: tuple[Participant, ...] = ()
    assigned: tuple[Assigned, ...] = ()

    @property
    def waits_for(self) -> Assigned | None:
        """Who is asked and has not answered."""
        last = self.assigned[-1] if self.assigned else None
        return last if last and last.said is None else None


class Ring(Frozen):
    """Somebody asks to be rung: nothing more is asked of them until the facilitator says when."""

    who: str
    at: datetime
    again_on: datetime | None = None


class Occurrence(Frozen):
    """Somebody says that something has happened: reminders are paused, and they are to be rung.

    `until` is since when whoever rang them, stopped it or called it off lets things go on.
    """

    who: str
    at: datetime
    until: datetime | None = None


class ByTeamLead(Frozen):
    """The team lead did this in place of the facilitator (`to`), who hears of it: an act's name."""

    did: str
    at: datetime
    to: str


class Reviewed(Frozen):
    """Somebody's answer for one agreed day: `moved`, `not-yet` or `back`. Words stay apart."""

    by: str
    day: date
    at: datetime
    said: str


class Changes(Frozen):
    """Everything of the kind in one conversation, oldest first.

    `called` are those who were asked to ring the facilitator about a worker's practice: they are
    nobody else in the conversation and have no rights in it.
    """

    replaced: tuple[Replaced, ...] = ()
    pauses: tuple[Pause, ...] = ()
    offers: tuple[Offer, ...] = ()
    rings: tuple[Ring, ...] = ()
    called: tuple[Participant, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()
    happened: tuple[Occurrence, ...] = ()
    by_lead: tuple[ByTeamLead, ...] = ()
    seconds: tuple[Second, ...] = ()
    restricted: Restricted | None = None

    @property
    def second(self) -> Second | None:
        """The second facilitator there is."""
        last = self.seconds[-1] if self.seconds else None
        return last if last and last.joined is not None and last.ended is None else None

    @property
    def asked_second(self) -> Second | None:
        """Who is asked to be, and has not answered."""
        last = self.seconds[-1] if self.seconds else None
        said = last is None or last.joined or last.declined or last.ended
        return None if said else last

    @property
    def waits(self) -> tuple[Occurrence, ...]:
        """Of whom something has happened to and nobody has said yet that they rang them."""
        return tuple(one for one in self.happened if one.until is None)

    def going_on(self, at: datetime, who: str = "") -> Self:
        """With this person rung, or with everybody, where nobody is named: it goes on for them."""
        settled = {"until": aware(at)}
        happened = tuple(
            one.model_copy(update=settled) if one.until is None and who in ("", one.who) else one
            for one in self.happened
        )
        return self.model_copy(update={"happened": happened})

    def assigned_said(self, at: datetime, *, took: bool = False, no: bool = False) -> Self:
        """With whoever a gatekeeper asked having answered, or asked no more; the same where nobody
        is."""
        here = self.restricted
        if here is None or here.waits_for is None:
            return self
        *before, last = here.assigned
        said = last.model_copy(update={"said": aware(at), "took": took, "no": no})
        restricted = here.model_copy(update={"assigned": (*before, said)})
        return self.model_copy(update={"restricted": restricted})

    @property
    def offer(self) -> Offer | None:
        """The open offer to another facilitator."""
        last = self.offers[-1] if self.offers else None
        return last if last and last.is_open else None

    @property
    def facilitator_left(self) -> Offer | None:
        """The open offer of a conversation whose facilitator has left."""
        last = self.offer
        return last if last and last.left is not None else None

    def ring(self, who: str) -> Ring | None:
        """The last time this person asked to be rung."""
        return next((one for one in reversed(self.rings) if one.who == who), None)

    def waits_for_a_ring(self, who: str) -> bool:
        """Whether they asked and the facilitator has not yet said what comes next."""
        last = self.ring(who)
        return last is not None and last.again_on is None

"""What the timetable promises, as a table for people: each kind of message, to whom, when, until.

The rules themselves stand in `records.owed`. Tests walk conversations and hold the two against
each other: nothing owed on the way is outside its line here. docs/reference.md is made from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from records.conversation import Conversation
from records.partnership import Timings
from records.prompt import CHANNEL, Kind
from records.request import Part
from records.stages import Stage


class To(StrEnum):
    """Who gets a message. The values are for people."""

    REQUESTER = "the practitioner who asked"
    MANAGER = "the named manager"
    FORMER_MANAGER = "the manager before"
    CHANNEL = "the facilitation team's channel"
    TEAM = "each facilitator who was told of it"
    TEAM_LEAD = "the facilitation team's lead"
    FACILITATOR = "the facilitator who picked it up"
    COMING = "each person who comes"
    NAMED = "each other person who is named"
    CAME = "each person who came"
    LEAD = "the lead worker"
    CALLED = "a worker's manager, or their agency's safeguarding lead"
    PRACTICE = "the Practice Team"


@dataclass(frozen=True)
class Term:
    """One line of the timetable. `when` names the waits of `Timings`; `until` is what ends it
    besides the conversation leaving these stages."""

    to: tuple[To, ...]
    when: str
    stages: tuple[Stage, ...]
    until: str = ""

    def words(self, timings: Timings) -> str:
        """When, with this partnership's own numbers."""
        return self.when.format(**timings.model_dump())


AT_ONCE: Final = "at once"
_R, _A, _P, _B, _H = Stage.REQUESTED, Stage.AGREED, Stage.PICKED_UP, Stage.BOOKED, Stage.HELD
_C: Final = Stage.COMPLETE
_TEAM: Final = (To.CHANNEL, To.TEAM)
_UNREACHED: Final = tuple(Stage)

TERMS: Final[Mapping[Kind, Term]] = MappingProxyType(
    {
        Kind.MANAGER_ASK: Term((To.MANAGER,), AT_ONCE, (_R,), "they want to talk first"),
        Kind.MANAGER_REMINDER: Term(
            (To.MANAGER,),
            "{manager_reminder_working_days} working days after they were asked; again at once "
            "when the practitioner wants it",
            (_R,),
            "they want to talk first",
        ),
        Kind.MANAGER_SILENT: Term(
            (To.REQUESTER,),
            "{manager_silent_working_days} working days after the manager was last asked",
            (_R,),
            "the practitioner chose to wait, or the two are to talk",
        ),
        Kind.AMENDED: Term(
            (To.MANAGER, To.FACILITATOR), AT_ONCE, (_R, _A, _P), "it is changed again"
        ),
        Kind.DEPUTY_ASKED: Term((To.REQUESTER,), AT_ONCE, (_R, _A, _P)),
        Kind.NOT_NEEDED: Term((To.FORMER_MANAGER,), AT_ONCE, (_R, _A, _P)),
        Kind.MANAGER_NOW: Term((To.MANAGER, To.FORMER_MANAGER, To.FACILITATOR), AT_ONCE, (_A, _P)),
        Kind.TALK_FIRST: Term((To.REQUESTER,), AT_ONCE, (_R,)),
        Kind.AGREED: Term((To.REQUESTER,), AT_ONCE, (_A,)),
        Kind.NOT_THIS_ROUTE: Term((To.REQUESTER,), AT_ONCE, (Stage.NOT_THIS_ROUTE,)),
        Kind.WITHDRAWN: Term(
            (To.MANAGER, To.FACILITATOR, *_TEAM, To.TEAM_LEAD, To.COMING, To.NAMED),
            AT_ONCE,
            (Stage.WITHDRAWN,),
        ),
        Kind.WAITING: Term(_TEAM, AT_ONCE, (_A,)),
        Kind.STILL_WAITING: Term(
            _TEAM,
            "{pick_up_working_days} working days after the agreement; where there is no team "
            "lead once more after {team_lead_working_days}",
            (_A,),
            "everybody on the team is too close to it",
        ),
        Kind.LEAD_ASKED: Term(
            (To.TEAM_LEAD,), "{team_lead_working_days} working days after the agreement", (_A,)
        ),
        Kind.STILL_LOOKING: Term(
            (To.REQUESTER,), "{team_lead_working_days} working days after the agreement", (_A,)
        ),
        Kind.ALL_TOO_CLOSE: Term((To.TEAM_LEAD, To.CHANNEL), AT_ONCE, (_A,)),
        Kind.ANOTHER_AREA: Term((To.REQUESTER,), AT_ONCE, (_A,)),
        Kind.PICKED_UP: Term((To.REQUESTER,), AT_ONCE, (_P,)),
        Kind.PREPARATION: Term(
            (To.COMING,), "at once, and again when the date moves", (_B,), "they no longer come"
        ),
        Kind.PREPARATION_REMINDER: Term(
            (To.COMING,),
            "the morning of the last working day before, where they are not ready and the first "
            "card came at least four hours before that",
            (_B,),
            "they are ready",
        ),
        Kind.NOT_KNOWN: Term(
            (To.LEAD, To.REQUESTER), "at once, once a booking", (_B,), "the person knows"
        ),
        Kind.TALK_AGREEMENT: Term((To.FACILITATOR,), AT_ONCE, (_B,), "they accept the agreement"),
        Kind.DO_NOT_RAISE: Term(
            (To.COMING,), AT_ONCE, (_B,), "the lead worker settles it in another way"
        ),
        Kind.COMES_INSTEAD: Term((To.FACILITATOR, To.LEAD), AT_ONCE, (_B,), "they no longer come"),
        Kind.LEFT_OUT: Term((To.NAMED,), AT_ONCE, (_B,), "they come after all"),
        Kind.CLOSING: Term((To.FACILITATOR,), "in the last minutes of the booked time", (_B,)),
        Kind.TOOK_PART: Term(
            (To.COMING,),
            "the next working morning after the booked time",
            (_B, _H),
            "they, or the facilitator, have said who came",
        ),
        Kind.DOUBTED: Term(
            (To.FACILITATOR,), AT_ONCE, (_B, _H), "the facilitator has said who came"
        ),
        Kind.NOT_AHEAD: Term((To.COMING, To.NAMED), AT_ONCE, (_P,)),
        Kind.ENDED: Term((To.COMING,), AT_ONCE, (Stage.ENDED,)),
        Kind.FEEDBACK: Term((To.CAME,), AT_ONCE, (_H,), "they have answered"),
        Kind.FEEDBACK_PROMPT: Term(
            (To.CAME,),
            "{feedback_days} days after the booked end, or the last office hour before that",
            (_H,),
            "they have answered",
        ),
        Kind.OUTCOME: Term((To.LEAD,), "{outcome_days} days after the booked end", (_H,)),
        Kind.OUTCOME_CAME: Term((To.PRACTICE,), AT_ONCE, (_C,)),
        Kind.OUTCOME_REMINDER: Term(
            (To.LEAD,), "{outcome_reminder_days} days after the first", (_H,)
        ),
        Kind.LEARNING_SHARED: Term(
            (To.LEAD,), AT_ONCE, (_H, _C), "they have confirmed whom it was passed on to"
        ),
        Kind.LEARNING_REMINDER: Term(
            (To.LEAD,),
            "{learning_reminder_working_days} working days after it was shared",
            (_H, _C),
            "they have confirmed whom it was passed on to",
        ),
        Kind.RECORD: Term((To.CAME,), AT_ONCE, (_H, _C), "they have recorded it"),
        Kind.RECORD_REMINDER: Term(
            (To.CAME,),
            "{learning_reminder_working_days} working days after it was passed on",
            (_H, _C),
            "they have recorded it",
        ),
        Kind.HAND_OVER: Term(
            _TEAM, AT_ONCE, (_P, _B, _H, _C), "somebody has taken it, or it is kept"
        ),
        Kind.TAKEN_OVER: Term(
            (To.REQUESTER, To.COMING, To.LEAD, To.NAMED), AT_ONCE, (_P, _B, _H, _C)
        ),
        Kind.REPLACED: Term((To.FACILITATOR, To.REQUESTER), AT_ONCE, (_P, _B, _H, _C)),
        Kind.LEAD_NOW: Term((To.LEAD,), AT_ONCE, (_H, _C)),
        Kind.RING_ME: Term(
            (To.FACILITATOR,), AT_ONCE, (_H, _C), "the facilitator said when they are asked again"
        ),
        Kind.CONCERN: Term((To.CALLED,), AT_ONCE, _UNREACHED),
        Kind.REVIEW: Term(
            (To.LEAD, To.FACILITATOR), "at 9:00 of the agreed day", (_H, _C), "they have answered"
        ),
        Kind.REVIEW_SAID: Term((To.FACILITATOR,), AT_ONCE, (_H, _C)),
        Kind.NOT_REACHED: Term(
            (To.REQUESTER, To.FACILITATOR, *_TEAM),
            AT_ONCE,
            _UNREACHED,
            "the person can be reached",
        ),
    }
)
"""Every kind with its term. While messages are stopped nothing is owed at all."""


def recipients(it: Conversation, who: str) -> frozenset[To]:
    """Everything a recipient is in this conversation."""
    coming = it.booking.coming if it.booking else ()
    missed = it.missed.coming if it.missed else ()
    one = it.person(who)
    former = one is not None and one.part is Part.MANAGER and who != it.manager.id
    found = {
        To.REQUESTER: who == it.requester.id,
        To.MANAGER: who == it.manager.id,
        To.FORMER_MANAGER: former,
        To.CHANNEL: who == CHANNEL,
        To.TEAM: any(told.id == who for told in it.told),
        To.TEAM_LEAD: it.team_lead is not None and who == it.team_lead.id,
        To.FACILITATOR: bool(who) and who == it.facilitator,
        To.COMING: who in (*coming, *missed),
        To.NAMED: one is not None and one in it.people,
        To.CAME: it.held is not None and who in it.held.came,
        To.LEAD: who == it.lead,
        To.CALLED: any(one.id == who for one in it.changes.called),
        To.PRACTICE: any(one.id == who for one in it.practice_team),
    }
    return frozenset(to for to, is_so in found.items() if is_so)

"""Every kind of message, each with all that is known of it: one table, and so one long module.

What else depends on a kind is read from here: what is held back, asked again or repeated, which
card is drawn, which typed words answer, and the timetable in docs/reference.md. When exactly each
is owed stands in each step's `owed`; tests walk conversations and hold the two against each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Final

from records.partnership import Timings
from records.stages import Stage


class Kind(StrEnum):
    """What a prompt says. Stored by value: rename nothing, only add."""

    MANAGER_ASK = "manager-ask"
    MANAGER_REMINDER = "manager-reminder"
    MANAGER_SILENT = "manager-silent"
    AMENDED = "amended"
    DEPUTY_ASKED = "deputy-asked"
    NOT_NEEDED = "not-needed"
    MANAGER_NOW = "manager-now"
    TALK_FIRST = "talk-first"
    AGREED = "agreed"
    NOT_THIS_ROUTE = "not-this-route"
    WITHDRAWN = "withdrawn"
    WAITING = "waiting"
    STILL_WAITING = "still-waiting"
    LEAD_ASKED = "lead-asked"
    STILL_LOOKING = "still-looking"
    ALL_TOO_CLOSE = "all-too-close"
    ANOTHER_AREA = "another-area"
    PICKED_UP = "picked-up"
    PREPARATION = "preparation"
    PREPARATION_REMINDER = "preparation-reminder"
    NOT_KNOWN = "not-known"
    TALK_AGREEMENT = "talk-about-agreement"
    DO_NOT_RAISE = "do-not-raise"
    TELLING_SETTLED = "telling-settled"
    TELLING_ASK = "telling-ask"
    TELLING_RING = "telling-ring"
    COMES_INSTEAD = "comes-instead"
    CLOSING = "closing"
    TOOK_PART = "took-part"
    NOT_AHEAD = "not-ahead"
    DOUBTED = "doubted"
    FEEDBACK = "feedback"
    FEEDBACK_PROMPT = "feedback-prompt"
    FEEDBACK_CAME = "feedback-came"
    FEEDBACK_TOGETHER = "feedback-together"
    TO_TALK = "ring-about-how-it-was"
    OUTCOME = "outcome"
    OUTCOME_REMINDER = "outcome-reminder"
    OUTCOME_CAME = "outcome-came"
    OUTCOME_SHARED = "outcome-shared"
    NOT_REACHED = "not-reached"
    ENDED = "ended"
    LEARNING_SHARED = "learning-shared"
    LEARNING_REMINDER = "learning-reminder"
    RECORD = "record"
    RECORD_REMINDER = "record-reminder"
    LEFT_OUT = "left-out"
    HAND_OVER = "hand-over"
    TAKEN_OVER = "taken-over"
    REPLACED = "replaced"
    LEAD_NOW = "lead-now"
    RING_ME = "ring-me"
    CONCERN = "concern"
    REVIEW = "review"
    REVIEW_SAID = "review-said"
    INSTEAD = "in-place-of-the-facilitator"
    CANNOT_COME = "cannot-come"
    COMES_AFTER_ALL = "comes-after-all"
    ANOTHER_TIME = "another-time"
    WOULD_HELP = "would-help"
    HAPPENED = "something-has-happened"
    STILL_TO_RING = "still-to-ring"
    LEAD_CHANGED = "changed-by-the-team-lead"
    NOT_MEANT = "not-meant-for-them"
    SECOND_ASKED = "second-asked"
    SECOND_SAID = "second-said"
    SECOND_JOINED = "second-joined"
    GATE_ASKED = "gatekeeper-asked"
    GATE_REMINDER = "gatekeeper-reminder"
    GATE_LEAD = "no-facilitator-yet"
    ASSIGNED = "assigned"
    NO_GATEKEEPER = "no-gatekeeper"
    SILENT = "does-it-go-on"
    SILENT_ENDED = "ended-silent"


class To(StrEnum):
    """Who gets a message. The values are for people."""

    REQUESTER = "the practitioner who asked"
    MANAGER = "the named manager"
    FORMER_MANAGER = "the manager before"
    FORMER = "somebody whose address was given by mistake"
    CHANNEL = "the facilitation team's channel"
    TEAM = "each facilitator who was told of it"
    TEAM_LEAD = "the facilitation team's lead"
    FACILITATOR = "the facilitator who picked it up"
    SECOND = "who is asked to facilitate as well"
    COMING = "each person who comes"
    NAMED = "each other person who is named"
    CAME = "each person who came"
    LEAD = "the lead worker"
    CALLED = "a worker's manager, or their agency's safeguarding lead"
    PRACTICE = "the Practice Team, or who reads in its place"
    READER = "the facilitation team's lead and their deputy, or who stands in"
    GATEKEEPER = "the gatekeepers of a restricted conversation"
    ASSIGNED = "whom a gatekeeper asks to facilitate"


class Worth(Enum):
    """Until when something is still worth saying that a stop of all messages has held up."""

    BEGINS = auto()
    FEEDBACK_CLOSES = auto()


@dataclass(frozen=True, kw_only=True)
class MessageKind:
    """What is known of one kind of message."""

    card: str
    """The drawing it becomes, by its name in `scheduler.messages`; a reminder may share one."""
    who: tuple[To, ...]
    """Everybody it may go to."""
    stages: tuple[Stage, ...]
    """The stages in which it may be owed: leaving them ends it."""
    when: str = "at once"
    """For people; {names} are waits of `Timings`."""
    until: str = ""
    """What else ends it, for people."""
    asks: bool = False
    """A question: where one may have arrived, the answer tells, so it is repeated after a day; a
    notice after minutes. Who waits to be rung is asked nothing. How to prepare asks too, and is
    none of these: who waits a day for the answer sends it after the event."""
    timed: bool = False
    """Nobody's act has just caused it: it keeps office hours even when it is late."""
    alerts: bool = False
    """An announcement: somebody of the team has to do something. In the channel it alerts them."""
    parting: bool = False
    """Tells somebody who left that they have: nothing else is owed to them, or said about them."""
    reminds: Kind | None = None
    """The first message, of which this is a reminder: it says so, and is void where a stop held up
    both, as then the first is asked when messages go on."""
    opens: str = ""
    """The flow that its card begins: opened as it arrives, so that typed words answer it."""
    worth: Worth | None = None
    """None: held up by a stop, a question is worth asking as long as it is open, a notice never."""

    def words(self, timings: Timings) -> str:
        """When, with this partnership's own numbers."""
        return self.when.format(**timings.model_dump())


_R, _A, _P, _B, _H = Stage.REQUESTED, Stage.AGREED, Stage.PICKED_UP, Stage.BOOKED, Stage.HELD
_C: Final = Stage.COMPLETE
_TEAM: Final = (To.CHANNEL, To.TEAM)
_FEW: Final = (To.GATEKEEPER, To.ASSIGNED)
_BEFORE, _AFTER, _ANY = (_R, _A, _P), (_H, _C), tuple(Stage)
_FACILITATED: Final = (_P, _B, _H, _C)

KINDS: Final[Mapping[Kind, MessageKind]] = {
    Kind.MANAGER_ASK: MessageKind(
        card="manager-ask",
        who=(To.MANAGER,),
        stages=(_R,),
        until="they want to talk first",
        asks=True,
    ),
    Kind.MANAGER_REMINDER: MessageKind(
        card="manager-ask",
        who=(To.MANAGER,),
        stages=(_R,),
        when="{manager_reminder_working_days} working days after they were asked; again at once "
        "when the practitioner wants it",
        until="they want to talk first",
        asks=True,
        timed=True,
        reminds=Kind.MANAGER_ASK,
    ),
    Kind.MANAGER_SILENT: MessageKind(
        card="manager-silent",
        who=(To.REQUESTER,),
        stages=(_R,),
        when="{manager_silent_working_days} working days after the manager was last asked",
        until="the practitioner chose to wait, or the two are to talk",
        asks=True,
        timed=True,
    ),
    Kind.AMENDED: MessageKind(
        card="amended",
        who=(To.MANAGER, To.FACILITATOR),
        stages=_BEFORE,
        until="it is changed again",
    ),
    Kind.DEPUTY_ASKED: MessageKind(card="deputy-asked", who=(To.REQUESTER,), stages=_BEFORE),
    Kind.NOT_NEEDED: MessageKind(
        card="not-needed", who=(To.FORMER_MANAGER,), stages=_BEFORE, parting=True
    ),
    Kind.MANAGER_NOW: MessageKind(
        card="manager-now",
        who=(To.MANAGER, To.FORMER_MANAGER, To.FACILITATOR),
        stages=(_A, _P),
        parting=True,
    ),
    Kind.TALK_FIRST: MessageKind(card="talk-first", who=(To.REQUESTER,), stages=(_R,)),
    Kind.AGREED: MessageKind(card="agreed", who=(To.REQUESTER,), stages=(_A,)),
    Kind.NOT_THIS_ROUTE: MessageKind(
        card="not-this-route", who=(To.REQUESTER,), stages=(Stage.NOT_THIS_ROUTE,)
    ),
    Kind.WITHDRAWN: MessageKind(
        card="withdrawn",
        who=(
            To.MANAGER,
            To.FACILITATOR,
            *_TEAM,
            To.TEAM_LEAD,
            To.COMING,
            To.NAMED,
            *_FEW,
        ),
        stages=(Stage.WITHDRAWN,),
    ),
    Kind.WAITING: MessageKind(card="waiting", who=_TEAM, stages=(_A,), asks=True, alerts=True),
    Kind.STILL_WAITING: MessageKind(
        card="still-waiting",
        who=_TEAM,
        stages=(_A,),
        when="{pick_up_working_days} working days after the agreement; where there is no team "
        "lead once more after {team_lead_working_days}",
        until="everybody on the team is too close to it",
        asks=True,
        alerts=True,
        timed=True,
        reminds=Kind.WAITING,
    ),
    Kind.LEAD_ASKED: MessageKind(
        card="lead-asked",
        who=(To.TEAM_LEAD,),
        stages=(_A,),
        when="{team_lead_working_days} working days after the agreement",
        timed=True,
    ),
    Kind.STILL_LOOKING: MessageKind(
        card="still-looking",
        who=(To.REQUESTER,),
        stages=(_A,),
        when="{team_lead_working_days} working days after the agreement",
        timed=True,
    ),
    Kind.ALL_TOO_CLOSE: MessageKind(
        card="all-too-close", who=(To.TEAM_LEAD, To.CHANNEL), stages=(_A,), alerts=True
    ),
    Kind.ANOTHER_AREA: MessageKind(card="another-area", who=(To.REQUESTER,), stages=(_A,)),
    Kind.PICKED_UP: MessageKind(card="picked-up", who=(To.REQUESTER,), stages=(_P,)),
    Kind.PREPARATION: MessageKind(
        card="preparation",
        who=(To.COMING,),
        stages=(_B,),
        when="at once, and again when the date moves",
        until="they no longer come",
        worth=Worth.BEGINS,
    ),
    Kind.PREPARATION_REMINDER: MessageKind(
        card="preparation",
        who=(To.COMING,),
        stages=(_B,),
        when="the morning of the last working day before, where they are not ready and the first "
        "card came at least four hours before that",
        until="they are ready",
        timed=True,
        reminds=Kind.PREPARATION,
        worth=Worth.BEGINS,
    ),
    Kind.NOT_KNOWN: MessageKind(
        card="not-known",
        who=(To.LEAD, To.REQUESTER),
        stages=(_B,),
        when="at once, once a booking",
        until="the person knows",
    ),
    Kind.TALK_AGREEMENT: MessageKind(
        card="talk-about-agreement",
        who=(To.FACILITATOR,),
        stages=(_B,),
        until="they accept the agreement",
    ),
    Kind.DO_NOT_RAISE: MessageKind(
        card="do-not-raise",
        who=(To.COMING, To.CAME),
        stages=(_P, _B, *_AFTER),
        when="at once, when the family, or some of them, must not know",
        until="the lead worker settles it in another way",
    ),
    Kind.TELLING_SETTLED: MessageKind(
        card="telling-settled",
        who=(To.COMING, To.CAME),
        stages=(_P, _B, *_AFTER),
        when="at once, when the lead worker has settled who tells the family",
        until="the lead worker settles it in another way",
    ),
    Kind.TELLING_ASK: MessageKind(
        card="telling-ask",
        who=(To.LEAD,),
        stages=(_B, _H),
        when="the next working morning after the booking, where the reminder does not come then",
        until="the lead worker has settled who tells the family",
        asks=True,
        timed=True,
    ),
    Kind.TELLING_RING: MessageKind(
        card="telling-ring",
        who=(To.FACILITATOR,),
        stages=(_B, _H),
        when="the second working morning after the booking",
        until="the lead worker has settled who tells the family",
        timed=True,
    ),
    Kind.COMES_INSTEAD: MessageKind(
        card="comes-instead",
        who=(To.FACILITATOR, To.LEAD),
        stages=(_B,),
        until="they no longer come",
    ),
    Kind.CLOSING: MessageKind(
        card="closing",
        who=(To.FACILITATOR,),
        stages=(_B,),
        when="in the last minutes of the booked time",
        asks=True,
        worth=Worth.BEGINS,
    ),
    Kind.TOOK_PART: MessageKind(
        card="took-part",
        who=(To.COMING,),
        stages=(_B, _H),
        when="the next working morning after the booked time",
        until="they, or the facilitator, have said who came",
        asks=True,
        timed=True,
        worth=Worth.FEEDBACK_CLOSES,
    ),
    Kind.NOT_AHEAD: MessageKind(card="not-ahead", who=(To.COMING, To.NAMED), stages=(_P,)),
    Kind.DOUBTED: MessageKind(
        card="doubted",
        who=(To.FACILITATOR,),
        stages=(_B, _H),
        until="the facilitator has said who came",
    ),
    Kind.FEEDBACK: MessageKind(
        card="feedback",
        who=(To.CAME,),
        stages=(_H,),
        until="they have answered",
        asks=True,
        opens="feedback",
        worth=Worth.FEEDBACK_CLOSES,
    ),
    Kind.FEEDBACK_PROMPT: MessageKind(
        card="feedback",
        who=(To.CAME,),
        stages=(_H,),
        when="{feedback_days} days after the booked end, or the last office hour before that",
        until="they have sent it; not sent where a number is all there is",
        asks=True,
        timed=True,
        reminds=Kind.FEEDBACK,
        opens="feedback",
        worth=Worth.FEEDBACK_CLOSES,
    ),
    Kind.FEEDBACK_CAME: MessageKind(
        card="feedback-came",
        who=(To.READER,),
        stages=_AFTER,
        when="so that it can be read within {feedback_read_working_days} working days of the first "
        "answer that they have not read",
        until="they have read it",
        asks=True,
        timed=True,
    ),
    Kind.FEEDBACK_TOGETHER: MessageKind(
        card="feedback-together",
        who=(To.FACILITATOR,),
        stages=_AFTER,
        when="{feedback_days} days after the booked end, where three or more wrote",
        timed=True,
    ),
    Kind.TO_TALK: MessageKind(card="to-talk", who=(To.READER,), stages=_AFTER),
    Kind.OUTCOME: MessageKind(
        card="outcome",
        who=(To.LEAD,),
        stages=(_H,),
        when="{outcome_days} days after the booked end",
        asks=True,
        timed=True,
        opens="outcome",
    ),
    Kind.OUTCOME_REMINDER: MessageKind(
        card="outcome",
        who=(To.LEAD,),
        stages=(_H,),
        when="{outcome_reminder_days} days after the first",
        asks=True,
        timed=True,
        reminds=Kind.OUTCOME,
        opens="outcome",
    ),
    Kind.OUTCOME_CAME: MessageKind(card="outcome-came", who=(To.PRACTICE,), stages=(_C,)),
    Kind.OUTCOME_SHARED: MessageKind(
        card="outcome-shared", who=(To.CAME, To.FACILITATOR), stages=(_C,)
    ),
    Kind.NOT_REACHED: MessageKind(
        card="not-reached",
        who=(To.REQUESTER, To.FACILITATOR, *_TEAM, To.READER, To.GATEKEEPER),
        stages=_ANY,
        until="the person can be reached",
    ),
    Kind.ENDED: MessageKind(card="ended", who=(To.COMING,), stages=(Stage.ENDED,)),
    Kind.SILENT: MessageKind(
        card="does-it-go-on",
        who=(To.FACILITATOR, To.TEAM_LEAD, To.REQUESTER),
        stages=(_R, _A, _P, _B),
        when="when nobody has done anything for as long as the partnership's file says",
        until="somebody does something",
        asks=True,
        timed=True,
    ),
    Kind.SILENT_ENDED: MessageKind(
        card="ended-silent",
        who=(To.REQUESTER, To.FACILITATOR),
        stages=(Stage.ENDED,),
        when="when nobody has answered that either, as long after it",
        timed=True,
    ),
    Kind.LEARNING_SHARED: MessageKind(
        card="learning-shared",
        who=(To.LEAD,),
        stages=_AFTER,
        until="they have confirmed whom it was passed on to",
        asks=True,
    ),
    Kind.LEARNING_REMINDER: MessageKind(
        card="learning-shared",
        who=(To.LEAD,),
        stages=_AFTER,
        when="{learning_reminder_working_days} working days after it was shared",
        until="they have confirmed whom it was passed on to",
        asks=True,
        timed=True,
        reminds=Kind.LEARNING_SHARED,
    ),
    Kind.RECORD: MessageKind(
        card="record",
        who=(To.CAME,),
        stages=_AFTER,
        when="at once when it is passed on, or {learning_words_working_days} working days after it "
        "was shared, whichever is first",
        until="they have recorded it",
        asks=True,
        timed=True,
    ),
    Kind.RECORD_REMINDER: MessageKind(
        card="record",
        who=(To.CAME,),
        stages=_AFTER,
        when="{learning_reminder_working_days} working days after the first",
        until="they have recorded it",
        asks=True,
        timed=True,
        reminds=Kind.RECORD,
    ),
    Kind.LEFT_OUT: MessageKind(
        card="left-out", who=(To.NAMED,), stages=(_B,), until="they come after all"
    ),
    Kind.HAND_OVER: MessageKind(
        card="hand-over",
        who=(*_TEAM, To.TEAM_LEAD),
        stages=_FACILITATED,
        when="at once; also when it is known that the facilitator has left the team, even while "
        "messages are stopped",
        until="somebody has taken it, or it is kept",
        asks=True,
        alerts=True,
    ),
    Kind.TAKEN_OVER: MessageKind(
        card="taken-over",
        who=(To.REQUESTER, To.COMING, To.LEAD, To.NAMED),
        stages=_FACILITATED,
        parting=True,
    ),
    Kind.REPLACED: MessageKind(
        card="replaced", who=(To.FACILITATOR, To.REQUESTER), stages=_FACILITATED
    ),
    Kind.LEAD_NOW: MessageKind(card="lead-now", who=(To.LEAD,), stages=_AFTER),
    Kind.RING_ME: MessageKind(
        card="ring-me",
        who=(To.FACILITATOR,),
        stages=_AFTER,
        until="the facilitator said when they are asked again",
    ),
    Kind.CONCERN: MessageKind(
        card="concern", who=(To.CALLED,), stages=(*_FACILITATED, Stage.WITHDRAWN, Stage.ENDED)
    ),
    Kind.REVIEW: MessageKind(
        card="review",
        who=(To.LEAD, To.FACILITATOR),
        stages=_AFTER,
        when="at 9:00 of the agreed day",
        until="they have answered",
        asks=True,
        timed=True,
    ),
    Kind.REVIEW_SAID: MessageKind(card="review-said", who=(To.FACILITATOR,), stages=_AFTER),
    Kind.INSTEAD: MessageKind(
        card="instead",
        who=(To.TEAM_LEAD, To.TEAM, To.GATEKEEPER),
        stages=(*_FACILITATED, Stage.WITHDRAWN),
        when="where the facilitator has left the team: in place of each message to them, when that "
        "would be due",
        until="somebody has taken it over",
        asks=True,
        timed=True,
        reminds=Kind.HAND_OVER,
    ),
    Kind.CANNOT_COME: MessageKind(
        card="cannot-come",
        who=(To.FACILITATOR,),
        stages=(_B,),
        until="they come after all, or the date moves",
    ),
    Kind.COMES_AFTER_ALL: MessageKind(
        card="comes-after-all",
        who=(To.FACILITATOR,),
        stages=(_B,),
        until="they cannot come again, or the date moves",
    ),
    Kind.ANOTHER_TIME: MessageKind(
        card="another-time", who=(To.FACILITATOR,), stages=(_B,), until="the date moves"
    ),
    Kind.SECOND_ASKED: MessageKind(
        card="second-asked",
        who=(To.SECOND,),
        stages=(Stage.PICKED_UP, _B),
        until="they have answered, or are asked no more",
        asks=True,
    ),
    Kind.SECOND_SAID: MessageKind(
        card="second-said", who=(To.FACILITATOR,), stages=(Stage.PICKED_UP, _B, _H, _C)
    ),
    Kind.SECOND_JOINED: MessageKind(
        card="second-joined",
        who=(To.REQUESTER, To.LEAD, To.COMING),
        stages=(Stage.PICKED_UP, _B),
        until="it is not done together any more",
    ),
    Kind.WOULD_HELP: MessageKind(
        card="would-help", who=(To.FACILITATOR,), stages=(_B,), until="they take it back"
    ),
    Kind.HAPPENED: MessageKind(
        card="something-has-happened",
        who=(To.FACILITATOR, To.TEAM_LEAD, *_TEAM, To.GATEKEEPER),
        stages=(*_BEFORE, _B, _H, _C),
        when="at once; before pick-up to the team lead, or else to the team",
        until="somebody has said that they rang",
        alerts=True,
    ),
    Kind.STILL_TO_RING: MessageKind(
        card="still-to-ring",
        who=(To.TEAM_LEAD, *_TEAM, To.GATEKEEPER),
        stages=(*_BEFORE, _B, _H, _C),
        when="at noon of the next working day, or of the same one before noon",
        until="somebody has said that they rang",
        timed=True,
        alerts=True,
        reminds=Kind.HAPPENED,
    ),
    Kind.LEAD_CHANGED: MessageKind(
        card="changed-by-the-team-lead",
        who=(To.FACILITATOR,),
        stages=(_P, _B, _H, _C, Stage.ENDED),
    ),
    Kind.GATE_ASKED: MessageKind(
        card="gatekeeper-asked",
        who=(To.GATEKEEPER,),
        stages=(_A, *_FACILITATED),
        when="at once, when a restricted conversation wants a facilitator, or whoever was asked "
        "says no",
        until="somebody is asked",
        asks=True,
    ),
    Kind.GATE_REMINDER: MessageKind(
        card="gatekeeper-asked",
        who=(To.GATEKEEPER,),
        stages=(_A, *_FACILITATED),
        when="{pick_up_working_days} working days after a facilitator was wanted; where the team "
        "lead is a gatekeeper once more after {team_lead_working_days}",
        until="somebody facilitates it",
        asks=True,
        timed=True,
        reminds=Kind.GATE_ASKED,
    ),
    Kind.GATE_LEAD: MessageKind(
        card="no-facilitator-yet",
        who=(To.TEAM_LEAD,),
        stages=(_A, *_FACILITATED),
        when="{pick_up_working_days} working days without a facilitator, where the team lead is no "
        "gatekeeper",
        until="somebody facilitates it",
        timed=True,
    ),
    Kind.ASSIGNED: MessageKind(
        card="assigned",
        who=(To.ASSIGNED,),
        stages=(_A, *_FACILITATED),
        until="they have answered, or another one is asked",
        asks=True,
    ),
    Kind.NO_GATEKEEPER: MessageKind(
        card="no-gatekeeper",
        who=(To.REQUESTER, To.FACILITATOR),
        stages=(_A, *_FACILITATED),
        when="at once, where a facilitator is wanted and no gatekeeper is free of it",
    ),
    Kind.NOT_MEANT: MessageKind(
        card="not-meant-for-them", who=(To.FORMER,), stages=_ANY, parting=True
    ),
}
"""Every kind with its line. While messages are stopped nothing is owed, but the hand-over of a
conversation whose facilitator has left the team."""

if missing := set(Kind) - set(KINDS):
    raise LookupError(f"no line in KINDS for {', '.join(sorted(missing))}")

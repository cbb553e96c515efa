"""Who may do and see what: one table of rights, and so one long module.

What a card carries is a hint, never an authority. `RIGHTS` is the map: right -> the roles that have
it -> the stages they have it in. A tap's route names its right; it is asked once, on the record the
root has loaded (`Context.about`), and a change asks it again of the record it is about to replace.
Where it does not hold, `dialogs.root.where` decides what is said instead: `is_theirs` and
`was_theirs` tell those whose right it is at another time from everybody else. docs/reference.md is
made from the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from records.conversation.conversation import Conversation, Layer, has_part, is_involved
from records.feedback.readers import together
from records.manager.waiting import team_lead
from records.people import Attending, Part, Participant, Person
from records.preparation.preparing import can_settle
from records.stages import MOVES, Act, Stage

Stages = frozenset[Stage]


class Role(StrEnum):
    """What somebody is in a conversation; one person can be several. The values are for people."""

    REQUESTER = "the practitioner who asked"
    MANAGER = "the named manager"
    TEAM = "a member of the facilitation team"
    INDEPENDENT = "a member of the facilitation team who is not named in it"
    FACILITATOR = "the facilitator who picked it up, while in the team"
    SECOND = "the second facilitator, while in the team"
    ATTENDEE = "each person who comes or came"
    LEFT = "somebody who came and has left since"
    LEAD = "the lead worker"
    LEAD_BETWEEN = "the lead worker, between two dates"
    OUTSIDE = "a member of the facilitation team who has and had no part in it"
    PRACTICE = "a member of the Practice Team, or who reads in its place, without a part in it"
    READER = "the facilitation team's lead and their deputy, without a part in it; or who stands in"
    TOGETHER = "the facilitator, of words they may read together, where three or more wrote"
    SHARED = "each person who came and the facilitator, where the lead worker shared it"
    TEAM_LEAD = "the facilitation team's lead, where not named in it"
    GATEKEEPER = "a gatekeeper of a restricted conversation, where not named in it"
    ASSIGNED = "the member of the team whom a gatekeeper asks to facilitate it, not named in it"
    EVALUATOR = "an evaluator, without a part in it"
    NAMED = "everybody named in it, of what they wrote themselves"
    STAND_IN = (
        "the team lead, or a member of the team where it has none, while somebody is to be rung"
    )


class Right(StrEnum):
    """What can be done or seen, as the generated table says it."""

    SEE_WHERE = "see where their own request stands"
    SEE_ASKED = "open the request they are asked about"
    READ_STORY = "read the request's five answers"
    READ_HOPES = "read the hopes beside the outcome's questions"
    ANSWER = "agree, talk first, say not this route or ask a deputy"
    ASK_AGAIN = "ask the manager again after a talk"
    AMEND = "change the request"
    NAME_MANAGER = "name another manager"
    WAIT = "wait for a manager who is silent, or have them reminded"
    WITHDRAW = "withdraw the request"
    ASK_CHANGED = "change a request that no conversation came of, and ask again"
    LEAVE = "leave it for another facilitator"
    PICK_UP = "look at people and agencies, and pick it up"
    BOOK = "book it"
    MOVE = "move the booking, or change who comes"
    PREPARE = "get ready: ticks, who it is about, the agreement, a calendar file"
    AGREEMENT = "read the agreement, and accept it"
    RIGHT_PERSON = "name the right person from their agency"
    TELLING = "settle who tells the family"
    READ_TELLING = "read why the family, or some of them, must not know"
    SEE_READY = "see how far people are, and accept the facilitator's part"
    SAY_WHO_CAME = "say that it took place and who came"
    READ_OUTCOME = "read what difference it made"
    RELEASE_WORDS = "read words that may be quoted, and release them or keep them back"
    COLLATE = "read words whose cards said so, without names, once their period is closed"
    ON_BOARD = "see its reference, stage and agency on the board"
    SEE_REACH = "see who was reached and who was not"
    NOT_AHEAD = "say that it did not go ahead: a new date, or the end"
    COMING = "say that they cannot come, or that another time suits them better"
    HAPPENED = "say that something has happened, and be rung"
    RANG = "say that they rang somebody to whom something has happened"
    CORRECT = "correct an address that did not reach somebody"
    TOOK_PART = "say whether they took part"
    FEEDBACK = "give feedback and change it"
    READ_FEEDBACK = "read the feedback that was given to be read"
    READ_TOGETHER = "read words of feedback without names or numbers, after the two days"
    TALK = "ask to be rung about how it was for them"
    READ_SHARED = "read the outcome that the lead worker shared"
    OUTCOME = "say what difference it made"
    STOP = "stop all messages and start them again"
    TYPE_UP = "type up the learning document, until it is shared"
    SHARE = "share the learning document, or open it again"
    READ_LEARNING = "read the learning document; the lead worker, once it is shared"
    SAY_SHARED = "say with whom the learning document was shared"
    RECORD = "get the learning of their own agency, once it is due, and say it is recorded"
    UPLOAD = "hand in a finished Word file in place of the typed sections, until it is shared"
    PACK = "get the pack for the conversation"
    HAND_OVER = "ask the team for another facilitator, and keep it after all"
    TAKE_OVER = "take it over, where the facilitator has asked or has left the team"
    SEE_CHANGES = "see what can be changed in it"
    REPLACE = "say that someone else is now in a place: their own, or as facilitator any"
    RING_ME = "ask to be rung"
    ASK_LATER = "say when somebody who was rung is asked again"
    CONCERN = "ask a worker's manager to ring"
    REVIEW = "answer the review, with the agreed points"
    REVIEW_DAY = "set the review date"
    SECOND_ASK = "ask another one of the team to facilitate as well"
    SECOND_JOIN = "say, when asked, that they are independent, and facilitate as well"
    SECOND_END = "end it that two facilitate together"
    RESTRICT = "say that few may know of it"
    ASSIGN = "choose who is asked to facilitate a restricted one"
    WOULD_HELP = "read what would help people take part"
    OWN_WORDS = "see what they wrote themselves, and add a note to it"
    GOES_ON = "say that it goes on, where nobody has done anything for long"
    ASK_ANEW = "ask for another conversation, with its people filled in"


def during(act: Act) -> Stages:
    """The stages an act fits, so that the table never says more than `records.stages`."""
    return frozenset(stage for stage, one in MOVES if one is act)


ALWAYS: Final[Stages] = frozenset(Stage)
BEFORE_PICK_UP: Final[Stages] = frozenset({Stage.REQUESTED, Stage.AGREED})
AGREED_ON: Final[Stages] = ALWAYS - {Stage.REQUESTED, Stage.NOT_THIS_ROUTE}
"""Once a manager agreed: until then nobody but the requester hears who could not be reached."""
UNDER_WAY: Final[Stages] = frozenset(
    {Stage.REQUESTED, Stage.AGREED, Stage.PICKED_UP, Stage.BOOKED, Stage.HELD}
)
"""While there is something to agree to: with that the manager's reading ends."""

RIGHTS: Final[Mapping[Right, Mapping[Role, Stages]]] = MappingProxyType(
    {
        Right.SEE_WHERE: {Role.REQUESTER: ALWAYS},
        Right.SEE_ASKED: {Role.MANAGER: UNDER_WAY},
        Right.READ_STORY: {
            Role.REQUESTER: ALWAYS,
            Role.MANAGER: UNDER_WAY,
            Role.FACILITATOR: ALWAYS,
            Role.SECOND: ALWAYS,
        },
        Right.READ_HOPES: {Role.LEAD: during(Act.OUTCOME)},
        Right.ANSWER: {Role.MANAGER: during(Act.AGREE)},
        Right.ASK_AGAIN: {Role.REQUESTER: during(Act.ASK_AGAIN)},
        Right.AMEND: {Role.REQUESTER: during(Act.AMEND)},
        Right.NAME_MANAGER: {Role.REQUESTER: during(Act.NAME_MANAGER)},
        Right.WAIT: {Role.REQUESTER: during(Act.NUDGE)},
        Right.WITHDRAW: {Role.REQUESTER: during(Act.WITHDRAW)},
        Right.ASK_CHANGED: {Role.REQUESTER: frozenset({Stage.NOT_THIS_ROUTE, Stage.WITHDRAWN})},
        Right.LEAVE: dict.fromkeys((Role.TEAM, Role.TEAM_LEAD, Role.ASSIGNED), ALWAYS),
        Right.PICK_UP: dict.fromkeys((Role.INDEPENDENT, Role.ASSIGNED), during(Act.PICK_UP)),
        Right.BOOK: {Role.FACILITATOR: frozenset({Stage.PICKED_UP})},
        Right.MOVE: dict.fromkeys((Role.FACILITATOR, Role.TEAM_LEAD), during(Act.MOVE)),
        Right.PREPARE: {Role.ATTENDEE: during(Act.PREPARE)},
        Right.AGREEMENT: {
            Role.ATTENDEE: during(Act.ACCEPT),
            Role.FACILITATOR: during(Act.ACCEPT),
            Role.SECOND: during(Act.ACCEPT),
        },
        Right.RIGHT_PERSON: {Role.ATTENDEE: during(Act.PREPARE)},
        Right.TELLING: {
            Role.LEAD: during(Act.TELLING) - {Stage.PICKED_UP},
            # Before the first date it is not settled who leads.
            Role.LEAD_BETWEEN: frozenset({Stage.PICKED_UP}),
        },
        # The warning stays to the end; the reason closes with what it was for.
        Right.READ_TELLING: {
            Role.LEAD: frozenset({Stage.BOOKED, Stage.HELD}),
            Role.LEAD_BETWEEN: frozenset({Stage.PICKED_UP}),
            Role.FACILITATOR: during(Act.PREPARE),
        },
        Right.SEE_READY: dict.fromkeys((Role.FACILITATOR, Role.SECOND), during(Act.PREPARE)),
        # "Your facilitator and no one else."
        Right.WOULD_HELP: {Role.FACILITATOR: during(Act.PREPARE)},
        Right.SAY_WHO_CAME: {Role.FACILITATOR: during(Act.TOOK_PLACE)},
        Right.READ_OUTCOME: {Role.PRACTICE: frozenset({Stage.COMPLETE})},
        Right.RELEASE_WORDS: dict.fromkeys((Role.OUTSIDE, Role.READER), during(Act.WORDS_RELEASED)),
        Right.COLLATE: {Role.EVALUATOR: frozenset({Stage.HELD, Stage.COMPLETE})},
        Right.ON_BOARD: dict.fromkeys(
            (Role.TEAM, Role.FACILITATOR, Role.GATEKEEPER), ALWAYS - {Stage.REQUESTED}
        ),
        Right.SEE_REACH: {Role.INDEPENDENT: AGREED_ON, Role.FACILITATOR: ALWAYS},
        Right.NOT_AHEAD: dict.fromkeys((Role.FACILITATOR, Role.TEAM_LEAD), during(Act.REBOOK)),
        Right.COMING: {Role.ATTENDEE: during(Act.CANNOT_COME)},
        Right.HAPPENED: dict.fromkeys((Role.REQUESTER, Role.LEAD), during(Act.HAPPENED)),
        Right.RANG: dict.fromkeys((Role.FACILITATOR, Role.STAND_IN), during(Act.RANG)),
        Right.CORRECT: dict.fromkeys((Role.REQUESTER, Role.FACILITATOR), during(Act.CORRECT)),
        Right.TOOK_PART: {Role.ATTENDEE: during(Act.TOOK_PART)},
        Right.FEEDBACK: {
            Role.ATTENDEE: during(Act.FEEDBACK),
            Role.LEFT: during(Act.FEEDBACK),
        },
        Right.READ_FEEDBACK: {Role.READER: during(Act.FEEDBACK_READ)},
        Right.READ_TOGETHER: {Role.TOGETHER: during(Act.FEEDBACK_READ)},
        Right.TALK: dict.fromkeys((Role.ATTENDEE, Role.LEFT), during(Act.ASK_TO_TALK)),
        Right.READ_SHARED: {Role.SHARED: frozenset({Stage.COMPLETE})},
        Right.OUTCOME: {Role.LEAD: during(Act.OUTCOME)},
        Right.STOP: {
            Role.FACILITATOR: during(Act.STOP) - BEFORE_PICK_UP,
            Role.STAND_IN: BEFORE_PICK_UP,
        },
        Right.TYPE_UP: {Role.FACILITATOR: during(Act.LEARNING)},
        Right.SHARE: {Role.FACILITATOR: during(Act.LEARNING_SHARED)},
        Right.READ_LEARNING: {
            Role.FACILITATOR: during(Act.LEARNING),
            Role.SECOND: during(Act.LEARNING),
            Role.LEAD: during(Act.LEARNING_CONFIRMED),
        },
        Right.SAY_SHARED: {Role.LEAD: during(Act.LEARNING_CONFIRMED)},
        Right.RECORD: {Role.ATTENDEE: during(Act.RECORDED)},
        Right.UPLOAD: {Role.FACILITATOR: during(Act.LEARNING_FILE)},
        Right.PACK: dict.fromkeys(
            (Role.FACILITATOR, Role.SECOND), frozenset({Stage.BOOKED, Stage.HELD})
        ),
        Right.SECOND_ASK: {Role.FACILITATOR: during(Act.SECOND_ASKED)},
        Right.SECOND_JOIN: {Role.INDEPENDENT: during(Act.SECOND_JOINED)},
        Right.SECOND_END: dict.fromkeys((Role.FACILITATOR, Role.SECOND), during(Act.SECOND_ENDED)),
        Right.HAND_OVER: {
            Role.FACILITATOR: during(Act.OFFER),
            Role.TEAM_LEAD: frozenset({Stage.BOOKED}),
        },
        Right.TAKE_OVER: dict.fromkeys(
            (Role.INDEPENDENT, Role.TEAM_LEAD, Role.ASSIGNED), during(Act.TAKE_OVER)
        ),
        Right.SEE_CHANGES: {
            Role.FACILITATOR: ALWAYS,
            Role.SECOND: ALWAYS,
            Role.TEAM_LEAD: frozenset({Stage.BOOKED}),
            Role.GATEKEEPER: ALWAYS - {Stage.REQUESTED},
        },
        Right.RESTRICT: {Role.FACILITATOR: during(Act.RESTRICT)},
        Right.ASSIGN: {Role.GATEKEEPER: during(Act.ASSIGN)},
        Right.REPLACE: dict.fromkeys(
            (Role.FACILITATOR, Role.LEAD, Role.ATTENDEE, Role.MANAGER), during(Act.REPLACE)
        ),
        Right.RING_ME: {Role.LEAD: during(Act.RING_ME)},
        Right.ASK_LATER: {Role.FACILITATOR: during(Act.ASK_LATER)},
        Right.CONCERN: {Role.FACILITATOR: during(Act.CONCERN)},
        Right.REVIEW: dict.fromkeys((Role.LEAD, Role.FACILITATOR), during(Act.REVIEWED)),
        Right.REVIEW_DAY: {Role.FACILITATOR: during(Act.REVIEWED)},
        Right.OWN_WORDS: {Role.NAMED: ALWAYS},
        Right.GOES_ON: dict.fromkeys(
            (Role.FACILITATOR, Role.TEAM_LEAD, Role.REQUESTER), during(Act.GOES_ON)
        ),
        Right.ASK_ANEW: {Role.LEAD: during(Act.REVIEWED)},
    }
)
"""Who may, and when. What is not here, nobody may."""

NEEDS: Final[Mapping[Right, Layer]] = MappingProxyType(
    {
        **dict.fromkeys((Right.READ_STORY, Right.READ_HOPES, Right.ASK_CHANGED), Layer.ANSWERS),
        **dict.fromkeys(
            (
                Right.TYPE_UP,
                Right.SHARE,
                Right.READ_LEARNING,
                Right.SAY_SHARED,
                Right.RECORD,
                Right.UPLOAD,
                Right.REVIEW,
                Right.REVIEW_DAY,
            ),
            Layer.LEARNING,
        ),
        **dict.fromkeys(
            (
                Right.READ_OUTCOME,
                Right.READ_FEEDBACK,
                Right.READ_TOGETHER,
                Right.READ_SHARED,
                Right.RELEASE_WORDS,
                Right.COLLATE,
                Right.FEEDBACK,
                Right.OUTCOME,
            ),
            Layer.WORDS,
        ),
    }
)
"""What a right is about, and ends with, where that is removed because its time was up."""

ROSTERED: Final = frozenset(
    right
    for right, who in RIGHTS.items()
    if not {Role.TEAM, Role.INDEPENDENT, Role.OUTSIDE, Role.STAND_IN}.isdisjoint(who)
)
"""Rights that hang on being in the facilitation team."""


OF_READERS: Final = frozenset(
    right for right, who in RIGHTS.items() if not {Role.PRACTICE, Role.READER}.isdisjoint(who)
)
"""Rights that hang on being among those who read, by the settings and the partnership's file."""

OF_EVALUATORS: Final = frozenset(right for right, who in RIGHTS.items() if Role.EVALUATOR in who)
"""Rights that hang on being an evaluator, by the settings."""

OF_THE_LEAD: Final = frozenset(
    right for right, who in RIGHTS.items() if not {Role.TEAM_LEAD, Role.STAND_IN}.isdisjoint(who)
)
"""Rights that hang on being the facilitation team's lead."""

TAKEN_WHILE_STOPPED: Final = frozenset({Right.TAKE_OVER, Right.LEAVE, Right.ASSIGN})
"""Rights that hold while messages are stopped where the facilitator has left: nobody else could
start them again."""

WHILE_STOPPED: Final[Mapping[Right, Stages]] = MappingProxyType(
    {Right.WITHDRAW: BEFORE_PICK_UP, Right.OWN_WORDS: ALWAYS}
)
"""Rights that hold while messages are stopped, and in which stages: before anybody has picked it up
a request is its writer's to take back, whoever stopped its messages; and what somebody may ask of
their own words does not hang on that."""


NOT_IF_RESTRICTED: Final = frozenset(
    {Right.RESTRICT, Right.SECOND_ASK, Right.SECOND_JOIN, Right.COLLATE}
)
"""Rights that nobody has in a restricted conversation: it is that already, whoever comes to it is
chosen by a gatekeeper, and nobody beside these reads of it."""

OF_FEW: Final = frozenset({Role.GATEKEEPER, Role.ASSIGNED})
"""Roles that there are in a restricted conversation alone."""


LISTED: Final = (
    ROSTERED
    | OF_READERS
    | OF_EVALUATORS
    | OF_THE_LEAD
    | frozenset(
        right
        for right, who in RIGHTS.items()
        if not {Role.FACILITATOR, Role.SECOND, Role.TOGETHER, Role.SHARED, *OF_FEW}.isdisjoint(who)
    )
)
"""Rights that hang on a roster or a list, or are lost with a place on one."""


@dataclass(frozen=True)
class Who:
    """The one who acts, as a right is asked of them.

    `member` says that the roster has them in the facilitation team; asking it takes time, so it is
    asked only for rights that hang on it (`ROSTERED`). `practice` says that they read what
    difference it made, `reads` that they read its feedback (`OF_READERS`), `team_lead` is the one
    who leads (`OF_THE_LEAD`), `evaluator` one who collates (`OF_EVALUATORS`). `gatekeeper` and
    `assigned` say that they choose who is asked to facilitate a restricted conversation, or are
    asked themselves.
    `left_team` says that it is known to have them no more; it is asked of whoever facilitates.
    """

    person: Person
    practice: bool = False
    reads: bool = False
    member: bool = False
    team_lead: bool = False
    left_team: bool = False
    gatekeeper: bool = False
    assigned: bool = False
    evaluator: bool = False

    def is_person(self, participant: Participant | None) -> bool:
        """Whether the one who acts is this participant."""
        return participant is not None and participant.is_person(self.person)


class NotNow(Exception):
    """The right does not hold on the record as it is now; the root says what is said instead.

    `texts` were typed and could not be kept: they are shown back, so that nothing is lost.
    """

    def __init__(self, it: Conversation, right: Right, texts: tuple[str, ...] = ()) -> None:
        super().__init__(f"{it.id}: no right {right.name}")
        self.it, self.right, self.texts = it, right, texts


def has_role(who: Who, it: Conversation, role: Role) -> bool:
    """Whether the one who acts is this in the conversation now."""
    match role:
        case Role.REQUESTER | Role.NAMED:
            meant = (it.requester,) if role is Role.REQUESTER else it.people
            return any(map(who.is_person, meant))
        case Role.MANAGER:
            return who.is_person(it.manager) and not who.is_person(it.requester)
        case Role.TEAM:
            return who.member and it.changes.restricted is None
        case Role.INDEPENDENT | Role.TEAM_LEAD | Role.STAND_IN | Role.GATEKEEPER | Role.ASSIGNED:
            return _listed(who, it, role) and not is_involved(it, who.person)
        case Role.FACILITATOR | Role.TOGETHER | Role.SECOND:
            return not who.left_team and _facilitates(who, it, role)
        case Role.ATTENDEE | Role.LEFT:
            comes = attendee(who, it)
            return comes is not None and _has_gone(it, comes) == (role is Role.LEFT)
        case Role.LEAD | Role.LEAD_BETWEEN:
            between = it.stage is Stage.PICKED_UP and can_settle(it)
            return (role is Role.LEAD or between) and who.is_person(it.person(it.lead))
        case Role.OUTSIDE | Role.PRACTICE | Role.READER | Role.SHARED | Role.EVALUATOR:
            return _reads(who, it, role)


def _facilitates(who: Who, it: Conversation, role: Role) -> bool:
    if role is Role.SECOND:
        return is_second(who, it)
    return holds_it(who, it) and (role is Role.FACILITATOR or bool(together(it)))


def _reads(who: Who, it: Conversation, role: Role) -> bool:
    """Whether the one who acts reads what others said after the conversation: without a part in it
    themselves, or as one with whom it was shared."""
    if role is Role.SHARED:
        came = map(it.person, it.held.came if it.held else ())
        mine = has_role(who, it, Role.FACILITATOR)
        return it.reading.shared and (mine or any(map(who.is_person, came)))
    outside = who.member and it.changes.restricted is None
    by_role = {Role.OUTSIDE: outside, Role.PRACTICE: who.practice, Role.EVALUATOR: who.evaluator}
    return by_role.get(role, who.reads) and not has_part(it, who.person)


def _listed(who: Who, it: Conversation, role: Role) -> bool:
    """Whether the roster or the settings have them as this. Where few may know, neither the team
    nor its lead is anything; a gatekeeper stands in, and whoever is asked may take it."""
    if it.changes.restricted is not None:
        return _one_of_few(who, it, role)
    match role:
        case Role.TEAM_LEAD:
            return who.team_lead
        case Role.GATEKEEPER | Role.ASSIGNED:
            return False
        case Role.STAND_IN:
            return _waits(it) and (who.team_lead or (who.member and team_lead(it) is None))
        case _:
            return who.member


def _waits(it: Conversation) -> bool:
    """Whether somebody is to be rung, or messages were stopped before anybody had picked it up."""
    return bool(it.changes.waits) or (it.stopped_at is not None and not it.facilitator)


def _one_of_few(who: Who, it: Conversation, role: Role) -> bool:
    match role:
        case Role.GATEKEEPER:
            return who.gatekeeper
        case Role.STAND_IN:
            return who.gatekeeper and _waits(it)
        case Role.ASSIGNED:
            return who.assigned and (who.member or who.team_lead)
        case _:
            return False


def holds_it(who: Who, it: Conversation) -> bool:
    """Whether it is in their name, as the facilitator: also of one who has left the team."""
    return bool(it.facilitator) and who.is_person(it.person(it.facilitator))


def is_second(who: Who, it: Conversation) -> bool:
    """Whether they are its second facilitator: also one who has left the team."""
    here = it.changes.second
    return here is not None and who.is_person(it.person(here.asked.id))


def was_facilitating(who: Who, it: Conversation, right: Right) -> bool:
    """Whether this right was theirs until they left the team, and nobody has taken it over yet."""
    return who.left_team and Role.FACILITATOR in RIGHTS[right] and holds_it(who, it)


def roles(who: Who, it: Conversation) -> frozenset[Role]:
    """All that the one who acts is in this conversation now."""
    return frozenset(role for role in Role if has_role(who, it, role))


def former_places(who: Who, it: Conversation) -> tuple[Participant, ...]:
    """The places this person had in it and has no more, the latest last."""
    passed_on = {one.old for one in it.changes.replaced}
    had = (one for one in it.people if one.left is not None or one.id in passed_on)
    return tuple(one for one in had if who.is_person(one))


def former_roles(who: Who, it: Conversation) -> frozenset[Role]:
    """What the one who acts was before somebody else came into their place, or was chosen to lead.

    Who led is not written down for each who was replaced, so whoever had a place may have led.
    """
    booking = it.booking or it.missed
    led = booking.led if booking else ()
    found = {Role.LEAD for one in it.people if one.id in led and who.is_person(one)}
    for one in former_places(who, it):
        if one.part is Part.FACILITATOR:
            found.add(Role.FACILITATOR)
            continue
        found |= {Role.ATTENDEE, Role.LEAD}
        if one.part is Part.MANAGER:
            found.add(Role.MANAGER)
    return frozenset(found)


def may(who: Who, it: Conversation, right: Right) -> bool:
    """Whether the one who acts has this right where the conversation stands now.

    While messages are stopped there is only the right to start them again, to withdraw what nobody
    has picked up, and that to one's own words; and to take it over from a facilitator who has left
    the team. In a rehearsal that is over there is none, and none to what is kept no longer.
    """
    if it.practice_over is not None or is_removed(it, right):
        return False
    if it.stopped_at is not None and right is not Right.STOP:
        taken = it.changes.facilitator_left is not None and right in TAKEN_WHILE_STOPPED
        if not taken and it.stage not in WHILE_STOPPED.get(right, ()):
            return False
    if it.changes.restricted is not None and right in NOT_IF_RESTRICTED:
        return False
    allowed = (role for role, stages in RIGHTS[right].items() if it.stage in stages)
    return any(has_role(who, it, role) for role in allowed)


def is_removed(it: Conversation, right: Right) -> bool:
    """Whether what this right is about is kept no longer. Once nobody is named in it any more,
    nobody can be told apart from those who had a part in it, so there are no rights at all."""
    return it.lacks(Layer.PEOPLE) or (right in NEEDS and it.lacks(NEEDS[right]))


def is_theirs(who: Who, it: Conversation, right: Right) -> bool:
    """Whether this right is theirs at some stage, in the place they have now."""
    return any(has_role(who, it, role) for role in RIGHTS[right])


def was_theirs(who: Who, it: Conversation, right: Right) -> bool:
    """Whether this right went with a place they had, and somebody else has now."""
    return not former_roles(who, it).isdisjoint(RIGHTS[right])


def _has_gone(it: Conversation, one: Participant) -> bool:
    """Whether somebody else has their place; a requester who passed theirs on remains named."""
    passed_on = any(change.old == one.id for change in it.changes.replaced)
    return one.left is not None or (passed_on and one.attending is Attending.NO)


def attendee(who: Who, it: Conversation) -> Participant | None:
    """The one who acts, as somebody expected or present; the facilitator is neither.

    Somebody who left is nobody any more, except to their own feedback if they came. A person who
    is here in two places is the one who has not left.
    """
    expected = it.booking.coming if it.booking else ()
    came = it.held.came if it.held else ()
    for one in sorted(it.people, key=lambda one: _has_gone(it, one)):
        present = one.id in came or (one.id in expected and one.left is None)
        if present and one.part is not Part.FACILITATOR and one.is_person(who.person):
            return one
    return None

"""Who may do and see what, as one table. Every handler asks here, after loading the record: what
a card carries is a hint, never an authority.

`RIGHTS` is the map: right -> the roles that have it -> the stages they have it in. A handler first
asks `is_theirs` (else it refuses), then `may` (else it shows where things are). Inside a change it
asks `still`, because the record may have moved on meanwhile. docs/reference.md is made from it.
"""

import logging
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from cards.notes import note, sentence
from cards.wording import wording
from dialogs.events import Reply
from dialogs.visit import Visit
from records.conversation import Conversation, is_involved
from records.request import Part, Participant
from records.stages import MOVES, Act, Stage, WrongStage

log = logging.getLogger(__name__)

Stages = frozenset[Stage]


class Role(StrEnum):
    """What somebody is in a conversation; one person can be several. The values are for people."""

    REQUESTER = "the practitioner who asked"
    MANAGER = "the named manager"
    TEAM = "a member of the facilitation team"
    INDEPENDENT = "a member of the facilitation team who is not named in it"
    FACILITATOR = "the facilitator who picked it up"
    ATTENDEE = "each person who comes or came"
    LEFT = "somebody who came and has left since"
    LEAD = "the lead worker"
    PRACTICE = "a member of the Practice Team"


class Right(StrEnum):
    """What can be done or seen, as the generated table says it."""

    SEE_WHERE = "see where it stands"
    READ_STORY = "read the request's five answers"
    READ_HOPES = "read the hopes beside the outcome's questions"
    ANSWER = "agree, talk first, say not this route or ask a deputy"
    ASK_AGAIN = "ask the manager again after a talk"
    AMEND = "change the request"
    NAME_MANAGER = "name another manager"
    WAIT = "wait for a manager who is silent, or have them reminded"
    WITHDRAW = "withdraw the request"
    LEAVE = "leave it for another facilitator"
    PICK_UP = "look at people and agencies, and pick it up"
    BOOK = "book it"
    MOVE = "move the booking, or change who comes"
    PREPARE = "get ready: ticks, who it is about, the agreement, a calendar file"
    RIGHT_PERSON = "name the right person from their agency"
    TELLING = "settle who tells the family"
    READ_TELLING = "read why the family is not told"
    SEE_READY = "see how far people are, and accept the facilitator's part"
    SAY_WHO_CAME = "say that it took place and who came"
    READ_OUTCOME = "read what difference it made"
    RELEASE_WORDS = "read words that may be quoted, and release them or keep them back"
    ON_BOARD = "see its reference, stage and agency on the board"
    SEE_REACH = "see who was reached and who was not"
    NOT_AHEAD = "say that it did not go ahead: a new date, or the end"
    TOOK_PART = "say whether they took part"
    FEEDBACK = "give feedback and change it"
    OUTCOME = "say what difference it made"
    STOP = "stop all messages and start them again"
    TYPE_UP = "type up the learning document, until it is shared"
    SHARE = "share the learning document, or open it again"
    READ_LEARNING = "read the learning document; the lead worker, once it is shared"
    SAY_SHARED = "say with whom the learning document was shared"
    RECORD = "get the learning of their own agency, once it is passed on, and say it is recorded"
    UPLOAD = "hand in a finished Word file in place of the typed sections, until it is shared"
    PACK = "get the pack for the conversation"
    HAND_OVER = "ask the team for another facilitator, and keep it after all"
    TAKE_OVER = "take it over, where the facilitator has asked"
    REPLACE = "say that someone else is now in a place: their own, or as facilitator any"
    RING_ME = "ask to be rung"
    ASK_LATER = "say when somebody who was rung is asked again"
    CONCERN = "ask a worker's manager to ring"
    REVIEW = "answer the review, with the agreed points"
    REVIEW_DAY = "set the review date"


def during(act: Act) -> Stages:
    """The stages an act fits, so that the table never says more than `records.stages`."""
    return frozenset(stage for stage, one in MOVES if one is act)


ALWAYS: Final[Stages] = frozenset(Stage)

RIGHTS: Final[Mapping[Right, Mapping[Role, Stages]]] = MappingProxyType(
    {
        Right.SEE_WHERE: {
            Role.REQUESTER: ALWAYS,
            Role.MANAGER: ALWAYS,
            Role.FACILITATOR: ALWAYS,
        },
        Right.READ_STORY: {
            Role.REQUESTER: ALWAYS,
            Role.MANAGER: ALWAYS - {Stage.NOT_THIS_ROUTE},
            Role.FACILITATOR: ALWAYS,
        },
        Right.READ_HOPES: {Role.LEAD: during(Act.OUTCOME)},
        Right.ANSWER: {Role.MANAGER: during(Act.AGREE)},
        Right.ASK_AGAIN: {Role.REQUESTER: during(Act.ASK_AGAIN)},
        Right.AMEND: {Role.REQUESTER: during(Act.AMEND)},
        Right.NAME_MANAGER: {Role.REQUESTER: during(Act.NAME_MANAGER)},
        Right.WAIT: {Role.REQUESTER: during(Act.NUDGE)},
        Right.WITHDRAW: {Role.REQUESTER: during(Act.WITHDRAW)},
        Right.LEAVE: {Role.TEAM: ALWAYS},
        Right.PICK_UP: {Role.INDEPENDENT: during(Act.PICK_UP)},
        Right.BOOK: {Role.FACILITATOR: frozenset({Stage.PICKED_UP})},
        Right.MOVE: {Role.FACILITATOR: during(Act.MOVE)},
        Right.PREPARE: {Role.ATTENDEE: during(Act.PREPARE)},
        Right.RIGHT_PERSON: {Role.ATTENDEE: during(Act.PREPARE)},
        Right.TELLING: {Role.LEAD: during(Act.TELLING)},
        Right.READ_TELLING: {
            Role.LEAD: during(Act.TELLING),
            Role.FACILITATOR: during(Act.TELLING),
        },
        Right.SEE_READY: {Role.FACILITATOR: during(Act.PREPARE)},
        Right.SAY_WHO_CAME: {Role.FACILITATOR: during(Act.TOOK_PLACE)},
        Right.READ_OUTCOME: {Role.PRACTICE: frozenset({Stage.COMPLETE})},
        Right.RELEASE_WORDS: {
            Role.INDEPENDENT: during(Act.WORDS_RELEASED),
            Role.FACILITATOR: during(Act.WORDS_RELEASED),
        },
        Right.ON_BOARD: {Role.TEAM: ALWAYS},
        Right.SEE_REACH: {Role.INDEPENDENT: ALWAYS, Role.FACILITATOR: ALWAYS},
        Right.NOT_AHEAD: {Role.FACILITATOR: during(Act.REBOOK)},
        Right.TOOK_PART: {Role.ATTENDEE: during(Act.TOOK_PART)},
        Right.FEEDBACK: {
            Role.ATTENDEE: during(Act.FEEDBACK),
            Role.LEFT: during(Act.FEEDBACK),
        },
        Right.OUTCOME: {Role.LEAD: during(Act.OUTCOME)},
        Right.STOP: {Role.FACILITATOR: during(Act.STOP)},
        Right.TYPE_UP: {Role.FACILITATOR: during(Act.LEARNING)},
        Right.SHARE: {Role.FACILITATOR: during(Act.LEARNING_SHARED)},
        Right.READ_LEARNING: {
            Role.FACILITATOR: during(Act.LEARNING),
            Role.LEAD: during(Act.LEARNING_CONFIRMED),
        },
        Right.SAY_SHARED: {Role.LEAD: during(Act.LEARNING_CONFIRMED)},
        Right.RECORD: {Role.ATTENDEE: during(Act.RECORDED)},
        Right.UPLOAD: {Role.FACILITATOR: during(Act.LEARNING_FILE)},
        Right.PACK: {Role.FACILITATOR: frozenset({Stage.BOOKED, Stage.HELD})},
        Right.HAND_OVER: {Role.FACILITATOR: during(Act.OFFER)},
        Right.TAKE_OVER: {Role.INDEPENDENT: during(Act.TAKE_OVER)},
        Right.REPLACE: dict.fromkeys(
            (Role.FACILITATOR, Role.LEAD, Role.ATTENDEE, Role.MANAGER), during(Act.REPLACE)
        ),
        Right.RING_ME: {Role.LEAD: during(Act.RING_ME)},
        Right.ASK_LATER: {Role.FACILITATOR: during(Act.ASK_LATER)},
        Right.CONCERN: {Role.FACILITATOR: during(Act.CONCERN)},
        Right.REVIEW: dict.fromkeys((Role.LEAD, Role.FACILITATOR), during(Act.REVIEWED)),
        Right.REVIEW_DAY: {Role.FACILITATOR: during(Act.REVIEWED)},
    }
)
"""Who may, and when. What is not here, nobody may."""


def roles(visit: Visit, it: Conversation, *, member: bool = False) -> frozenset[Role]:
    """What the one who acts is in this conversation.

    `member` says that the roster has them in the facilitation team; asking it takes time, so only
    handlers of the team's own rights do (`may_pick_up`).
    """
    named = is_involved(it, visit.person.key, visit.person.mails)
    requester, comes = visit.is_person(it.requester), attendee(visit, it)
    found = {
        Role.REQUESTER: requester,
        Role.MANAGER: visit.is_person(it.manager) and not requester,
        Role.TEAM: member,
        Role.INDEPENDENT: member and not named,
        Role.FACILITATOR: bool(it.facilitator) and visit.is_person(it.person(it.facilitator)),
        Role.ATTENDEE: comes is not None and comes.left is None,
        Role.LEFT: comes is not None and comes.left is not None,
        Role.LEAD: visit.is_person(it.person(it.lead)),
        Role.PRACTICE: any(map(visit.is_person, visit.desk.practice_team)),
    }
    return frozenset(role for role, is_so in found.items() if is_so)


def may(visit: Visit, it: Conversation, right: Right, *, member: bool = False) -> bool:
    """Whether the one who acts has this right where the conversation stands now.

    While messages are stopped there is only the right to start them again.
    """
    if it.changes.stopped_at is not None and right is not Right.STOP:
        return False
    theirs = roles(visit, it, member=member)
    return any(role in theirs and it.stage in when for role, when in RIGHTS[right].items())


def is_theirs(visit: Visit, it: Conversation, right: Right, *, member: bool = False) -> bool:
    """Whether this right is theirs at some stage: they are shown where things are, not refused."""
    return not roles(visit, it, member=member).isdisjoint(RIGHTS[right])


def still(
    visit: Visit, it: Conversation, right: Right, act: Act, *, member: bool = False
) -> Conversation:
    """The record as it is now, if the right still holds on it. Raises WrongStage."""
    if not may(visit, it, right, member=member):
        raise WrongStage(it.id, act, it.stage)
    return it


def is_requester(visit: Visit, it: Conversation) -> bool:
    """The practitioner who brings the situation."""
    return Role.REQUESTER in roles(visit, it)


def is_manager(visit: Visit, it: Conversation) -> bool:
    """The named manager, who is never the requester."""
    return Role.MANAGER in roles(visit, it)


def is_facilitator(visit: Visit, it: Conversation) -> bool:
    """The one who picked it up."""
    return Role.FACILITATOR in roles(visit, it)


async def may_pick_up(visit: Visit, it: Conversation) -> bool:
    """A facilitator of the team who is not named in the conversation in any other part."""
    member = await visit.desk.facilitators.is_member(visit.person)
    return is_theirs(visit, it, Right.PICK_UP, member=member)


def may_read_story(visit: Visit, it: Conversation) -> bool:
    """The story: its writer, the manager who is asked, the facilitator who picked it up."""
    return may(visit, it, Right.READ_STORY)


def attendee(visit: Visit, it: Conversation) -> Participant | None:
    """The one who acts, as somebody expected or present; the facilitator is neither.

    Somebody who left is nobody any more, except to their own feedback if they came. A person who
    is here in two places is the one who has not left.
    """
    expected = it.booking.coming if it.booking else ()
    came = it.held.came if it.held else ()
    for one in sorted(it.people, key=lambda one: one.left is not None):
        present = one.id in came or (one.id in expected and one.left is None)
        if present and one.part is not Part.FACILITATOR and visit.is_person(one):
            return one
    return None


def is_lead(visit: Visit, it: Conversation) -> bool:
    """The lead worker."""
    return Role.LEAD in roles(visit, it)


def refuse(visit: Visit, what: str, conversation: str) -> Reply:
    """A calm sentence for somebody it is not meant for, and one line in the log, ids only."""
    _log(visit, what, conversation)
    card = note(wording.NOT_FOR_YOU, wording.NOT_FOR_YOU_MORE)
    return Reply(card, wording.NOT_FOR_YOU)


def for_facilitators(visit: Visit, what: str) -> Reply:
    """As `refuse`, for a list of the facilitators', whose name anybody may have typed."""
    _log(visit, what, "")
    return Reply(sentence(wording.FOR_FACILITATORS), wording.FOR_FACILITATORS)


def _log(visit: Visit, what: str, conversation: str) -> None:
    log.warning(
        "refused",
        extra={
            "action": "refused",
            "what": what,
            "person": visit.person.key,
            "conversation": conversation[:36],
        },
    )

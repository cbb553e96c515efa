"""The stages of a conversation and the acts that move it on, long as every act stands here.

The same diagram stands in README.md as Mermaid; `tests/records/test_stages.py` compares the two.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Stage(StrEnum):
    """Where a conversation stands. Stored by value: rename nothing, only add."""

    REQUESTED = "requested"
    AGREED = "agreed"
    PICKED_UP = "picked-up"
    BOOKED = "booked"
    HELD = "held"
    COMPLETE = "complete"
    NOT_THIS_ROUTE = "not-this-route"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class Act(StrEnum):
    """What somebody did, in the pathway's words; also the act's name in the audit trail."""

    REQUEST = "request"
    TALK_FIRST = "talk-first"
    ASK_AGAIN = "ask-again"
    AMEND = "amend"
    NUDGE = "nudge"
    NAME_MANAGER = "name-manager"
    DEPUTY = "deputy"
    WAIT = "wait"
    AGREE = "agree"
    DECLINE = "not-this-route"
    STAND_ASIDE = "stand-aside"
    PICK_UP = "pick-up"
    BOOK = "book"
    TOOK_PLACE = "took-place"
    TOOK_PART = "took-part"
    NOT_THERE = "not-there"
    DOUBT = "doubt"
    PREPARE = "prepare"
    KNOWS_WHO = "knows-who"
    NOT_YET = "does-not-know-who"
    MANAGER_KNOWS = "manager-knows"
    ACCEPT = "accept-agreement"
    TALK_AGREEMENT = "talk-about-agreement"
    TELLING = "telling-the-family"
    CANNOT_COME = "cannot-come"
    COMES_AFTER_ALL = "comes-after-all"
    ANOTHER_TIME = "another-time"
    REBOOK = "rebook"
    END = "end"
    FEEDBACK = "feedback"
    FEEDBACK_CAME = "feedback-came"
    FEEDBACK_READ = "feedback-read"
    ASK_TO_TALK = "ask-to-talk"
    OUTCOME = "outcome"
    NO_OUTCOME = "no-outcome"
    LEARNING = "learning"
    REVIEW_AGREED = "review-agreed"
    LEARNING_FILE = "learning-file"
    LEARNING_SHARED = "learning-shared"
    LEARNING_OPENED = "learning-opened-again"
    LEARNING_CONFIRMED = "learning-passed-on"
    RECORDED = "recorded"
    WITHDRAW = "withdraw"
    NOT_REACHED = "not-reached"
    REACHED = "reached"
    BOUND = "bound-to-an-identity"
    REPLACE = "replace"
    MOVE = "move"
    STOP = "stop-messages"
    START = "start-messages"
    WORDS_RELEASED = "words-released"
    WORDS_KEPT_BACK = "words-kept-back"
    OFFER = "offer-to-team"
    KEEP = "keep"
    TAKE_OVER = "take-over"
    RING_ME = "ring-me"
    ASK_LATER = "ask-later"
    CONCERN = "practice-concern"
    REVIEWED = "reviewed"
    HAPPENED = "something-has-happened"
    RANG = "rang"
    MY_NUMBER = "my-number"
    CORRECT = "correct-address"
    SECOND_ASKED = "second-asked"
    SECOND_JOINED = "second-joined"
    SECOND_DECLINED = "second-declined"
    SECOND_ENDED = "second-ended"
    PRACTICE_OVER = "practice-over"
    RESTRICT = "restrict"
    ASSIGN = "assign-facilitator"
    ASSIGN_DECLINED = "assigned-declined"
    SILENT_ASKED = "asked-whether-it-goes-on"
    GOES_ON = "goes-on"
    SILENT = "ended-silent"
    ANSWERS_REMOVED = "answers-removed"
    LEARNING_REMOVED = "learning-removed"
    WORDS_REMOVED = "words-removed"
    PEOPLE_REMOVED = "people-removed"
    PERSON_ERASED = "person-erased"
    NOTE_ADDED = "note-added"
    HELD_BACK = "legal-hold"
    LET_GO = "legal-hold-lifted"


QUIET: Final = frozenset({Act.FEEDBACK})
"""Acts after which fewer messages are owed, or the same: nothing new has to be worked out for them
while somebody waits. Tests hold every walk to it. Feedback that brings its readers a message is
`FEEDBACK_CAME`."""

BEFORE_IT_TOOK_PLACE: Final = (Stage.REQUESTED, Stage.AGREED, Stage.PICKED_UP, Stage.BOOKED)
"""Stages in which a conversation ends by itself where nobody does anything for long."""
_OPEN: Final = (Stage.REQUESTED, Stage.AGREED, Stage.PICKED_UP, Stage.BOOKED, Stage.HELD)
_FACILITATED: Final = (Stage.PICKED_UP, Stage.BOOKED, Stage.HELD, Stage.COMPLETE)
_FACILITATORS: Final = (
    Act.STOP, Act.START, Act.OFFER, Act.KEEP, Act.TAKE_OVER, Act.CONCERN
)  # fmt: skip
_AFTER: Final = (Stage.HELD, Stage.COMPLETE)

MOVES: Final[Mapping[tuple[Stage, Act], Stage]] = MappingProxyType(
    {
        (Stage.REQUESTED, Act.TALK_FIRST): Stage.REQUESTED,
        (Stage.REQUESTED, Act.ASK_AGAIN): Stage.REQUESTED,
        (Stage.REQUESTED, Act.AGREE): Stage.AGREED,
        (Stage.REQUESTED, Act.DECLINE): Stage.NOT_THIS_ROUTE,
        (Stage.AGREED, Act.PICK_UP): Stage.PICKED_UP,
        (Stage.PICKED_UP, Act.BOOK): Stage.BOOKED,
        (Stage.BOOKED, Act.BOOK): Stage.BOOKED,
        (Stage.BOOKED, Act.TOOK_PLACE): Stage.HELD,
        (Stage.BOOKED, Act.TOOK_PART): Stage.HELD,
        (Stage.BOOKED, Act.REBOOK): Stage.PICKED_UP,
        (Stage.BOOKED, Act.END): Stage.ENDED,
        (Stage.HELD, Act.TOOK_PLACE): Stage.HELD,
        (Stage.HELD, Act.TOOK_PART): Stage.HELD,
        (Stage.HELD, Act.FEEDBACK): Stage.HELD,
        (Stage.HELD, Act.FEEDBACK_CAME): Stage.HELD,
        (Stage.HELD, Act.OUTCOME): Stage.COMPLETE,
        (Stage.HELD, Act.NO_OUTCOME): Stage.COMPLETE,
        (Stage.REQUESTED, Act.WITHDRAW): Stage.WITHDRAWN,
        (Stage.AGREED, Act.WITHDRAW): Stage.WITHDRAWN,
        (Stage.PICKED_UP, Act.WITHDRAW): Stage.WITHDRAWN,
        (Stage.BOOKED, Act.WITHDRAW): Stage.WITHDRAWN,
        # Known side remarks that move nothing.
        (Stage.REQUESTED, Act.AMEND): Stage.REQUESTED,
        (Stage.AGREED, Act.AMEND): Stage.AGREED,
        (Stage.PICKED_UP, Act.AMEND): Stage.PICKED_UP,
        (Stage.REQUESTED, Act.NUDGE): Stage.REQUESTED,
        (Stage.REQUESTED, Act.DEPUTY): Stage.REQUESTED,
        (Stage.REQUESTED, Act.NAME_MANAGER): Stage.REQUESTED,
        (Stage.AGREED, Act.NAME_MANAGER): Stage.AGREED,
        (Stage.PICKED_UP, Act.NAME_MANAGER): Stage.PICKED_UP,
        (Stage.REQUESTED, Act.WAIT): Stage.REQUESTED,
        (Stage.AGREED, Act.STAND_ASIDE): Stage.AGREED,
        (Stage.BOOKED, Act.PREPARE): Stage.BOOKED,
        (Stage.BOOKED, Act.KNOWS_WHO): Stage.BOOKED,
        (Stage.BOOKED, Act.NOT_YET): Stage.BOOKED,
        (Stage.BOOKED, Act.MANAGER_KNOWS): Stage.BOOKED,
        (Stage.BOOKED, Act.ACCEPT): Stage.BOOKED,
        (Stage.BOOKED, Act.TALK_AGREEMENT): Stage.BOOKED,
        (Stage.BOOKED, Act.CANNOT_COME): Stage.BOOKED,
        (Stage.BOOKED, Act.COMES_AFTER_ALL): Stage.BOOKED,
        (Stage.BOOKED, Act.ANOTHER_TIME): Stage.BOOKED,
        (Stage.BOOKED, Act.NOT_THERE): Stage.BOOKED,
        (Stage.HELD, Act.NOT_THERE): Stage.HELD,
        (Stage.BOOKED, Act.DOUBT): Stage.BOOKED,
        (Stage.HELD, Act.DOUBT): Stage.HELD,
        (Stage.COMPLETE, Act.OUTCOME): Stage.COMPLETE,
        (Stage.BOOKED, Act.LEARNING): Stage.BOOKED,
        (Stage.HELD, Act.LEARNING): Stage.HELD,
        (Stage.COMPLETE, Act.LEARNING): Stage.COMPLETE,
        (Stage.BOOKED, Act.REVIEW_AGREED): Stage.BOOKED,
        (Stage.HELD, Act.REVIEW_AGREED): Stage.HELD,
        (Stage.COMPLETE, Act.REVIEW_AGREED): Stage.COMPLETE,
        (Stage.HELD, Act.LEARNING_FILE): Stage.HELD,
        (Stage.COMPLETE, Act.LEARNING_FILE): Stage.COMPLETE,
        (Stage.HELD, Act.LEARNING_SHARED): Stage.HELD,
        (Stage.COMPLETE, Act.LEARNING_SHARED): Stage.COMPLETE,
        (Stage.HELD, Act.LEARNING_OPENED): Stage.HELD,
        (Stage.COMPLETE, Act.LEARNING_OPENED): Stage.COMPLETE,
        (Stage.HELD, Act.LEARNING_CONFIRMED): Stage.HELD,
        (Stage.COMPLETE, Act.LEARNING_CONFIRMED): Stage.COMPLETE,
        (Stage.HELD, Act.RECORDED): Stage.HELD,
        (Stage.COMPLETE, Act.RECORDED): Stage.COMPLETE,
        (Stage.BOOKED, Act.MOVE): Stage.BOOKED,
        **{(stage, Act.REPLACE): stage for stage in (*_OPEN, Stage.COMPLETE)},
        (Stage.HELD, Act.WORDS_RELEASED): Stage.HELD,
        (Stage.COMPLETE, Act.WORDS_RELEASED): Stage.COMPLETE,
        (Stage.HELD, Act.WORDS_KEPT_BACK): Stage.HELD,
        (Stage.COMPLETE, Act.WORDS_KEPT_BACK): Stage.COMPLETE,
        **{(stage, act): stage for stage in _FACILITATED for act in _FACILITATORS},
        **{(stage, act): stage for stage in _AFTER for act in (Act.REVIEWED, Act.RING_ME)},
        **{(stage, Act.ASK_LATER): stage for stage in _AFTER},
        **{(stage, Act.TELLING): stage for stage in (Stage.PICKED_UP, Stage.BOOKED, *_AFTER)},
        **{
            (stage, act): stage
            for stage in (*_OPEN, Stage.COMPLETE)
            for act in (Act.HAPPENED, Act.RANG, Act.CORRECT)
        },
        **{
            (stage, act): stage
            for stage in (Stage.PICKED_UP, Stage.BOOKED)
            for act in (Act.SECOND_ASKED, Act.SECOND_JOINED, Act.SECOND_DECLINED)
        },
        **{(stage, Act.SECOND_ENDED): stage for stage in _FACILITATED},
        **{(stage, Act.RESTRICT): stage for stage in (Stage.PICKED_UP, Stage.BOOKED, Stage.HELD)},
        **{
            (stage, act): stage
            for stage in (Stage.AGREED, *_FACILITATED)
            for act in (Act.ASSIGN, Act.ASSIGN_DECLINED)
        },
        **{
            (stage, act): stage
            for stage in BEFORE_IT_TOOK_PLACE
            for act in (Act.SILENT_ASKED, Act.GOES_ON)
        },
        **{(stage, Act.SILENT): Stage.ENDED for stage in BEFORE_IT_TOOK_PLACE},
        **{
            (stage, act): stage
            for stage in (Stage.REQUESTED, Stage.AGREED)
            for act in (Act.STOP, Act.START)
        },
        **{(stage, act): stage for stage in _AFTER for act in (Act.FEEDBACK_READ, Act.ASK_TO_TALK)},
    }
)
"""Every move there is; (stage, act) pairs that are not here are refused with `WrongStage`."""

CLOSED: Final = frozenset({Stage.COMPLETE, Stage.NOT_THIS_ROUTE, Stage.WITHDRAWN, Stage.ENDED})
"""Stages that nothing follows."""


class WrongStage(Exception):
    """The act does not fit where the conversation stands now."""

    def __init__(self, conversation: str, act: Act, stage: Stage) -> None:
        super().__init__(f"{conversation}: {act} is not possible while {stage}")
        self.conversation, self.act, self.stage = conversation, act, stage


def mermaid() -> str:
    """The diagram of all moves between different stages, as it stands in README.md."""
    lines = ["stateDiagram-v2", f"    [*] --> {_node(Stage.REQUESTED)}: {Act.REQUEST}"]
    moves = [(start, act, end) for (start, act), end in MOVES.items() if start is not end]
    lines += [f"    {_node(start)} --> {_node(end)}: {act}" for start, act, end in moves]
    lines += [f"    {_node(stage)} --> [*]" for stage in Stage if stage in CLOSED]
    return "\n".join(lines)


def _node(stage: Stage) -> str:
    return stage.replace("-", "_")

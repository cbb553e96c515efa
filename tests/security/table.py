"""The table of rights as docs/reference.md has it, and which right each tap asks.

The table is read from the page that is checked in; nothing of it comes from `RIGHTS`. Which right
goes with which tap is written down a second time here, by hand: a tap with another right, or a new
one, has to be entered.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference.md"
STAGES: Final = frozenset(
    {
        "requested", "agreed", "picked-up", "booked", "held",
        "complete", "not-this-route", "withdrawn", "ended",
    }
)  # fmt: skip


class Line(NamedTuple):
    """One row of the table."""

    right: str
    role: str
    stages: frozenset[str]


@cache
def table() -> tuple[Line, ...]:
    """Every row of *Who may do and see what*."""
    return tuple(_lines(PAGE.read_text(encoding="utf-8")))


def _lines(page: str) -> Iterator[Line]:
    below = page.partition("## Who may do and see what")[2]
    for row in below.splitlines():
        cells = [one.strip() for one in row.strip().strip("|").split("|")]
        if row.startswith("|") and len(cells) == 3 and cells[0] != "right" and "---" not in row:
            yield Line(cells[0], cells[1], _stages(cells[2]))


def _stages(said: str) -> frozenset[str]:
    whole, _, but = said.partition(" but ")
    if whole == "every stage":
        found = STAGES - {one for one in but.split(", ") if one}
    else:
        found = frozenset(said.split(", "))
    assert found <= STAGES, said
    return found


@cache
def _holders() -> Mapping[str, Mapping[str, frozenset[str]]]:
    found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for one in table():
        found[one.right][one.role] = one.stages
    return found


NOT_WHERE_FEW_KNOW: Final = ("RESTRICT", "SECOND_ASK", "SECOND_JOIN", "COLLATE")
"""What nobody has in a restricted conversation."""


def allows(
    right: str,
    roles: frozenset[str],
    stage: str,
    *,
    stopped: bool = False,
    few: bool = False,
) -> bool:
    """Whether somebody who is these has the right by the table; while messages are stopped nobody
    has any but to start them again, and that to their own words. Where `few` may know, some rights
    are nobody's."""
    if few and right in map(RIGHT.get, NOT_WHERE_FEW_KNOW):
        return False
    if stopped and right not in (RIGHT["STOP"], RIGHT["OWN_WORDS"]):
        return False
    return any(stage in _holders()[right].get(role, ()) for role in roles)


RIGHT: Final[Mapping[str, str]] = {
    "SEE_WHERE": "see where their own request stands",
    "SEE_ASKED": "open the request they are asked about",
    "READ_STORY": "read the request's five answers",
    "READ_HOPES": "read the hopes beside the outcome's questions",
    "ANSWER": "agree, talk first, say not this route or ask a deputy",
    "ASK_AGAIN": "ask the manager again after a talk",
    "AMEND": "change the request",
    "NAME_MANAGER": "name another manager",
    "WAIT": "wait for a manager who is silent, or have them reminded",
    "WITHDRAW": "withdraw the request",
    "ASK_CHANGED": "change a request that no conversation came of, and ask again",
    "LEAVE": "leave it for another facilitator",
    "PICK_UP": "look at people and agencies, and pick it up",
    "BOOK": "book it",
    "MOVE": "move the booking, or change who comes",
    "PREPARE": "get ready: ticks, who it is about, the agreement, a calendar file",
    "AGREEMENT": "read the agreement, and accept it",
    "RIGHT_PERSON": "name the right person from their agency",
    "TELLING": "settle who tells the family",
    "READ_TELLING": "read why the family, or some of them, must not know",
    "SEE_READY": "see how far people are, and accept the facilitator's part",
    "SAY_WHO_CAME": "say that it took place and who came",
    "READ_OUTCOME": "read what difference it made",
    "RELEASE_WORDS": "read words that may be quoted, and release them or keep them back",
    "COLLATE": "read words whose cards said so, without names, once their period is closed",
    "ON_BOARD": "see its reference, stage and agency on the board",
    "SEE_REACH": "see who was reached and who was not",
    "NOT_AHEAD": "say that it did not go ahead: a new date, or the end",
    "COMING": "say that they cannot come, or that another time suits them better",
    "HAPPENED": "say that something has happened, and be rung",
    "RANG": "say that they rang somebody to whom something has happened",
    "CORRECT": "correct an address that did not reach somebody",
    "TOOK_PART": "say whether they took part",
    "FEEDBACK": "give feedback and change it",
    "OUTCOME": "say what difference it made",
    "READ_FEEDBACK": "read the feedback that was given to be read",
    "READ_TOGETHER": "read words of feedback without names or numbers, after the two days",
    "TALK": "ask to be rung about how it was for them",
    "READ_SHARED": "read the outcome that the lead worker shared",
    "STOP": "stop all messages and start them again",
    "TYPE_UP": "type up the learning document, until it is shared",
    "SHARE": "share the learning document, or open it again",
    "READ_LEARNING": "read the learning document; the lead worker, once it is shared",
    "SAY_SHARED": "say with whom the learning document was shared",
    "RECORD": "get the learning of their own agency, once it is due, and say it is recorded",
    "UPLOAD": "hand in a finished Word file in place of the typed sections, until it is shared",
    "PACK": "get the pack for the conversation",
    "HAND_OVER": "ask the team for another facilitator, and keep it after all",
    "TAKE_OVER": "take it over, where the facilitator has asked or has left the team",
    "SEE_CHANGES": "see what can be changed in it",
    "REPLACE": "say that someone else is now in a place: their own, or as facilitator any",
    "RING_ME": "ask to be rung",
    "ASK_LATER": "say when somebody who was rung is asked again",
    "CONCERN": "ask a worker's manager to ring",
    "REVIEW": "answer the review, with the agreed points",
    "REVIEW_DAY": "set the review date",
    "SECOND_ASK": "ask another one of the team to facilitate as well",
    "SECOND_JOIN": "say, when asked, that they are independent, and facilitate as well",
    "SECOND_END": "end it that two facilitate together",
    "RESTRICT": "say that few may know of it",
    "ASSIGN": "choose who is asked to facilitate a restricted one",
    "WOULD_HELP": "read what would help people take part",
    "OWN_WORDS": "see what they wrote themselves, and add a note to it",
    "GOES_ON": "say that it goes on, where nobody has done anything for long",
    "ASK_ANEW": "ask for another conversation, with its people filled in",
}  # fmt: skip
"""Short names of the rights, as the lists below use them."""

_TAPS: Final = """
request.see SEE_WHERE
request.withdraw WITHDRAW
request.withdraw-yes WITHDRAW
story.show READ_STORY
amend.leave SEE_WHERE
manager.see SEE_ASKED
manager.agree ANSWER
manager.danger SEE_ASKED
request.words SEE_WHERE
request.answers SEE_WHERE
request.changed ASK_CHANGED
request.again ASK_AGAIN
request.wait WAIT
request.remind WAIT
pickup.look PICK_UP
pickup.see PICK_UP
pickup.story READ_STORY
pickup.take PICK_UP
pickup.leave LEAVE
prepare.see PREPARE
prepare.save PREPARE
prepare.knows PREPARE
prepare.both PREPARE
prepare.not-yet PREPARE
prepare.manager PREPARE
prepare.paper PREPARE
prepare.agreement AGREEMENT
prepare.accept AGREEMENT
prepare.talk PREPARE
prepare.people SEE_READY
prepare.right-person RIGHT_PERSON
prepare.telling TELLING
prepare.told TELLING
prepare.say TELLING
prepare.because READ_TELLING
prepare.cannot COMING
prepare.nobody COMING
prepare.after-all COMING
prepare.other-times SEE_READY
prepare.other-time COMING
would-help.see WOULD_HELP
second.whom SECOND_ASK
second.ask SECOND_ASK
second.look SECOND_JOIN
second.take SECOND_JOIN
second.leave SECOND_JOIN
second.end SECOND_END
restrict.ask RESTRICT
restrict.yes RESTRICT
gate.choose ASSIGN
gate.ask ASSIGN
happened.tell HAPPENED
happened.rang RANG
silent.goes-on GOES_ON
correct.open CORRECT
held.not-ahead NOT_AHEAD
held.rebook NOT_AHEAD
held.end NOT_AHEAD
feedback.see FEEDBACK
feedback.leave FEEDBACK
feedback.took-part TOOK_PART
feedback.yes TOOK_PART
feedback.no TOOK_PART
feedback.not-ahead TOOK_PART
outcome.read READ_OUTCOME
outcome.hopes READ_HOPES
feedback.words READ_FEEDBACK
feedback.read READ_TOGETHER
talk.ask TALK
shared.read READ_SHARED
learning.type-up TYPE_UP
learning.open TYPE_UP
flow.save TYPE_UP
learning.share SHARE
learning.share-yes SHARE
learning.open-again SHARE
learning.record RECORD
learning.recorded RECORD
upload.ask UPLOAD
upload.typed UPLOAD
changes.see SEE_CHANGES
changes.open SEE_CHANGES
handover.ask HAND_OVER
handover.yes HAND_OVER
handover.keep HAND_OVER
handover.look TAKE_OVER
handover.take TAKE_OVER
handover.leave LEAVE
stop.ask STOP
stop.yes STOP
stop.start STOP
ring.me RING_ME
ring.later ASK_LATER
concern.ask CONCERN
concern.whom CONCERN
review.again ASK_ANEW
review.words REVIEW_DAY
rectify.add OWN_WORDS
board.open ON_BOARD
quotes.release RELEASE_WORDS
quotes.keep RELEASE_WORDS
"""
_FLOWS: Final = """
amend AMEND
talk-first ANSWER
not-this-route ANSWER
deputy ANSWER
manager NAME_MANAGER
booking BOOK
moving MOVE
will-be-told TELLING
not-safe TELLING
some-may-know TELLING
wishes TELLING
right-person RIGHT_PERSON
other-time COMING
taking-part PREPARE
correct CORRECT
took-place SAY_WHO_CAME
feedback FEEDBACK
learning TYPE_UP
passed-on SAY_SHARED
outcome OUTCOME
someone-else REPLACE
concern CONCERN
review REVIEW
review-day REVIEW_DAY
rectify OWN_WORDS
"""
_FILES: Final = """
calendar PREPARE
pack PACK
learning READ_LEARNING
request-form SEE_WHERE
feedback-form FEEDBACK
agreement PACK
what-to-say TELLING
"""


def _by_name(lines: str) -> Mapping[str, str]:
    return {name: RIGHT[right] for name, right in (one.split() for one in lines.split("\n") if one)}


OF_TAP: Final = _by_name(_TAPS)
OF_FLOW: Final = _by_name(_FLOWS)
OF_FILE: Final = _by_name(_FILES)
IN_FLOW: Final = frozenset(
    {
        "flow.open", "flow.next", "flow.send", "flow.add", "flow.remove", "flow.back",
        "flow.list", "flow.change", "flow.check", "flow.show", "flow.cut", "managing.leave",
    }
)  # fmt: skip
"""Taps inside a flow, which ask the flow's right; `flow.discard` puts one's own draft away."""
PLAIN: Final = frozenset(
    {
        "flow.stop", "mydata.show", "file.get", "request.mine", "changes.mine", "request.open",
        "typed.use",
        "help.show", "urgent.show", "another.show", "typed.drop", "typed.back", "flow.discard",
    }
)  # fmt: skip
"""Taps about no conversation; what a file is of asks the file's right."""
OF_THE_TEAM: Final = frozenset(
    {
        "pickup.waiting", "board.show", "board.find", "board.more", "evaluation.show",
        "evaluation.all", "evaluation.choose", "quotes.read", "quotes.show",
    }
)  # fmt: skip
"""Taps for the facilitation team alone."""
OF_EVALUATORS: Final = frozenset(
    {"collate.which", "collate.read", "collate.next", "collate.finish", "collate.finished"}
)
"""Taps for those alone who collate."""

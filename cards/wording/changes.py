"""Changes on the way, long, as all are here: a request, people, a facilitator; stopping, ringing,
a concern, the review."""

from collections.abc import Mapping

from cards.wording.source import Choices, Topic
from records.people import Part


class ChangingWords(Topic, table="changing"):
    """Something has changed: the ways a facilitator has."""

    CHANGED: str
    CHANGED_TITLE: str
    CHANGED_DATE: str
    CHANGED_PEOPLE: str
    CHANGED_REST: str
    CHANGED_SUMMARY: str
    FACILITATING_TITLE: str
    FACILITATING_REST: str
    FACILITATING_NONE: str
    BACK_TO_IT: str


class AmendingWords(Topic, table="amending"):
    """The requester changes the request."""

    AMEND: str
    AMEND_TITLE: str
    AMEND_INTRO: str
    AMEND_KICKER: str
    AMEND_SAVE: str
    AMEND_LEAVE: str
    AMEND_LEFT: str
    AMEND_MARK: str
    AMEND_DONE: str
    AMEND_DONE_MANAGER: str
    AMEND_DONE_ASKED: str
    AMEND_DONE_HOLDS: str
    AMEND_DONE_FACILITATOR: str
    AMEND_TOO_LATE: str
    AMEND_STOPPED_MORE: str
    AMEND_KICKER_MANAGER: str
    AMENDED: str
    AMENDED_MANAGER: str
    AMENDED_AGREED: str
    AMENDED_SEE: str
    AMENDED_SINCE: str


class PeopleChangeWords(Topic, table="people_change"):
    """Somebody else takes a person's place."""

    SOMEONE_ELSE: str
    SOMEONE_ELSE_TITLE: str
    SOMEONE_WHO: str
    SOMEONE_NAME: str
    SOMEONE_MAIL: str
    SOMEONE_CONTACT: str
    SOMEONE_ROLE: str
    SOMEONE_AGENCY: str
    SOMEONE_ATTENDING: str
    SOMEONE_SEEN: str
    SOMEONE_SAVE: str
    SOMEONE_DONE: str
    SOMEONE_DONE_NEXT: str
    SOMEONE_STAYS: str
    SOMEONE_NOT: str
    SOMEONE_NOT_MORE: str
    SOMEONE_WHICH: str
    SOMEONE_NONE: str
    HERE_ALREADY: str
    PLACE: Mapping[Part, str]
    CANNOT_COME: str
    CANNOT_COME_NONE: str
    CANNOT_COME_NEXT: str
    CANNOT_COME_FACILITATOR: str
    REPLACED: str
    REPLACED_MANAGER: str
    REPLACED_LEAD: str
    REPLACED_NEXT: str
    REPLACED_LEAD_NEXT: str
    LEAD_NOW: str
    LEAD_NOW_NEXT: str
    LEAD_NOW_SUMMARY: str
    LEAD_NOW_WHO: str


class HandingOverWords(Topic, table="handing_over"):
    """A facilitator hands over to another one of the team; what the team lead may do instead."""

    SECOND: str
    SECOND_ASK: str
    SECOND_TITLE: str
    SECOND_WHOM: str
    SECOND_RULE: str
    SECOND_SEND: str
    SECOND_NOBODY: str
    SECOND_ASKED: str
    SECOND_ASKED_NEXT: str
    SECOND_CAME: str
    SECOND_CAME_NEXT: str
    SECOND_LOOK: str
    SECOND_YOURS: str
    SECOND_YOURS_MORE: str
    SECOND_SAID_YES: str
    SECOND_SAID_YES_NEXT: str
    SECOND_SAID_NO: str
    SECOND_SAID_OVER: str
    SECOND_SAID_NO_NEXT: str
    SECOND_JOINED: str
    SECOND_JOINED_NEXT: str
    SECOND_BACK: str
    SECOND_ALONE: str
    SECOND_OVER: str
    HAND_OVER: str
    HAND_OVER_SURE: str
    HAND_OVER_SURE_MORE: str
    HAND_OVER_YES: str
    HAND_OVER_NO: str
    OFFERED_TITLE: str
    OFFERED_NEXT: str
    KEEP_IT: str
    KEPT: str
    NEEDS_ANOTHER: str
    NEEDS_ANOTHER_BOOKED: str
    NEEDS_ANOTHER_HELD: str
    NEEDS_ANOTHER_WHO: str
    NEEDS_ANOTHER_LEFT: str
    NEEDS_ANOTHER_STOPPED: str
    INSTEAD: str
    LEFT_TEAM: str
    LEFT_TEAM_MORE: str
    LEAD_OFFER: str
    LEAD_OFFER_MORE: str
    LEAD_OFFER_YES: str
    LEAD_OFFER_NO: str
    LEAD_OFFERED_NEXT: str
    LEAD_KEEP: str
    LEAD_KEPT: str
    LEAD_SEES: str
    LEAD_SEES_NEXT: str
    LEAD_MOVED: str
    LEAD_MOVED_NEXT: str
    LEAD_REBOOK_NEXT: str
    LEAD_DID_MOVED: str
    LEAD_DID_REBOOK: str
    LEAD_DID_END: str
    LEAD_DID_OFFER: str
    LEAD_DID_OFFER_NEXT: str
    LEAD_DID_NEXT: str
    LEAD_DID_SUMMARY: str
    CONVERSATION_NOT_FOUND: str
    NOT_OFFERED: str
    TOOK_OVER_YOU: str
    TAKEN_OVER: str
    TAKEN_OVER_THANKS: str
    TAKEN_OVER_NEXT: str


class RestrictingWords(Topic, table="restricting"):
    """Few may know of it: what the requester ticks, what gatekeepers and whoever they ask see."""

    FEW_LABEL: str
    FEW: str
    FEW_HINT: str
    SEEN_WHY_FEW: str
    SEEN_PEOPLE_FEW: str
    SEEN_CHECK_FEW: str
    SENT_SEEN_FEW: str
    FEW_STAYS: str
    REQUEST_AGREED_FEW: str
    MANAGER_FEW: str
    AGREED_FEW: str
    AGREED_FEW_NOBODY: str
    LOOKING_FEW: str
    GATE_ASKED: str
    GATE_WHY: str
    GATE_DECLINED: str
    GATE_REMINDED: str
    GATE_WAITS: str
    GATE_CHOOSE: str
    GATE_TITLE: str
    GATE_RULE: str
    GATE_NAMED: str
    GATE_WHOM: str
    GATE_MAIL: str
    GATE_SEND: str
    GATE_NOT_OF_TEAM: str
    GATE_NOBODY_CHOSEN: str
    GATE_DONE: str
    GATE_DONE_NEXT: str
    GATE_SEE: str
    GATE_SEES: str
    GATE_SEES_MORE: str
    GATE_ROW_ASKED: str
    GATE_LEAD: str
    GATE_LEAD_RING: str
    GATE_LEAD_NOBODY: str
    GATE_NOBODY: str
    GATE_NOBODY_LEAD: str
    GATE_NOBODY_MANAGER: str
    GATE_DID: str
    ASSIGNED: str
    ASSIGNED_NEXT: str
    ASSIGNED_LOOK: str
    ASSIGNED_NO: str
    ASSIGNED_LEFT: str
    RESTRICT: str
    RESTRICT_SURE: str
    RESTRICT_MORE: str
    RESTRICT_WHO: str
    RESTRICT_NOBODY: str
    RESTRICT_YES: str
    RESTRICT_DONE: str
    FEW_HAND_OVER: str
    FEW_HAND_OVER_YES: str
    FEW_OFFERED: str
    GATEKEEPER: str


class StoppingWords(Topic, table="stopping"):
    """Stopping all messages, and letting them go on."""

    STOP_ALL: str
    STOPPED_TITLE: str
    STOPPED_RING: str
    STOPPED_SUMMARY: str
    STOPPED_OTHER: str
    STOPPED_OTHER_MORE: str
    STATUS_STOPPED: str
    START_AGAIN: str
    STARTED_TITLE: str
    STARTED_NEXT: str
    NO_CONTACT: str
    MY_NUMBER: str
    MY_NUMBER_IS: str
    MY_NUMBER_NONE: str
    MY_NUMBER_KEPT: str
    MY_NUMBER_GONE: str
    MY_NUMBER_SEEN: str
    MY_NUMBER_HOW: str
    MY_NUMBER_NOT: str
    MY_NUMBER_NOT_YET: str
    NO_NUMBER: str
    WRITE_IN_TEAMS: str


class HappeningWords(Topic, table="happening"):
    """Something has happened: reminders are paused, and somebody rings."""

    HAPPENED: str
    HAPPENED_DONE: str
    HAPPENED_TITLE: str
    HAPPENED_INSTEAD: str
    HAPPENED_REACH: str
    HAPPENED_TEAM: str
    HAPPENED_SETTLED: str
    HAPPENED_NONE: str
    HAPPENED_WHICH: str
    HAPPENED_ABOUT: str
    HAPPENED_WHICH_MORE: str
    HAPPENED_CAME: str
    HAPPENED_CAME_NEXT: str
    HAPPENED_CAME_SEEN: str
    HAPPENED_SUMMARY: str
    HAPPENED_CHANNEL: str
    HAPPENED_CHANNEL_NEXT: str
    STILL_TO_RING: str
    STILL_TO_RING_NEXT: str
    STILL_TO_RING_ASKED: str
    RANG_GO_ON: str
    RANG_DONE: str
    RANG_NEXT: str
    RANG_OTHERS: str


class RingingWords(Topic, table="ringing"):
    """Things have changed; please ring me."""

    RING_ME: str
    RING_ME_DONE: str
    RING_ME_NEXT: str
    RING_CAME: str
    RING_CAME_NEXT: str
    RING_CONTACT: str
    ASK_LATER: str
    ASKED_LATER: str
    ASKED_LATER_NEXT: str
    RING_SETTLED: str


class ConcernWords(Topic, table="concern"):
    """A professional-practice concern: no content is asked for or kept."""

    CONCERN: str
    CONCERN_ABOUT: str
    CONCERN_ABOUT_MORE: str
    CONCERN_TITLE: str
    CONCERN_INTRO: str
    CONCERN_NAME: str
    CONCERN_MAIL: str
    CONCERN_SEEN: str
    CONCERN_SEND: str
    CONCERN_SENT: str
    CONCERN_SENT_NEXT: str
    CONCERN_CAME: str
    CONCERN_CAME_MAIL: str
    CONCERN_CAME_NEXT: str
    CONCERN_SUMMARY: str
    CONCERN_NOT_REACHED: str


class ReviewWords(Topic, table="review"):
    """The review on the day that was agreed."""

    REVIEW: str
    REVIEW_TITLE: str
    REVIEW_WHY: str
    REVIEW_SUMMARY: str
    REVIEW_AGREED: str
    REVIEW_NOTHING: str
    REVIEW_SAID_LABEL: str
    REVIEW_CHOICES: Choices
    REVIEW_WORDS: str
    REVIEW_SEEN: str
    REVIEW_DONE: str
    REVIEW_DONE_NEXT: str
    REVIEW_BACK_LEAD: str
    REVIEW_BACK_FACILITATOR: str
    REVIEW_AGAIN: str
    REVIEW_CAME: str
    REVIEW_CAME_SUMMARY: str
    REVIEW_DATE: str
    REVIEW_DATE_LABEL: str
    REVIEW_DATE_SEEN: str
    REVIEW_DATE_DONE: str
    REVIEW_DATE_NEXT: str
    REVIEW_DATE_PAST: str
    REVIEW_NOT_YET: str
    REVIEW_NO_DAY: str


class KeepingWords(Topic, table="keeping"):
    """What ends by itself, and what is kept no longer."""

    QUIET_WHY: str
    QUIET_ENDS: str
    QUIET_NEXT: str
    QUIET_GOES_ON: str
    QUIET_OPEN: str
    QUIET_DONE: str
    QUIET_OVER: str
    QUIET_OVER_NEXT: str
    QUIET_AGAIN: str
    STATUS_SILENT: str
    HOLD: str
    KEPT_NO_LONGER: str
    KEPT_NO_LONGER_MORE: str
    NAME_ERASED: str
    NAME_ERASED_MORE: str

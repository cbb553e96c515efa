"""The feedback of those who came; eight weeks on; the Practice Team, and the month in figures."""

from collections.abc import Mapping

from cards.wording.source import Choices, Topic


class FeedbackWords(Topic, table="feedback"):
    """The feedback of those who came."""

    FEEDBACK: str
    FEEDBACK_WHY: str
    FEEDBACK_INTRO: str
    FEEDBACK_UNTIL: str
    FEEDBACK_STILL: str
    FEEDBACK_PROMPT: str
    SCALE_LEGEND_0: str
    SCALE_LEGEND_10: str
    SCALE_TILE: str
    SCALE_AS_LIST: str
    SCALE_SEND: str
    SCALE_LIST_LABEL: str
    YOU_CHOSE: str
    YOU_CHOSE_END: str
    YOU_CHOSE_LATE: str
    SEEN_FEEDBACK: str
    MAY_QUOTE: str
    MAY_QUOTE_CHOICES: Choices
    FEEDBACK_HAPPENED_TITLE: str
    FEEDBACK_DIFFERENCE_TITLE: str
    FEEDBACK_ELSE_TITLE: str
    FEEDBACK_DONE: str
    FEEDBACK_DONE_NEXT: str
    FEEDBACK_DONE_LEAD: str
    FEEDBACK_CHANGE: str
    FEEDBACK_CLOSED: str
    FEEDBACK_SUMMARY: str

    FEEDBACK_UNSENT: str
    FEEDBACK_UNSENT_WHY: str
    FEEDBACK_UNSENT_SEE: str
    FEEDBACK_UNSENT_LEAVE: str
    FEEDBACK_UNSENT_SUMMARY: str
    FEEDBACK_LEFT: str
    FEEDBACK_NOT_YET: str


class ReadingWords(Topic, table="reading"):
    """Who reads what was said, and how it comes to them; a wish to talk about it."""

    TEAM_DEPUTY: str
    STAND_IN: str
    READER_NAMED: str
    READER_PARTS: Mapping[str, str]
    READERS_AND: str
    SEEN_BEFORE: str
    SEEN_NOBODY: str
    SEEN_NO_NAMES: str
    SEEN_NUMBER: str
    SEEN_TOGETHER: str
    SEEN_QUOTED: str
    SEEN_WITHIN: str
    NOT_TO: str
    NOT_TO_NAME: str
    FEEDBACK_CAME: str
    FEEDBACK_CAME_WHY: str
    FEEDBACK_READ: str
    FEEDBACK_READ_NEXT: str
    FEEDBACK_READ_NUMBER: str
    FEEDBACK_READ_ALL: str
    FEEDBACK_READ_NONE: str
    TOGETHER_CAME: str
    TOGETHER_CAME_WHY: str
    TOGETHER_TITLE: str
    TOGETHER_ORDER: str
    TOGETHER_EARLY: str
    TOGETHER_FEW: str
    RING_AFTER: str
    RING_AFTER_ASK: str
    RING_AFTER_DONE: str
    RING_AFTER_DONE_NEXT: str
    RING_AFTER_NOBODY: str
    RING_AFTER_BACK: str
    RING_AFTER_CAME: str
    RING_AFTER_CAME_NEXT: str


class OutcomeWords(Topic, table="outcome"):
    """Eight weeks on."""

    OUTCOME: str
    OUTCOME_WHY: str
    OUTCOME_INTRO: str
    OUTCOME_REMIND: str
    OUTCOME_SUMMARY: str
    Q_OUTCOME_CHILD: str
    Q_OUTCOME_SAID: str
    OUTCOME_SAID_ELSE: str
    OUTCOME_SAID_CHOICES: Choices
    Q_OUTCOME_YOU: str
    OUTCOME_CHILD_TITLE: str
    OUTCOME_YOU_TITLE: str
    HOPED: str
    HOPES_SEE: str
    SEEN_OUTCOME: str
    SEEN_OUTCOME_CAME: str
    SEEN_OUTCOME_SHARED: str
    SEEN_OUTCOME_NOBODY: str
    OUTCOME_SHARE_LABEL: str
    OUTCOME_SHARE: str
    OUTCOME_NOT_SHARED: str
    OUTCOME_SHARED_CAME: str
    OUTCOME_SHARED_WITH: str
    OUTCOME_SHARED: str
    OUTCOME_SHARED_THANKS: str
    OUTCOME_NOT_YET: str
    OUTCOME_DONE: str
    OUTCOME_DONE_NEXT: str


class PracticeWords(Topic, table="practice"):
    """The Practice Team, and the month in figures."""

    PRACTICE_TEAM: str
    PRACTICE_WHY: str
    PRACTICE_MORE: str
    PRACTICE_INSTEAD: str
    PRACTICE_LEAD: str
    PRACTICE_READ: str
    DIGEST_TITLE: str
    DIGEST_WHY: str
    DIGEST_REQUESTS: str
    DIGEST_HELD: str
    DIGEST_MORE: str

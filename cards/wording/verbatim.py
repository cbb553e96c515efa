"""What `[words.verbatim]` of a partnership's file says."""

from collections.abc import Mapping

from cards.wording.source import Topic
from records.conversation.readiness import Point
from records.conversation.request import Reason


class VerbatimWords(Topic, table="verbatim"):
    """The paper's questions, scale, agreement and titles, and its preparation in plain words."""

    # The request ---------------------------------------------------------------------------------

    REQUEST_TITLE: str
    REQUEST_WHO: str
    Q_WORRY: str
    Q_YOU: str
    Q_KNOWN: str
    Q_CHILD: str
    # Added: the paper speaks of children only, and adults count as well.
    Q_PERSON: str
    # And a situation may be about more than one child.
    Q_CHILDREN: str
    REASONS: Mapping[Reason, str]

    # The feedback tool ---------------------------------------------------------------------------

    FEEDBACK_TITLE: str
    SCALE_10: str
    SCALE_0: str
    Q_SCALE: str
    ACKNOWLEDGMENT: str
    Q_HAPPENED: str
    Q_LEARNING: str
    Q_DIFFERENCE_YOU: str
    Q_DIFFERENCE_CHILD: str
    # Added: the paper wants to know the difference to the partnership.
    Q_TOGETHER: str
    POSSIBILITY: str
    Q_POSSIBILITY: str

    # Preparation: the paper's points in plain words; its own two lists are `partnership.paper` ----

    PREPARATION: Mapping[Point, str]

    # The agreement -------------------------------------------------------------------------------

    AGREEMENT_TITLE: str
    AGREEMENT_ALL: tuple[str, ...]
    # The second aim in the agreement's own wording.
    AGREEMENT_ATTENDEES: tuple[str, ...]
    AGREEMENT_FACILITATOR: tuple[str, ...]
    AGREEMENT_GDPR: str

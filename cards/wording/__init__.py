"""Every sentence a person reads, in one place, so that a practitioner can proof-read it.

Words we use: conversation, situation, child or person, worries, what difference, agree. The
sentences of `verbatim` are the partnership's own and are never reworded. Each topic is a class of
names and types; cards say `wording.SENT_TITLE`, whichever topic declares it.
"""

from collections.abc import Mapping
from typing import Any, Final

from cards.wording.booking import BookingWords, MovingWords
from cards.wording.changes import (
    AmendingWords,
    ChangingWords,
    ConcernWords,
    HandingOverWords,
    PeopleChangeWords,
    ReviewWords,
    RingingWords,
    StoppingWords,
)
from cards.wording.common import (
    ClosedWords,
    CommonWords,
    FilesWords,
    HintsWords,
    ReachWords,
    StayingWords,
)
from cards.wording.day import HeldWords
from cards.wording.evaluation import EvaluationWords
from cards.wording.feedback import FeedbackWords, OutcomeWords, PracticeWords
from cards.wording.home import BoardWords, DemoWords, HomeWords
from cards.wording.learning import DocumentsWords, LearningWords, UploadingWords
from cards.wording.manager import AgreementWords, ManagingWords, WaitingWords
from cards.wording.preparation import PreparationWords
from cards.wording.request import RequestWords
from cards.wording.source import Choices, Topic, read
from cards.wording.verbatim import VerbatimWords
from records.partnership import Partnership, the_partnership
from records.partnership.model import NOT_KNOWN


class Words(
    AgreementWords,
    AmendingWords,
    BoardWords,
    BookingWords,
    ChangingWords,
    ClosedWords,
    CommonWords,
    ConcernWords,
    DemoWords,
    DocumentsWords,
    EvaluationWords,
    FeedbackWords,
    FilesWords,
    HandingOverWords,
    HeldWords,
    HintsWords,
    HomeWords,
    LearningWords,
    ManagingWords,
    MovingWords,
    OutcomeWords,
    PeopleChangeWords,
    PracticeWords,
    PreparationWords,
    ReachWords,
    RequestWords,
    ReviewWords,
    RingingWords,
    StayingWords,
    StoppingWords,
    UploadingWords,
    VerbatimWords,
    WaitingWords,
):
    """All topics as one, and what follows from several of them."""

    @property
    def levels(self) -> Choices:
        """The partnership's levels of need, and that it is not known."""
        known = tuple((one.id, one.title) for one in the_partnership().levels_of_need)
        return (*known, (NOT_KNOWN, self.LEVEL_UNKNOWN))

    @property
    def level_names(self) -> Mapping[str, str]:
        """What the figures call each level; an empty answer too."""
        return {**dict(self.levels), "": self.LEVEL_NOT_SAID}


TOPICS: Final[tuple[type[Topic], ...]] = Words.__bases__


class _InUse(Words):
    """Looks a sentence up at the moment it is asked for, in the words of the partnership in use."""

    def __init__(self) -> None:
        self._read: tuple[Partnership, Mapping[str, Any]] | None = None

    def __getattr__(self, name: str) -> Any:
        now, read_already = the_partnership(), self._read
        if read_already is None or read_already[0] is not now:
            read_already = self._read = now, read(TOPICS, now.words)
        try:
            return read_already[1][name]
        except KeyError:
            raise AttributeError(f"no topic declares {name}") from None


wording: Final[Words] = _InUse()

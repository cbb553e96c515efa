"""Every sentence a person reads, in one place, so that a practitioner can proof-read it.

Words we use: conversation, situation, child or person, worries, what difference, agree. The
questions, the scale and the agreement in `verbatim` are the partnership's own and are never
reworded. Each topic is a class of
names and types; cards say `wording.SENT_TITLE`, whichever topic declares it.
"""

from typing import Any, Final

from cards.wording.booking import BookingWords, MovingWords
from cards.wording.changes import (
    AmendingWords,
    ChangingWords,
    ConcernWords,
    HandingOverWords,
    HappeningWords,
    KeepingWords,
    PeopleChangeWords,
    RestrictingWords,
    ReviewWords,
    RingingWords,
    StoppingWords,
)
from cards.wording.collating import CollatingWords
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
from cards.wording.feedback import FeedbackWords, OutcomeWords, PracticeWords, ReadingWords
from cards.wording.home import BoardWords, DemoWords, HomeWords
from cards.wording.learning import DocumentsWords, LearningWords, OnPaperWords, UploadingWords
from cards.wording.manager import AgreementWords, ManagingWords, WaitingWords
from cards.wording.preparation import AdultWords, ComingWords, PreparationWords
from cards.wording.request import RequestWords
from cards.wording.rights import RightsWords
from cards.wording.source import Choices, Topic, read
from cards.wording.verbatim import VerbatimWords
from records.partnership import Partnership
from records.partnership.model import NOT_KNOWN


class Words(
    AdultWords,
    AgreementWords,
    AmendingWords,
    BoardWords,
    BookingWords,
    ChangingWords,
    ClosedWords,
    CollatingWords,
    ComingWords,
    CommonWords,
    ConcernWords,
    DemoWords,
    DocumentsWords,
    EvaluationWords,
    FeedbackWords,
    FilesWords,
    HandingOverWords,
    HappeningWords,
    HeldWords,
    HintsWords,
    HomeWords,
    KeepingWords,
    LearningWords,
    ManagingWords,
    MovingWords,
    OnPaperWords,
    OutcomeWords,
    PeopleChangeWords,
    PracticeWords,
    PreparationWords,
    ReachWords,
    ReadingWords,
    RequestWords,
    RestrictingWords,
    ReviewWords,
    RightsWords,
    RingingWords,
    StayingWords,
    StoppingWords,
    UploadingWords,
    VerbatimWords,
    WaitingWords,
):
    """All topics as one, and what follows from several of them.

    `partnership` is the one in use, whose words they are. The rules of `records` and `scheduler`
    are handed it; the cards are drawn from so many places that they look it up here.
    """

    partnership: Partnership

    @property
    def levels(self) -> Choices:
        """The partnership's levels of need, and that it is not known."""
        known = tuple((one.id, one.title) for one in self.partnership.levels_of_need)
        return (*known, (NOT_KNOWN, self.LEVEL_UNKNOWN))


TOPICS: Final[tuple[type[Topic], ...]] = Words.__bases__


class NotChosen(RuntimeError):
    """A card was drawn before anything said whose words are to stand on it."""


class _InUse(Words):
    """Looks a sentence up when it is first asked for, in the words of the partnership in use.

    What was looked up stays here as a plain attribute, until another partnership is chosen.
    """

    def __getattr__(self, name: str) -> Any:
        if name == "partnership":
            raise NotChosen("no partnership is in use: whatever starts a process calls `use` first")
        if name == "_sentences":
            found = read(TOPICS, self.partnership.words)
        elif name in self._sentences:
            found = self._sentences[name]
        else:
            raise AttributeError(f"no topic declares {name}")
        self.__dict__[name] = found
        return found


wording: Final[Words] = _InUse()


def use(partnership: Partnership) -> None:
    """Draw everything from now on in this partnership's words."""
    wording.__dict__.clear()
    wording.partnership = partnership

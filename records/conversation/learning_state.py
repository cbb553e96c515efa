"""Where a learning document stands, and which of the words in it may be quoted.

Times and ids only; what is written in it is kept apart, as answers (`records.learning.document`).
"""

from datetime import datetime

from records.conversation.feedback import Response
from records.people import Frozen, PersonKey


class Captured(Frozen):
    """The document's own timeline. `shares` counts how often it went to the lead worker.

    `words_at` is when each agency gets its words at the latest, said as it was shared; it is empty
    where an earlier version shared it, and only the lead worker passes it on. It can be changed
    while `shared_at` is empty. `file` is the id of a finished Word file that stands in place of the
    typed sections; the learning each agency records is typed either way. `words_for` are the
    agencies for which some was, as the document was shared (`records.learning.agencies`); None
    where an earlier version shared it, and nobody noted that.
    """

    begun_at: datetime | None = None
    file: str = ""
    shared_at: datetime | None = None
    shares: int = 0
    words_at: datetime | None = None
    words_for: tuple[str, ...] | None = None
    confirmed_at: datetime | None = None
    shared_with: tuple[str, ...] = ()
    recorded: tuple[Response, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether its sections can still be changed."""
        return self.shared_at is None

    @property
    def words_due(self) -> datetime | None:
        """When each agency gets its words: as the lead worker confirms, or by then."""
        return min(filter(None, (self.confirmed_at, self.words_at)), default=None)

    def words_are_out(self, now: datetime) -> bool:
        """Whether each agency has its words by now."""
        return self.words_due is not None and self.words_due <= now

    def has_recorded(self, who: str) -> bool:
        """Whether that person has recorded the learning on their own system."""
        return any(one.by == who for one in self.recorded)


class Ruling(Frozen):
    """Whose words (`by`, an id in the conversation), in which answer, and what was decided.

    `words` stands for the very words that were read.
    """

    by: str
    field: str
    words: str
    released: bool
    ruled_by: PersonKey
    at: datetime

    def is_about(self, other: "Ruling") -> bool:
        """Whether both are about the same answer."""
        return (self.by, self.field) == (other.by, other.field)

"""Where a learning document stands: being typed, shared, passed on, recorded.

Times and ids only; what is written in it is kept apart, as answers (`records.learning`).
"""

from datetime import datetime

from records.feedback import Response
from records.people import Frozen


class Captured(Frozen):
    """The document's own timeline. `shares` counts how often it went to the lead worker.

    It can be changed while `shared_at` is empty. `file` is the id of a finished Word file that
    stands in place of the typed sections; the learning each agency records is typed either way.
    """

    begun_at: datetime | None = None
    file: str = ""
    shared_at: datetime | None = None
    shares: int = 0
    confirmed_at: datetime | None = None
    shared_with: tuple[str, ...] = ()
    recorded: tuple[Response, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether its sections can still be changed."""
        return self.shared_at is None

    def has_recorded(self, who: str) -> bool:
        """Whether that person has recorded the learning on their own system."""
        return any(one.by == who for one in self.recorded)

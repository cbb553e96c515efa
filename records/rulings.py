"""That a facilitator has read somebody's words and released them, or kept them back."""

from datetime import datetime

from records.people import Frozen, PersonKey


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

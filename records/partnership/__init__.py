"""One partnership: its names, numbers, timings, headings and every sentence, in one TOML file.

Suffolk's file ships beside this package and stands where no other is named (`PARTNERSHIP_FILE`).
Which one a process serves is said once, before the first card is drawn (`cards.wording.use`).
"""

from records.partnership.model import (
    Contacts,
    Level,
    LocalNumber,
    Partnership,
    Questions,
    Thresholds,
)
from records.partnership.reading import (
    SUFFOLK,
    TEMPLATE,
    BadPartnership,
    Problem,
    read_partnership,
)
from records.partnership.timings import Timings

__all__ = [
    "SUFFOLK",
    "TEMPLATE",
    "BadPartnership",
    "Contacts",
    "Level",
    "LocalNumber",
    "Partnership",
    "Problem",
    "Questions",
    "Thresholds",
    "Timings",
    "read_partnership",
]

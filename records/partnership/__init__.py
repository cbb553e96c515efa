"""One partnership: its names, numbers, timings, headings and every sentence, in one TOML file.

Suffolk's file ships beside this package and stands where no other is named (`PARTNERSHIP_FILE`).
Which one a process serves is said once, before the first card is drawn (`use`).
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
    NotChosen,
    Problem,
    late,
    read_partnership,
    the_partnership,
    use,
)
from records.partnership.timings import Timings

__all__ = [
    "SUFFOLK",
    "TEMPLATE",
    "BadPartnership",
    "Contacts",
    "Level",
    "LocalNumber",
    "NotChosen",
    "Partnership",
    "Problem",
    "Questions",
    "Thresholds",
    "Timings",
    "late",
    "read_partnership",
    "the_partnership",
    "use",
]

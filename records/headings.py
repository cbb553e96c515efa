"""The headings of the learning document, from the partnership's file."""

from typing import Final

from records.partnership import the_partnership
from records.sections import Section

SECTIONS: Final[tuple[Section, ...]] = the_partnership().learning.sections
"""In their order."""
SECTIONS_VERSION: Final = the_partnership().questions.learning
"""Version of the headings; kept answers say which version they answered."""


def section_of(section: str) -> Section | None:
    """The section with this id."""
    return next((one for one in SECTIONS if one.id == section), None)

"""The lines of the partnership's paper, as it has them, and what became of those left out.

`paper.txt` is the paper, with its slips, a line on each line. Of a table each cell is a line.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

PAPER: Final = Path(__file__).with_name("paper.txt")
LINES: Final = tuple(
    dict.fromkeys(one for one in PAPER.read_text(encoding="utf-8").splitlines() if one)
)
"""Every line with words in it, once, in the paper's order."""

MENDED: Final[Mapping[str, str]] = {
    "All:": "All: Using Signs of Safety means:",
    "Using Signs of Safety means:": "All: Using Signs of Safety means:",
    "The agencies representative will share this document and record the learnings on the agencies "
    "recording system.": "The agencies' representatives will share this document and record the "
    "learnings on the agencies' recording system.",
    "Situations can be identified as suitable by one, or more of the agencies involved. The team "
    "manager's need to agree to the request. Selection is not intended to be limited to a certain "
    "type and we would expect to see referrals across the tiers. Cases do not have to be open to "
    "Social Care for partnership supervision to be considered.": "Situations can be identified as "
    "suitable by one, or more of the agencies involved. The team managers need to agree to the "
    "request. Selection is not intended to be limited to a certain type and we would expect to see "
    "referrals across the tiers. Cases do not have to be open to Social Care for partnership "
    "supervision to be considered.",
    "How do book a learning conversation": "How to book a learning conversation",
    "Once it has been agreed by the managers, that a Partnership Learning Conversation would be "
    "useful. The referral would be passed to the Signs of Safety Learning Facilitation Team "
    "soscentral@suffolk.gov.uk.": "Once it has been agreed by the managers that a Partnership "
    "Learning Conversation would be useful, the referral would be passed to the Signs of Safety "
    "Learning Facilitation Team soscentral@suffolk.gov.uk.",
    "Be clear about the purpose of their role in this situation and what the family say's that "
    "they or their agency do that is useful to facilitate a space for change": "Be clear about the "
    "purpose of their role in this situation and what the family says that they or their agency do "
    "that is useful to facilitate a space for change",
    "What difference are you hoping making the time to reflect on the situation will make to YOU "
    "?": "What difference are you hoping making the time to reflect on the situation will make to "
    "YOU?",
    "What difference are you hoping this will make to the child and their carers ?": "What "
    "difference are you hoping this will make to the child and their carers?",
}
"""Slips of the paper, and how the product has the line: two lines that read on are one there."""

TWICE: Final[Mapping[str, str]] = {
    "Participants to complete an evaluation": "Participants to complete an evaluation within 2 "
    "days of the event; what difference the conversation has made to the worker and the "
    "partnership",
    "Situation's suitable for discussion": "Situations to bring for a partnership learning "
    "conversation",
    "Recording the partnership learning conversation": "How and where will the partnership "
    "learning conversation be recorded",
    "Evaluating this method of learning": "How will we evaluate this method of learning",
    "Lead worker to share the overall difference for the child or person and to themselves - 8 "
    "weeks after the event": "Lead worker to share the overall difference for the child or person "
    "and to themselves with the Signs of Safety Practice Team - 8 weeks after the event",
}
"""What the paper says twice: the shorter, which is not shown, and the longer, which is."""

_PILOT: Final = "It is about the pilot of 2022, which is over."
NOT_SHOWN: Final[Mapping[str, str]] = {
    "The Pathway": "It heads the paper's first page; the pathway itself is what the product does.",
    "Introduction": _PILOT,
    "Suffolk Safeguarding Partnership Learning Conversations will be piloted across agencies who "
    "are part of the partnership in Suffolk. The aim is to achieve an inter-agency learning "
    "conversations between partners.": _PILOT,
    "We will evaluate the pilot in Spring 2022, this will allow for further development of the "
    "approach from the evidence and experience.": _PILOT,
    "This information will be collated, and an overall evaluation will be completed in March 2022 "
    "this will include participant experiences and family outcomes. This will inform further "
    "development.": f"{_PILOT} The evaluation itself is made from what is collated.",
    "Safety, solution building and trauma responsive Programme 2020": "It is the letterhead of a "
    "page that is a picture, and names a programme of 2020.",
    "1 2 3 4 5 6 7 8 9 10": "Eleven tiles and boxes: the paper gives 0 a meaning and no box.",
}
"""What stands nowhere in the product, and why."""


def as_shown(line: str) -> str:
    """A line of the paper as the product has it."""
    return MENDED.get(line, line)


def plain(text: str) -> str:
    """A text without what only its place adds: a bullet, a colon, capitals, "(required)"."""
    text = re.sub(r"\s+", " ", text).strip().removeprefix("- ")
    return re.sub(r" \((?:required|optional)\)$|:$", "", text).casefold()


def _forms(line: str) -> set[str]:
    """A line of the scale begins with its number, which the card adds."""
    return {plain(line), plain(re.sub(r"^\d+ = ", "", line))}


_OWN: Final = frozenset(form for line in LINES for form in _forms(as_shown(line)))


def is_the_papers(text: str) -> bool:
    """Whether a sentence is the paper's own, word for word but for its slips."""
    return plain(text) in _OWN

"""*In the paper's words*: the partnership's own paper, a page at a time, beside the card.

Its lists are written for everybody, and some of them speak of the family. So what somebody is to
keep to with the family stands first, and that their own list says what is theirs.
"""

from collections.abc import Sequence
from typing import Final

from microsoft_teams.cards import CardElement

from cards.kit.elements import Card, act, aside, build, line, para, small
from cards.preparation import family
from cards.preparation.preparation import PreparationView
from cards.wording import wording
from records.partnership.paper import PaperPart

VERB: Final = "prepare.paper"


def paper(on: PreparationView, number: int) -> Card:
    """One page; the way back first, then those to the others. Raises IndexError."""
    title, pages = wording.partnership.paper.title, wording.partnership.paper.pages
    page = pages[number]
    data = {"conversation": on.it.id}
    others = [
        act(other.title, VERB, {**data, "page": place})
        for place, other in enumerate(pages)
        if other is not page
    ]
    return build(
        [
            *family.first(on.it, on.who),
            small(wording.PREPARE_KICKER.format(reference=on.it.reference)),
            line(wording.PAPER_OPEN, title=True),
            *([small(title)] if title else []),
            *_keep_to(on),
            *(element for part in page.parts for element in _part(part)),
        ],
        [act(wording.PREPARE_BACK, "prepare.see", data, primary=True), *others],
    )


def _keep_to(on: PreparationView) -> list[CardElement]:
    """Whose list counts with the family, for everybody but the one who settles it."""
    if on.who == on.it.lead:
        return []
    return [aside(wording.PAPER_KEEP.format(name=family.lead_name(on.it)))]


def _part(part: PaperPart) -> list[CardElement]:
    texts = [para(text) for text in part.texts]
    return [para(part.heading, bold=True), *texts, *listed(part.points)]


def listed(points: Sequence[str]) -> list[CardElement]:
    """Points below each other, none where there are none."""
    return [para("\n".join(f"- {text}" for text in points))] if points else []

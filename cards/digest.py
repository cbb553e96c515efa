"""The month in figures, for the facilitation team's channel: counts of conversations alone."""

from cards.elements import Card, small
from cards.notes import note
from cards.wording import wording
from records.digest import Month


def digest(of: Month) -> Card:
    """Three counts, and where to find more."""
    return note(
        title(of),
        wording.DIGEST_WHY,
        rows=(
            (wording.DIGEST_REQUESTS, str(of.requests)),
            (wording.DIGEST_HELD, str(of.held)),
            (wording.DIGEST_OUTCOMES, str(of.outcomes)),
        ),
        extra=[small(wording.DIGEST_MORE, gap=True)],
    )


def title(of: Month) -> str:
    """Such as: Learning conversations in January 2027."""
    return wording.DIGEST_TITLE.format(month=f"{of.period.first:%B %Y}")

"""What to do when someone is in danger, for every card that says it."""

from collections.abc import Iterator

from microsoft_teams.cards import CardElement

from cards import wording
from cards.elements import line, para
from records.partnership import the_partnership


def what_to_do() -> list[CardElement]:
    """999 first, then the agency's own procedure, then local numbers that somebody checked."""
    always = (para(text, bold=not number) for number, text in enumerate(wording.URGENT))
    return [*always, *(line(text) for text in local_numbers())]


def local_numbers() -> Iterator[str]:
    """Each with the day it was checked and who did: a number that nobody rang is never shown."""
    for one in the_partnership().numbers:
        checked = f"{one.checked_on.day} {one.checked_on:%B %Y}"
        yield wording.URGENT_LOCAL.format(
            what=one.what, number=one.number, day=checked, name=one.checked_by
        )

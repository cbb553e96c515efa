"""Where a card says to ring somebody, their number stands beside the name."""

import pytest

from cards.kit.who import number_in, to_ring
from records.people import Part, Participant


@pytest.mark.parametrize(
    ("contact", "number"),
    [
        ("01473 555123", "01473 555123"),
        ("mobile: 07700 900 123, not after 4", "07700 900 123"),
        ("+44 (0)1473 555123 ext 12", "+44 (0)1473 555123 ext 12"),
        ("01473-555-123", "01473-555-123"),
        ("(01473) 555123", "(01473) 555123"),
        ("pat.moss@police.example", ""),
        ("Desk 4, floor 2", ""),
        ("born 01/02/03", ""),
        ("", ""),
    ],
)
def test_a_number_is_read_out_of_what_was_given_as_contact(contact: str, number: str) -> None:
    assert number_in(contact) == number
    one = Participant(id="other1", part=Part.OTHER, name="Pat Moss", contact=contact)
    assert to_ring(one) == (f"Pat Moss ({number})" if number else "Pat Moss")

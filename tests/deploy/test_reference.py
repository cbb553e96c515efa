"""The page that is made from the code, and the code it is made from."""

from bot.reference import PAGE, page


def test_the_reference_page_is_what_the_code_says() -> None:
    assert PAGE.read_text() == page(), "the code has moved on: run `make docs`"

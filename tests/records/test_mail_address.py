"""One mailbox is one, however its address was typed, copied or given by the platform."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.mail_address import NotAnAddress, NotOneAddress, TwoAddresses, normal, read, same

COPIED = [
    "Martin.Cole@care.example",
    "Martin Cole <Martin.Cole@care.example>",
    '"Cole, Martin" <Martin.Cole@care.example>',
    "Martin Cole (Martin.Cole@care.example)",
    "Martin.Cole@care.example (Martin Cole)",
    "Martin Cole <Martin.Cole@care.example",
    "< Martin.Cole@care.example >",
    "Martin.Cole@care.example <Martin.Cole@care.example>",
    "Martin.Cole@care.example<mailto:Martin.Cole@care.example>",
    "mailto:Martin.Cole@care.example?subject=Hello there&cc=pat@police.example",
    "MAILTO: Martin.Cole@care.example",
    " Martin.Cole@care.example; ",
    "Martin.Cole@care.example,",
    "Martin.Cole@care.example.",
    "'Martin.Cole@care.example'",
    '"Martin.Cole@care.example".',
    "‘Martin.Cole@care.example’",
    "“Martin.Cole@care.example”,",
    "\u00a0Martin.Cole@care.example\u202f",
    "\ufeffMartin.\u200bCole@care.exam\u00adple",
    "Martin.Cole＠care．example",
    "Ｍartin.Cole@care.example",
    "Martin.Cole@CARE.Example",
]
"""As it is typed, or copied out of a mail, a signature or a page."""


@pytest.mark.parametrize("typed", COPIED)
def test_an_address_is_read_without_what_stood_around_it(typed: str) -> None:
    """Its capitals stay, as the person writes it."""
    assert read(typed) == "Martin.Cole@care.example"
    assert same(typed, "martin.cole@care.example")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MARTIN@care.example", "martin@care.example"),
        ("Jos\u00e9@care.example", "jose\u0301@care.example"),
        ("JOS\u00c9@care.example", "jos\u00e9@care.example"),
        ("ana@stra\u00dfe.example", "ana@xn--strae-oqa.example"),
        ("ana@STRA\u1e9eE.example", "ana@XN--STRAE-OQA.example"),
        ("o\u2019neill@care.example", "o'neill@care.example"),
        ("o\u02bcneill@care.example", "O'NEILL@care.example"),
        ("o\u00b4neill@care.example", "o'neill@care.example"),
        ("GRO\u1e9e@care.example", "gro\u00df@care.example"),
        ("ana@\u4f8b\u3048\u3002\u30c6\u30b9\u30c8", "ana@xn--r8jz45g.xn--zckzah"),
    ],
)
def test_two_writings_of_one_mailbox_are_the_same(one: str, other: str) -> None:
    """Capitals, composed letters, apostrophes and punycode do not matter."""
    assert same(one, other)
    assert normal(one) == normal(other)
    assert normal(read(one)) == normal(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gro\u00df@care.example", "gross@care.example"),
        ("ana@stra\u00dfe.example", "ana@strasse.example"),
        ("oneill@care.example", "o'neill@care.example"),
        ("jose@care.example", "jos\u00e9@care.example"),
        ("'tis@care.example", "tis@care.example"),
        ("ana.b@care.example", "anab@care.example"),
        ("ana+b@care.example", "ana@care.example"),
        ("ana@care.example", "ana@care.example.org"),
        ("nobody", "nobody"),
        ("", ""),
        (" ", "\u00a0"),
    ],
)
def test_two_mailboxes_are_not_made_one(one: str, other: str) -> None:
    """What differs by a letter is somebody else; nothing readable is nobody."""
    assert not same(one, other)


@pytest.mark.parametrize(
    "typed",
    [
        "ana@care.example; bo@police.example",
        "ana@care.example, bo@police.example",
        "ana@care.example bo@police.example",
        "ana@care.example and bo@police.example",
        "ana@care.example/bo@police.example",
        "Ana <ana@care.example>, Bo <bo@police.example>",
        "bo@police.example <ana@care.example>",
        "mailto:ana@care.example,bo@police.example",
    ],
)
def test_two_addresses_in_one_place_are_refused_as_two(typed: str) -> None:
    """Who of them is meant is not ours to choose."""
    with pytest.raises(TwoAddresses):
        read(typed)
    assert normal(typed) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "martin",
        "martin cole@care.example",
        "Martin Cole martin@care.example",
        "martin@care. example",
        "martin@care",
        "martin@@care.example",
        "martin@cole@care.example",
        "@care.example",
        "martin@",
        "mar..tin@care.example",
        "martin@care..example",
        "martin@-care.example",
        "martin@[127.0.0.1]",
        "Martin Cole <martin cole@care.example>",
        "martin\ud800@care.example",
        "https://care.example/martin",
    ],
)
def test_what_is_no_address_is_refused_and_not_guessed_at(typed: str) -> None:
    """The end of *martin cole@…* would be somebody else."""
    with pytest.raises(NotOneAddress):
        read(typed)


def test_a_domain_without_a_dot_is_read_where_a_closed_network_has_it() -> None:
    """Settings took one before; a card never did."""
    assert read("Duty@Council", dotless=True) == "Duty@council"
    assert normal("Duty@Council") == "duty@council"


@pytest.mark.parametrize("domain", ["care.example", "care.test", "care.invalid", "care.local"])
def test_a_reserved_domain_is_read_as_any_other(domain: str) -> None:
    """A demo has them, and so has a closed network."""
    assert read(f"ana@{domain}") == f"ana@{domain}"


ADDRESSES = st.emails()
WORDS = st.text(st.characters(codec="utf-8"), max_size=8)
TYPED = st.one_of(
    st.text(max_size=40),
    st.builds("{}@{}.example".format, WORDS, WORDS),
    st.builds("{} <{}>".format, WORDS, ADDRESSES),
    st.builds("{}{}{}".format, WORDS, ADDRESSES, WORDS),
)


@given(ADDRESSES)
def test_a_plain_address_keeps_the_key_it_had(address: str) -> None:
    """What is stored under the hash of its small letters is found there still."""
    if "xn--" not in address.casefold():
        assert normal(address) == address.strip().casefold()
        assert normal(f" {address}\t") == address.casefold()


@given(TYPED)
def test_the_normal_form_is_its_own_normal_form(typed: str) -> None:
    """So a key made of a kept form is the key made of what was typed."""
    found = normal(typed)
    assert normal(found) == found
    found.encode()


@given(TYPED)
def test_what_is_read_is_the_same_mailbox_as_what_was_typed(typed: str) -> None:
    """And reading it once more changes nothing."""
    try:
        found = read(typed)
    except NotAnAddress:
        return
    assert same(found, typed)
    assert read(found) == found
    assert read(normal(found)) == normal(found)


@given(ADDRESSES, ADDRESSES)
def test_two_plain_addresses_are_the_same_only_where_their_letters_are(a: str, b: str) -> None:
    """However one of them is wrapped."""
    one = a.casefold() == b.casefold()
    assert same(f"Ana <{a}>", b) == one

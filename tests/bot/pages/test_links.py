"""Signed links: what they say, how long they hold, and what nobody but us can make."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from itsdangerous import URLSafeSerializer

from bot.pages.links import BadLink, Expired, SignedLinks, Ticket
from records.people import PersonKey

SECRET = "a secret that is long enough to be one"
PERSON = PersonKey("5f" * 16)
CONVERSATION = "c0" * 16


@pytest.fixture
def event_clock(clock: Any) -> list[datetime]:
    """The clock that events are booked by; the demo moves it, here ten weeks ahead."""
    return [clock.now() + timedelta(weeks=10)]


@pytest.fixture
def links(clock: Any, event_clock: list[datetime]) -> SignedLinks:
    return made(clock, event_clock)


def made(clock: Any, event_clock: list[datetime], secret: str = SECRET) -> SignedLinks:
    return SignedLinks(
        "https://bot.example/learning/",
        secret,
        lasts=timedelta(minutes=60),
        now=lambda: event_clock[0],
        system=clock.now,
    )


def token(url: str) -> str:
    return url.rsplit("/", 1)[1]


def test_a_link_says_what_file_of_which_conversation_for_whom(links: SignedLinks) -> None:
    url = links.file("pack", CONVERSATION, PERSON)
    assert url.startswith("https://bot.example/learning/files/")
    assert links.read("files", token(url)) == Ticket("pack", CONVERSATION, PERSON)
    assert len(url) < 400


def test_a_link_runs_out_by_the_system_clock(links: SignedLinks, clock: Any) -> None:
    url = links.file("pack", CONVERSATION, PERSON)
    clock.pass_seconds(60 * 60 - 1)
    links.read("files", token(url))
    clock.pass_seconds(1)
    with pytest.raises(Expired):
        links.read("files", token(url))


def test_moving_the_demos_clock_ends_no_link(
    links: SignedLinks, event_clock: list[datetime]
) -> None:
    url = links.file("pack", CONVERSATION, PERSON)
    event_clock[0] += timedelta(weeks=8)
    links.read("files", token(url))


def test_a_link_to_a_date_holds_until_that_date_however_the_clocks_stand(
    links: SignedLinks, clock: Any, event_clock: list[datetime]
) -> None:
    url = links.file("calendar", CONVERSATION, PERSON, until=event_clock[0] + timedelta(days=9))
    clock.pass_seconds(9 * 24 * 3600 - 1)
    links.read("files", token(url))
    clock.pass_seconds(1)
    with pytest.raises(Expired):
        links.read("files", token(url))


def test_a_link_to_a_date_that_is_over_still_holds_for_a_while(
    links: SignedLinks, event_clock: list[datetime]
) -> None:
    url = links.file("calendar", CONVERSATION, PERSON, until=event_clock[0] - timedelta(days=9))
    links.read("files", token(url))


def test_a_link_outlives_the_process_that_made_it(
    links: SignedLinks, clock: Any, event_clock: list[datetime]
) -> None:
    url = links.file("pack", CONVERSATION, PERSON)
    assert made(clock, event_clock).read("files", token(url)).kind == "pack"


def test_two_links_to_the_same_file_differ(links: SignedLinks) -> None:
    assert links.file("pack", CONVERSATION, PERSON) != links.file("pack", CONVERSATION, PERSON)


def test_a_link_to_hand_in_is_none_to_read(links: SignedLinks) -> None:
    reading, handing = links.file("pack", CONVERSATION, PERSON), links.upload(CONVERSATION, PERSON)
    with pytest.raises(BadLink):
        links.read("upload", token(reading))
    with pytest.raises(BadLink):
        links.read("files", token(handing))


def test_no_link_is_made_that_nobody_could_follow(
    clock: Any, event_clock: list[datetime], links: SignedLinks
) -> None:
    assert links.file("pack", CONVERSATION, PersonKey("")) == ""
    nowhere = SignedLinks("", SECRET, lasts=timedelta(minutes=1), now=clock.now, system=clock.now)
    assert nowhere.file("pack", CONVERSATION, PERSON) == nowhere.upload(CONVERSATION, PERSON) == ""


def test_what_we_did_not_sign_opens_nothing(
    links: SignedLinks, clock: Any, event_clock: list[datetime]
) -> None:
    good = token(links.file("pack", CONVERSATION, PERSON))
    head, mark = good.rsplit(".", 1)
    others = made(clock, event_clock, "another secret that is long enough")
    stock = URLSafeSerializer(SECRET).dumps(["pack", CONVERSATION, PERSON, 9_999_999_999, "n"])
    forged = [
        "",
        ".",
        "x",
        head,
        good[:-1],
        f"{head}.{mark[::-1]}",
        f"{head}x.{mark}",
        token(others.file("pack", CONVERSATION, PERSON)),
        str(stock),
        good * 20,
        "\N{PILE OF POO}" * 30,
        "." + good,
    ]
    for one in forged:
        with pytest.raises(BadLink) as wrong:
            links.read("files", one)
        assert not isinstance(wrong.value, Expired), one

"""When a fault of the deployment is believed, how often all is tried again, and what ends it."""

import logging

import pytest

from bot.teams.outbreak import ALONE, LONGEST, RECENT, Outbreaks, Trouble
from records.people import Reference


class Time:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def outbreaks(time: Time) -> Outbreaks:
    return Outbreaks(time)


def chat(name: str, tenant: str = "t", host: str = "teams.example") -> Reference:
    return Reference(service_url=f"https://{host}/uk", conversation_id=name, tenant=tenant)


def alarms(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.trouble for one in caplog.records if one.levelno >= logging.ERROR]


@pytest.mark.parametrize("trouble", Trouble)
def test_two_chats_with_no_success_between_are_believed_and_told_once(
    outbreaks: Outbreaks, caplog: pytest.LogCaptureFixture, trouble: Trouble
) -> None:
    assert outbreaks.met(trouble, chat("a"), "why") is None
    assert (outbreaks.lasting(), outbreaks.holds(chat("b"))) == ([], None)
    wait = outbreaks.met(trouble, chat("b"), "why")
    assert wait == 30
    assert outbreaks.holds(chat("c")) == (trouble, wait)
    assert outbreaks.met(trouble, chat("c"), "why") == wait
    assert outbreaks.lasting() == [str(trouble)]
    assert alarms(caplog) == [trouble.name.casefold()]


def test_one_chat_alone_is_believed_after_a_quarter_of_an_hour(
    outbreaks: Outbreaks, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        assert outbreaks.met(Trouble.NOT_KNOWN, chat("a"), "") is None
        time.at += ALONE / 3
    assert alarms(caplog) == []
    assert outbreaks.met(Trouble.NOT_KNOWN, chat("a"), "") is not None
    assert alarms(caplog) == ["not_known"]


def test_one_chat_among_others_that_take_messages_is_never_believed(
    outbreaks: Outbreaks, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(50):
        assert outbreaks.met(Trouble.NOT_KNOWN, chat("a"), "") is None
        outbreaks.ended(chat("b"))
        time.at += ALONE
    assert caplog.records == []


def test_everything_is_tried_again_after_waits_that_double_up_to_an_hour(
    outbreaks: Outbreaks, time: Time
) -> None:
    outbreaks.met(Trouble.BLOCKED, chat("a"), "")
    waits = []
    for _ in range(10):
        # All that were under way when it was tried are one try.
        found = {outbreaks.met(Trouble.BLOCKED, chat(name), "") for name in "bcd"}
        waits += found
        assert len(found) == 1
        time.at += waits[-1]
        assert outbreaks.holds(chat("e")) is None
    assert waits == [30, 60, 120, 240, 480, 960, 1920, LONGEST, LONGEST, LONGEST]


@pytest.mark.parametrize(
    ("trouble", "same", "elsewhere"),
    [
        (Trouble.NO_TOKEN, chat("x", "u", "other.example"), None),
        (Trouble.NOT_KNOWN, chat("x", "t", "other.example"), chat("x", "u")),
        (Trouble.BLOCKED, chat("x", "t", "other.example"), chat("x", "u")),
        (Trouble.ADDRESS, chat("x", "u"), chat("x", "t", "other.example")),
    ],
    ids=str,
)
def test_a_success_ends_it_where_it_holds_and_nowhere_else(
    outbreaks: Outbreaks,
    caplog: pytest.LogCaptureFixture,
    trouble: Trouble,
    same: Reference,
    elsewhere: Reference | None,
) -> None:
    for name in "ab":
        outbreaks.met(trouble, chat(name), "")
    assert outbreaks.holds(same) is not None
    if elsewhere is not None:
        assert outbreaks.holds(elsewhere) is None
        outbreaks.ended(elsewhere)
        assert outbreaks.lasting() == [str(trouble)]
    outbreaks.ended(same)
    assert (outbreaks.lasting(), outbreaks.holds(same)) == ([], None)
    assert [one.action for one in caplog.records] == ["teams_out_of_order", "teams_again"]
    for name in "ab":
        outbreaks.met(trouble, chat(name), "")
    assert len(alarms(caplog)) == 2  # another outbreak


def test_who_has_nothing_to_send_any_more_does_not_go_on_about_it(
    outbreaks: Outbreaks, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    for name in "ab":
        outbreaks.met(Trouble.NOT_KNOWN, chat(name), "")
    time.at += RECENT
    assert outbreaks.lasting() == []
    outbreaks.met(Trouble.NOT_KNOWN, chat("c"), "")
    assert outbreaks.lasting() == [str(Trouble.NOT_KNOWN)]
    assert alarms(caplog) == ["not_known"]


@pytest.mark.parametrize("url", ["", "teams", "http://[", "https://teams.example:x/"])
def test_an_address_that_is_none_is_a_place_of_its_own(outbreaks: Outbreaks, url: str) -> None:
    odd = chat("a").model_copy(update={"service_url": url})
    for name in "ab":
        place = odd.model_copy(update={"conversation_id": name})
        outbreaks.met(Trouble.ADDRESS, place, "")
    assert outbreaks.holds(odd) is not None
    assert outbreaks.holds(chat("c")) is None

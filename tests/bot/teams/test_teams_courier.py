"""What each answer of Teams means for a prompt, and how fast prompts go."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from aiohttp import web

from bot.teams.connector import Connector, teams_session
from bot.teams.pacing import MAX_KEPT, Pace, TooBusy
from bot.teams.teams_courier import Later, TeamsCourier, retry_after
from bot.teams.tokens import NoToken, NoTokens
from cards.kit.door import ForAll, HoldsWords
from cards.kit.elements import build, said
from records.people import Reference
from scheduler.delivery.courier import (
    Ambiguous,
    ChatGone,
    Courier,
    JustTapped,
    MessageGone,
    NotAccepted,
    OutOfOrder,
    Parcel,
    Refused,
    Unreachable,
)

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": []}
PARCEL = Parcel(CARD, "Priya Shah asks for your agreement to a learning conversation.")


class Timeline:
    """A monotonic clock that sleeping moves, so that minutes of pacing take no time."""

    def __init__(self) -> None:
        self.at = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds
        await asyncio.sleep(0)


@pytest.fixture
def timeline() -> Timeline:
    return Timeline()


def pace(timeline: Timeline, instances: int = 1, max_wait: float = 1e9) -> Pace:
    return Pace(
        instances=instances,
        monotonic=timeline.monotonic,
        sleep=timeline.sleep,
        max_wait=max_wait,
    )


@pytest.fixture
async def courier(stack: Any, clock: Any, timeline: Timeline) -> TeamsCourier:
    session = await stack.enter_async_context(teams_session(4.0))
    connector = Connector(session, NoTokens(), lambda url: "evil" not in url)
    return TeamsCourier(connector, pace(timeline, max_wait=10), clock, max_wait=0.2)


@pytest.fixture
def to(teams: Any) -> Reference:
    return Reference(
        service_url=teams.url,
        conversation_id="c",
        tenant="t",
        bot_id="28:bot",
        bot_name="Learning",
        user_id="29:p",
    )


async def test_a_parcel_is_one_message_with_card_and_summary(
    courier: TeamsCourier, teams: Any, to: Reference
) -> None:
    kept: Courier = courier
    assert await kept.send(to, PARCEL) == "message-1"
    [sent] = teams.sent()
    assert sent == {
        "type": "message",
        "conversation": {"id": "c"},
        "from": {"id": "28:bot", "name": "Learning"},
        "recipient": {"id": "29:p"},
        "summary": PARCEL.summary,
        "attachments": [
            {"contentType": "application/vnd.microsoft.card.adaptive", "content": CARD}
        ],
    }


async def test_a_sent_card_can_be_replaced(
    courier: TeamsCourier, teams: Any, to: Reference
) -> None:
    await courier.replace(to, "message-9", PARCEL)
    [call] = teams.calls
    assert (call.method, call.path) == ("PUT", "/v3/conversations/c/activities/message-9")
    assert call.body["id"] == "message-9"


# The table in the courier's docstring, row by row.
@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (412, NotAccepted),
        (429, NotAccepted),
        (307, Refused),
        (400, Refused),
        (401, OutOfOrder),
        (403, Unreachable),
        (404, ChatGone),
        (405, Refused),
        (413, Refused),
        (408, Ambiguous),
        (500, Ambiguous),
        (501, Ambiguous),
        (502, Ambiguous),
        (503, Ambiguous),
        (504, Ambiguous),
        (520, Ambiguous),
    ],
)
@pytest.mark.parametrize("body", [{"error": {}}, "<html>"])
async def test_each_status_has_its_meaning(
    courier: TeamsCourier,
    teams: Any,
    to: Reference,
    status: int,
    meaning: type[Exception],
    body: Any,
) -> None:
    teams.answer(status, body)
    with pytest.raises(meaning) as raised:
        await courier.send(to, PARCEL)
    assert str(status) in str(raised.value)
    assert type(raised.value) is meaning
    if isinstance(raised.value, Refused):
        assert raised.value.status == status


async def test_a_page_instead_of_an_id_is_ambiguous(
    courier: TeamsCourier, teams: Any, to: Reference
) -> None:
    teams.answer(200, "<html>Sign in to the proxy</html>")
    with pytest.raises(Ambiguous):
        await courier.send(to, PARCEL)


async def test_a_reset_is_ambiguous(courier: TeamsCourier, teams: Any, to: Reference) -> None:
    async def cut(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    teams.behave = cut
    with pytest.raises(Ambiguous):
        await courier.send(to, PARCEL)


async def test_a_closed_port_is_not_accepted(courier: TeamsCourier, to: Reference) -> None:
    with pytest.raises(NotAccepted):
        await courier.send(to.model_copy(update={"service_url": "http://127.0.0.1:1"}), PARCEL)


async def test_an_address_off_the_list_is_out_of_order(
    courier: TeamsCourier, to: Reference
) -> None:
    with pytest.raises(OutOfOrder):
        await courier.send(to.model_copy(update={"service_url": "https://evil.example"}), PARCEL)


@pytest.mark.parametrize("chat", ["", ".", ".."])
async def test_a_place_that_is_none_reaches_nobody(
    courier: TeamsCourier, teams: Any, to: Reference, chat: str
) -> None:
    with pytest.raises(Unreachable):
        await courier.send(to.model_copy(update={"conversation_id": chat}), PARCEL)
    assert teams.calls == []


@pytest.mark.parametrize("ours", [True, False])
async def test_no_token_is_out_of_order_where_it_was_refused_and_later_where_entra_is_away(
    stack: Any, clock: Any, timeline: Timeline, teams: Any, to: Reference, ours: bool
) -> None:
    class Refusing(NoTokens):
        async def header(self) -> str:
            raise NoToken("invalid_client", ours=ours)

    session = await stack.enter_async_context(teams_session(4.0))
    courier = TeamsCourier(
        Connector(session, Refusing(), lambda url: True), pace(timeline, max_wait=10), clock
    )
    with pytest.raises(NotAccepted) as raised:
        await courier.send(to, PARCEL)
    assert isinstance(raised.value, OutOfOrder) is ours
    assert teams.calls == []


async def test_in_an_outbreak_nothing_is_sent_or_replaced_until_all_is_tried_again(
    courier: TeamsCourier, teams: Any, to: Reference, clock: Any
) -> None:
    teams.answer(401, {"error": {"code": "BotNotRegistered"}})
    others = [to.model_copy(update={"conversation_id": str(number)}) for number in range(5)]
    for one in others:
        with pytest.raises(OutOfOrder):
            await courier.send(one, PARCEL)
    with pytest.raises(OutOfOrder) as held:
        await courier.replace(to, "message-9", PARCEL)
    assert held.value.retry_after == 30
    assert len(teams.calls) == 2
    clock.pass_seconds(30)
    teams.behave = None
    for one in others:
        await courier.send(one, PARCEL)


async def test_a_message_to_replace_that_is_gone_is_told_apart_from_a_chat_that_is(
    courier: TeamsCourier, teams: Any, to: Reference
) -> None:
    for code, means in (
        ("ActivityNotFoundInConversation", MessageGone),
        ("ConversationNotFound", ChatGone),
        ("", ChatGone),
    ):
        teams.answer(404, {"error": {"code": code}} if code else None)
        with pytest.raises(means):
            await courier.replace(to, "message-9", PARCEL)


async def test_a_chat_is_opened_with_its_person_in_their_tenant(
    courier: TeamsCourier, teams: Any, to: Reference
) -> None:
    teams.answer(201, {"id": "a:new"})
    assert await courier.reopen(to) == to.model_copy(update={"conversation_id": "a:new"})
    [call] = teams.calls
    assert (call.method, call.path) == ("POST", "/v3/conversations")
    assert call.body == {
        "bot": {"id": "28:bot"},
        "isGroup": False,
        "tenantId": "t",
        "channelData": {"tenant": {"id": "t"}},
        "members": [{"id": "29:p"}],
    }


@pytest.mark.parametrize(
    ("status", "body", "means"),
    [
        (201, {}, NotAccepted),
        (200, "<html>", NotAccepted),
        (502, {}, NotAccepted),
        (429, {}, NotAccepted),
        (401, {}, OutOfOrder),
        (400, {}, Unreachable),
        (403, {}, Unreachable),
        (404, {}, Unreachable),
    ],
)
async def test_a_chat_that_is_not_opened_is_later_or_never(
    courier: TeamsCourier,
    teams: Any,
    to: Reference,
    status: int,
    body: Any,
    means: type[Exception],
) -> None:
    teams.answer(status, body)
    with pytest.raises(means) as raised:
        await courier.reopen(to)
    assert type(raised.value) is means


@pytest.mark.parametrize("lacks", ["user_id", "tenant", "bot_id"])
async def test_without_all_its_ids_no_chat_is_asked_for(
    courier: TeamsCourier, teams: Any, to: Reference, lacks: str
) -> None:
    with pytest.raises(Unreachable):
        await courier.reopen(to.model_copy(update={lacks: ""}))
    assert teams.calls == []


async def test_retry_after_is_honoured(courier: TeamsCourier, teams: Any, to: Reference) -> None:
    teams.answer(429, {}, **{"Retry-After": "17"})
    with pytest.raises(NotAccepted) as raised:
        await courier.send(to, PARCEL)
    assert raised.value.retry_after == 17


NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("0", 0),
        ("1.5", 1.5),
        ("-5", 0),
        ("9999999", 86_400),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90),
        (format_datetime(NOW - timedelta(seconds=90), usegmt=True), 0),
        ("Mon, 02 Mar 2026 09:01:00 -0000", 60),
        ("Mon, 99 Mar 2026 09:01:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(said: str | None, seconds: float | None) -> None:
    assert retry_after(said, NOW) == seconds


async def test_sends_to_one_conversation_go_one_after_another(
    courier: TeamsCourier, teams: Any, to: Reference
) -> None:
    under_way, most = 0, 0

    async def slow(request: web.Request) -> web.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.01)
        under_way -= 1
        return web.json_response({"id": "x"})

    teams.behave = slow
    await asyncio.gather(*(courier.send(to, PARCEL) for _ in range(5)))
    assert most == 1
    others = [to.model_copy(update={"conversation_id": str(n)}) for n in range(5)]
    await asyncio.gather(*(courier.send(other, PARCEL) for other in others))
    assert most > 1
    assert len(courier._locks) == 0


async def test_waiting_too_long_for_a_turn_is_not_accepted(
    courier: TeamsCourier, teams: Any, to: Reference
) -> None:
    release = asyncio.Event()

    async def hang(request: web.Request) -> web.Response:
        await release.wait()
        return web.json_response({"id": "x"})

    teams.behave = hang
    first = asyncio.create_task(courier.send(to, PARCEL))
    while not teams.calls:
        await asyncio.sleep(0)
    with pytest.raises(NotAccepted, match="busy"):
        await courier.send(to, PARCEL)
    release.set()
    assert await first == "x"
    assert len(teams.calls) == 1


async def sends(pace: Pace, timeline: Timeline, count: int, conversation: str = "c") -> list[float]:
    at = []
    for number in range(count):
        await pace.wait(conversation=conversation or str(number), tenant="t")
        at.append(timeline.at)
    return at


def most_within(at: list[float], seconds: float) -> int:
    return max(sum(1 for other in at if start <= other < start + seconds) for start in at)


async def test_one_conversation_gets_no_more_than_teams_takes(timeline: Timeline) -> None:
    at = await sends(pace(timeline), timeline, 130)
    assert most_within(at, 1) <= 7
    assert most_within(at, 2) <= 8
    assert most_within(at, 30) <= 60
    assert at[6] == 0


@pytest.mark.parametrize(("instances", "rate"), [(1, 40), (3, 13), (50, 0.8)])
async def test_a_tenants_forty_a_second_are_shared_by_the_instances(
    timeline: Timeline, instances: int, rate: float
) -> None:
    at = await sends(pace(timeline, instances), timeline, 100, conversation="")
    assert most_within(at, 1) <= max(1, rate)
    assert (len(at) - at.count(at[-1])) / at[-1] == pytest.approx(rate, rel=0.02)


async def test_nobody_waits_longer_than_allowed(timeline: Timeline) -> None:
    paced = pace(timeline, max_wait=0.5)
    await sends(paced, timeline, 7)
    with pytest.raises(TooBusy) as busy:
        await paced.wait(conversation="c", tenant="t")
    assert busy.value.seconds == pytest.approx(1)
    assert timeline.slept == []


async def test_our_own_pace_is_a_reason_to_come_back(
    courier: TeamsCourier, teams: Any, to: Reference, timeline: Timeline
) -> None:
    for _ in range(60):
        await courier.send(to, PARCEL)
    with pytest.raises(NotAccepted) as raised:
        await courier.send(to, PARCEL)
    assert raised.value.retry_after is not None
    assert len(teams.calls) == 60


async def test_what_is_remembered_of_the_pace_is_bounded(timeline: Timeline) -> None:
    paced = pace(timeline)
    for number in range(MAX_KEPT + 50):
        timeline.at += 1
        await paced.wait(conversation=str(number), tenant="t")
    assert len(paced._windows) <= MAX_KEPT + 1


# Updates of a message -----------------------------------------------------------------------------


def numbered(number: int) -> ForAll:
    return ForAll({**CARD, "body": [{"type": "TextBlock", "text": str(number)}]})


def written(teams: Any) -> list[str]:
    """What was put into the message, in order."""
    puts = [call for call in teams.calls if call.method == "PUT"]
    return [call.body["attachments"][0]["content"]["body"][0]["text"] for call in puts]


async def test_updates_of_one_message_go_one_by_one_and_the_latest_wins(
    courier: TeamsCourier, to: Reference, teams: Any
) -> None:
    """Of those that wait only the last is sent."""
    may = asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        await may.wait()
        return web.json_response({})

    teams.behave = slow
    found = [asyncio.create_task(courier.redraw(to, "m", numbered(one), "A card")) for one in "123"]
    await asyncio.sleep(0.05)
    may.set()
    assert await asyncio.gather(*found) == [True, False, True]
    assert written(teams) == ["1", "3"]


async def test_an_update_that_cannot_leave_within_a_second_is_dropped(
    courier: TeamsCourier, to: Reference, teams: Any
) -> None:
    """It would draw a card anew under somebody's fingers."""
    may = asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        await may.wait()
        return web.json_response({})

    teams.behave = slow
    first = asyncio.create_task(courier.redraw(to, "m", numbered(1), "A card"))
    await asyncio.sleep(0.01)
    assert not await courier.redraw(to, "m", numbered(2), "A card")
    may.set()
    assert await first
    assert written(teams) == ["1"]


async def test_an_update_whose_token_comes_after_a_second_is_dropped(
    stack: Any, clock: Any, timeline: Timeline, to: Reference, teams: Any
) -> None:
    """It would leave late, and so draw a card anew under somebody's fingers."""
    may = asyncio.Event()

    class Late(NoTokens):
        async def header(self) -> str | None:
            await may.wait()
            return None

    session = await stack.enter_async_context(teams_session(4.0))
    connector = Connector(session, Late(), lambda _: True)
    late = TeamsCourier(connector, pace(timeline), clock, redraw_within=0.05)
    assert not await late.redraw(to, "m", numbered(1), "A card")
    may.set()
    assert await late.redraw(to, "m", numbered(2), "A card")
    assert written(teams) == ["2"]


async def test_closing_stands_in_no_taps_way_however_soon_it_comes(
    courier: TeamsCourier, to: Reference, teams: Any
) -> None:
    may = asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        await may.wait()
        return web.json_response({})

    teams.behave = slow
    closed = Parcel(numbered(9).card, "Closed")
    tasks = [
        asyncio.create_task(courier.redraw(to, "m", numbered(1), "A card")),
        asyncio.create_task(courier.redraw(to, "m", numbered(2), "A card")),
        asyncio.create_task(courier.replace(to, "m", closed)),
    ]
    await asyncio.sleep(0.05)
    may.set()
    *drawn, close = await asyncio.gather(*tasks, return_exceptions=True)
    assert drawn == [True, True]
    assert isinstance(close, JustTapped)
    assert written(teams) == ["1", "2"]


async def test_a_close_that_waits_gives_way_to_a_tap(
    courier: TeamsCourier, to: Reference, teams: Any
) -> None:
    """It is tried again later; now there are fingers on the card."""
    may = asyncio.Event()

    async def slow(request: web.Request) -> web.Response:
        if request.method == "POST":
            await may.wait()
        return web.json_response({"id": "1"})

    teams.behave = slow
    sending = asyncio.create_task(courier.send(to, PARCEL))
    await asyncio.sleep(0.02)
    closed = Parcel(numbered(9).card, "Closed")
    closing = asyncio.create_task(courier.replace(to, "m", closed))
    await asyncio.sleep(0.02)
    assert await courier.redraw(to, "m", numbered(1), "A card")
    may.set()
    await sending
    with pytest.raises(NotAccepted):
        await closing
    assert written(teams) == ["1"]


async def test_an_old_clients_answers_are_never_dropped_and_stay_in_order(
    courier: TeamsCourier, to: Reference, teams: Any
) -> None:
    parcels = [Parcel(numbered(one).card, "A card") for one in (1, 2, 3)]
    await asyncio.gather(*(courier.answer(to, "m", one) for one in parcels))
    assert written(teams) == ["1", "2", "3"]


async def test_an_update_waits_for_no_send_in_the_same_chat(
    courier: TeamsCourier, to: Reference, teams: Any
) -> None:
    may = asyncio.Event()

    async def slow(request: web.Request) -> web.Response:
        if request.method == "POST":
            await may.wait()
        return web.json_response({"id": "1"})

    teams.behave = slow
    sending = asyncio.create_task(courier.send(to, PARCEL))
    await asyncio.sleep(0.05)
    assert await courier.redraw(to, "m", numbered(1), "A card")
    may.set()
    await sending


@pytest.mark.parametrize("status", [400, 401, 403, 404, 412, 413, 429, 500, 502])
async def test_an_update_that_teams_does_not_take_raises_nothing(
    courier: TeamsCourier, to: Reference, teams: Any, status: int
) -> None:
    teams.answer(status, {})
    assert not await courier.redraw(to, "m", numbered(1), "A card")


async def test_a_story_is_no_card_for_all() -> None:
    with pytest.raises(HoldsWords):
        ForAll(build([*said("Nobody listens.")]))


async def test_whoever_has_a_finger_on_a_card_goes_before_all_that_waits(
    timeline: Timeline,
) -> None:
    paced, order = pace(timeline), list[str]()
    for number in range(40):
        await paced.wait(conversation=f"c{number}", tenant="t")

    async def bulk(number: int) -> None:
        await paced.wait(conversation=f"b{number}", tenant="t")
        order.append("bulk")

    async def first() -> None:
        await paced.wait_first(conversation="f", tenant="t", max_wait=1.5)
        order.append("first")

    await asyncio.gather(first(), *(bulk(number) for number in range(5)))
    assert order == ["first", *["bulk"] * 5]


async def test_it_waits_no_longer_than_it_may(timeline: Timeline) -> None:
    paced = pace(timeline)
    for _ in range(7):
        await paced.wait(conversation="c", tenant="t")
    with pytest.raises(TooBusy):
        await paced.wait_first(conversation="c", tenant="t", max_wait=0.5)


@pytest.mark.parametrize("is_so", [True, False])
async def test_an_update_that_had_to_wait_asks_whether_it_is_still_so(
    courier: TeamsCourier, to: Reference, teams: Any, clock: Any, is_so: bool
) -> None:
    """Another copy may have drawn the next card meanwhile; the record decides."""
    may, asked = asyncio.Event(), list[int]()

    async def slow(_: web.Request) -> web.Response:
        await may.wait()
        return web.json_response({})

    async def since() -> Later | None:
        asked.append(1)
        return None if is_so else Later(numbered(3), "The next card")

    teams.behave = slow
    first = asyncio.create_task(courier.redraw(to, "m", numbered(1), "A card"))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(courier.redraw(to, "m", numbered(2), "A card", since))
    await asyncio.sleep(0.05)
    clock.pass_seconds(0.5)
    may.set()
    assert await asyncio.gather(first, second) == [True, is_so]
    assert len(asked) == (2 if is_so else 1)
    assert written(teams) == (["1", "2"] if is_so else ["1"])


@pytest.mark.parametrize(
    ("took", "later", "holds"),
    [
        (0.0, numbered(2), ["1"]),
        (0.3, None, ["1"]),
        (0.3, numbered(2), ["1", "2"]),
        (0.3, "no card for a message", ["1"]),
        (1.2, numbered(2), ["1"]),
    ],
)
async def test_an_update_that_may_have_landed_on_another_copys_gives_way_to_the_record(
    courier: TeamsCourier,
    to: Reference,
    teams: Any,
    clock: Any,
    took: float,
    later: ForAll | str | None,
    holds: list[str],
) -> None:
    """Within the second alone: later it would be drawn under somebody's fingers."""

    async def slow(_: web.Request) -> web.Response:
        clock.pass_seconds(took)
        return web.json_response({})

    async def since() -> Later | None:
        shown = later if isinstance(later, ForAll) else None
        return None if later is None else Later(shown, "The next card")

    teams.behave = slow
    assert await courier.redraw(to, "m", numbered(1), "A card", since)
    assert written(teams) == holds


async def test_two_copies_that_draw_at_once_leave_the_message_as_the_record_has_it(
    stack: Any, courier: TeamsCourier, to: Reference, teams: Any, clock: Any
) -> None:
    """The earlier copy's update is the slower one, so that it lands last."""
    connector = Connector(await stack.enter_async_context(teams_session(4.0)), NoTokens(), bool)
    other, may = TeamsCourier(connector, pace(Timeline()), clock), asyncio.Event()

    async def slow_first(request: web.Request) -> web.Response:
        body = await request.json()
        if body["attachments"][0]["content"]["body"][0]["text"] == "1":
            await may.wait()
            clock.pass_seconds(0.2)
        held.append(body["attachments"][0]["content"]["body"][0]["text"])
        return web.json_response({})

    async def gone_on() -> Later | None:
        return Later(numbered(2), "The next card")

    held = list[str]()
    teams.behave = slow_first
    earlier = asyncio.create_task(courier.redraw(to, "m", numbered(1), "A card", gone_on))
    await asyncio.sleep(0.05)
    assert await other.redraw(to, "m", numbered(2), "A card")
    may.set()
    assert await earlier
    assert held == ["2", "1", "2"]


async def test_a_message_that_was_tapped_a_moment_ago_is_not_closed(
    courier: TeamsCourier, to: Reference, teams: Any, clock: Any
) -> None:
    """The close of what it held before would stand over the receipt."""
    assert await courier.redraw(to, "m", numbered(1), "A card")
    with pytest.raises(JustTapped):
        await courier.replace(to, "m", Parcel(numbered(2).card, "Closed"))
    assert written(teams) == ["1"]
    clock.pass_seconds(31)
    await courier.replace(to, "m", Parcel(numbered(2).card, "Closed"))
    assert written(teams) == ["1", "2"]

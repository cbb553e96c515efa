"""Calls to Teams over real HTTP: what is sent, and how each end is told apart."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.teams.connector import (
    Connector,
    MayHaveArrived,
    NeverConnected,
    NotAllowed,
    TeamsAnswered,
    teams_session,
)
from bot.teams.tokens import NoToken


class Tokens:
    """A token source that counts how often it was told to drop its token."""

    def __init__(self) -> None:
        self.value: str | None = "Bearer mine"
        self.dropped = 0

    async def header(self) -> str | None:
        if self.value is None:
            raise NoToken("invalid_client")
        return self.value

    def drop(self) -> None:
        self.dropped += 1


@pytest.fixture
def tokens() -> Tokens:
    return Tokens()


@pytest.fixture
async def connector(tokens: Tokens) -> AsyncIterator[Connector]:
    async with teams_session(3.0) as session:
        yield Connector(session, tokens, lambda url: "evil" not in url)


ACTIVITY = {"type": "message", "text": "na\u00efve \U0001f600"}


async def test_a_send_carries_the_token_and_gives_the_id(connector: Connector, teams: Any) -> None:
    made = await connector.send_to_conversation(f"{teams.url}/uk/", "19:a@b;messageid=1", ACTIVITY)
    [call] = teams.calls
    assert made == "message-1"
    assert call.path == "/uk/v3/conversations/19%3Aa%40b%3Bmessageid%3D1/activities"
    assert call.body == ACTIVITY
    assert call.headers["Authorization"] == "Bearer mine"


async def test_an_id_cannot_climb_out_of_its_place_in_the_address(
    connector: Connector, teams: Any
) -> None:
    await connector.send_to_conversation(teams.url, "../../admin?x=1#y", ACTIVITY)
    assert teams.calls[0].path == "/v3/conversations/..%2F..%2Fadmin%3Fx%3D1%23y/activities"
    for wrong in ("", ".", ".."):
        with pytest.raises(NotAllowed):
            await connector.send_to_conversation(teams.url, wrong, ACTIVITY)


async def test_the_other_calls(connector: Connector, teams: Any) -> None:
    await connector.reply_to_activity(teams.url, "c", "a", ACTIVITY)
    await connector.update_activity(teams.url, "c", "a", ACTIVITY)
    await connector.delete_activity(teams.url, "c", "a")
    made = await connector.create_conversation(
        teams.url, bot_id="28:bot", tenant="t", members=("29:p",)
    )
    thread = {"channel": {"id": "19:channel"}}
    await connector.create_conversation(
        teams.url, bot_id="28:bot", tenant="t", channel_data=thread, activity=ACTIVITY
    )
    assert [(call.method, call.path) for call in teams.calls] == [
        ("POST", "/v3/conversations/c/activities/a"),
        ("PUT", "/v3/conversations/c/activities/a"),
        ("DELETE", "/v3/conversations/c/activities/a"),
        ("POST", "/v3/conversations"),
        ("POST", "/v3/conversations"),
    ]
    assert made["id"] == "message-4"
    personal, channel = teams.calls[3].body, teams.calls[4].body
    assert (personal["members"], personal["isGroup"]) == ([{"id": "29:p"}], False)
    assert channel["channelData"] == {"tenant": {"id": "t"}, "channel": {"id": "19:channel"}}
    assert (channel["isGroup"], channel["activity"]) == (True, ACTIVITY)


async def test_members_are_read_page_by_page(connector: Connector, teams: Any) -> None:
    async def pages(request: web.Request) -> web.Response:
        if request.query.get("continuationToken") == "a+b":
            return web.json_response({"members": [{"id": "2"}]})
        return web.json_response({"members": [{"id": "1"}], "continuationToken": "a+b"})

    teams.behave = pages
    assert await connector.get_members(teams.url, "team") == [{"id": "1"}, {"id": "2"}]


async def test_members_without_end_are_given_up(connector: Connector, teams: Any) -> None:
    teams.answer(200, {"members": [{"id": "1"}], "continuationToken": "again"})
    assert len(await connector.get_members(teams.url, "team")) == 100


async def test_no_token_goes_to_an_address_off_the_list(connector: Connector) -> None:
    with pytest.raises(NotAllowed):
        await connector.send_to_conversation("https://evil.example", "c", ACTIVITY)


async def test_no_token_follows_a_redirect(connector: Connector, teams: Any) -> None:
    teams.answer(307, None, Location=f"{teams.url}/elsewhere")
    with pytest.raises(TeamsAnswered) as answered:
        await connector.send_to_conversation(teams.url, "c", ACTIVITY)
    assert answered.value.status == 307
    assert len(teams.calls) == 1


async def test_an_answer_carries_status_headers_and_body(
    connector: Connector, teams: Any, tokens: Tokens
) -> None:
    teams.answer(403, {"error": {"code": "ForbiddenOperation"}}, **{"Retry-After": "7"})
    with pytest.raises(TeamsAnswered) as answered:
        await connector.send_to_conversation(teams.url, "c", ACTIVITY)
    assert answered.value.body["error"]["code"] == "ForbiddenOperation"
    assert answered.value.headers["retry-after"] == "7"
    assert tokens.dropped == 0


async def test_a_refused_token_is_dropped(connector: Connector, teams: Any, tokens: Tokens) -> None:
    teams.answer(401, {})
    with pytest.raises(TeamsAnswered):
        await connector.get_member(teams.url, "c", "someone@example.org")
    assert tokens.dropped == 1
    assert teams.calls[0].path == "/v3/conversations/c/members/someone%40example.org"


async def test_without_a_token_nothing_is_sent(
    connector: Connector, teams: Any, tokens: Tokens
) -> None:
    tokens.value = None
    with pytest.raises(NeverConnected):
        await connector.send_to_conversation(teams.url, "c", ACTIVITY)
    assert teams.calls == []


async def test_a_closed_port_was_never_connected(connector: Connector) -> None:
    with pytest.raises(NeverConnected):
        await connector.send_to_conversation("http://127.0.0.1:1", "c", ACTIVITY)


async def test_a_name_that_nobody_has_was_never_connected(
    connector: Connector, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Nobody(aiohttp.abc.AbstractResolver):
        async def resolve(self, *args: object, **more: object) -> list[aiohttp.abc.ResolveResult]:
            raise OSError("no such name")

        async def close(self) -> None: ...

    monkeypatch.setattr(connector._http.connector, "_resolver", Nobody())
    with pytest.raises(NeverConnected):
        await connector.send_to_conversation("https://nobody.invalid", "c", ACTIVITY)


async def test_no_tls_where_tls_should_be_was_never_connected(
    connector: Connector, teams: Any
) -> None:
    with pytest.raises(NeverConnected):
        await connector.send_to_conversation(
            teams.url.replace("http://", "https://"), "c", ACTIVITY
        )


async def test_no_answer_in_time_may_have_arrived(connector: Connector, teams: Any) -> None:
    gone = asyncio.Event()

    async def hang(request: web.Request) -> web.Response:
        await gone.wait()
        return web.Response()

    teams.behave = hang
    with pytest.raises(MayHaveArrived):
        await connector.send_to_conversation(teams.url, "c", ACTIVITY)
    gone.set()


async def test_a_reset_may_have_arrived_and_is_not_sent_again(
    connector: Connector, teams: Any
) -> None:
    async def cut(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    await connector.send_to_conversation(teams.url, "c", ACTIVITY)  # a kept connection to cut
    teams.behave = cut
    with pytest.raises(MayHaveArrived):
        await connector.send_to_conversation(teams.url, "c", ACTIVITY)
    assert len(teams.calls) == 2


@pytest.mark.parametrize("body", ["<html>", {}, {"id": ""}, {"id": 5}, [], None])
async def test_accepted_without_an_id_may_have_arrived(
    connector: Connector, teams: Any, body: Any
) -> None:
    teams.answer(201, body)
    with pytest.raises(MayHaveArrived):
        await connector.send_to_conversation(teams.url, "c", ACTIVITY)


async def test_an_update_needs_no_id_in_the_answer(connector: Connector, teams: Any) -> None:
    teams.answer(200, {})
    await connector.update_activity(teams.url, "c", "a", ACTIVITY)


async def test_half_a_character_in_what_is_sent_does_not_stop_it(
    connector: Connector, teams: Any
) -> None:
    await connector.send_to_conversation(teams.url, "c", {"text": "a\ud800b"})
    assert teams.calls[0].body == {"text": "a?b"}

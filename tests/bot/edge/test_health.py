"""Alive, and ready."""

import asyncio
import logging
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.edge.adapter import HttpAnswer, TeamsAuthentication
from bot.edge.endpoint import NotReady, ReadinessChecks, routes


async def test_a_running_bot_is_alive_and_ready(bot: Any) -> None:
    for path, said in (("healthz", {"alive": True}), ("readyz", {"ready": True, "reasons": []})):
        async with bot.http.get(f"{bot.url}/{path}") as got:
            assert (got.status, await got.json()) == (200, said)
    async with bot.http.post(f"{bot.url}/readyz") as got:
        assert (got.status, got.headers["Allow"]) == (405, "GET, HEAD")


async def test_a_bot_whose_issuer_never_answered_says_so_in_words(bot: Any) -> None:
    bot.issuer.status = 500
    async with bot.http.get(f"{bot.url}/readyz") as got:
        assert got.status == 503
        assert await got.json() == {"ready": False, "reasons": ["keys: does not answer"]}
    async with bot.http.get(f"{bot.url}/healthz") as got:
        assert got.status == 200


async def test_a_check_gives_its_own_words_or_none(
    clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async def good() -> float:
        return 0.1

    async def skewed() -> None:
        raise NotReady("its clock is 40 seconds ahead")

    async def broken() -> None:
        raise ValueError("AccountKey=secret")

    checks = {"good": good, "store": skewed, "issuer": broken}
    reasons = await ReadinessChecks(checks, clock.monotonic).reasons()
    assert reasons == ["store: its clock is 40 seconds ahead", "issuer: does not answer"]
    assert "secret" not in str([record.__dict__ for record in caplog.records])


async def test_a_check_that_hangs_is_not_waited_for(
    clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.edge.endpoint.CHECK_SECONDS", 0.01)

    async def hang() -> None:
        await asyncio.Event().wait()

    assert await ReadinessChecks({"store": hang}, clock.monotonic).reasons() == [
        "store: does not answer"
    ]


async def test_many_probes_are_one_question(clock: Any) -> None:
    asked = 0

    async def check() -> None:
        nonlocal asked
        asked += 1

    readiness = ReadinessChecks({"store": check}, clock.monotonic)
    await asyncio.gather(*(readiness.reasons() for _ in range(50)))
    assert asked == 1
    clock.pass_seconds(5)
    await readiness.reasons()
    assert asked == 2


async def test_a_mistake_of_ours_shows_neither_itself_nor_what_was_written(
    clock: Any, serve: Any, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture, bot: Any
) -> None:
    async def broken(*args: object) -> HttpAnswer:
        raise KeyError("the child's name is Sam")

    app = web.Application()
    app.add_routes(routes(broken, ReadinessChecks({}, clock.monotonic)))
    url = await serve(app)
    async with http.post(f"{url}/api/messages", json=bot.activity()) as got:
        assert got.status == 500
        assert "Sam" not in await got.text()
    [record] = [r for r in caplog.records if r.levelno >= logging.WARNING]
    assert (record.action, record.exc_info) == ("request_failed", None)  # type: ignore[attr-defined]  # our own field
    assert "Sam" not in str(record.__dict__)


async def test_what_is_asked_for_beside_is_asked_once_in_a_while_and_may_fail(
    clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.edge.endpoint.CHECK_SECONDS", 0.01)
    asked: list[str] = []

    async def team() -> list[str]:
        asked.append("team")
        return ["nobody"]

    async def hangs() -> list[str]:
        return await asyncio.Event().wait() and []

    readiness = ReadinessChecks({}, clock.monotonic, {"team": team, "slow": hangs})
    for _ in range(3):
        assert await readiness.beside() == {"team": ["nobody"], "slow": ["does not answer"]}
    assert asked == ["team"]
    clock.pass_seconds(5)
    await readiness.beside()
    assert asked == ["team"] * 2
    assert await readiness.reasons() == []


async def test_streaming_is_not_spoken_and_nobody_signs_in() -> None:
    ours = TeamsAuthentication(None, None, "app")  # type: ignore[arg-type]  # not reached
    with pytest.raises(NotImplementedError):
        await ours.authenticate_streaming_request("", "")
    assert await ours.create_user_token_client(None) is None  # type: ignore[func-returns-value]  # that it is None is the point


async def test_what_is_told_beside_closes_no_door(
    clock: Any, stack: Any, serve: Any, http: aiohttp.ClientSession
) -> None:
    async def receive(*_: Any) -> HttpAnswer:
        return HttpAnswer(200)

    refuses = ["Teams does not know the bot"]
    beside = {"teams_refuses": lambda: refuses, "counted": lambda: 2}
    app = web.Application()
    app.add_routes(routes(receive, ReadinessChecks({}, clock.monotonic, beside)))
    url = await serve(app)
    for _ in range(2):
        async with http.get(f"{url}/readyz") as got:
            assert got.status == 200
            told = {"ready": True, "reasons": [], "teams_refuses": list(refuses), "counted": 2}
            assert await got.json() == told
        refuses.clear()

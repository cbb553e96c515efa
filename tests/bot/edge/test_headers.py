"""What stands above every answer, and what does not: also above that to bytes that are no HTTP."""

import asyncio
from typing import Any

import pytest

from bot.edge.headers import HEADERS

RAW: dict[str, bytes] = {
    "a page": b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    "no such page": b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n",
    "no such page, HEAD": b"HEAD /nothing HTTP/1.1\r\nHost: x\r\n\r\n",
    "another method": b"DELETE /api/messages HTTP/1.1\r\nHost: x\r\n\r\n",
    "a method there is none of": b"BREW /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    "no body": b"POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
    "a bad length": b"POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    "no request line": b"hello\r\n\r\n",
    "no version": b"GET /healthz HTTP/9\r\nHost: x\r\n\r\n",
    "a bad header": b"GET /healthz HTTP/1.1\r\nHo st: x\r\n\r\n",
    "a long header": b"GET /healthz HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 20_000 + b"\r\n\r\n",
    "a long address": b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "an expectation": b"GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n",
    "HTTP 1.0": b"GET /healthz HTTP/1.0\r\n\r\n",
}


async def head(url: str, sent: bytes) -> list[str]:
    """The lines above an answer."""
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(sent)
    found = await reader.readuntil(b"\r\n\r\n")
    writer.close()
    return found.decode().split("\r\n")


@pytest.mark.parametrize("sent", RAW.values(), ids=RAW)
async def test_every_answer_has_the_headers_and_none_says_what_serves_it(
    bot: Any, sent: bytes
) -> None:
    lines = await head(bot.url, sent)
    names = {line.partition(":")[0].lower() for line in lines[1:] if line}
    assert {name.lower() for name in HEADERS} <= names, lines
    assert "server" not in names
    assert "aiohttp" not in "\n".join(lines).lower()


async def test_nothing_may_frame_sniff_or_keep_an_answer(bot: Any) -> None:
    async with bot.http.get(f"{bot.url}/readyz") as got:
        assert "frame-ancestors 'none'" in got.headers["Content-Security-Policy"]
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Cache-Control"] == "no-store"
        assert got.headers["Referrer-Policy"] == "no-referrer"
        assert got.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        assert {"default-src 'none'", "base-uri 'none'"} <= set(
            got.headers["Content-Security-Policy"].split("; ")
        )


async def test_a_mistake_of_ours_has_them_too(bot: Any) -> None:
    async def broken(turn: Any) -> Any:
        raise SystemError("told by nobody")

    bot.dialogs.act = broken
    async with bot.http.post(
        f"{bot.url}/api/messages", json=bot.invoke(), headers=bot.bearer()
    ) as got:
        assert got.headers["Cache-Control"] == "no-store"
        assert "Server" not in got.headers

"""Connections to the storage: kept between requests, and trusted no more once one of them broke."""

import asyncio
from typing import Final

import aiohttp
from azure.core.pipeline.transport import AioHttpTransport

from records.store.contract import Unavailable

DISTRUST: Final = 1.0
"""Seconds. What is asked once more is asked well within them."""


class Connections:
    """Those of one store, for its own requests and for the library's.

    With `proxied` the environment's proxy settings hold (`HTTPS_PROXY`, `NO_PROXY`, `~/.netrc`),
    which are then looked up in threads at every request.
    """

    def __init__(self, *, proxied: bool) -> None:
        self._proxied, self._broken, self._closed = proxied, -DISTRUST, False
        self._keeps: aiohttp.ClientSession | None = None
        self._opens: aiohttp.ClientSession | None = None

    def session(self) -> aiohttp.ClientSession:
        """Where the next request goes. Opened at the first, on the loop that runs then. Raises
        Unavailable once these are closed."""
        if self._closed:
            raise Unavailable("the store is closed")
        if asyncio.get_running_loop().time() - self._broken < DISTRUST:
            if self._opens is None:
                self._opens = self._made(aiohttp.TCPConnector(force_close=True))
            return self._opens
        if self._keeps is None:
            self._keeps = self._made(aiohttp.TCPConnector())
        return self._keeps

    def broke(self) -> None:
        """A request got no answer. What else is kept may be gone as well: a firewall, or a storage
        that restarts, ends all at once and tells nobody. For a while each request opens its own."""
        self._broken = asyncio.get_running_loop().time()

    async def close(self) -> None:
        """Close them: what is under way ends, and nothing is asked any more."""
        there, self._keeps, self._opens = (self._keeps, self._opens), None, None
        self._closed = True
        for session in there:
            if session is not None:
                await session.close()

    def _made(self, connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(),
            skip_auto_headers=("Content-Type", "User-Agent"),
            trust_env=self._proxied,
        )


class SameConnections(AioHttpTransport):  # type: ignore[misc]  # typed lazily by azure-core
    """The library's transport over these, which are closed by whoever made them."""

    def __init__(self, kept: Connections, timeout: float) -> None:
        super().__init__(connection_timeout=timeout)
        self._kept = kept

    async def open(self) -> None:
        """Before each request."""
        self.session, self._has_been_opened = self._kept.session(), True

    async def close(self) -> None:
        """It has nothing of its own."""

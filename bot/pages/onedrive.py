"""To and from a person's own OneDrive, at the addresses that Teams gives for one file.

The address comes in an activity, so it opens nothing by itself: https only, hosts on the list
alone (this machine in a demo), no user name, no other port, no redirect, no token of ours.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from bot.teams.service_urls import ServiceUrls
from dialogs.turn.file_transfer import FileTooLarge, NotCarried

MAX_ADDRESS = 8_192
"""Characters. SharePoint's addresses carry a token of their own and have some 2,000."""


class OneDrive:
    """Keeps `dialogs.carrier.Carrier` over one pool. `hosts` is the list of where files may lie."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        hosts: ServiceUrls,
        *,
        seconds: float,
        asks_consent: bool,
    ) -> None:
        self._http, self._hosts = http, hosts
        self._timeout = aiohttp.ClientTimeout(total=seconds, connect=seconds / 2)
        self._asks = asks_consent

    @property
    def asks_consent(self) -> bool:
        """Whether Teams takes files: a registered app does, the Playground cannot."""
        return self._asks

    async def store(self, address: str, body: bytes) -> None:
        """PUT the whole file at once. Source: Microsoft Graph, "Upload bytes to the session"."""
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes 0-{len(body) - 1}/{len(body)}",
        }
        async with self._called("PUT", address, data=body, headers=headers):
            return

    async def fetch(self, address: str, most: int) -> bytes:
        """GET a file, never more of it than `most`."""
        found = bytearray()
        async with self._called("GET", address) as answer:
            if (answer.content_length or 0) > most:
                raise FileTooLarge("too large")
            async for chunk in answer.content.iter_chunked(65_536):
                found += chunk
                if len(found) > most:
                    raise FileTooLarge("too large")
        return bytes(found)

    @asynccontextmanager
    async def _called(
        self,
        method: str,
        address: str,
        *,
        data: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        url = self._checked(address)
        try:
            async with self._http.request(
                method,
                url,
                data=data,
                headers=headers,
                allow_redirects=False,  # a redirect could lead into our own network
                timeout=self._timeout,
            ) as answer:
                if not 200 <= answer.status < 300:
                    raise NotCarried(f"status {answer.status}")
                yield answer
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            # Not chained: its text may have the address, which opens the file by itself.
            raise NotCarried(type(error).__name__) from None

    def _checked(self, address: str) -> URL:
        """The address, if its host is on the list. Raises NotCarried."""
        if len(address) > MAX_ADDRESS or not address.isascii() or not address.isprintable():
            raise NotCarried("address")
        try:
            parts = urlsplit(address)
            port = f":{parts.port}" if parts.port else ""
        except ValueError:
            raise NotCarried("address") from None
        odd = any(mark in address for mark in " \\#") or "@" in parts.netloc
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        if odd or not self._hosts.allows(f"{parts.scheme}://{host}{port}/"):
            raise NotCarried("host")
        return URL(address, encoded=True)

"""Where the ledger of erasures is: a file, or an append blob of Azure's, outside the tables.

`ERASURE_LEDGER` names it. A file is written anew beside itself and put in its place, so that it is
never half a line longer. A blob is added to only where it still is as long as it was when it was
read. Source: Azure Blob Storage REST API, *Append Block*, with the identity that the bot is.
"""

import fcntl
import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from email.utils import format_datetime
from http import HTTPStatus
from pathlib import Path
from typing import Final

import aiohttp

from bot.clock import Clock
from bot.settings import Settings
from bot.stores import credential
from records.rights.ledger import LedgerPlace

ONLY_ITS_OWNER: Final = 0o600
SCOPE: Final = "https://storage.azure.com/.default"
VERSION: Final = "2023-11-03"
"""Of the REST API."""
SECONDS: Final = 30
Token = Callable[[], Awaitable[str]]


class FilePlace:
    """A file on a disk that is none of the tables'."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def read(self) -> bytes | None:
        """All of it; None where there is none. Raises OSError."""
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return None

    async def append(self, line: bytes, after: int) -> None:
        """A line more. Raises OSError, also where it is not as long as it was."""
        with _alone(self._path.parent):
            there = await self.read() or b""
            if len(there) != after:
                raise OSError("the ledger has changed meanwhile")
            self._write(there + line)

    def _write(self, text: bytes) -> None:
        part = self._path.with_name(f"{self._path.name}.{secrets.token_hex(4)}.part")
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_ITS_OWNER)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer at a time, of all processes; the folder's own entry is on the disk at the end."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
        os.fsync(number)
    finally:
        os.close(number)


class BlobPlace:
    """An append blob. `now` is what a request says its time is."""

    def __init__(
        self, http: aiohttp.ClientSession, address: str, token: Token, clock: Clock
    ) -> None:
        self._http, self._address, self._token, self._clock = http, address, token, clock

    async def read(self) -> bytes | None:
        """All of it; None where there is none, or one that was made and not written to: that is two
        requests, and a process may end between them. Raises OSError."""
        status, body = await self._ask("GET", "", {})
        if status == HTTPStatus.NOT_FOUND:
            return None
        if status != HTTPStatus.OK:
            raise OSError(f"the ledger's storage answered {status}")
        return body or None

    async def append(self, line: bytes, after: int) -> None:
        """A line more. Raises OSError, also where it is not as long as it was."""
        if not after:
            made = {"x-ms-blob-type": "AppendBlob", "If-None-Match": "*"}
            status, _ = await self._ask("PUT", "", made)
            if status not in (HTTPStatus.CREATED, HTTPStatus.CONFLICT):
                raise OSError(f"the ledger's storage answered {status}")
        still = {"x-ms-blob-condition-appendpos": str(after)}
        status, _ = await self._ask("PUT", "?comp=appendblock", still, line)
        if status != HTTPStatus.CREATED:
            raise OSError(f"the ledger's storage answered {status}")

    async def _ask(
        self, method: str, query: str, headers: dict[str, str], body: bytes = b""
    ) -> tuple[int, bytes]:
        known = {
            "Authorization": f"Bearer {await self._token()}",
            "x-ms-version": VERSION,
            "x-ms-date": format_datetime(self._clock.now(), usegmt=True),
        }
        try:
            async with self._http.request(
                method, f"{self._address}{query}", headers={**known, **headers}, data=body
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise OSError(f"the ledger cannot be reached: {type(error).__name__}") from error


async def place(settings: Settings, clock: Clock, closing: AsyncExitStack) -> LedgerPlace | None:
    """Where the settings say that it is, or None. What was opened is closed with `closing`."""
    where = settings.erasure_ledger
    if not where:
        return None
    if "://" not in where:
        return FilePlace(Path(where))
    who = credential(settings)
    closing.push_async_callback(who.close)
    http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS))
    closing.push_async_callback(http.close)

    async def token() -> str:
        return (await who.get_token(SCOPE)).token

    return BlobPlace(http, where, token, clock)


@asynccontextmanager
async def ledger_of(settings: Settings, clock: Clock) -> AsyncIterator[LedgerPlace | None]:
    """The same for a command that somebody runs by hand."""
    async with AsyncExitStack() as closing:
        yield await place(settings, clock, closing)

"""Requests to the table service, as the storage documents them: signed, sent once, read whole.

Source: Azure Table Storage, "Table service REST API"; headers as in "Payload format".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from records.kept_secret import HoldsSecret
from records.store.azure.connections import Connections
from records.store.azure.signing import Signer
from records.store.contract import Unavailable

VERSION: Final = "2019-02-02"
JSON: Final = "application/json"
_ALWAYS: Final = {
    "Accept": "application/json;odata=minimalmetadata",
    "Accept-Encoding": "identity",
    "DataServiceVersion": "3.0",
    "MaxDataServiceVersion": "3.0;NetFx",
    "x-ms-version": VERSION,
}


@dataclass(frozen=True)
class Answer:
    """What came back, whatever it says."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Wire(HoldsSecret):
    """One account's table service. `address` may carry a shared access signature.

    Nothing is sent again here, and no redirect is followed.
    """

    def __init__(
        self, address: str, signer: Signer, clock: Callable[[], datetime], kept: Connections
    ) -> None:
        parts = urlsplit(address)
        self._host, self._path = f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/")
        self._signature, self._signer, self._clock = parts.query, signer, clock
        self._kept = kept

    async def ask(
        self,
        verb: str,
        path: str,
        *,
        query: str = "",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request; `path` and `query` are encoded. Raises Unavailable where no answer
        came or this is closed, OSError, and AzureError where no token could be had."""
        where, kind = f"{self._path}/{path}", JSON if body is not None else ""
        date = format_datetime(self._clock().astimezone(UTC), usegmt=True)
        proof = await self._signer.sign(verb, where, kind, date)
        sent = {**_ALWAYS, "x-ms-date": date, **(headers or {})}
        if kind:
            sent["Content-Type"] = kind
        if proof:
            sent["Authorization"] = proof
        asked = "&".join(one for one in (query, self._signature) if one)
        url = URL(f"{self._host}{where}?{asked}" if asked else self._host + where, encoded=True)
        try:
            async with self._kept.session().request(
                verb, url, data=body, headers=sent, allow_redirects=False
            ) as answer:
                found = Answer(answer.status, answer.headers, await answer.read())
        except aiohttp.ClientError as error:
            self._kept.broke()
            # Not chained: its text has the address, with people's keys and a signature in it.
            raise Unavailable(f"no answer from the storage: {type(error).__name__}") from None
        if found.status == 401:
            self._signer.refused()
        return found

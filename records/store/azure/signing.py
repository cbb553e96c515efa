"""How a request to the storage proves whose it is: with the account's key, with a token of
Microsoft Entra, or with a shared access signature, which stands in the address.

Source: Azure Storage, "Authorize with Shared Key", "Authorize with Microsoft Entra ID", and
"Create a service SAS".
"""

import asyncio
import base64
import hmac
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Final, Protocol

from azure.core.credentials import AccessToken, AzureNamedKeyCredential, AzureSasCredential
from azure.core.credentials_async import AsyncTokenCredential
from azure.core.exceptions import AzureError
from azure.data.tables.aio import TableServiceClient

from records.kept_secret import HoldsSecret

SCOPE: Final = "https://storage.azure.com/.default"
EARLY: Final = 300.0
"""Seconds before its end from which a new token is asked for."""
PATIENCE: Final = 0.5
"""Seconds that a request waits for a new token while the one there is still holds."""
AGAIN: Final = 30.0
"""Seconds after which a new one is asked for again while the one there is still holds."""


class Signer(Protocol):
    """Signs one request after another."""

    async def sign(self, verb: str, path: str, kind: str, date: str) -> str:
        """The `Authorization` header, empty for none. `path` is as it is sent, without a query;
        `kind` is the content type, empty without a body. Raises AzureError."""
        ...

    def refused(self) -> None:
        """The storage did not take the last signature."""
        ...


class SharedKey(HoldsSecret):
    """With a key of the account."""

    def __init__(self, account: str, key: str) -> None:
        self._account, self._key = account, base64.b64decode(key)

    async def sign(self, verb: str, path: str, kind: str, date: str) -> str:
        """The signature of verb, content type, date and path."""
        signed = f"{verb}\n\n{kind}\n{date}\n/{self._account}{path}"
        proof = base64.b64encode(hmac.digest(self._key, signed.encode(), "sha256"))
        return f"SharedKey {self._account}:{proof.decode()}"

    def refused(self) -> None:
        """A key stays what it is."""


class Bearer(HoldsSecret):
    """With a token, which is kept until shortly before its end and fetched by one at a time.

    While the one there is still holds, that no new one can be had stops nobody, nor that none
    comes: one request in half a minute waits for it, and not for long.
    """

    def __init__(self, credential: AsyncTokenCredential, clock: Callable[[], datetime]) -> None:
        self._credential, self._clock = credential, clock
        self._token: AccessToken | None = None
        self._fetching, self._again_at = asyncio.Lock(), 0.0

    async def sign(self, verb: str, path: str, kind: str, date: str) -> str:
        """The token, whatever the request is."""
        if self._left() < EARLY and not self._may_wait():
            async with self._fetching:
                if self._left() < EARLY:
                    await self._fetch()
        return f"Bearer {self._token.token}" if self._token else ""

    def refused(self) -> None:
        """The next request asks for another."""
        self._token = None

    def _left(self) -> float:
        return self._token.expires_on - self._clock().timestamp() if self._token else 0.0

    def _may_wait(self) -> bool:
        """Whether the one there is holds, and somebody is asking or has just asked for another."""
        early = self._clock().timestamp() < self._again_at
        return self._left() > 0 and (early or self._fetching.locked())

    async def _fetch(self) -> None:
        if self._left() <= 0:
            self._token = await self._credential.get_token(SCOPE)
            return
        self._again_at = self._clock().timestamp() + AGAIN
        with suppress(AzureError, TimeoutError):
            async with asyncio.timeout(PATIENCE):
                self._token = await self._credential.get_token(SCOPE)


class InTheAddress:
    """With a shared access signature, which the address has: nothing is signed."""

    async def sign(self, verb: str, path: str, kind: str, date: str) -> str:
        """Nothing."""
        return ""

    def refused(self) -> None:
        """It stays what it is."""


def signed_as(
    service: TableServiceClient,
    credential: AsyncTokenCredential | None,
    clock: Callable[[], datetime],
) -> tuple[str, Signer]:
    """The address of the table service, and what signs as this client of the library does."""
    own = service.credential
    if credential is not None:
        return service.url, Bearer(credential, clock)
    if isinstance(own, AzureNamedKeyCredential):
        return service.url, SharedKey(own.named_key.name, own.named_key.key)
    if isinstance(own, AzureSasCredential):
        return f"{service.url.rstrip('/')}?{own.signature.lstrip('?')}", InTheAddress()
    return service.url, InTheAddress()

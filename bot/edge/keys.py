"""The token issuer's signing keys: fetched without blocking, cached, refreshed when they rotate."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from bot.clock import Clock
from bot.single_flight import SingleFlight

log = logging.getLogger(__name__)

MAX_AGE: Final = 24 * 3600.0
"""Seconds after which keys are fetched again. Source: Microsoft asks for a refresh every 24 h."""
MIN_GAP: Final = 30.0
"""Seconds between two fetches, so that made-up key ids cannot make us hammer the issuer."""
MAX_DOCUMENT: Final = 1024 * 1024
MIN_KEY_BITS: Final = 2048


class IssuerDown(Exception):
    """No key has ever been had from the issuer, and it does not answer now."""


@dataclass(frozen=True)
class IssuerKey:
    """A signing key and the channels it may speak for."""

    key: RSAPublicKey
    endorsements: frozenset[str]


class IssuerKeys:
    """Keys by their id. Old ones serve while the issuer is down; a stale set refreshes unseen."""

    def __init__(
        self,
        metadata_url: str,
        http: aiohttp.ClientSession,
        clock: Clock,
        *,
        timeout: float = 4.0,
    ) -> None:
        self._url, self._http, self._clock = metadata_url, http, clock
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._keys: Mapping[str, IssuerKey] = {}
        self._fetched_at: float | None = None
        self._tried_at: float | None = None
        self._flight = SingleFlight(self._refresh)

    async def find(self, kid: str) -> IssuerKey | None:
        """The key with this id. An unknown id refreshes once, at most every `MIN_GAP` seconds."""
        known = self._keys.get(kid)
        if known is None:
            if self._flight.running or self._may_try():
                await self._flight.wait()
            known = self._keys.get(kid)
        elif self._old() and self._may_try():
            self._flight.start()
        if known is None and not self._keys:
            raise IssuerDown
        return known

    async def check(self) -> None:
        """For readiness: raises IssuerDown unless the issuer answered within a day and an hour."""
        if self._old() and self._may_try():
            await self._flight.wait()
        if self._fetched_at is None or self._age() > MAX_AGE + 3600:
            raise IssuerDown

    async def close(self) -> None:
        """End a fetch under way."""
        await self._flight.close()

    def _age(self) -> float:
        return self._clock.monotonic() - (self._fetched_at or 0.0)

    def _old(self) -> bool:
        return self._fetched_at is None or self._age() >= MAX_AGE

    def _may_try(self) -> bool:
        return self._tried_at is None or self._clock.monotonic() - self._tried_at >= MIN_GAP

    async def _refresh(self) -> None:
        self._tried_at = self._clock.monotonic()
        try:
            metadata = await self._document(self._url)
            found = _read_keys(await self._document(str(metadata["jwks_uri"])))
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            log.warning(
                "issuer keys not had",
                extra={"action": "issuer_keys_failed", "error": type(error).__name__},
            )
            return
        if found:
            self._keys, self._fetched_at = found, self._clock.monotonic()
            log.info("issuer keys had", extra={"action": "issuer_keys", "count": len(found)})

    async def _document(self, url: str) -> dict[str, Any]:
        async with self._http.get(url, timeout=self._timeout) as answer:
            answer.raise_for_status()
            text = bytearray()
            async for chunk in answer.content.iter_chunked(65_536):
                text += chunk
                if len(text) > MAX_DOCUMENT:
                    raise ValueError("document too large")
        document = json.loads(text)
        if not isinstance(document, dict):
            raise ValueError("not an object")
        return document


def _read_keys(document: Mapping[str, Any]) -> dict[str, IssuerKey]:
    """The usable ones; a key of another kind beside them does no harm."""
    found = {}
    for entry in document["keys"]:
        key = _read_key(entry)
        if key is not None:
            found[str(entry["kid"])] = key
    return found


def _read_key(entry: Any) -> IssuerKey | None:
    if not isinstance(entry, dict) or entry.get("kty") != "RSA" or not entry.get("kid"):
        return None
    try:
        key = RSAAlgorithm.from_jwk(entry)
    except (jwt.InvalidKeyError, ValueError, TypeError):
        return None
    if not isinstance(key, RSAPublicKey) or key.key_size < MIN_KEY_BITS:
        return None
    endorsements = entry.get("endorsements")
    names = endorsements if isinstance(endorsements, list) else []
    return IssuerKey(key, frozenset(name for name in names if isinstance(name, str)))

"""Who may speak to the bot: the channel's token, checked on every request.

Source: Bot Framework authentication, "Authenticate requests from the Bot Connector service".
"""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final, Protocol

import jwt
from jwt.types import Options

from bot.clock import Clock
from bot.edge.keys import IssuerDown, IssuerKey, IssuerKeys
from bot.teams.service_urls import ServiceUrls

ISSUER: Final = "https://api.botframework.com"
CHANNEL: Final = "msteams"
THE_CHANNELS: Final = "d6d49420-f39b-4df7-a1dc-d59a935871db"
"""Microsoft's own tenant of the Bot Framework (`botframework.com`)."""
SKEW: Final = 300.0
"""Seconds by which two clocks may differ. Source: the same page, five minutes."""
MAX_TOKEN: Final = 16 * 1024
CACHE_SIZE: Final = 1_000

# Times are compared by the clock that is passed in, not by PyJWT's own.
_OPTIONS: Final[Options] = {
    "require": ["exp", "iss", "aud"],
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
}


class Rejected(Exception):
    """The caller is not who may speak. `code` is for the log; the caller hears only the status."""

    def __init__(self, code: str, status: int = 401) -> None:
        super().__init__(code)
        self.code, self.status = code, status


class Gate(Protocol):
    """Lets a request in, or raises Rejected."""

    async def check(self, header: str, *, service_url: str, channel: str, tenant: str = "") -> None:
        """Check the Authorization header against what the activity says of itself."""
        ...


class OpenGate:
    """No token needed: the demo on loopback without an app id. The service URL is still checked."""

    def __init__(self, urls: ServiceUrls) -> None:
        self._urls = urls

    async def check(self, header: str, *, service_url: str, channel: str, tenant: str = "") -> None:
        """403 for a service URL off the list."""
        if not self._urls.allows(service_url):
            raise Rejected("service_url_not_allowed", 403)


@dataclass(frozen=True)
class _Passed:
    """What a checked token says, as far as each further request needs it."""

    expires: float
    service_url: str
    endorsements: frozenset[str]
    tenant: str = ""


class TokenGate:
    """The production gate. A token once checked is kept until it expires, `CACHE_SIZE` at most."""

    def __init__(self, app_id: str, keys: IssuerKeys, urls: ServiceUrls, clock: Clock) -> None:
        self._app_id, self._keys, self._urls, self._clock = app_id, keys, urls, clock
        self._passed: OrderedDict[bytes, _Passed] = OrderedDict()

    async def check(self, header: str, *, service_url: str, channel: str, tenant: str = "") -> None:
        """401 for a token that does not hold; 403 for a service URL off the list, or for another
        tenant than the token's, where it names one; 503 without keys.

        Channel, service URL and tenant are compared at every request, also for a kept token.
        """
        token = _bearer(header)
        passed = self._kept(token) or await self._verify(token)
        if channel != CHANNEL or channel not in passed.endorsements:
            raise Rejected("channel_not_endorsed")
        if _plain(passed.service_url) != _plain(service_url):
            raise Rejected("service_url_differs")
        if not self._urls.allows(service_url):
            raise Rejected("service_url_not_allowed", 403)
        if passed.tenant and tenant and passed.tenant != tenant.casefold():
            raise Rejected("tenant_differs", 403)

    def _kept(self, token: str) -> _Passed | None:
        digest = _digest(token)
        passed = self._passed.get(digest)
        if passed is None:
            return None
        if passed.expires <= self._clock.now().timestamp():
            del self._passed[digest]
            return None
        self._passed.move_to_end(digest)
        return passed

    async def _verify(self, token: str) -> _Passed:
        key = await self._key(token)
        claims = self._claims(token, key)
        passed = _Passed(
            self._expiry(claims), _service_url(claims), key.endorsements, _tenant(claims)
        )
        self._passed[_digest(token)] = passed
        if len(self._passed) > CACHE_SIZE:
            self._passed.popitem(last=False)
        return passed

    async def _key(self, token: str) -> IssuerKey:
        try:
            header = jwt.get_unverified_header(token)
        except jwt.PyJWTError as error:
            raise Rejected("not_a_token") from error
        if header.get("alg") != "RS256":
            raise Rejected("wrong_algorithm")
        kid = header.get("kid")
        if not isinstance(kid, str) or not kid:
            raise Rejected("no_key_id")
        try:
            key = await self._keys.find(kid)
        except IssuerDown as error:
            raise Rejected("issuer_down", 503) from error
        if key is None:
            raise Rejected("unknown_key")
        return key

    def _claims(self, token: str, key: IssuerKey) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,
                key.key,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=ISSUER,
                options=_OPTIONS,
            )
        except jwt.InvalidAudienceError as error:
            raise Rejected("wrong_audience") from error
        except jwt.InvalidIssuerError as error:
            raise Rejected("wrong_issuer") from error
        except jwt.MissingRequiredClaimError as error:
            raise Rejected("claim_missing") from error
        except jwt.InvalidSignatureError as error:
            raise Rejected("bad_signature") from error
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise Rejected("not_a_token") from error

    def _expiry(self, claims: dict[str, Any]) -> float:
        now = self._clock.now().timestamp()
        expires = _moment(claims["exp"])
        if now >= expires + SKEW:
            raise Rejected("expired")
        if "nbf" in claims and now < _moment(claims["nbf"]) - SKEW:
            raise Rejected("not_yet_valid")
        return expires


def _bearer(header: str) -> str:
    scheme, _, token = header.partition(" ")
    token = token.strip()
    if not header:
        raise Rejected("no_token")
    if scheme.casefold() != "bearer" or not token or not token.isascii():
        raise Rejected("not_a_bearer_token")
    if len(token) > MAX_TOKEN:
        raise Rejected("token_too_long")
    return token


def _service_url(claims: dict[str, Any]) -> str:
    """The claim's name is spelt two ways in Microsoft's own libraries."""
    for name in ("serviceurl", "serviceUrl"):
        if isinstance(claims.get(name), str):
            return str(claims[name])
    return ""


def _tenant(claims: dict[str, Any]) -> str:
    """The tenant a token is for, where it names one; the channel's own says only who issued it."""
    named = claims.get("tid")
    tenant = named.casefold() if isinstance(named, str) else ""
    return "" if tenant == THE_CHANNELS else tenant


def _moment(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e11:
        raise Rejected("bad_time")
    return float(value)


def _plain(url: str) -> str:
    return url.rstrip("/")


def _digest(token: str) -> bytes:
    # The cache holds no token that a memory dump could replay.
    return hashlib.sha256(token.encode()).digest()

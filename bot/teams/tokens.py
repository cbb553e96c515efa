"""The bot's own token towards Teams: one for the process, fetched off the loop, renewed early."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import msal  # type: ignore[import-untyped]  # msal ships no types
import requests
from requests.adapters import HTTPAdapter

from bot.clock import Clock
from bot.single_flight import SingleFlight
from bot.teams.service_urls import is_loopback

log = logging.getLogger(__name__)

AUDIENCE: Final = "https://api.botframework.com"
EARLY: Final = 300.0
"""Seconds before its end at which a token is renewed."""
YOUNG: Final = 60.0
"""Seconds in which a refused token is kept: fetching another would not help, and would repeat."""
FETCH_TIMEOUT: Final = 5.0


AWAY: Final = frozenset({"temporarily_unavailable", "server_error", "empty"})
"""Codes that are no refusal: Entra has trouble of its own (RFC 6749, 4.1.2.1), or said nothing."""


class NoToken(Exception):
    """Microsoft Entra gave no token. Nothing was sent to Teams.

    `ours` where it refused us, so that a new secret or right is needed; else it was away.
    """

    def __init__(self, why: str, *, ours: bool = False) -> None:
        super().__init__(why)
        self.ours = ours


class TokenSource(Protocol):
    """Where the connector gets its Authorization header."""

    async def header(self) -> str | None:
        """The header's value, or None when no token is wanted. Raises NoToken."""
        ...

    def drop(self) -> None:
        """Teams refused the token: ask for a new one at the next call."""
        ...


class NoTokens:
    """No token: the demo without an app id."""

    async def header(self) -> str | None:
        """Nothing to prove."""
        return None

    def drop(self) -> None:
        """Nothing to forget."""


@dataclass(frozen=True)
class Issued:
    """A token and the seconds for which it holds."""

    token: str
    seconds: float


Issuer = Callable[[], Issued]
"""Fetches a token, blocking; raises NoToken. Run in a thread."""


class EntraTokens:
    """One cached token. In its last five minutes it still serves while the next is fetched."""

    def __init__(self, issuer: Callable[[], Issuer], clock: Clock) -> None:
        """`issuer` makes a fetcher without a memory of its own, so that `drop` means something."""
        self._new_issuer, self._clock = issuer, clock
        self._issuer: Issuer | None = None
        self._token, self._since, self._until = "", 0.0, 0.0
        self._flight = SingleFlight(self._fetch)

    async def header(self) -> str | None:
        """`Bearer …`. Waits only when there is no token that still holds."""
        left = self._until - self._clock.monotonic() if self._token else 0.0
        if left <= 0:
            await self._flight.wait()
        elif left <= EARLY:
            self._flight.start()
        return f"Bearer {self._token}"

    def drop(self) -> None:
        """Forget the token, unless it is younger than `YOUNG` seconds."""
        if self._clock.monotonic() - self._since >= YOUNG:
            self._token, self._issuer = "", None

    async def close(self) -> None:
        """End a fetch under way."""
        await self._flight.close()

    async def _fetch(self) -> None:
        self._issuer = self._issuer or self._new_issuer()
        try:
            issued = await asyncio.to_thread(self._issuer)
        except NoToken as error:
            log.warning("no outbound token", extra={"action": "token_failed", "error": str(error)})
            raise
        self._since = self._clock.monotonic()
        self._token, self._until = issued.token, self._since + issued.seconds


def with_secret(authority: str, tenant: str, app_id: str, secret: str) -> Callable[[], Issuer]:
    """Fetchers for a single-tenant app with a password."""

    def make() -> Issuer:
        made: list[Any] = []

        def fetch() -> Issued:
            if not made:  # here and not above: msal asks the network while it is built
                made.append(_application(authority, tenant, app_id, secret))
            return _issued(lambda: made[0].acquire_token_for_client([f"{AUDIENCE}/.default"]))

        return fetch

    return make


def with_managed_identity(app_id: str) -> Callable[[], Issuer]:
    """Fetchers for a user-assigned managed identity; no password anywhere."""

    def make() -> Issuer:
        client = msal.ManagedIdentityClient(
            msal.UserAssignedManagedIdentity(client_id=app_id), http_client=_Session("")
        )
        return lambda: _issued(lambda: client.acquire_token_for_client(resource=AUDIENCE))

    return make


def _application(authority: str, tenant: str, app_id: str, secret: str) -> Any:
    local = is_loopback(urlsplit(authority).hostname or "")
    try:
        return msal.ConfidentialClientApplication(
            app_id,
            client_credential=secret,
            authority=f"{authority.rstrip('/')}/{tenant}".replace("http://", "https://", 1),
            instance_discovery=False if local else None,
            http_client=_Session(authority if local else ""),
        )
    except (requests.RequestException, ValueError, RuntimeError) as error:
        raise NoToken(type(error).__name__, ours=_ours(error)) from error


def _issued(acquire: Callable[[], Any]) -> Issued:
    try:
        answer = acquire()
    except (requests.RequestException, ValueError, msal.ManagedIdentityError) as error:
        raise NoToken(type(error).__name__, ours=_ours(error)) from error
    if not isinstance(answer, dict) or not answer.get("access_token"):
        # The code only: descriptions carry ids of the directory.
        code = answer.get("error", "empty") if isinstance(answer, dict) else "empty"
        raise NoToken(str(code), ours=code not in AWAY)
    return Issued(str(answer["access_token"]), float(answer.get("expires_in", 0)))


def _ours(error: Exception) -> bool:
    """A plain ValueError is msal's word for a tenant that there is not; a page is no answer."""
    return type(error) in (ValueError, msal.ManagedIdentityError)


class _Session(requests.Session):
    """requests with a timeout; towards a loopback authority in clear text, which msal refuses.

    msal insists on https and on a discovery document. For a token endpoint on this machine the
    document is answered here, so that a test needs to serve `/<tenant>/oauth2/v2.0/token` alone.
    """

    def __init__(self, local: str) -> None:
        super().__init__()
        self._local = local.rstrip("/")
        self.mount("https://", HTTPAdapter(max_retries=1))

    def request(self, method: str, url: str | bytes, **kwargs: Any) -> requests.Response:  # type: ignore[override]  # the two dozen keywords pass through
        """One request within `FETCH_TIMEOUT` seconds."""
        kwargs.setdefault("timeout", FETCH_TIMEOUT)
        address = str(url)
        if self._local and address.endswith("/v2.0/.well-known/openid-configuration"):
            return _discovery(address.removesuffix("/v2.0/.well-known/openid-configuration"))
        if self._local.startswith("http://"):
            address = address.replace("https://", "http://", 1)
        return super().request(method, address, **kwargs)


def _discovery(base: str) -> requests.Response:
    answer = requests.Response()
    answer.status_code = 200
    text = (
        f'{{"issuer": "{base}/v2.0", "authorization_endpoint": "{base}/oauth2/v2.0/authorize",'
        f' "token_endpoint": "{base}/oauth2/v2.0/token"}}'
    )
    answer._content = text.encode()
    return answer

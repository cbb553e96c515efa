"""Microsoft Entra, which issues the bot's token, through msal.

Whoever wants an issuer imports this in the thread that fetches: a bot without an app id has no use
for it, and msal with requests takes 50 ms to load where the bot framework has not loaded them yet.
"""

import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

import msal  # type: ignore[import-untyped]  # msal ships no types
import requests
from msal.exceptions import MsalError  # type: ignore[import-untyped]  # as above
from requests.adapters import HTTPAdapter

from bot.logs import hush_msal
from bot.teams.service_urls import is_loopback
from bot.teams.tokens import Issued, Issuer, NoToken

hush_msal()
AUDIENCE: Final = "https://api.botframework.com"
FETCH_TIMEOUT: Final = 5.0
AWAY: Final = frozenset({"temporarily_unavailable", "server_error", "empty", "unreadable"})
"""No refusal: Entra has trouble of its own (RFC 6749, 4.1.2.1), or said nothing that is a code."""
CODE: Final = re.compile(r"[A-Za-z_]{1,40}")
"""How a code is written. What is none is told nowhere: whatever was sent may stand in it."""


def with_secret(authority: str, tenant: str, app_id: str, secret: str) -> Issuer:
    """For a single-tenant app with a password. Asks the network already here; raises NoToken."""
    app = _application(authority, tenant, app_id, secret)
    return lambda: _issued(lambda: app.acquire_token_for_client([f"{AUDIENCE}/.default"]))


def with_managed_identity(app_id: str) -> Issuer:
    """For a user-assigned managed identity; no password anywhere."""
    client = msal.ManagedIdentityClient(
        msal.UserAssignedManagedIdentity(client_id=app_id), http_client=_Session("")
    )
    return lambda: _issued(lambda: client.acquire_token_for_client(resource=AUDIENCE))


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
        raise NoToken(type(error).__name__, ours=_ours(error)) from None


def _issued(acquire: Callable[[], Any]) -> Issued:
    try:
        answer = acquire()
    except (requests.RequestException, ValueError, MsalError) as error:
        # Not chained: an answer that could not be read stands in it, and in that what was sent.
        raise NoToken(type(error).__name__, ours=_ours(error)) from None
    if not isinstance(answer, dict) or not answer.get("access_token"):
        # The code only: descriptions carry ids of the directory.
        code = answer.get("error", "empty") if isinstance(answer, dict) else "empty"
        known = code if isinstance(code, str) and CODE.fullmatch(code) else "unreadable"
        raise NoToken(known, ours=known not in AWAY)
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

"""Calls to Teams, long as they are all here. Every way one may end is told by what it means.

Source: Bot Framework REST API, Connector service v3.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote

import aiohttp
from yarl import URL

from bot.teams.tokens import NoToken, TokenSource

log = logging.getLogger(__name__)

KEEP_ALIVE: Final = 15.0
"""Seconds an idle connection is kept: shorter than the far side's, which would cut it unseen."""
LEAST: Final = 0.001
"""Seconds that connecting has at least: none at all would mean as many as it likes."""
MAX_ANSWER: Final = 4 * 1024 * 1024
PAGE: Final = 500
MAX_PAGES: Final = 100

JsonObject = dict[str, Any]


class TeamsAnswered(Exception):
    """Teams said no, in HTTP. Nothing of the body goes into the message or a log."""

    def __init__(self, status: int, headers: Mapping[str, str], body: JsonObject) -> None:
        super().__init__(f"status {status}")
        self.status, self.headers, self.body = status, headers, body


class NeverConnected(Exception):
    """DNS, refusal, TLS, or no token to go with: Teams has not seen the request."""


class RefusedToken(NeverConnected):
    """There is no token for reasons of our own, such as a secret that has run out."""


class MayHaveArrived(Exception):
    """A time-out, a reset, or an answer that is none: Teams may have done what was asked."""


class NotAllowed(Exception):
    """The address is not on the allow-list, so no token is sent there."""


class BadId(NotAllowed):
    """An id of a chat or a message that no address could hold."""


def teams_session(seconds: float) -> aiohttp.ClientSession:
    """The pool for calls to Teams. Connecting gets half the time, so that a time-out after it
    always means that the request may have been sent.
    """
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=100, keepalive_timeout=KEEP_ALIVE),
        timeout=aiohttp.ClientTimeout(total=seconds, connect=seconds / 2),
        cookie_jar=aiohttp.DummyCookieJar(),
    )


class Connector:
    """The calls we use, over one pool and one token."""

    def __init__(
        self, http: aiohttp.ClientSession, tokens: TokenSource, allows: Callable[[str], bool]
    ) -> None:
        self._http, self._tokens, self._allows = http, tokens, allows

    async def send_to_conversation(
        self, service_url: str, conversation: str, activity: JsonObject
    ) -> str:
        """Post an activity; the id that Teams gave it."""
        path = f"conversations/{_part(conversation)}/activities"
        return _id(await self._call("POST", service_url, path, activity))

    async def reply_to_activity(
        self, service_url: str, conversation: str, activity_id: str, activity: JsonObject
    ) -> str:
        """Post an activity below another one; the id that Teams gave it."""
        path = f"conversations/{_part(conversation)}/activities/{_part(activity_id)}"
        return _id(await self._call("POST", service_url, path, activity))

    async def update_activity(
        self,
        service_url: str,
        conversation: str,
        activity_id: str,
        activity: JsonObject,
        *,
        leaves_within: float | None = None,
    ) -> None:
        """Put another activity in a sent one's place. Doing it twice does no harm.

        With `leaves_within` these seconds it is sent, or never: a token or a connection that takes
        longer is none.
        """
        path = f"conversations/{_part(conversation)}/activities/{_part(activity_id)}"
        await self._call("PUT", service_url, path, activity, leaves_within)

    async def delete_activity(self, service_url: str, conversation: str, activity_id: str) -> None:
        """Take a sent activity back."""
        path = f"conversations/{_part(conversation)}/activities/{_part(activity_id)}"
        await self._call("DELETE", service_url, path)

    async def create_conversation(
        self,
        service_url: str,
        *,
        bot_id: str,
        tenant: str,
        members: tuple[str, ...] = (),
        channel_data: JsonObject | None = None,
        activity: JsonObject | None = None,
    ) -> JsonObject:
        """Open a personal chat (one member), or a thread (`channelData.channel.id`, an activity).

        Gives `id`, and `activityId` where an activity went with it.
        """
        body: JsonObject = {
            "bot": {"id": bot_id},
            "isGroup": len(members) != 1,
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}, **(channel_data or {})},
        }
        if members:
            body["members"] = [{"id": member} for member in members]
        if activity is not None:
            body["activity"] = activity
        made = await self._call("POST", service_url, "conversations", body)
        _id(made)
        return made

    async def get_member(self, service_url: str, conversation: str, member: str) -> JsonObject:
        """A member by id, object id or mail address: name, `email`, `userPrincipalName`."""
        path = f"conversations/{_part(conversation)}/members/{_part(member)}"
        return await self._call("GET", service_url, path)

    async def get_members(self, service_url: str, conversation: str) -> list[JsonObject]:
        """All members of a conversation or team, page by page."""
        found: list[JsonObject] = []
        token = ""
        for _ in range(MAX_PAGES):
            path = f"conversations/{_part(conversation)}/pagedmembers?pageSize={PAGE}"
            if token:
                path += f"&continuationToken={quote(token, safe='')}"
            page = await self._call("GET", service_url, path)
            found += [member for member in page.get("members") or [] if isinstance(member, dict)]
            token = str(page.get("continuationToken") or "")
            if not token:
                break
        return found

    async def _call(
        self,
        method: str,
        service_url: str,
        path: str,
        body: JsonObject | None = None,
        leaves_within: float | None = None,
    ) -> JsonObject:
        """The JSON object of a 2xx answer, empty where there is none."""
        if not self._allows(service_url):
            raise NotAllowed(service_url)
        headers, timeout = await self._ready(leaves_within)
        url = URL(f"{service_url.rstrip('/')}/v3/{path}", encoded=True)
        try:
            async with self._http.request(
                method,
                url,
                data=_bytes(body),
                headers=headers,
                allow_redirects=False,  # a redirect would carry the token to another host
                timeout=timeout,
            ) as answer:
                found = await _json(answer)
                status, told = answer.status, answer.headers
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NeverConnected(type(error).__name__) from error
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError) as error:
            raise NotAllowed(service_url) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise MayHaveArrived(type(error).__name__) from error
        if 200 <= status < 300:
            return found
        if status == 401:
            self._tokens.drop()
        raise TeamsAnswered(status, told, found)

    async def _ready(self, seconds: float | None) -> tuple[dict[str, str], aiohttp.ClientTimeout]:
        """The headers, and the time for the rest, of which connecting has what is left of these
        seconds."""
        if seconds is None:
            return await self._headers(), self._http.timeout
        ends = asyncio.get_running_loop().time() + seconds
        try:
            async with asyncio.timeout_at(ends):
                headers = await self._headers()
        except TimeoutError as error:
            raise NeverConnected("no token in time") from error
        left = max(ends - asyncio.get_running_loop().time(), LEAST)
        total = self._http.timeout.total
        return headers, aiohttp.ClientTimeout(total=total, connect=left)

    async def _headers(self) -> dict[str, str]:
        try:
            proof = await self._tokens.header()
        except NoToken as error:
            kind = RefusedToken if error.ours else NeverConnected
            raise kind("no token") from error
        headers = {"Content-Type": "application/json; charset=utf-8"}
        return headers if proof is None else {**headers, "Authorization": proof}


async def _json(answer: aiohttp.ClientResponse) -> JsonObject:
    """The answer's JSON object. Anything else, a proxy's page for one, counts as none."""
    text = bytearray()
    async for chunk in answer.content.iter_chunked(65_536):
        text += chunk
        if len(text) > MAX_ANSWER:
            raise MayHaveArrived("answer too large")
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _bytes(body: JsonObject | None) -> bytes | None:
    if body is None:
        return None
    # Not escaped to ASCII: that would triple an answer in Arabic towards Teams' size limit.
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def _id(found: JsonObject) -> str:
    made = found.get("id")
    if not isinstance(made, str) or not made:
        raise MayHaveArrived("accepted without an id")
    return made


def _part(value: str) -> str:
    """One segment of a path: nothing in an id can climb out of it."""
    if value in ("", ".", ".."):
        raise BadId("an empty or dotted id")
    return quote(value, safe="")

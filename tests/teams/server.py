"""Teams on loopback: the calls that a bot makes, each answered as the service or an order says."""

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from tests.teams import answers
from tests.teams.answers import Answer, Refusal, Shape, Way
from tests.teams.service import Service

SILENCE_SECONDS: Final = 4.0
BASE: Final = "/uk"
"""What a service URL has behind its host: a region."""


@dataclass(frozen=True)
class Call:
    """One request of the bot's, as it came."""

    method: str
    path: str
    body: Any
    at: float
    status: int = 0


Do = Callable[[web.Request, dict[str, Any]], tuple[int, dict[str, Any] | None]]


class Server:
    """The connector service. `proof` is the Authorization header that it wants; empty wants none.

    `shape` is how refusals look that no order says otherwise of.
    """

    def __init__(self, service: Service, proof: str = "") -> None:
        self.service, self.proof, self.shape = service, proof, Shape.ERROR
        self.calls: list[Call] = []
        self.under_way = 0
        self.silence = SILENCE_SECONDS
        self._runner: web.AppRunner | None = None
        self.url = ""

    def app(self) -> web.Application:
        """The routes; whatever else is asked is a 404 without a body."""
        app = web.Application(client_max_size=8 * 1024 * 1024)
        chat = f"{BASE}/v3/conversations/{{chat}}"
        app.router.add_post(f"{BASE}/v3/conversations", self._doing(self._create))
        app.router.add_post(f"{chat}/activities", self._doing(self._post))
        app.router.add_post(f"{chat}/activities/{{id}}", self._doing(self._post))
        app.router.add_put(f"{chat}/activities/{{id}}", self._doing(self._put))
        app.router.add_delete(f"{chat}/activities/{{id}}", self._doing(self._delete))
        app.router.add_get(f"{chat}/pagedmembers", self._doing(self._members))
        app.router.add_get(f"{chat}/members/{{id}}", self._doing(self._member))
        return app

    async def open(self) -> None:
        """Listen on loopback."""
        self._runner = web.AppRunner(self.app(), shutdown_timeout=0.01, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}{BASE}"

    async def close(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    def _doing(self, do: Do) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            self.under_way += 1
            try:
                text = await request.text()
                body = json.loads(text) if text else {}
                answer = await self._answer(request, body, do)
            finally:
                self.under_way -= 1
            at = self.service.now()
            self.calls.append(Call(request.method, request.path, body, at, answer.status))
            return answer

        return handle

    async def _answer(
        self, request: web.Request, body: dict[str, Any], do: Do
    ) -> web.StreamResponse:
        if self.proof and request.headers.get("Authorization") != self.proof:
            return self._refused(answers.UNAUTHORIZED)
        ordered = self._ordered(request)
        if ordered is not None and not ordered.taken:
            return await self._given(request, ordered)
        try:
            status, found = do(request, body)
        except Refusal as refusal:
            return self._refused(refusal.answer)
        if ordered is not None:
            return await self._given(request, ordered)
        return web.json_response(found, status=status) if found is not None else web.Response()

    def _ordered(self, request: web.Request) -> Answer | None:
        chat = request.match_info.get("chat", "")
        place = self.service.places.get(chat.partition(";")[0])
        person = place.account.id if place is not None and place.account is not None else ""
        return self.service.orders.find(
            method=request.method, path=request.path, conversation=chat, person=person
        )

    async def _given(self, request: web.Request, answer: Answer) -> web.StreamResponse:
        match answer.way:
            case Way.RESET:
                return reset(request)
            case Way.SILENCE:
                await asyncio.sleep(self.silence)
                return reset(request)
            case Way.PAGE:
                return web.Response(text="<html>Sign in</html>", content_type="text/html")
            case Way.NO_ID:
                return web.json_response({}, status=201)
        return self._refused(answer)

    def _refused(self, answer: Answer) -> web.Response:
        shape = self.shape if answer.shape is Shape.ERROR else answer.shape
        body = answer.shaped(shape).body
        if body is None:
            return web.Response(status=answer.status, headers=answer.headers)
        return web.json_response(body, status=answer.status, headers=answer.headers)

    # Each call ---------------------------------------------------------------------------------

    def _create(self, _: web.Request, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        made: dict[str, Any] = {"id": self.service.create(body)}
        if body.get("activity"):
            made["activityId"] = self.service.post(made["id"], body["activity"]).id
        return 201, made

    def _post(self, request: web.Request, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        where = request.match_info
        made = self.service.post(where["chat"], body, below=where.get("id", ""))
        return 201, {"id": made.id}

    def _put(self, request: web.Request, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        where = request.match_info
        self.service.update(where["chat"], where["id"], body)
        return 200, {"id": where["id"]}

    def _delete(self, request: web.Request, _: dict[str, Any]) -> tuple[int, None]:
        self.service.delete(request.match_info["chat"], request.match_info["id"])
        return 200, None

    def _members(self, request: web.Request, _: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        asked = request.query
        page = int(asked.get("pageSize", "500"))
        token = asked.get("continuationToken", "")
        return 200, self.service.members(request.match_info["chat"], page, token)

    def _member(self, request: web.Request, _: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        where = request.match_info
        return 200, self.service.member(where["chat"], where["id"])


def reset(request: web.Request) -> web.StreamResponse:
    """Cut the connection, as a dying machine does."""
    if request.transport is not None:
        sock = request.transport.get_extra_info("socket")
        if sock is not None and sock.fileno() >= 0:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()
    return web.Response()

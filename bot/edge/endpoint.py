"""The HTTP edge: guards before anything else sees a request, and two words on health."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Final

from aiohttp import http_exceptions, web

from bot.edge.adapter import HttpAnswer
from bot.edge.auth import Rejected
from bot.edge.body import MAX_BYTES, BadRequest, read_object
from bot.edge.headers import SafeRunner
from bot.edge.incoming import Incoming, read_activity
from bot.edge.turns import of_error

log = logging.getLogger(__name__)

BODY_SECONDS: Final = 10.0
CHECK_SECONDS: Final = 2.0
CHECK_KEPT: Final = 5.0
"""Seconds for which a readiness answer is kept, so that probing us never loads what we lean on."""

Receive = Callable[[Incoming, str], Awaitable[HttpAnswer]]
Check = Callable[[], Awaitable[object]]

Told = int | list[str]
Beside = Callable[[], Told | Awaitable[Told]]
"""A count, or words, that an operator should see and that make nobody less ready."""

NOTHING_BESIDE: Final[Mapping[str, Beside]] = MappingProxyType({})


class NotReady(Exception):
    """A readiness check's own words, fit to be shown to anybody."""


class ReadinessChecks:
    """Asks every check, at most once in `CHECK_KEPT` seconds; a reason for each that failed.

    What is `beside` is told beside: it makes nobody less ready, and closes no door.
    """

    def __init__(
        self,
        checks: Mapping[str, Check],
        monotonic: Callable[[], float],
        beside: Mapping[str, Beside] = NOTHING_BESIDE,
    ) -> None:
        self._checks, self._monotonic, self._beside = checks, monotonic, beside
        self._lock = asyncio.Lock()
        self._asked_at: float | None = None
        self._reasons: list[str] = []
        self._kept: dict[str, tuple[float | None, Told]] = {}

    async def reasons(self) -> list[str]:
        """Why we are not ready, in words; empty when we are."""
        async with self._lock:
            now = self._monotonic()
            if self._asked_at is None or now - self._asked_at >= CHECK_KEPT:
                found = await asyncio.gather(*map(self._ask, self._checks))
                self._reasons = [reason for reason in found if reason]
                self._asked_at = now
            return self._reasons

    async def beside(self) -> dict[str, Told]:
        """What is told beside, by name, as it is now; what has to be asked for is asked and kept
        as a check is."""
        async with self._lock:
            return {name: await self._told(name, told) for name, told in self._beside.items()}

    async def _told(self, name: str, tell: Beside) -> Told:
        now = self._monotonic()
        at, kept = self._kept.get(name, (None, 0))
        if at is not None and now - at < CHECK_KEPT:
            return kept
        told = tell()
        if not isinstance(told, Awaitable):
            return told
        self._kept[name] = now, await self._asked(name, told)
        return self._kept[name][1]

    async def _asked(self, name: str, told: Awaitable[Told]) -> Told:
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                return await told
        # As for a check: whoever asks learns no more than that it does not answer.
        except Exception as error:
            extra = {"action": "not_told", "check": name, **of_error(error)}
            log.warning("not told beside", extra=extra)
            return ["does not answer"]

    async def _ask(self, name: str) -> str:
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                await self._checks[name]()
        except NotReady as error:
            return f"{name}: {error}"
        # A check may fail in any way; the probe's caller learns no more than that it did.
        except Exception as error:
            log.warning(
                "not ready", extra={"action": "not_ready", "check": name, **of_error(error)}
            )
            return f"{name}: does not answer"
        return ""


def routes(receive: Receive, readiness: ReadinessChecks) -> list[web.RouteDef]:
    """POST /api/messages, GET /healthz, GET /readyz; other methods get 405 and one line."""

    async def messages(request: web.Request) -> web.Response:
        return await _guarded(request, receive)

    async def healthz(request: web.Request) -> web.Response:
        if request.method not in ("GET", "HEAD"):
            return _refused(request, 405, "method", "Use GET.")
        return web.json_response({"alive": True})

    async def readyz(request: web.Request) -> web.Response:
        if request.method not in ("GET", "HEAD"):
            return _refused(request, 405, "method", "Use GET.")
        reasons = await readiness.reasons()
        said = {"ready": not reasons, "reasons": reasons, **await readiness.beside()}
        return web.json_response(said, status=503 if reasons else 200)

    return [
        web.route("*", "/api/messages", messages),
        web.route("*", "/healthz", healthz),
        web.route("*", "/readyz", readyz),
    ]


async def _guarded(request: web.Request, receive: Receive) -> web.Response:
    """Every refusal is one line of JSON and one line in the log; none is a traceback."""
    ids: Mapping[str, str] = {}
    try:
        incoming = read_activity(read_object(await _body(request)))
        ids = incoming.ids
        outcome = await receive(incoming, ", ".join(request.headers.getall("Authorization", [])))
    except BadRequest as error:
        return _refused(request, error.status, error.code, error.reason)
    except Rejected as error:
        return _refused(request, error.status, error.code, "Not authorised.", ids)
    # The last net: a mistake of ours must not show itself, nor what the person wrote.
    except Exception as error:
        log.error("request failed", extra={"action": "request_failed", **of_error(error), **ids})
        return web.json_response({"error": "Something went wrong here."}, status=500)
    if outcome.body is None:
        return web.Response(status=outcome.status)
    return web.json_response(outcome.body, status=outcome.status)


def _check_head(request: web.Request) -> None:
    """What can be refused before a byte of the body is read."""
    if request.method != "POST":
        raise BadRequest(405, "method", "Use POST.")
    if request.content_type != "application/json":
        raise BadRequest(415, "content_type", "Send application/json.")
    if (request.charset or "utf-8").casefold() not in ("utf-8", "utf8"):
        raise BadRequest(415, "charset", "Send UTF-8.")
    if "Content-Encoding" in request.headers:
        raise BadRequest(415, "content_encoding", "Send it uncompressed.")
    if (request.content_length or 0) > MAX_BYTES:
        raise BadRequest(413, "too_large", f"The body is over {MAX_BYTES} bytes.")


async def _body(request: web.Request) -> bytes:
    _check_head(request)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > MAX_BYTES:
                    raise BadRequest(413, "too_large", f"The body is over {MAX_BYTES} bytes.")
    except TimeoutError as error:
        raise BadRequest(408, "too_slow", "The body did not arrive in time.") from error
    except (web.RequestPayloadError, http_exceptions.HttpProcessingError) as error:
        raise BadRequest(400, "broken_body", "The body could not be read.") from error
    return bytes(body)


def _refused(
    request: web.Request, status: int, code: str, reason: str, ids: Mapping[str, str] | None = None
) -> web.Response:
    """The audit line holds the reason's code and ids: never the token, never the body."""
    log.warning(
        "request refused",
        extra={"action": "request_refused", "reason": code, "status": status, **(ids or {})},
    )
    answer = web.json_response({"error": reason}, status=status)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if status == 405:
        answer.headers["Allow"] = "POST" if request.path == "/api/messages" else "GET, HEAD"
    if not request.content.at_eof():
        answer.force_close()  # rather than read to the end what was refused
    return answer


def server(app: web.Application, *, drain: float = 20.0) -> web.AppRunner:
    """The HTTP server for an application, with a log of its own that keeps to one line.

    Bodies are not unpacked: a compressed one is refused, so unpacking it would only cost. `drain`
    is how many seconds a stop waits for requests under way.
    """
    quiet = logging.getLogger("bot.server")
    quiet.addFilter(_ONE_LINE)
    return SafeRunner(
        app, logger=quiet, access_log=None, auto_decompress=False, shutdown_timeout=drain
    )


class _OneLine(logging.Filter):
    """Bytes that are no HTTP are one line; a broken rest of what was answered already is none."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, web.RequestPayloadError):
            return False
        if isinstance(error, http_exceptions.HttpProcessingError):
            record.exc_info = record.exc_text = None
            record.msg, record.args = "request refused: not HTTP", ()
            record.action, record.reason = "request_refused", "not_http"
        return True


_ONE_LINE: Final = _OneLine()

"""Start Azurite, the bot and the windows, and see to it that they end together."""

import os
import secrets
import signal
from asyncio import FIRST_COMPLETED, Event, ensure_future, gather
from asyncio import wait as wait_for_any
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Final

import aiohttp

from bot.demo.options import LOOPBACK, Options
from bot.demo.personas import FACILITATORS, TEAM_ID, TENANT, WITH_WINDOW
from bot.demo.playground import Window
from bot.demo.preflight import AZURITE, check
from bot.demo.processes import Child
from bot.demo.readiness import any_answer, fine, ready, together

ACCOUNT: Final = "devstoreaccount1"
# Azurite's published development key: it opens nothing but an emulator on loopback.
KEY: Final = (
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
)
NOT_HANDED_ON: Final = ("TABLES_ENDPOINT", "PUBLIC_URL", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


class Demo:
    """Everything the demo runs, as one thing: `async with Demo(options) as demo: ...`."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.windows: Mapping[str, Window] = {
            p.key: Window(p, options.window_ports[p.key], options.data / "playground" / p.key)
            for p in WITH_WINDOW
        }
        self._node = ""
        self._children: dict[str, Child] = {}
        self._changed = Event()

    @property
    def bot_url(self) -> str:
        """The bot's own address."""
        return f"http://{LOOPBACK}:{self.options.bot_port}"

    @property
    def tables_connection_string(self) -> str:
        """How to reach Azurite's tables."""
        endpoint = f"http://{LOOPBACK}:{self.options.azurite_port}/{ACCOUNT}"
        return (
            f"DefaultEndpointsProtocol=http;AccountName={ACCOUNT};AccountKey={KEY};"
            f"TableEndpoint={endpoint};"
        )

    async def __aenter__(self) -> "Demo":
        try:
            await self.start()
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start everything and return when all of it answers. Raises CannotStart or Ended."""
        self._node = check(self.options)
        await together(
            self._start_azurite_and_bot(), *(self._start_window(w) for w in self.windows.values())
        )
        await self.announce()

    async def stop(self) -> None:
        """End everything; Azurite last, since the bot gives back its leases on the way out."""
        azurite = self._children.pop("Azurite", None)
        others, self._children = list(self._children.values()), {}
        await gather(*(child.stop() for child in others))
        if azurite is not None:
            await azurite.stop()

    async def wait(self) -> None:
        """Return never: raise Ended as soon as a child ends that was not told to."""
        while True:
            self._changed.clear()
            waits = [ensure_future(c.process.wait()) for c in self._children.values()]
            waits.append(ensure_future(self._until_changed()))
            try:
                await wait_for_any(waits, return_when=FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()
            for child in self._children.values():
                if not child.running:
                    raise child.ended()

    async def start_bot(self) -> None:
        """Start the bot and return when it answers."""
        await self._start("bot", self.options.bot_command, self._bot_environment())
        await self._ready("bot", f"{self.bot_url}/healthz", fine)

    async def kill_bot(self) -> None:
        """End the bot without warning, as a crash would."""
        await self._forget("bot").kill()

    async def announce(self) -> None:
        """Have every window announce its chats, so that all can be reached before a page opens."""
        async with aiohttp.ClientSession() as http:
            for url in (url for w in self.windows.values() for url in w.announcements):
                async with http.post(url, json={}) as answer:
                    answer.raise_for_status()

    async def _start_azurite_and_bot(self) -> None:
        await self._start_azurite()
        await self.start_bot()

    async def _start_azurite(self) -> None:
        folder = self.options.data / "azurite"
        folder.mkdir(parents=True, exist_ok=True)
        listen = ["--tableHost", LOOPBACK, "--tablePort", str(self.options.azurite_port)]
        quiet = ["--location", str(folder), "--disableTelemetry", "--skipApiVersionCheck"]
        command = [self._node, str(AZURITE), *listen, *quiet, "--silent"]
        # It writes to disk every five seconds, and once more on SIGINT alone: any other end
        # loses what was stored last.
        ends = {"goodbye": signal.SIGINT, "orphaned": signal.SIGINT}
        await self._start("Azurite", command, _environment(), **ends)
        await self._ready("Azurite", f"http://{LOOPBACK}:{self.options.azurite_port}/")

    async def _start_window(self, window: Window) -> None:
        window.write_config()
        name = f"{window.persona.key}'s window"
        command = window.command(self._node, f"{self.bot_url}/api/messages")
        await self._start(name, command, _environment() | window.environment)
        await self._ready(name, window.url, fine)

    async def _until_changed(self) -> int:
        await self._changed.wait()
        return 0

    def _bot_environment(self) -> dict[str, str]:
        return {
            **_environment(),
            "PYTHONUNBUFFERED": "1",
            "DEMO": "1",
            "HOST": LOOPBACK,
            "PORT": str(self.options.bot_port),
            "TABLES_CONNECTION_STRING": self.tables_connection_string,
            "ALLOWED_TENANTS": TENANT,
            "ALLOWED_SERVICE_URLS": ",".join(w.service_url for w in self.windows.values()),
            "LINK_SECRET": self._link_secret(),
            "FACILITATORS": ",".join(one.mail for one in FACILITATORS),
            "FACILITATION_TEAM_ID": TEAM_ID,
            "FACILITATION_CHANNEL_ID": TEAM_ID,
            **({"DEMO_TIME": self.options.demo_time} if self.options.demo_time else {}),
            **self.options.environment,
        }

    def _link_secret(self) -> str:
        """Kept with the demo's data, so that links in the windows outlive a bot that restarts."""
        kept = self.options.data / "link-secret"
        if not kept.is_file():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_hex(32))
        return kept.read_text()

    async def _start(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        **ends: signal.Signals,
    ) -> None:
        log = self.options.data / "logs" / f"{name.replace(chr(39), '').replace(' ', '-')}.log"
        self._children[name] = await Child.start(
            name,
            command,
            log=log,
            environment=environment,
            folder=self.options.root,
            **ends,
        )
        self._changed.set()

    def _forget(self, name: str) -> Child:
        child = self._children.pop(name)
        self._changed.set()
        return child

    async def _ready(self, name: str, url: str, good: Callable[[int], bool] = any_answer) -> None:
        await ready(self._children[name], url, good)


def _environment() -> dict[str, str]:
    """This process's environment without what belongs to a real installation, and without proxies:
    the demo has no app id, and everything it talks to is on loopback."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MICROSOFT_APP_") and name.upper() not in NOT_HANDED_ON
    }

"""The rig of a run: storage, Microsoft's side, the load, and the servers that are put to it."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple, TextIO

import aiohttp

from bench import environments
from bench.checks import Wrong, shown
from bench.client import Answer, Load
from bench.peers.given import APP_ID, SECRET, TENANT
from bench.processes import ROOT, Server, free_port, started
from bench.proxy import address, through
from bench.steps import Step
from bench.town import Member, Town, tenants
from records.store.azure import TableStore
from tests.faults.family import new_prefix

FOLDER: Final = ROOT / "bench" / ".run"
"""Where the processes of a run log."""


class Got(NamedTuple):
    """What Teams has got. `latest` messages have their chat and their bytes."""

    messages: int
    updates: int
    latest: list[tuple[str, int]]


@dataclass(frozen=True)
class Rig:
    """`azurite` is a connection string, `services` the address of Microsoft's side. `rounds` are
    those that count, `people` act in each."""

    azurite: str
    services: str
    load: Load
    token: str
    folder: Path
    rows: TextIO
    rounds: int
    people: int

    def row(self, measurement: str, **facts: Any) -> None:
        """One raw row, a JSON object a line."""
        self.rows.write(json.dumps({"measurement": measurement, **facts}) + "\n")
        self.rows.flush()

    async def got(self, after: int = 0) -> "Got":
        """What Teams has got so far; of its messages those after so many."""
        url = f"{self.services}/got?after={after}"
        async with aiohttp.ClientSession() as http, http.get(url) as answer:
            return Got(**await answer.json())

    @asynccontextmanager
    async def bot(self, storage: str = "") -> AsyncIterator["Bot"]:
        """The product as `python -m bot` starts it, over tables of its own. `storage` is another
        way to the same storage."""
        prefix, port = new_prefix(), free_port()
        env = self.settings(storage or self.azurite, prefix, port)
        store = TableStore(self.azurite, clock=lambda: datetime.now(UTC), prefix=prefix, timeout=30)
        town = Town(store, self.services, f"28:{APP_ID}")
        await town.open()
        try:
            with started("ours", [sys.executable, "-m", "bot"], self.folder, env, port) as server:
                yield Bot(self, server, store, town)
        finally:
            await store.close()

    def settings(self, storage: str, prefix: str, port: int) -> dict[str, str]:
        """The environment of the product: as shipped, but for where everything is."""
        return {
            "PORT": str(port),
            "MICROSOFT_APP_ID": APP_ID,
            "MICROSOFT_APP_PASSWORD": SECRET,
            "MICROSOFT_APP_TENANT_ID": TENANT,
            "ALLOWED_TENANTS": tenants(),
            "CHANNEL_OPENID_METADATA_URL": f"{self.services}/openid",
            "OUTBOUND_TOKEN_AUTHORITY": self.services,
            "ALLOWED_SERVICE_URLS": self.services,
            "TABLES_CONNECTION_STRING": storage,
            "TABLES_PREFIX": prefix,
            "FACILITATORS": "fay@facilitation.example",
        }

    @asynccontextmanager
    async def delayed(self) -> AsyncIterator["Delayed"]:
        """A way to the storage on which each trip can take longer, and is counted."""
        storage, port = free_port(), free_port()
        host, there = address(self.azurite)
        command = [sys.executable, "-m", "bench.proxy", host, str(there)]
        env = {"STORAGE": str(storage), "PORT": str(port)}
        with started("proxy", command, self.folder, env, port):
            yield Delayed(f"http://127.0.0.1:{port}", through(self.azurite, storage))

    @asynccontextmanager
    async def peer(self, name: str, card: Mapping[str, Any]) -> AsyncIterator[Server]:
        """A peer that answers with this card."""
        file, port = self.folder / "card.json", free_port()
        file.write_text(json.dumps(card))
        env = {"PORT": str(port), "SERVICES": self.services, "CARD": str(file)}
        command = [str(environments.python(name)), "-m", f"bench.peers.{name}"]
        with started(name, command, self.folder, env, port) as server:
            yield server

    async def send(
        self, server: Server, bodies: list[dict[str, Any]], at_once: int
    ) -> list[Answer]:
        """Each body once."""
        return await self.load.send(server.url, self.token, bodies, at_once)


@dataclass(frozen=True)
class Bot:
    """The product and who uses it. `store` is our own way to what it keeps."""

    rig: Rig
    server: Server
    store: TableStore
    town: Town

    async def do(self, members: Sequence[Member], step: Step, at_once: int) -> list[Answer]:
        """Each does it once; their cards are those in the answers. Raises Wrong."""
        bodies = [step.act(member) for member in members]
        answers = await self.rig.send(self.server, bodies, at_once)
        for member, answer in zip(members, answers, strict=True):
            if step.shows:
                member.card = shown(answer, step.shows)
            elif answer.status != 200:
                raise Wrong(f"status {answer.status}: {answer.text[:200]}")
        return answers


@dataclass(frozen=True)
class Delayed:
    """The proxy in front of the storage: its control, and the connection string through it."""

    control: str
    connection: str

    async def delay(self, seconds: float) -> None:
        """What each trip takes more from now on."""
        async with aiohttp.ClientSession() as http:
            await http.post(f"{self.control}/delay?seconds={seconds}")

    async def answered(self, since: float, until: float) -> int:
        """How many trips began and were answered in between, by the monotonic clock."""
        found = await self._asked(f"trips?since={since}")
        return sum(0 < answered <= until for _, answered in found)

    async def quiet(self, seconds: float) -> None:
        """Wait until none has been under way for so long."""
        while True:
            if time.monotonic() - await self._asked("last") > seconds:
                return
            await asyncio.sleep(seconds / 4)

    async def _asked(self, what: str) -> Any:
        url = f"{self.control}/{what}"
        async with aiohttp.ClientSession() as http, http.get(url) as answer:
            return await answer.json()


@asynccontextmanager
async def rigged(azurite: str, rows: Path, *, rounds: int, people: int) -> AsyncIterator[Rig]:
    """Everything that all measurements need, until this ends. Raises NotStarted."""
    FOLDER.mkdir(exist_ok=True)
    port = free_port()
    services, command = f"http://127.0.0.1:{port}", [sys.executable, "-m", "bench.services"]
    load = await Load.begin()
    try:
        with rows.open("w") as out, started("services", command, FOLDER, {"PORT": str(port)}, port):
            async with aiohttp.ClientSession() as http:
                asked = {"serviceurl": services}
                async with http.get(f"{services}/bearer", params=asked) as answer:
                    token = await answer.text()
            yield Rig(azurite, services, load, token, FOLDER, out, rounds, people)
    finally:
        await load.end()

"""The demo as a whole: real Azurite, real Playground windows, a bot without a product."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from azure.data.tables.aio import TableServiceClient

from bot.demo import CannotStart, Demo, Ended, Options
from bot.demo.personas import FACILITATORS, TEAM_ID

ECHO = Path(__file__).parents[2] / "browser" / "echo_bot.py"
LAUNCH = """
import sys, bot.demo.__main__ as main
from pathlib import Path
from bot.demo import Options
ports = [int(word) for word in sys.argv[2:5]]
main.read_options = lambda: Options(Path(sys.argv[1]), *ports, bot_command=sys.argv[5:])
sys.exit(main.main())
"""


def options(data: Path) -> Options:
    return replace(Options.on_free_ports(data), bot_command=(sys.executable, str(ECHO)))


def listening(chosen: Options) -> list[int]:
    def answers(port: int) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    return [port for port in chosen.ports if answers(port)]


def until_silent(chosen: Options) -> None:
    until = time.monotonic() + 15
    while listening(chosen):
        assert time.monotonic() < until, f"still listening: {listening(chosen)}"
        time.sleep(0.05)


async def bot_state(demo: Demo) -> dict[str, Any]:
    async with ClientSession() as http, http.get(f"{demo.bot_url}/activities") as answer:
        return dict(await answer.json())


async def announced(demo: Demo) -> set[str]:
    incoming = (await bot_state(demo))["incoming"]
    return {a["conversation"]["id"] for a in incoming if a["type"] == "installationUpdate"}


@contextmanager
def launched(chosen: Options) -> Iterator[subprocess.Popen[str]]:
    """`python -m bot.demo`, up and running, as a process of its own."""
    ports = (chosen.bot_port, chosen.azurite_port, chosen.playground_port)
    words = [str(word) for word in (chosen.data, *ports, *chosen.bot_command)]
    with subprocess.Popen(
        [sys.executable, "-c", LAUNCH, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=chosen.root,
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if "Ctrl-C stops everything" in line:
                    break
            yield process
        finally:
            process.kill()


async def test_everyone_and_the_team_are_announced_before_a_page_is_opened(tmp_path: Path) -> None:
    async with Demo(options(tmp_path)) as demo:
        expected = {w.persona.personal_chat for w in demo.windows.values()} | {TEAM_ID}
        async with asyncio.timeout(10):
            while expected != await announced(demo):
                await asyncio.sleep(0.02)
        environment = (await bot_state(demo))["environment"]
    assert environment["FACILITATORS"] == ",".join(f.mail for f in FACILITATORS)
    assert environment["FACILITATION_TEAM_ID"] == TEAM_ID


async def test_a_mail_address_finds_its_person_through_the_team(tmp_path: Path) -> None:
    async with Demo(options(tmp_path)) as demo, ClientSession() as http:
        facilitator, manager = demo.windows["facilitator"], demo.windows["manager"].persona
        members = f"{facilitator.service_url}/v3/conversations/{TEAM_ID}/members"
        async with http.get(f"{members}/{manager.mail}") as answer:
            found = await answer.json()
        async with http.get(f"{members}/tom.elm@school.example") as answer:
            assert answer.status == 404
    assert found["aadObjectId"] == manager.object_id
    assert found["email"] == manager.mail


async def test_what_azurite_holds_survives_a_restart(tmp_path: Path) -> None:
    chosen = options(tmp_path)
    row = {"PartitionKey": "p", "RowKey": "r", "said": "kept"}
    async with Demo(chosen) as demo:
        service = TableServiceClient.from_connection_string(demo.tables_connection_string)
        async with service, service.get_table_client("demo") as table:
            await table.create_table()
            await table.create_entity(row)
    async with Demo(chosen) as demo:
        service = TableServiceClient.from_connection_string(demo.tables_connection_string)
        async with service, service.get_table_client("demo") as table:
            assert (await table.get_entity("p", "r"))["said"] == "kept"


async def test_a_child_that_ends_on_its_own_ends_the_demo_and_says_why(tmp_path: Path) -> None:
    chosen = options(tmp_path)
    async with Demo(chosen) as demo:
        waiting = asyncio.create_task(demo.wait())
        await demo.kill_bot()
        await demo.start_bot()
        assert not waiting.done()
        os.kill((await bot_state(demo))["pid"], signal.SIGKILL)
        with pytest.raises(Ended, match="bot ended"):
            await waiting
    assert listening(chosen) == []


async def test_a_bot_that_fails_at_its_start_is_told_with_its_last_words(tmp_path: Path) -> None:
    words = (sys.executable, "-c", "raise SystemExit('TABLES_CONNECTION_STRING is missing')")
    chosen = replace(options(tmp_path), bot_command=words)
    with pytest.raises(Ended, match="TABLES_CONNECTION_STRING is missing"):
        async with Demo(chosen):
            pytest.fail("it started")
    assert listening(chosen) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    chosen = options(tmp_path)
    with launched(chosen) as process:
        assert len(listening(chosen)) == 6
        process.send_signal(number)
        assert process.wait(15) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert listening(chosen) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's help is Linux's")
def test_a_launcher_killed_outright_leaves_nothing_behind(tmp_path: Path) -> None:
    chosen = options(tmp_path)
    with launched(chosen) as process:
        process.kill()
        process.wait(15)
        until_silent(chosen)


async def test_nothing_listens_beyond_loopback(tmp_path: Path) -> None:
    async with Demo(options(tmp_path)) as demo:
        table = Path("/proc/net/tcp6").read_text() + Path("/proc/net/tcp").read_text()
        rows = [line.split() for line in table.splitlines()]
        local = [row[1].split(":") for row in rows if len(row) > 3 and row[3] == "0A"]
        ours = {f"{port:04X}" for port in demo.options.ports}
        assert {address for address, port in local if port in ours} == {"0100007F"}
        assert {port for _, port in local if port in ours} == ours


async def test_a_taken_port_is_named_with_the_setting_that_moves_it(tmp_path: Path) -> None:
    chosen = options(tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", chosen.playground_port + 2))
        other.listen()
        with pytest.raises(CannotStart) as told:
            await Demo(chosen).start()
    assert f"Port {chosen.playground_port + 2} is taken" in str(told.value)
    assert "the facilitator's window" in str(told.value)
    assert "PLAYGROUND_PORT" in str(told.value)


def test_each_window_has_its_own_person_and_five_others(tmp_path: Path) -> None:
    for window in Demo(Options(tmp_path)).windows.values():
        window.write_config()
        config = json.loads((window.folder / "config.yml").read_text())
        assert config["currentUser"]["name"] == window.persona.name
        assert len({user["id"] for user in config["users"]} - {window.persona.mail}) == 5


async def test_a_window_that_finds_its_port_taken_ends_and_says_so(tmp_path: Path) -> None:
    window = Demo(options(tmp_path)).windows["manager"]
    window.write_config()
    with socket.socket() as other:
        other.bind(("127.0.0.1", window.port))
        other.listen()
        command = window.command("node", "http://127.0.0.1")
        process = await asyncio.create_subprocess_exec(
            *command,
            env={**os.environ, **window.environment},
            cwd=Options.root,
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert b"The port is taken." in said

"""The load, from a process of its own, so that its work counts for no server.

Run as a program it reads a job a line as JSON and writes its answers as a line. Bodies are made
before and answers are read after the time that is taken: seconds are those of one request on the
wire, from its first byte to the last of its answer.
"""

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from typing import Any, Final, Self

import aiohttp

from bench.processes import ROOT

LONGEST_LINE: Final = 256 * 1024 * 1024
PATIENCE: Final = 30.0
"""Seconds for one request."""


@dataclass(frozen=True)
class Answer:
    """What came back. Status 0 means that nothing did."""

    seconds: float
    status: int
    text: str


class Load:
    """The client's side of this process: jobs in, answers out."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def begin(cls) -> Self:
        """Start it."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bench.client",
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=LONGEST_LINE,
        )
        return cls(process)

    async def send(
        self, url: str, token: str, bodies: list[dict[str, Any]], at_once: int
    ) -> list[Answer]:
        """Post each body once, so many at a time; the answers in the order of the bodies."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        job = {"url": url, "token": token, "at_once": at_once}
        line = json.dumps({**job, "bodies": [json.dumps(one) for one in bodies]})
        self._process.stdin.write(line.encode() + b"\n")
        await self._process.stdin.drain()
        answers = json.loads(await self._process.stdout.readline())
        return [Answer(*one) for one in answers]

    async def end(self) -> None:
        """No more jobs."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()


async def _work(http: aiohttp.ClientSession, job: dict[str, Any]) -> list[tuple[float, int, str]]:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {job['token']}"}
    bodies = [one.encode() for one in job["bodies"]]
    answers = [(0.0, 0, "")] * len(bodies)
    waiting = iter(enumerate(bodies))

    async def one_after_another() -> None:
        for place, body in waiting:
            begun = time.perf_counter()
            try:
                async with http.post(job["url"], data=body, headers=headers) as got:
                    text = await got.read()
                seconds = time.perf_counter() - begun
                answers[place] = (seconds, got.status, text.decode())
            except (aiohttp.ClientError, TimeoutError) as error:
                answers[place] = (time.perf_counter() - begun, 0, type(error).__name__)

    async with asyncio.TaskGroup() as workers:
        for _ in range(job["at_once"]):
            workers.create_task(one_after_another())
    return answers


async def main() -> None:
    """A job a line, until the input ends."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    async with aiohttp.ClientSession(timeout=timeout) as http:
        while line := await asyncio.to_thread(sys.stdin.readline):
            print(json.dumps(await _work(http, json.loads(line))), flush=True)


if __name__ == "__main__":
    asyncio.run(main())

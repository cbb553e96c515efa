"""A process that works on tables over TLS with a managed identity, as a deployment does: started by
`test_signing`, which is its certificate authority and its identity endpoint."""

import asyncio
import sys
from contextlib import AsyncExitStack

from bot.clock import SystemClock
from bot.settings import Settings
from bot.stores import open_store
from records.store.contract import Changed, Create, Delete, Row


async def work(endpoint: str) -> None:
    """Every kind of request there is."""
    async with AsyncExitStack() as closing:
        settings = Settings(demo=True, tables_endpoint=endpoint)
        store = open_store(settings, SystemClock(), closing, timeout=10)
        closing.push_async_callback(store.close)
        first = await store.create("signed", Row("p", "k", {"n": 1}))
        second = await store.update("signed", Row("p", "k", {"n": 2}, first.etag))
        await store.put("signed", Row("p", "other"))
        try:
            await store.update("signed", first)
        except Changed:
            print("an old etag is refused")
        await store.commit("signed", [Create(Row("p", "a")), Delete(second)])
        await store.delete("signed", "p", "other")
        print(await store.get("signed", "p", "k"))
        print([row.key async for row in store.query("signed", partition="p")])
        print(abs(await store.check()) < 5)


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1]))

"""A process that works on tables, and on a ledger of erasures, over TLS with a managed identity, as
a deployment does: `test_signing` is its certificate authority and its identity endpoint."""

import asyncio
import sys
from contextlib import AsyncExitStack

from bot.clock import SystemClock
from bot.ledger import ledger_of
from bot.settings import Settings
from bot.stores import open_store
from records.rights.ledger import begun, read_ledger
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


async def begin_ledger(address: str) -> None:
    """Where the settings say that it is."""
    async with ledger_of(Settings(demo=True, erasure_ledger=address), SystemClock()) as place:
        assert place is not None
        print(await read_ledger(place))
        print(await begun(place, bytes(32)) == await read_ledger(place))


if __name__ == "__main__":
    asyncio.run({"tables": work, "ledger": begin_ledger}[sys.argv[1]](sys.argv[2]))

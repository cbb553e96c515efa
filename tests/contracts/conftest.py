"""Each test of the contract runs over both stores, each time over tables of its own."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from records.store.azure import TableStore
from records.store.contract import Store
from records.store.memory import MemoryStore


@pytest.fixture
async def tables(azurite: str) -> AsyncIterator[TableStore]:
    """The real store, over Azurite, under a prefix that no other test has."""
    store = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix=f"t{uuid4().hex[:12]}")
    yield store
    await store.close()


@pytest.fixture(params=["memory", "tables"])
def store(request: pytest.FixtureRequest) -> Store:
    """Either store."""
    if request.param == "memory":
        return MemoryStore()
    real: TableStore = request.getfixturevalue("tables")
    return real

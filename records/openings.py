"""The claim of whoever opens a chat with somebody, so that it is opened once."""

from datetime import datetime, timedelta
from typing import Final

from records.people import PersonKey
from records.people_rows import PEOPLE
from records.store.contract import AlreadyThere, Changed, Row, Store

OPENING: Final = "opening"


async def claim(store: Store, key: PersonKey, now: datetime, lease: timedelta) -> bool:
    """True for exactly one caller within the lease. `now` is the system's. Raises StoreError."""
    row = await store.get(PEOPLE, OPENING, key)
    since = row.values.get("at") if row else None
    if isinstance(since, datetime) and now - since < lease:
        return False
    try:
        if row is None:
            await store.create(PEOPLE, Row(OPENING, key, {"at": now}))
        else:
            await store.update(PEOPLE, Row(OPENING, key, {"at": now}, row.etag))
    except (AlreadyThere, Changed):
        return False
    return True


async def give_back(store: Store, key: PersonKey) -> None:
    """It is done, or was refused. Raises StoreError."""
    await store.delete(PEOPLE, OPENING, key)

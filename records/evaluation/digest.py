"""A month in figures, and the claim that lets it be told once, whatever number of copies run."""

from datetime import datetime
from typing import Final

from records.calendar import Office
from records.evaluation.facts import ASKED, HELD
from records.evaluation.periods import Period
from records.evaluation.queries import count_in
from records.people import Frozen
from records.store.contract import AlreadyThere, Row, Store

TABLE: Final = "digests"
PARTITION: Final = "channel"


class Month(Frozen):
    """Counts of conversations: asked for, and held. Nothing that splits them."""

    period: Period
    requests: int
    held: int


async def month_of(store: Store, period: Period, office: Office) -> Month:
    """The month's counts, from the board's ranges of rows."""
    return Month(
        period=period,
        requests=await count_in(store, ASKED, period, office),
        held=await count_in(store, HELD, period, office),
    )


async def is_told(store: Store, period: Period) -> bool:
    """Whether somebody has told this month, or is telling it."""
    return await store.get(TABLE, PARTITION, period.key) is not None


async def claim(store: Store, period: Period, at: datetime) -> bool:
    """True for exactly one caller: the one who should tell this month."""
    try:
        await store.create(TABLE, Row(PARTITION, period.key, {"at": at}))
    except AlreadyThere:
        return False
    return True


async def give_back(store: Store, period: Period) -> None:
    """It was not taken: somebody tries again later."""
    await store.delete(TABLE, PARTITION, period.key)

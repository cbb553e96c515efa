"""Due pointers, board and own lists gone altogether: the conversations alone bring them back."""

from records.board import board
from records.outbox import due
from records.register import projections
from records.stages import Act

LOST = (due.TABLE, board.BOARD, projections.BY_PERSON)


async def told(new_world, *, lose):
    """Conversations in each stage, ten weeks of them: what arrived, and the lists before and after.

    Where `lose`, all three tables are emptied on the way, and repaired.
    """
    world = await new_world("r", "m", "n", "o", "f")
    for name in ("c1", "c2", "c3", "c4", "c5"):
        await world.request(name)
    await world.sweep.run()
    await world.act(Act.WITHDRAW, lambda it: it.withdraw(world.moment), "c2")
    for name in ("c3", "c4", "c5"):
        await world.book("2026-11-10 10:00", identity=name)
    world.until("2026-11-10 09:55")
    for name in ("c4", "c5"):
        await world.hold(name)
    before = await listed(world.store)
    if lose:
        for table in LOST:
            for row in [row async for row in world.store.query(table)]:
                await world.store.delete(table, row.partition, row.key)
        assert await world.sweep.run() == {}
        await world.sweep.mend()
    after = await listed(world.store)
    await world.live(days=70)
    return before, after, sorted(world.courier.sent)


async def listed(store):
    return {
        (table, row.partition, row.key): dict(row.values)
        for table in (board.BOARD, projections.BY_PERSON)
        async for row in store.query(table)
    }


async def test_with_every_index_lost_each_prompt_still_goes_out_once(new_world):
    _, _, expected = await told(new_world, lose=False)
    before, after, sent = await told(new_world, lose=True)
    assert len(expected) > 30
    assert sent == expected
    assert before
    assert after == before

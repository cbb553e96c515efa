"""Tables full of conversations in every state, to be backed up and brought back."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from bot.stores import EVERY_TABLE
from records.access.lines import What
from records.access.recorder import Recorder
from records.drafts import Draft, Drafts, Open
from records.evaluation.closed import Closed, keep_closed
from records.evaluation.collating import note_place
from records.evaluation.digest import claim
from records.evaluation.periods import month
from records.learning.word_file_store import WordFileStore
from records.people import PersonKey, Reference
from records.retention import holds, notices
from records.retention.holds import LegalHold, Of
from records.retention.notices import Notice
from records.shown_cards import Shown, ShownCards
from records.stages import Act
from records.store.contract import Row, Store, Value
from tests.scheduler.conftest import World

ODD: Mapping[str, Value] = {
    "wide": 2**63 - 1, "narrow": -1, "whole": 1.0, "part": 0.1, "yes": True, "empty": "",
    "at": datetime(2027, 3, 28, 0, 59, 59, 123456, tzinfo=UTC),
    "lines": "a\nb\u2028c\"\\ 'd' \U0001f600 é", "long": "déjà \U0001f600 " * 12_000,
}  # fmt: skip
"""A value of each type, and text that has to lie in pieces."""
Everything = dict[tuple[str, str, str], dict[str, tuple[str, Value]]]


async def filled(count: int) -> World:
    """So many conversations in memory: requested, some withdrawn; one in ten booked, most held.

    The first messages have gone out; the manager has no app, so some wait for them.
    """
    world = World()
    await world.install("r", "n", "o", "f")
    names = [f"c{number:05}" for number in range(count)]
    for name in names:
        await world.register.reserve_reference(name)
        await world.request(name)
    await world.sweep.run()
    for name in names[1::5]:
        await world.act(Act.WITHDRAW, lambda it: it.withdraw(world.moment), name)
    together = [name for number, name in enumerate(names) if number % 10 > 8]
    for name in together:
        await world.book("2026-11-10 10:00", identity=name)
    world.until("2026-11-10 09:55")
    for name in [one for number, one in enumerate(together) if number % 3 > 0]:
        await world.hold(name)
    await _beside(world, names)
    return world


async def _beside(world: World, names: list[str]) -> None:
    """What is kept beside the conversations."""
    me, place = world.key("r"), Reference(service_url="", conversation_id="r", tenant="t")
    for number, name in enumerate(names[::10]):
        draft = Draft(
            owner=PersonKey(f"{me}{number:05}"), flow="feedback", conversation=name, version=1,
            step="scale", answers={"why": "because " * 20}, begun=world.moment,
            touched=world.moment,
        )  # fmt: skip
        await Drafts(world.store).save(Open(draft, ""))
        shown = Shown(person=me, place=place, message=name, conversation=name, since=world.moment)
        await ShownCards(world.store).note(shown)
    until, hold = world.moment.date(), {"of": Of.CONVERSATION, "key": names[0], "by": "operator"}
    await holds.keep(
        world.store, LegalHold(**hold, reason="An inquiry.", since=world.moment, review_on=until)
    )
    told = Notice(of=names[1], what="answers", due=world.moment, told=world.moment)
    await notices.note(world.store, told)
    recorder = Recorder(world.store, world.timetable.office.zone)
    for name in names:
        recorder.note(What.STORY, world.moment, "a" * 32, name, of="r")
    await recorder.flush()
    keeping = WordFileStore(world.store)
    for name in (*names[:3], "no-conversation"):
        body = bytes(range(256)) * 3_000
        await keeping.save(name, body, name=uuid4().hex, by=me, at=world.moment)
    await world.store.create("drafts", Row("odd", "odd", ODD))
    place = f"00.1234567890.{names[0]}.{'a' * 16}"
    await note_place(world.store, month(until, 0), "b" * 32, place)
    await keep_closed(world.store, Closed(period=month(until, 1), closed_at=world.moment))
    day = (world.moment - timedelta(days=30)).date()
    assert await claim(world.store, month(day, 0), world.moment)


async def all_of(store: Store) -> Everything:
    """Every row of every table, with the type of each value."""
    return {
        (table, row.partition, row.key): {
            name: (type(value).__name__, value) for name, value in row.values.items()
        }
        for table in EVERY_TABLE
        async for row in store.query(table)
    }

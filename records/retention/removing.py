"""Removes parts of conversations from every table: rows, lists, indexes, messages, files, drafts.

The record says so first (`scrubbing.without`), as a change like any other; from then on nothing is
rebuilt from what is removed here. What has a partition of its own goes at once (`remove_own`), what
stands among others' in one pass over each table for all of a night (`remove_among_others`), so that
ten thousand cost no more passes than one. Each may be done twice. Raises StoreError throughout.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from records import drafts
from records.board.board import BOARD, REFERENCES, forget, row_of
from records.board.board import ROWS as BOARD_ROWS
from records.conversation.conversation import Conversation, Layer
from records.conversation.dates import Dates
from records.conversation.feedback import Answers
from records.conversation.snapshot import PROMPTS, TABLE, answers_row
from records.drafts import Drafts
from records.evaluation import collating
from records.evaluation.collating import is_row_of
from records.evaluation.facts import ASKED, HELD
from records.learning import word_file_store
from records.outbox import due, parked
from records.register.projections import BY_MAIL, BY_PERSON, list_conversation
from records.retention.scrubbing import layer_of, without_words
from records.shown_cards import TABLE as SHOWN
from records.store.codec import Unreadable, read
from records.store.contract import Row, Store, each

RELEASES: Final = "releases"
"""The table of what was released of a subject access (`records.rights.releases`)."""
FLOWS: Final[Mapping[Layer, frozenset[str]]] = MappingProxyType(
    {
        Layer.ANSWERS: frozenset({"request", "amend", "talk-first", "not-this-route"}),
        Layer.LEARNING: frozenset({"learning", "passed-on", "review", "review-day"}),
        Layer.WORDS: frozenset({"feedback", "outcome"}),
    }
)
"""Whose drafts hold words of a part."""
WITH_WORDS: Final = frozenset({Layer.WORDS, Layer.PEOPLE, Layer.TRAIL})
"""Parts with which goes what evaluators have ticked of the words, at the latest."""
ANSWERS: Final = "answer-"
AT_ONCE: Final = 200
"""Rows that are gathered before they are removed, while a table is read."""

Parts = Mapping[str, frozenset[Layer]]
"""Of which conversations which parts are removed."""


async def remove_own(store: Store, dates: Dates, it: Conversation, layer: Layer) -> None:
    """What a conversation, whose record says so already, has of this part in rows of its own."""
    key = it.id
    if layer is Layer.TRAIL:
        await remove_rows(store, key, it.reference)
        return
    await _answers(store, key, layer)
    if layer is Layer.LEARNING:
        await delete_partition(store, word_file_store.TABLE, key)
    if layer is Layer.PEOPLE:
        await delete_partition(store, SHOWN, key)
        await delete_partition(store, TABLE, key, key_from=PROMPTS, key_to=f"{PROMPTS}~")
    await list_conversation(store, it, dates, afresh=True)


async def remove_rows(store: Store, key: str, reference: str) -> None:
    """All that a conversation has in partitions of its own, its record last."""
    for table in (SHOWN, word_file_store.TABLE, RELEASES):
        await delete_partition(store, table, key)
    await store.delete(REFERENCES, reference, "reference")
    # The record sorts before the messages it owes, and its answers and trail before it.
    await delete_partition(store, TABLE, key, key_from=PROMPTS)
    await delete_partition(store, TABLE, key)


async def remove_among_others(store: Store, kept: Drafts, parts: Parts) -> None:
    """What these have in tables where a row is found by no key of theirs alone."""
    if not parts:
        return
    await _drafts(store, kept, parts)
    await _board(store, parts)
    wordless = {key for key, layers in parts.items() if layers & WITH_WORDS}
    if wordless:
        await _delete_where(store, collating.TABLE, lambda row: is_row_of(row, wordless))
    gone = {key for key, layers in parts.items() if layers & {Layer.PEOPLE, Layer.TRAIL}}
    if not gone:
        return
    await _delete_where(store, due.TABLE, lambda row: row.values.get("conversation") in gone)
    for table in (BY_PERSON, BY_MAIL):
        await _delete_where(store, table, lambda row: row.key in gone)
    await _delete_where(store, parked.TABLE, lambda row: row.key.rpartition("-")[0] in gone)


async def remove_conversation(store: Store, kept: Drafts, key: str, reference: str) -> None:
    """All that is kept of one conversation, what it adds to figures too, and last of all the row
    by which it is found."""
    await remove_among_others(store, kept, {key: frozenset({Layer.PEOPLE})})
    await remove_rows(store, key, reference)
    await forget(store, key)


async def delete_partition(
    store: Store, table: str, partition: str, *, key_from: str = "", key_to: str | None = None
) -> None:
    """Remove the rows of a partition, or of a range of it; of each nothing but its key is read.
    Raises StoreError."""
    rows = store.query(
        table, partition=partition, key_from=key_from, key_to=key_to, select=["schema"]
    )
    await _delete_all(store, table, rows)


# --------------------------------------------------------------------------------------------------


async def _board(store: Store, parts: Parts) -> None:
    """Rows of the board that no conversation's own row names, such as a writer that died has left
    there; of what is gone altogether its own row too. The numbers of the figures stay."""
    entries = await each(partial(row_of, store), parts)
    places = {key: one.places if one else () for key, one in zip(parts, entries, strict=True)}

    def goes(row: Row) -> bool:
        if row.partition == BOARD_ROWS:
            return Layer.TRAIL in parts.get(row.key, frozenset())
        key = row.key.split(".")[1] if "." in row.key else ""
        if key not in places or row.partition in (ASKED, HELD):
            return False
        gone = Layer.TRAIL in parts[key]
        return gone or f"{row.partition}/{row.key}" not in places[key]

    await _delete_where(store, BOARD, goes)


async def _answers(store: Store, key: str, layer: Layer) -> None:
    """The words of the answers of a part; a row that cannot be read is all words, and goes with
    the last of them."""
    rows = store.query(TABLE, partition=key, key_from=ANSWERS, key_to=f"{ANSWERS}~")
    for row in [one async for one in rows]:
        try:
            found = read(Answers, row)
        except Unreadable:
            if layer in (Layer.WORDS, Layer.PEOPLE):
                await store.delete(TABLE, key, row.key)
            continue
        if layer_of(found.what) is not layer:
            continue
        left = without_words(found)
        if left is None:
            await store.delete(TABLE, key, row.key)
        elif left != found:
            await store.update(TABLE, answers_row(key, left, row.etag))


async def _drafts(store: Store, kept: Drafts, parts: Parts) -> None:
    def goes(row: Row) -> bool:
        layers = parts.get(str(row.values.get("conversation", "")), frozenset())
        flow = str(row.values.get("flow", ""))
        every = bool(layers & {Layer.PEOPLE, Layer.TRAIL})
        return every or any(flow in FLOWS.get(one, ()) for one in layers)

    await _delete_where(store, drafts.TABLE, goes)
    kept.forget_at_hand()


async def _delete_where(store: Store, table: str, goes: Callable[[Row], bool]) -> None:
    """Remove rows of a whole table."""
    await _delete_all(store, table, (row async for row in store.query(table) if goes(row)))


async def _delete_all(store: Store, table: str, rows: AsyncIterator[Row]) -> None:
    """Some at a time, while they are read."""
    some: list[Row] = []
    async for row in rows:
        some.append(row)
        if len(some) >= AT_ONCE:
            await _each(store, table, some)
            some = []
    await _each(store, table, some)


async def _each(store: Store, table: str, rows: list[Row]) -> None:
    for row in rows:
        await store.delete(table, row.partition, row.key)

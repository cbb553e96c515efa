"""What is written comes back exactly, or is refused before anything is sent."""

from datetime import UTC, datetime, timedelta, timezone
from enum import Enum, IntEnum
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.store.contract import MAX_STRING_UNITS, Create, Row, Store, Value
from records.store.long_strings import CHUNKED, join, split
from records.store.row_rules import NotStorable, well_formed

EVERY_KIND: Final[list[Value]] = [
    True,
    False,
    0,
    1,
    -(2**31),
    2**31 - 1,
    2**31,  # the first that the library refuses as a plain integer
    -(2**31) - 1,
    2**53 + 1,  # not a number that JavaScript could hold
    2**63 - 1,
    -(2**63),
    0.0,
    1.0,
    0.1,
    -2.5e-308,
    1.7976931348623157e308,
    "",
    "plain",
    " space at both ends ",
    "quotes ' and \" and back\\slash",
    "line\r\nbreak\ttab\x00null\x1funit",
    "2026-03-29T01:30:00Z",  # text that looks like a time stays text
    "true",
    "12",
    "😀👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "שלום عليكم \u202egnirts\u202c",
    "é and e\u0301",  # composed and not: kept apart
    "\ufeff\uffff\ufffe",
    "😀" * 4_000,
    datetime(2026, 3, 29, 0, 59, 59, 999_999, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 0, 0, 1, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(1602, 1, 1, tzinfo=UTC),
]


async def written_and_read(store: Store, value: object) -> Value:
    await store.create("values", Row("p", "k", {"it": value}))  # type: ignore[dict-item]
    row = await store.get("values", "p", "k")
    assert row is not None
    return row.values["it"]


async def test_every_value_comes_back_with_its_type(store: Store) -> None:
    values = {f"v{number}": value for number, value in enumerate(EVERY_KIND)}
    created = await store.create("values", Row("p", "k", values))
    [many] = await store.commit("values", [Create(Row("p", "l", values))])
    for row in (created, many, *[row async for row in store.query("values")]):
        assert row.values == values
        assert [type(row.values[name]) for name in values] == [type(v) for v in EVERY_KIND]


async def test_a_time_comes_back_as_the_same_instant_in_utc(store: Store) -> None:
    london = datetime(2026, 7, 1, 9, 30, 0, 123_456, tzinfo=ZoneInfo("Europe/London"))
    read = await written_and_read(store, london)
    assert read == london
    assert isinstance(read, datetime)
    assert read.utcoffset() == timedelta(0)
    assert read.isoformat() == "2026-07-01T08:30:00.123456+00:00"


async def test_a_time_can_be_read_changed_and_written_back(store: Store) -> None:
    start = datetime(2026, 7, 1, 9, 30, 0, 123_456, tzinfo=timezone(timedelta(hours=1)))
    await store.create("values", Row("p", "k", {"at": start}))
    row = await store.get("values", "p", "k")
    assert row is not None
    at = row.values["at"]
    assert isinstance(at, datetime)
    later = await store.update("values", Row("p", "k", {"at": at + timedelta(days=1)}, row.etag))
    assert await store.get("values", "p", "k") == later
    assert later.values["at"] == start + timedelta(days=1)


async def test_enumerations_are_stored_as_what_they_extend(store: Store) -> None:
    class Word(str, Enum):  # noqa: UP042  the kind whose str() is its name
        YES = "yes"

    class Number(IntEnum):
        SIX = 6

    await store.create("values", Row("p", "k", {"word": Word.YES, "number": Number.SIX}))
    row = await store.get("values", "p", "k")
    assert row is not None
    assert [type(value) for value in (row.values["word"], row.values["number"])] == [str, int]
    assert row.values == {"word": "yes", "number": 6}


@pytest.mark.parametrize(
    "value",
    [
        None,
        datetime(2026, 1, 1),  # noqa: DTZ001  naive on purpose
        datetime(1600, 1, 1, tzinfo=UTC),
        2**63,
        -(2**63) - 1,
        float("nan"),
        float("inf"),
        b"bytes",
        ["list"],
        {"a": 1},
    ],
    ids=repr,
)
async def test_what_cannot_come_back_exactly_is_refused(store: Store, value: object) -> None:
    row = Row("p", "k", {"it": value})  # type: ignore[dict-item]
    for write in (store.create, store.put):
        with pytest.raises(NotStorable, match="it"):
            await write("values", row)
    assert await store.get("values", "p", "k") is None


async def test_a_lone_half_of_a_surrogate_pair_becomes_the_replacement_character(
    store: Store,
) -> None:
    # Phones cut emoji in half; two halves that meet are the emoji again.
    assert await written_and_read(store, "a\ud83d|\ude00|\ud83d\ude00z") == "a\ufffd|\ufffd|😀z"


@pytest.mark.parametrize(
    "text",
    [
        "a" * MAX_STRING_UNITS,
        "a" * (MAX_STRING_UNITS + 1),
        "é" * (3 * MAX_STRING_UNITS + 5),
        "😀" * (MAX_STRING_UNITS // 2),
        "a" + "😀" * MAX_STRING_UNITS,  # a pair lies across every limit
    ],
    ids=["at the limit", "one over", "four chunks", "emoji at the limit", "emoji across it"],
)
async def test_text_over_the_property_limit_comes_back_whole(store: Store, text: str) -> None:
    row = await store.create("values", Row("p", "k", {"story": text, "n": 1}))
    assert row.values == {"story": text, "n": 1}
    assert await store.get("values", "p", "k") == row
    shorter = await store.update("values", Row("p", "k", {"story": "short"}, row.etag))
    assert (await store.get("values", "p", "k")) == shorter
    assert shorter.values == {"story": "short"}


async def test_selecting_a_long_text_fetches_all_of_it(store: Store) -> None:
    text = "a😀" * 40_000
    await store.create("values", Row("p", "k", {"story": text, "other": text, "n": 1}))
    chosen = [row.values async for row in store.query("values", partition="p", select=["story"])]
    assert chosen == [{"story": text}]
    chosen = [row.values async for row in store.query("values", partition="p", select=["n"])]
    assert chosen == [{"n": 1}]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40), st.integers(0, 40_000))
def test_any_text_is_split_within_the_limit_and_joined_again(text: str, times: int) -> None:
    whole = well_formed((text * times)[:100_000])
    properties = split({"it": whole})
    pieces = [piece for name, piece in properties.items() if name != CHUNKED]
    assert all(len(str(p).encode("utf-16-le")) <= 2 * MAX_STRING_UNITS for p in pieces)
    assert join(properties) == {"it": whole}


async def test_what_is_read_cannot_be_changed_in_place(store: Store) -> None:
    await store.create("values", Row("p", "k", {"n": 1}))
    row = await store.get("values", "p", "k")
    assert row is not None
    with pytest.raises(TypeError):
        row.values["n"] = 2  # type: ignore[index]

"""Answers of the table service as Microsoft describes them, where Azurite answers otherwise."""

from datetime import UTC, datetime

import pytest

from records.store.azure.entities import decoded, decoded_page, to_row
from records.store.azure.refusals import refusal
from records.store.azure.wire import Answer
from records.store.contract import StoreError, TooLarge, Unavailable
from records.store.unsure_writes import StorageRefusal

ENTITY = {"odata.etag": "W/1", "PartitionKey": "p", "RowKey": "k", "token": "t"}


def test_what_was_selected_and_is_not_there_is_no_value() -> None:
    assert to_row({**ENTITY, "n": 1, "gone": None}).values == {"n": 1}


def test_a_time_in_tenths_of_a_microsecond_is_read() -> None:
    sent = {"at@odata.type": "Edm.DateTime", "at": "2026-03-02T09:00:00.1234567Z"}
    assert to_row({**ENTITY, **sent}).values == {"at": datetime(2026, 3, 2, 9, 0, 0, 123456, UTC)}


@pytest.mark.parametrize("value", [2, 2.0, "2", "2.0"])
def test_a_number_that_says_it_is_a_double_is_one(value: object) -> None:
    [found] = to_row({**ENTITY, "n@odata.type": "Edm.Double", "n": value}).values.values()
    assert (type(found), found) == (float, 2.0)


def test_what_the_storage_adds_is_no_value() -> None:
    more = {"odata.metadata": "…", "Timestamp": "…", "Timestamp@odata.type": "Edm.DateTime"}
    assert to_row({**ENTITY, **more}).values == {}


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"<html>", b'{"PartitionKey": "p"}', b"null", b"\xff\xfe", b"7"]
)
def test_what_is_no_entity_is_an_answer_of_somebody_else(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        to_row(decoded(body))


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"value": {}}', b'{"value": [1]}'])
def test_what_is_no_page_is_not_taken_for_an_empty_one(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decoded_page(body)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (404, '{"odata.error":{"code":"ResourceNotFound"}}', StorageRefusal),
        (404, '{"odata.error":{"code":"TableNotFound"}}', StorageRefusal),
        (404, "<html>No such site</html>", Unavailable),
        (409, '{"odata.error":{"code":"EntityAlreadyExists"}}', StorageRefusal),
        (409, '{"odata.error":{"code":"TableBeingDeleted"}}', Unavailable),
        (412, "", StorageRefusal),
        (413, "", TooLarge),
        (400, '{"odata.error":{"code":"PropertyValueTooLarge"}}', TooLarge),
        (400, '{"odata.error":{"code":"InvalidInput"}}', StoreError),
        (403, "<m:error><m:code>AuthenticationFailed</m:code></m:error>", Unavailable),
        (302, "", Unavailable),
        (503, '{"odata.error":{"code":"ServerBusy"}}', Unavailable),
    ],
)
def test_a_refusal_is_known_by_its_code(status: int, body: str, kind: type[StoreError]) -> None:
    assert type(refusal(Answer(status, {}, body.encode()))) is kind

"""What the bot kept, read from the tables by the storage's own client and by nothing of ours."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from azure.data.tables.aio import TableServiceClient

Row = dict[str, Any]


@dataclass(frozen=True)
class Typed:
    """Something a person typed or chose, and where it should have been kept.

    `where` names a row, a property and what is in it, such as `answer-request-requester/texts/
    worry`; in a list of people it names the person. `stored` is what should stand there where
    that is not the very words, as for a choice.
    """

    who: str
    question: str
    text: str
    where: str
    stored: object = None


class Kept:
    """Every row of the one conversation there is."""

    def __init__(self, rows: dict[str, Row]) -> None:
        self.rows = rows

    @property
    def conversation(self) -> Row:
        """The conversation's own row."""
        return self.rows["conversation"]

    def at(self, where: str) -> object:
        """What stands there, or None."""
        row, *path = where.split("/")
        found: Any = self.rows.get(row)
        for name in path:
            if isinstance(found, list):
                found = next((one for one in found if one.get("id") == name), None)
            else:
                found = found.get(name) if found is not None else None
        return found

    def prompts(self, kind: str = "") -> list[Row]:
        """The outbox, in the order things became due; of one kind, if named."""
        rows = [row for key, row in self.rows.items() if key.startswith("prompt-")]
        of_kind = (row for row in rows if kind in ("", row["kind"]))
        return sorted(of_kind, key=lambda row: (str(row["due"]), row["kind"], row["to"]))

    def sent_per_person(self) -> dict[str, list[Row]]:
        """Every prompt by the name of whom it is for."""
        people = (*self.conversation["people"], *self.conversation.get("told", ()))
        names = {one["id"]: one["name"] for one in people} | {"channel": "the team's channel"}
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.prompts():
            shown = {name: str(row.get(name, "")) for name in ("kind", "state", "due", "sent_at")}
            found[names.get(row["to"], row["to"])].append(shown)
        return dict(found)

    def compare(self, typed: list[Typed]) -> list[dict[str, object]]:
        """Question, typed, stored and whether they are the same, an entry for each."""
        found = []
        for one in typed:
            stored = self.at(one.where)
            expected = one.text if one.stored is None else one.stored
            found.append(
                {
                    "who": one.who,
                    "question": one.question,
                    "typed": one.text,
                    "stored": stored,
                    "where": one.where,
                    "same": stored == expected,
                }
            )
        return found


async def conversations(connection: str) -> dict[str, Kept]:
    """Every conversation in the tables, by its id."""
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    async with _table(connection) as table:
        async for entity in table.list_entities():
            found[entity["PartitionKey"]][entity["RowKey"]] = _plain(dict(entity))
    return {key: Kept(rows) for key, rows in found.items() if "conversation" in rows}


async def drafts(connection: str) -> list[str]:
    """Which drafts there are, by the names of their rows: the flow and the conversation."""
    async with _table(connection, "drafts") as table:
        return [str(row["RowKey"]) async for row in table.list_entities(select="RowKey")]


async def the_conversation(connection: str) -> Kept:
    """The only one there is."""
    (only,) = (await conversations(connection)).values()
    return only


def write(path: Path, compared: list[dict[str, object]], kept: Kept) -> None:
    """The comparison and the prompts each person got, for people to read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"answers": compared, "prompts": kept.sent_per_person()}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


@asynccontextmanager
async def _table(connection: str, name: str = "conversations") -> AsyncIterator[Any]:
    async with (
        TableServiceClient.from_connection_string(connection) as service,
        service.get_table_client(name) as table,
    ):
        yield table


def _plain(entity: Row) -> Row:
    """The entity with its JSON properties read."""
    return {
        name.removesuffix("_json"): json.loads(value) if name.endswith("_json") else value
        for name, value in entity.items()
    }

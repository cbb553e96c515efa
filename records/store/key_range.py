"""Which rows a query asks for: the same bounds in memory and as a filter of the storage."""

from dataclasses import dataclass
from typing import Final

from records.store.row_rules import well_formed

_CLAUSES: Final = {
    "partition": "PartitionKey eq @partition",
    "partition_to": "PartitionKey le @partition_to",
    "key_from": "RowKey ge @key_from",
    "key_to": "RowKey lt @key_to",
}


@dataclass(frozen=True)
class Range:
    """Bounds as in `Store.query`. No bound at all means every row."""

    partition: str | None = None
    partition_to: str | None = None
    key_from: str = ""
    key_to: str | None = None

    def has_partition(self, partition: str) -> bool:
        """Whether rows of this partition are asked for; `partition_to` is inclusive."""
        if self.partition is not None and partition != self.partition:
            return False
        return self.partition_to is None or partition <= self.partition_to

    def has_key(self, key: str) -> bool:
        """Whether the row key lies within: `key_from` inclusive, `key_to` exclusive."""
        return key >= self.key_from and (self.key_to is None or key < self.key_to)

    def filter(self) -> tuple[str, dict[str, str]]:
        """An OData filter and its parameters. Values stand only in the parameters.

        The library puts them in, quoted; a filter made of text would let a value add a clause.
        """
        given = {name: getattr(self, name) for name in _CLAUSES}
        bounds = {name: well_formed(value) for name, value in given.items() if value is not None}
        return " and ".join(_CLAUSES[name] for name in bounds), bounds

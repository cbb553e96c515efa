"""The store in Azure Table Storage, or Azurite. Only this folder knows `azure.*`."""

from records.store.azure.store import BadAddress, TableStore

__all__ = ["BadAddress", "TableStore"]

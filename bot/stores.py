"""Which records a process works on: the settings say, and the bot and its commands ask here."""

import sys
from contextlib import AsyncExitStack

from azure.identity.aio import DefaultAzureCredential

from bot.clock import Clock
from bot.settings import Settings
from records.memory import MemoryStore
from records.store import Store
from records.tables import TableStore


def open_store(settings: Settings, clock: Clock, closing: AsyncExitStack) -> Store:
    """The store of these settings. What was opened for it is closed with `closing`."""
    connection = settings.tables_connection_string.get_secret_value()
    if connection:
        return TableStore(connection, clock=clock.now, prefix=settings.tables_prefix)
    if settings.tables_endpoint:
        credential = _credential(settings)
        closing.push_async_callback(credential.close)
        return TableStore(
            settings.tables_endpoint,
            clock=clock.now,
            credential=credential,
            prefix=settings.tables_prefix,
        )
    print("No tables are set: this demo keeps everything in memory only.", file=sys.stderr)
    return MemoryStore()


def _credential(settings: Settings) -> DefaultAzureCredential:
    """With a managed identity, the one that the bot itself is."""
    if settings.microsoft_app_type == "UserAssignedMSI":
        return DefaultAzureCredential(managed_identity_client_id=settings.microsoft_app_id)
    return DefaultAzureCredential()

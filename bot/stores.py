"""Which records a process works on: the settings say, and the bot and its commands ask here."""

import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.clock import Clock
from bot.logs import hush_msal
from bot.settings import Settings
from bot.starting import NotPrepared
from records import addresses, drafts, people_rows, shown_cards
from records.access import lines as access
from records.board import board
from records.conversation import snapshot
from records.evaluation import closed, collating, digest
from records.learning import word_file_store
from records.outbox import due, parked
from records.register import projections
from records.retention import holds, notices
from records.rights import erasures, releases
from records.store.azure import BadAddress, TableStore
from records.store.azure.store import TIMEOUT
from records.store.contract import Store
from records.store.memory import MemoryStore

if TYPE_CHECKING:
    from azure.identity.aio import DefaultAzureCredential

EVERY_TABLE: Final = (
    snapshot.TABLE,
    word_file_store.TABLE,
    board.REFERENCES,
    drafts.TABLE,
    people_rows.PEOPLE,
    addresses.MAIL,
    parked.TABLE,
    shown_cards.TABLE,
    digest.TABLE,
    closed.FIGURES,
    collating.TABLE,
    access.TABLE,
    holds.TABLE,
    notices.TABLE,
    projections.BY_PERSON,
    projections.BY_MAIL,
    board.BOARD,
    due.TABLE,
    erasures.TABLE,
    releases.TABLE,
)
"""What a backup holds. Left out are `leader`, a lease of 30 seconds and how far a migration is,
`questionsets`, which a start writes anew as it does those, `heard`, the marks of typed messages: no
record of anything; and `restored`, which is about these tables and none of what is in them."""
PATIENCE: Final = 30.0
"""Seconds one request may take where nobody waits for an answer in Teams."""


def has_tables(settings: Settings) -> bool:
    """Whether anything outlives the process."""
    return bool(settings.tables_connection_string.get_secret_value() or settings.tables_endpoint)


def open_store(
    settings: Settings, clock: Clock, closing: AsyncExitStack, *, timeout: float = TIMEOUT
) -> Store:
    """The store of these settings. What was opened for it is closed with `closing`.

    `timeout` is the seconds one request to it may take. Raises NotPrepared where it has no address
    of one.
    """
    try:
        return _opened(settings, clock, closing, timeout)
    except BadAddress:
        named = "TABLES_ENDPOINT" if settings.tables_endpoint else "TABLES_CONNECTION_STRING"
        why = f"{named} is no address of a table storage."
        raise NotPrepared("The bot cannot start:", [why]) from None


def _opened(settings: Settings, clock: Clock, closing: AsyncExitStack, timeout: float) -> Store:
    connection = settings.tables_connection_string.get_secret_value()
    made = partial(
        TableStore,
        clock=clock.now,
        prefix=settings.tables_prefix,
        timeout=timeout,
        proxied=settings.tables_through_proxy,
    )
    if connection:
        return made(connection)
    if settings.tables_endpoint:
        who = credential(settings)
        closing.push_async_callback(who.close)
        return made(settings.tables_endpoint, credential=who)
    print("No tables are set: this demo keeps everything in memory only.", file=sys.stderr)
    return MemoryStore()


@asynccontextmanager
async def opened(settings: Settings, clock: Clock) -> AsyncIterator[Store]:
    """The store for a command that somebody runs by hand; closed at its end."""
    async with AsyncExitStack() as closing:
        store = open_store(settings, clock, closing, timeout=PATIENCE)
        closing.push_async_callback(store.close)
        yield store


def credential(settings: Settings) -> "DefaultAzureCredential":
    """Who asks Azure: with a managed identity, the one that the bot itself is."""
    from azure.identity.aio import DefaultAzureCredential  # only where tables are had without a key

    hush_msal()
    if settings.microsoft_app_type == "UserAssignedMSI":
        return DefaultAzureCredential(managed_identity_client_id=settings.microsoft_app_id)
    return DefaultAzureCredential()

"""Binds whoever a conversation names by an address that is one person's, as an act of its own.

For the migration and for an operator's word; whoever acts or is written to is bound on the way.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from records.conversation.binding import bind, everybody, rekeyed, unbound, whose
from records.conversation.conversation import Conversation
from records.conversation.snapshot import read_record
from records.directory import Directory
from records.people import PersonKey
from records.register.register import Deed, Register

NO_KEYS: Final[Mapping[PersonKey, PersonKey]] = MappingProxyType({})


async def bind_certain(
    register: Register,
    directory: Directory,
    key: str,
    deed: Deed,
    former: Mapping[PersonKey, PersonKey] = NO_KEYS,
) -> bool:
    """Bind whoever is certain in a conversation, and say so in its audit trail; whether it was
    changed. `former` are keys people had, with those of now. Raises StoreError."""
    found = await read_record(register.store, key)
    if found is None:
        return False
    keys = await whose(unbound(everybody(found[0])), directory.certain)

    def bound(it: Conversation) -> Conversation:
        return bind(rekeyed(it, former), keys)

    if bound(found[0]) is found[0]:
        return False
    await register.change(key, deed, bound)
    return True

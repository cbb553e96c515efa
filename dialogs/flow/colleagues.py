"""Whom somebody has named before, to be offered when they name somebody.

Only people of their own conversations, which they asked for or facilitate: never the directory,
and nobody whom they could not see there. They are looked up once, when a draft is begun.
"""

import asyncio
import hashlib
from collections.abc import Mapping
from typing import Any, Final

from cards.kit.known import KNOWN, NURSES
from cards.kit.who import among
from cards.wording.source import Choices
from dialogs.turn.access import Role, roles
from dialogs.turn.context import Context
from records import mail_address
from records.conversation.conversation import Conversation
from records.drafts import Draft
from records.people import Part, Participant
from records.register.projections import own_entries

CONVERSATIONS: Final = 12
"""The latest that are looked at."""
MOST: Final = 25
"""People to choose from, the latest named first kept."""


async def with_known(context: Context, draft: Draft) -> Draft:
    """A new draft with the people who can be chosen on its cards."""
    await context.has_left()
    store, keys = context.services.store, context.person.keys
    entries = [one async for one in own_entries(store, *keys)]
    latest = sorted(entries, key=lambda one: one.created or one.since, reverse=True)
    ids = [one.conversation for one in latest[:CONVERSATIONS]]
    read = await asyncio.gather(*map(context.record, ids))
    found: dict[str, Participant] = {}
    for it in filter(None, read):
        for one in _others(context, it):
            found.setdefault(mail_address.normal(one.mail), one)
    known = [_kept(mail, one) for mail, one in found.items() if mail][:MOST]
    if not known:
        return draft
    return draft.model_copy(update={"answers": {**draft.answers, KNOWN: known}})


def _others(context: Context, it: Conversation) -> list[Participant]:
    """Those beside the one who acts, in a conversation that is their own."""
    if roles(context.who, it).isdisjoint({Role.REQUESTER, Role.FACILITATOR}):
        return []
    apart = (one for one in it.present if one.part is not Part.FACILITATOR)
    return [one for one in apart if not context.is_person(one)]


def _kept(mail: str, one: Participant) -> dict[str, str]:
    mark = hashlib.sha256(mail.encode()).hexdigest()[:12]
    kept = {"name": one.name, "mail": one.mail, "role": one.role, "agency": one.agency}
    return {"id": mark, "part": one.part.value, **kept}


def to_choose_from(answers: Mapping[str, Any]) -> dict[str, Choices]:
    """The people of a draft as its cards offer them: all of them, and the nurses."""
    people = [
        Participant(part=Part(one["part"]), **{k: v for k, v in one.items() if k != "part"})
        for one in answers.get(KNOWN, ())
    ]
    people.sort(key=lambda one: one.name.casefold())
    return {KNOWN: among(people), NURSES: among([one for one in people if one.part is Part.NURSE])}

"""Asks Teams for somebody's addresses: never typed, never a display name.

Source: Bot Framework REST API, Get Conversation Member; a guest is told by `userRole`, or by a
sign-in name that Entra has made of one of another tenant (B2B collaboration, "User properties"):
cross-tenant synchronisation makes such accounts members.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from bot.teams.answers import NO_CHAT, codes
from bot.teams.connector import Connector, MayHaveArrived, NeverConnected, NotAllowed, TeamsAnswered
from records.directory import NoSuchMember, NotLookedUp
from records.mail_address import normal
from records.people import LONGEST_NAME, Addresses, Person

LOOKUP_SECONDS: Final = 2.0
"""What a member lookup may take of a turn's seven seconds."""
LOST: Final = (TeamsAnswered, NeverConnected, MayHaveArrived, NotAllowed, TimeoutError)
GONE: Final = 404


def lookup(connector: Connector) -> Callable[[Person], Awaitable[Addresses]]:
    """The directory's way to ask. The personal chat's own member is the person."""

    async def look(person: Person) -> Addresses:
        place = person.reference
        if place is None or not place.user_id:
            raise NotLookedUp
        try:
            return await member(connector, place.service_url, place.conversation_id, place.user_id)
        except TeamsAnswered as answer:
            # A chat that is gone says nothing of the account of who was in it.
            if answer.status == GONE and NO_CHAT not in codes(answer.body):
                raise NoSuchMember from answer
            raise NotLookedUp from answer
        except LOST as error:
            raise NotLookedUp from error

    return look


async def member(connector: Connector, service_url: str, chat: str, who: str) -> Addresses:
    """What Teams says of a member of this chat. Raises what the connector raises, or
    TimeoutError."""
    async with asyncio.timeout(LOOKUP_SECONDS):
        return addresses(await connector.get_member(service_url, chat, who))


def addresses(member: dict[str, Any]) -> Addresses:
    """The addresses of a member as Teams lists them, one for each mailbox."""
    found = (member.get("email"), member.get("userPrincipalName"))
    mails = {normal(mail): mail.strip() for mail in found if isinstance(mail, str)}
    mails.pop("", None)
    name, role = member.get("name"), member.get("userRole")
    return Addresses(
        mails=tuple(mails.values()),
        name=name[:LONGEST_NAME] if isinstance(name, str) else "",
        guest=(isinstance(role, str) and role.casefold() == "guest") or _is_of_elsewhere(found[1]),
    )


def _is_of_elsewhere(sign_in: object) -> bool:
    return isinstance(sign_in, str) and "#ext#@" in sign_in.casefold()

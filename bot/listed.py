"""Somebody in a setting: a mail address, and where it is needed the tenant that it belongs to.

An entry of FACILITATORS, PRACTICE_TEAM, FACILITATION_LEAD, FACILITATION_DEPUTY, GATEKEEPERS or
EVALUATORS is `mail` or `tenant-id/mail`. Two tenants may each have somebody under one address;
without the tenant both are meant.
"""

from typing import NamedTuple

from records import mail_address


class Listed(NamedTuple):
    """One entry. An empty tenant is any that is served; it is in small letters, as ids compare.

    The address is kept with its capitals; `records.mail_address.same` says whose mailbox it is.
    """

    tenant: str
    mail: str

    def __str__(self) -> str:
        """The entry as a setting has it."""
        return f"{self.tenant}/{self.mail}" if self.tenant else self.mail


def listed(entry: str) -> Listed:
    """The entry, its address read as a typed one is; a domain may be without a dot here.

    Raises ValueError with what is wrong, for whoever runs the bot.
    """
    before, slash, after = entry.strip().partition("/")
    tenant, mail = ("", entry) if not slash or "@" in before else (before.strip(), after)
    if slash and not before.strip():
        raise ValueError(f"{entry!r} has no tenant before the /")
    try:
        return Listed(tenant.casefold(), mail_address.read(mail, dotless=True))
    except mail_address.TwoAddresses as error:
        raise ValueError(f"{entry!r} is two mail addresses: put a comma between them") from error
    except mail_address.NotOneAddress as error:
        raise ValueError(f"{entry!r} is not a mail address") from error

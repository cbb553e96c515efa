"""What outlives a request: connections, tokens and keys. Built once, for `bot.app`."""

from contextlib import AsyncExitStack
from dataclasses import dataclass

import aiohttp

from bot.clock import Clock
from bot.edge.auth import Gate, OpenGate, TokenGate
from bot.edge.keys import IssuerKeys
from bot.pages.onedrive import OneDrive
from bot.settings import Settings
from bot.teams.connector import Connector, teams_session
from bot.teams.outbreak import Outbreaks
from bot.teams.service_urls import ServiceUrls
from bot.teams.tokens import EntraTokens, Issuer, NoTokens, made_late


@dataclass(frozen=True)
class Parts:
    """What outlives a request. Deliveries have connections of their own, so that neither many
    replies nor many messages that are due make the others wait."""

    connector: Connector
    deliveries: Connector
    gate: Gate
    keys: IssuerKeys | None
    onedrive: OneDrive
    outbreaks: Outbreaks


async def open_parts(stack: AsyncExitStack, settings: Settings, clock: Clock) -> Parts:
    """Opens all of it on the running loop; the stack closes it."""
    urls = ServiceUrls(settings.allowed_service_urls, loopback=settings.demo)
    seconds = settings.send_timeout_seconds
    replies = await stack.enter_async_context(teams_session(seconds))
    due = await stack.enter_async_context(teams_session(seconds))
    plain = await stack.enter_async_context(aiohttp.ClientSession())
    onedrive, outbreaks = _onedrive(settings, plain), Outbreaks(clock.monotonic)
    if not settings.microsoft_app_id:
        return Parts(
            Connector(replies, NoTokens(), urls.allows),
            Connector(due, NoTokens(), urls.allows),
            OpenGate(urls),
            None,
            onedrive,
            outbreaks,
        )
    keys = IssuerKeys(settings.channel_openid_metadata_url, plain, clock)
    stack.push_async_callback(keys.close)
    tokens = EntraTokens(made_late(lambda: _issuer(settings)), clock)
    stack.push_async_callback(tokens.close)
    gate = TokenGate(settings.microsoft_app_id, keys, urls, clock)
    return Parts(
        Connector(replies, tokens, urls.allows),
        Connector(due, tokens, urls.allows),
        gate,
        keys,
        onedrive,
        outbreaks,
    )


def _onedrive(settings: Settings, http: aiohttp.ClientSession) -> OneDrive:
    """A file has to be there, and be said to be, within the turn."""
    return OneDrive(
        http,
        ServiceUrls(settings.file_hosts, loopback=settings.demo),
        seconds=settings.turn_seconds * 0.7,
        asks_consent=bool(settings.microsoft_app_id),
    )


def _issuer(settings: Settings) -> Issuer:
    # msal loads in the thread that fetches the first token, and in no bot that needs none.
    from bot.teams.entra import with_managed_identity, with_secret

    if settings.microsoft_app_type == "UserAssignedMSI":
        return with_managed_identity(settings.microsoft_app_id)
    return with_secret(
        settings.outbound_token_authority,
        settings.microsoft_app_tenant_id,
        settings.microsoft_app_id,
        settings.microsoft_app_password.get_secret_value(),
    )

"""The Agents SDK, as its samples show it: `AgentApplication` behind the token middleware.

The token check is on. The address of the keys is a constant of the SDK and no setting: it is
changed as the process starts, and the check itself is the SDK's own. The outbound token is too
(`bench.peers.login`); addresses outside Microsoft's are allowed by the adapter's own setting.
"""

import re
from typing import Any

from aiohttp import web
from microsoft_agents.activity import Activity, AdaptiveCardInvokeResponse, Attachment
from microsoft_agents.authentication.msal import MsalConnectionManager
from microsoft_agents.hosting.aiohttp import (
    CloudAdapter,
    jwt_authorization_middleware,
    start_agent_process,
)
from microsoft_agents.hosting.core import (
    AgentApplication,
    Authorization,
    MemoryStorage,
    TurnContext,
    TurnState,
)
from microsoft_agents.hosting.core.authorization import _entra_issuers

from bench.peers.given import ADAPTIVE, APP_ID, ISSUER, SECRET, TENANT, Given, given
from bench.peers.login import turn_round

SETTINGS = {
    "CONNECTIONS": {
        "SERVICE_CONNECTION": {
            "SETTINGS": {"CLIENTID": APP_ID, "CLIENTSECRET": SECRET, "TENANTID": TENANT}
        }
    }
}
ANY = re.compile(r".*")


def application(mine: Given, connections: Any) -> Any:
    """One card for every tap."""
    adapter = CloudAdapter(connection_manager=connections)
    storage = MemoryStorage()
    found = AgentApplication[TurnState](
        storage=storage,
        adapter=adapter,
        authorization=Authorization(storage, connections, **SETTINGS),
        **SETTINGS,
    )

    @found.adaptive_card.action_execute(ANY)  # type: ignore[untyped-decorator]  # not installed here
    async def tapped(
        context: TurnContext, state: TurnState, data: Any
    ) -> AdaptiveCardInvokeResponse:
        shown = Activity(
            type="message",
            id=context.activity.reply_to_id,
            summary="A card",
            attachments=[Attachment(content_type=ADAPTIVE, content=mine.card)],
        )
        await context.update_activity(shown)
        return AdaptiveCardInvokeResponse(status_code=200, type=ADAPTIVE, value=mine.card)

    return found, adapter


def main() -> None:
    """Serve until the process is ended."""
    mine = given()
    turn_round(mine.services)
    _entra_issuers.BOTFRAMEWORK_JWKS_URIS[ISSUER] = f"{mine.services}/keys"
    connections = MsalConnectionManager(**SETTINGS)
    agent, adapter = application(mine, connections)

    async def messages(request: web.Request) -> web.Response:
        answered: web.Response = await start_agent_process(request, agent, adapter)
        return answered

    app = web.Application(middlewares=[jwt_authorization_middleware])
    app.router.add_post("/api/messages", messages)
    app["agent_configuration"] = connections.get_default_connection_configuration()
    web.run_app(app, host="127.0.0.1", port=mine.port, print=None, access_log=None)


if __name__ == "__main__":
    main()

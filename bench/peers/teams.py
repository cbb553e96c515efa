"""The Teams SDK, as its samples show it: `App` with its own server.

The token check is on: `cloud`, its own setting, names the fake issuer. The outbound token is its
own too (`bench.peers.login`). Its server is the one it is
shipped with, on loopback alone.
"""

import asyncio
from dataclasses import replace

import uvicorn
from fastapi import FastAPI
from microsoft_teams.api import AdaptiveCardActionCardResponse, MessageActivityInput
from microsoft_teams.api.activities import AdaptiveCardInvokeActivity
from microsoft_teams.api.auth.cloud_environment import PUBLIC
from microsoft_teams.apps import ActivityContext, App
from microsoft_teams.apps.http import FastAPIAdapter
from microsoft_teams.cards import AdaptiveCard

from bench.peers.given import APP_ID, SECRET, TENANT, Given, given
from bench.peers.login import turn_round


def server(served: FastAPI, port: int) -> uvicorn.Server:
    """As the SDK makes it, but for the address."""
    config = uvicorn.Config(app=served, host="127.0.0.1", port=port, log_level="info")
    return uvicorn.Server(config)


def application(mine: Given) -> App:
    """One card for every tap."""
    cloud = replace(PUBLIC, openid_metadata_url=f"{mine.services}/openidconfiguration")
    app = App(
        client_id=APP_ID,
        client_secret=SECRET,
        tenant_id=TENANT,
        cloud=cloud,
        http_server_adapter=FastAPIAdapter(server_factory=lambda served: server(served, mine.port)),
    )
    card = AdaptiveCard.model_validate(mine.card)

    @app.on_card_action_execute  # type: ignore[untyped-decorator]  # not installed here
    async def tapped(
        context: ActivityContext[AdaptiveCardInvokeActivity],
    ) -> AdaptiveCardActionCardResponse:
        shown = MessageActivityInput(summary="A card", id=context.activity.reply_to_id)
        await context.send(shown.add_card(card))
        return AdaptiveCardActionCardResponse(value=card)

    return app


def main() -> None:
    """Serve until the process is ended."""
    mine = given()
    turn_round(mine.services)
    asyncio.run(application(mine).start(mine.port))


if __name__ == "__main__":
    main()

"""Stock botbuilder, as its samples show it: `CloudAdapter` and an activity handler.

`CloudAdapter` cannot send what `ActivityHandler` makes of an invoke's answer: it serialises a body
that is a `dict` by then, and fails. So the answer is handed over as it was before that, which also
spares the stock bot reading the tap once more.

The token check is on: `ChannelValidation.open_id_metadata_endpoint`, its own setting, names the
fake issuer. The outbound token is its own too (`bench.peers.login`).
"""

from aiohttp import web
from botbuilder.core import (  # type: ignore[import-untyped]  # ships no types
    ActivityHandler,
    InvokeResponse,
    TurnContext,
)
from botbuilder.core.integration import (  # type: ignore[import-untyped]  # ships no types
    aiohttp_error_middleware,
)
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import (  # type: ignore[import-untyped]  # ships no types
    Activity,
    AdaptiveCardInvokeResponse,
    Attachment,
)
from botframework.connector.auth import (  # type: ignore[import-untyped]  # ships no types
    ChannelValidation,
)

from bench.peers.given import ADAPTIVE, APP_ID, SECRET, TENANT, Given, given
from bench.peers.login import turn_round


class Config:
    """The settings that the samples read from the environment."""

    APP_ID = APP_ID
    APP_PASSWORD = SECRET
    APP_TYPE = "SingleTenant"
    APP_TENANTID = TENANT


class Bot(ActivityHandler):  # type: ignore[misc]  # an untyped base
    """One card for every tap."""

    def __init__(self, mine: Given) -> None:
        self._card = mine.card

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        """The message is updated, and the card answered."""
        shown = Activity(
            type="message",
            id=turn_context.activity.reply_to_id,
            summary="A card",
            attachments=[Attachment(content_type=ADAPTIVE, content=self._card)],
        )
        await turn_context.update_activity(shown)
        body = AdaptiveCardInvokeResponse(status_code=200, type=ADAPTIVE, value=self._card)
        return InvokeResponse(status=200, body=body)


def main() -> None:
    """Serve until the process is ended."""
    mine = given()
    turn_round(mine.services)
    ChannelValidation.open_id_metadata_endpoint = f"{mine.services}/openid"
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(Config()))
    bot = Bot(mine)

    async def messages(request: web.Request) -> web.Response:
        answered: web.Response = await adapter.process(request, bot)
        return answered

    app = web.Application(middlewares=[aiohttp_error_middleware])
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=mine.port, print=None, access_log=None)


if __name__ == "__main__":
    main()

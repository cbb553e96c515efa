"""Our adapter on botbuilder-core's `CloudAdapterBase`: long, as the framework is known here alone.

The stock authentication and clients are left out, each for a cost that was measured: a connector
client a turn (two thirds of the stock turn's time), a user-token client a turn, a token fetched on
the event loop at every turn, and a token check that accepts what it should not.
"""

from dataclasses import dataclass
from typing import Any, Final

from botbuilder.core.cloud_adapter_base import (  # type: ignore[import-untyped]  # ships no types
    CloudAdapterBase,
)
from botbuilder.core.invoke_response import (  # type: ignore[import-untyped]  # ships no types
    InvokeResponse,
)
from botbuilder.core.turn_context import (  # type: ignore[import-untyped]  # ships no types
    TurnContext,
)
from botbuilder.schema import (  # type: ignore[import-untyped]  # ships no types
    Activity,
    AdaptiveCardInvokeResponse,
    Attachment,
    ChannelAccount,
    ConversationAccount,
    ConversationReference,
    ResourceResponse,
)
from botframework.connector.auth import (  # type: ignore[import-untyped]  # ships no types
    BotFrameworkAuthentication,
    ClaimsIdentity,
)
from botframework.connector.auth.authenticate_request_result import (  # type: ignore[import-untyped]  # ships no types
    AuthenticateRequestResult,
)
from botframework.connector.auth.connector_factory import (  # type: ignore[import-untyped]  # ships no types
    ConnectorFactory,
)

from bot.edge.activity import CARD_ACTION, INVOKE, MESSAGE
from bot.edge.auth import Gate
from bot.edge.incoming import Incoming
from bot.edge.turns import Turns
from bot.teams.connector import Connector, JsonObject
from bot.teams.outgoing import ADAPTIVE_CARD, TEXT, attachments
from dialogs.turn.events import Reply

AUDIENCE: Final = "https://api.botframework.com"


@dataclass(frozen=True)
class HttpAnswer:
    """What goes back in the HTTP response."""

    status: int
    body: JsonObject | None = None


class TeamsAdapter(CloudAdapterBase):  # type: ignore[misc]  # an untyped base
    """botbuilder-core's turn pipeline; everything it needs is handed to it."""


class Receiver:
    """From a guarded activity and its Authorization header to what goes back."""

    def __init__(self, gate: Gate, connector: Connector, turns: Turns, app_id: str = "") -> None:
        self._adapter = TeamsAdapter(TeamsAuthentication(gate, connector, app_id))
        self._turns = turns

    async def quiet(self) -> None:
        """What turns have left under way has ended."""
        await self._turns.quiet()

    async def receive(self, incoming: Incoming, header: str) -> HttpAnswer:
        """Check, run the turn, answer. Raises Rejected, and nothing else that is expected."""

        async def logic(context: TurnContext) -> None:
            reply = await self._turns.take(incoming, _Surface(context, incoming))
            if incoming.type == INVOKE:
                await _answer_invoke(context, incoming, reply)

        result = await self._adapter.process_activity(header, _received(incoming), logic)
        if result is None:
            return HttpAnswer(200)
        return HttpAnswer(result.status, _invoke_body(result.body))


class TeamsAuthentication(BotFrameworkAuthentication):  # type: ignore[misc]  # an untyped base
    """Our gate and our connector, in the places where botbuilder-core looks for them."""

    def __init__(self, gate: Gate, connector: Connector, app_id: str) -> None:
        self._gate, self._connector = gate, connector
        self._identity = ClaimsIdentity({"aud": app_id}, True)

    async def authenticate_request(
        self, activity: Activity, auth_header: str
    ) -> AuthenticateRequestResult:
        """Raises Rejected for a caller that may not speak."""
        await self._gate.check(
            auth_header,
            service_url=activity.service_url,
            channel=activity.channel_id,
            tenant=activity.conversation.tenant_id or "",
        )
        result = AuthenticateRequestResult()
        result.audience = AUDIENCE
        result.claims_identity = self._identity
        result.connector_factory = self.create_connector_factory(self._identity)
        return result

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> AuthenticateRequestResult:
        """No streaming: Teams does not use it."""
        raise NotImplementedError

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        """Clients over the one pool."""
        return _Factory(self._connector)

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        """None: nobody signs in through the bot, and building one costs milliseconds a turn."""


class _Factory(ConnectorFactory):  # type: ignore[misc]  # an untyped base
    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def create(self, service_url: str, audience: str) -> "_Client":
        return _Client(_Conversations(self._connector, service_url))


@dataclass(frozen=True)
class _Client:
    """What `CloudAdapterBase` uses of a connector client."""

    conversations: "_Conversations"


class _Conversations:
    def __init__(self, connector: Connector, service_url: str) -> None:
        self._connector, self._url = connector, service_url

    async def send_to_conversation(
        self, conversation_id: str, activity: Activity
    ) -> ResourceResponse:
        made = await self._connector.send_to_conversation(
            self._url, conversation_id, wire(activity)
        )
        return ResourceResponse(id=made)

    async def reply_to_activity(
        self, conversation_id: str, activity_id: str, activity: Activity
    ) -> ResourceResponse:
        made = await self._connector.reply_to_activity(
            self._url, conversation_id, activity_id, wire(activity)
        )
        return ResourceResponse(id=made)

    async def update_activity(
        self, conversation_id: str, activity_id: str, activity: Activity
    ) -> ResourceResponse:
        await self._connector.update_activity(
            self._url, conversation_id, activity_id, wire(activity)
        )
        return ResourceResponse(id=activity_id)

    async def delete_activity(self, conversation_id: str, activity_id: str) -> None:
        await self._connector.delete_activity(self._url, conversation_id, activity_id)


class _Surface:
    """Where a turn's reply goes, through botbuilder's adapter.

    `TurnContext.send_activity` is passed by: it deep-copies the whole card first.
    """

    def __init__(self, context: TurnContext, incoming: Incoming) -> None:
        self._context, self._incoming = context, incoming

    async def post(self, reply: Reply) -> str:
        made = await self._context.adapter.send_activities(
            self._context, [_message(reply, self._incoming)]
        )
        return made[0].id or "" if made and made[0] is not None else ""

    async def remove(self, activity_id: str) -> None:
        where = ConversationReference(
            activity_id=activity_id,
            conversation=ConversationAccount(id=self._incoming.conversation),
        )
        await self._context.adapter.delete_activity(self._context, where)


async def _answer_invoke(context: TurnContext, incoming: Incoming, reply: Reply) -> None:
    """A card's tap gets a card or a sentence; other invokes only hear that they arrived."""
    body: AdaptiveCardInvokeResponse | None
    if incoming.name != CARD_ACTION:
        body = None
    elif reply.card is not None:
        body = AdaptiveCardInvokeResponse(status_code=200, type=ADAPTIVE_CARD, value=reply.card)
    else:
        body = AdaptiveCardInvokeResponse(status_code=200, type=TEXT, value=reply.summary)
    answer = Activity(type="invokeResponse", value=InvokeResponse(status=200, body=body))
    await context.adapter.send_activities(context, [answer])


def _invoke_body(body: Any) -> JsonObject | None:
    if not isinstance(body, AdaptiveCardInvokeResponse):
        return None
    return {"statusCode": body.status_code, "type": body.type, "value": body.value}


def _received(incoming: Incoming) -> Activity:
    """The fields that the pipeline reads; msrest's own deserialiser costs ten times as much."""
    return Activity(
        type=incoming.type,
        id=incoming.id,
        channel_id=incoming.channel,
        service_url=incoming.service_url,
        # More than one is refused in the turn, whatever the token says.
        conversation=ConversationAccount(
            id=incoming.conversation, tenant_id=min(incoming.tenants, default="")
        ),
        from_property=ChannelAccount(id=incoming.sender),
        recipient=ChannelAccount(id=incoming.bot, name=incoming.bot_name),
    )


def _message(reply: Reply, incoming: Incoming) -> Activity:
    message = Activity(
        type="message",
        conversation=ConversationAccount(id=incoming.conversation),
        from_property=ChannelAccount(id=incoming.bot, name=incoming.bot_name),
        recipient=ChannelAccount(id=incoming.sender),
        reply_to_id=incoming.id if incoming.type == MESSAGE else None,
    )
    if reply.card is None and reply.consent is None:
        message.text, message.text_format = reply.summary, "plain"
    else:
        message.summary = reply.summary
    message.attachments = [
        Attachment(
            content_type=one["contentType"],
            content=one["content"],
            content_url=one.get("contentUrl"),
            name=one.get("name"),
        )
        for one in attachments(reply)
    ]
    return message


def wire(activity: Activity) -> JsonObject:
    """An activity's JSON: the fields we send, and a card exactly as it was built."""
    plain = {
        "type": activity.type,
        "id": activity.id,
        "text": activity.text,
        "textFormat": activity.text_format,
        "summary": activity.summary,
        "replyToId": activity.reply_to_id,
        "conversation": _account(activity.conversation),
        "from": _account(activity.from_property),
        "recipient": _account(activity.recipient),
        "attachments": [_attachment(one) for one in activity.attachments or []],
    }
    return {key: value for key, value in plain.items() if value}


def _attachment(one: Attachment) -> JsonObject:
    named = {"contentUrl": one.content_url, "name": one.name}
    kept = {key: value for key, value in named.items() if value}
    return {"contentType": one.content_type, **kept, "content": one.content}


def _account(account: Any) -> JsonObject | None:
    if account is None or not account.id:
        return None
    return {"id": account.id, "name": account.name} if account.name else {"id": account.id}

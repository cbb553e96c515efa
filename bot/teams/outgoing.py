"""The messages we send, in the channel's JSON. Source: Bot Framework activity schema."""

from typing import Any, Final

from dialogs.turn.events import Reply
from records.people import Reference
from scheduler.delivery.courier import Parcel

ADAPTIVE_CARD: Final = "application/vnd.microsoft.card.adaptive"
TEXT: Final = "application/vnd.microsoft.activity.message"


FILE_CONSENT_CARD: Final = "application/vnd.microsoft.teams.card.file.consent"
FILE_INFO_CARD: Final = "application/vnd.microsoft.teams.card.file.info"


def attachments(reply: Reply) -> list[dict[str, Any]]:
    """What a reply's message carries. Source: Teams, "Send and receive files through the bot"."""
    found: list[dict[str, Any]] = []
    if reply.card is not None:
        found.append({"contentType": ADAPTIVE_CARD, "content": reply.card})
    if reply.consent is not None:
        asked = reply.consent
        content = {
            "description": asked.description,
            "sizeInBytes": asked.size,
            "acceptContext": dict(asked.context),
            "declineContext": dict(asked.context),
        }
        found.append({"contentType": FILE_CONSENT_CARD, "name": asked.name, "content": content})
    if reply.info is not None:
        info = reply.info
        content = {"uniqueId": info.id, "fileType": info.file_type}
        found.append(
            {
                "contentType": FILE_INFO_CARD,
                "contentUrl": info.url,
                "name": info.name,
                "content": content,
            }
        )
    return found


def card_message(to: Reference, parcel: Parcel) -> dict[str, Any]:
    """One message with one card. The summary is what the notification shows in a personal chat; in
    a channel there is none without an alert. Source: Teams, "Messages in bot conversations"."""
    alert = {"channelData": {"notification": {"alert": True}}} if parcel.alert else {}
    return {
        **_addressed(to),
        **alert,
        "summary": parcel.summary,
        "attachments": [{"contentType": ADAPTIVE_CARD, "content": parcel.card}],
    }


def _addressed(to: Reference) -> dict[str, Any]:
    message: dict[str, Any] = {"type": "message", "conversation": {"id": to.conversation_id}}
    if to.bot_id:
        message["from"] = {"id": to.bot_id, "name": to.bot_name}
    if to.user_id:
        message["recipient"] = {"id": to.user_id}
    return message

"""The messages we send, in the channel's JSON. Source: Bot Framework activity schema."""

from typing import Any, Final

from records.people import Reference

ADAPTIVE_CARD: Final = "application/vnd.microsoft.card.adaptive"
TEXT: Final = "application/vnd.microsoft.activity.message"


def card_message(to: Reference, card: dict[str, Any], summary: str) -> dict[str, Any]:
    """One message with one card. The summary is what the notification shows."""
    return {
        **_addressed(to),
        "summary": summary,
        "attachments": [{"contentType": ADAPTIVE_CARD, "content": card}],
    }


def text_message(to: Reference, text: str) -> dict[str, Any]:
    """One message of plain text: never read as Markdown, since it may repeat typed words."""
    return {**_addressed(to), "text": text, "textFormat": "plain"}


def _addressed(to: Reference) -> dict[str, Any]:
    message: dict[str, Any] = {"type": "message", "conversation": {"id": to.conversation_id}}
    if to.bot_id:
        message["from"] = {"id": to.bot_id, "name": to.bot_name}
    if to.user_id:
        message["recipient"] = {"id": to.user_id}
    return message

"""What every peer is given: the port, the card, and where Microsoft's services are on loopback.

A peer runs in an environment of its own, so nothing of the product is imported here.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

APP_ID: Final = "11111111-2222-3333-4444-555555555555"
TENANT: Final = "aaaaaaaa-0000-0000-0000-000000000001"
SECRET: Final = "invented"  # noqa: S105  # the fake authority takes any
ISSUER: Final = "https://api.botframework.com"
LOGIN: Final = "https://login.microsoftonline.com"
ADAPTIVE: Final = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True)
class Given:
    """`services` is the address of the fake issuer, authority and Teams."""

    port: int
    services: str
    card: dict[str, Any]


def given() -> Given:
    """From the environment: PORT, SERVICES, CARD (a file)."""
    card = json.loads(Path(os.environ["CARD"]).read_text())
    return Given(int(os.environ["PORT"]), os.environ["SERVICES"], card)


def message(card: dict[str, Any], identity: str) -> dict[str, Any]:
    """The update of a message: the same card in it, as JSON."""
    attachments = [{"contentType": ADAPTIVE, "content": card}]
    return {"type": "message", "id": identity, "summary": "A card", "attachments": attachments}

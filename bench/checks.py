"""Whether an answer is the card that it has to be, and whether what was sent is kept."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from bench.client import Answer
from bench.peers.given import ADAPTIVE
from bench.steps import NUMBER
from bench.town import SENT, Member
from records.conversation.snapshot import read_file
from records.drafts import Drafts
from records.store.contract import Store
from tests.teams import drawn
from tests.teams.places import Card


class Wrong(Exception):
    """An answer that is not the one expected, or an answer that was given and is not kept."""


def card_in(answer: Answer) -> Card:
    """The card of an answer to a tap. Raises Wrong."""
    if answer.status != 200:
        raise Wrong(f"status {answer.status}: {answer.text[:200]}")
    body = json.loads(answer.text)
    if body.get("statusCode") != 200 or body.get("type") != ADAPTIVE:
        raise Wrong(f"no card: {answer.text[:200]}")
    card: Card = body["value"]
    return card


def shown(answer: Answer, wanted: str) -> Card:
    """The card, which has a field of this id or a button of this title. Raises Wrong."""
    card = card_in(answer)
    if wanted not in drawn.fields(card) and wanted not in drawn.buttons(card):
        raise Wrong(f"no {wanted!r} on:\n{drawn.texts(card)}")
    return card


def same(answer: Answer, card: dict[str, Any]) -> None:
    """The card of a peer is the one that it was given. Raises Wrong."""
    if card_in(answer) != card:
        raise Wrong(f"another card: {answer.text[:200]}")


async def kept(store: Store, members: Sequence[Member]) -> int:
    """Every answer is in the store as it was sent: how many these are. Raises Wrong."""
    if missing := await lost(store, members):
        raise Wrong(f"{len(missing)} answers lost: {', '.join(missing[:8])}")
    return sum(len(member.sent) for member in members)


async def lost(store: Store, members: Iterable[Member]) -> list[str]:
    """Which answers are not in the store as they were sent: whose, and which field."""
    return [one for member in members for one in await _lost(store, member)]


async def _lost(store: Store, member: Member) -> list[str]:
    drafts = Drafts(store)
    request = await drafts.find(member.key, "request")
    feedback = await drafts.find(member.key, "feedback", member.conversation)
    there: dict[str, Any] = {}
    for opened in (request, feedback):
        there |= opened.draft.answers if opened else {}
    there.pop("scale", None)  # that counts where the conversation has it
    if member.sent.get("scale") == NUMBER:
        file = await read_file(store, member.conversation)
        given = file.answers_of("feedback", SENT) if file else None
        there["scale"] = str(given.scale) if given else None
    expected = member.sent.items()
    return [f"{member.one.name}: {name}" for name, text in expected if there.get(name) != text]

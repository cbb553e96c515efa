"""Whoever has several conversations sees from every receipt which one it is about: what stands
where a card about a conversation stood names it, and every notification begins with it."""

import asyncio
import re
from functools import cache

from cards.wording import wording
from dialogs.root.root import Root
from dialogs.turn.events import CardAction, Event, Reply
from records.outbox.kinds import Kind
from tests.cards.test_every_card import SCENARIOS
from tests.cards.walks import Watched
from tests.dialogs.conftest import Card, elements, texts

REFERENCE = re.compile(r"(LC|PRACTICE)-[0-9A-Z]{5}")
BEGINS = re.compile(rf"(PRACTICE: )?{REFERENCE.pattern}")
WITHOUT = {Kind.CONCERN, Kind.NOT_MEANT}
"""Told without a reference: who is to ring about somebody's practice, and whom it was not for."""


ABOUT_NONE = (
    "cancelled_chosen",
    "draft_put_away",
    "file_gone",
    "file_no_way",
    "gone",
    "my_data_nothing",
    "not_for_you",
    "note_nowhere",
    "risk_title",
    "urgent_title",
    "risk_stopped",
    "upload_early",
)
"""What is said of no one conversation, or of one that is not theirs."""
WORDS_ALONE = ("concern", "quote_read", "telling_title", "outcome")
"""Cards that hold words alone, or are to be tied to none: by what they are called."""


class Tapped(Watched):
    """A house that remembers what stood where a card about a conversation had stood."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        super().__init__()

    async def turn(self, who: str, event: Event, *, root: Root | None = None) -> Reply:
        reply = await super().turn(who, event, root=root)
        if isinstance(event, CardAction) and event.data.get("conversation"):
            self.replies.append(reply)
        return reply


@cache
def walked() -> tuple[Tapped, ...]:
    houses = []
    for walk in SCENARIOS.values():
        house = Tapped()
        asyncio.run(walk(house))  # type: ignore[arg-type]
        houses.append(house)
    return tuple(houses)


def names_none(reply: Reply) -> bool:
    """Whether it may stand without a reference."""
    shown = texts(reply.card or {})
    said = tuple(getattr(wording, one.upper()) for one in ABOUT_NONE)
    called = {getattr(wording, one.upper()) for one in WORDS_ALONE}
    return any(one in shown for one in said) or reply.summary in called


def in_a_flow(card: Card) -> bool:
    """Whether it asks something: one of several cards whose first names the conversation."""
    found = list(elements(card))
    verbs = {str(one.get("verb", "")) for one in found}
    return any(str(one.get("type", "")).startswith("Input.") for one in found) or any(
        verb in ("flow.answer", "flow.back", "flow.finish") for verb in verbs
    )


def test_every_notification_begins_with_the_reference() -> None:
    found = {
        (kind, summary)
        for house in walked()
        for _, _, summary, kind in house.shows
        if kind is not None and kind not in WITHOUT and not BEGINS.match(summary)
    }
    assert sorted(map(str, found)) == []


def test_every_receipt_names_its_conversation() -> None:
    found = {
        texts(reply.card)[:200]
        for house in walked()
        for reply in house.replies
        if reply.card
        and not in_a_flow(reply.card)
        and not names_none(reply)
        and not REFERENCE.search(texts(reply.card))
    }
    assert sorted(map(str, found)) == []


def test_no_receipt_is_called_the_list_of_requests() -> None:
    found = {
        texts(reply.card)[:100]
        for house in walked()
        for reply in house.replies
        if reply.card and reply.summary == wording.STATUS_SUMMARY
    }
    assert sorted(map(str, found)) == []


def test_every_card_of_feedback_and_of_the_outcome_names_its_conversation() -> None:
    """Each stands where the one before stood, which named it."""
    found, cards = set(), 0
    for reply in (one for house in walked() for one in house.replies if one.card):
        shown = texts(reply.card or {})
        data = [one.get("data", {}) for one in elements(reply.card) if one.get("verb")]
        asks = {one["flow"] for one in data if one.get("step") and one.get("flow")}
        if asks & {"feedback", "outcome"}:
            cards += 1
            found |= set() if REFERENCE.search(shown) else {shown[:100]}
    assert cards > 20
    assert sorted(found) == []

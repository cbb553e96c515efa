"""Where a line of the paper is met: on the cards of the walks, and in the files people can have."""

import asyncio
import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from typing import Final
from zipfile import ZipFile

from cards.learning.documents import learning_document, pack
from cards.on_paper import agreement, feedback_form, request_form
from records.conversation.feedback import NO_ANSWERS
from records.store.memory import MemoryStore
from tests.cards.learning.test_documents import AT, document
from tests.cards.walks import seen
from tests.dialogs.conftest import House
from tests.paper.lines import as_shown, plain

CARD: Final = "a card"


@cache
def places() -> Mapping[str, frozenset[str]]:
    """Every text that is met, without what its place adds, by where that is."""
    cards = (line for one in seen() for line in one.text.split("\n"))
    filled = document()
    return {
        CARD: frozenset(map(plain, cards)),
        "the pack": frozenset(map(plain, _paragraphs(pack(filled, AT)))),
        "the learning document": frozenset(map(plain, _paragraphs(learning_document(filled, AT)))),
        **asyncio.run(_forms()),
    }


async def _forms() -> dict[str, frozenset[str]]:
    """The forms that people get as Word files."""
    house = House(MemoryStore())
    it = (await house.file(await house.held())).conversation
    me, zone = it.requester, house.services().zone
    bodies = {
        "the request form": request_form(it, NO_ANSWERS, zone, AT),
        "the feedback form": feedback_form(it, me, NO_ANSWERS, zone, AT),
        "the agreement": agreement(it, zone, AT),
    }
    return {name: frozenset(map(plain, _paragraphs(body))) for name, body in bodies.items()}


def where(line: str) -> tuple[str, ...]:
    """Where a line of the paper is met, word for word but for its slips."""
    text = plain(as_shown(line))
    return tuple(name for name, texts in places().items() if text in texts)


def _paragraphs(body: bytes) -> Iterator[str]:
    with ZipFile(io.BytesIO(body)) as parts:
        whole = parts.read("word/document.xml").decode()
    for one in re.findall(r"(?s)<w:p[ >].*?</w:p>", whole):
        yield unescape(re.sub(r"<[^>]+>", "", one))

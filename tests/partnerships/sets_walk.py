"""One conversation under two sets of questions, each in a process of its own (`test_two_sets.py`).

The first answers some of them and stops; the second finds its rows, its drafts and its cards.
"""

import io
import json
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from docx2python import docx2python

from cards import documents, wording
from dialogs.events import CardAction, Reply
from records.feedback import Answers
from records.headings import SECTIONS
from records.learning import learning_document
from records.tables import TableStore
from tests.dialogs.conftest import STORY, TAPS, House
from tests.partnerships import two_sets as second
from tests.partnerships.two_sets import CHILD, HAPPENED, NEW, WORKING, WORRY

NOTES = Path(os.environ.get("SETS_NOTES", "notes.json"))
"""What the first process leaves: the conversation, and the cards that lie in people's chats."""
FIRST_WORRY = "What are you most worried will happen if this situation continues?"
FIRST_HAPPENED = (
    "What happened during the conversation that allows you to scale at that point and not lower?"
)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    store = TableStore(os.environ["SETS_AZURITE"], clock=lambda: datetime.now(UTC), prefix="sets")
    yield House(store)
    await store.close()


def sent(tap: CardAction) -> dict[str, Any]:
    return {"verb": tap.verb, "data": dict(tap.data)}


async def test_under_the_first_set(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "6 out of 10")
    await house.tap("pat", "Next", happened="We listened.")
    await house.tap("pat", "Next")
    await house.tap("pat", "Send", may_quote="yes")
    await house.tap("nia", "7 out of 10")
    nia = house.data("nia", "Next", happened="We slowed down.", learning="")
    data = {"flow": "feedback", "conversation": key}
    await house.press("priya", {"verb": "flow.open", "data": data}, {})
    scale = house.data("priya", "8 out of 10")
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Write 4. What are we worried about?")
    await house.tap("fay", "Save and go on", worries_text="Nobody listens.")
    await house.tap("fay", "Save and go on", working_text="The aunt helps.")
    await house.tap("fay", "Save and see all sections", **{"fact-opinion_fact": "She was absent."})
    await house.tap("fay", "Open 4. What are we worried about?")
    worries = house.data("fay", "Save and go on", worries_text="And nobody asks.")
    await house.fill_to("priya", "worry")
    await house.tap("priya", "Next", worry="It begins again.")
    taps = {"nia": sent(nia), "priya": sent(scale), "fay": sent(worries)}
    chats = {name: len(one.chat) for name, one in house.people.items()}
    notes = {"key": key, "at": house.at.isoformat(), "taps": taps, "chats": chats}
    NOTES.write_text(json.dumps(notes), encoding="utf-8")


async def answers(house: House, key: str, what: str, by: str) -> Answers:
    found = (await house.file(key)).answers_of(what, by)
    assert found is not None
    return found


def under(shown: str, question: str) -> str:
    lines = shown.splitlines()
    return lines[lines.index(question) + 1]


async def test_under_the_second_set(house: House) -> None:
    assert wording.Q_WORRY == WORRY
    notes = json.loads(NOTES.read_text(encoding="utf-8"))
    key, taps = notes["key"], notes["taps"]
    house.at = datetime.fromisoformat(notes["at"]) + timedelta(hours=1)
    for name, count in notes["chats"].items():
        house.people[name].chat = [Reply()] * count  # what lies there, to be replaced in place
    await cards_that_lay_in_chats(house, key, taps)
    await a_draft_on_its_way(house)
    await the_learning_document(house, key, taps)
    await the_evaluation(house)


async def cards_that_lay_in_chats(house: House, key: str, taps: dict[str, Any]) -> None:
    """An old card is answered under its own words; what comes after it asks in today's."""
    await house.turn("nia", CardAction(taps["nia"]["verb"], taps["nia"]["data"]))
    found = await answers(house, key, "feedback", "nurse")
    assert found.asked["happened"] == FIRST_HAPPENED
    assert found.asked["scale.0"] != wording.SCALE_0
    await house.turn("priya", CardAction(taps["priya"]["verb"], taps["priya"]["data"]))
    assert HAPPENED in house.shown("priya")
    await house.tap("priya", "Next", happened="I was heard.")
    found = await answers(house, key, "feedback", "requester")
    assert (found.scale, found.asked["happened"]) == (8, HAPPENED)
    assert found.asked["scale.0"] != wording.SCALE_0
    data = {"flow": "feedback", "conversation": key}
    await house.press("pat", {"verb": "flow.open", "data": data}, {})
    assert second.ZERO in house.shown("pat")
    await house.tap("pat", "5 out of 10")
    assert wording.ANSWERED_TO.format(question=FIRST_HAPPENED) in house.shown("pat")
    found = await answers(house, key, "feedback", "other1")
    assert found.asked["scale.0"] == second.ZERO
    assert found.asked["happened"] == FIRST_HAPPENED


async def a_draft_on_its_way(house: House) -> None:
    """Begun under the first set, sent under the second; the manager reads both as they were."""
    await house.say("priya", "request")
    await house.tap("priya", "Next", **TAPS["hope_you"])
    assert CHILD in house.shown("priya")
    await house.tap("priya", "Next", **TAPS["hope_child"])
    assert under(house.shown("priya"), FIRST_WORRY) == "It begins again."
    assert under(house.shown("priya"), CHILD) == STORY["hope_child"]
    await house.tap("priya", "Send")
    assert under(house.shown("martin"), FIRST_WORRY) == "It begins again."
    assert under(house.shown("martin"), CHILD) == STORY["hope_child"]
    assert WORRY not in house.shown("martin")


async def the_learning_document(house: House, key: str, taps: dict[str, Any]) -> None:
    """What was written stands under its heading; what is new is asked in today's words."""
    await house.turn("fay", CardAction(taps["fay"]["verb"], taps["fay"]["data"]))
    shown = house.shown("fay")
    assert under(shown, wording.KEPT_HEADING) == "And nobody asks."
    assert under(shown, "4. What are we worried about?") == wording.SECTION_EARLIER
    assert f"5. {NEW}" in shown
    assert "6. What’s working well?" in shown
    await house.tap("fay", f"Write 5. {NEW}")
    await house.tap("fay", "Save and see all sections", **{"carry-on_what": "Thursday calls."})
    document = learning_document(await house.file(key))
    assert len(document.parts) == len(SECTIONS) + 1
    with docx2python(io.BytesIO(documents.learning_document(document, house.at))) as found:
        lines = [one.strip() for one in str(found.text).splitlines() if one.strip()]
    for heading, text in (
        ("What are we worried about?", "Nobody listens."),
        (NEW, "Thursday calls."),
        ("What’s working well?", "The aunt helps."),
    ):
        place = next(number for number, one in enumerate(lines) if one.endswith(heading))
        assert lines[place + 1] == text
    await house.tap("fay", "Open 6. What’s working well?")
    assert WORKING in house.shown("fay")
    await house.tap("fay", "Save and see all sections", working_text="The aunt and the school.")
    assert f"6. {WORKING}" in house.shown("fay")


async def the_evaluation(house: House) -> None:
    """Words stand under the question they answered, and the scale says that its ends moved."""
    year = {"in": "2027-01-01_2027-12-31"}
    await house.press("idris", {"verb": "quotes.read", "data": year}, {})
    assert FIRST_HAPPENED in house.shown("idris")
    assert HAPPENED not in house.shown("idris")
    await house.press("idris", {"verb": "evaluation.show", "data": year}, {})
    assert wording.SCALE_CHANGED in house.shown("idris")

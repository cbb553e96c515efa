"""One conversation under two sets of questions, before and after a restart over the same tables.

Under the first some are answered; the second finds the rows, the drafts and the cards in chats.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from docx2python import docx2python

from cards.learning import documents
from cards.wording import wording
from dialogs.turn.events import CardAction, Reply
from records.conversation.feedback import Answers
from records.evaluation.closing import count
from records.evaluation.periods import quarter
from records.learning.document import learning_document
from records.partnership import Partnership, read_partnership
from records.store.azure import TableStore
from tests.dialogs.conftest import STORY, TAPS, House
from tests.partnerships import two_sets as changed
from tests.partnerships.two_sets import CHILD, HAPPENED, NEW, WORKING, WORRY, first

FIRST_WORRY = "What are you most worried will happen if this situation continues?"
FIRST_HAPPENED = (
    "What happened during the conversation that allows you to scale at that point and not lower?"
)


@dataclass(frozen=True)
class Left:
    """What the first set left: the conversation, and taps on cards that lie in people's chats."""

    key: str
    taps: dict[str, CardAction]


async def test_what_was_answered_before_the_words_changed_stays_as_it_was_asked(
    azurite: str, tmp_path: Path, serving: Callable[[Partnership], None]
) -> None:
    store = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix="sets")
    serving(read_partnership(first(tmp_path)))
    before = House(store)
    left = await under_the_first_set(before)
    serving(read_partnership(changed.second(tmp_path)))
    await under_the_second_set(_after(before), left)
    await store.close()


def _after(before: House) -> House:
    """The house an hour later: another process, the same tables and chats."""
    house = House(before.store)
    house.at = before.at + timedelta(hours=1)
    for name, one in before.people.items():
        # What lies there, to be replaced in place.
        house.people[name].chat = [Reply()] * len(one.chat)
    return house


async def under_the_first_set(house: House) -> Left:
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
    return Left(key, {"nia": nia, "priya": scale, "fay": worries})


async def answers(house: House, key: str, what: str, by: str) -> Answers:
    found = (await house.file(key)).answers_of(what, by)
    assert found is not None
    return found


def under(shown: str, question: str) -> str:
    lines = shown.splitlines()
    return lines[lines.index(question) + 1]


async def under_the_second_set(house: House, left: Left) -> None:
    assert wording.Q_WORRY == WORRY
    key, taps = left.key, left.taps
    await cards_that_lay_in_chats(house, key, taps)
    await a_draft_on_its_way(house)
    await the_learning_document(house, key, taps)
    await the_evaluation(house)


async def cards_that_lay_in_chats(house: House, key: str, taps: dict[str, CardAction]) -> None:
    """An old card is answered under its own words; what comes after it asks in today's."""
    await house.turn("nia", taps["nia"])
    await house.tap("nia", "Next")
    await house.tap("nia", "Send")
    found = await answers(house, key, "feedback", "nurse")
    assert found.asked["happened"] == FIRST_HAPPENED
    assert found.asked["scale.0"] != wording.SCALE_0
    await house.turn("priya", taps["priya"])
    assert HAPPENED in house.shown("priya")
    await house.tap("priya", "Next", happened="I was heard.")
    await house.tap("priya", "Next")
    await house.tap("priya", "Send")
    found = await answers(house, key, "feedback", "requester")
    assert (found.scale, found.asked["happened"]) == (8, HAPPENED)
    assert found.asked["scale.0"] != wording.SCALE_0
    data = {"flow": "feedback", "conversation": key}
    await house.press("pat", {"verb": "flow.open", "data": data}, {})
    assert changed.ZERO in house.shown("pat")
    await house.tap("pat", "5 out of 10")
    assert wording.ANSWERED_TO.format(question=FIRST_HAPPENED) in house.shown("pat")
    found = await answers(house, key, "feedback", "other1")
    assert found.asked["scale.0"] == changed.ZERO
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
    await house.open_door("martin")
    assert under(house.shown("martin"), FIRST_WORRY) == "It begins again."
    assert under(house.shown("martin"), CHILD) == STORY["hope_child"]
    assert WORRY not in house.shown("martin")


async def the_learning_document(house: House, key: str, taps: dict[str, CardAction]) -> None:
    """What was written stands under its heading; what is new is asked in today's words."""
    await house.turn("fay", taps["fay"])
    shown = house.shown("fay")
    assert under(shown, wording.KEPT_HEADING) == "And nobody asks."
    assert under(shown, "4. What are we worried about?") == wording.SECTION_EARLIER
    assert f"5. {NEW}" in shown
    assert "6. What’s working well?" in shown
    await house.tap("fay", f"Write 5. {NEW}")
    await house.tap("fay", "Save and see all sections", **{"carry-on_what": "Thursday calls."})
    document = learning_document(await house.file(key), wording.partnership)
    assert len(document.parts) == len(wording.partnership.learning.sections) + 1
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
    of = wording.partnership
    counts = await count(house.store, of, quarter(of.evaluation, date(2027, 2, 3)))
    assert len(counts.meanings) == 2


def test_the_second_file_is_sound_and_raises_its_numbers(tmp_path: Path) -> None:
    was, now = read_partnership(first(tmp_path)), read_partnership(changed.second(tmp_path))
    for name in type(was.questions).model_fields:
        assert getattr(now.questions, name) == getattr(was.questions, name) + 1
    assert "worries" not in {one.id for one in now.learning.sections}

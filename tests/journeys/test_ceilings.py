"""What each part costs people, counted from the first message to the last.

A tap is a button or a choice; an input is typed where its text is not what already stood there.
docs/reference.md prints the counts; a new ask on these ways takes another away.
"""

from typing import Any

import pytest

from bot.reference import EFFORT
from cards.wording import wording
from dialogs.turn.events import CardAction, Reply
from records.partnership.sections import SectionKind
from records.store.memory import MemoryStore
from tests.dialogs.conftest import STORY, House, elements, values


class Counting(House):
    """Counts what one person does."""

    def __init__(self, *parts: Any, **more: Any) -> None:
        super().__init__(*parts, **more)
        self.counts = dict.fromkeys(self.people, (0, 0))

    def begin(self) -> None:
        """From here on."""
        self.counts = dict.fromkeys(self.people, (0, 0))

    def more(self, who: str, taps: int, typed: int) -> None:
        before = self.counts[who]
        self.counts[who] = before[0] + taps, before[1] + typed

    async def press(self, who: str, pressed: dict[str, Any], inputs: dict[str, Any]) -> Reply:
        card = self.people[who].card
        shown = values(card)
        kinds = {str(one.get("id")): str(one["type"]) for one in elements(card) if "id" in one}
        new = {name: text for name, text in inputs.items() if text != shown.get(name, "") and text}
        chosen = [one for one in new if kinds.get(one) == "Input.ChoiceSet"]
        picked = [one for one in new if kinds.get(one) in ("Input.Date", "Input.Time")]
        typed = [one for one in new if kinds.get(one) == "Input.Text"]
        choices = sum(len(str(new[one]).split(",")) for one in chosen)
        self.more(who, 1 + choices + len(picked), len(typed))
        return await super().press(who, pressed, inputs)


@pytest.fixture
def house() -> Counting:
    return Counting(MemoryStore())


def counted(house: Counting, who: str, name: str) -> None:
    """What was counted is what the page says, and no more than the ceiling."""
    effort = next(one for one in EFFORT if one.name == name)
    assert house.counts[who] == (effort.taps, effort.typed), name
    assert effort.taps <= effort.most_taps
    assert effort.most_typed is None or effort.typed <= effort.most_typed


async def test_a_manager(house: Counting) -> None:
    await house.requested()
    house.begin()
    await house.tap("martin", wording.DOOR_REQUEST)
    await house.tap("martin", wording.AGREE)
    counted(house, "martin", "the manager who agrees")


async def test_who_comes(house: Counting) -> None:
    key = await house.booked()
    house.begin()
    await house.tap("pat", wording.BOTH_YES)
    await house.tap("pat", wording.AGREEMENT_READ)
    await house.tap("pat", wording.ACCEPT)
    assert wording.PREPARE_READY in house.shown("pat")
    await house.hold()
    await house.tap("pat", "7 out of 10")
    await shared(house, key)
    await house.tap("pat", wording.DOOR_RECORD)
    await house.tap("pat", wording.RECORDED)
    counted(house, "pat", "somebody who comes")


async def shared(house: Counting, key: str) -> None:
    """The document is shared, and the agencies have their words three working days later."""
    await house.press("fay", {"verb": "learning.share-yes", "data": {"conversation": key}}, {})
    await house.skip(days=6)


async def test_a_lead_worker_where_the_family_has_been_told(house: Counting) -> None:
    key = await house.booked()
    house.begin()
    await house.tap("priya", wording.TELLING_OPEN)
    await house.tap("priya", wording.TELLING_TOLD)
    assert (await house.record(key)).telling is not None
    counted(house, "priya", "the lead worker who says that the family was told")


async def test_a_request_by_somebody_who_was_here_before(house: Counting) -> None:
    await house.requested()
    house.begin()
    await house.turn("priya", CardAction("request.open", {}))
    house.more("priya", 1, 0)
    await house.tap("priya", wording.RISK_NO)
    await house.tap("priya", wording.NEXT, about="child", reasons="stuck")
    known = next(
        one for one in elements(house.people["priya"].card) if one.get("id") == "other_known"
    )
    pat = next(one["value"] for one in known["choices"] if "Pat Reed" in one["title"])
    await house.tap("priya", wording.NEXT, other_known=pat)
    await house.tap("priya", wording.NEXT, worry=STORY["worry"])
    for step in ("hope_you", "hope_child"):
        both = (step, f"{step}_known")
        await house.tap("priya", wording.NEXT, **{one: STORY[one] for one in both})
    await house.tap("priya", wording.SEND)
    counted(house, "priya", "a request by somebody who was here before, with one other person")


async def six(house: Counting) -> str:
    """A held conversation of six people from three agencies."""
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_to("priya", "people")
    for number in range(3):
        more = {"other_name": f"Worker {number} Moss", "other_agency": "Suffolk Police"}
        await house.tap("priya", wording.ADD_ANOTHER, other_attending="yes", **more)
    pat = {"other_name": "Pat Reed", "other_mail": "pat@police.example"}
    nia = {"nurse": "named", "nurse_name": "Nia Okafor", "nurse_mail": "nia@health.example"}
    coming = {"other_attending": "yes", "nurse_attending": "yes"}
    await house.tap("priya", wording.NEXT, other_agency="Suffolk Police", **pat, **nia, **coming)
    await house.fill_from("priya", "worry")
    await house.tap("priya", wording.SEND)
    await house.agree()
    await house.pick_up()
    await house.book(coming="requester,nurse,other1,other2,other3,other4")
    await house.hold()
    return await house.newest()


async def test_the_learning_document_of_six_people(house: Counting) -> None:
    key = await six(house)
    it = await house.record(key)
    assert it.held is not None
    assert len(it.held.came) == 6
    house.begin()
    await house.tap("fay", wording.TYPE_UP)
    sections = wording.partnership.learning.sections
    await house.tap("fay", f"{wording.SECTION_WRITE} 2. {sections[1].heading}")
    for section in sections[1:]:
        card = house.people["fay"].card
        inputs = [str(one["id"]) for one in elements(card) if one.get("type") == "Input.Text"]
        said = {one: "We listen to each other." for one in inputs if not values(card).get(one)}
        if section.kind is SectionKind.SCALING:
            ids = [str(one.get("id", "")) for one in elements(card)]
            said = {one: "7" for one in ids if one.startswith(f"{section.id}_numbers.")}
            assert len(said) == 6
        if section.kind is SectionKind.REVIEW:
            said.pop(f"{section.id}_day", None)
        share = wording.SAVE_SHARE.format(name="Priya Shah")
        last = section is sections[-1]
        await house.tap("fay", share if last else wording.SAVE_NEXT, **said)
    assert not (await house.record(key)).captured.is_open
    counted(house, "fay", "the learning document of six people")

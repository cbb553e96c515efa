"""No typed message answers, sends, agrees, closes or moves on: in every flow, on each of its cards.

What it may do is fill a field of the card that is open, in its writer's draft alone.
"""

import itertools
from typing import Any

import pytest

from dialogs.flow.flow import CHECK, Flow
from dialogs.root.routes import FLOWS
from records.drafts import Draft, Open
from records.stages import Stage
from tests.dialogs.conftest import House
from tests.dialogs.feedback.test_no_outcome import END
from tests.dialogs.feedback.test_no_outcome import until as skip_to

SAID = ("7", "yes", "send", "I agree", "2 March 2027", "Martin Cole", "Room to think.")
"""What somebody might type to a card: numbers, dates, names of choices and buttons, and words."""

STAGES = {
    Stage.REQUESTED: ("priya", "martin", "fay"),
    Stage.PICKED_UP: ("priya", "fay"),
    Stage.BOOKED: ("priya", "martin", "fay", "pat"),
    Stage.HELD: ("priya", "martin", "fay", "pat"),
    Stage.COMPLETE: ("priya", "martin", "fay", "pat"),
}


async def until(house: House, stage: Stage) -> str:
    """A conversation that stands there."""
    key = await house.requested()
    if stage is not Stage.REQUESTED:
        await house.agree()
        await house.pick_up()
    if stage in (Stage.BOOKED, Stage.HELD, Stage.COMPLETE):
        await house.book()
    if stage in (Stage.HELD, Stage.COMPLETE):
        await house.hold()
    if stage is Stage.COMPLETE:
        await skip_to(house, END)
    assert (await house.record(key)).stage is stage
    return key


async def kept(house: House) -> list[Any]:
    """Every conversation with its answers, its messages and its trail, and the word files."""
    rows = [one for table in ("conversations", "files") for one in await house.dump(table)]
    return [(row.partition, row.key, dict(row.values)) for row in rows]


def places(flow: Flow) -> list[str]:
    """Each of its cards."""
    return [*(one.id for one in flow.steps), *([CHECK] if flow.checked else [])]


async def opened(house: House, who: str, flow: Flow, about: str) -> Draft | None:
    """What opening it leaves: its draft, with what was answered before filled in."""
    await house.arrive(who)
    await house.press(
        who, {"verb": "flow.open", "data": {"flow": flow.name, "conversation": about}}, {}
    )
    return await house.draft(who, flow.name, about)


def at(draft: Draft, flow: Flow, place: str) -> Draft:
    """The draft on one of its cards, all before it as it is and this card still empty."""
    step = flow.step(place)
    empty = step.fields if step else ()
    answers = {name: one for name, one in draft.answers.items() if name not in empty}
    return draft.model_copy(update={"step": place, "answers": answers, "recent": ()})


async def alone(house: House, who: str, draft: Draft) -> Draft:
    """Nothing else is open for them."""
    async for one in house.drafts.all_of(house.people[who].actor.key):
        await house.drafts.discard(one.draft)
    return (await house.drafts.save(Open(draft))).draft


@pytest.mark.parametrize("stage", STAGES)
async def test_typed_text_changes_no_conversation_and_moves_no_flow_on(
    house: House, stage: Stage
) -> None:
    key = await until(house, stage)
    filled = set[str]()
    for who, flow in itertools.product(STAGES[stage], FLOWS.values()):
        about = "" if flow.right is None else key
        begun = await opened(house, who, flow, about)
        for place, said in itertools.product(places(flow) if begun else (), SAID):
            assert begun is not None
            draft = await alone(house, who, at(begun, flow, place))
            before = await kept(house)
            await house.say(who, said)
            assert await kept(house) == before, (who, flow.name, place, said)
            now = await house.draft(who, flow.name, draft.conversation)
            assert now is not None, (who, flow.name, place, said)
            assert now.step == place, (who, flow.name, place, said)
            if now.answers != draft.answers:
                filled.add(flow.name)
    assert filled

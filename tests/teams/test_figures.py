"""The product on a strict Teams: what a message holds is safe and true on every device, every
client gets through, and nothing is doubled."""

from collections import Counter

import pytest

from cards.wording import wording as w
from records.partnership.sections import SectionKind
from tests.dialogs.conftest import TAPS
from tests.teams import answers, drawn
from tests.teams.counted import counted, stage
from tests.teams.devices import Device
from tests.teams.line import Again
from tests.teams.looked import looked
from tests.teams.people import Person
from tests.teams.running import World
from tests.teams.walk import CANARY, STEPS, Choose, Walk, at_the_desk, on_the_phone, told

every = pytest.mark.teams
ON_THE_WAY = [False, pytest.param(True, marks=every)]
"""At the end of the pathway; or after each of its steps too."""
DEVICES = [at_the_desk, pytest.param(on_the_phone, marks=every)]


async def up_to(here: World, step: object) -> Walk:
    """The pathway at the desk, this step left."""
    walk = Walk(here)
    for one in STEPS:
        if one == step:
            break
        await one(walk)
    return walk


# What each device shows --------------------------------------------------------------------------


@pytest.mark.parametrize("on_the_way", ON_THE_WAY)
async def test_every_button_of_an_earlier_card_leads_to_where_things_are(on_the_way: bool) -> None:
    seen = await looked(on_the_way=on_the_way)
    assert sorted({one.leads_nowhere for one in seen.old} - {""}) == []


@pytest.mark.parametrize("on_the_way", ON_THE_WAY)
async def test_no_button_of_an_earlier_card_changes_anything(on_the_way: bool) -> None:
    seen = await looked(on_the_way=on_the_way)
    assert sorted({one.changes for one in seen.old} - {""}) == []


async def test_a_receipt_is_on_both_devices_and_stays_there(here: World) -> None:
    """What is no story is shown to all: the message holds the very card that answered."""
    await up_to(here, Walk.pick_up)
    martin = here.teams.person("martin")
    before = martin.desk.shown
    martin.desk.reload()
    assert martin.desk.shown == martin.phone.shown == before
    assert "Agree" not in martin.phone.buttons


class InTurn(Walk):
    """Every tap on another device than the one before. Where that shows an earlier card, its first
    button leads to the present one."""

    async def tap(self, who: str, title: str, /, on: str = "", **words: str) -> None:
        """A tap, or two."""
        device = self.on(who)
        there = [one.present for one in device.screens() if drawn.find(one.card, title)]
        old = [one for one in device.screens() if not one.present]
        if old and True not in there:
            await device.press(old[-1], next(drawn.presses(old[-1].card)))
        await device.tap(title, on=on, **words)
        await self.here.teams.quiet()

    async def request(self) -> None:
        """A card once each: what is added to a card is on the device where it was added."""
        await self.say("priya", "request")
        await self.tap("priya", "No")
        for words in TAPS.values():
            await self.tap("priya", "Next", **words)
        await self.tap("priya", "Send")


async def test_what_was_taken_on_is_no_question_on_another_device(here: World) -> None:
    """The story that opens with it is behind a button, on each device and after a reload."""
    await (await up_to(here, Walk.book)).after("picked up")
    fay = here.teams.person("fay")
    fay.desk.reload()
    for device in fay.devices:
        assert w.INDEPENDENT_YES not in device.buttons
        assert w.PICKED_UP_YOU.split("{")[0] in drawn.texts(device.newest.card)
        assert CANARY not in drawn.texts(device.newest.card)
        await device.tap(w.DOOR_REQUEST)
        assert CANARY in drawn.texts(device.newest.card)


async def test_somebody_goes_on_where_they_are_on_the_other_device(here: World) -> None:
    turns: Counter[str] = Counter()

    def in_turn(person: Person) -> Device:
        turns[person.key] += 1
        return person.devices[turns[person.key] % 2]

    walk = InTurn(here, in_turn)
    for step in (walk.arrive, walk.request, walk.agree, walk.pick_up):
        await step()
    assert await stage(here) == "picked-up"


async def test_nothing_is_redrawn_under_somebodys_fingers(here: World) -> None:
    """Teams is busy at the tap; they write on, and nothing draws their card anew."""
    walk = await up_to(here, Walk.feedback)
    priya = here.teams.person("priya")
    busy = here.teams.answer(answers.THROTTLED, method="PUT")
    await priya.desk.tap("6 out of 10")
    priya.desk.type(happened="Half a sen")
    await here.teams.quiet()
    here.teams.lift(busy)
    here.teams.passes(5)
    await here.skip("1 minute")
    assert here.teams.redrawn_under_fingers == (await looked()).under_fingers == []
    assert priya.desk.typed
    await walk.tap("priya", "Next")


# Stories ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("choose", DEVICES)
async def test_no_version_of_any_message_holds_a_story(choose: Choose) -> None:
    seen = await looked(choose=choose)
    assert (seen.stage, seen.wrong) == ("complete", [])
    assert seen.stories == []


async def test_no_message_holds_a_story_at_the_end() -> None:
    assert (await looked()).stay == []


async def test_a_typed_message_is_answered_without_a_word_of_the_story(here: World) -> None:
    """A new message that leads to a story is a door."""
    walk = Walk(here)
    await walk.arrive()
    await walk.say("priya", "request")
    await walk.tap("priya", "No")
    for words in list(TAPS.values())[:3]:
        await walk.tap("priya", "Next", **words)
    await walk.say("priya", told("worry"))
    await walk.tap("priya", "Next")
    for hope in ("hope_you", "hope_child"):
        known = f"{hope}_known"
        words = {hope: told(hope), known: told(known)}
        await walk.tap("priya", "Next", **words)
    await walk.say("priya", "request")
    assert [str(one) for one in here.teams.versions(CANARY)] == []


async def test_a_typed_text_that_may_be_for_several_stands_in_no_message_of_ours(
    here: World,
) -> None:
    walk = await up_to(here, Walk.feedback)
    await walk.tap("priya", "6 out of 10")
    await walk.say("priya", "request")
    await walk.say("priya", told("several"))
    assert w.WHICH_TITLE in here.teams.person("priya").desk.shown[-1]
    assert here.teams.versions(told("several")) == []


@pytest.mark.parametrize("kind", [SectionKind.VIEWS, SectionKind.RECORDING])
async def test_a_list_of_what_was_learned_stands_in_no_message(
    here: World, kind: SectionKind
) -> None:
    """One is added, and the card that asks for another shows it."""
    walk = await up_to(here, Walk.type_up)
    await walk.tap("fay", "Type up the learning")
    (section,) = (one for one in w.partnership.learning.sections if one.kind is kind)
    fay = here.teams.person("fay").desk
    await walk.tap("fay", next(one for one in fay.buttons if section.heading in one))
    words = told("listed")
    typed = {f"{section.id}_words": words}
    if kind is SectionKind.VIEWS:
        typed[f"{section.id}_who"] = "Suffolk Police"
    await walk.tap("fay", "Save and add another", **typed)
    assert words in fay.shown[-1]
    assert here.teams.versions(words) == []


# Clients ------------------------------------------------------------------------------------------


async def test_the_whole_pathway_through_the_fallback_alone(here: World) -> None:
    """Where `Action.Execute` is dead every tap arrives, its answer stands in the message, and is
    closed when it is done with."""
    for person in here.teams.people.values():
        for device in person.devices:
            device.executes = False
    await Walk(here).whole()
    assert await stage(here) == "complete"
    kinds = Counter(one["type"] for one in here.teams.line.delivered)
    assert kinds["invoke"] == 0
    found = here.teams.versions(CANARY)
    assert [str(one) for one in found if one.is_now] == []


@every
async def test_the_whole_pathway_where_every_input_is_always_sent(here: World) -> None:
    for person in here.teams.people.values():
        for device in person.devices:
            device.associates = False
    await Walk(here).whole()
    assert await stage(here) == "complete"


async def test_no_card_asks_to_be_refreshed() -> None:
    """An automatic refresh would be an answer to nobody's tap."""
    assert not (await looked()).refreshes


async def test_no_client_may_block_a_tap() -> None:
    """What is required is said in the label and checked by us: no input has `isRequired`."""
    assert sorted((await looked()).required) == []


# Redelivery ---------------------------------------------------------------------------------------

TYPED = "priya: Request"
"""What answers a typed word is looked at apart: it has no card to come back in."""


@pytest.mark.parametrize(
    ("again", "executes"),
    [
        (Again.NEW_ID, True),
        pytest.param(Again.SAME_ID, True, marks=every),
        pytest.param(Again.NEW_ID, False, marks=every),
        pytest.param(Again.SAME_ID, False, marks=every),
    ],
)
async def test_every_action_and_message_delivered_again_doubles_nothing(
    here: World, again: Again, executes: bool
) -> None:
    here.teams.line.again = again
    for person in here.teams.people.values():
        for device in person.devices:
            device.executes = executes
    await Walk(here).whole()
    found, plain = await counted(here), (await looked()).figures
    assert plain is not None
    assert found.acts == plain.acts
    assert found.texts == plain.texts
    assert found.drafts == plain.drafts
    assert found.sent == plain.sent
    assert {one for one in found.messages - plain.messages if not one.startswith(TYPED)} == set()
    assert plain.messages - found.messages == Counter()


async def test_a_typed_message_delivered_again_shows_where_things_are(here: World) -> None:
    """It changes nothing; what is shown is the card that stands there already, once more."""
    priya = here.teams.person("priya")
    await priya.installs()
    here.teams.line.again = Again.SAME_ID
    before = len(priya.messages)
    await priya.desk.say("request")
    one, two = priya.messages[before:]
    assert drawn.texts(two.now.card or {}) == drawn.texts(one.now.card or {})
    drafts = [row async for row in here.store.query("drafts")]
    assert len(drafts) == 1

"""What becomes of a card with a story when Teams does not let it be changed, and who is asked."""

import asyncio
from dataclasses import replace
from itertools import pairwise

import pytest

from cards.kit.elements import act, build, line, said
from cards.kit.forms import TextField
from cards.kit.notes import note
from cards.kit.story import Story, story
from cards.wording import wording
from records.drafts import Draft, Drafts, Open
from records.people import Person, PersonKey, Reference, key_as_written, person_key
from records.shown_cards import Shown, ShownCards
from records.store.codec import to_values
from records.store.contract import Row
from scheduler.delivery.courier import (
    Ambiguous,
    ChatGone,
    JustTapped,
    MessageGone,
    Moved,
    NotAccepted,
    OutOfOrder,
    Refused,
    Unreachable,
)
from scheduler.upkeep import tidying
from scheduler.upkeep.tidying import CardSeen, Shows, Tidier
from tests.trips import Counting

TELLS = build(said("A story."))
RECEIPT = build([line("Thank you, ", ("Priya Shah",))])
PLACE = Reference(service_url="https://t.example", conversation_id="chat", tenant="t")


class Replacing:
    """A courier that only replaces; `failures` come first."""

    def __init__(self):
        self.failures, self.replaced = [], []

    async def replace(self, to, message_id, parcel):
        if self.failures:
            raise self.failures.pop(0)
        self.replaced.append((to.conversation_id, message_id, parcel))


@pytest.fixture
def courier():
    return Replacing()


@pytest.fixture
def tidier(world, courier):
    return Tidier(world.register, world.directory, courier, world.clocks)


async def shown(tidier, message="m1", card=TELLS, conversation=""):
    tidier.saw(CardSeen(PersonKey("p"), PLACE, message, card, conversation))
    await tidier.quiet()


async def left(tidier):
    return [one.message async for one in tidier._shown.everywhere()]


async def test_a_card_without_a_story_is_not_remembered(tidier):
    await shown(tidier, card=RECEIPT)
    assert await left(tidier) == []


async def test_a_receipt_in_its_place_ends_it(tidier, courier):
    await shown(tidier)
    assert await left(tidier) == ["m1"]
    await shown(tidier, card=RECEIPT)
    assert await left(tidier) == []
    assert courier.replaced == []


def about(conversation):
    """A card with a story of this conversation."""
    again = act("See it", "request.see", {"conversation": conversation})
    return build(said("A story."), [again])


async def test_a_story_of_another_conversation_in_its_place_is_never_closed_for_the_first(tidier):
    await shown(tidier, card=about("a"), conversation="a")
    await shown(tidier, card=about("b"), conversation="a")
    there = [(one.conversation, one.message) async for one in tidier._shown.everywhere()]
    assert there == [("b", "m1")]


async def test_the_receipt_holds_nothing_of_the_card(world, tidier, courier):
    await shown(tidier)
    world.pass_(days=30)
    assert await tidier.tidy_all() == 1
    [(place, message, parcel)] = courier.replaced
    assert (place, message, parcel.summary) == ("chat", "m1", wording.CLOSED_SUMMARY)
    assert "A story." not in str(parcel.card)


async def test_a_card_that_is_gone_is_forgotten(world, tidier, courier):
    await shown(tidier)
    world.pass_(days=30)
    courier.failures = [MessageGone("no", 404)]
    await tidier.tidy_all()
    assert await left(tidier) == []


@pytest.mark.parametrize(
    "failure",
    [
        NotAccepted("429"),
        OutOfOrder("401"),
        Ambiguous("502"),
        Refused("Teams answered 400", 400),
        Refused("Teams answered 413", 413),
        Unreachable("blocked", 403),
        ChatGone("no such chat", 404),
    ],
    ids=lambda one: f"{type(one).__name__} {one.reason}",
)
async def test_a_card_is_forgotten_only_once_its_message_was_replaced(
    world, tidier, courier, failure
):
    """It is tried ever more seldom, once a day at last, for as long as it stands there."""
    await shown(tidier)
    world.pass_(days=30)
    tried = []
    for _ in range(24 * 20):
        courier.failures = [failure]
        await tidier.tidy_all()
        tried += [] if courier.failures else [world.now()]
        world.pass_(hours=1)
    gaps = [(after - before).total_seconds() / 3600 for before, after in pairwise(tried)]
    assert gaps[:3] == [1, 1, 1]
    assert gaps == sorted(gaps)
    assert gaps[-1] == 24
    assert await left(tidier) == ["m1"]
    courier.failures = []
    world.pass_(days=1)
    await tidier.tidy_all()
    assert await left(tidier) == []


async def test_a_card_whose_place_has_moved_is_closed_there(world, tidier, courier):
    await shown(tidier)
    world.pass_(days=30)
    [one] = [card async for card in tidier._shown.everywhere()]
    there = one.place.model_copy(update={"service_url": "https://elsewhere.example"})
    courier.failures = [Moved("another host", 403, there)]
    await tidier.tidy_all()
    assert await left(tidier) == []


async def test_a_receipt_that_its_message_does_not_hold_forgets_no_story(world, tidier, courier):
    """The client that tapped shows it; the message still holds what stood there before."""
    await shown(tidier)
    [one] = [card async for card in tidier._shown.everywhere()]
    receipt = note("It is sent")
    seen = CardSeen(one.person, one.place, "m1", receipt, one.conversation)
    await tidier.keep(replace(seen, shows=Shows.TAPPED))
    assert await left(tidier) == ["m1"]
    await tidier.keep(seen)
    assert await left(tidier) == []


async def test_a_card_that_was_tapped_a_moment_ago_is_left_and_not_put_off(world, tidier, courier):
    """Its receipt stands there already, and its row is about to be forgotten."""
    await shown(tidier)
    world.pass_(days=30)
    courier.failures = [JustTapped("it was tapped meanwhile")]
    await tidier.tidy_all()
    [one] = [card async for card in tidier._shown.everywhere()]
    assert (one.tries, one.again) == (0, None)
    await tidier.tidy_all()
    assert await left(tidier) == []


async def test_a_message_only_now_posted_has_nothing_to_forget(world, tidier):
    counting = Counting(world.store)
    tidier._shown = ShownCards(counting)
    seen = CardSeen(PersonKey("p"), PLACE, "m9", note("It is sent"), "c1", shows=Shows.POSTED)
    await tidier.keep(seen)
    assert [trip.operation for trip in counting.trips] == ["query"]
    await tidier.keep(replace(seen, shows=Shows.HELD))
    assert [trip.operation for trip in counting.trips[1:]] == ["delete", "query"]


async def test_one_card_that_fails_does_not_keep_the_others_open(world, tidier, courier):
    await shown(tidier, "m1")
    await shown(tidier, "m2")
    world.pass_(days=30)
    courier.failures = [NotAccepted("429")]
    await tidier.tidy_all()
    assert len(await left(tidier)) == 1


async def test_the_same_card_drawn_again_is_written_once(world, tidier):
    await shown(tidier)
    world.store.faults.passed = 0
    await shown(tidier)
    assert world.store.faults.passed == 0
    world.elapsed += tidying.KNOWN
    await shown(tidier)
    assert world.store.faults.passed > 0


async def test_a_story_drawn_where_a_receipt_stood_is_remembered_again(tidier):
    await shown(tidier)
    await shown(tidier, card=RECEIPT)
    await shown(tidier)
    assert await left(tidier) == ["m1"]


async def test_too_many_at_once_are_dropped_and_said_so(tidier, caplog, monkeypatch):
    tidier._queue = asyncio.Queue(1)
    for _ in range(2):
        tidier.saw(CardSeen(PersonKey("p"), PLACE, "m", TELLS))
    assert "card not noted" in caplog.text


async def test_delivery_says_where_its_card_stands(world):
    told = []
    await world.install("m")
    await world.request()
    world.deliverer._showed = lambda *facts: told.append(facts)
    await world.sweep.run()
    [(prompt, person, place, message, _)] = told
    assert (prompt.to, person.key, place.conversation_id) == ("m", world.key("m"), "m")
    assert message == "message-1"


# What is a story --------------------------------------------------------------------------------


def test_an_input_or_words_somebody_wrote_are_a_story_and_names_are_none():
    asks = build(TextField("a", "What?").element(""))
    assert story(asks) == story(TELLS) == Story()
    assert story(RECEIPT) is None


def test_a_short_input_is_a_story_on_a_flows_own_card_only():
    looks = TextField("find", "Find", long=False).element("")
    board = act("Find", "board.find", {"conversation": "c1"})
    save = act("Save", "learning.save", {"flow": "learning", "step": "purpose"})
    assert story(build(looks, [board])) is None
    assert story(build(looks, [save])) == Story("", "learning")
    begin = act("Begin", "flow.open", {"flow": "outcome", "conversation": "c1"})
    assert story(build(said("Words."), [begin])) == Story("c1", "")


def test_blocks_of_what_was_said_have_ids_of_their_own():
    card = build([*said("a\nb"), *said("c")])
    assert [one["id"] for one in card["body"]] == ["said1", "said2", "said3"]


async def test_a_card_noted_under_a_key_they_had_stands_while_its_draft_does(world, tidier):
    """Their drafts came under the key of now when they were here; the card was noted before."""
    await world.request()
    before, now = key_as_written("T", "Cap"), person_key("T", "Cap")
    for key in (before, now):
        person = Person(key=key, tenant="T", object_id="Cap", name="Cap")
        await world.store.put("people", Row(key, "person", to_values(person)))
    draft = Draft(
        owner=now, flow="feedback", conversation="c1", version=1, step="scale",
        begun=world.moment, touched=world.moment,
    )  # fmt: skip
    await Drafts(world.store).save(Open(draft))
    noted = Shown(
        person=before, place=PLACE, message="m1", conversation="c1", flow="feedback",
        since=world.moment,
    )  # fmt: skip
    await tidier._shown.note(noted)
    assert await tidier.tidy_all() == 0
    await Drafts(world.store).discard(draft)
    assert await tidier.tidy_all() == 1

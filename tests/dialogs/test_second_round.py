"""What is decided once more in the second round, and what is put away in it."""

from typing import Any

import pytest

from cards.wording import wording
from dialogs.turn.events import CardAction
from records.store.contract import Row, Unavailable
from tests.dialogs.conftest import House, elements
from tests.dialogs.test_two_devices import NEW, Hooked, away, kept, meanwhile, shown, tap

ALL = ("priya", "martin", "fay", "idris", "pat", "nia")
BOOK = {
    "day": "2027-02-10", "start": "14:00", "end": "15:30", "place": "Room 2",
    "lead": "requester", "coming": "requester,nurse",
}  # fmt: skip
WANDA = {
    "other_name": "Wanda Unsent", "other_role": "Teacher", "other_agency": "School",
    "other_mail": "wanda@school.example", "other_attending": "yes",
}  # fmt: skip


class Store(Hooked):
    async def update(self, table: str, row: Row) -> Row:
        if hook := self.before.pop(("update", table), None):
            await hook()
        return await super().update(table, row)

    async def commit(self, table: str, operations: Any) -> Any:
        written = await super().commit(table, operations)
        if hook := self.after.pop(("commit", table), None):
            await hook()
        return written


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


def both(*hooks: Any) -> Any:
    async def run() -> None:
        for one in hooks:
            await one()

    return run


async def at(house: House, section: str) -> tuple[str, CardAction]:
    key = await house.booked()
    await house.turn("fay", tap("learning.type-up", key))
    await house.turn("fay", tap("learning.open", key, to=section))
    return key, house.data("fay", "Save and go on")


def of(card: CardAction, **inputs: str) -> CardAction:
    return CardAction(card.verb, {**card.data, **inputs})


@pytest.mark.parametrize("section", ["worries", "differ"])
async def test_a_section_that_another_device_saved_is_not_lost(
    house: House, store: Store, section: str
) -> None:
    key, card = await at(house, section)
    name, who = ("worries_text", {}) if section == "worries" else ("differ_words", None)
    mine = {name: "On the laptop.", **(who if who is not None else {"differ_who": "Police"})}
    other = {name: "On the phone.", **(who if who is not None else {"differ_who": "Health"})}
    phone = of(card, **other, submission="phone")
    store.before["commit", "conversations"] = meanwhile(house, "fay", phone)
    reply = shown(await house.turn("fay", of(card, **mine)))
    await house.turn("fay", tap("learning.type-up", key))
    there = await kept(house) + reply
    assert "On the laptop." in there
    assert "On the phone." in there


async def amending(house: House) -> str:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await house.turn("priya", tap("flow.open", key, flow="amend"))
    return key


async def test_a_right_lost_between_rounds_gives_the_words_back(house: House, store: Store) -> None:
    key = await amending(house)
    await house.turn("priya", tap("flow.change", key, flow="amend", to="worry"))
    await house.tap("priya", "Next", worry=NEW)
    await house.tap("fay", "Find a date")
    book = house.data("fay", "Book the date", **BOOK)
    store.before["commit", "conversations"] = meanwhile(house, "fay", book)
    reply = await house.turn("priya", tap("flow.send", key, flow="amend", submission="s"))
    assert NEW in shown(reply)
    assert wording.AMEND_TOO_LATE.split("{")[0] in shown(reply)
    assert await house.draft("priya", "amend", key) is None


async def test_a_person_added_while_the_request_is_sent_is_shown(
    house: House, store: Store
) -> None:
    await house.arrive(*ALL)
    await house.fill_request()
    draft, send = await house.draft("priya"), house.data("priya", "Send")
    assert draft is not None
    about = {"flow": "request", "nurse": "none", **WANDA}
    store.before["commit", "conversations"] = both(
        meanwhile(
            house, "priya", tap("flow.change", draft.conversation, flow="request", to="people")
        ),
        meanwhile(
            house,
            "priya",
            tap("flow.add", draft.conversation, step="people", submission="z", **about),
        ),
    )
    reply = shown(await house.turn("priya", send))
    assert "Wanda Unsent" in reply + await kept(house)


async def test_a_substitute_added_while_it_is_sent_is_shown(house: House, store: Store) -> None:
    await house.booked()
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    await house.tap("fay", "We are closing")
    send, add = (
        house.data("fay", "Send the feedback card"),
        house.data("fay", "Add another person", **WANDA),
    )
    store.before["commit", "conversations"] = meanwhile(house, "fay", add)
    reply = shown(await house.turn("fay", send))
    assert "Wanda Unsent" in reply + await kept(house)


async def test_a_person_added_too_late_is_shown(house: House) -> None:
    key = await amending(house)
    await house.turn("priya", tap("flow.change", key, flow="amend", to="people"))
    await house.tap("priya", "Add another person", **WANDA)
    await house.book()
    reply = shown(await house.turn("priya", tap("flow.send", key, flow="amend", submission="s")))
    assert "Wanda Unsent" in reply + await kept(house)


async def test_what_was_just_sent_is_not_called_put_away(house: House, store: Store) -> None:
    await house.arrive(*ALL)
    await house.fill_request()
    draft, send = await house.draft("priya"), house.data("priya", "Send")
    assert draft is not None
    store.before["delete", "drafts"] = meanwhile(house, "priya", send)
    reply = await house.turn("priya", tap("flow.discard", draft.conversation, flow="request"))
    assert (await house.record(draft.conversation)).stage == "requested"
    assert wording.DRAFT_PUT_AWAY not in shown(reply)


async def test_what_came_while_it_is_left_as_it_was_is_shown(house: House, store: Store) -> None:
    key = await house.requested()
    await house.turn("priya", tap("flow.open", key, flow="amend"))
    new = tap("flow.next", key, flow="amend", step="worry", submission="s", worry=NEW)
    store.before["delete", "drafts"] = both(
        meanwhile(house, "priya", tap("flow.change", key, flow="amend", to="worry")),
        meanwhile(house, "priya", new),
    )
    reply = shown(await house.turn("priya", tap("amend.leave", key)))
    assert NEW in reply + await kept(house)


async def test_words_kept_beside_are_shown_where_sharing_is_not_sure_they_are_gone(
    house: House, store: Store
) -> None:
    key = await house.held()
    await house.turn("fay", tap("learning.type-up", key))
    await house.turn("fay", tap("learning.open", key, to="worries"))
    card = house.data("fay", "Save and go on")
    await house.turn("fay", of(card, worries_text="From the phone."))
    await house.turn("fay", of(card, worries_text="From the laptop."))
    store.after["delete", "drafts"] = away
    seen = ""
    for _ in range(2):
        try:
            seen += shown(await house.turn("fay", tap("learning.share-yes", key)))
            break
        except Unavailable:
            continue
    assert "From the phone." in seen + await kept(house)


async def test_a_saved_section_is_not_called_left(house: House, store: Store) -> None:
    key, card = await at(house, "worries")
    store.after["commit", "conversations"] = meanwhile(
        house, "fay", tap("learning.open", key, to="working")
    )
    reply = shown(await house.turn("fay", of(card, worries_text=NEW)))
    answers = (await house.file(key)).answers_of("learning", "worries")
    assert answers is not None
    assert answers.texts["text"] == NEW
    assert wording.MOVED_ON_KEPT not in reply
    draft = await house.draft("fay", "learning", key)
    assert draft is not None
    assert NEW not in str(draft.kept)


async def test_a_view_is_saved_once(house: House, store: Store) -> None:
    key, card = await at(house, "differ")
    store.after["commit", "conversations"] = both(
        meanwhile(house, "fay", tap("learning.type-up", key)),
        meanwhile(house, "fay", tap("learning.open", key, to="differ")),
    )
    await house.turn("fay", of(card, differ_who="Police", differ_words="Safe."))
    answers = (await house.file(key)).answers_of("learning", "differ")
    assert answers is not None
    assert list(answers.texts.values()).count("Safe.") == 1


async def test_what_no_card_can_show_stays(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "7 out of 10")
    await house.tap("pat", "Next", happened="a" * 15_000 + "END", learning="b" * 15_000 + "END")
    assert "We kept all of it" in house.shown("pat")
    reply = shown(await house.turn("pat", tap("feedback.leave", key)))
    draft = await house.draft("pat", "feedback", key)
    assert draft is not None or reply.count("END") == 2


async def test_a_waiting_text_is_for_one_flow(house: House, store: Store) -> None:
    key = await house.held()
    await house.tap("pat", "7 out of 10")
    await house.fill_to("pat", "worry")
    await house.say("pat", NEW)
    use = {
        one["data"]["flow"]: CardAction(one["verb"], one["data"])
        for one in elements(house.people["pat"].card)
        if one.get("verb") == "typed.use"
    }
    store.before["update", "drafts"] = meanwhile(house, "pat", use["request"])
    await house.turn("pat", use["feedback"])
    drafts = await house.draft("pat", "feedback", key), await house.draft("pat")
    assert sum(str(one.answers).count(NEW) for one in drafts if one) == 1


async def test_a_draft_that_asks_anew_is_still_the_same(house: House, store: Store) -> None:
    await house.arrive(*ALL)
    await house.fill_request()
    draft, send = await house.draft("priya"), house.data("priya", "Send")
    assert draft is not None
    house.at = house.local("2027-02-04T10:00")
    store.before["delete", "drafts"] = meanwhile(house, "priya", send)
    reply = await house.turn("priya", tap("flow.discard", draft.conversation, flow="request"))
    assert wording.DRAFT_PUT_AWAY in shown(reply)
    assert await house.draft("priya") is None


async def test_a_draft_that_is_touched_without_end_ends_the_turn(
    house: House, store: Store
) -> None:
    key = await house.held()
    await house.tap("pat", "7 out of 10")
    await house.tap("pat", "Next", happened=NEW)
    tries = 0

    async def touch() -> None:
        nonlocal tries
        tries += 1
        assert tries < 200, "never ends"
        for row in await house.dump("drafts"):
            await Hooked.update(store, "drafts", row)
        store.before["delete", "drafts"] = touch

    store.before["delete", "drafts"] = touch
    assert NEW in shown(await house.turn("pat", tap("feedback.leave", key)))

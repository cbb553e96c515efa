"""Two devices, or two people, in the same moment: nothing is lost, doubled, or decided unseen.

One acts right before or after a write of the other, on a second copy over the same store.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from cards.wording import wording
from dialogs.turn.events import CardAction, Message, Reply
from records.evaluation.quotes import Standing, quotes
from records.store.contract import Operation, Row, Unavailable
from records.store.memory import MemoryStore
from tests.dialogs.conftest import BOOKING, TAPS, House, elements, texts

NEW = "We listened to each other, and that is new: from the other device."
Hook = Callable[[], Awaitable[Any]]
Place = tuple[str, str]


class Hooked(MemoryStore):
    """Runs something once, right before or after an operation on a table."""

    def __init__(self) -> None:
        super().__init__()
        self.before: dict[Place, Hook] = {}
        self.after: dict[Place, Hook] = {}

    async def commit(self, table: str, operations: Sequence[Operation]) -> Sequence[Row]:
        if hook := self.before.pop(("commit", table), None):
            await hook()
        return await super().commit(table, operations)

    async def delete(
        self, table: str, partition: str, key: str, *, etag: str | None = None
    ) -> None:
        if hook := self.before.pop(("delete", table), None):
            await hook()
        await super().delete(table, partition, key, etag=etag)
        if hook := self.after.pop(("delete", table), None):
            await hook()


@pytest.fixture
def store() -> Hooked:
    return Hooked()


@pytest.fixture
def house(store: Hooked) -> House:
    return House(store)


def tap(verb: str, key: str, **more: Any) -> CardAction:
    return CardAction(verb, {"conversation": key, **more})


def shown(reply: Reply) -> str:
    return texts(reply.card) if reply.card else reply.summary


async def kept(house: House) -> str:
    rows = [row for table in ("conversations", "drafts") for row in await house.dump(table)]
    return str([row.values for row in rows])


def meanwhile(house: House, who: str, event: CardAction, seen: list[str] | None = None) -> Hook:
    """Somebody's tap on a second copy."""
    other = house.second()

    async def act() -> None:
        reply = await other.handle(house.a_turn(who, event))
        if seen is not None:
            seen.append(shown(reply))

    return act


async def away() -> None:
    raise Unavailable("timed out")


async def test_nobody_agrees_to_a_request_that_changes_in_the_same_moment(
    house: House, store: Hooked
) -> None:
    key = await house.requested()
    await house.turn("priya", tap("flow.open", key, flow="amend"))
    await house.turn("priya", tap("flow.change", key, flow="amend", to="worry"))
    await house.tap("priya", "Next", worry="Now somebody is in danger.")
    await house.open_door("martin")
    agree = house.data("martin", "Agree")
    save = tap("flow.send", key, flow="amend", submission="s")
    store.before["commit", "conversations"] = meanwhile(house, "priya", save)
    reply = await house.turn("martin", agree)
    assert (await house.record(key)).stage == "requested"
    assert "Now somebody is in danger." in shown(reply)
    await house.tap("martin", "Agree")
    assert (await house.record(key)).stage == "agreed"


async def test_whether_it_began_is_asked_of_a_booking_that_moves_meanwhile(
    house: House, store: Hooked
) -> None:
    key = await house.booked()
    house.at = house.local("2027-02-04T09:30")
    later = {
        "day": "2027-02-19", "start": "10:00", "end": "11:30", "place": "Room 2",
        "lead": "requester", "coming": "requester,other1,manager",
    }  # fmt: skip
    await house.turn("fay", tap("flow.open", key, flow="moving"))
    moving = house.data("fay", "Save the change", **later)
    store.before["commit", "conversations"] = meanwhile(house, "fay", moving)
    reply = await house.turn("pat", tap("feedback.yes", key))
    it = await house.record(key)
    assert it.booking is not None
    assert it.booking.start > house.now()
    assert (it.stage, reply.summary) == ("booked", wording.FEEDBACK)


@pytest.mark.parametrize("way", ["send", "leave", "closed"])
async def test_a_text_kept_beside_comes_back_before_it_goes(house: House, way: str) -> None:
    key = await house.held()
    await house.tap("pat", "7 out of 10")
    old = house.data("pat", "Next", happened=NEW)
    await house.tap("pat", "Next", happened="We were quiet for once.")
    await house.tap("pat", "Next")
    send = house.data("pat", "Send")
    assert wording.MOVED_ON_KEPT in shown(await house.turn("pat", old))
    if way == "closed":
        house.at = house.local("2027-04-01T10:00")
    event = {
        "send": send,
        "leave": tap("feedback.leave", key),
        "closed": tap("flow.open", key, flow="feedback"),
    }[way]
    reply = shown(await house.turn("pat", event))
    assert NEW in reply
    assert wording.NOT_KEPT in reply
    assert NEW not in await kept(house)


async def test_a_text_kept_beside_stands_on_the_last_card_until_it_is_sent(house: House) -> None:
    """It is promised to be kept: whoever looks over what they are about to send finds it there."""
    await house.arrive("priya")
    await house.fill_to("priya", "worry")
    old = house.data("priya", "Next", worry=NEW)
    await house.tap("priya", "Next", worry="Nobody talks to each other.")
    await house.tap("priya", "Next", hope_you="A plan.", hope_you_known="It is kept.")
    await house.turn("priya", old)
    assert NEW in house.shown("priya")
    check = await house.tap("priya", "Next", hope_child="Calm.", hope_child_known="They sleep.")
    assert "Check your answers" in house.shown("priya")
    assert shown(check).count(NEW) == 1
    again = await house.turn("priya", old)
    assert shown(again).count(NEW) == 1


async def test_a_number_and_only_words_kept_beside_are_prompted_for(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "7 out of 10")
    old = house.data("pat", "Next", happened=NEW)
    await house.tap("pat", "Next")
    await house.turn("pat", old)
    told = len(house.told("pat"))
    await house.skip(days=3)
    assert len(house.told("pat")) == told + 1
    await house.tap("pat", "See what I wrote")
    assert NEW in house.shown("pat")
    assert (await house.file(key)).answers_of("feedback", "other1")


async def test_a_request_that_changes_while_it_is_sent_shows_what_did_not_go(
    house: House, store: Hooked
) -> None:
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_request()
    draft, send, seen = await house.draft("priya"), house.data("priya", "Send"), list[str]()
    assert draft is not None
    key = draft.conversation
    change = meanwhile(house, "priya", tap("flow.change", key, flow="request", to="worry"))
    new = tap("flow.next", key, flow="request", step="worry", submission="s", worry=NEW)
    write = meanwhile(house, "priya", new, seen)

    async def both() -> None:
        await change()
        await write()

    store.before["commit", "conversations"] = both
    reply = await house.turn("priya", send)
    assert NEW in seen[0]
    assert NEW in shown(reply)
    again = tap("flow.send", key, flow="request", submission="t")
    assert "is sent" in shown(await house.turn("priya", again))
    assert await house.draft("priya") is None


async def test_another_request_begun_in_the_same_moment_stays(house: House, store: Hooked) -> None:
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_request()
    draft, send = await house.draft("priya"), house.data("priya", "Send")
    assert draft is not None
    away_with_it = meanwhile(
        house, "priya", tap("flow.discard", draft.conversation, flow="request")
    )
    other = house.second()

    async def another() -> None:
        await away_with_it()
        await other.handle(house.a_turn("priya", Message("request")))

    store.before["delete", "drafts"] = another
    assert "is sent" in shown(await house.turn("priya", send))
    fresh = await house.draft("priya")
    assert fresh is not None
    assert fresh.conversation != draft.conversation


async def test_what_is_typed_while_it_is_left_at_the_number_is_shown(
    house: House, store: Hooked
) -> None:
    key = await house.held()
    await house.tap("pat", "7 out of 10")
    new = house.data("pat", "Next", happened=NEW)
    store.before["commit", "conversations"] = meanwhile(house, "pat", new)
    reply = await house.turn("pat", tap("feedback.leave", key))
    assert NEW in shown(reply)


async def test_what_was_sent_meanwhile_is_not_called_unsent(house: House, store: Hooked) -> None:
    key = await house.held()
    await house.tap("pat", "7 out of 10")
    await house.tap("pat", "Next", happened=NEW)
    await house.tap("pat", "Next")
    send = house.data("pat", "Send")
    store.before["commit", "conversations"] = meanwhile(house, "pat", send)
    reply = await house.turn("pat", tap("feedback.leave", key))
    answers = (await house.file(key)).answers_of("feedback", "other1")
    assert answers is not None
    assert answers.texts == {"happened": NEW}
    assert wording.NOT_KEPT not in shown(reply)


@pytest.mark.parametrize("way", ["leave", "closed"])
async def test_words_shown_once_are_shown_where_storage_does_not_say_they_are_gone(
    house: House, store: Hooked, way: str
) -> None:
    key = await house.held()
    await house.tap("pat", "7 out of 10")
    await house.tap("pat", "Next", happened=NEW)
    event = tap("feedback.leave", key)
    if way == "closed":
        house.at = house.local("2027-04-01T10:00")
        event = tap("flow.open", key, flow="feedback")
    store.after["delete", "drafts"] = away
    assert NEW in shown(await house.turn("pat", event))


async def waiting_text(house: House) -> tuple[str, CardAction]:
    """A typed text with two flows open, and the tap that says it is for the feedback."""
    key = await house.held()
    await house.tap("pat", "7 out of 10")
    await house.say("pat", "request")
    await house.say("pat", NEW)
    (use,) = [
        CardAction(one["verb"], one["data"])
        for one in elements(house.people["pat"].card)
        if one.get("verb") == "typed.use" and one["data"]["flow"] == "feedback"
    ]
    return key, use


async def test_a_waiting_text_is_used_once_wherever_storage_failed(
    house: House, store: Hooked
) -> None:
    key, use = await waiting_text(house)
    store.before["delete", "drafts"] = away
    with pytest.raises(Unavailable):
        await house.root.handle(house.a_turn("pat", use))
    await house.turn("pat", use)
    draft = await house.draft("pat", "feedback", key)
    assert draft is not None
    assert list(draft.answers.values()).count(NEW) == 1


async def test_each_card_uses_the_text_that_it_shows(house: House) -> None:
    key, use = await waiting_text(house)
    await house.say("pat", "This one is for the request.")
    await house.turn("pat", use)
    draft = await house.draft("pat", "feedback", key)
    assert draft is not None
    assert draft.answers["happened"] == NEW
    assert "This one is for the request." not in str(draft.answers)


async def test_a_tap_on_the_scale_that_comes_once_more_after_send_changes_nothing(
    house: House,
) -> None:
    key = await house.held()
    seven, eight = house.data("pat", "7 out of 10"), house.data("pat", "8 out of 10")
    await house.turn("pat", seven)
    await house.turn("pat", eight)
    for button in ("Next", "Next", "Send"):
        await house.tap("pat", button)
    await house.turn("pat", seven)
    answers = (await house.file(key)).answers_of("feedback", "other1")
    assert answers is not None
    assert answers.scale == 8
    assert await house.draft("pat", "feedback", key) is None


@pytest.mark.parametrize("goes_on", [False, True], ids=["at the scale", "further on"])
async def test_an_older_number_on_a_newer_draft(house: House, goes_on: bool) -> None:
    key = await house.held()
    seven, eight = house.data("pat", "7 out of 10"), house.data("pat", "8 out of 10")
    await house.turn("pat", seven)
    await house.turn("pat", eight)
    for button in ("Next", "Next", "Send"):
        await house.tap("pat", button)
    await house.turn("pat", tap("flow.open", key, flow="feedback"))
    if goes_on:
        await house.tap("pat", "8 out of 10")
    await house.turn("pat", seven)
    answers = (await house.file(key)).answers_of("feedback", "other1")
    assert answers is not None
    # Where the scale is asked, the tap answers it; further on it is one that came once more.
    assert answers.scale == (8 if goes_on else 7)
    assert f"Your {answers.scale} counts" in house.shown("pat")


async def test_a_tick_taken_back_and_set_again_is_read_again(house: House) -> None:
    key = await house.held()
    await house.give_feedback("pat", 7, happened=NEW, may_quote="yes")
    await house.say("idris", "evaluation")
    await house.turn("idris", CardAction("quotes.read", {}))
    await house.tap("idris", "Release these words")
    for tick in ("", "yes"):
        await house.turn("pat", tap("flow.open", key, flow="feedback"))
        await house.give_feedback("pat", 7, happened=NEW, may_quote=tick)
    file = await house.file(key)
    (quote,) = quotes(file.conversation, [one for one, _ in file.answers.values()])
    assert quote.standing is Standing.UNREAD


async def test_a_replaced_manager_hears_who_it_is_now_and_who_changed_it(house: House) -> None:
    key = await house.booked()
    await house.turn("fay", tap("flow.open", key, flow="someone-else"))
    await house.tap(
        "fay",
        "Save the change",
        whose="manager",
        new_name="Dana Hill",
        new_agency="Social Care",
        new_mail="dana@socialcare.example",
    )
    reply = shown(await house.turn("martin", tap("manager.see", key)))
    assert "Priya Shah has named another manager" not in reply
    assert "Dana Hill is now the manager" in reply
    assert "Fay" in reply


async def test_the_list_stays_a_list_where_nothing_is_chosen(house: House) -> None:
    await house.held()
    await house.tap("pat", "Show as list")
    await house.tap("pat", "Next")
    assert "(Next)" in house.shown("pat")
    await house.tap("pat", "Next", scale="6")
    assert "Your 6 counts" in house.shown("pat")


async def test_what_i_wrote_opens_where_it_is_written(house: House) -> None:
    await house.held()
    await house.tap("pat", "7 out of 10")
    await house.tap("pat", "Next", happened="We listened.")
    await house.skip(days=3)
    await house.tap("pat", "See what I wrote")
    assert "We listened." in house.shown("pat")


async def test_a_typed_answer_says_how_many_questions_are_left(house: House) -> None:
    await house.held()
    await house.tap("pat", "7 out of 10")
    await house.say("pat", "We listened.")
    assert wording.ANSWERED_TYPED in house.shown("pat")
    await house.tap("pat", "Next")
    await house.say("pat", "It helped.")
    assert wording.ANSWERED_TYPED_MORE in house.shown("pat")


async def test_people_who_tap_in_one_moment_all_count(house: House, store: Hooked) -> None:
    key = await house.held()
    numbers = {"priya": 4, "pat": 5, "nia": 6}
    taps = {who: house.data(who, f"{one} out of 10") for who, one in numbers.items()}
    pat, nia = meanwhile(house, "pat", taps["pat"]), meanwhile(house, "nia", taps["nia"])

    async def both() -> None:
        await pat()
        store.before["commit", "conversations"] = nia

    store.before["commit", "conversations"] = both
    await house.turn("priya", taps["priya"])
    file = await house.file(key)
    given = [one.scale for one, _ in file.answers.values() if one.what == "feedback"]
    assert sorted(one for one in given if one is not None) == [4, 5, 6]


# What a message shows where another copy has gone on ----------------------------------------------


async def test_a_card_says_where_things_are_once_another_copy_has_gone_on(house: House) -> None:
    await house.held()
    await house.turn("pat", tap("flow.open", await house.newest(), flow="feedback"))
    scale = await house.tap("pat", "7 out of 10")
    assert scale.since is not None
    assert await scale.since() is None, "nothing has happened since"
    there = house.second()
    words = house.data("pat", "Next", happened=NEW)
    next_card = await house.turn("pat", words, root=there)
    now = await scale.since()
    assert now is not None
    assert texts(now.card) == texts(next_card.card)


async def test_a_card_of_a_draft_that_another_copy_has_put_away_says_so(house: House) -> None:
    await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="Calmer.")
    last = await house.tap("priya", "Next", outcome_you="Lighter.")
    assert last.since is not None
    sent = await house.turn("priya", house.data("priya", "Send"), root=house.second())
    now = await last.since()
    assert now is not None
    assert texts(now.card) == texts(sent.card)


# What the second window typed ---------------------------------------------------------------------


async def test_a_place_typed_in_a_second_window_is_shown_again(house: House) -> None:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await house.tap("fay", "Find a date")
    first = house.data("fay", "Book the date", **{**BOOKING, "place": "Room 2, Town Hall"})
    second = house.data("fay", "Book the date", **{**BOOKING, "place": "The library, upstairs"})
    await house.turn("fay", first)
    reply = await house.turn("fay", second)
    assert "The library, upstairs" in shown(reply)
    booking = (await house.record(key)).booking
    assert booking is not None
    assert booking.place == "Room 2, Town Hall"


async def test_a_name_typed_in_a_second_window_is_kept_beside(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "you")
    late = house.data("priya", "Next", manager_name="Robin Vale", team="Blue team")
    await house.tap("priya", "Next", **TAPS["you"])
    reply = await house.turn("priya", late)
    assert "Robin Vale" in shown(reply)
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["manager_name"] == TAPS["you"]["manager_name"]
    assert "Robin Vale" in draft.beside

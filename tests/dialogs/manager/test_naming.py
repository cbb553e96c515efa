"""Another manager: named by the requester, or a deputy asked by the manager."""

import asyncio
from typing import Any

import pytest

from cards.wording import wording
from dialogs.turn.events import CardAction
from records.register.register import Deed
from records.stages import Act
from records.store.contract import Changed
from records.store.memory import MemoryStore
from tests.dialogs.conftest import STORY, House, Who, texts

NIA = {"manager_name": "Nia Okafor", "manager_mail": "nia@health.example"}
DEPUTY = {"deputy_name": "Nia Okafor", "deputy_mail": "nia@health.example"}

ASKS = "Priya Shah (Social Care) is asking for your agreement to a learning conversation."


async def open_(house: House, key: str, flow: str = "manager", who: str = "priya") -> None:
    await house.turn(who, CardAction("flow.open", {"flow": flow, "conversation": key}))


async def name(house: House, key: str, **inputs: Any) -> None:
    await open_(house, key)
    await house.tap("priya", "Name this manager", **{**NIA, **inputs})


def since(house: House, seen: dict[str, int]) -> dict[str, list[str]]:
    return {who: new for who in house.people if (new := house.told(who)[seen[who] :])}


def seen_so_far(house: House) -> dict[str, int]:
    return {who: len(house.told(who)) for who in house.people}


async def picked_up(house: House) -> str:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    return key


# The requester names another ---------------------------------------------------------------------


async def test_another_manager_is_asked_and_the_first_hears_that_it_is_over(house: House) -> None:
    key = await house.requested()
    seen = seen_so_far(house)
    await name(house, key)
    reference = (await house.record(key)).reference
    assert since(house, seen) == {
        "nia": [f"{reference}: {ASKS}"],
        "martin": [f"{reference}: your agreement is not needed any more."],
    }
    assert f"Nia Okafor is asked to agree to {reference} now" in house.shown("priya")
    await house.open_door("nia")
    assert STORY["worry"] in house.shown("nia")
    await house.agree("nia")
    assert (await house.record(key)).stage == "agreed"
    assert house.told("priya")[-1] == f"{reference}: Nia Okafor agreed to your request."


async def test_the_first_managers_old_card_changes_nothing_and_shows_nothing(house: House) -> None:
    key = await house.requested()
    await house.open_door("martin")
    taps = [
        house.data("martin", title)
        for title in ("Agree", "Talk first", "Not this route, because…", "Ask my deputy to decide")
    ]
    await name(house, key)
    before = await house.record(key)
    for tap in (*taps, CardAction("manager.see", {"conversation": key})):
        await house.turn("martin", tap)
        assert "is not needed any more" in house.shown("martin")
        assert STORY["worry"] not in house.shown("martin")
    story = CardAction("story.show", {"conversation": key, "field": "worry"})
    await house.turn("martin", story)
    assert "is not needed any more" in house.shown("martin")
    assert STORY["worry"] not in house.shown("martin")
    assert await house.record(key) == before


async def test_the_silent_card_names_another_manager(house: House) -> None:
    key = await house.requested()
    await house.skip(days=7)
    await house.tap("priya", "Name another manager")
    await house.tap("priya", "Name this manager", **NIA)
    seen = seen_so_far(house)
    await house.skip(days=2)
    assert ": A reminder: " in since(house, seen)["nia"][0]
    await house.skip(days=5)
    assert "Nia Okafor has not answered yet" in house.told("priya")[-1]
    assert "martin" not in since(house, seen)
    assert (await house.record(key)).manager.name == "Nia Okafor"


async def test_named_during_a_talk_the_new_manager_is_asked_at_once(house: House) -> None:
    key = await house.requested()
    await house.tap("martin", "Talk first")
    await house.tap("martin", "Send", message="Can we talk?")
    await name(house, key)
    assert len(house.told("nia")) == 1
    await house.tap("nia", "Talk first")
    await house.tap("nia", "Send", message="With me too, please.")
    await house.open_door("priya")
    assert "With me too, please." in house.shown("priya")
    assert (await house.record(key)).talking
    await house.tap("priya", "We have talked; ask again")
    assert len(house.told("nia")) == 2


@pytest.mark.parametrize(
    ("mail", "sentence"),
    [
        ("PRIYA@socialcare.example", wording.MANAGER_IS_YOU),
        ("Martin@SocialCare.example", wording.MANAGER_ASKED_ALREADY),
        ("nonsense", wording.NOT_A_MAIL),
        ("", wording.EMPTY),
    ],
)
async def test_an_address_that_will_not_do_gets_a_kind_sentence(
    house: House, mail: str, sentence: str
) -> None:
    key = await house.requested()
    await name(house, key, manager_mail=mail)
    assert sentence in house.shown("priya")
    assert "Nia Okafor" in house.shown("priya")
    assert (await house.record(key)).manager.name == "Martin Cole"


async def test_a_second_tap_on_save_gives_the_same_receipt(house: House) -> None:
    key = await house.requested()
    await open_(house, key)
    tap = house.data("priya", "Name this manager", **NIA)
    await asyncio.gather(house.turn("priya", tap), house.turn("priya", tap))
    await house.turn("priya", tap)
    assert "is asked to agree" in house.shown("priya")
    assert len([one for one in (await house.record(key)).people if one.part == "manager"]) == 2
    assert len(house.told("nia")) == 1


async def test_after_the_agreement_it_holds_and_everybody_hears_who_it_is(house: House) -> None:
    key = await picked_up(house)
    seen = seen_so_far(house)
    await open_(house, key)
    assert "The agreement you already have still stands" in house.shown("priya")
    await house.tap("priya", "Name this manager", **NIA)
    it = await house.record(key)
    assert it.stage == "picked-up"
    why = f"{it.reference}: Nia Okafor is now the manager named."
    assert since(house, seen) == {"nia": [why], "martin": [why], "fay": [why]}
    await house.skip(weeks=2)
    assert since(house, seen) == {"nia": [why], "martin": [why], "fay": [why]}


async def test_the_first_one_named_again_is_simply_asked_again(house: House) -> None:
    key = await house.requested()
    await name(house, key)
    seen = seen_so_far(house)
    await name(house, key, manager_name="Martin Cole", manager_mail="martin@socialcare.example")
    told = since(house, seen)
    assert len(told["martin"]) == len(told["nia"]) == 1
    await house.agree()
    assert (await house.record(key)).stage == "agreed"


async def test_a_manager_who_never_got_it_is_not_told_that_it_is_over(house: House) -> None:
    await house.arrive("priya", "fay", "nia")
    await house.fill_request()
    await house.tap("priya", "Send")
    await name(house, await house.newest())
    assert house.told("nia")
    await house.arrive("martin")
    assert house.told("martin") == []


async def test_whoever_leaves_it_as_it_was_finds_everything_so(house: House) -> None:
    key = await house.requested()
    before = await house.record(key)
    await open_(house, key)
    await house.tap("priya", "Leave it as it was")
    assert "Manager: Martin Cole" in house.shown("priya")
    await house.tap("martin", "Ask my deputy to decide")
    await house.tap("martin", "I will decide myself")
    assert "(Agree)" in house.shown("martin")
    assert await house.record(key) == before
    assert not await house.draft("priya", "manager", key)
    assert not await house.draft("martin", "deputy", key)


# A deputy ----------------------------------------------------------------------------------------


async def test_a_deputy_gets_the_whole_card_and_who_handed_it_over(house: House) -> None:
    key = await house.requested()
    seen = seen_so_far(house)
    await house.tap("martin", "Ask my deputy to decide")
    await house.tap("martin", "Ask my deputy", **DEPUTY)
    reference = (await house.record(key)).reference
    assert since(house, seen) == {
        "nia": [f"{reference}: {ASKS}"],
        "priya": [f"{reference}: Martin Cole asks Nia Okafor to decide in their place."],
    }
    assert "Martin Cole asks you to decide in their place." in house.shown("nia")
    await house.open_door("nia")
    assert all(text in house.shown("nia") for text in STORY.values())
    assert f"You handed {reference} to Nia Okafor" in house.shown("martin")
    await house.tap("nia", "Not this route, because…")
    await house.tap("nia", "Send", because="Supervision first.")
    assert (await house.record(key)).stage == "not-this-route"


async def test_the_one_who_handed_over_sees_where_it_is_and_no_story(house: House) -> None:
    key = await house.requested()
    await house.open_door("martin")
    agree = house.data("martin", "Agree")
    await house.tap("martin", "Ask my deputy to decide")
    again = house.data("martin", "Ask my deputy", **DEPUTY)
    await house.turn("martin", again)
    for tap in (agree, again, CardAction("manager.see", {"conversation": key})):
        await house.turn("martin", tap)
        assert "You handed" in house.shown("martin")
        assert STORY["worry"] not in house.shown("martin")
    assert (await house.record(key)).stage == "requested"
    assert len(house.told("nia")) == 1


@pytest.mark.parametrize(
    ("mail", "sentence"),
    [
        ("priya@socialcare.example", wording.DEPUTY_IS_REQUESTER),
        ("martin@socialcare.example", wording.DEPUTY_IS_YOU),
    ],
)
async def test_neither_the_requester_nor_the_manager_is_their_deputy(
    house: House, mail: str, sentence: str
) -> None:
    key = await house.requested()
    await house.tap("martin", "Ask my deputy to decide")
    await house.tap("martin", "Ask my deputy", deputy_name="Somebody", deputy_mail=mail)
    assert sentence in house.shown("martin")
    assert "[Somebody]" in house.shown("martin")
    assert (await house.record(key)).manager.name == "Martin Cole"


async def test_a_requesters_second_address_does_not_agree_for_them(house: House) -> None:
    """Even an address nobody knew of when it was typed: whoever asks never answers."""
    key = await house.requested()
    await house.tap("martin", "Ask my deputy to decide")
    await house.tap("martin", "Ask my deputy", deputy_name="P", deputy_mail="p.shah@other.example")
    house.people["priya"].mail = "p.shah@other.example"
    await house.turn("priya", CardAction("manager.agree", {"conversation": key}))
    assert (await house.record(key)).stage == "requested"


async def test_a_deputy_can_hand_it_on_and_the_requester_hears_each_time(house: House) -> None:
    key = await house.requested()
    house.people["dana"] = Who("dana", "Dana West", "dana@socialcare.example")
    await house.arrive("dana")
    await house.tap("martin", "Ask my deputy to decide")
    await house.tap("martin", "Ask my deputy", **DEPUTY)
    await house.tap("nia", "Ask my deputy to decide")
    dana = {"deputy_name": "Dana West", "deputy_mail": "dana@socialcare.example"}
    await house.tap("nia", "Ask my deputy", **dana)
    assert "Nia Okafor asks you to decide" in house.shown("dana")
    assert [one for one in house.told("priya") if "to decide in" in one] == [
        f"{(await house.record(key)).reference}: {one} to decide in their place."
        for one in ("Martin Cole asks Nia Okafor", "Nia Okafor asks Dana West")
    ]
    await house.agree("dana")
    assert (await house.record(key)).stage == "agreed"


# At the same moment ------------------------------------------------------------------------------


class Beaten(MemoryStore):
    """Lets somebody else commit first, once, right before a commit of ours."""

    first: Any = None

    async def commit(self, *args: Any) -> Any:
        if self.first is not None:
            first, self.first = self.first, None
            await first()
            raise Changed("conversations", "c", None)
        return await super().commit(*args)


@pytest.fixture
def beaten() -> House:
    return House(Beaten())


async def test_agreed_while_the_requester_names_another_only_one_of_both_holds(
    beaten: House,
) -> None:
    key = await beaten.requested()
    await beaten.open_door("martin")
    agree = beaten.data("martin", "Agree")
    await open_(beaten, key)
    tap = beaten.data("priya", "Name this manager", **NIA)

    async def first() -> None:
        await beaten.root.handle(beaten.a_turn("priya", tap))

    beaten.store.first = first  # type: ignore[attr-defined]
    await beaten.turn("martin", agree)
    it = await beaten.record(key)
    assert (it.stage, it.manager.name) == ("requested", "Nia Okafor")
    assert "is not needed any more" in beaten.shown("martin")


async def test_named_while_the_manager_agrees_the_agreement_holds(beaten: House) -> None:
    key = await beaten.requested()
    await beaten.open_door("martin")
    agree = beaten.data("martin", "Agree")
    await open_(beaten, key)

    async def first() -> None:
        await beaten.root.handle(beaten.a_turn("martin", agree))

    beaten.store.first = first  # type: ignore[attr-defined]
    reply = await beaten.tap("priya", "Name this manager", **NIA)
    it = await beaten.record(key)
    assert (it.stage, it.manager.name) == ("agreed", "Nia Okafor")
    assert reply.card
    assert "The agreement still stands." in texts(reply.card)
    assert "is asking for your agreement" not in "".join(beaten.told("nia"))


async def test_handed_over_while_the_manager_agrees_on_another_device(beaten: House) -> None:
    key = await beaten.requested()
    await beaten.open_door("martin")
    agree = beaten.data("martin", "Agree")
    await beaten.tap("martin", "Ask my deputy to decide")

    async def first() -> None:
        await beaten.root.handle(beaten.a_turn("martin", agree))

    beaten.store.first = first  # type: ignore[attr-defined]
    await beaten.tap("martin", "Ask my deputy", **DEPUTY)
    it = await beaten.record(key)
    assert (it.stage, it.manager.name) == ("agreed", "Martin Cole")
    assert beaten.told("nia") == []


async def test_deputy_and_manager_both_tap_and_only_the_deputys_tap_counts(house: House) -> None:
    key = await house.requested()
    await house.open_door("martin")
    agree = house.data("martin", "Agree")
    await house.tap("martin", "Ask my deputy to decide")
    await house.tap("martin", "Ask my deputy", **DEPUTY)
    await house.open_door("nia")
    deputy = house.data("nia", "Agree")
    await asyncio.gather(house.turn("martin", agree), house.turn("nia", deputy))
    acts = [(line.act, line.by) for line in (await house.file(key)).audit]
    nia = await house.directory.find(house.people["nia"].actor.key)
    assert nia is not None
    assert acts[-1] == (Act.AGREE, nia.mark)
    assert len([one for one, _ in acts if one == Act.AGREE]) == 1


async def test_withdrawn_meanwhile_nobody_is_asked(house: House) -> None:
    key = await house.requested()
    await open_(house, key)
    tap = house.data("priya", "Name this manager", **NIA)
    deed = Deed(Act.WITHDRAW, "somebody", house.at)
    await house.register.change(key, deed, lambda it: it.withdraw(house.at))
    reply = await house.turn("priya", tap)
    assert reply.card is not None
    assert "It was withdrawn." in texts(reply.card)
    assert NIA["manager_name"] in texts(reply.card), "what was typed is shown once more"
    assert house.told("nia") == []


async def test_withdrawn_after_a_deputy_the_deputy_hears_and_the_first_does_not(
    house: House,
) -> None:
    key = await house.requested()
    await house.tap("martin", "Ask my deputy to decide")
    await house.tap("martin", "Ask my deputy", **DEPUTY)
    seen = seen_so_far(house)
    await house.turn("priya", CardAction("request.withdraw-yes", {"conversation": key}))
    assert set(since(house, seen)) == {"nia"}

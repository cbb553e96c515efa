"""Who somebody is hangs on tenant and object id, never on an address compared as text."""

from datetime import timedelta

import pytest

from cards.wording import wording
from dialogs.turn.access import Role, roles
from dialogs.turn.access import Who as Actor
from dialogs.turn.events import CardAction
from records.conversation.one_each import second_places
from records.people import person_key
from records.stages import Act
from tests.dialogs.conftest import STORY, House, Who, texts

ELSEWHERE = "22222222-0000-0000-0000-000000000000"
MARTINS = "martin@socialcare.example"


def comes(house: House, key: str, mail: str = MARTINS, **more: object) -> None:
    """Somebody else, who is in the house from now on."""
    house.people[key] = Who(key, "Robin Marsh", mail, **more)  # type: ignore[arg-type]  # fields


def everything(house: House, who: str) -> str:
    """All that somebody's chat has ever shown."""
    return "\n".join(texts(one.card) for one in house.people[who].chat if one.card)


ASKED = f"({wording.DOOR_REQUEST})"
"""The way to the request, on the manager's message."""


async def asked(house: House) -> str:
    """A request that waits for its manager."""
    await house.fill_request()
    await house.tap("priya", "Send")
    return await house.newest()


async def tries(house: House, who: str, key: str) -> None:
    """Every way in which somebody might agree, or read, in a manager's place."""
    for verb in ("manager.see", "manager.agree", "flow.open", "booking.where"):
        await house.press(who, {"verb": verb, "data": {"conversation": key}}, {})
    await house.say(who, "my requests")
    await house.say(who, "someone else")


def closed_to(house: House, who: str) -> bool:
    shown = everything(house, who)
    ways = (ASKED, "(Agree)")
    return not any(one in shown for one in (*STORY.values(), *ways))


# One address, two people -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        {"mail": MARTINS},
        {"mail": "robin@socialcare.example", "sign_in": "Martin@SocialCare.example"},
        {"mail": MARTINS, "tenant": ELSEWHERE},
        {"mail": f"<{MARTINS}>; "},
    ],
    ids=["mail", "sign-in name", "another tenant", "as pasted"],
)
async def test_an_address_of_two_people_gives_neither_anything(
    house: House, other: dict[str, str]
) -> None:
    """Nobody can say who is meant; the requester hears it, and nothing is shown."""
    comes(house, "robin", **other)
    await house.arrive(*house.people)
    key = await asked(house)
    for who in ("robin", "martin"):
        await tries(house, who, key)
        assert closed_to(house, who)
    it = await house.record(key)
    assert (it.stage, it.manager.key) == ("requested", "")
    shared = wording.NOT_REACHED_SHARED.format(who="Martin Cole")
    assert shared in everything(house, "priya")
    for who in ("fay", "idris"):
        assert shared not in everything(house, who), "not before a manager agreed"
    assert len(await house.directory.holders(MARTINS)) == 2
    await house.tap("priya", wording.CORRECT)
    assert wording.CORRECT_SAVE in house.shown("priya"), "where the other address is given"


async def test_a_conflict_ends_when_one_loses_the_address(house: House) -> None:
    comes(house, "robin")
    await house.arrive(*house.people)
    key = await asked(house)
    house.people["robin"].mail = "robin@socialcare.example"
    await house.say("robin", "hello")
    await house.say("martin", "hello")
    assert ASKED in everything(house, "martin")
    assert closed_to(house, "robin")
    assert (await house.record(key)).manager.key == house.people["martin"].actor.key


async def test_a_conflict_ends_when_one_has_gone(house: House) -> None:
    comes(house, "robin")
    await house.arrive(*house.people)
    await asked(house)
    await house.leave("robin")
    await house.say("martin", "hello")
    assert ASKED in everything(house, "martin")


async def test_an_operators_word_settles_it(house: House) -> None:
    comes(house, "robin")
    await house.arrive(*house.people)
    key = await asked(house)
    await house.directory.addresses.settle(
        MARTINS, house.people["martin"].actor.key, house.at, "operator"
    )
    await house.say("robin", "hello")
    assert closed_to(house, "robin")
    await house.say("martin", "hello")
    assert ASKED in everything(house, "martin")
    assert (await house.record(key)).manager.key == house.people["martin"].actor.key


# Bound, and bound for good -----------------------------------------------------------------------


async def test_whoever_is_certain_when_they_are_named_is_bound_with_that_change(
    house: House,
) -> None:
    await house.arrive(*house.people)
    key = await asked(house)
    file = await house.file(key)
    people = {one.id: one.key for one in file.conversation.people}
    wanted = {"manager": "martin", "nurse": "nia", "other1": "pat"}
    assert {one: people[one] for one in wanted} == {
        one: house.people[who].actor.key for one, who in wanted.items()
    }
    assert [one.act for one in file.audit] == [Act.REQUEST]
    rows = {row.partition for row in await house.dump("byperson")}
    assert {house.people[who].actor.key for who in wanted.values()} <= rows


async def test_whoever_installs_later_is_bound_when_they_come(house: House) -> None:
    await house.arrive("priya", "fay", "idris")
    key = await asked(house)
    assert (await house.record(key)).manager.key == ""
    await house.arrive("martin")
    file = await house.file(key)
    assert file.conversation.manager.key == house.people["martin"].actor.key
    assert Act.BOUND in [one.act for one in file.audit]
    await house.agree()
    assert (await house.record(key)).stage == "agreed"


async def test_an_address_that_is_handed_on_takes_no_conversation_with_it(house: House) -> None:
    """Martin is bound; Robin has his address from then on, and is nobody there."""
    await house.arrive(*house.people)
    key = await asked(house)
    house.people["martin"].mail = "m.cole@socialcare.example"
    comes(house, "robin")
    await house.arrive("martin", "robin")
    await tries(house, "robin", key)
    assert closed_to(house, "robin")
    await house.say("martin", "hello")
    await house.press("martin", {"verb": "manager.see", "data": {"conversation": key}}, {})
    await house.agree()
    assert (await house.record(key)).stage == "agreed"


async def test_whoever_has_an_address_now_is_reached_by_it(house: House) -> None:
    """It was Martin's once. He opens nothing that was sent for Nia."""
    house.people["martin"].mail = "duty@socialcare.example"
    await house.arrive(*house.people)
    house.people["martin"].mail = MARTINS
    house.people["nia"].mail = "duty@socialcare.example"
    await house.arrive("martin", "nia")
    await house.fill_request(manager="duty@socialcare.example")
    await house.tap("priya", "Send")
    key = await house.newest()
    await tries(house, "martin", key)
    assert closed_to(house, "martin")
    assert (await house.record(key)).manager.key == house.people["nia"].actor.key


async def test_an_account_made_again_with_the_same_address_is_reached(house: House) -> None:
    """The old account is gone for the platform, so its address is certain again."""
    await house.arrive(*house.people)
    old = house.people["martin"].actor.key
    house.people["martin"].account = "object-martin-again"
    await house.arrive("martin")
    await house.tidy()
    assert not (await house.directory.find(old)).reachable  # type: ignore[union-attr]  # is there
    key = await asked(house)
    assert (await house.record(key)).manager.key == house.people["martin"].actor.key


async def test_a_place_that_was_passed_on_is_nobody_elses_again(house: House) -> None:
    key = await house.booked()
    it = await house.record(key)
    pat = next(one for one in it.people if one.name == "Pat Reed")
    left = it.with_(
        people=tuple(
            one.model_copy(update={"left": house.at}) if one.id == pat.id else one
            for one in it.people
        )
    )
    person = await house.directory.find(house.people["pat"].actor.key)
    assert person is not None
    assert roles(Actor(person), left) <= {Role.NAMED}  # of what they wrote themselves


# Capitals, guests, tenants -----------------------------------------------------------------------


async def test_an_object_id_in_capitals_is_the_same_person(house: House) -> None:
    await house.arrive(*house.people)
    key = await asked(house)
    house.people["martin"].account = "OBJECT-MARTIN"
    await house.say("martin", "hello")
    await house.press("martin", {"verb": "manager.see", "data": {"conversation": key}}, {})
    await house.agree()
    assert (await house.record(key)).stage == "agreed"
    assert person_key("T", "OBJECT") == person_key("t", "object")


async def test_a_guest_in_the_other_tenant_counts_after_the_member_at_home(house: House) -> None:
    comes(house, "guest", tenant=ELSEWHERE, guest=True)
    await house.arrive(*house.people)
    key = await asked(house)
    await tries(house, "guest", key)
    assert closed_to(house, "guest")
    assert (await house.record(key)).manager.key == house.people["martin"].actor.key


async def test_a_guest_alone_is_meant_by_their_address(house: House) -> None:
    comes(house, "guest", mail="robin@police.example", tenant=ELSEWHERE, guest=True)
    await house.arrive(*house.people)
    await house.fill_request(manager="robin@police.example")
    await house.tap("priya", "Send")
    assert ASKED in everything(house, "guest")


async def test_a_listed_facilitators_address_in_another_tenant_opens_no_board(
    house: House,
) -> None:
    comes(house, "robin", mail="fay@facilitation.example", tenant=ELSEWHERE)
    house.at_home = house.people["fay"].tenant
    await house.arrive(*house.people)
    key = await asked(house)
    await house.agree()
    for words in ("waiting", "board"):
        await house.say("robin", words)
    for verb in ("pickup.look", "pickup.take"):
        await house.press("robin", {"verb": verb, "data": {"conversation": key}}, {})
    assert (await house.record(key)).stage == "agreed"
    assert closed_to(house, "robin")
    await house.pick_up()
    assert (await house.record(key)).stage == "picked-up"


# Addresses are read again ------------------------------------------------------------------------


async def test_after_a_day_the_addresses_are_read_again_once_the_reply_is_out(
    house: House,
) -> None:
    await house.arrive(*house.people)
    house.asks = False
    house.people["martin"].mail = "m.cole@socialcare.example"
    house.at += timedelta(hours=20)
    await house.say("martin", "my requests")
    person = await house.directory.find(house.people["martin"].actor.key)
    assert person is not None
    assert person.mails == (MARTINS,)
    house.at += timedelta(hours=5)
    await house.say("martin", "my requests")
    person = await house.directory.find(house.people["martin"].actor.key)
    assert person is not None
    assert person.mails == ("m.cole@socialcare.example",)
    assert await house.directory.holders(MARTINS) == ()


async def test_before_a_right_that_hangs_on_an_address_it_is_read_again(house: House) -> None:
    """Martin has had his address for more than a day when it was given to somebody else."""
    await house.arrive("priya", "martin", "fay", "idris")
    await house.leave("martin")
    key = await asked(house)
    house.asks = False
    house.people["martin"].mail = "m.cole@socialcare.example"
    house.at += timedelta(days=2)
    await house.press("martin", {"verb": "manager.see", "data": {"conversation": key}}, {})
    assert closed_to(house, "martin")
    assert (await house.record(key)).manager.key == ""


async def test_an_address_that_somebody_without_the_app_has_now_is_not_the_old_holders(
    house: House,
) -> None:
    """Martin was here long ago; his address was handed to somebody whom nobody has seen yet."""
    await house.arrive(*house.people)
    house.asks = False
    house.people["martin"].mail = "m.cole@socialcare.example"
    house.at += timedelta(days=40)
    key = await asked(house)
    assert (await house.record(key)).manager.key == ""
    assert closed_to(house, "martin")
    comes(house, "robin")
    await house.arrive("robin")
    assert ASKED in everything(house, "robin")


async def test_a_listed_facilitator_whose_address_was_handed_on_is_none_any_more(
    house: House,
) -> None:
    key = await house.requested()
    await house.agree()
    house.asks = False
    house.people["fay"].mail = "f.larsen@facilitation.example"
    house.at += timedelta(days=2)
    await house.press("fay", {"verb": "pickup.take", "data": {"conversation": key}}, {})
    assert (await house.record(key)).stage == "agreed"


async def test_an_answer_without_any_address_drops_nothing_and_is_counted(house: House) -> None:
    await house.arrive("martin")
    house.people["martin"].mail = ""
    await house.say("martin", "hello")
    person = await house.directory.find(house.people["martin"].actor.key)
    assert person is not None
    assert (person.mails, house.directory.without_address) == ((MARTINS,), 1)


async def test_a_sign_in_name_first_and_the_mail_later_is_one_person(house: House) -> None:
    house.people["martin"].mail = "mcole@socialcare.example"
    await house.arrive("priya", "martin", "fay", "idris")
    await asked(house)
    assert ASKED not in everything(house, "martin")
    house.people["martin"].mail, house.people["martin"].sign_in = (
        MARTINS,
        "mcole@socialcare.example",
    )
    await house.say("martin", "hello")
    assert ASKED in everything(house, "martin")


# Say hello, then it comes by itself --------------------------------------------------------------


async def test_where_the_lookup_failed_at_the_install_it_comes_at_the_next_word(
    house: House,
) -> None:
    await house.arrive("priya", "fay", "idris")
    house.asks, house.unanswered = False, {"martin"}
    await house.arrive("martin")
    house.asks = True
    await asked(house)
    assert ASKED not in everything(house, "martin")
    house.asks, house.unanswered = False, set()
    await house.say("martin", "is anybody there?")
    assert ASKED in everything(house, "martin")


async def test_in_another_chat_it_comes_at_the_next_word(house: House) -> None:
    await house.arrive(*house.people)
    martin = house.people["martin"]
    person = await house.directory.find(martin.actor.key)
    assert person is not None
    await house.reach.gone(person)
    await asked(house)
    assert ASKED not in everything(house, "martin")
    await house.say("martin", "thanks")
    assert ASKED in everything(house, "martin")


async def test_a_late_refusal_of_an_old_chat_makes_nobody_gone_who_has_a_new_one(
    house: House,
) -> None:
    await house.arrive(*house.people)
    key = house.people["martin"].actor.key
    person = await house.directory.find(key)
    assert person is not None
    assert person.reference is not None
    old = replace_chat(person)
    await house.reach.gone(old)
    now = await house.directory.find(key)
    assert now is not None
    assert now.reachable


async def names_as_manager(house: House, key: str, mail: str) -> None:
    """The requester names whoever has this address now."""
    await house.turn("priya", CardAction("flow.open", {"flow": "manager", "conversation": key}))
    await house.tap("priya", "Name this manager", manager_name="Robin Marsh", manager_mail=mail)


async def test_who_has_a_managers_address_now_can_be_named_in_their_place(house: House) -> None:
    """It was handed on after the manager was bound by it: nobody else could ever be asked."""
    await house.arrive(*house.people)
    key = await asked(house)
    house.people["martin"].mail = "m.cole@socialcare.example"
    await house.say("martin", "hello")
    comes(house, "robin")
    await house.arrive("robin")
    await names_as_manager(house, key, MARTINS)
    assert ASKED in everything(house, "robin")
    await house.agree("robin")
    it = await house.record(key)
    assert (it.stage, it.manager.key) == ("agreed", house.people["robin"].actor.key)


async def test_a_manager_whose_account_was_made_again_can_be_named_again(house: House) -> None:
    await house.arrive(*house.people)
    key = await asked(house)
    house.people["martin"].account = "an-account-that-was-never-here"
    comes(house, "robin")
    await house.arrive("robin")
    await names_as_manager(house, key, MARTINS)
    assert (await house.record(key)).manager.key == house.people["robin"].actor.key


async def test_a_manager_who_is_the_same_person_is_not_named_again(house: House) -> None:
    await house.arrive(*house.people)
    key = await asked(house)
    await names_as_manager(house, key, f"<{MARTINS.upper()}>")
    assert wording.MANAGER_ASKED_ALREADY in house.shown("priya")
    assert len((await house.record(key)).people) == 4


async def test_two_in_one_conversation_to_whom_an_address_was_given_in_turn_are_two(
    house: House,
) -> None:
    """Each is invited, and neither is taken for the other."""
    key = await house.booked()
    house.people["nia"].mail = "n.okafor@health.example"
    await house.say("nia", "hello")
    comes(house, "robin", mail="nia@health.example")
    await house.arrive("robin")
    pat = next(one for one in (await house.record(key)).people if one.name == "Pat Reed")
    opens = {"flow": "someone-else", "conversation": key}
    await house.turn("fay", CardAction("flow.open", opens))
    robin = {"new_name": "Robin Marsh", "new_mail": "nia@health.example", "new_agency": "Police"}
    await house.tap("fay", "Save the change", whose=pat.id, new_attending="yes", **robin)
    it = await house.record(key)
    assert it.booking is not None
    assert it.booking.coming == ("requester", "nurse", "someone1")
    assert not second_places(it)
    assert any("invited" in one for one in house.told("robin"))


# Who is not reached now still has their address --------------------------------------------------


async def test_an_address_of_somebody_who_removed_the_app_is_nobodys_of_another_tenant(
    house: House,
) -> None:
    comes(house, "robin", tenant=ELSEWHERE)
    await house.arrive(*house.people)
    await house.leave("martin")
    key = await asked(house)
    assert closed_to(house, "robin")
    assert (await house.record(key)).manager.key == ""
    shared = wording.NOT_REACHED_SHARED.format(who="Martin Cole")
    assert shared in everything(house, "priya")


async def test_an_address_of_somebody_who_has_no_account_any_more_is_the_other_ones(
    house: House,
) -> None:
    comes(house, "robin", tenant=ELSEWHERE)
    house.people["martin"].account = "object-of-long-ago"
    await house.arrive(*house.people)
    house.people["martin"].account = "an-account-that-was-never-here"
    await house.say("robin", "hello")
    house.at += timedelta(days=2)
    key = await asked(house)
    assert (await house.record(key)).manager.key == house.people["robin"].actor.key


async def test_what_an_operator_settled_holds_while_that_person_is_not_reached(
    house: House,
) -> None:
    comes(house, "robin")
    await house.arrive(*house.people)
    martin = house.people["martin"].actor.key
    await house.directory.addresses.settle(MARTINS, martin, house.at, "operator")
    await house.leave("martin")
    await asked(house)
    assert closed_to(house, "robin")
    await house.arrive("martin")
    assert ASKED in everything(house, "martin")


def replace_chat(person):  # type: ignore[no-untyped-def]  # a person as an old message knew them
    place = person.reference.model_copy(update={"conversation_id": "an-old-chat"})
    return person.model_copy(update={"reference": place})


async def test_who_shares_an_address_and_says_hello_often_makes_no_noise(house: House) -> None:
    """Nobody is told again each time that somebody cannot be told apart."""
    comes(house, "robin")
    await house.arrive(*house.people)
    await asked(house)
    before = len(house.told("priya"))
    for _ in range(5):
        await house.say("martin", "hello")
        await house.say("robin", "hello")
    assert len(house.told("priya")) == before

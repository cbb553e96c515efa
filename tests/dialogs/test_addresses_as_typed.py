"""An address as people type and copy it: read on every card, shown back where it cannot be."""

from typing import Any

import pytest

from cards.wording import wording
from tests.dialogs.conftest import YOU, House, action, elements, texts, values

SEVERAL = "martin@socialcare.example; pat@police.example"


def choice(house: House, who: str, name: str) -> dict[str, str]:
    """What an input of the newest card offers, by what is read."""
    every = elements(house.people[who].card)
    found = [one for one in every if one.get("id") == name and "choices" in one]
    return {one["title"]: one["value"] for one in found[0]["choices"]} if found else {}


@pytest.mark.parametrize(
    "typed",
    [
        "Martin Cole <martin@socialcare.example>",
        "mailto:martin@socialcare.example?subject=Hello",
        "\u201cmartin@socialcare.example\u201d,",
        "mar\u200btin@social\u00adcare.example",
    ],
)
async def test_a_manager_whose_address_was_copied_is_asked(house: House, typed: str) -> None:
    """And the address stands on the check as it is kept."""
    await house.arrive("priya", "martin", "fay")
    await house.fill_request(manager=typed)
    assert "Martin Cole, martin@socialcare.example" in house.shown("priya")
    await house.tap("priya", "Send")
    assert len(house.told("martin")) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("martin cole@socialcare.example", "NOT_A_MAIL"),
        ("martin@", "NOT_A_MAIL"),
        (SEVERAL, "TWO_MAILS"),
        ("Priya Shah <PRIYA@socialcare.example>", "MANAGER_IS_YOU"),
    ],
)
async def test_what_cannot_be_read_stays_in_its_field(house: House, typed: str, said: str) -> None:
    """With its sentence; nothing beside it is lost."""
    await house.fill_to("priya", "you")
    await house.tap("priya", "Next", **{**YOU, "manager_mail": typed})
    assert getattr(wording, said) in house.shown("priya")
    assert values(house.people["priya"].card)["manager_mail"] == typed
    assert values(house.people["priya"].card)["manager_name"] == YOU["manager_name"]


async def test_the_nurse_and_the_others_are_read_like_everybody(house: House) -> None:
    """Whether they are added or only typed in."""
    await house.arrive("priya", "martin", "fay", "pat", "nia")
    await house.fill_to("priya", "people")
    nurse = {"nurse": "named", "nurse_name": "Nia Okafor", "nurse_mail": "<nia@health.example>"}
    await house.tap(
        "priya", "Next", **nurse, other_name="Pat", other_mail="Pat <pat@police.example>;"
    )
    await house.fill_from("priya", "worry")
    await house.tap("priya", "Send")
    it = await house.record(await house.newest())
    assert [one.mail for one in it.people[2:]] == ["nia@health.example", "pat@police.example"]


async def test_two_addresses_for_one_of_the_others_are_not_added(house: House) -> None:
    """They are two people."""
    await house.fill_to("priya", "people")
    await house.tap(
        "priya", "Add another person", nurse="none", other_name="Both", other_mail=SEVERAL
    )
    assert wording.TWO_MAILS in house.shown("priya")
    assert values(house.people["priya"].card)["other_mail"] == SEVERAL


CARDS: dict[str, dict[str, Any]] = {
    "manager": {"manager_name": "Ada Moss", "manager_mail": "{}"},
    "someone-else": {
        "whose": "other1",
        "new_name": "Ada Moss",
        "new_agency": "Suffolk Police",
        "new_mail": "{}",
    },
}


@pytest.mark.parametrize(("flow", "who"), [("manager", "priya"), ("someone-else", "fay")])
async def test_who_is_named_later_is_read_the_same(house: House, flow: str, who: str) -> None:
    """Refused as two, then kept as one."""
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    opening = {"verb": "flow.open", "data": {"flow": flow, "conversation": key}}
    await house.press(who, opening, {})
    title = wording.NAME_THEM if flow == "manager" else wording.SOMEONE_SAVE

    def named(mail: str) -> dict[str, str]:
        return {name: text.format(mail) for name, text in CARDS[flow].items()}

    await house.tap(who, title, **named("ada@police.example, bo@police.example"))
    assert wording.TWO_MAILS in house.shown(who)
    await house.tap(who, title, **named("Ada Moss <Ada@Police.example>"))
    people = (await house.record(key)).present
    assert [one.mail for one in people if one.name == "Ada Moss"] == ["Ada@police.example"]


async def test_somebody_named_before_is_offered_and_fills_name_and_address(house: House) -> None:
    """Nobody from the directory whom they have never named; and nothing where nobody is known."""
    await house.requested()
    await house.fill_to("priya", "you")
    await house.tap("priya", "Back")
    offered = choice(house, "priya", "manager_known")
    assert set(offered) == {
        "Martin Cole (Social Care)",
        "Nia Okafor (Health)",
        "Pat Reed (Suffolk Police)",
    }
    you = {**YOU, "manager_known": offered["Pat Reed (Suffolk Police)"]}
    await house.tap("priya", "Next", **you)
    draft = await house.draft("priya")
    assert draft is not None
    assert (draft.answers["manager_name"], draft.answers["manager_mail"]) == (
        "Pat Reed",
        "pat@police.example",
    )
    assert choice(house, "priya", "nurse_known") == {
        "Nia Okafor (Health)": choice(house, "priya", "other_known")["Nia Okafor (Health)"]
    }
    nia = choice(house, "priya", "other_known")["Nia Okafor (Health)"]
    await house.tap("priya", "Add another person", nurse="none", other_known=nia)
    assert "Nia Okafor" in house.shown("priya")


async def test_what_is_typed_anew_comes_before_the_choice(house: House) -> None:
    """As the card says."""
    await house.requested()
    await house.fill_to("priya", "you")
    await house.tap("priya", "Back")
    pat = choice(house, "priya", "manager_known")["Pat Reed (Suffolk Police)"]
    new = {"manager_name": "Ada Moss", "manager_mail": "ada@socialcare.example"}
    await house.tap("priya", "Next", **{**YOU, **new, "manager_known": pat})
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["manager_mail"] == "ada@socialcare.example"


async def test_nobody_known_draws_no_choice_and_the_inputs_are_waited_for(house: House) -> None:
    """A first request is as it was; where a choice may fill an input, its label says so."""
    await house.fill_to("priya", "you")
    assert choice(house, "priya", "manager_known") == {}
    card = {one["id"]: one for one in elements(house.people["priya"].card) if "id" in one}
    assert card["manager_name"]["label"] == "Manager's name (required)"
    await house.discard("priya")
    await house.requested()
    await house.fill_to("priya", "you")
    await house.tap("priya", "Back")
    card = {one["id"]: one for one in elements(house.people["priya"].card) if "id" in one}
    assert card["manager_known"]["style"] == "filtered"
    assert card["manager_name"]["label"] == "Manager's name, unless chosen above (optional)"
    await house.tap("priya", "Next", **{**YOU, "manager_name": ""})
    assert wording.EMPTY in house.shown("priya")


async def test_people_of_somebody_elses_conversation_are_not_offered(house: House) -> None:
    """Pat is named in Priya's, and sees none of its people when asking for their own."""
    await house.requested()
    await house.fill_to("pat", "you")
    assert choice(house, "pat", "manager_known") == {}
    assert action(house.people["pat"].card, "Next")
    assert "Martin Cole" not in texts(house.people["pat"].card)

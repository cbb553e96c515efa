"""A list of people or agencies is whole, on every card, in every file, with twelve of them."""

import io
import json
import re
from typing import Final

from docx2python import docx2python

from cards.evaluation.evaluation import every_figure
from cards.kit.people import named
from cards.wording import wording
from dialogs.files.files import by_link, fetch
from dialogs.root.routes import FILES
from tests.cards.evaluation.invented import of_rows
from tests.dialogs.conftest import House, texts

NAMES: Final = tuple(
    f"{first} {last}"
    for first, last in zip(
        ("Aoife", "Bartholomew", "Chukwuemeka", "Dorothea", "Elżbieta", "Fitzgerald", "Guinevere",
         "Hermione", "Ignatius", "Jacqueline", "Konstantin", "Llewellyn"),
        ("Abernathy-Smythe", "Blenkinsop", "Okonkwo", "Fotheringham", "Wiśniewska", "Carruthers",
         "Montgomery-Jones", "Featherstone", "Venkataraman", "Oyelaran", "Throckmorton",
         "Prydderch"),
        strict=True,
    )
)  # fmt: skip
AGENCIES: Final = tuple(
    f"{place} Community Health Services Trust"
    for place in ("Ipswich", "Lowestoft", "Felixstowe", "Sudbury", "Haverhill", "Stowmarket",
                  "Newmarket", "Beccles", "Halesworth", "Southwold", "Aldeburgh", "Hadleigh")
)  # fmt: skip


async def asked(house: House) -> None:
    """A request with twelve others, up to its check."""
    await house.arrive("priya", "martin", "fay", "idris")
    await house.fill_to("priya", "people")
    for number, (name, agency) in enumerate(zip(NAMES, AGENCIES, strict=True)):
        await house.tap("priya", "Add another person", nurse="none", other_name=name,
                        other_role="Health visitor", other_agency=agency,
                        other_mail=f"p{number}@health.example", other_attending="yes")  # fmt: skip


def has_all(shown: str, names: tuple[str, ...] = NAMES) -> None:
    assert [one for one in names if one not in shown] == []
    assert not re.search(r"and \d+ more", shown)


async def booked(house: House) -> str:
    await asked(house)
    await house.fill_from("priya", "people")
    await house.tap("priya", "Send")
    await house.agree()
    await house.pick_up()
    everyone = ",".join(["requester", *(f"other{number}" for number in range(1, 13))])
    await house.book(lead="requester", coming=everyone)
    return await house.newest()


async def test_the_request_names_all_of_them_on_every_card(house: House) -> None:
    await asked(house)
    has_all(house.shown("priya"))
    has_all(house.shown("priya"), AGENCIES)
    await house.fill_from("priya", "people")
    has_all(house.shown("priya"))
    await house.tap("priya", "Send")
    await house.open_door("martin")
    has_all(house.shown("martin"))
    await house.agree()
    await house.say("fay", "waiting")
    await house.tap("fay", "I'll facilitate")
    has_all(house.shown("fay"))
    has_all(house.shown("fay"), AGENCIES)


async def test_no_card_to_the_end_names_some_of_them_only(house: House) -> None:
    key = await booked(house)
    await house.press("fay", {"verb": "prepare.people", "data": {"conversation": key}}, {})
    has_all(house.shown("fay"))
    await house.tap("fay", wording.FAR_BACK)
    await house.change("Stop all messages")
    has_all(house.shown("fay"))
    await house.tap("fay", "Start again")
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    await house.tap("fay", "We are closing")
    await house.tap("fay", "Send the feedback card")
    has_all(house.shown("fay"))
    await house.press("fay", {"verb": "learning.type-up", "data": {"conversation": key}}, {})
    for section in wording.partnership.learning.sections:
        to = {"conversation": key, "to": section.id}
        await house.press("fay", {"verb": "learning.open", "data": to}, {})
    await house.tap("fay", "Save and see all sections")
    await house.tap("fay", "Look it over before sharing")
    await house.tap("fay", "Share the document")
    await house.skip(days=1)
    await house.press(
        "priya", {"verb": "flow.open", "data": {"conversation": key, "flow": "passed-on"}}, {}
    )
    every = set(NAMES)
    sent = next(n for n, one in enumerate(house.cards) if NAMES[-1] in texts(one))
    for card in house.cards[sent:]:
        shown = {one for one in NAMES if one in json.dumps(card, ensure_ascii=False)}
        assert len(shown) <= 2 or shown == every, texts(card)
    assert sum(NAMES[0] in texts(card) for card in house.cards) > 10
    visit = await by_link(house.services(), house.people["fay"].actor.key)
    for kind in ("pack", "learning", "agreement"):
        made = await fetch(visit, FILES, kind, key)
        with docx2python(io.BytesIO(made.body)) as file:
            has_all(file.text)


def test_a_name_in_a_long_list_is_whole_and_one_that_is_none_is_not() -> None:
    assert named(25, *NAMES) == NAMES
    assert named(25, "Norfolk and Suffolk NHS Foundation Trust") == (
        "Norfolk and Suffolk NHS Foundation Trust",
    )
    assert len(named(25, "🙂" * 200)[0]) < 20
    assert len(named(25, "x" * 200)[0]) < 70


def test_the_figures_name_every_agency() -> None:
    names = [f"{one} {side}" for one in AGENCIES for side in "AB"]
    rows = [(table, name, 9, 9) for name in names for table in ("asked-by", "agencies")]
    shown = texts(every_figure(of_rows(("held", "all", 300, 300), *rows)))
    assert [name for name in names if shown.count(name) != 2] == []


async def test_of_seven_that_wait_or_could_be_meant_each_has_its_button(house: House) -> None:
    await house.requested()
    for _ in range(6):
        await house.fill_request()
        await house.tap("priya", "Send")
    keys = {row.partition for row in await house.dump() if row.key == "conversation"}
    for key in keys:
        await house.press("martin", {"verb": "manager.agree", "data": {"conversation": key}}, {})
    references = {(await house.record(key)).reference for key in keys}
    assert len(references) == 7
    await house.say("fay", "waiting")
    shown = house.shown("fay")
    assert {
        one for one in references if f"({wording.ILL_FACILITATE}: {one})" in shown
    } == references
    for words in ("someone else", "something has happened"):
        await house.say("priya", words)
        shown = house.shown("priya")
        assert {one for one in references if f"{one})" in shown} == references, words

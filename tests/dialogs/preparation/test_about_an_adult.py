"""About an adult it says so: the person is told, and asked; and about more than one child."""

import pytest

from cards.preparation import family
from cards.wording import wording
from records.conversation.readiness import Told, Wishes
from records.conversation.request import About
from tests.dialogs.conftest import BOOKING, House, texts


async def booked(house: House, about: str = "adult") -> str:
    """A booked conversation about an adult, or about whom it says."""
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_request(about=about)
    await house.tap("priya", "Send")
    await house.agree()
    await house.pick_up()
    await house.book()
    return await house.newest()


async def see(house: House, who: str, key: str, verb: str = "prepare.see") -> str:
    await house.press(who, {"verb": verb, "data": {"conversation": key}}, {})
    return house.shown(who)


async def test_nobody_reads_of_a_family_on_the_cards_about_telling_an_adult(house: House) -> None:
    key = await booked(house)
    for who in ("pat", "nia"):
        shown = house.shown(who)
        assert "Please do not talk with the person, or anyone close to them," in shown
        assert "the family about" not in shown
    told = await see(house, "priya", key, "prepare.telling")
    assert "Does the person know about this conversation?" in told
    assert "telling the person" in told
    assert "child" not in told
    assert "family" not in told
    await house.tap("priya", wording.TELLING_TOLD)
    assert "Change who tells the person" in house.shown("priya")
    assert "Telling the person is settled." in await see(house, "pat", key)
    assert "settled who tells the person" in house.told("nia")[-1]


@pytest.mark.parametrize("how", [Told.NOT_SAFE, Told.SOME])
async def test_what_the_others_keep_to_is_about_the_person(house: House, how: Told) -> None:
    key = await booked(house)
    await see(house, "priya", key, "prepare.telling")
    title = wording.TELLING_NOT if how is Told.NOT_SAFE else wording.TELLING_SOME
    await house.tap("priya", title)
    await house.tap("priya", "Save my answer")
    name = f"warns-{how}"
    begins = wording.ABOUT_ADULT[name].partition("{")[0]
    assert (await see(house, "pat", key)).startswith(begins)
    assert house.told("pat")[-1].endswith("please read this before you speak with the person")


@pytest.mark.parametrize(
    "title", ["TELLING_WILL", "TELLING_SOME", "TELLING_NOT"], ids=["will be told", "some", "not"]
)
async def test_each_answer_is_written_on_a_card_about_the_person(house: House, title: str) -> None:
    """Its heading, who sees it, and the hint in its field."""
    key = await booked(house)
    await see(house, "priya", key, "prepare.telling")
    await house.tap("priya", getattr(wording, title))
    drawn = str(house.people["priya"].card)
    for word in ("child", "family", "Mother"):
        assert word not in drawn
    assert "telling the person" in house.shown("priya")


async def test_about_a_child_every_sentence_is_as_it_was(house: House) -> None:
    key = await booked(house, "child")
    it = await house.record(key)
    assert family.whom(it, "telling_ask", wording.TELLING_ASK) == wording.TELLING_ASK
    told = await see(house, "priya", key, "prepare.telling")
    assert wording.TELLING_ASK in told
    assert wording.WISHES_OPEN not in told
    data = {"conversation": key, "flow": "wishes"}
    await house.press("priya", {"verb": "flow.open", "data": data}, {})
    assert wording.AGREES_ASK not in house.shown("priya")


def test_every_sentence_about_an_adult_stands_for_one_that_there_is() -> None:
    named = {name for name in wording.ABOUT_ADULT if "-" not in name}
    assert all(isinstance(getattr(wording, name.upper()), str) for name in named)
    for group, sentences in (
        ("warns", wording.TELLING_WARNS),
        ("short", wording.TELLING_WARNS_SHORT),
        ("lead", wording.TELLING_WARNS_LEAD),
        ("page", wording.TELLING_WARNS_PAGE),
    ):
        for why, text in sentences.items():
            own = wording.ABOUT_ADULT[f"{group}-{why}"]
            assert ("{name}" in own) == ("{name}" in text)
            assert "family" not in own


# What they want -----------------------------------------------------------------------------------


async def test_the_lead_worker_says_whether_they_agree_and_who_speaks_for_them(
    house: House,
) -> None:
    key = await booked(house)
    await see(house, "priya", key, "prepare.telling")
    await house.tap("priya", wording.WISHES_OPEN)
    shown = house.shown("priya")
    assert shown.index(wording.WISHES_SEEN) < shown.index(wording.AGREES_ASK)
    await house.tap("priya", wording.WISHES_SAVE, agrees="yes", speaks="advocate")
    said = f"{wording.AGREES_ASK} They agree\n{wording.SPEAKS_ASK} An advocate"
    assert said in house.shown("priya")
    assert (await house.record(key)).wishes == Wishes(agrees="yes", speaks="advocate")
    assert said in await see(house, "fay", key, "prepare.people")
    for who in ("pat", "nia", "martin", "idris"):
        for verb in ("prepare.see", "prepare.people", "prepare.telling"):
            assert "An advocate" not in await see(house, who, key, verb)
    assert all("advocate" not in texts(parcel.card) for _, parcel in house.parcels)


async def test_it_is_never_asked_for_and_costs_no_tap(house: House) -> None:
    """One tap settles who tells them, as it does about a child."""
    key = await booked(house)
    await see(house, "priya", key, "prepare.telling")
    await house.tap("priya", wording.TELLING_TOLD)
    it = await house.record(key)
    assert it.wishes is None
    assert it.telling is not None
    assert wording.AGREES_ASK not in await see(house, "fay", key, "prepare.people")


async def test_one_of_both_may_be_left_out_and_all_of_it_taken_back(house: House) -> None:
    key = await booked(house)
    await see(house, "priya", key, "prepare.telling")
    await house.tap("priya", wording.WISHES_OPEN)
    await house.tap("priya", wording.WISHES_SAVE, agrees="cannot")
    assert f"{wording.AGREES_ASK} They cannot decide this" in house.shown("priya")
    assert wording.SPEAKS_ASK not in house.shown("priya")
    await house.tap("priya", wording.WISHES_OPEN)
    await house.tap("priya", wording.WISHES_SAVE, agrees="", speaks="")
    assert (await house.record(key)).wishes is None


@pytest.mark.parametrize("who", ["pat", "fay", "martin"])
async def test_it_is_the_lead_workers_alone_to_say(house: House, who: str) -> None:
    key = await booked(house)
    data = {"conversation": key, "flow": "wishes"}
    await house.press(who, {"verb": "flow.open", "data": data}, {})
    assert wording.AGREES_ASK not in house.shown(who)


# More than one child ------------------------------------------------------------------------------


async def test_a_situation_may_be_about_more_than_one_child(house: House) -> None:
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_to("priya", "about")
    assert "More than one child" in house.shown("priya")
    await house.tap("priya", "Next", about="children", reasons="stuck")
    await house.fill_from("priya", "you", "hope_child")
    shown = house.shown("priya")
    assert wording.Q_CHILDREN in shown
    assert wording.HOPE_CHILD_TITLE[About.CHILDREN] in shown
    assert wording.Q_CHILD not in shown
    await house.tap("priya", "Next", hope_child="Calm.")
    await house.tap("priya", "Send")
    key = await house.newest()
    assert (await house.record(key)).request.about is About.CHILDREN
    kept = (await house.file(key)).answers_of("request", "requester")
    assert kept is not None
    assert kept.asked["hope_child"] == wording.Q_CHILDREN
    await house.open_door("martin")
    assert "More than one child" in house.shown("martin")
    await house.agree()
    await house.pick_up()
    await house.book(**{**BOOKING, "coming": "requester"})
    await see(house, "priya", key, "prepare.telling")
    assert wording.TELLING_ASK in house.shown("priya")
    await house.tap("priya", wording.SAY_OPEN)
    assert wording.SAY_CHILD in house.shown("priya")

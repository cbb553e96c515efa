"""The request: eight cards, every question word for word, and nobody written to too early."""

import re
from typing import Any

import pytest

from cards.wording import wording
from records.conversation.request import Reason
from tests.dialogs.conftest import STORY, TAPS, YOU, House, elements, values

PAPER = {
    "worry": "What are you most worried will happen if this situation continues?",
    "hope_you": "What difference are you hoping making the time to reflect on the situation will "
    "make to YOU?",
    "hope_you_known": "How will you know that this difference has been achieved?",
    "hope_child": "What difference are you hoping this will make to the child and their carers?",
    "hope_child_known": "How will you know that this difference has been achieved?",
}
ADULT = "What difference are you hoping this will make to the person and their carers?"


def label(house: House, field: str) -> str:
    found = [one for one in elements(house.people["priya"].card) if one.get("id") == field]
    return str(found[0]["label"])


async def test_the_eight_cards_are_numbered(house: House) -> None:
    await house.say("priya", "request")
    assert "Request · 1 of 8" in house.shown("priya")
    await house.tap("priya", "No")
    for number, step in enumerate(TAPS, start=2):
        title = wording.REQUEST_TITLE if step == "about" else wording.REQUEST
        assert f"{title} · {number} of 8" in house.shown("priya")
        await house.tap("priya", "Next", **TAPS[step])
    assert f"{wording.REQUEST_TITLE} · 8 of 8" in house.shown("priya")


@pytest.mark.parametrize("about", ["child", "unborn", "adult"])
async def test_the_five_questions_are_asked_word_for_word(house: House, about: str) -> None:
    await house.fill_to("priya", "about")
    await house.tap("priya", "Next", about=about, reasons="goal")
    for step in ("you", "people"):
        await house.tap("priya", "Next", **TAPS[step])
    for step in ("worry", "hope_you", "hope_child"):
        for field in TAPS[step]:
            asked = ADULT if (field, about) == ("hope_child", "adult") else PAPER[field]
            assert label(house, field) == f"{asked} (optional)"
        await house.tap("priya", "Next", **TAPS[step])
    assert (ADULT in house.shown("priya")) == (about == "adult")


async def test_back_goes_one_step_back_and_keeps_the_answers(house: House) -> None:
    await house.fill_to("priya", "check")
    for step in reversed(TAPS):
        await house.tap("priya", "Back")
        now = values(house.people["priya"].card)
        for field, value in TAPS[step].items():
            assert now[field] == value
    await house.tap("priya", "Back")
    assert "1 of 8" in house.shown("priya")


async def test_check_shows_every_answer(house: House) -> None:
    await house.fill_request()
    shown = house.shown("priya")
    for text in (*STORY.values(), *YOU.values(), "Nia Okafor", "Pat Reed", "A child"):
        if text not in ("yes", "no"):
            assert text in shown
    assert wording.REASONS["stuck"] in shown  # type: ignore[index]
    assert "Monday 1 February 2027" in shown


@pytest.mark.parametrize(
    ("change", "inputs", "card"),
    [
        ("Who is it about?", {"about": "adult"}, 2),
        ("Why it is being brought", {"reasons": "goal"}, 2),
        ("You and your manager", {"team": "Team West"}, 3),
        ("Who else is involved?", {"nurse_name": "Nia Ode"}, 4),
        (PAPER["worry"], {"worry": "Another worry."}, 5),
        (PAPER["hope_you"], {"hope_you": "Another hope."}, 6),
        (PAPER["hope_child"], {"hope_child": "A third hope."}, 7),
    ],
)
async def test_change_goes_to_one_step_and_straight_back(
    house: House, change: str, inputs: dict[str, Any], card: int
) -> None:
    await house.fill_request()
    await house.tap("priya", f"Change: {change}")
    assert f"{card} of 8" in house.shown("priya")
    await house.tap("priya", "Back to your answers")
    assert "8 of 8" in house.shown("priya")
    await house.tap("priya", f"Change: {change}")
    await house.tap("priya", "Next", **inputs)
    assert "8 of 8" in house.shown("priya")
    draft = await house.draft("priya")
    assert draft is not None
    for field, value in inputs.items():
        assert draft.answers[field] == value


async def test_a_wrong_change_is_refused_on_its_card(house: House) -> None:
    await house.fill_request()
    await house.tap("priya", f"Change: {PAPER['worry']}")
    await house.tap("priya", "Next", worry="z" * 4_001)
    assert "This has 4,001 characters" in house.shown("priya")
    await house.tap("priya", "Back to your answers")
    await house.tap("priya", "Send")
    assert "5 of 8" in house.shown("priya")
    assert await house.dump() == []


async def test_send_gives_a_reference_and_asks_the_manager_alone(house: House) -> None:
    await house.arrive(*house.people)
    await house.fill_request()
    assert house.parcels == []
    await house.tap("priya", "Send")
    found = re.search(r"LC-[0-9A-HJKMNP-TV-Z]{5}\b", house.shown("priya"))
    assert found
    assert [to for to, _ in house.parcels] == ["chat-martin"]
    assert wording.NOBODY_WATCHES in house.shown("priya")


async def test_each_card_says_who_sees_it_and_they_do(house: House) -> None:
    seen = [wording.SEEN_WHY, wording.SEEN_PEOPLE, wording.SEEN_PEOPLE, wording.SEEN_REQUEST]
    seen += [wording.SEEN_REQUEST, wording.SEEN_HOPE, wording.SEEN_CHECK]
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    for step, sentence in zip((*TAPS, "check"), seen, strict=True):
        await house.fill_to("priya", step)
        assert sentence in house.shown("priya"), step
        await house.discard("priya")
    await house.fill_request()
    await house.tap("priya", "Send")
    assert wording.SENT_SEEN in house.shown("priya")
    await house.agree()
    stuck = wording.REASONS[Reason.STUCK]
    for who in ("fay", "idris"):
        assert stuck in house.shown(who), "the team sees why, whoever picks it up"
    await house.tap("idris", "I'll facilitate")
    assert "Nia Okafor" in house.shown("idris")
    assert not any(one in house.shown("idris") for one in STORY.values())
    await house.pick_up()
    await house.book()
    await house.tap("pat", "Read the agreement")
    assert "Nia Okafor" in house.shown("pat"), "those who come see who is named"
    await house.hold()
    assert not any(one in house.shown(who) for who in ("pat", "nia") for one in STORY.values())
    await house.skip(days=57)
    await house.tap("priya", wording.HOPES_SEE)
    assert STORY["hope_child"] in house.shown("priya"), "the lead worker, later"


async def test_people_named_hear_nothing_until_a_date_is_booked(house: House) -> None:
    await house.requested()
    await house.skip(days=3)
    await house.agree()
    await house.pick_up()
    assert house.told("pat") == house.told("nia") == []
    await house.book(day="2027-02-10", coming="requester,other1")
    assert len(house.told("pat")) == 1
    assert house.told("nia") == []


async def test_immediate_risk_shows_what_to_do_before_anything_else(house: House) -> None:
    await house.say("priya", "request")
    await house.tap("priya", "Yes")
    shown = house.shown("priya")
    assert "Ring 999 now" in shown
    assert "(I have acted on this; carry on)" in shown
    assert "(Stop here)" in shown
    await house.tap("priya", "I have acted on this; carry on")
    assert "2 of 8" in house.shown("priya")


async def test_stop_here_keeps_what_was_written(house: House) -> None:
    await house.say("priya", "request")
    await house.tap("priya", "Yes")
    await house.tap("priya", "Stop here")
    assert "We stopped here" in house.shown("priya")
    assert await house.draft("priya") is not None
    await house.say("priya", "request")
    assert "(I have acted on this; carry on)" in house.shown("priya")


async def test_a_draft_older_than_a_day_asks_about_risk_again_before_send(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_request()
    house.at = house.local("2027-02-02T09:06")
    await house.tap("priya", "Send")
    assert "is someone at immediate risk of harm?" in house.shown("priya")
    assert wording.RISK_AGAIN in house.shown("priya")
    assert await house.dump() == []
    await house.tap("priya", "Yes")
    assert "Ring 999 now" in house.shown("priya")
    await house.tap("priya", "I have acted on this; carry on")
    assert "8 of 8" in house.shown("priya")
    await house.tap("priya", "Send")
    assert "is sent" in house.shown("priya")


async def test_a_draft_of_the_same_day_is_not_asked_again(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_request()
    house.at = house.local("2027-02-02T09:05")
    await house.tap("priya", "Send")
    assert "is sent" in house.shown("priya")


async def test_requester_and_manager_are_different_people(house: House) -> None:
    await house.fill_to("priya", "you")
    you = {**YOU, "manager_mail": "PRIYA@socialcare.example ", "manager_name": "Me"}
    await house.tap("priya", "Next", **you)
    assert wording.MANAGER_IS_YOU in house.shown("priya")
    assert {k: v for k, v in values(house.people["priya"].card).items() if k in you} == you


async def test_add_another_and_remove_work_in_place(house: House) -> None:
    await house.fill_to("priya", "people")
    for name in ("Ann Ode", "Pat Reed"):
        await house.tap("priya", "Add another person", nurse="unknown", other_name=name)
        assert "4 of 8" in house.shown("priya")
        assert values(house.people["priya"].card).get("other_name") is None
        assert values(house.people["priya"].card)["nurse"] == "unknown"
    await house.tap("priya", "Remove Ann Ode")
    assert "Ann Ode" not in house.shown("priya")
    assert "Pat Reed" in house.shown("priya")


async def test_add_another_without_a_name_asks_for_one(house: House) -> None:
    await house.fill_to("priya", "people")
    await house.tap("priya", "Add another person", nurse="none", other_role="Health visitor")
    assert wording.OTHER_MISSING in house.shown("priya")
    assert values(house.people["priya"].card)["other_role"] == "Health visitor"


async def test_add_another_with_an_address_that_is_none_keeps_it_to_be_put_right(
    house: House,
) -> None:
    await house.fill_to("priya", "people")
    await house.tap("priya", "Add another person", nurse="none", other_name="Pat", other_mail="pat")
    assert wording.NOT_A_MAIL in house.shown("priya")
    assert values(house.people["priya"].card)["other_mail"] == "pat"
    await house.tap("priya", "Next", other_mail="pat@police.example")
    draft = await house.draft("priya")
    assert draft is not None
    assert [one["mail"] for one in draft.answers["others"]] == ["pat@police.example"]


async def test_somebody_half_typed_joins_on_next(house: House) -> None:
    await house.fill_to("priya", "people")
    await house.tap("priya", "Next", nurse="none", other_name="Pat Reed", other_role="DC")
    assert "5 of 8" in house.shown("priya")
    draft = await house.draft("priya")
    assert draft is not None
    assert [one["name"] for one in draft.answers["others"]] == ["Pat Reed"]


async def test_somebody_half_typed_without_a_name_is_not_dropped(house: House) -> None:
    await house.fill_to("priya", "people")
    await house.tap("priya", "Next", nurse="none", other_role="DC")
    assert wording.OTHER_MISSING in house.shown("priya")
    assert values(house.people["priya"].card)["other_role"] == "DC"


async def test_a_named_nurse_needs_a_name(house: House) -> None:
    await house.fill_to("priya", "people")
    await house.tap("priya", "Next", nurse="named", nurse_mail="nia@health.example")
    assert wording.NURSE_MISSING in house.shown("priya")


async def test_a_second_request_is_filled_in_from_the_first(house: House) -> None:
    await house.requested()
    await house.fill_to("priya", "people")
    assert "4 of 8" in house.shown("priya"), "who they are is known, and stands on the check"
    await house.fill_from("priya", "people")
    assert f"{YOU['manager_name']}, {YOU['manager_mail']}" in house.shown("priya")
    await house.tap("priya", f"Change: {wording.YOU_TITLE}")
    now = values(house.people["priya"].card)
    for field in ("contact", "team", "agency", "manager_name", "manager_mail"):
        assert now[field] == YOU[field]


async def test_a_nurse_who_is_typed_and_not_chosen_is_named(house: House) -> None:
    await house.arrive("priya", "martin", "nia")
    await house.fill_to("priya", "people")
    await house.tap("priya", "Next", nurse_name="Nia Okafor", nurse_mail="nia@health.example")
    await house.fill_from("priya", "worry")
    await house.tap("priya", "Send")
    assert "nurse" in {one.id for one in (await house.record(await house.newest())).people}


async def test_nothing_said_of_a_nurse_is_not_known(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "people")
    await house.tap("priya", "Next")
    await house.fill_from("priya", "worry")
    await house.tap("priya", "Send")
    assert (await house.record(await house.newest())).request.nurse == "unknown"


async def test_every_answer_on_the_check_can_be_changed_and_comes_back_to_it(house: House) -> None:
    await house.fill_to("priya", "check")
    titles = [
        one["title"]
        for one in elements(house.people["priya"].card)
        if str(one.get("title", "")).startswith("Change: ")
    ]
    places = []
    for title in titles:
        await house.tap("priya", title)
        places.append(house.shown("priya").split("\n")[0])
        await house.tap("priya", "Back to your answers")
        assert "Check your answers" in house.shown("priya")
    steps = [2, 2, 2, 2, 2, 3, 4, 5, 6, 6, 7, 7]
    titles = {2: wording.REQUEST_TITLE}
    assert places == [f"{titles.get(one, wording.REQUEST)} · {one} of 8" for one in steps]


async def test_what_was_chosen_and_what_was_not_stands_on_the_check(house: House) -> None:
    await house.fill_to("priya", "about")
    levels = {"level_of_need": "3", "open_to_social_care": "no"}
    await house.tap("priya", "Next", about="child", reasons="stuck", **levels)
    await house.fill_from("priya", "you")
    assert "Level 3: targeted help" in house.shown("priya")
    await house.tap("priya", "Change: Level of need, if you know it")
    await house.tap("priya", "Next", about="child", reasons="stuck", level_of_need="")
    assert "Level of need, if you know it\nNothing chosen" in house.shown("priya")


async def test_whoever_may_choose_several_is_asked_for_at_least_one(house: House) -> None:
    await house.fill_to("priya", "about")
    await house.tap("priya", "Next")
    shown = house.shown("priya")
    for sentence, asked in (
        (wording.CHOOSE_ONE, wording.ABOUT_LABEL),
        (wording.CHOOSE_SOME, wording.REASONS_LABEL),
    ):
        named = f"{sentence}: {asked}\n{asked} {wording.REQUIRED} []"
        assert named in shown, "at the field itself"


async def test_what_was_typed_for_a_nurse_is_not_kept_once_there_is_none(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "people")
    nurse = {"nurse_name": "Nia Okafor", "nurse_mail": "nia@health.example"}
    await house.tap("priya", "Next", nurse="none", **nurse)
    await house.fill_from("priya", "worry")
    assert "Nia" not in house.shown("priya")
    await house.tap("priya", "Send")
    for table in ("conversations", "drafts", "board", "mail", "people"):
        assert not [row for row in await house.dump(table) if "Nia" in str(row)]

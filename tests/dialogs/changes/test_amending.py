"""The requester changes the request before a date is booked."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from cards.kit.elements import Card
from cards.wording import wording
from dialogs.turn.events import CardAction, Reply
from records.conversation.conversation import Conversation
from records.people import Part
from records.register.register import Deed
from records.stages import Act, Stage
from records.store.contract import Changed
from records.store.memory import MemoryStore
from tests.dialogs.conftest import STORY, House, texts

SAVE, LEAVE = "Save the changes", "Leave it as it was"
NEW = "That she stops going to school."


async def open_(house: House, key: str) -> Reply:
    """From my requests to the check."""
    await house.turn("priya", CardAction("request.see", {"conversation": key}))
    return await house.tap("priya", "Change my answers")


async def change(house: House, question: str, **inputs: Any) -> Reply:
    """One Change, its card, and back at the check."""
    await house.tap("priya", f"Change: {question}")
    return await house.tap("priya", "Next", **inputs)


async def picked_up(house: House) -> str:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    return key


def since(house: House, seen: dict[str, int]) -> dict[str, list[str]]:
    return {who: new for who in house.people if (new := house.told(who)[seen[who] :])}


def seen_so_far(house: House) -> dict[str, int]:
    return {who: len(house.told(who)) for who in house.people}


def card(reply: Reply) -> Card:
    assert reply.card is not None
    return reply.card


async def test_everything_kept_is_there_with_change_beside_it(house: House) -> None:
    key = await house.requested()
    await open_(house, key)
    shown = house.shown("priya")
    for text in (*STORY.values(), "A child", "Team East", "Martin Cole", "Pat Reed", "Nia Okafor"):
        assert text in shown
    assert f"({SAVE})" in shown
    assert "changed" not in shown.replace("Nothing changes", "")


async def test_a_changed_answer_is_kept_with_the_old_one_beside_it(house: House) -> None:
    key = await house.requested()
    before, seen = await house.file(key), seen_so_far(house)
    await open_(house, key)
    await change(house, wording.Q_WORRY, worry=NEW)
    assert f"{wording.Q_WORRY} · changed" in house.shown("priya")
    await house.tap("priya", SAVE)
    after = await house.file(key)
    reference = after.conversation.reference
    assert f"Your changes to {reference} are saved" in house.shown("priya")
    story = after.answers_of("request", "requester")
    old = after.answers_of("request-before-1", "requester")
    assert story
    assert story.texts == {**STORY, "worry": NEW}
    assert old
    assert old.texts == STORY
    assert [line.act for line in after.audit] == [*(o.act for o in before.audit), Act.AMEND]
    assert NEW not in after.conversation.model_dump_json()
    assert since(house, seen) == {"martin": [f"{reference}: Priya Shah changed the request."]}
    await house.open_door("martin")
    assert NEW in house.shown("martin")
    await house.agree()
    assert (await house.record(key)).stage == "agreed"


async def test_each_change_keeps_the_words_before_it(house: House) -> None:
    key = await house.requested()
    for words in ("One.", "Two."):
        await open_(house, key)
        await change(house, wording.Q_WORRY, worry=words)
        await house.tap("priya", SAVE)
    file = await house.file(key)
    kept = [file.answers_of(f"request-before-{n}", "requester") for n in (1, 2)]
    assert [one.texts["worry"] for one in kept if one] == [STORY["worry"], "One."]
    assert len(house.told("martin")) == 3


async def test_an_old_agree_shows_what_changed_before_anybody_agrees_to_it(house: House) -> None:
    key = await house.requested()
    await house.open_door("martin")
    agree = house.data("martin", "Agree")
    await open_(house, key)
    await change(house, wording.Q_WORRY, worry=NEW)
    await house.tap("priya", SAVE)
    await house.turn("martin", agree)
    assert wording.AMENDED_SINCE in house.shown("martin")
    assert NEW in house.shown("martin")
    assert (await house.record(key)).stage == "requested"
    await house.agree()
    assert (await house.record(key)).stage == "agreed"


async def test_saving_without_a_change_changes_nothing_and_tells_nobody(house: House) -> None:
    key = await house.requested()
    before, seen = await house.record(key), seen_so_far(house)
    await open_(house, key)
    await house.tap("priya", SAVE)
    assert wording.AMEND_LEFT.format(reference=before.reference) in house.shown("priya")
    assert await house.record(key) == before
    assert since(house, seen) == {}


async def test_left_as_it_was_the_next_opening_starts_afresh(house: House) -> None:
    key = await house.requested()
    await open_(house, key)
    await change(house, wording.Q_WORRY, worry=NEW)
    await house.tap("priya", LEAVE)
    assert "Your manager has been asked to agree." in house.shown("priya")
    await open_(house, key)
    assert NEW not in house.shown("priya")
    assert (await house.record(key)).amended == ()


async def test_after_the_agreement_the_manager_need_not_agree_again(house: House) -> None:
    key = await picked_up(house)
    seen = seen_so_far(house)
    await open_(house, key)
    await change(house, wording.Q_WORRY, worry=NEW)
    await house.tap("priya", SAVE)
    it = await house.record(key)
    assert it.stage == "picked-up"
    why = f"{it.reference}: Priya Shah changed the request."
    assert since(house, seen) == {"martin": [why], "fay": [why]}
    for who in ("martin", "fay"):
        assert NEW not in house.shown(who)
        await house.tap(who, "See the request")
        assert NEW in house.shown(who)
    assert "(Agree)" not in house.shown("martin")
    await house.skip(weeks=2)
    assert since(house, seen) == {"martin": [why], "fay": [why]}


async def test_a_facilitator_who_picks_up_the_changed_request_hears_nothing_more(
    house: House,
) -> None:
    key = await house.requested()
    await house.agree()
    await open_(house, key)
    await change(house, wording.Q_WORRY, worry=NEW)
    await house.tap("priya", SAVE)
    await house.pick_up()
    assert NEW in house.shown("fay")
    assert not [one for one in house.told("fay") if "changed" in one]


async def test_people_and_reasons_change_too_and_ids_are_never_given_twice(house: House) -> None:
    key = await house.requested()
    await open_(house, key)
    await change(house, wording.WAITING_REASONS, reasons="goal")
    await house.tap("priya", f"Change: {wording.PEOPLE_TITLE}")
    await house.tap("priya", "Remove person 1")
    dana = {
        "other_name": "Dana West",
        "other_agency": "School",
        "other_mail": "dana@school.example",
    }
    await house.tap("priya", "Add another person", **dana)
    await house.tap("priya", "Next", nurse_name="Nia Okafor-Bell")
    assert f"{wording.PEOPLE_TITLE} · changed" in house.shown("priya")
    await house.tap("priya", SAVE)
    it = await house.record(key)
    assert it.request.reasons == ("goal",)
    assert [(one.id, one.name) for one in it.present if one.part in (Part.NURSE, Part.OTHER)] == [
        ("nurse", "Nia Okafor-Bell"),
        ("someone1", "Dana West"),
    ]
    pat = it.person("other1")
    assert pat
    assert pat.left == house.at
    assert house.told("pat") == []
    await open_(house, key)
    await house.tap("priya", f"Change: {wording.PEOPLE_TITLE}")
    pat_again = {"other_name": "Pat Reed", "other_mail": "pat@police.example"}
    await house.tap("priya", "Next", **pat_again)
    await house.tap("priya", SAVE)
    it = await house.record(key)
    assert len({one.id for one in it.people}) == len(it.people)
    assert [one.id for one in it.present if one.part is Part.OTHER] == ["someone1", "someone2"]


async def test_another_manager_from_here_is_asked_like_any_other(house: House) -> None:
    key = await house.requested()
    seen = seen_so_far(house)
    await open_(house, key)
    nia = {"manager_name": "Nia Okafor", "manager_mail": "nia@health.example"}
    await change(house, wording.YOU_TITLE, **nia)
    reply = await house.tap("priya", SAVE)
    assert "Nia Okafor is asked to agree now." in texts(card(reply))
    told = since(house, seen)
    assert set(told) == {"nia", "martin"}
    assert all(len(one) == 1 for one in told.values())
    assert "not needed any more" in told["martin"][0]


async def test_the_requester_cannot_become_their_own_manager_here(house: House) -> None:
    key = await house.requested()
    await open_(house, key)
    await change(house, wording.YOU_TITLE, manager_mail="priya@socialcare.example")
    assert wording.MANAGER_IS_YOU in house.shown("priya")


async def test_who_was_replaced_meanwhile_is_not_put_back(house: House) -> None:
    key = await house.requested()
    await open_(house, key)
    await house.tap("martin", "Ask my deputy to decide")
    deputy = {"deputy_name": "Nia Okafor", "deputy_mail": "nia@health.example"}
    await house.tap("martin", "Ask my deputy", **deputy)
    house.people["priya"].chat.pop()  # back to the card above the notice
    await change(house, wording.YOU_TITLE, contact="01473 111111", manager_attending="yes")
    await change(house, wording.Q_WORRY, worry=NEW)
    await house.tap("priya", SAVE)
    it = await house.record(key)
    assert it.manager.name == "Nia Okafor"
    assert it.requester.contact == "01473 111111"
    assert house.told("nia")[-1] == f"{it.reference}: Priya Shah changed the request."


async def test_a_second_tap_on_save_gives_the_same_receipt(house: House) -> None:
    key = await house.requested()
    await open_(house, key)
    await change(house, wording.Q_WORRY, worry=NEW)
    tap = house.data("priya", SAVE)
    await asyncio.gather(house.turn("priya", tap), house.turn("priya", tap))
    await house.turn("priya", tap)
    assert "are saved" in house.shown("priya")
    assert len((await house.record(key)).amended) == 1
    assert len(house.told("martin")) == 2


async def test_booked_meanwhile_the_words_are_shown_back_and_nothing_changes(house: House) -> None:
    key = await house.booked()
    before = await house.record(key)
    it = before.model_copy(update={"stage": Stage.PICKED_UP, "booking": None})
    await put_back(house, it)
    await open_(house, key)
    await change(house, wording.Q_WORRY, worry=NEW)
    tap = house.data("priya", SAVE)
    await put_back(house, before)
    booked = await house.record(key)
    await house.turn("priya", tap)
    assert wording.AMEND_TOO_LATE.split("{")[0] in house.shown("priya")
    assert NEW in house.shown("priya")
    assert await house.record(key) == booked


async def put_back(house: House, it: Conversation) -> None:
    """The conversation as it was at another moment."""
    deed = Deed(Act.REACHED, "somebody", house.at)
    await house.register.change(
        it.id, deed, lambda now: now.with_(stage=it.stage, booking=it.booking)
    )


@pytest.mark.parametrize("stage", ["booked", "withdrawn"])
async def test_once_booked_or_over_there_is_nothing_to_change(house: House, stage: str) -> None:
    key = await house.booked()
    if stage == "withdrawn":
        await house.turn("priya", CardAction("request.withdraw-yes", {"conversation": key}))
    await house.turn("priya", CardAction("request.see", {"conversation": key}))
    assert "Change my answers" not in house.shown("priya")
    await house.turn("priya", CardAction("flow.open", {"flow": "amend", "conversation": key}))
    assert SAVE not in house.shown("priya")


async def test_a_change_begun_more_than_a_day_ago_asks_about_risk_once_more(house: House) -> None:
    key = await house.requested()
    await open_(house, key)
    await change(house, wording.Q_WORRY, worry=NEW)
    house.at += timedelta(hours=24, minutes=1)
    await house.tap("priya", SAVE)
    assert wording.RISK_AGAIN in house.shown("priya")
    assert (await house.record(key)).amended == ()
    await house.tap("priya", "No")
    await house.tap("priya", SAVE)
    assert "are saved" in house.shown("priya")


async def test_stopped_at_the_risk_question_the_change_is_found_under_my_requests(
    house: House,
) -> None:
    key = await house.requested()
    await open_(house, key)
    await change(house, wording.Q_WORRY, worry=NEW)
    house.at += timedelta(hours=24, minutes=1)
    await house.tap("priya", SAVE)
    await house.tap("priya", "Yes")
    await house.tap("priya", "Stop here")
    assert "Type my requests" in house.shown("priya")
    await open_(house, key)
    await house.tap("priya", wording.RISK_ACTED)
    assert NEW in house.shown("priya")


async def test_changed_and_withdrawn_everybody_hears_of_the_withdrawal_once(house: House) -> None:
    key = await picked_up(house)
    await open_(house, key)
    await change(house, wording.Q_WORRY, worry=NEW)
    await house.tap("priya", SAVE)
    seen = seen_so_far(house)
    await house.turn("priya", CardAction("request.withdraw-yes", {"conversation": key}))
    told = since(house, seen)
    assert set(told) == {"martin", "fay"}
    assert all(len(one) == 1 for one in told.values())


async def test_while_they_talk_the_manager_sees_the_change_and_can_agree(house: House) -> None:
    key = await house.requested()
    await house.tap("martin", "Talk first")
    await house.tap("martin", "Send", message="Can we talk?")
    old = house.data("martin", "Agree")
    await open_(house, key)
    await change(house, wording.Q_WORRY, worry=NEW)
    await house.tap("priya", SAVE)
    await house.open_door("martin")
    assert NEW in house.shown("martin")
    await house.turn("martin", old)
    assert wording.AMENDED_SINCE in house.shown("martin")
    await house.agree()
    assert (await house.record(key)).stage == "agreed"


class Beaten(MemoryStore):
    """Lets somebody else commit first, once, right before a commit of ours."""

    first: Any = None

    async def commit(self, *args: Any) -> Any:
        if self.first is not None:
            first, self.first = self.first, None
            await first()
            raise Changed("conversations", "c", None)
        return await super().commit(*args)


async def test_agreed_at_the_same_moment_the_change_is_kept_and_the_manager_told() -> None:
    house = House(Beaten())
    key = await house.requested()
    await house.open_door("martin")
    agree = house.data("martin", "Agree")
    await open_(house, key)
    await change(house, wording.Q_WORRY, worry=NEW)

    async def first() -> None:
        await house.root.handle(house.a_turn("martin", agree))

    house.store.first = first  # type: ignore[attr-defined]
    await house.tap("priya", SAVE)
    file = await house.file(key)
    story = file.answers_of("request", "requester")
    assert file.conversation.stage == "agreed"
    assert story
    assert story.texts["worry"] == NEW
    assert house.told("martin")[-1].endswith(": Priya Shah changed the request.")

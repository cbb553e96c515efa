"""Who reads feedback: the team lead and their deputy, and of three or more who wrote the
facilitator, without names. Each who can, and each who cannot."""

import pytest

from bot.roster import entries, reader, team_lead
from cards.kit.door import holds_words
from cards.wording import wording
from dialogs.turn.events import CardAction, Reply, Uninstalled
from records.conversation.conversation import Conversation
from records.outbox.kinds import Kind
from records.register.register import Deed
from records.stages import Act, Stage
from tests.dialogs.conftest import TENANT, House, Who, texts

READING = {Kind.FEEDBACK_CAME, Kind.FEEDBACK_TOGETHER, Kind.TO_TALK}
DREAD = "I dread the next one."
CAST = (
    ("lena", "Lena Moss", "lena@facilitation.example"),
    ("ola", "Ola Ray", "ola@facilitation.example"),
    ("nora", "Nora Finch", "nora@partnership.example"),
)


async def led(
    house: House, lead: str = "lena", deputy: str = "ola", stand_in: str = "nora"
) -> None:
    """The settings name a lead and a deputy, the partnership's file who stands in."""
    for key, name, mail in CAST:
        house.people[key] = Who(key, name, mail)
    mails = [house.people[one].mail if one else "" for one in (lead, deputy, stand_in)]
    found = [entries(filter(None, (mail,)), TENANT) for mail in mails]
    house.team_lead = team_lead(found[0])
    house.deputy = reader(found[1], wording.TEAM_DEPUTY)
    house.stand_in = reader(found[2], wording.STAND_IN)
    house.root = house.second()
    await house.arrive("lena", "ola", "nora")


async def opened(house: House, who: str, verb: str, key: str, **more: int) -> Reply:
    """A tap on a card that somebody has, or made up."""
    event = CardAction(verb, {"conversation": key, **more})
    reply = await house.root.handle(house.a_turn(who, event))
    await house.deliver()
    return reply


def text_of(reply: Reply) -> str:
    return texts(reply.card) if reply.card else reply.summary


async def wrote(house: House, *who: str) -> None:
    for one in who:
        await house.give_feedback(one, 4, happened=f"Words of {one}.")


# Who can ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["lena", "ola"])
async def test_the_lead_and_the_deputy_are_told_without_a_word_and_read_on_a_tap(
    house: House, who: str
) -> None:
    await led(house)
    key = await house.held()
    await house.give_feedback("pat", 0, happened=DREAD)
    assert house.told(who) == []
    await house.skip(days=1)
    reference = (await house.record(key)).reference
    assert house.told(who) == [f"{reference}: feedback is ready for you to read."]
    assert DREAD not in house.shown(who)
    assert "Pat" not in house.shown(who)
    assert "Friday 5 February" in house.shown(who)  # two working days after Wednesday
    await house.tap(who, "Read their words")
    assert DREAD in house.shown(who)
    assert "Pat Reed: 0 out of 10" in house.shown(who)
    assert holds_words(house.people[who].card)  # for the client that tapped, and in no message


async def test_a_number_alone_is_read_too_and_who_can_be_rung_has_a_number(house: House) -> None:
    await led(house)
    await house.held()
    await house.tap("priya", "0 out of 10")
    await house.skip(days=1)
    await house.tap("lena", "Read their words")
    assert "Priya Shah (01473 000000): 0 out of 10" in house.shown("lena")


async def test_many_answers_of_one_conversation_are_one_message(house: House) -> None:
    await led(house)
    await house.held()
    await wrote(house, "priya", "pat", "nia")
    await house.skip(days=1)
    assert len(house.told("lena")) == 1
    await house.tap("lena", "Read their words")
    for one in ("priya", "pat", "nia"):
        assert f"Words of {one}." in house.shown("lena")


async def test_an_answer_a_day_later_keeps_nobody_waiting_and_is_no_second_message(
    house: House,
) -> None:
    await led(house)
    await house.held()
    await house.tap("pat", "4 out of 10")
    house.at = house.local("2027-02-04T09:30")
    await house.tap("nia", "3 out of 10")
    house.at = house.local("2027-02-04T15:59")
    await house.sweep.run()
    assert len(house.told("lena")) == 1
    await house.skip(days=7)
    assert len(house.told("lena")) == 1
    await house.tap("lena", "Read their words")
    assert "Nia Okafor: 3 out of 10" in house.shown("lena")


async def test_what_comes_later_is_another_message_and_what_was_read_is_none(house: House) -> None:
    await led(house)
    await house.held()
    await house.tap("pat", "4 out of 10")
    await house.skip(days=1)
    await house.tap("lena", "Read their words")
    await house.skip(days=5)
    assert len(house.told("lena")) == 1
    await house.give_feedback("nia", 2, happened=DREAD)
    await house.skip(days=2)
    assert len(house.told("lena")) == 2
    await house.skip(days=7)
    assert len(house.told("lena")) == 2


async def test_it_keeps_office_hours_over_a_weekend(house: House) -> None:
    await led(house)
    await house.held()
    house.at = house.local("2027-02-05T18:00")  # Friday, after hours
    await house.tap("pat", "4 out of 10")
    await house.skip(days=3, hours=-9, minutes=1)
    assert house.told("lena") == []
    await house.skip(days=1)
    assert len(house.told("lena")) == 1


async def test_the_cards_say_first_who_sees_it_above_the_fields(house: House) -> None:
    await led(house)
    await house.held()
    both = "Lena Moss (the team lead) and Ola Ray (the team lead’s deputy)"
    said = f"Seen by: {both}, with your name and number, never your manager."
    together = "Where three or more people write, Fay Larsen gets the words two days after the"
    shown = house.shown("pat")
    assert shown.index(said) < shown.index("(4 out of 10)")
    await house.tap("pat", "4 out of 10")
    for field in (wording.Q_HAPPENED, wording.Q_DIFFERENCE_YOU, wording.Q_POSSIBILITY):
        shown = house.shown("pat")
        assert shown.index(said) < shown.index(together) < shown.index(field)
        await house.tap("pat", "Send" if field == wording.Q_POSSIBILITY else "Next")
    assert said in house.shown("pat")
    assert wording.SEEN_WITHIN in house.shown("pat")


# Who cannot ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["martin", "fay", "idris", "priya", "nia", "nora", "kit"])
async def test_nobody_else_reads_it(house: House, who: str) -> None:
    await led(house)
    key = await house.held()
    await house.give_feedback("pat", 0, happened=DREAD)
    reply = await opened(house, who, "feedback.words", key)
    assert reply.summary == wording.NOT_FOR_YOU
    assert DREAD not in text_of(reply)
    assert not (await house.record(key)).reading.read


@pytest.mark.parametrize(("lead", "deputy"), [("martin", "ola"), ("ola", "martin")])
async def test_where_one_of_both_is_named_in_it_only_the_other_reads(
    house: House, lead: str, deputy: str
) -> None:
    await led(house, lead, deputy)
    key = await house.held()
    assert "Ola Ray" in house.shown("pat")
    assert "Martin" not in house.shown("pat")
    await house.give_feedback("pat", 0, happened=DREAD)
    before = house.told("martin")
    await house.skip(days=1)
    assert house.told("martin") == before
    assert (await opened(house, "martin", "feedback.words", key)).summary == wording.NOT_FOR_YOU
    await house.tap("ola", "Read their words")
    assert DREAD in house.shown("ola")


async def test_who_facilitates_it_is_no_reader_of_it_though_they_lead_the_team(
    house: House,
) -> None:
    await led(house, "fay", "ola")
    key = await house.held()
    assert "Seen by: Ola Ray (the team lead’s deputy)" in house.shown("pat")
    await house.give_feedback("pat", 0, happened=DREAD)
    assert DREAD not in text_of(await opened(house, "fay", "feedback.words", key))


async def test_where_both_have_a_part_in_it_who_stands_in_reads(house: House) -> None:
    await led(house, "fay", "martin")
    await house.held()
    assert "Seen by: Nora Finch (the team lead’s stand-in), with" in house.shown("pat")
    await house.give_feedback("pat", 0, happened=DREAD)
    await house.skip(days=1)
    await house.tap("nora", "Read their words")
    assert DREAD in house.shown("nora")


async def test_where_nobody_is_left_the_card_promises_nobody(house: House) -> None:
    await led(house, "fay", "martin", "")
    key = await house.held()
    assert house.shown("pat").count("Seen by: ") == 1
    assert wording.SEEN_NO_NAMES in house.shown("pat")
    assert wording.SEEN_TOGETHER.format(name="Fay Larsen") in house.shown("pat")
    await house.give_feedback("pat", 0, happened=DREAD)
    assert wording.SEEN_NO_NAMES in house.shown("pat")
    assert wording.SEEN_TOGETHER.format(name="Fay Larsen") in house.shown("pat")
    await house.skip(days=3)
    # Neither who is named by then reads what was written for nobody.
    await led(house)
    assert DREAD not in text_of(await opened(house, "lena", "feedback.words", key))


async def test_no_words_are_promised_to_a_facilitator_who_has_left(house: House) -> None:
    """Nor do they get them where they come back to the team."""
    key = await house.held()
    listed = house.listed
    await house.leaves_the_team("fay")
    for who in ("priya", "nia", "pat"):
        await house.tap(who, "7 out of 10")
        assert wording.SEEN_NOBODY in house.shown(who)
        assert "Fay Larsen" not in house.shown(who)
        await house.tap(who, "Next", happened=DREAD)
        await house.tap(who, "Next")
        await house.tap(who, "Send")
        assert wording.SEEN_NOBODY in house.shown(who)
    assert {one.seen for one in (await house.record(key)).feedback} == {()}
    house.listed = listed
    await house.five_minutes()
    await house.skip(days=3)
    assert DREAD not in text_of(await opened(house, "fay", "feedback.read", key))


async def test_who_comes_to_have_a_part_in_it_reads_it_no_more(house: House) -> None:
    await led(house, "lena", "ola")
    key = await house.held()
    await house.give_feedback("pat", 0, happened=DREAD)
    await house.press("fay", {"verb": "handover.yes", "data": {"conversation": key}}, {})
    await house.press("lena", {"verb": "handover.take", "data": {"conversation": key}}, {})
    assert DREAD not in text_of(await opened(house, "lena", "feedback.words", key))
    await house.skip(days=2)
    assert not any("is ready" in one for one in house.told("lena"))
    assert sum("is ready" in one for one in house.told("ola")) == 1


async def test_what_was_written_under_the_earlier_promise_is_read_by_nobody(house: House) -> None:
    """A conversation that was held before its cards named who reads."""
    await led(house)
    key = await house.held()

    def earlier(it: Conversation) -> Conversation:
        assert it.held is not None
        return it.with_(held=it.held.model_copy(update={"seen": False}))

    await house.register.change(key, Deed(Act.BOUND, "key", house.at), earlier)
    await house.give_feedback("pat", 0, happened=DREAD)
    assert wording.SEEN_NOBODY in house.shown("pat")
    await house.skip(days=5)
    assert house.told("lena") == house.told("ola") == []
    for who in ("lena", "ola", "fay"):
        for verb in ("feedback.words", "feedback.read"):
            assert DREAD not in text_of(await opened(house, who, verb, key))


async def test_what_is_not_sent_is_read_by_nobody(house: House) -> None:
    await led(house)
    await house.held()
    await house.tap("pat", "0 out of 10")
    await house.tap("pat", "Next", happened=DREAD)
    await house.skip(days=1)
    await house.tap("lena", "Read their words")
    assert "Pat Reed: 0 out of 10" in house.shown("lena")
    assert DREAD not in house.shown("lena")


async def test_a_successor_of_the_lead_reads_what_was_meant_for_the_lead(house: House) -> None:
    await led(house)
    key = await house.held()
    await house.give_feedback("pat", 0, happened=DREAD)
    await led(house, "nora", "ola", "")
    assert DREAD in text_of(await opened(house, "nora", "feedback.words", key))
    assert DREAD not in text_of(await opened(house, "lena", "feedback.words", key))


async def test_a_reader_who_is_not_reached_is_nothing_for_those_who_came(house: House) -> None:
    await led(house)
    key = await house.held()
    await house.turn("lena", Uninstalled())
    await house.give_feedback("pat", 0, happened=DREAD)
    before = {one: house.told(one) for one in ("priya", "fay", "martin")}
    await house.skip(days=1)
    assert (await house.record(key)).unreached
    assert {one: house.told(one) for one in before} == before
    assert any("Lena" in one or "reach" in one for one in house.told("ola"))


# The facilitator ----------------------------------------------------------------------------------


async def test_of_three_who_wrote_the_facilitator_gets_the_words_after_two_days(
    house: House,
) -> None:
    await led(house)
    key = await house.held()
    for number, one in enumerate(("priya", "pat", "nia")):
        await house.give_feedback(one, number, happened=f"Words of {one}.", learning=f"L {one}.")
    early = text_of(await opened(house, "fay", "feedback.read", key))
    assert "Words of" not in early
    before = len(house.told("fay"))
    await house.skip(days=2, hours=2)
    reference = (await house.record(key)).reference
    ready = f"{reference}: what people wrote is ready for you."
    assert house.told("fay")[before:] == [ready]
    assert "Words of" not in house.shown("fay")
    await house.tap("fay", "Read their words")
    shown = house.shown("fay")
    for one in ("priya", "pat", "nia"):
        assert f"Words of {one}." in shown
    for name in ("Priya", "Pat", "Nia", "out of 10", "01473"):
        assert name not in shown


async def test_the_order_tells_nobody(house: House) -> None:
    """It comes from the words, and is another one under each question."""
    await led(house)
    key = await house.held()
    for one in ("priya", "pat", "nia"):
        await house.give_feedback(one, 3, happened=f"A {one}.", learning=f"B {one}.")
    await house.skip(days=3)
    await house.tap("fay", "Read their words")
    lines = house.shown("fay").splitlines()
    orders = [
        [one.split()[1] for one in lines if one.startswith(letter) and one.endswith(".")]
        for letter in ("A ", "B ")
    ]
    assert sorted(orders[0]) == sorted(orders[1]) == ["nia.", "pat.", "priya."]
    assert orders[0] != orders[1]
    assert (await house.record(key)).feedback[0].by == "requester"


async def test_of_two_who_wrote_the_facilitator_gets_nothing(house: House) -> None:
    await led(house)
    key = await house.held()
    await wrote(house, "priya", "pat")
    await house.tap("nia", "9 out of 10")  # a number is nothing written
    before = house.told("fay")
    await house.skip(days=5)
    assert house.told("fay") == before
    assert "Words of" not in text_of(await opened(house, "fay", "feedback.read", key))


@pytest.mark.parametrize("who", ["idris", "martin", "pat", "priya", "kit", "nora"])
async def test_the_words_together_are_for_the_facilitator_alone(house: House, who: str) -> None:
    await led(house)
    key = await house.held()
    await wrote(house, "priya", "pat", "nia")
    await house.skip(days=3)
    assert "Words of" not in text_of(await opened(house, who, "feedback.read", key))


async def with_four(house: House) -> str:
    """The manager comes as well."""
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await house.book(coming="requester,nurse,other1,manager")
    await house.hold()
    return key


async def test_who_ticked_not_to_is_left_out_and_the_tick_is_nobodys_choice_before(
    house: House,
) -> None:
    await led(house)
    key = await with_four(house)
    await wrote(house, "priya", "pat", "martin")
    await house.tap("nia", "1 out of 10")
    for title in ("Next", "Next"):
        await house.tap("nia", title)
    assert "Not to Fay Larsen" in house.shown("nia")
    assert not house.data("nia", "Send").data.get("not_to")
    await house.tap("nia", "Send", possibility=DREAD, not_to="yes")
    assert "Fay Larsen" not in house.shown("nia")
    await house.skip(days=3)
    await house.tap("fay", "Read their words")
    assert "Words of martin." in house.shown("fay")
    assert DREAD not in house.shown("fay")
    # The lead and the deputy still read it.
    assert DREAD in text_of(await opened(house, "lena", "feedback.words", key))


async def test_of_three_with_one_who_ticked_not_to_two_are_too_few(house: House) -> None:
    await led(house)
    key = await house.held()
    await wrote(house, "priya", "pat")
    await house.give_feedback("nia", 1, possibility=DREAD, not_to="yes")
    before = house.told("fay")
    await house.skip(days=3)
    assert house.told("fay") == before
    assert "Words of" not in text_of(await opened(house, "fay", "feedback.read", key))


async def test_what_is_sent_after_the_two_days_is_not_added(house: House) -> None:
    await led(house)
    key = await with_four(house)
    await wrote(house, "priya", "pat", "martin")
    await house.skip(days=4)
    await house.tap("nia", "1 out of 10")
    assert "Fay Larsen" not in house.shown("nia")
    await house.tap("nia", "Next")
    await house.tap("nia", "Next")
    assert "Not to" not in house.shown("nia")
    await house.tap("nia", "Send", possibility=DREAD)
    assert "Fay Larsen" not in house.shown("nia")
    await house.tap("fay", "Read their words")
    assert "Words of pat." in house.shown("fay")
    assert DREAD not in house.shown("fay")
    assert DREAD in text_of(await opened(house, "lena", "feedback.words", key))


async def test_another_number_afterwards_leaves_the_words_where_they_are(house: House) -> None:
    await led(house)
    key = await house.held()
    await wrote(house, "priya", "pat", "nia")
    await house.skip(days=3)
    await house.tap("pat", "Change my answers")
    for title in ("9 out of 10", "Next", "Next", "Send"):
        await house.tap("pat", title)
    assert "Words of pat." in text_of(await opened(house, "fay", "feedback.read", key))


async def test_words_changed_or_let_through_afterwards_are_left_out(house: House) -> None:
    await led(house)
    key = await with_four(house)
    await wrote(house, "priya", "pat", "martin")
    await house.give_feedback("nia", 1, possibility=DREAD, not_to="yes")
    await house.skip(days=3)
    await house.tap("nia", "Change my answers")
    await house.tap("nia", "1 out of 10")
    for title in ("Next", "Next", "Send"):
        await house.tap("nia", title, **({"not_to": ""} if title == "Send" else {}))
    assert DREAD not in text_of(await opened(house, "fay", "feedback.read", key))
    await house.tap("pat", "Change my answers")
    await house.tap("pat", "4 out of 10")
    await house.tap("pat", "Next", happened="Said otherwise.")
    for title in ("Next", "Send"):
        await house.tap("pat", title)
    shown = text_of(await opened(house, "fay", "feedback.read", key))
    assert "Words of" not in shown  # two are left of it
    assert "Said otherwise." not in shown


async def test_a_facilitator_who_came_later_gets_none_of_it(house: House) -> None:
    await led(house)
    key = await house.held()
    await wrote(house, "priya", "pat", "nia")
    await house.press("fay", {"verb": "handover.yes", "data": {"conversation": key}}, {})
    await house.pick_up("idris")
    await house.skip(days=3)
    for who in ("fay", "idris"):
        assert "Words of" not in text_of(await opened(house, who, "feedback.read", key))


# A talk -------------------------------------------------------------------------------------------

TALK = (
    "Would you like to talk to someone about how this conversation was for you? Lena Moss can ring"
    " you. Lena Moss did not lead it. Your manager is not told, and you need not say why."
)


@pytest.mark.parametrize("number", [0, 5, 10])
async def test_the_last_card_and_the_receipt_say_who_can_ring_whatever_the_number(
    house: House, number: int
) -> None:
    await led(house)
    await house.held()
    assert TALK not in house.shown("pat")
    await house.tap("pat", f"{number} out of 10")
    await house.tap("pat", "Next")
    await house.tap("pat", "Next")
    assert TALK in house.shown("pat")
    await house.tap("pat", "Send")
    assert TALK in house.shown("pat")


async def test_asked_to_ring_the_lead_is_told_with_the_number_and_nobody_else(
    house: House,
) -> None:
    await led(house)
    key = await house.held()
    await house.give_feedback("priya", 9)
    others = {one: house.told(one) for one in ("martin", "fay", "ola", "pat")}
    await house.tap("priya", "Please ask them to ring me")
    assert "Lena Moss is asked to ring you" in house.shown("priya")
    reference = (await house.record(key)).reference
    assert house.told("lena") == [
        f"{reference}: Priya Shah would like you to ring them about how it was for them."
    ]
    assert "Priya Shah (01473 000000) would like you to ring them" in house.shown("lena")
    assert {one: house.told(one) for one in others} == others
    # Once is enough; and the cards say that it was asked.
    await house.tap("priya", "Change my answers")
    for title in ("9 out of 10", "Next", "Next"):
        await house.tap("priya", title)
    assert "Lena Moss is asked to ring you" in house.shown("priya")
    assert "Please ask them to ring me" not in house.shown("priya")
    await opened(house, "priya", "talk.ask", key)
    assert len(house.told("lena")) == 1
    assert len((await house.record(key)).reading.talks) == 1


async def test_asked_on_the_last_card_what_is_half_written_is_kept(house: House) -> None:
    await led(house)
    key = await house.held()
    await house.tap("pat", "0 out of 10")
    await house.tap("pat", "Next")
    await house.tap("pat", "Next")
    await house.tap("pat", "Please ask them to ring me", possibility=DREAD)
    await house.tap("pat", "Back to my feedback")
    await house.tap("pat", "Send")
    answers = (await house.file(key)).answers_of("feedback", "other1")
    assert answers is not None
    assert answers.texts == {"possibility": DREAD}


async def test_a_number_left_alone_leads_there_too(house: House) -> None:
    await led(house)
    await house.held()
    await house.tap("pat", "0 out of 10")
    await house.tap("pat", "Next", happened=DREAD)
    await house.skip(days=2, hours=2)
    await house.tap("pat", "Leave it at the 0")
    assert TALK in house.shown("pat")
    await house.tap("pat", "Please ask them to ring me")
    assert any("would like you to ring them" in one for one in house.told("lena"))


async def test_who_led_it_is_not_the_one_who_rings(house: House) -> None:
    await led(house, "fay", "ola")
    await house.held()
    await house.give_feedback("pat", 3)
    assert "Ola Ray can ring you. Ola Ray did not lead it." in house.shown("pat")
    await house.tap("pat", "Please ask them to ring me")
    assert any("Pat Reed would like" in one for one in house.told("ola"))


async def test_without_a_team_lead_the_line_is_not_shown(house: House) -> None:
    await led(house, "", "", "nora")
    key = await house.held()
    await house.give_feedback("pat", 3)
    assert "can ring you" not in house.shown("pat")
    await opened(house, "pat", "talk.ask", key)
    assert house.told("nora") == []


@pytest.mark.parametrize("who", ["martin", "idris", "kit"])
async def test_only_who_came_can_ask(house: House, who: str) -> None:
    await led(house)
    key = await house.held()
    await opened(house, who, "talk.ask", key)
    assert house.told("lena") == []


async def test_who_was_to_come_and_did_not_has_nothing_to_ask(house: House) -> None:
    await led(house)
    key = await house.booked()
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    await house.tap("fay", "We are closing")
    await house.tap("fay", "Send the feedback card", came="requester,other1")
    await opened(house, "nia", "talk.ask", key)
    assert house.told("lena") == []


async def test_no_right_to_it_is_left_while_messages_are_stopped(house: House) -> None:
    await led(house)
    key = await house.held()
    await house.give_feedback("pat", 0, happened=DREAD)
    await house.press("fay", {"verb": "stop.yes", "data": {"conversation": key}}, {})
    await house.skip(days=3)
    assert house.told("lena") == []
    assert DREAD not in text_of(await opened(house, "lena", "feedback.words", key))
    await house.press("fay", {"verb": "stop.start", "data": {"conversation": key}}, {})
    await house.skip(days=3)
    assert sum("is ready" in one for one in house.told("lena")) == 1


async def test_a_topic_of_readers_owes_nothing_at_another_stage(house: House) -> None:
    """As `tests/upgrade` holds it of what was kept before, when there were no readers."""
    await led(house)
    key = await house.held()
    await wrote(house, "priya", "pat", "nia")
    await house.tap("nia", "Please ask them to ring me")
    it = await house.record(key)
    it = it.with_(reading=it.reading.model_copy(update={"shared": True}))
    for stage in Stage:
        there = tuple(house.timetable.owed(it.with_(stage=stage)))
        found = {one.kind for one in there} & READING
        assert bool(found) == (stage in (Stage.HELD, Stage.COMPLETE)), stage


async def test_whoever_reads_finds_what_they_have_not_read_among_what_waits(house: House) -> None:
    await led(house)
    key = await house.held()
    await house.give_feedback("pat", 0, happened=DREAD)
    await house.tidy()
    for who in ("lena", "ola"):
        await house.say(who, "my requests")
        assert wording.WAITS_READ in house.shown(who)
        assert DREAD not in house.shown(who)
    await opened(house, "lena", "feedback.words", key)
    await house.tidy()
    await house.say("lena", "my requests")
    assert wording.WAITS_READ not in house.shown("lena")
    await house.say("ola", "my requests")
    assert wording.WAITS_READ in house.shown("ola")
    await house.say("nora", "my requests")  # who stands in reads nothing while they do
    assert wording.WAITS_READ not in house.shown("nora")
    await opened(house, "ola", "feedback.words", key)
    await house.tidy()
    partitions = {row.partition for row in await house.dump("board")}
    assert "to-read" not in partitions


async def test_who_stands_in_is_called_so_until_they_are_known_by_name(house: House) -> None:
    """Before they came here for the first time, and where the record has only what they are."""
    mail = "nora@partnership.example"
    house.team_lead = house.deputy = None
    house.lead_by("fay")
    house.stand_in = reader(entries((mail,), TENANT), wording.STAND_IN)
    house.root = house.second()
    await house.held()
    seen = "Seen by: the team lead’s stand-in, with your name"
    assert seen in house.shown("pat")
    house.people["nora"] = Who("nora", "Nora Finch", mail)
    await house.give_feedback("pat", 0, happened=DREAD)
    await house.arrive("nora")
    await house.skip(days=2)
    assert seen in house.shown("nia")

"""A number counts at once; words go when they are sent, and the 2-day prompt looks at both."""

from datetime import timedelta

from cards.wording import wording
from records.conversation.snapshot import answers_row
from records.outbox.prompt import NOT_NEEDED, Kind, State
from tests.dialogs.conftest import House


async def begun(house: House, who: str = "pat") -> str:
    """A held conversation; one of those who came has tapped a number and begun to write."""
    key = await house.held()
    await house.tap(who, "7 out of 10")
    await house.tap(who, "Next", happened="We listened.")
    return key


async def prompt_state(house: House, key: str, who: str) -> tuple[State, str]:
    found = [
        one
        for one, _ in (await house.file(key)).prompts.values()
        if one.kind is Kind.FEEDBACK_PROMPT and one.to == who
    ]
    assert len(found) == 1
    return found[0].state, found[0].reason


async def test_what_is_not_sent_is_nobodys_to_read(house: House) -> None:
    key = await begun(house)
    assert "Your 7 counts. Your words go when you press Send." in house.shown("pat")
    kept = (await house.file(key)).answers_of("feedback", "other1")
    assert kept is not None
    assert (kept.scale, kept.texts) == (7, {})
    assert all("We listened." not in str(row.values) for row in await house.dump())


async def test_another_number_leaves_what_was_sent_as_it_was(house: House) -> None:
    key = await begun(house)
    await house.tap("pat", "Next")
    await house.tap("pat", "Send", may_quote="yes")
    await house.tap("pat", "Change my answers")
    await house.tap("pat", "3 out of 10")
    kept = (await house.file(key)).answers_of("feedback", "other1")
    assert kept is not None
    assert (kept.scale, kept.texts, kept.may_quote) == (3, {"happened": "We listened."}, True)
    assert kept.asked["happened"] == wording.Q_HAPPENED
    assert (await house.record(key)).has_completed("other1")


async def test_who_has_not_answered_is_asked_as_ever(house: House) -> None:
    await house.held()
    await house.skip(days=3)
    assert "(6 out of 10)" in house.shown("pat")


async def test_who_has_unsent_words_is_told_so_without_them(house: House) -> None:
    key = await begun(house)
    await house.skip(days=3)
    shown = house.shown("pat")
    assert "the 7 counts, what you wrote is not sent yet." in shown
    assert "We listened." not in shown
    assert house.told("pat")[-1].endswith("is not sent yet")
    await house.tap("pat", "See what I wrote")
    assert "Your 7 counts." in house.shown("pat")
    assert await prompt_state(house, key, "other1") == (State.SENT, "")


async def test_sent_from_the_prompt_the_words_are_kept(house: House) -> None:
    key = await begun(house)
    await house.skip(days=3)
    await house.tap("pat", "Send")
    kept = (await house.file(key)).answers_of("feedback", "other1")
    assert kept is not None
    assert kept.texts == {"happened": "We listened."}
    assert "Thank you for your feedback" in house.shown("pat")


async def test_left_at_the_number_the_words_come_back_once_and_go_nowhere(house: House) -> None:
    key = await begun(house)
    await house.skip(days=3)
    leave = house.data("pat", "Leave it at the 7")
    await house.turn("pat", leave)
    assert "It stays at your 7 for LC-" in house.shown("pat")
    assert "We listened." in house.shown("pat")
    assert await house.draft("pat", "feedback", key) is None
    assert (await house.record(key)).has_completed("other1")
    await house.turn("pat", leave)
    assert "It stays at your 7 for LC-" in house.shown("pat")
    assert "We listened." not in house.shown("pat")


async def test_a_number_and_nothing_unsent_is_asked_no_more_for_good(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "7 out of 10")
    before = len(house.told("pat"))
    await house.skip(days=3)
    assert len(house.told("pat")) == before
    assert await prompt_state(house, key, "other1") == (State.CANCELLED, NOT_NEEDED)
    await house.tap("pat", "Next", happened="A later thought.")
    await house.tap("nia", "5 out of 10")  # any change of the conversation
    await house.skip(days=1)
    await house.sweep.mend()
    await house.skip(days=1)
    assert len(house.told("pat")) == before


async def test_words_kept_under_the_old_rule_count_as_sent(house: House) -> None:
    """Before, every text was kept as it was given: what is the same is not unsent."""
    key = await begun(house)
    file = await house.file(key)
    kept, etag = file.answers["answer-feedback-other1"]
    old = kept.model_copy(update={"texts": {"happened": "We listened."}})
    await house.store.update("conversations", answers_row(key, old, etag))
    before = len(house.told("pat"))
    await house.skip(days=3)
    assert len(house.told("pat")) == before


async def test_a_draft_of_feedback_lives_until_it_closes_with_a_word_a_week_before(
    house: House,
) -> None:
    key = await begun(house)
    await house.skip(days=3)
    told = len(house.told("pat"))
    house.at = house.local("2027-03-23T10:00")
    await house.an_hour_strikes()
    assert await house.draft("pat", "feedback", key) is not None
    assert len(house.told("pat")) == told
    house.at = house.local("2027-03-25T10:00")  # it closes on 31 March
    await house.an_hour_strikes()
    assert house.told("pat")[told:] == ["What you began is kept until Wednesday 31 March 2027"]
    house.at = house.local("2027-04-02T10:00")
    await house.an_hour_strikes()
    data = {"flow": "feedback", "conversation": key}
    await house.press("pat", {"verb": "flow.open", "data": data}, {})
    assert "closed on Wednesday 31 March 2027" in house.shown("pat")
    assert "We listened." in house.shown("pat")
    await house.press("pat", {"verb": "flow.open", "data": data}, {})
    assert "We listened." not in house.shown("pat")


async def test_words_that_nobody_came_back_for_are_removed_a_week_after_it_closed(
    house: House,
) -> None:
    key = await begun(house)
    house.at = house.local("2027-03-31T16:00") + timedelta(days=8)
    await house.an_hour_strikes()
    assert await house.draft("pat", "feedback", key) is None


async def go_on(house: House, key: str) -> None:
    """Pat opens their feedback again."""
    data = {"flow": "feedback", "conversation": key}
    await house.press("pat", {"verb": "flow.open", "data": data}, {})


async def strike(house: House, wall: str) -> None:
    house.at = house.local(wall)
    await house.an_hour_strikes()


def of_drafts(house: House) -> list[str]:
    return [one for one in house.told("pat") if one.startswith("What you began is kept")]


async def test_writing_on_after_the_word_brings_no_other(house: House) -> None:
    key = await begun(house)
    await strike(house, "2027-03-25T10:00")
    assert len(of_drafts(house)) == 1
    house.at = house.local("2027-03-25T10:20")
    await go_on(house, key)
    await house.tap("pat", "Next", difference_you="I ask first.")
    for wall in ("2027-03-25T11:00", "2027-03-29T11:00", "2027-03-31T11:00", "2027-04-05T11:00"):
        await strike(house, wall)
    assert len(of_drafts(house)) == 1


async def test_who_begins_in_the_last_week_is_left_in_peace_for_a_day(house: House) -> None:
    await house.held()
    house.at = house.local("2027-03-29T10:00")
    await house.tap("pat", "7 out of 10")
    await house.tap("pat", "Next", happened="We listened.")
    await strike(house, "2027-03-29T11:00")
    await strike(house, "2027-03-30T09:00")
    assert of_drafts(house) == []
    await strike(house, "2027-03-30T10:00")
    assert of_drafts(house) == ["What you began is kept until Wednesday 31 March 2027"]


async def test_who_writes_on_the_last_day_has_a_word_and_a_week_after_it(house: House) -> None:
    key = await house.held()
    house.at = house.local("2027-03-31T15:00")
    await house.tap("pat", "7 out of 10")
    await house.tap("pat", "Next", happened="We listened.")
    for wall in ("2027-03-31T15:45", "2027-04-01T09:00"):
        await strike(house, wall)
    assert of_drafts(house) == []
    await strike(house, "2027-04-01T15:30")
    assert of_drafts(house) == ["What you began is kept until Thursday 8 April 2027"]
    await strike(house, "2027-04-08T15:00")
    await go_on(house, key)
    assert "We listened." in house.shown("pat")


async def test_who_wrote_on_the_last_day_has_it_too_where_we_were_away(house: House) -> None:
    key = await house.held()
    house.at = house.local("2027-03-31T15:00")
    await house.tap("pat", "7 out of 10")
    await house.tap("pat", "Next", happened="We listened.")
    await strike(house, "2027-04-07T15:45")
    assert of_drafts(house) == ["What you began is kept until Wednesday 14 April 2027"]
    await strike(house, "2027-04-14T15:00")
    assert await house.draft("pat", "feedback", key)


async def test_nobody_is_told_twice_because_the_outcome_was_said(house: House) -> None:
    key = await begun(house)
    await strike(house, "2027-03-25T10:00")
    await house.skip(days=12)
    await house.tap("priya", "Next", outcome_child="School holds.")
    await house.tap("priya", "Next", outcome_you="I sleep.")
    await house.tap("priya", "Send")
    await strike(house, "2027-04-06T12:00")
    assert len(of_drafts(house)) == 1
    await strike(house, "2027-04-07T16:00")
    assert await house.draft("pat", "feedback", key) is None

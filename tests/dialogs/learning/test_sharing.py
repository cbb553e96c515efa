"""The document goes to the lead worker alone; passed on, each agency gets its words to record."""

from datetime import timedelta

import pytest

from cards.wording import wording
from dialogs.turn.events import CardAction
from records.outbox.prompt import Kind
from records.register.register import Deed
from records.register.repair import repair
from records.stages import Act, Stage
from tests.dialogs.conftest import House, elements, texts

WORDS = "We ring the school first.\nThen we listen."
PRIVATE = "A worry for those who were there."


async def typed(house: House) -> str:
    """Held, with one worry and the learning of the police written."""
    key = await house.held()
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Write 4. What are we worried about?")
    await house.tap("fay", "Save and see all sections", worries_text=PRIVATE)
    await house.tap("fay", "Write 13. The learning each agency will record")
    police = next(
        choice["value"]
        for one in elements(house.people["fay"].card)
        for choice in one.get("choices", ())
        if choice["title"] == "Suffolk Police"
    )
    await house.tap("fay", "Save and see all sections", recording_who=police, recording_words=WORDS)
    return key


async def shared(house: House) -> str:
    key = await typed(house)
    await house.tap("fay", "Look it over before sharing")
    await house.tap("fay", "Share the document")
    return key


async def passed_on(house: House) -> str:
    key = await shared(house)
    await house.tap("priya", "Say who I shared it with")
    await house.tap(
        "priya", "Confirm who has it", shared_with="other1", shared_others="His grandmother."
    )
    return key


def kinds(house: House, who: str) -> list[str]:
    return [text for text in house.told(who) if "learning" in text.casefold()]


async def test_before_it_is_shared_who_gets_it_and_what_is_empty_is_said(house: House) -> None:
    await typed(house)
    await house.tap("fay", "Look it over before sharing")
    shown = house.shown("fay")
    assert "It goes to Priya Shah, the lead worker." in shown
    assert "What’s working well?" in shown
    assert "What are we worried about?" not in shown
    assert f"No learning is written yet for: Social Care, {wording.NURSE_AGENCY}." in shown
    assert wording.SHARE_NO_REVIEW in shown
    await house.tap("fay", "Go on writing")
    assert "4. What are we worried about?" in house.shown("fay")


async def test_it_goes_to_the_lead_worker_alone(house: House) -> None:
    before = {who: len(house.told(who)) for who in house.people}
    await shared(house)
    after = {who: len(house.told(who)) for who in house.people}
    news = house.told("priya")[-1]
    assert news.endswith(": Fay Larsen shares the learning document with you.")
    for who in ("pat", "nia", "martin", "idris"):
        assert not [text for text in house.told(who) if "learning document" in text], who
    assert after["martin"] == after["martin"] >= before["martin"]
    assert all(PRIVATE not in texts(card) for card in map_cards(house, "priya"))


def map_cards(house: House, who: str) -> list[dict[str, object]]:
    return [one.card for one in house.people[who].chat if one.card]


async def test_once_shared_its_sections_are_closed(house: House) -> None:
    key = await typed(house)
    await house.tap("fay", "Open 4. What are we worried about?")
    late = house.data("fay", "Save and go on", worries_text="Too late.")
    data = {"conversation": key}
    await house.press("fay", {"verb": "learning.share-yes", "data": data}, {})
    reply = await house.turn("fay", late)
    assert reply.card is not None
    assert "Too late." in texts(reply.card)
    kept = (await house.file(key)).answers_of("learning", "worries")
    assert kept is not None
    assert kept.texts["text"] == PRIVATE
    await house.press("fay", {"verb": "learning.type-up", "data": data}, {})
    assert "is with Priya Shah" in house.shown("fay")
    assert await house.draft("fay", "learning", key) is None


async def test_opened_again_it_comes_to_the_lead_worker_anew(house: House) -> None:
    key = await shared(house)
    await house.tap("fay", "Open the sections again")
    old = house.people["priya"].card
    assert "Say who I shared it with" in texts(old)
    await house.tap("priya", "Say who I shared it with")
    assert "is putting something right" in house.shown("priya")
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Look it over before sharing")
    await house.tap("fay", "Share the document")
    assert "has put something right" in house.shown("priya")
    assert (await house.record(key)).captured.shares == 2


async def test_what_the_lead_worker_had_begun_waits_while_something_is_put_right(
    house: House,
) -> None:
    key = await shared(house)
    await house.tap("priya", "Say who I shared it with")
    await house.tap("fay", "Open the sections again")
    await house.say("priya", "His grandmother, too.")
    assert "(Confirm)" not in house.shown("priya")
    assert await house.draft("priya", "passed-on", key) is not None


async def test_passed_on_it_is_not_opened_again(house: House) -> None:
    key = await shared(house)
    again = house.data("fay", "Open the sections again")
    await house.tap("priya", "Say who I shared it with")
    await house.tap("priya", "Confirm who has it", shared_others="Nobody yet.")
    await house.turn("fay", again)
    assert "Priya Shah has passed it on." in house.shown("fay")
    assert not (await house.record(key)).captured.is_open


async def test_after_three_working_days_each_agency_gets_its_words_passed_on_or_not(
    house: House,
) -> None:
    key = await shared(house)
    assert "on Monday 8 February 2027 at the latest" in house.shown("fay")
    assert "on Monday 8 February 2027 at the latest" in house.shown("priya")
    it = await house.record(key)
    early = {"verb": "learning.record", "data": {"conversation": key}}
    await house.skip(days=4, hours=23, minutes=59)  # shared on Wednesday at 15:25
    assert (await house.press("pat", early, {})).summary == wording.RECORD_NOT_YET
    assert not asked_to_record(house, it.reference)
    await house.skip(minutes=1)
    assert asked_to_record(house, it.reference) == {"pat": 1, "nia": 1, "priya": 1}
    await house.tap("pat", "Recorded on our system")
    await house.press("nia", early, {})
    assert "We ring the school first." not in house.shown("nia")
    captured = (await house.record(key)).captured
    assert captured.confirmed_at is None
    assert captured.has_recorded("other1")


async def shared_without_words(house: House) -> str:
    """Held, and the document shared without anything for an agency to record."""
    key = await house.held()
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Look it over before sharing")
    assert_promises_no_words(house, "fay")
    await house.tap("fay", "Share the document")
    return key


PROMISES = ("words for their own", "words for each", "words again", "these words", "the words once")


def assert_promises_no_words(house: House, *who: str) -> None:
    for one in who:
        shown = house.shown(one)
        assert not [said for said in PROMISES if said in shown], shown


async def test_nobody_is_promised_words_where_none_are_written(house: House) -> None:
    await shared_without_words(house)
    assert wording.WORDS_FOR_NONE in house.shown("fay")
    assert wording.WORDS_FOR_NONE in house.shown("priya")
    assert_promises_no_words(house, "fay", "priya")
    await house.tap("priya", "Say who I shared it with")
    await house.tap("priya", "Confirm who has it", shared_others="Nobody yet.")
    shown = [texts(one.card) for one in house.people["priya"].chat if one.card]
    done = next(one for one in shown if "is passed on" in one)
    assert wording.PASSED_ON_NEXT in done
    assert wording.WORDS_FOR_NONE in done
    assert not [said for said in PROMISES if said in done]


async def test_who_gets_no_words_reads_what_to_do_instead_to_the_end(house: House) -> None:
    key = await shared_without_words(house)
    await house.tap("priya", "Say who I shared it with")
    await house.tap("priya", "Confirm who has it", shared_others="Nobody yet.")
    await house.open_door("pat", "Recorded on our system")
    assert wording.RECORD_EMPTY in house.shown("pat")
    assert_promises_no_words(house, "pat")
    await house.tap("pat", "Recorded on our system")
    assert wording.RECORDED_NEXT_EMPTY in house.shown("pat")
    assert_promises_no_words(house, "pat")
    await house.say("pat", "my requests")
    assert wording.WORDS_AGAIN_TITLE not in house.shown("pat")
    await house.press("pat", {"verb": "learning.record", "data": {"conversation": key}}, {})
    assert wording.RECORDED_EMPTY in house.shown("pat")
    assert_promises_no_words(house, "pat")


async def test_where_some_agencies_have_words_the_others_are_named(house: House) -> None:
    await shared(house)
    said = wording.WORDS_FOR_SOME.format(agencies=f"Social Care, {wording.NURSE_AGENCY}")
    assert said in house.shown("fay")
    assert said in house.shown("priya")


async def test_what_was_written_after_it_was_opened_again_counts(house: House) -> None:
    await shared(house)
    await house.tap("fay", "Open the sections again")
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Open 13. The learning each agency will record")
    every = ",".join(
        choice["value"]
        for one in elements(house.people["fay"].card)
        if one.get("id") == "recording_who"
        for choice in one.get("choices", ())
    )
    await house.tap("fay", "Save and see all sections", recording_who=every, recording_words=WORDS)
    await house.tap("fay", "Look it over before sharing")
    await house.tap("fay", "Share the document")
    assert wording.WORDS_FOR_ALL in house.shown("fay")


def asked_to_record(house: House, reference: str) -> dict[str, int]:
    """How often each was asked to record, those who never were left out."""
    text = f"{reference}: learning for your agency to record"
    found = {who: house.told(who).count(text) for who in house.people}
    return {who: times for who, times in found.items() if times}


@pytest.mark.parametrize("days", [0, 1, 20])
async def test_the_words_come_once_whichever_is_first(house: House, days: int) -> None:
    key = await shared(house)
    await house.skip(days=days)
    passed = {"flow": "passed-on", "conversation": key}
    await house.press("priya", {"verb": "flow.open", "data": passed}, {})
    await house.tap("priya", "Confirm who has it", shared_with="other1")
    it = await house.record(key)
    said = house.people["priya"].chat[-1 if days == 20 else -2].card
    assert (wording.PASSED_ON_OUT in texts(said or {})) == (days == 20)
    assert (wording.PASSED_ON_NEXT in texts(said or {})) == (days < 20)
    reference = it.reference
    once = {"pat": 1, "nia": 1, "priya": 1}
    reminded = {"pat": 2, "nia": 2, "priya": 2}
    assert asked_to_record(house, reference) == (reminded if days == 20 else once)
    await house.skip(weeks=6)
    assert asked_to_record(house, reference) == reminded


async def test_opened_again_the_days_are_counted_anew(house: House) -> None:
    key = await shared(house)
    reference = (await house.record(key)).reference
    await house.skip(days=2)
    again = {"verb": "learning.open-again", "data": {"conversation": key}}
    await house.press("fay", again, {})
    await house.skip(days=10)
    assert not asked_to_record(house, reference), "while something is put right nobody gets words"
    early = {"verb": "learning.record", "data": {"conversation": key}}
    assert (await house.press("pat", early, {})).summary == wording.RECORD_NOT_YET
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Look it over before sharing")
    await house.tap("fay", "Share the document")  # on Monday 15 February
    assert "on Thursday 18 February 2027 at the latest" in house.shown("fay")
    await house.skip(days=2)
    assert not asked_to_record(house, reference)
    await house.skip(days=1)
    assert asked_to_record(house, reference) == {"pat": 1, "nia": 1, "priya": 1}


async def test_once_each_agency_has_its_words_it_is_not_opened_again(house: House) -> None:
    key = await shared(house)
    again = house.data("fay", "Open the sections again")
    await house.skip(days=6)
    await house.turn("fay", again)
    shown = house.shown("fay")
    assert wording.SHARED_WORDS_OUT.format(name="Priya Shah") in shown
    assert "0 of 3 people have recorded it" in shown
    assert "Open the sections again" not in shown
    assert not (await house.record(key)).captured.is_open
    await house.skip(days=4)
    assert (
        house.told("priya").count(
            f"{(await house.record(key)).reference}: a reminder. {LEARNING_WAITS}"
        )
        == 1
    )
    assert wording.LEARNING_CAME_OUT in "".join(map(texts, house.cards))


LEARNING_WAITS = "The learning document is waiting for you."


async def test_what_an_earlier_version_shared_is_still_passed_on_by_the_lead_worker_alone(
    house: House,
) -> None:
    """It was promised so on the card that they have."""
    key = await shared(house)
    it = await house.record(key)
    before = it.captured.model_copy(update={"words_at": None})
    await house.register.change(
        key, Deed(Act.BOUND, "test", house.at), lambda now: now.with_(captured=before)
    )
    await house.skip(days=4)
    await repair(house.store, house.timetable)
    await house.skip(weeks=6)
    assert not asked_to_record(house, it.reference)
    await house.press("fay", {"verb": "learning.type-up", "data": {"conversation": key}}, {})
    assert wording.SHARED_NEXT.format(name="Priya Shah") in house.shown("fay")


async def test_the_words_can_be_read_again_after_they_were_recorded(house: House) -> None:
    key = await passed_on(house)
    it = await house.record(key)
    await house.say("pat", "my requests")
    assert wording.WORDS_AGAIN_TITLE not in house.shown("pat")
    await house.press("pat", {"verb": "learning.record", "data": {"conversation": key}}, {})
    await house.tap("pat", "Recorded on our system")
    assert "We ring the school first." not in house.shown("pat")
    await house.tap("pat", "Read the words again")
    assert "We ring the school first." in house.shown("pat")
    assert wording.RECORDED_ALREADY in house.shown("pat")
    assert "(Recorded on our system)" not in house.shown("pat")
    await house.skip(weeks=12)
    await house.say("pat", "my requests")
    assert wording.WORDS_AGAIN_TITLE in house.shown("pat")
    await house.tap("pat", f"{it.reference}: Read the words again")
    assert "We ring the school first." in house.shown("pat")
    for who in ("nia", "priya", "martin", "fay"):
        await house.say(who, "my requests")
        assert wording.WORDS_AGAIN not in house.shown(who), who


async def test_only_once_it_is_passed_on_each_agency_gets_its_own_words(house: House) -> None:
    key = await shared(house)
    for who in ("pat", "nia"):
        assert "record" not in house.told(who)[-1]
    early = {"verb": "learning.record", "data": {"conversation": key}}
    assert (await house.press("pat", early, {})).summary == wording.RECORD_NOT_YET
    await house.tap("priya", "Say who I shared it with")
    await house.tap("priya", "Confirm who has it")
    assert wording.PASSED_ON_MISSING in house.shown("priya")
    await house.tap(
        "priya", "Confirm who has it", shared_with="other1", shared_others="His grandmother."
    )
    it = await house.record(key)
    assert it.captured.shared_with == ("other1",)
    for who in ("pat", "nia", "priya"):
        assert house.told(who)[-1] == f"{it.reference}: learning for your agency to record"
    for who in ("pat", "nia"):
        await house.open_door(who)
    pat, nia = house.shown("pat"), house.shown("nia")
    assert "We ring the school first." in pat
    assert "Then we listen." in pat
    assert "Wednesday 3 February 2027" in pat
    assert "Facilitator: Fay Larsen" in pat
    assert "We ring the school first." not in nia
    assert wording.RECORD_EMPTY in nia
    assert PRIVATE not in pat + nia
    assert not [text for text in house.told("martin") if "to record" in text]


async def test_the_words_to_copy_are_plain_text(house: House) -> None:
    await passed_on(house)
    await house.open_door("pat")
    card = house.people["pat"].card
    runs = [run for one in elements(card) for run in one.get("inlines", ())]
    assert [run["text"] for run in runs if run.get("fontType") == "Monospace"][-2:] == [
        "We ring the school first.",
        "Then we listen.",
    ]


async def test_what_was_said_about_others_is_kept_apart_from_the_record(house: House) -> None:
    key = await passed_on(house)
    file = await house.file(key)
    said = file.answers_of("passed-on", "lead")
    assert said is not None
    assert said.texts == {"others": "His grandmother."}
    assert "grandmother" not in file.conversation.model_dump_json()
    await house.tap("priya", "Recorded on our system")
    await house.press(
        "priya", {"verb": "flow.open", "data": {"flow": "passed-on", "conversation": key}}, {}
    )
    assert "His grandmother." in house.shown("priya")


async def test_recorded_once_is_recorded_and_the_words_are_gone(house: House) -> None:
    key = await passed_on(house)
    await house.open_door("pat")
    tap = house.data("pat", "Recorded on our system")
    await house.turn("pat", tap)
    assert "We ring the school first." not in house.shown("pat")
    at = (await house.record(key)).captured.recorded
    await house.skip(hours=1)
    await house.turn("pat", tap)
    assert (await house.record(key)).captured.recorded == at
    await house.say("fay", "type up")
    await house.press("fay", {"verb": "learning.type-up", "data": {"conversation": key}}, {})
    assert "1 of 3 people have recorded it" in house.shown("fay")
    assert "Shared with: Pat Reed" in house.shown("fay")
    assert "His grandmother." in house.shown("fay")


async def test_one_reminder_after_five_working_days_to_those_who_have_not(house: House) -> None:
    key = await passed_on(house)
    await house.tap("pat", "Recorded on our system")
    await house.skip(weeks=4)
    reminded = {who: house.told(who).count(record_summary(house)) for who in ("pat", "nia")}
    assert reminded == {"pat": 1, "nia": 2}
    sent = [
        one.sent_at
        for one, _ in (await house.file(key)).prompts.values()
        if one.kind is Kind.RECORD_REMINDER and one.sent_at
    ]
    # Passed on Wednesday at 15:25.
    assert set(sent) == {house.local("2027-02-10T15:25")}


def record_summary(house: House) -> str:
    return next(text for text in house.told("nia") if text.endswith("for your agency to record"))


async def test_a_lead_worker_who_says_nothing_is_reminded_once(house: House) -> None:
    await shared(house)
    await house.skip(weeks=5)
    waits = [text for text in house.told("priya") if "learning document" in text]
    assert len(waits) == 2
    assert waits[-1].endswith(": a reminder. The learning document is waiting for you.")


async def test_it_is_shared_and_recorded_after_the_outcome_too(house: House) -> None:
    key = await typed(house)
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="Back at school.")
    await house.tap("priya", "Next", outcome_you="Calmer.")
    await house.tap("priya", "Send")
    assert (await house.record(key)).stage is Stage.COMPLETE
    await house.tap("fay", "Look it over before sharing")
    await house.tap("fay", "Share the document")
    await house.tap("priya", "Say who I shared it with")
    await house.tap("priya", "Confirm who has it", shared_with="other1")
    await house.open_door("pat")
    assert "We ring the school first." in house.shown("pat")
    await house.tap("pat", "Recorded on our system")
    it = await house.record(key)
    assert it.stage is Stage.COMPLETE
    assert it.captured.has_recorded("other1")
    assert await house.skip(weeks=2) >= 1
    assert house.shown("nia").startswith("A reminder: the learning from")


@pytest.mark.parametrize("who", ["pat", "nia", "martin", "idris", "fay"])
async def test_nobody_but_the_lead_worker_passes_it_on(house: House, who: str) -> None:
    key = await shared(house)
    data = {"flow": "passed-on", "conversation": key, "step": "who", "shared_others": "Me."}
    reply = await house.turn(who, CardAction("flow.next", data))
    assert reply.summary == wording.NOT_FOR_YOU
    assert (await house.record(key)).captured.confirmed_at is None


async def test_the_notifications_say_nothing_of_what_was_written(house: House) -> None:
    await passed_on(house)
    await house.skip(weeks=3)
    for _, parcel in house.parcels:
        assert "ring the school" not in parcel.summary
        assert PRIVATE not in parcel.summary


async def test_shared_and_opened_at_the_same_time_ends_in_one_of_the_two(house: House) -> None:
    key = await shared(house)
    it = await house.record(key)
    assert it.captured.shared_at is not None
    assert it.captured.shared_at <= house.at + timedelta(seconds=1)
    await house.tap("priya", "Say who I shared it with")
    confirm = house.data("priya", "Confirm who has it", shared_with="other1")
    await house.tap("fay", "Open the sections again")
    await house.turn("priya", confirm)
    it = await house.record(key)
    assert it.captured.is_open
    assert it.captured.confirmed_at is None
    assert "is putting something right" in house.shown("priya")

"""What would help somebody take part: one line, no tap more, the facilitator's alone to read."""

import pytest

from cards.kit.answers import MAX_SHORT
from cards.wording import wording
from dialogs.turn.events import CardAction
from records.outbox.kinds import Kind
from tests.dialogs.conftest import House, elements, texts
from tests.dialogs.preparation.test_coming import owed

LINE = "A room without steps, please."


def offers(house: House, who: str) -> bool:
    """Whether the newest card asks for the line."""
    found = (one.get("id") for one in elements(house.people[who].card))
    return "would_help" in found


async def test_any_button_of_the_card_saves_it_and_only_the_facilitator_reads_it(
    house: House,
) -> None:
    key = await house.booked()
    for who in ("priya", "pat", "nia"):
        shown = house.shown(who)
        assert shown.index(wording.WOULD_HELP_SEEN) < shown.index(wording.Q_WOULD_HELP)
    await house.tap("pat", wording.BOTH_YES, would_help=LINE)
    assert wording.WOULD_HELP_KEPT in house.shown("pat")
    assert wording.WHO_YES_DONE in house.shown("pat")
    reference = (await house.record(key)).reference
    assert house.told("fay")[-1] == wording.WOULD_HELP_SUMMARY.format(reference=reference)
    assert LINE not in house.shown("fay")  # a message holds no word of it
    await house.tap("fay", wording.WOULD_HELP_SEE)
    assert f"Pat Reed\n{LINE}" in house.shown("fay")
    data = {"conversation": key}
    for who in ("priya", "martin", "nia", "idris", "pat"):
        for verb in ("would-help.see", "prepare.people", "prepare.see"):
            await house.press(who, {"verb": verb, "data": data}, {})
            assert LINE not in house.shown(who), (who, verb)
    told = [parcel for _, parcel in house.parcels]
    assert all(LINE not in texts(one.card) and LINE not in one.summary for one in told)


@pytest.mark.parametrize(
    "title",
    [
        wording.PREPARE_TICKS_SAVE,
        "Read the agreement",
        "I cannot come",
        "Another time suits me",
        wording.RIGHT_PERSON,
    ],
)
async def test_whatever_is_tapped_on_the_card_the_line_is_kept(house: House, title: str) -> None:
    key = await house.booked()
    await house.tap("nia", title, would_help=LINE)
    kept = (await house.file(key)).answers_of("taking-part", "nurse")
    assert kept is not None
    assert (kept.texts, kept.asked) == (
        {"would_help": LINE},
        {"would_help": wording.Q_WOULD_HELP},
    )


async def test_who_ticked_nothing_is_told_of_no_ticks(house: House) -> None:
    await house.booked()
    await house.tap("nia", wording.PREPARE_TICKS_SAVE, would_help=LINE)
    assert wording.WOULD_HELP_KEPT in house.shown("nia")
    assert "ticks are saved" not in house.shown("nia")


async def test_who_sees_it_stands_above_each_of_both(house: House) -> None:
    await house.booked()
    shown = house.shown("nia")
    places = [
        shown.index(one)
        for one in (
            wording.PREPARE_TICKS_OWN,
            wording.PREPARE_TICKS,
            wording.WOULD_HELP_SEEN,
            wording.Q_WOULD_HELP,
        )
    ]
    assert places == sorted(places)


async def test_nothing_written_is_nothing_kept_and_nobody_is_told(house: House) -> None:
    key = await house.booked()
    before = len(house.told("fay"))
    await house.tap("pat", wording.PREPARE_TICKS_SAVE, points="records", would_help="  ")
    assert offers(house, "pat")
    it = await house.record(key)
    assert all(one.would_help is None for one in it.readiness)
    assert len(house.told("fay")) == before


async def test_its_writer_changes_it_and_takes_it_back(house: House) -> None:
    key = await house.booked()
    await house.tap("pat", wording.PREPARE_TICKS_SAVE, would_help=LINE)
    await house.tap("pat", wording.WOULD_HELP_CHANGE)
    assert f"{wording.Q_WOULD_HELP} (optional) [{LINE}]" in house.shown("pat")
    before = len(house.told("fay"))
    await house.tap("pat", wording.WOULD_HELP_SAVE, would_help="An interpreter.")
    assert len(house.told("fay")) == before + 1
    await house.tap("fay", wording.WOULD_HELP_SEE)
    assert "An interpreter." in house.shown("fay")
    await house.tap("pat", wording.WOULD_HELP_CHANGE)
    await house.tap("pat", wording.WOULD_HELP_SAVE, would_help="")
    assert offers(house, "pat")
    assert owed(house, Kind.WOULD_HELP, await house.record(key)) == set()
    await house.press("fay", {"verb": "would-help.see", "data": {"conversation": key}}, {})
    assert wording.WOULD_HELP_NOBODY in house.shown("fay")
    assert len(house.told("fay")) == before + 1


async def test_who_is_ready_says_that_there_is_a_line_and_leads_to_it(house: House) -> None:
    await house.booked()
    await house.tap("pat", wording.PREPARE_TICKS_SAVE, would_help=LINE)
    await house.press("fay", {"verb": "prepare.people", "data": await about(house)}, {})
    assert wording.FAR_HELP in house.shown("fay")
    assert LINE not in house.shown("fay")
    await house.tap("fay", wording.WOULD_HELP_SEE)
    assert LINE in house.shown("fay")


async def about(house: House) -> dict[str, str]:
    return {"conversation": await house.newest()}


async def test_once_it_took_place_nobody_reads_it(house: House) -> None:
    await house.booked()
    await house.tap("pat", wording.PREPARE_TICKS_SAVE, would_help=LINE)
    await house.hold()
    await house.press("fay", {"verb": "would-help.see", "data": await about(house)}, {})
    assert LINE not in house.shown("fay")


async def test_a_reminder_does_not_repeat_it(house: House) -> None:
    await house.booked()
    await house.tap("pat", wording.PREPARE_TICKS_SAVE, would_help=LINE)
    house.at = house.local("2027-02-02T15:00")
    await house.sweep.run()
    assert wording.WOULD_HELP_KEPT in house.shown("pat")
    assert LINE not in house.shown("pat")


async def test_what_comes_too_late_is_shown_back(house: House) -> None:
    key = await house.booked()
    tap = house.data("pat", wording.PREPARE_TICKS_SAVE, would_help=LINE)
    await house.hold()
    await house.turn("pat", CardAction(tap.verb, tap.data))
    assert LINE in house.shown("pat")
    assert (await house.file(key)).answers_of("taking-part", "other1") is None


async def test_what_no_input_could_have_sent_is_shown_back(house: House) -> None:
    key = await house.booked()
    await house.tap("pat", wording.PREPARE_TICKS_SAVE, would_help="x" * (MAX_SHORT + 1))
    assert "x" * 50 in house.shown("pat")
    assert (await house.file(key)).answers_of("taking-part", "other1") is None


async def test_a_line_that_was_begun_is_shown_back_when_something_has_happened(
    house: House,
) -> None:
    await house.booked()
    await house.open_door("priya")
    await house.tap("priya", wording.HAPPENED, would_help=LINE)
    assert wording.NOT_KEPT in house.shown("priya")
    assert LINE in house.shown("priya")

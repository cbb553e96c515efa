"""Every night: periods that are due are closed, and the file of figures is written anew."""

import csv
import logging
from datetime import date
from pathlib import Path

import pytest

from cards.wording import wording
from records.evaluation.closed import CLOSED, FIGURES, every_closed
from records.evaluation.queries import every_evaluated
from records.partnership.evaluated import Evaluation
from records.store.contract import Row
from scheduler.upkeep.evaluating import Evaluating
from tests.dialogs.conftest import House


async def yes() -> bool:
    return True


def errand(house: House, path: Path | None = None) -> Evaluating:
    return Evaluating(house.store, wording.partnership, house.clocks, path)


async def after_a_quarter(house: House) -> None:
    await house.held()
    house.at = house.local("2027-06-30T02:30")


async def test_the_very_first_start_closes_what_has_been_over_for_long(house: House) -> None:
    await after_a_quarter(house)
    await errand(house).first(yes)
    closed = await every_closed(house.store)
    assert closed[-1].period.last == date(2027, 3, 31)
    assert any(one.parts for one in closed), "the year too"
    house.at = house.local("2027-12-01T09:00")
    await errand(house).first(yes)
    assert await every_closed(house.store) == closed, "from then on that is the night's"


async def test_it_leaves_to_the_night_whether_the_last_quarter_waits(house: House) -> None:
    await house.held()
    house.at = house.local("2027-04-01T09:00")
    await errand(house).first(yes)
    assert {one.period.last.month for one in await every_closed(house.store)} == {6, 9, 12}


async def test_whoever_leads_no_more_closes_nothing(house: House) -> None:
    async def no() -> bool:
        return False

    await after_a_quarter(house)
    await errand(house).first(no)
    assert await every_closed(house.store) == ()


async def test_the_file_of_figures_holds_every_closed_period(house: House, tmp_path: Path) -> None:
    await after_a_quarter(house)
    path = tmp_path / "figures.csv"
    found = await errand(house, path).look()
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert {(row["first"], row["last"]) for row in rows} == {
        (one.first.isoformat(), one.last.isoformat()) for one in found
    }
    path.unlink()
    assert await errand(house, path).look() == ()
    assert path.exists(), "it comes back the next night"


async def test_a_file_that_cannot_be_written_stops_nothing(
    house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await after_a_quarter(house)
    with caplog.at_level(logging.ERROR):
        found = await errand(house, tmp_path / "gone" / "figures.csv").look()
    assert found
    assert [one for one in caplog.records if getattr(one, "action", "") == "figures_not_written"]


async def test_a_damaged_period_hides_no_other_and_takes_nothing_out_of_the_file(
    house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await after_a_quarter(house)
    path = tmp_path / "figures.csv"
    found = await errand(house, path).look()
    before = path.read_text(encoding="utf-8")
    await house.store.put(FIGURES, Row(CLOSED, found[0].key, {"figures": "broken"}))
    with caplog.at_level(logging.ERROR):
        assert await errand(house, path).look() == ()
    assert path.read_text(encoding="utf-8") == before
    assert [one for one in caplog.records if getattr(one, "action", "") == "figures_not_written"]
    every = await every_evaluated(house.store, house.at, wording.partnership)
    assert {one.period.key for one in every if one.closed_at} == {one.key for one in found[1:]}
    await house.say("fay", "evaluation")
    assert "31 March 2027" in house.shown("fay")


async def test_periods_that_were_changed_too_late_are_told_to_an_operator(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await after_a_quarter(house)
    await errand(house).look()
    pilot = {"name": "Pilot", "first": date(2027, 2, 1), "last": date(2027, 3, 31)}
    changed = wording.partnership.model_copy(
        update={"evaluation": Evaluation.model_validate({"periods": [pilot]})}
    )
    later = Evaluating(house.store, changed, house.clocks)
    with caplog.at_level(logging.ERROR):
        assert await later.look() == ()
    assert [one for one in caplog.records if getattr(one, "action", "") == "period_crosses"]

"""Clocks that are ten minutes off: nothing lost, nothing doubled, nothing early."""

from pathlib import Path

from tests.faults.skew import AHEAD, BEHIND, RIGHT, SCALE, run


async def test_two_of_three_clocks_ten_minutes_off_and_nothing_lost_doubled_or_early(
    azurite: str, tmp_path: Path
) -> None:
    found = await run(azurite, tmp_path)
    print(found.verdict.line(), f"sent={found.sent_at_all}")
    assert found.verdict.wrong() == {}
    assert found.verdict.prompts == SCALE.prompts
    assert found.early == []
    assert [one["ready"] for one in found.ready] == [True, False, False]
    assert found.ready[AHEAD]["reasons"] == ["storage: our clock is 600 s ahead of the storage's"]
    assert found.ready[BEHIND]["reasons"] == ["storage: our clock is 600 s behind the storage's"]
    # Whoever is wrong delivers nothing, not even what it caused itself; once right, it does again.
    assert found.sent_before[RIGHT] > 0
    assert (found.sent_before[AHEAD], found.sent_at_all[BEHIND]) == (0, 0)
    assert found.ready_later[AHEAD]["ready"]
    assert found.sent_at_all[AHEAD] > 0

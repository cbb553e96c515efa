"""Asked to stop while it delivers: it is gone soon, and nothing is lost, doubled or in doubt."""

from dataclasses import replace
from pathlib import Path

from tests.faults.sigterm import GONE_WITHIN, scale_for, stop_often


async def test_asked_to_stop_it_loses_nothing_and_the_next_version_carries_on(
    azurite: str, tmp_path: Path
) -> None:
    scale = replace(scale_for(4, pause=0.1), held=6, withdrawn=6, people=40, act_pause=0.1)
    stopped = await stop_often(scale, azurite, tmp_path)
    print(stopped.line())
    assert stopped.wrong() == {}
    assert len(stopped.seconds) == 4
    assert max(stopped.seconds) < GONE_WITHIN
    assert set(stopped.codes.values()) == {0}
    assert stopped.newer_rows > 0
    assert stopped.verdict.reminders == 0
    assert stopped.verdict.parked == 0

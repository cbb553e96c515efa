"""Asked to stop while it delivers: it is gone soon, and nothing is lost, doubled or in doubt."""

from dataclasses import replace
from pathlib import Path

from tests.faults.sigterm import GONE_WITHIN, scale_for, stop_often


async def test_a_process_asked_to_stop_while_it_delivers_loses_nothing_and_another_carries_on(
    azurite: str, tmp_path: Path
) -> None:
    scale = replace(scale_for(2, pause=0.1), held=4, withdrawn=4, people=40, act_pause=0.1)
    stopped = await stop_often(scale, azurite, tmp_path)
    print(stopped.line())
    assert stopped.wrong() == {}
    assert len(stopped.seconds) == 2
    assert max(stopped.seconds) < GONE_WITHIN
    assert set(stopped.codes.values()) == {0}
    assert stopped.verdict.reminders == 0
    assert stopped.verdict.parked == 0

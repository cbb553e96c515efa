"""Asked to stop while it delivers: it is gone soon, and nothing is lost, doubled or in doubt."""

from pathlib import Path

from tests.faults.sigterm import GONE_WITHIN, scale_for, stop_often


async def test_a_process_asked_to_stop_while_it_delivers_loses_nothing_and_another_carries_on(
    azurite: str, tmp_path: Path
) -> None:
    stopped = await stop_often(scale_for(2, pause=0.3), azurite, tmp_path)
    print(stopped.line())
    assert stopped.wrong() == {}
    assert len(stopped.seconds) == 2
    assert max(stopped.seconds) < GONE_WITHIN
    assert set(stopped.codes.values()) == {0}
    assert stopped.verdict.reminders == 0
    assert stopped.verdict.parked == 0

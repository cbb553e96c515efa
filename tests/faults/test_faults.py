"""The short trial: every fault and every kill of the full one, only fewer."""

from pathlib import Path

from tests.faults.scale import SHORT
from tests.faults.trial import trial


async def test_nothing_is_lost_and_nothing_doubled_while_processes_die(
    azurite: str, tmp_path: Path
) -> None:
    verdict = await trial(SHORT, azurite, tmp_path)
    print(verdict.line())
    assert verdict.wrong() == {}
    assert verdict.missed(SHORT) == []
    assert verdict.prompts == SHORT.prompts
    assert verdict.ambiguous > 0
    assert verdict.reminders == verdict.ambiguous - verdict.answered

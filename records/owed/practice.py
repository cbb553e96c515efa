"""The Practice Team hears of a difference made. Source: pathway, step 10: "with the Signs of Safety
Practice Team"; who that is, a setting says."""

from collections.abc import Iterator

from records.conversation import Conversation
from records.dates import Dates
from records.prompt import Kind, Owed
from records.stages import Stage


def owed(dates: Dates, it: Conversation) -> Iterator[Owed]:
    """Each of the Practice Team, as it was when the outcome came."""
    if it.stage is Stage.COMPLETE and it.outcome is not None:
        for one in it.practice_team:
            yield Owed(kind=Kind.OUTCOME_CAME, to=one.id, cycle="1", due=it.outcome.first_at)

"""What a walk has come to, in figures by which two walks can be compared."""

from collections import Counter
from dataclasses import dataclass

from tests.teams.running import World
from tests.teams.walk import CANARY


@dataclass(frozen=True)
class Counted:
    """Acts in their order, messages by whom they reached and what they said, texts that are kept.

    References and names of rows are made anew in each walk, and left out.
    """

    acts: tuple[str, ...]
    sent: Counter[str]
    messages: Counter[str]
    texts: Counter[str]
    drafts: int


async def counted(here: World) -> Counted:
    """The figures of the one conversation of this world."""
    await here.teams.quiet()
    rows = [row async for row in here.store.query("conversations", partition_to="~")]
    (it,) = (row for row in rows if row.key == "conversation")
    reference = str(it.values["reference"])
    prompts = [row.values for row in rows if row.key.startswith("prompt-")]
    states = (f"{one['kind']} to {one['to']}: {one['state']}" for one in prompts)
    stories = (row for row in rows if row.key.startswith("answer-"))
    words = (word for row in stories for word in str(row.values).split() if CANARY in word)
    return Counted(
        acts=tuple(str(row.values["act"]) for row in rows if row.key.startswith("audit-")),
        sent=Counter(states),
        messages=Counter(
            f"{person.key}: {summary.replace(reference, 'it')}"
            for person in here.teams.people.values()
            for summary in person.summaries
            if person.key != "otto"
        ),
        texts=Counter(words),
        drafts=len([row async for row in here.store.query("drafts", partition_to="~")]),
    )


async def stage(here: World) -> str:
    """Where the one conversation stands."""
    rows = [row async for row in here.store.query("conversations", partition_to="~")]
    (it,) = (row for row in rows if row.key == "conversation")
    return str(it.values["stage"])

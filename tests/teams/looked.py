"""One walk of the whole pathway at the desk, looked at from every side; walked once for all."""

from dataclasses import dataclass, field

from tests.teams import drawn
from tests.teams.copies import Tried, old_buttons, tried
from tests.teams.counted import Counted, counted, stage
from tests.teams.running import World, world
from tests.teams.walk import CANARY, STEPS, Choose, Walk, at_the_desk


@dataclass
class Looked:
    """What was seen. `stories` are versions of messages with somebody's words, `stay` those of them
    that a message holds at the end, `required` the fields without which a client sends nothing."""

    stage: str = ""
    old: list[Tried] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)
    stay: list[str] = field(default_factory=list)
    required: set[str] = field(default_factory=set)
    refreshes: bool = False
    under_fingers: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    figures: Counted | None = None


_looked: dict[tuple[bool, str], Looked] = {}


async def looked(*, on_the_way: bool = False, choose: Choose = at_the_desk) -> Looked:
    """The walk. Buttons of old cards are tapped at its end; `on_the_way` after each step too."""
    key = on_the_way, choose.__name__
    if key not in _looked:
        async with world() as here:
            _looked[key] = await _walked(here, choose, on_the_way=on_the_way)
    return _looked[key]


async def _walked(here: World, choose: Choose, *, on_the_way: bool) -> Looked:
    seen = Looked()

    async def look(_: str) -> None:
        for person in here.teams.people.values():
            for device in person.devices:
                for screen in device.screens():
                    seen.refreshes |= "refresh" in screen.card
                    fields = drawn.fields(screen.card).items()
                    seen.required |= {name for name, one in fields if one.get("isRequired")}

    walk = Walk(here, choose, look)
    for step in STEPS:
        await step(walk)
        if on_the_way or step is STEPS[-1]:
            seen.old += [await tried(here, one) for one in list(old_buttons(here))]
    seen.stage, seen.figures = await stage(here), await counted(here)
    found = [one for one in here.teams.versions(CANARY) if not one.version.fallback]
    seen.stories = [str(one) for one in found]
    seen.stay = [str(one) for one in found if one.is_now]
    seen.under_fingers, seen.wrong = here.teams.redrawn_under_fingers, here.teams.wrong
    return seen

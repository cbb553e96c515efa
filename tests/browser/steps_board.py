"""The facilitators' board: its lists, a search, one conversation opened from it."""

import invented
from journeys import Journey
from others import Others

from cards.wording import wording as w
from records.board.places import BoardView

STORY = invented.STORY


def tile(view: BoardView, count: int) -> str:
    """What a tile of the board says."""
    return w.BOARD_TILE.format(view=w.BOARD_VIEWS[view], count=count)


async def the_board_shows_what_waits(journey: Journey, others: Others, own: str = "") -> None:
    """All that is open, those of her own, and one stage. `own` is hers and still open."""
    me = journey.facilitator
    mine = [one for one in (own, others.booked) if one]
    held = [one for one in (own, *others.held) if one]
    there = [*mine, others.waiting, *others.held]
    await me.say("board")
    await me.wait_for_card(w.BOARD_TITLES[BoardView.ALL])
    await journey.picture(me, "board")
    for view, references in (
        (BoardView.MINE, mine),
        (BoardView.WAITING, [others.waiting]),
        (BoardView.HELD, held),
        (BoardView.ALL, there),
    ):
        await me.click(tile(view, len(references)))
        shown = await me.wait_for_card(w.BOARD_TITLES[view])
        found = {one for one in there if one in shown}
        assert found == set(references) or len(references) > 5, view
        no_story(shown)
        await journey.picture(me, f"board-{view}")


async def one_of_her_own_is_opened(journey: Journey, reference: str, mine: int) -> None:
    """Where it stands and who was reached; the story is one more tap away."""
    me = journey.facilitator
    await me.click(tile(BoardView.MINE, mine))
    await me.wait_for_card(w.BOARD_TITLES[BoardView.MINE])
    await me.click(w.OPEN_ONE.format(reference=reference))
    shown = await me.wait_for_card(w.BOARD_REACH)
    assert reference in shown
    assert w.BOARD_STORY not in shown
    no_story(shown)
    await journey.picture(me, "board-one")
    await me.click(w.BOARD_GO_ON)
    await journey.picture(me, "board-go-on")


async def one_is_found_by_agency_and_reference(journey: Journey, others: Others, own: str) -> None:
    """However it is written; the story of somebody else's stays shut."""
    me = journey.facilitator
    await me.say("board")
    await me.wait_for_card(w.BOARD_TITLES[BoardView.ALL])
    await me.fill(w.BOARD_FIND_LABEL, "police")
    await me.click(w.BOARD_FIND)
    shown = await me.wait_for_card(w.BOARD_FOUND.strip())
    assert others.waiting in shown
    no_story(shown)
    await journey.picture(me, "board-found-agency")
    await me.fill(w.BOARD_FIND_LABEL, own.removeprefix("LC-").lower())
    await me.click(w.BOARD_FIND)
    shown = await me.wait_for_card(own)
    assert others.waiting not in shown
    await journey.picture(me, "board-found-reference")
    await me.fill(w.BOARD_FIND_LABEL, others.held[0])
    await me.click(w.BOARD_FIND)
    await me.wait_for_card(others.held[0])
    await me.click(w.OPEN_ONE.format(reference=others.held[0]))
    shown = await me.wait_for_card(w.BOARD_STORY)
    no_story(shown)
    await journey.picture(me, "board-not-hers")
    await me.click(w.BOARD_BACK)
    await me.wait_for_card(w.BOARD_TITLES[BoardView.ALL])


def no_story(shown: str) -> None:
    """Nothing of what the request says, and nobody's name but those who are to be reached."""
    assert not any(line in shown for text in STORY for line in text.splitlines())

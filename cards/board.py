"""The facilitators' board: what waits, at a glance, and one conversation of it. Never a story.

Agencies and people's names are typed words and are never read as markdown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from microsoft_teams.cards import CardElement, Column, ColumnSet, TextBlock

from cards.changes.correcting import way
from cards.kit.elements import Card, act, aside, beside, build, heading, line, small
from cards.kit.forms import TextField, shortened, trouble
from cards.kit.notes import note
from cards.kit.when import day, short_day
from cards.request.check import need
from cards.wording import wording
from records.board.board import BoardPage
from records.board.list_entry import ListEntry
from records.board.places import BoardView
from records.conversation.conversation import Conversation
from records.stages import Stage

PER_ROW: Final = 3
TILES: Final[tuple[BoardView, ...]] = tuple(
    view for view in BoardView if view is not BoardView.CLOSED
)
SOUGHT: Final = "sought"
"""What was searched for, on the way to more of it: whatever stands in the input by then."""
FIND: Final = TextField(
    "find",
    lambda: wording.BOARD_FIND_LABEL,
    long=False,
    required=False,
    placeholder=lambda: wording.BOARD_FIND_HINT,
)


def board(
    view: BoardView, counts: Mapping[BoardView, int], page: BoardPage, now: datetime, zone: ZoneInfo
) -> Card:
    """How many stand in each list, and one list, a few at a time."""
    again = {"view": view}
    actions = [act(wording.BOARD_FIND, "board.find", {})]
    if page.after:
        data = {**again, "after": page.after}
        actions.append(act(wording.BOARD_NEXT, "board.show", data, inputs=False))
    if view is not BoardView.CLOSED:
        closed = {"view": BoardView.CLOSED}
        actions.append(act(wording.BOARD_CLOSED, "board.show", closed, inputs=False))
    rows = [element for one in page.entries for element in _row(one, view, now, zone)]
    return build(
        [
            small(wording.BOARD),
            *_tiles(view, counts),
            heading(wording.BOARD_TITLES[view]),
            *(rows or [line(wording.BOARD_NONE)]),
            *FIND.element(""),
        ],
        actions,
    )


def found(typed: str, page: BoardPage, now: datetime, zone: ZoneInfo, *, problem: str = "") -> Card:
    """What a search found, with the words searched for still in the input."""
    actions = [act(wording.BOARD_FIND, "board.find", {}, primary=bool(problem))]
    if page.after:
        data = {SOUGHT: typed, "after": page.after}
        actions.append(act(wording.BOARD_NEXT, "board.more", data, inputs=False))
    actions.append(act(wording.BOARD_BACK, "board.show", {"view": BoardView.ALL}, inputs=False))
    rows = [element for one in page.entries for element in _row(one, BoardView.ALL, now, zone)]
    shown = shortened(typed, 60)[0]
    sought = [line((wording.BOARD_FOUND,), shown), *(rows or [line(wording.BOARD_NOT_FOUND)])]
    if problem:
        sought = [trouble(problem)]
    return build([small(wording.BOARD), *sought, *FIND.element(typed)], actions)


@dataclass(frozen=True)
class Reached:
    """Somebody's name, how they were reached, and whose address can be corrected."""

    name: str
    how: str
    correct: str = ""


def _reached(it: Conversation, one: Reached) -> CardElement:
    said = line((one.name,), f"  {one.how}")
    return beside([said], wording.CORRECT, way(it, one.correct, one.name)) if one.correct else said


def one(
    it: Conversation,
    entry: ListEntry,
    reach: Sequence[Reached],
    view: BoardView,
    zone: ZoneInfo,
    *,
    own: bool,
    open_to_them: bool,
    leads: bool = False,
) -> Card:
    """One conversation: where it stands, and who was reached.

    Its own facilitator can go on with it; who may pick it up can do that, and
    who `leads` the team can change what is booked.
    """
    data, actions = {"conversation": it.id}, []
    if own:
        actions.append(act(wording.BOARD_GO_ON, "pickup.see", data, primary=True))
    elif open_to_them:
        actions.append(act(wording.ILL_FACILITATE, "pickup.look", data, primary=True))
    elif leads:
        actions.append(act(wording.CHANGED, "changes.see", data, primary=True))
    actions.append(act(wording.BOARD_BACK, "board.show", {"view": view}))
    rows = [
        (wording.BOARD_ROW_STAGE, _stands(entry)),
        (wording.AGENCY_LABEL, it.request.agency),
        *(need(it) if own or open_to_them else ()),
        (wording.BOARD_ROW_ASKED, day(it.created, zone)),
        (wording.WHEN, day(entry.starts, zone) if entry.starts else ""),
        (wording.FACILITATOR, entry.facilitator_name),
    ]
    reached: list[CardElement] = [small(wording.BOARD_REACH, gap=True)] if reach else []
    reached += [_reached(it, one) for one in reach]
    story = [] if own else [small(wording.BOARD_STORY, gap=True)]
    return note(
        it.reference, kicker=wording.BOARD, rows=rows, extra=[*reached, *story], actions=actions
    )


def by_reference(reference: str) -> Card:
    """One of which the board shows no more: the same card, whatever the reason."""
    back = act(wording.BOARD_BACK, "board.show", {"view": BoardView.ALL})
    return note(reference, wording.BOARD_BY_REFERENCE, kicker=wording.BOARD, actions=[back])


# --------------------------------------------------------------------------------------------------


def _tiles(chosen: BoardView, counts: Mapping[BoardView, int]) -> list[CardElement]:
    rows: list[CardElement] = []
    for start in range(0, len(TILES), PER_ROW):
        columns = [_tile(view, counts, chosen) for view in TILES[start : start + PER_ROW]]
        rows.append(ColumnSet(columns=columns, spacing="Small"))
    return rows


def _tile(view: BoardView, counts: Mapping[BoardView, int], chosen: BoardView) -> Column:
    name, number = wording.BOARD_VIEWS[view], counts.get(view, 0)
    shown = str(number) if number < 100 else wording.BOARD_MANY
    title = wording.BOARD_TILE.format(view=name, count=shown)
    style: Literal["accent", "emphasis"] = "accent" if view is chosen else "emphasis"
    return Column(
        width="stretch",
        style=style,
        show_border=True,
        rounded_corners=True,
        min_height="44px",
        spacing="Small",
        vertical_content_alignment="Center",
        select_action=act(title, "board.show", {"view": view}, inputs=False, tooltip=title),
        items=[
            TextBlock(text=shown, weight="Bolder", horizontal_alignment="Center", wrap=True),
            TextBlock(
                text=name, size="Small", horizontal_alignment="Center", wrap=True, spacing="None"
            ),
        ],
    )


def _row(entry: ListEntry, view: BoardView, now: datetime, zone: ZoneInfo) -> list[CardElement]:
    title = wording.OPEN_ONE.format(reference=entry.reference)
    data = {"conversation": entry.conversation, "view": view}
    tap = act(title, "board.open", data, inputs=False, tooltip=title)
    if entry.closed:
        return [beside([line((entry.reference,))], wording.BOARD_OPEN, tap)]
    left = [
        line((entry.reference,), f"  {shortened(entry.agency, 60)[0]}"),
        aside(" · ".join(_facts(entry, now, zone)), close=True),
    ]
    return [beside(left, wording.BOARD_OPEN, tap)]


def _facts(entry: ListEntry, now: datetime, zone: ZoneInfo) -> list[str]:
    found = [f"{_stands(entry)} {_when(entry, now, zone)}".strip()]
    if entry.stopped:
        found.append(wording.BOARD_STOPPED)
    if entry.unreached and entry.is_open and entry.stage is not Stage.REQUESTED:
        found.append(wording.BOARD_UNREACHED.format(count=entry.unreached))
    if entry.facilitator_name and entry.is_open:
        found.append(shortened(entry.facilitator_name, 40)[0])
    return found


def _stands(entry: ListEntry) -> str:
    return wording.BOARD_UNANSWERED if entry.unanswered else wording.BOARD_STAGE[entry.stage]


def _when(entry: ListEntry, now: datetime, zone: ZoneInfo) -> str:
    if entry.unanswered:
        return f"({short_day(entry.since, zone, now)})"
    if entry.due is not None and entry.due < now:
        held = entry.stage is Stage.HELD
        was_due = wording.BOARD_OUTCOME_WAS_DUE if held else wording.BOARD_WAS_DUE
        return f"({was_due.format(day=short_day(entry.due, zone, now))})"
    if entry.stage is Stage.BOOKED and entry.starts is not None:
        return wording.BOARD_ON.format(day=short_day(entry.starts, zone, now))
    if entry.stage is Stage.HELD and entry.due is not None:
        return f"({wording.BOARD_OUTCOME_BY.format(day=short_day(entry.due, zone, now))})"
    if entry.due is not None:
        return f"({wording.BOARD_BY.format(day=short_day(entry.due, zone, now))})"
    return wording.BOARD_SINCE.format(day=short_day(entry.since, zone, now))

"""The report's pictures: bars with their numbers beside them; long, as each is drawn its own way.
They are fit to be printed without colour.

Each is drawn from the rows that are kept, and comes with what it shows in words. What is not told
exactly is not drawn as if it were: its words stand where its bar would be.

matplotlib takes half a second and 40 MiB to load: only the thread that writes a file imports this.
"""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Drawing

from cards.evaluation.report import Cell, Reported, scale, told
from cards.wording import wording
from records.evaluation.counted import OTHERS
from records.evaluation.queries import Evaluated
from records.evaluation.shown import AGENCIES, ASKED, HELD, PEOPLE, TOLD, Figure

rcParams["text.parse_math"] = False  # Else a name with $ twice is taken for a formula.
INK: Final = "#1D3B47"
LIGHT: Final = "#8FB3BF"
PALE: Final = "#D9E5E9"
GREY: Final = "#5A6B72"
SIZE: Final = (3.6, 2.6)
"""Inches; two stand side by side on a page."""
SHARP: Final = 200
"""Dots an inch."""
WRAPPED: Final = 18
"""Characters of a bar's name on one line."""
SMALL: Final = 8.5
"""Points of the smallest words: a picture is printed at seven eighths of its size."""
THICK: Final = 0.62
CERTAIN: Final[Mapping[str, Any]] = {
    "color": PALE,
    "hatch": "////",
    "edgecolor": INK,
    "linewidth": 0,
}
POSSIBLE: Final[Mapping[str, Any]] = {
    "facecolor": "white",
    "edgecolor": GREY,
    "linewidth": 0.6,
    "linestyle": "--",
}
MANY: Final = 1_000_000
MOST_BARS: Final = 10
"""Of agencies in one picture; the table has all."""


@dataclass(frozen=True)
class Picture:
    """A PNG, and what it shows in words. `ranged`: some bar is told from here to there."""

    png: bytes
    words: str
    ranged: bool = False


@dataclass(frozen=True)
class _Bar:
    """`least` and `most` are told of it; where they are one, it is drawn whole."""

    name: str
    said: Cell
    least: int = 0
    most: int = 0

    @property
    def is_exact(self) -> bool:
        return isinstance(self.said, int)


def pictures(of: Reported) -> tuple[Picture, ...]:
    """Those of a closed period, in the report's order: where nothing took place there is nothing
    to show of people."""
    found = of.of
    every = [_lying("asked", _met(found))]
    if found.count(HELD):
        every += [
            _standing("scale", [_exactly(str(name), n) for name, n in scale(found).rows]),
            _lying("in-time", _people(found)),
            _lying("told", _outcome(found)),
            _lying("agencies", _agencies(found)),
        ]
    if of.quarters:
        every.append(_quarters(of.quarters))
    return tuple(every)


def _bar(name: str, one: Figure | None, of: int | None = None) -> _Bar:
    if one is None:
        return _Bar(name, told(None))
    most = min(one.high if one.high is not None else one.low, of if of is not None else MANY)
    return _Bar(name, told(one, of), one.low, most)


def _exactly(name: str, count: Cell) -> _Bar:
    known = count if isinstance(count, int) else 0
    return _Bar(name, count, known, known)


def _met(of: Evaluated) -> list[_Bar]:
    return [
        _exactly(wording.PICTURE_ASKED, of.count(ASKED)),
        _exactly(wording.PICTURE_HELD, of.count(HELD)),
    ]


def _outcome(of: Evaluated) -> list[_Bar]:
    """What had been hoped for was asked before each of them; what happened was told after some."""
    held = of.count(HELD)
    return [
        _exactly(wording.PICTURE_HELD, held),
        _bar(wording.PICTURE_TOLD, of.figure(TOLD), held),
    ]


def _people(of: Evaluated) -> list[_Bar]:
    names = {
        "in-time": wording.PICTURE_IN_TIME,
        "later": wording.PICTURE_LATER,
        "not-answered": wording.PICTURE_NOT_ANSWERED,
    }
    there = {one.name: one for one in of.table(PEOPLE)}
    if "answered" not in there:
        return []
    if "in-time" not in there:
        names = {"answered": wording.ROWS["answered"], "not-answered": names["not-answered"]}
    return [_bar(title, there.get(name)) for name, title in names.items()]


def _agencies(of: Evaluated) -> list[_Bar]:
    held = of.count(HELD)
    titles = {OTHERS: wording.AGENCY_OTHERS}
    found = [_bar(titles.get(one.name, one.name), one, held) for one in of.table(AGENCIES)]
    return found[:MOST_BARS] if any(one.said != wording.NOT_SHOWN for one in found) else []


def _drawing(title: str) -> tuple[Drawing, Axes]:
    drawing = Drawing(figsize=SIZE, dpi=SHARP, layout="constrained")
    FigureCanvasAgg(drawing)
    axes = drawing.add_subplot()
    above = "\n".join(textwrap.wrap(title, 40))
    drawing.suptitle(above, x=0.01, ha="left", fontsize=10, color=INK, weight="bold")
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, labelsize=SMALL, labelcolor=INK)
    return drawing, axes


def _lying(name: str, bars: Sequence[_Bar]) -> Picture:
    """Bars that lie, the first on top."""
    title = wording.PICTURES[name]
    if not bars:
        return _nothing(title)
    drawing, axes = _drawing(title)
    places, room = range(len(bars)), max(1, *(one.most for one in bars))
    for place, one in zip(places, bars, strict=True):
        if one.is_exact:
            axes.barh(place, one.least, height=THICK, color=INK)
        elif one.most:
            # As far as it is told: certain as far as it is hatched, possible within the line.
            axes.barh(place, one.most, height=THICK, **POSSIBLE)
            axes.barh(place, one.least, height=THICK, **CERTAIN)
        axes.text(one.most + room * 0.02, place, str(one.said), va="center", **_text(one))
    axes.set_yticks(list(places), [_wrapped(one.name) for one in bars])
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.set_xlim(0, room * 1.4)
    axes.set_xticks([])
    ranged = any(one.most and not one.is_exact for one in bars)
    return Picture(_png(drawing), _words(title, _told(bars)), ranged)


def _standing(name: str, bars: Sequence[_Bar]) -> Picture:
    """Bars that stand, as the numbers of the scale do."""
    title = wording.PICTURES[name]
    if not bars:
        return _nothing(title)
    drawing, axes = _drawing(title)
    places, room = range(len(bars)), max(1, *(one.most for one in bars))
    axes.bar(places, [one.least for one in bars], width=0.7, color=INK)
    for place, one in zip(places, bars, strict=True):
        axes.text(place, one.least + room * 0.02, str(one.said), ha="center", **_text(one))
    axes.set_xticks(list(places), [one.name for one in bars])
    axes.set_xlabel(wording.T_SCALE_ENDS, fontsize=SMALL, color=INK)
    axes.set_xlim(-0.6, len(bars) - 0.4)
    axes.set_ylim(0, room * 1.15)
    axes.set_yticks([])
    # A number of people beside a number of the scale: read aloud, nobody could tell which is which.
    parts = [wording.SAY_SCALE_PART.format(band=one.name, people=one.said) for one in bars]
    return Picture(_png(drawing), _words(title, ", ".join(parts)))


def _text(one: _Bar) -> dict[str, Any]:
    return {"fontsize": 9 if one.is_exact else SMALL, "color": INK}


def _quarters(every: Sequence[Evaluated]) -> Picture:
    """Two columns a quarter, told apart by how dark they are."""
    title = wording.PICTURES["quarters"]
    drawing, axes = _drawing(title)
    both = ((ASKED, LIGHT, wording.PICTURE_ASKED), (HELD, INK, wording.PICTURE_HELD))
    room = max(1, *(one.count(which) for one in every for which, _, _ in both))
    for shift, (which, colour, name) in zip((-0.2, 0.2), both, strict=True):
        counts = [one.count(which) for one in every]
        places = [place + shift for place in range(len(every))]
        axes.bar(places, counts, width=0.38, color=colour, label=name)
        for place, count in zip(places, counts, strict=True):
            axes.text(
                place, count + room * 0.02, str(count), ha="center", fontsize=SMALL, color=INK
            )
    axes.set_xticks(range(len(every)), [_months(one).replace(" ", "\n") for one in every])
    axes.set_yticks([])
    axes.set_ylim(0, room * 1.15)
    drawing.legend(
        loc="outside lower center", ncols=2, fontsize=SMALL, frameon=False, labelcolor=INK
    )
    told_of = [
        f"{_months(one)}: {_told([_exactly(name, one.count(which)) for which, _, name in both])}"
        for one in every
    ]
    return Picture(_png(drawing), _words(title, "; ".join(told_of)))


def _nothing(title: str) -> Picture:
    """A picture that says that there is none, and not that there is nothing."""
    drawing, axes = _drawing(title)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_facecolor(PALE)
    said = "\n".join(textwrap.wrap(wording.PICTURE_NOT_DRAWN, 34))
    axes.text(0.5, 0.5, said, ha="center", va="center", fontsize=9, color=INK,
              transform=axes.transAxes)  # fmt: skip
    return Picture(_png(drawing), _words(title, wording.PICTURE_NOT_DRAWN.rstrip(".")))


def _png(drawing: Drawing) -> bytes:
    out = BytesIO()
    drawing.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _words(title: str, values: str) -> str:
    return wording.PICTURE_ALT.format(title=title, values=values)


def _told(bars: Sequence[_Bar]) -> str:
    return ", ".join(f"{one.name} {one.said}" for one in bars)


def _wrapped(name: str) -> str:
    return "\n".join(textwrap.wrap(name, WRAPPED))


def _months(of: Evaluated) -> str:
    return f"{of.period.first:%b}–{of.period.last:%b %Y}"

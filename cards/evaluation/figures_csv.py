"""The figures of every closed period as one file of comma-separated values.

A row a figure, as it is kept: docs/figures.md says what each column and each table holds.
"""

import csv
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Final
from uuid import uuid4

from cards.kit.files import clean
from records.evaluation.queries import Evaluated

COLUMNS: Final = ("period", "first", "last", "closed_on", "table", "row", "low", "high")
"""The header, which programs may rely on."""
NAME: Final = "figures.csv"
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""First characters that a spreadsheet may take for a formula. Source: OWASP, "CSV injection"."""
MOST_IN_CELL: Final = 32_767
"""Characters of one cell. Source: Excel specifications and limits."""


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula, even after it was saved as CSV. Space
    before a formula hides it from the eye and not from the program, so it is looked past."""
    shown = clean(text)[: MOST_IN_CELL - 1]
    return f"'{shown}" if shown.lstrip(" \u00a0").startswith(DANGEROUS) else shown


def figures_csv(every: Iterable[Evaluated]) -> str:
    """Every row of every closed period, in the order given; the periods that still run are left
    out."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for one in every:
        if one.closed_at is None:
            continue
        period = one.period
        about = (
            harmless(period.name or period.key),
            period.first.isoformat(),
            period.last.isoformat(),
            one.as_of.isoformat(),
        )
        for figure in one.figures:
            high = "" if figure.high is None else figure.high
            rows.writerow((*about, figure.table, harmless(figure.name), figure.low, high))
    return out.getvalue()


def write_csv(every: Iterable[Evaluated], path: Path) -> None:
    """Put the file there, whole or not at all. Raises OSError."""
    beside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        beside.write_text(figures_csv(every), encoding="utf-8", newline="")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)

"""What the verbs print: a table for a person, plain columns for a pipe, one JSON document for a program.

Every text from data is made harmless here once more, because a terminal obeys control sequences. Rich is loaded
only for a table on a terminal. Knows nothing of what the rows mean.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from crm_tui.domain.text import one_line, sanitise

GAP = 2
LEAST = 4
"""Cells between columns, and the fewest that a column is cut to."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading (in the reader's language); `right` aligns numbers, `key` is never cut, `wrap` goes on
    in the next line instead of being cut."""

    heading: str
    right: bool = False
    key: bool = False
    wrap: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A text with one of the terminal's sixteen colours; the word says the same without it."""

    text: str
    colour: str = ""


Row = Sequence["str | Cell"]


def line(text: str) -> None:
    """One printed line; line feeds in it stay."""
    sys.stdout.write(sanitise(text) + "\n")


def aside(text: str) -> None:
    """One line beside the answer: progress, an echo, what went wrong."""
    sys.stdout.flush()
    sys.stderr.write(sanitise(text) + "\n")
    sys.stderr.flush()


def document(value: Any) -> None:
    """Exactly one JSON document."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    sys.stdout.write(json.dumps(clean(value), ensure_ascii=plain, indent=2) + "\n")


def clean(value: Any) -> Any:
    """A value as JSON knows it: texts harmless, instants and days as ISO text, tuples as lists."""
    if isinstance(value, str):
        return sanitise(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(k): clean(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [clean(v) for v in value]
    raise TypeError(type(value).__name__)


def table(columns: Sequence[Column], rows: Sequence[Row], *, heads: bool = True) -> None:
    """A table: cut to the width of a terminal, whole in a pipe; `heads` false leaves the headings out."""
    cells = [[_cell(value) for value in row] for row in rows]
    if sys.stdout.isatty():
        _rich(columns, cells, heads)
    else:
        _plain(columns, cells, heads)


def _cell(value: str | Cell) -> Cell:
    if isinstance(value, str):
        return Cell(one_line(value))
    return Cell(one_line(value.text), value.colour)


def width(text: str) -> int:
    """Terminal cells of a one-line text: wide signs are two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _plain(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], heads: bool) -> None:
    texts = [[c.heading for c in columns]] if heads else []
    texts += [[cell.text for cell in row] for row in rows]
    widths = [max((width(row[i]) for row in texts), default=0) for i in range(len(columns))]
    for row in texts:
        padded = []
        for column, text, wide in zip(columns, row, widths, strict=True):
            blank = " " * (wide - width(text))
            padded.append(blank + text if column.right else text + blank)
        sys.stdout.write((" " * GAP).join(padded).rstrip() + "\n")


def fitted(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], room: int, *, heads: bool) -> list[int]:
    """The columns' widths in cells: what they need, or less of the widest that may be cut, to fit the room."""
    widths = [max((width(row[place].text) for row in rows), default=0) for place in range(len(columns))]
    if heads:
        widths = [max(wide, width(column.heading)) for wide, column in zip(widths, columns, strict=True)]
    cut = [place for place, column in enumerate(columns) if not column.key]
    while sum(widths) + GAP * len(widths) > room:
        widest = max(cut, key=lambda place: widths[place], default=None)
        if widest is None or widths[widest] <= LEAST:
            break
        widths[widest] -= 1
    return [max(wide, 1) for wide in widths]


def _rich(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], heads: bool) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    shown = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), show_header=heads, header_style="bold")
    for column, cells in zip(columns, fitted(columns, rows, console.width, heads=heads), strict=True):
        shown.add_column(
            Text(column.heading),
            justify="right" if column.right else "left",
            no_wrap=not column.wrap,
            overflow="fold" if column.wrap else "ellipsis",
            width=cells,
        )
    for row in rows:
        shown.add_row(*(Text(cell.text, style=cell.colour) for cell in row))
    console.print(shown)

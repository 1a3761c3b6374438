"""Where appointments stand in a grid of half hours: rows of time, lanes of those that overlap. Pure arithmetic.

Minutes are counted from midnight on the reader's clock. It knows neither colours nor words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from crm_tui.domain.worktime import DAY_MINUTES, Hours, Interval

STEP: Final = 30
"""Minutes of a row."""


class Row(NamedTuple):
    """One row of the grid: half an hour, or a break that is folded into one."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One appointment of a column. `key` is unique in it; `state` is the role of its colour, `glyph` its sign."""

    key: int
    start: int
    end: int
    state: str
    glyph: str
    who: str
    what: str = ""
    hours: str = ""
    where: str = ""
    gone: bool = False
    """Cancelled or deleted: shown, but nothing that takes time."""


class Placed(NamedTuple):
    """A block in its rows `first` to `last` (included), in lane `lane` of the `lanes` of those that it overlaps."""

    block: Block
    first: int
    last: int
    lane: int
    lanes: int


def rows_of_day(folded: Interval | None = None) -> tuple[Row, ...]:
    """The rows of a day; what is `folded` becomes one row, if it begins and ends with a half hour."""
    starts = range(0, DAY_MINUTES, STEP)
    if folded is None or folded[0] % STEP or folded[1] % STEP or folded[1] - folded[0] <= STEP:
        return tuple(Row(start, start + STEP) for start in starts)
    a, b = folded
    return tuple(
        Row(a, b) if start == a else Row(start, start + STEP) for start in starts if not a < start < b
    )


def row_at(rows: Sequence[Row], minute: int) -> int:
    """The number of the row in which a minute lies."""
    return next((n for n, row in enumerate(rows) if minute < row.end), len(rows) - 1)


def place(blocks: Sequence[Block], rows: Sequence[Row]) -> tuple[Placed, ...]:
    """Each block in its rows, those that share a row in lanes side by side; in order of rows, then lanes."""
    spans = sorted(
        ((row_at(rows, b.start), row_at(rows, max(b.start, b.end - 1)), b) for b in blocks),
        key=lambda each: (each[0], -each[1], each[2].start, each[2].key),
    )
    placed: list[Placed] = []
    cluster: list[tuple[int, int, Block, int]] = []
    ends: list[int] = []

    def close() -> None:
        placed.extend(Placed(b, first, last, lane, len(ends)) for first, last, b, lane in cluster)
        cluster.clear()
        ends.clear()

    for first, last, block in spans:
        if ends and first > max(ends):
            close()
        lane = next((n for n, end in enumerate(ends) if end < first), len(ends))
        ends[lane : lane + 1] = [last]
        cluster.append((first, last, block, lane))
    close()
    return tuple(sorted(placed, key=lambda each: (each.first, each.lane)))


def by_row(placed: Sequence[Placed]) -> dict[int, tuple[Placed, ...]]:
    """Which of them stand in each row that any of them takes."""
    found: dict[int, list[Placed]] = {}
    for each in placed:
        for row in range(each.first, each.last + 1):
            found.setdefault(row, []).append(each)
    return {row: tuple(standing) for row, standing in found.items()}


def shared_break(hours: Sequence[Hours]) -> Interval | None:
    """The break that all who work on these days make at the same time, if it is longer than a row: it may be
    folded."""
    gaps = []
    for day in hours:
        if not day:
            continue
        found = {(a[1], b[0]) for a, b in pairwise(day) if b[0] - a[1] > STEP}
        gaps.append(found)
    common = set.intersection(*gaps) if gaps else set()
    return min(common, default=None)


def works(hours: Hours, row: Row) -> bool:
    """Whether any of a row is working time."""
    return any(a < row.end and row.start < b for a, b in hours)

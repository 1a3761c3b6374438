"""Dates and money of a file, each decided for a column from all its values. (FEATURES.md M96)

Knows nothing of what the columns mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from crm_tui.connectors.delimited import Row
from crm_tui.domain.cell_values import Moment, amounts, dates, day_first, decimal_point, shows_order
from crm_tui.domain.import_map import How

TOLD = 80
"""Letters of a wrong value that its error shows."""


def cell(row: Row, column: int) -> str:
    """What stands there; nothing in a row that is too short."""
    return row.cells[column] if column < len(row.cells) else ""


def values(rows: Iterable[Row], columns: Iterable[int]) -> dict[int, list[str]]:
    """All that is said in each of these columns, without what is too long for a date or an amount."""
    said: dict[int, list[str]] = {column: [] for column in columns}
    for row in rows:
        for column, all_of_it in said.items():
            if 0 < len(cell(row, column).strip()) <= TOLD:
                all_of_it.append(cell(row, column))
    return said


def read_dates(
    values: Mapping[int, Sequence[str]], said: Mapping[int, How], shown: dict[int, How]
) -> dict[int, Callable[[str], Moment | None]]:
    """The reader of each column of dates, by what was `said` of it or by its values; into `shown`, how it is read where
    that matters."""
    readers = {}
    for i, cells in values.items():
        first = said[i] is How.DAY_FIRST if i in said else day_first(cells)
        readers[i] = dates(cells, first)
        if i in said or shows_order(cells):
            shown[i] = How.DAY_FIRST if first else How.MONTH_FIRST
    return readers


def read_money(
    values: Mapping[int, Sequence[str]], said: Mapping[int, How], shown: dict[int, How]
) -> dict[int, Callable[[str], int | None]]:
    """The same for columns of money."""
    readers = {}
    for i, cells in values.items():
        readers[i] = amounts(cells, said[i] is How.POINT if i in said else None)
        point = said[i] is How.POINT if i in said else decimal_point(cells)
        if cells:
            shown[i] = How.POINT if point else How.COMMA
    return readers

"""Headers understood by a layout that somebody made: which column is which field, and what rows are given that
leave it blank.

A default stands in a column of its own behind those of the file, so that readers meet it as if the file had it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from crm_tui.connectors.delimited import Row
from crm_tui.connectors.layouts import heading
from crm_tui.connectors.parts import Default
from crm_tui.domain.cell_values import is_empty
from crm_tui.domain.import_map import DateOrder, How, ImportMap, ways
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import ContactKind
from crm_tui.i18n import Text

PHONES: Mapping[str, ContactKind] = {
    "phone": ContactKind.PHONE,
    "mobile": ContactKind.MOBILE,
    "whatsapp": ContactKind.WHATSAPP,
}
EMAIL = "email"
K = TypeVar("K")


def positions(layout: ImportMap, header: Sequence[str]) -> list[int] | None:
    """Where the columns of the layout stand, in its order; None if a heading of it is not there."""
    free = [heading(cell) for cell in header]
    found = []
    for wanted in (heading(column.heading) for column in layout.columns):
        if not wanted or wanted not in free:
            return None
        found.append(free.index(wanted))
        free[found[-1]] = ""
    return found


def placed(layout: ImportMap, header: Sequence[str]) -> dict[str, list[int]] | None:
    """The columns of each field, those of the defaults behind; None if a heading of the layout is not there."""
    there = positions(layout, header)
    if there is None:
        return None
    found: dict[str, list[int]] = {}
    for column, at in zip(layout.columns, there, strict=True):
        if column.field:
            found.setdefault(column.field, []).append(at)
    for n, (field, _) in enumerate(layout.defaults):
        found.setdefault(field, []).append(len(header) + n)
    return found


def defaults(layout: ImportMap, found: Mapping[str, Sequence[int]], width: int) -> tuple[Default, ...]:
    """What rows are given by the layout, in its order; `found` is what `placed` found in a header of this width."""
    return tuple(
        Default(value, tuple(at for at in found[field] if at < width)) for field, value in layout.defaults
    )


def said(layout: ImportMap, header: Sequence[str]) -> dict[int, How]:
    """How columns are read where somebody said it: of each for itself, or of all dates at once."""
    found = {}
    all_dates = {DateOrder.DAY_FIRST: How.DAY_FIRST, DateOrder.MONTH_FIRST: How.MONTH_FIRST}.get(layout.dates)
    for column, at in zip(layout.columns, positions(layout, header) or (), strict=False):
        if column.how:
            found[at] = How(column.how)
        elif all_dates in ways(layout.kind, column.field):
            found[at] = all_dates
    return found


def recogniser(
    maps: Sequence[ImportMap],
    of_map: Callable[[ImportMap, Mapping[str, Sequence[int]], Sequence[str]], K],
    own: Callable[[Sequence[str]], K | None],
    *,
    only: bool = False,
) -> Callable[[Sequence[str]], K | None]:
    """Who understands headers: the first of these layouts that fits, read by `of_map`, else, but for `only`, what we
    know ourselves."""

    def understood(header: Sequence[str]) -> K | None:
        for layout in maps:
            found = placed(layout, header)
            if found is not None:
                return of_map(layout, found, header)
        return None if only else own(header)

    return understood


def given(row: Row, width: int, defaults: Sequence[Default]) -> Row:
    """The row with the defaults that it needs in their columns, behind as many cells as the header has."""
    if not defaults or row.fault:
        return row
    own = [*row.cells[:width], *[""] * (width - len(row.cells))]
    wanted = ("" if any(not is_empty(own[at]) for at in each.blank) else each.value for each in defaults)
    return Row(row.line, (*own, *wanted, *row.cells[width:]), row.fault)


def lacking(layout: ImportMap, header: Sequence[str]) -> list[str]:
    """Which headings of a layout a header has not."""
    there = Counter(map(heading, header))
    left = []
    for column in layout.columns:
        there[heading(column.heading)] -= 1
        if there[heading(column.heading)] < 0:
            left.append(column.heading)
    return left


def missing(layout: ImportMap, header: Sequence[str]) -> Refusal:
    """The same as a refusal."""
    left = lacking(layout, header)
    return Refusal(
        Text(
            "The layout {layout} does not fit this file, which has no column {columns}.",
            {"layout": layout.name, "columns": ", ".join(left[:12])},
        ),
        RefusedBy.INPUT,
    )

"""Headers understood by a layout that somebody made: which column is which field, and what rows are given besides.

A default stands in a column of its own behind those of the file, so that readers meet it as if the file had it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from crm_tui.connectors.delimited import Row
from crm_tui.connectors.layouts import heading
from crm_tui.domain.import_map import ImportMap
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


def placed(layout: ImportMap, header: Sequence[str]) -> dict[str, list[int]] | None:
    """The columns of each field, those of the defaults behind; None if a heading of the layout is not there."""
    free = [heading(cell) for cell in header]
    found: dict[str, list[int]] = {}
    for name, field in layout.columns:
        wanted = heading(name)
        if not wanted or wanted not in free:
            return None
        column = free.index(wanted)
        free[column] = ""
        if field:
            found.setdefault(field, []).append(column)
    for n, (field, _) in enumerate(layout.defaults):
        found.setdefault(field, []).append(len(header) + n)
    return found


def recogniser(
    maps: Sequence[ImportMap],
    of_map: Callable[[ImportMap, Mapping[str, Sequence[int]]], K],
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
                return of_map(layout, found)
        return None if only else own(header)

    return understood


def given(row: Row, width: int, defaults: Sequence[str]) -> Row:
    """The row with the defaults in their columns, behind as many cells as the header has."""
    if not defaults or row.fault:
        return row
    own = [*row.cells[:width], *[""] * (width - len(row.cells))]
    return Row(row.line, (*own, *defaults, *row.cells[width:]), row.fault)


def missing(layout: ImportMap, header: Sequence[str]) -> Refusal:
    """Which headings of a layout a file has not."""
    there = Counter(map(heading, header))
    left = []
    for name, _ in layout.columns:
        there[heading(name)] -= 1
        if there[heading(name)] < 0:
            left.append(name)
    return Refusal(
        Text(
            "The layout {layout} does not fit this file, which has no column {columns}.",
            {"layout": layout.name, "columns": ", ".join(left[:12])},
        ),
        RefusedBy.INPUT,
    )

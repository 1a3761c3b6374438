"""A board as it is arranged: by other columns than its stages, or in another order than by hand. (K38, K39)

`views.heads` and `views.column` read the board as it stands by default, a page at a time; here one pass gives all
columns, and their cards are read by id (`views.cards`). Names that the program itself gives are left empty.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from crm_tui.domain.arrangement import NOTHING, STATES, Arrangement, Column, Grouped, Grouping
from crm_tui.domain.board import StageCategory, StageHead
from crm_tui.domain.due import DueFacts, DueState, due_state
from crm_tui.services.board import views
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import reach, wall
from crm_tui.store.queries import board as queries
from crm_tui.store.values import as_date, as_instant

Row = tuple[Any, ...]
_ID, _CENTS, _CHANCE, _COLUMN = range(4)
"""Where a row has a card's id, its cents, its chance in hundredths, and by what its column is told: plain tuples, since
a call for each card took a third of the time (4,510 cards by owner: 17 ms, 11 so)."""


@view("card.read")
def page_size(reading: Reading, board_id: int) -> int:
    """How many cards a column of this board begins with. (K39)"""
    row = reading.connection.execute(queries.PAGE_SIZE, {"board_id": board_id}).fetchone()
    return int(row[0]) if row else views.PAGE


@view("card.read")
def arranged(
    reading: Reading, board_id: int, arrangement: Arrangement, only: Collection[int] | None = None
) -> Grouped:
    """Every column with the ids of its cards in order, and what the board comes to: its open cards, or `only` these,
    whatever their status. A column that may be moved to stands there though it is empty."""
    chosen, params = only is not None, {"board_id": board_id, **reach(reading.viewer, "card.read")}
    text = queries.arranged(
        arrangement.group, arrangement.by, descending=arrangement.descending, chosen=chosen
    )
    if only is not None:
        params["ids"] = json.dumps([*only])
    rows = reading.connection.execute(text, params).fetchall()
    column_of = _state_of(reading) if arrangement.group is Grouping.DUE else itemgetter(_COLUMN)
    columns: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        columns[column_of(row)].append(row)
    heads = _heads(reading, board_id, arrangement.group, columns)
    found = tuple(_column(head, columns.get(head.id, ())) for head in heads)
    once = {row[_ID]: row for row in rows}.values() if arrangement.group is Grouping.LABEL else rows
    return Grouped(found, len(once), *_sums(once))


def _column(head: StageHead, rows: Sequence[Row]) -> Column:
    cents, weighted = _sums(rows)
    counted = replace(head, count=len(rows), value_cents=cents, weighted_cents=weighted)
    return Column(counted, array("q", [row[_ID] for row in rows]))


def _sums(rows: Collection[Row]) -> tuple[int, int]:
    """Cents, and cents times chance."""
    return sum(row[_CENTS] for row in rows), sum(row[_CENTS] * row[_CHANCE] for row in rows) // 100


def _state_of(reading: Reading) -> Callable[..., int]:
    """The column of a card by what its due state is told from; many cards share a day."""
    known: dict[tuple[str | int | None, ...], int] = {}
    now, zone = reading.now, reading.viewer.zone

    def told(row: Row) -> int:
        asked = row[_COLUMN:]
        found = known.get(asked)
        if found is None:
            due, start, internal, is_open = asked
            facts = DueFacts(not is_open, as_date(due), as_instant(start), as_date(internal))
            found = known[asked] = STATES.index(due_state(facts, now, zone))
        return found

    return told


def _heads(reading: Reading, board_id: int, group: Grouping, columns: Iterable[int]) -> Iterable[StageHead]:
    """The columns from left to right, nothing counted yet; those without an owner or label come last."""
    named: list[tuple[int, str]]
    match group:
        case Grouping.STAGE:
            return views.heads(reading, board_id)
        case Grouping.DUE:
            held = {*columns}
            named = [(n, "") for n, each in enumerate(STATES) if each is not DueState.CLOSED or n in held]
        case Grouping.OWNER:
            named = [*_named(reading, queries.OWNERS, ids=columns), (NOTHING, "")]
        case Grouping.LABEL:
            asked = {"board_id": board_id, **wall(reading.viewer)}
            named = [*_named(reading, queries.LABELS, ids=columns, **asked), (NOTHING, "")]
    return [StageHead(i, name, StageCategory.OPEN, at, 0, 0, 0, None) for at, (i, name) in enumerate(named)]


def _named(reading: Reading, text: str, *, ids: Iterable[int], **params: Any) -> list[tuple[int, str]]:
    return reading.connection.execute(text, {"ids": json.dumps([*ids]), **params}).fetchall()

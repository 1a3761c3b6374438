"""The heads of the queue: one index range an owner and state, narrowed by a filter, in the list's order.

A head is a row's key, dates and cents; the rows themselves are read by page. Used by this module's views alone.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_tui.domain.board import is_closed
from crm_tui.domain.due import DueFacts, DueState, due_state
from crm_tui.domain.filter_tree import Filter, Place, Sort, named
from crm_tui.domain.followup import Order, Sorting
from crm_tui.domain.text import fold
from crm_tui.services.core.moments import moment
from crm_tui.services.core.reading import Reading
from crm_tui.services.core.scope import sight, wall
from crm_tui.store.queries import followup as queries
from crm_tui.store.values import as_date, as_instant

Head = tuple[int, str | None, str | None, int]
"""key, due date, start instant, cents."""
BY_DATE = Sorting()
Owners = Sequence[int | None]
"""Owners by id; None is nobody."""
ARMS_AT_MOST = 60
OF_FIELDS = frozenset((Order.OWNER, Order.BOARD, Order.NUMBER))
"""The columns that stand as `ordem:` of the same field: those without a value last either way."""


def by_due(head: Head) -> tuple[str, str, int]:
    return (head[1] or "", head[2] or "", abs(head[0]))


@dataclass(frozen=True, slots=True)
class Also:
    """A filter's conditions on the two kinds of rows, with their parameters; whether it reaches out of the list."""

    cards: str = "1"
    steps: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    step_params: Mapping[str, Any] = field(default_factory=dict)
    closed: bool = False
    archived: bool = False


def names_owners(found: Filter | None) -> bool:
    """Whether a filter says whose rows it means, so that the list is not one's own alone."""
    return found is not None and bool(named(found.where) & {"owner", "member", "team"})


def also_of(reading: Reading, found: Filter | None, *, closed: bool) -> Also:
    if found is None:
        return Also(closed=closed)
    from crm_tui.services.core import (
        narrow,  # the whole language of filters: not on the way to the first paint
    )
    from crm_tui.store.filters import CARDS, STEPS

    where = narrow.asked(found, Place.TODAY, closed=closed)
    cards, steps = (narrow.narrowed(reading, where, rows) for rows in (CARDS, STEPS))
    return Also(
        cards.sql,
        steps.sql,
        cards.params | sight(reading.viewer),
        steps.params | sight(reading.viewer),
        narrow.wants_closed(where),
        narrow.wants_archived(where),
    )


def arm(reading: Reading, condition: str, owners: Owners | None, also: Also | None = None) -> Iterator[Head]:
    """The heads of one state in order: one index range per owner, merged."""
    one, also = owners is not None, also or Also()
    day = moment(reading)
    texts = [(queries.card_arm(condition, one=one, also=also.cards), day | dict(also.params))]
    if condition != queries.ARMS[-1][1]:  # a step has a date
        step = queries.step_arm(condition, one=one, also=also.steps)
        texts.append((step, day | dict(also.step_params)))
    return _merged(reading, texts, owners, by_due)


def closed_heads(reading: Reading, owners: Owners | None, also: Also) -> Iterator[Head]:
    """The closed ones, the latest first."""
    text = queries.closed_arm(one=owners is not None, also=also.cards)
    return _merged(reading, [(text, dict(also.params))], owners, by_closing, reverse=True)


def archived_heads(reading: Reading, owners: Owners | None, also: Also) -> dict[DueState, list[Head]]:
    """The archived ones by their state."""
    text = queries.archived_arm(one=owners is not None, also=also.cards)
    found: dict[DueState, list[Head]] = {}
    for *head, status, internal in _merged(reading, [(text, dict(also.params))], owners, _by_id):
        facts = DueFacts(is_closed(status), as_date(head[1]), as_instant(head[2]), as_date(internal))
        found.setdefault(due_state(facts, reading.now, reading.viewer.zone), []).append(tuple(head))
    return found


def _by_id(head: tuple[Any, ...]) -> int:
    return int(head[0])


def by_closing(head: Head) -> tuple[str, int]:
    return (head[1] or "", head[0])


def _merged(
    reading: Reading,
    texts: Sequence[tuple[str, dict[str, Any]]],
    owners: Owners | None,
    order: Callable[[Any], Any],
    *,
    reverse: bool = False,
) -> Iterator[Any]:
    run = reading.connection.execute
    mine = wall(reading.viewer)
    each = [sight(reading.viewer)] if owners is None else [{"owner_id": owner, **mine} for owner in owners]
    found = (list(run(text, params | whose)) for whose in each for text, params in texts)
    filled = [heads for heads in found if heads]
    return iter(filled[0]) if len(filled) == 1 else heapq.merge(*filled, key=order, reverse=reverse)


def owners_of(reading: Reading, owner_id: int | None) -> Owners | None:
    """Whose rows: one's own, one owner's, or (0) everybody's that the viewer reaches, nobody's among them.

    None means: all within reach by one text instead of an arm each (everything, or more than 60 owners).
    """
    reached = reading.viewer.owners("card.read")
    if owner_id is None:
        owner_id = reading.viewer.user_id
    if owner_id != 0:
        return [owner_id] if reached is None or owner_id in reached else []
    if reached is None or len(reached) > ARMS_AT_MOST:
        return None
    return [*sorted(reached), *([None] if reading.viewer.may("card.read", None) else [])]


def ordered(reading: Reading, heads: list[Head], sorting: Sorting, found: Filter | None) -> list[Head]:
    """The heads as the filter's order says, those without a value last; else as the list stands."""
    sort = found.sort if found is not None else None
    if sort is None and sorting.order not in OF_FIELDS:
        return by_column(reading, heads, sorting)
    sort = sort or Sort(sorting.order.value, sorting.reverse)
    if sort.field == "due_on":
        return heads[::-1] if sort.descending else heads
    from crm_tui.services.core.narrow import in_order
    from crm_tui.store.filters import CARDS, STEPS
    from crm_tui.store.filters.sorting import value

    values: dict[int, Any] = {}
    for name, rows, ids in (
        ("cards", CARDS, [head[0] for head in heads if head[0] > 0]),
        ("steps", STEPS, [-head[0] for head in heads if head[0] < 0]),
    ):
        table, row_id = queries.SORTED_ROWS[name]
        by = value(rows, sort.field) or "NULL"
        sql = queries.SORTED_BY.format(key=rows.key, sort=by, rows=table, id=row_id)
        values |= dict(reading.connection.execute(sql, {"ids": json.dumps(ids)}).fetchall())
    return in_order(heads, lambda head: values.get(head[0]), sort)


def by_column(reading: Reading, heads: list[Head], sorting: Sorting) -> list[Head]:
    """The heads by a column; within the same value they keep the order of their dates."""
    match sorting.order:
        case Order.WHEN:
            return heads[::-1] if sorting.reverse else heads
        case Order.VALUE:
            return sorted(heads, key=lambda head: head[3], reverse=not sorting.reverse)
    values: dict[int, tuple[str, str, int]] = {}
    for sql, ids in (
        (queries.CARDS_SORTED_BY, [head[0] for head in heads if head[0] > 0]),
        (queries.STEPS_SORTED_BY, [-head[0] for head in heads if head[0] < 0]),
    ):
        for key, *value in reading.connection.execute(sql, {"ids": json.dumps(ids)}):
            values[key] = (fold(value[0]), fold(value[1]), value[2])
    at = (Order.WHO, Order.WHAT, Order.STAGE).index(sorting.order)
    there = (head for head in heads if head[0] in values)  # another program may have undone it since
    return sorted(there, key=lambda head: values[head[0]][at], reverse=sorting.reverse)

"""What may be read for a file: whole rows in pages, each its own short reading. Sight is asked of every row, and beside
it the permission to export at all.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from crm_tui.domain.access import Scope, Viewer
from crm_tui.domain.export import (
    COLUMNS,
    FILTERED,
    KEY,
    OWN,
    Asked,
    Cell,
    Column,
    Page,
    What,
    own_cell,
    own_column,
)
from crm_tui.domain.form import QuestionType
from crm_tui.domain.trail import Entry
from crm_tui.services.core import narrow
from crm_tui.services.core.reading import Denied, Reading, view
from crm_tui.services.core.scope import sight
from crm_tui.store.filters import CARDS, PEOPLE, Condition
from crm_tui.store.filters.sorting import value
from crm_tui.store.queries import export as queries
from crm_tui.store.queries import followup, form, trail
from crm_tui.store.values import as_date, as_instant

PAGE = 1_000
"""Rows read at once: a reading of them lasts some tens of milliseconds."""
_ROWS = {What.PEOPLE: PEOPLE, What.CARDS: CARDS}
_SCOPES = list(Scope)
"""From the narrowest to the widest."""
_NEWEST = 2**62


@view(KEY)
def may_export(_: Reading) -> bool:
    """Whether the viewer may export at all: asked before anybody names a file."""
    return True


@view(KEY)
def page(reading: Reading, asked: Asked, after: int = 0, most: int = PAGE) -> Page:
    """The rows behind the record of the id `after`, in the order in which they were made."""
    if asked.what is What.EVENTS:
        return _events(reading, asked, after, most)
    also = _also(reading, asked)
    days = {"by": asked.by, "since": _text(asked.since), "until": _text(asked.until)}
    days |= {"on_card": asked.card, "on_party": asked.party}
    params = also.params | sight(reaching(reading.viewer)) | days | {"after": after, "most": most}
    rows = reading.connection.execute(
        queries.page(asked.what, also.sql, newest=asked.newest), params
    ).fetchall()
    return Page(_rows(reading, asked.what, rows, asked.own), rows[-1][0] if len(rows) == most else None)


@view(KEY)
def own(reading: Reading) -> list[Column]:
    """The columns of people's fields of one's own: each key once, as the first form asks it. (M48)"""
    first: dict[str, Column] = {}
    for key, label, kind in reading.connection.execute(form.OWN_OF_PEOPLE).fetchall():
        first.setdefault(key, own_column(key, label, QuestionType(kind)))
    return list(first.values())


def _rows(
    reading: Reading, what: What, rows: Sequence[Sequence[Any]], asked: Sequence[str]
) -> list[tuple[Any, ...]]:
    """Rows with the fields of one's own that are asked for behind them."""
    if not asked or what is not What.PEOPLE:
        return [_row(what, row) for row in rows]
    columns = {column.key.removeprefix(OWN): column.cell for column in own(reading)}
    keys = [key.removeprefix(OWN) for key in asked]
    params = {"ids": json.dumps([row[0] for row in rows]), "keys": json.dumps(keys)}
    params |= sight(reaching(reading.viewer))
    told: dict[int, dict[str, Any]] = {}
    for party, key, text, _ in reading.connection.execute(form.OWN_VALUES, params):
        told.setdefault(party, {})[key] = own_cell(columns.get(key, Cell.TEXT), json.loads(text))
    return [(*_row(what, row), *(told.get(row[0], {}).get(key) for key in keys)) for row in rows]


@view(KEY)
def ordered(reading: Reading, asked: Asked) -> array[int]:
    """The ids of all that is meant, in the order that the filter says."""
    sort = asked.found.sort if asked.found is not None else None
    also = _also(reading, asked)
    by = (value(_ROWS[asked.what], sort.field) if sort is not None else None) or "NULL"
    params = also.params | sight(reaching(reading.viewer))
    rows = reading.connection.execute(queries.ids(asked.what, by, also.sql), params).fetchall()
    if sort is not None:
        rows = narrow.in_order(rows, lambda row: row[1], sort)
    return array("q", (row[0] for row in rows))


@view(KEY)
def of_ids(
    reading: Reading, what: What, ids: Sequence[int], own: Sequence[str] = ()
) -> list[tuple[Any, ...]]:
    """The rows of these records in this order, without those that are gone or out of reach. Of Hoje and of a
    board's list by the keys of their rows: cards, or steps by their id below nought."""
    if what in (What.TODAY, What.BOARD):
        return _of_queue(reading, ids)
    params: dict[str, Any] = {"ids": json.dumps(list(ids)), "by": None, "since": None, "until": None}
    params |= {"on_card": None, "on_party": None}
    rows = reading.connection.execute(
        queries.chosen(what), params | sight(reaching(reading.viewer))
    ).fetchall()
    known = {row[0]: row for row in rows}
    return _rows(reading, what, [known[each] for each in ids if each in known], own)


def reaching(viewer: Viewer) -> Viewer:
    """The viewer as far as they may export: what one sees of others may well be more."""
    if viewer.is_admin:
        return viewer
    grants = {
        key: min(viewer.scope(key), viewer.scope(KEY), key=_SCOPES.index)
        for key in ("card.read", "party.read")
    }
    return replace(viewer, grants={**viewer.grants, **grants})


def _of_queue(reading: Reading, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    seen, today = sight(reaching(reading.viewer)), reading.today
    known: dict[int, tuple[Any, ...]] = {}
    for sql, ids in (
        (followup.ROWS_OF_CARDS, [key for key in keys if key > 0]),
        (followup.ROWS_OF_STEPS, [-key for key in keys if key < 0]),
    ):
        params = {"ids": json.dumps(ids), **seen}
        for row in followup.rows(reading.connection, sql, params, reading.local, today) if ids else ():
            known[row.key] = (
                *(row.number, row.due_on, row.start_at, row.party, row.title, row.subject, row.board),
                *(row.stage, row.status, row.owner, row.value_cents),
            )
    return [known[key] for key in keys if key in known]


def every(
    read: Callable[..., Any], asked: Asked, ids: Sequence[int] | None = None
) -> Iterator[tuple[Any, ...]]:
    """All that is meant, page after page (`read` is `Crm.read`): of a list its rows in its order (`ids`), else in the
    filter's order, else as they were made."""
    if ids is None and asked.found is not None and asked.found.sort is not None:
        ids = read(ordered, asked)
    if ids is not None:
        for first in range(0, len(ids), PAGE):
            yield from read(of_ids, asked.what, ids[first : first + PAGE], asked.own)
        return
    after: int | None = _NEWEST if asked.newest or asked.what is What.EVENTS else 0
    while after is not None:
        found = read(page, asked, after)
        yield from found.rows
        after = found.after


def picked(
    rows: Iterator[tuple[Any, ...]], asked: Asked, columns: Sequence[Column]
) -> Iterator[tuple[Any, ...]]:
    """The same rows with these columns alone, in their order."""
    keys = [*(column.key for column in COLUMNS[asked.what]), *asked.own]
    at = [keys.index(column.key) for column in columns]
    if at == [*range(len(keys))]:
        return rows
    return (tuple(row[place] for place in at) for row in rows)


def _also(reading: Reading, asked: Asked) -> Condition:
    rows = _ROWS.get(asked.what)
    if asked.found is None or rows is None:
        return Condition("1", {})
    return narrow.narrowed(reading, narrow.asked(asked.found, FILTERED[asked.what]), rows)


def _text(day: Any) -> str | None:
    return None if day is None else day.isoformat()


def _several(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text or "[]"))


_READ: dict[Cell, Callable[[Any], Any]] = {
    Cell.DAY: as_date,
    Cell.MOMENT: as_instant,
    Cell.FLAG: bool,
    Cell.MANY: _several,
    Cell.PHONES: _several,
}


def _row(what: What, row: Sequence[Any]) -> tuple[Any, ...]:
    """The values without the id, as Python knows them."""
    return tuple(
        _READ[column.cell](each) if column.cell in _READ else each
        for column, each in zip(COLUMNS[what], row[1:], strict=True)
    )


# --- the trail ----------------------------------------------------------------------------------------


def _events(reading: Reading, asked: Asked, before: int, most: int) -> Page:
    """The newest first, as the trail is read; the sentence is made where it is written, so `what` is the entry."""
    if reading.viewer.scope("trail.read") is Scope.NONE:
        raise Denied("trail.read")
    params = {"before": before, "most": most, **sight(reaching(reading.viewer))}
    entries = trail.entries(reading.connection, trail.ALL, params)
    after = entries[-1].id if len(entries) == most else None
    if asked.since is not None and entries and entries[-1].at < _begins(reading, asked.since):
        after = None
    by = None
    if asked.by is not None:
        by = reading.connection.execute(queries.LOGIN_OF, {"user": asked.by}).fetchone()[0]
    meant = [entry for entry in entries if by in (None, entry.actor) and _meant(reading, asked, entry)]
    numbers, names = (
        dict(reading.connection.execute(sql, {"ids": json.dumps(sorted(ids))}).fetchall())
        for sql, ids in (
            (queries.NUMBERS_OF_CARDS, {entry.card_id for entry in meant if entry.card_id}),
            (queries.PEOPLE_BY_ID, {entry.party_id for entry in meant if entry.party_id}),
        )
    )
    rows = [
        (
            *(entry.id, entry.at, entry.actor, entry, entry.kind, entry.entity, entry.entity_id),
            *(numbers.get(entry.card_id), names.get(entry.party_id), entry.reason, entry.body, entry.batch),
        )
        for entry in meant
    ]
    return Page(rows, after)


def _begins(reading: Reading, day: Any) -> datetime:
    return datetime.combine(day, time(), reading.viewer.zone)


def _meant(reading: Reading, asked: Asked, entry: Entry) -> bool:
    if asked.since is not None and entry.at < _begins(reading, asked.since):
        return False
    if asked.card not in (None, entry.card_id) or asked.party not in (None, entry.party_id):
        return False
    return asked.until is None or entry.at < _begins(reading, asked.until + timedelta(days=1))

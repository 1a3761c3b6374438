"""Everything that is derived from other rows, compared with what it should be, and rebuilt.

The SQL twin of `services.core.next_step`, of the row writer's search keys and of the counters' triggers: a test
holds them together. Rebuilding leaves no event: nothing that anybody decided changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from crm_tui.store.rows import Rows
from crm_tui.store.search import SEARCH
from crm_tui.store.shapes import table_named
from crm_tui.store.tables import Activity, Card

Differing = Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Check:
    """`differing` finds what is not as it should be, `rebuild` puts exactly that right, inside a transaction."""

    name: str
    differing: Callable[[sqlite3.Connection], Differing]
    rebuild: Callable[[sqlite3.Connection, Differing], None]


def _dicts(connection: sqlite3.Connection, sql: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def _keys(table: str, connection: sqlite3.Connection) -> Differing:
    """(id, column, what it should hold) of folded and digit columns."""
    known = SEARCH[table]
    return [
        (row["id"], column, should)
        for row in _dicts(connection, f'SELECT * FROM "{table}"')
        for column, (_, make) in known.keys.items()
        if row[column] != (should := make(row))
    ]


def _set_keys(table: str, connection: sqlite3.Connection, wrong: Differing) -> None:
    rows, model = Rows(connection), table_named(table)
    for row_id, column, should in wrong:
        rows.update(model, row_id, **{column: should})


def _words(table: str, connection: sqlite3.Connection) -> Differing:
    """(id, the words it should be found by; None: it should not be there) of full-text rows."""
    known = SEARCH[table]
    assert known.words is not None
    sql = f'SELECT t.*, f.words AS found_words FROM "{table}" t LEFT JOIN {known.fts} f ON f.rowid = t.id'
    wrong: list[tuple[Any, ...]] = []
    for row in _dicts(connection, sql):
        should = known.words(row)
        if row["found_words"] != should:
            wrong.append((row["id"], should))
    orphans = f'SELECT rowid FROM {known.fts} WHERE rowid NOT IN (SELECT id FROM "{table}")'
    return wrong + [(row_id, None) for (row_id,) in connection.execute(orphans)]


def _set_words(table: str, connection: sqlite3.Connection, wrong: Differing) -> None:
    fts = SEARCH[table].fts
    connection.executemany(f"DELETE FROM {fts} WHERE rowid = ?", [(row_id,) for row_id, _ in wrong])
    connection.executemany(
        f"INSERT INTO {fts} (rowid, words) VALUES (?, ?)", [each for each in wrong if each[1] is not None]
    )


_NEXT = """
WITH first AS (
  SELECT card_id, id, due_on, start_at, internal_on,
         row_number() OVER (PARTITION BY card_id ORDER BY due_on, start_at IS NULL, start_at, id) AS place
  FROM activity WHERE card_id IS NOT NULL AND state = 'planned' AND deleted_at IS NULL
)
SELECT c.id, f.id, f.due_on, f.start_at, f.internal_on FROM card c
LEFT JOIN first f ON f.card_id = c.id AND f.place = 1
WHERE c.next_activity_id IS NOT f.id OR c.next_due_on IS NOT f.due_on
   OR c.next_start_at IS NOT f.start_at OR c.next_internal_on IS NOT f.internal_on
"""
_FIRST_OF_ITS_SERIES = """(a.series_id IS NULL OR NOT EXISTS (SELECT 1 FROM activity e
WHERE e.series_id = a.series_id AND e.occurrence_on < a.occurrence_on AND e.assignee_id = a.assignee_id
AND e.state = 'planned' AND e.deleted_at IS NULL))"""
ON_ITS_OWN = f"""((c.id IS NULL OR c.owner_id IS NOT a.assignee_id OR c.status NOT IN ('open','paused'))
AND {_FIRST_OF_ITS_SERIES})"""
"""Whether a step `a` of a card `c` (or of none) stands in its assignee's list by itself: no open card of theirs shows
it; of what comes again and again the first one alone, or a year of meetings would fill the list."""
_ALONE = f"""
SELECT a.id, {ON_ITS_OWN} FROM activity a
LEFT JOIN card c ON c.id = a.card_id
WHERE a.state = 'planned' AND a.deleted_at IS NULL
AND a.stands_alone <> {ON_ITS_OWN}
"""
_STATS = """
WITH should AS (
  SELECT stage_id, coalesce(owner_id, 0) AS owner_id, status, count(*) AS n,
         sum(value_one_off + value_recurring) AS total
  FROM card WHERE archived_at IS NULL AND deleted_at IS NULL GROUP BY 1, 2, 3
)
SELECT stage_id, owner_id, status, n, total FROM should
EXCEPT SELECT stage_id, owner_id, status, n, total FROM stage_stat
UNION ALL
SELECT t.stage_id, t.owner_id, t.status, 0, 0 FROM stage_stat t
WHERE (t.n <> 0 OR t.total <> 0) AND NOT EXISTS (
  SELECT 1 FROM should s WHERE s.stage_id = t.stage_id AND s.owner_id = t.owner_id AND s.status = t.status)
"""
_SET_STAT = """
INSERT INTO stage_stat (stage_id, owner_id, status, n, total) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (stage_id, owner_id, status) DO UPDATE SET n = excluded.n, total = excluded.total
"""
_PART = """
  SELECT assignee_id AS user_id, '' AS response, a.* FROM activity a
  UNION ALL
  SELECT t.user_id, t.response, a.* FROM activity_attendee t JOIN activity a ON a.id = t.activity_id
  WHERE t.user_id IS NOT NULL AND t.user_id <> a.assignee_id
"""
_TAKES = """(busy AND deleted_at IS NULL AND state IN ('planned', 'done') AND response <> 'declined'
AND NOT EXISTS (SELECT 1 FROM card c WHERE c.id = card_id AND c.deleted_at IS NOT NULL))"""
_SLOTS = f"""
WITH should AS (
  SELECT user_id, start_at, id AS activity_id,
    coalesce(end_at, strftime('%Y-%m-%dT%H:%M:%fZ', start_at, '+30 minutes')) AS end_at, {_TAKES} AS busy
  FROM ({_PART}) WHERE start_at IS NOT NULL AND NOT all_day
)
SELECT 'set', * FROM (SELECT * FROM should EXCEPT
  SELECT user_id, start_at, activity_id, end_at, busy FROM agenda_slot)
UNION ALL
SELECT 'drop', user_id, start_at, activity_id, end_at, busy FROM agenda_slot s WHERE NOT EXISTS (
  SELECT 1 FROM should h WHERE h.user_id = s.user_id AND h.start_at = s.start_at AND h.activity_id = s.activity_id)
"""
_DAYS = f"""
WITH should AS (
  SELECT user_id, due_on, id AS activity_id, coalesce(last_on, due_on) AS last_on, {_TAKES} AS busy
  FROM ({_PART}) WHERE all_day
)
SELECT 'set', * FROM (SELECT * FROM should EXCEPT
  SELECT user_id, due_on, activity_id, last_on, busy FROM agenda_day)
UNION ALL
SELECT 'drop', user_id, due_on, activity_id, last_on, busy FROM agenda_day s WHERE NOT EXISTS (
  SELECT 1 FROM should h WHERE h.user_id = s.user_id AND h.due_on = s.due_on AND h.activity_id = s.activity_id)
"""


def _set_parts(table: str, connection: sqlite3.Connection, wrong: Differing) -> None:
    """Put right whose time which activity takes: what differs is written anew, what belongs to nothing goes."""
    begin = "start_at" if table == "agenda_slot" else "due_on"
    keys = [each[1:4] for each in wrong]
    connection.executemany(f"DELETE FROM {table} WHERE user_id = ? AND {begin} = ? AND activity_id = ?", keys)
    missing = [each[1:] for each in wrong if each[0] == "set"]
    connection.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?)", missing)


def _query(sql: str, connection: sqlite3.Connection) -> Differing:
    return connection.execute(sql).fetchall()


def _set_next(connection: sqlite3.Connection, wrong: Differing) -> None:
    rows = Rows(connection)
    names = ("next_activity_id", "next_due_on", "next_start_at", "next_internal_on")
    for card_id, *values in wrong:
        rows.update(Card, card_id, **dict(zip(names, values, strict=True)))


def _set_alone(connection: sqlite3.Connection, wrong: Differing) -> None:
    rows = Rows(connection)
    for activity_id, alone in wrong:
        rows.update(Activity, activity_id, stands_alone=bool(alone))


def _set_stats(connection: sqlite3.Connection, wrong: Differing) -> None:
    connection.executemany(_SET_STAT, wrong)


CHECKS: tuple[Check, ...] = (
    *(
        Check(f"keys_of_{table}", partial(_keys, table), partial(_set_keys, table))
        for table, known in SEARCH.items()
        if known.keys
    ),
    *(
        Check(f"search_of_{table}", partial(_words, table), partial(_set_words, table))
        for table, known in SEARCH.items()
        if known.fts
    ),
    Check("next_steps", partial(_query, _NEXT), _set_next),
    Check("rows_that_stand_alone", partial(_query, _ALONE), _set_alone),
    Check("agenda_slots", partial(_query, _SLOTS), partial(_set_parts, "agenda_slot")),
    Check("agenda_days", partial(_query, _DAYS), partial(_set_parts, "agenda_day")),
    Check("counters_of_stages", partial(_query, _STATS), _set_stats),
)

"""The demonstration's rows on their way into the file: in chunks, with one chain of events in the order of time.

Rows have the row writer's own shape: its defaults, keys and search rows (a test compares); the images are made by
who tells the story, because a row is written once, as it stands at the end. Events wait in a temporary
table until all are told: the chain wants them in the order of time, and a million of them fit in no memory.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crm_tui.domain.happened import Happened
from crm_tui.domain.text import sanitise
from crm_tui.store import trail
from crm_tui.store.rows import Image, Row, Rows
from crm_tui.store.shapes import Table, shape
from crm_tui.store.values import instant, to_column

CHUNK = 2_000
"""Rows of a table that are sent together: 2,000 cards with all their columns are 4 MB."""
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_SPOOL = "CREATE TEMP TABLE demo_spool (at TEXT NOT NULL, seq INTEGER NOT NULL, told BLOB NOT NULL)"
_LAST_TOUCH = """
UPDATE card SET last_touch_event_id = (SELECT max(e.id) FROM event e WHERE e.card_id = card.id)
WHERE last_touch_event_id IS NULL
"""


def _column(value: Any) -> Any:
    """`to_column`, the commonest kinds first: it is asked a million times."""
    kind = type(value)
    if kind is str:
        return sanitise(value)
    if value is None or kind is int:
        return value
    return to_column(value)


@dataclass(frozen=True, slots=True)
class Batch:
    """One action of somebody: all its events bear one name, one instant and one actor.

    `stamp` is the instant as columns hold it: made once, because an action writes it eight times.
    """

    name: str
    at: datetime
    stamp: str
    actor_id: int | None


class Book:
    """Takes rows and events, gives ids at once, and writes everything by `finish`."""

    def __init__(self, connection: sqlite3.Connection, seed: int) -> None:
        self.connection = connection
        self.written = 0
        self._rows = Rows(connection)
        self._blanks: dict[Table, Row] = {}
        self._next: dict[Table, int] = {}
        self._waiting: dict[Table, list[Row]] = {}
        self._told: list[tuple[str, int, bytes]] = []
        self._seq = 0
        self._batches = (seed + 1) << 40
        self._ranks: dict[int, int] = {}
        connection.execute(_SPOOL)

    def blank(self, model: Table, **values: Any) -> Row:
        """A whole row with its id, as the row writer would have it; not yet kept."""
        known = shape(model)
        row: Row = dict(self._empty(model))
        for name, value in values.items():
            row[name] = _column(value)
        if row["id"] is None:
            row["id"] = self.take_id(model)
        for column, (_, make) in known.search.keys.items():
            row[column] = make(row)
        return row

    def _empty(self, model: Table) -> Row:
        found = self._blanks.get(model)
        if found is None:
            known = shape(model)
            found = self._blanks[model] = {c: known.defaults.get(c) for c in known.columns}
        return found

    def take_id(self, model: Table) -> int:
        """The next id of a table."""
        found = self._next.get(model) or self._rows.next_id(model)
        self._next[model] = found + 1
        return found

    def keep(self, model: Table, row: Row) -> None:
        """Put a finished row among those to be written."""
        waiting = self._waiting.setdefault(model, [])
        waiting.append(row)
        if len(waiting) >= CHUNK:
            self._send(model, waiting)

    def rank(self, stage_id: int) -> str:
        """The next place at the end of a stage: short, before any that the board gives later."""
        number = self._ranks[stage_id] = self._ranks.get(stage_id, 0) + 1
        digits = ""
        for _ in range(5):
            number, digit = divmod(number, 36)
            digits = _BASE36[digit] + digits
        return f"0{digits}i"

    def batch(self, at: datetime, actor_id: int | None) -> Batch:
        """A new action."""
        self._batches += 1
        return Batch(f"{self._batches:016x}", at, instant(at), actor_id)

    def tell(self, batch: Batch, happened: Happened, images: Sequence[Image] = (), *, cause: int = 0) -> None:
        """Add an event with the row images it caused; `cause` counts back to the event that caused it."""
        event = trail.event_columns(happened, at=batch.stamp, actor_id=batch.actor_id, batch=batch.name)
        changes = [trail.change_columns(image) for image in images]
        self._seq += 1
        self._told.append((event["at"], self._seq, marshal.dumps((event, changes, cause))))
        if len(self._told) >= CHUNK:
            self._spool()

    def finish(self) -> None:
        """Write what waits and chain the events; `settle` comes once the indexes are there again."""
        for model, waiting in self._waiting.items():
            self._send(model, waiting)
        self._spool()
        self._chain()
        self.connection.execute("DROP TABLE demo_spool")

    def settle(self) -> None:
        """Name each card's last touch, which no card could know before the events had their ids."""
        self.connection.execute(_LAST_TOUCH)

    def _send(self, model: Table, waiting: list[Row]) -> None:
        known = shape(model)
        holes = ", ".join("?" * len(known.columns))
        values = [tuple(row.values()) for row in waiting]
        self.connection.executemany(f'INSERT INTO "{known.name}" VALUES ({holes})', values)
        words = known.search.words
        if known.search.fts is not None and words is not None:
            self.connection.executemany(
                f"INSERT INTO {known.search.fts} (rowid, words) VALUES (?, ?)",
                [(row["id"], words(row)) for row in waiting],
            )
        self.written += len(waiting)
        waiting.clear()

    def _spool(self) -> None:
        self.connection.executemany("INSERT INTO demo_spool VALUES (?, ?, ?)", self._told)
        self._told.clear()

    def _chain(self) -> None:
        last = self.connection.execute("SELECT id, digest FROM event ORDER BY id DESC LIMIT 1").fetchone()
        event_id, digest = last or (0, "")
        told = self.connection.cursor()
        told.execute("SELECT told FROM demo_spool ORDER BY at, seq")
        while chunk := told.fetchmany(CHUNK):
            events: list[Mapping[str, Any]] = []
            changes: list[tuple[Any, ...]] = []
            for (blob,) in chunk:
                event, images, cause = marshal.loads(blob)  # noqa: S302  our own bytes, of this very run
                event_id += 1
                event["id"] = event_id
                event["cause_id"] = event_id - cause if cause else None
                event["digest"] = digest = trail.link(digest, event, [image[-1] for image in images], None)
                events.append(event)
                changes += [(event_id, *image) for image in images]
            self.connection.executemany(trail.INSERT_EVENT, events)
            self.connection.executemany(trail.INSERT_CHANGE, changes)
            self.written += len(events) + len(changes)

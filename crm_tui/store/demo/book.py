"""The demonstration's rows on their way into the file: in chunks, with one chain of events in the order of time.

Rows go through the row writer itself, so that keys, search rows and defaults are its own; only the images are
made by who tells the story, because a row is written once, as it stands at the end. Events wait in a temporary
table until all are told: the chain wants them in the order of time, and a million of them fit in no memory.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import SQLModel

from crm_tui.domain.happened import Happened
from crm_tui.store import trail
from crm_tui.store.rows import Image, Row, Rows, shape
from crm_tui.store.values import to_column

CHUNK = 2_000
"""Rows of a table that are sent together: 2,000 cards with all their columns are 4 MB."""
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_SPOOL = "CREATE TEMP TABLE demo_spool (at TEXT NOT NULL, seq INTEGER NOT NULL, told BLOB NOT NULL)"
_LAST_TOUCH = """
UPDATE card SET last_touch_event_id = (SELECT max(e.id) FROM event e WHERE e.card_id = card.id)
WHERE last_touch_event_id IS NULL
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """One action of somebody: all its events bear one name, one instant and one actor."""

    name: str
    at: datetime
    actor_id: int | None


class Book:
    """Takes rows and events, gives ids at once, and writes everything by `finish`."""

    def __init__(self, connection: sqlite3.Connection, seed: int) -> None:
        self.connection = connection
        self.written = 0
        self._rows = Rows(connection)
        self._next: dict[type[SQLModel], int] = {}
        self._waiting: dict[type[SQLModel], list[Row]] = {}
        self._told: list[tuple[str, int, bytes]] = []
        self._seq = 0
        self._batches = (seed + 1) << 40
        self._ranks: dict[int, int] = {}
        connection.execute(_SPOOL)

    def blank(self, model: type[SQLModel], **values: Any) -> Row:
        """A whole row with its id, as the row writer would have it; not yet kept."""
        known = shape(model)
        row: Row = {c: known.defaults.get(c) for c in known.columns}
        for name, value in values.items():
            row[name] = to_column(value)
        if row["id"] is None:
            row["id"] = self.take_id(model)
        for column, (_, make) in known.search.keys.items():
            row[column] = make(row)
        return row

    def take_id(self, model: type[SQLModel]) -> int:
        """The next id of a table."""
        found = self._next.get(model) or self._rows.next_id(model)
        self._next[model] = found + 1
        return found

    def keep(self, model: type[SQLModel], row: Row) -> None:
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
        return Batch(f"{self._batches:016x}", at, actor_id)

    def tell(self, batch: Batch, happened: Happened, images: Sequence[Image] = (), *, cause: int = 0) -> None:
        """Add an event with the row images it caused; `cause` counts back to the event that caused it."""
        event = trail.event_columns(happened, at=batch.at, actor_id=batch.actor_id, batch=batch.name)
        changes = [trail.change_columns(image) for image in images]
        self._seq += 1
        self._told.append((event["at"], self._seq, marshal.dumps((event, changes, cause))))
        if len(self._told) >= CHUNK:
            self._spool()

    def finish(self) -> None:
        """Write what waits and chain the events."""
        for model, waiting in self._waiting.items():
            self._send(model, waiting)
        self._spool()
        self._chain()
        self.connection.execute(_LAST_TOUCH)
        self.connection.execute("DROP TABLE demo_spool")

    def _send(self, model: type[SQLModel], waiting: list[Row]) -> None:
        self._rows.insert_many(model, waiting)
        self._rows.take_images()
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
                event["digest"] = digest = trail.link(digest, event, [image[-1] for image in images])
                events.append(event)
                changes += [(event_id, *image) for image in images]
            self.connection.executemany(trail.INSERT_EVENT, events)
            self.connection.executemany(trail.INSERT_CHANGE, changes)
            self.written += len(events) + len(changes)

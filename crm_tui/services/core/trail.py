"""The trail: events in one chain of digests, and the row images that hang under them. Never updated.

The digests are made in `store.trail`; here is how the door appends to the chain and how the chain is checked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime

from crm_tui.domain.happened import Happened
from crm_tui.store.rows import Image
from crm_tui.store.trail import (
    CHAINED,
    INSERT_CHANGE,
    INSERT_EVENT,
    change_columns,
    change_digest,
    content_digest,
    event_columns,
    link,
)


def write(
    connection: sqlite3.Connection,
    happened: Happened,
    *,
    images: Sequence[Image],
    at: datetime,
    actor_id: int | None,
    batch: str,
    reason: str | None,
    cause_id: int | None,
    undoes: str | None,
    unchecked: bool = False,
) -> int:
    """Append one event and its changes; the event's id."""
    row = event_columns(
        happened,
        at=at,
        actor_id=actor_id,
        batch=batch,
        reason=reason,
        cause_id=cause_id,
        undoes=undoes,
        unchecked=unchecked,
    )
    changes = [change_columns(image) for image in images]
    last = connection.execute("SELECT digest FROM event ORDER BY id DESC LIMIT 1").fetchone()
    row["digest"] = link(last[0] if last else "", row, [c[-1] for c in changes])
    event_id = int(connection.execute(INSERT_EVENT, row).lastrowid or 0)
    connection.executemany(INSERT_CHANGE, [(event_id, *change) for change in changes])
    return event_id


def broken_links(connection: sqlite3.Connection) -> Iterator[int]:
    """The ids of events whose digest does not fit: edited, deleted, reordered or inserted by another hand."""
    names = ("id", *CHAINED, "content_digest", "digest", "params", "reason")
    previous = ""
    cursor = connection.execute(f"SELECT {', '.join(names)} FROM event ORDER BY id")
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        changes = connection.execute(
            "SELECT table_name, row_id, op, row_version, before, after, digest FROM change "
            "WHERE event_id = ? ORDER BY id",
            (row["id"],),
        ).fetchall()
        intact = link(previous, row, [c[6] for c in changes]) == row["digest"]
        words = row["params"] == "" or content_digest(row["params"], row["reason"]) == row["content_digest"]
        images = all(
            (c[4] is None and c[5] is None) or change_digest(c[:4], c[4], c[5]) == c[6] for c in changes
        )
        if not (intact and words and images):
            yield row["id"]
        previous = row["digest"]

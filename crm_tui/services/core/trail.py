"""The trail: events in one chain of digests, and the row images that hang under them. Never updated.

The digests are made in `store.trail`; here is how the door appends to the chain (checked by
`trail_check`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from crm_tui.domain.happened import Happened
from crm_tui.store.later import Later
from crm_tui.store.rows import Image
from crm_tui.store.seal import Key
from crm_tui.store.trail import (
    INSERT_CHANGE,
    INSERT_EVENT,
    change_columns,
    event_columns,
    link,
)
from crm_tui.store.values import instant

_LAST = """
SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'event'), 0),
       coalesce((SELECT digest FROM event ORDER BY id DESC LIMIT 1), '')
"""


def head(connection: sqlite3.Connection) -> str:
    """The digest of the last event, which holds those of all before it: two that are equal saw the same base. Empty if
    there is no event."""
    return str(connection.execute(_LAST).fetchone()[1])


def write(
    connection: sqlite3.Connection,
    events: Sequence[tuple[Happened, Sequence[Image]]],
    *,
    at: datetime,
    actor_id: int | None,
    batch: str,
    reason: str | None,
    cause_id: int | None,
    undoes: str | None,
    unchecked: bool = False,
    approved_by: str | None = None,
    later: Later | None = None,
    key: Key | None = None,
) -> Sequence[int]:
    """Append events, each with its changes, in three statements whatever their number; their ids, in order.
    With `later` they are written at the transaction's end; `key` seals them."""
    end = later.end if later is not None else None
    last, digest = end or connection.execute(_LAST).fetchone()
    rows, hanging, moment = [], [], instant(at)
    for event_id, (happened, images) in enumerate(events, start=last + 1):
        row = event_columns(
            happened,
            at=moment,
            actor_id=actor_id,
            batch=batch,
            reason=reason,
            cause_id=cause_id,
            undoes=undoes,
            unchecked=unchecked,
            approved_by=approved_by,
        )
        changes = [change_columns(image) for image in images]
        row["id"] = event_id
        row["digest"] = digest = link(digest, row, [c[-1] for c in changes], key)
        rows.append(row)
        hanging += [(event_id, *change) for change in changes]
    if later is not None:
        later.trail(rows, hanging, (last + len(rows), digest))
    else:
        connection.executemany(INSERT_EVENT, rows)
        connection.executemany(INSERT_CHANGE, hanging)
    return [row["id"] for row in rows]

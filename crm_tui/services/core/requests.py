"""What a request was answered: a retry after a lost answer gets the first outcome and never acts twice.

The door writes the row in the command's own transaction. Knows nothing of commands.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from crm_tui.domain.outcome import Done
from crm_tui.i18n import Text

_INSERT = """
INSERT INTO request (request_id, batch, entity, entity_id, ref, note) VALUES (?, ?, ?, ?, ?, ?)
"""


def remember(connection: sqlite3.Connection, request_id: str, done: Done) -> None:
    """Keep the answer under the request's id, inside the caller's transaction."""
    note = None if done.note is None else json.dumps(done.note, default=_kept)
    connection.execute(_INSERT, (request_id, done.batch, done.entity, done.entity_id, done.ref, note))


def _kept(value: Any) -> Any:
    """A text with those among its parameters, as JSON; what else JSON does not know is kept in its words."""
    if isinstance(value, Text):
        return {"msgid": value.msgid, "params": dict(value.params), "many": value.many}
    return str(value)


def _text(found: dict[str, Any]) -> Any:
    return Text(**found) if found.keys() == {"msgid", "params", "many"} else found


def outcome_of(connection: sqlite3.Connection, request_id: str) -> Done | None:
    """The first outcome of a request that was committed, or None if it never was."""
    row = connection.execute(
        "SELECT batch, entity, entity_id, ref, note FROM request WHERE request_id = ?", (request_id,)
    ).fetchone()
    if row is None:
        return None
    batch, entity, entity_id, ref, note = row
    events = connection.execute("SELECT id FROM event WHERE batch = ? ORDER BY id", (batch,)).fetchall()
    return Done(
        batch=batch,
        ref=ref,
        entity=entity,
        entity_id=entity_id,
        events=tuple(i for (i,) in events),
        note=None if note is None else json.loads(note, object_hook=_text),
        repeated=True,
    )

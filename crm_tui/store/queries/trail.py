"""History: one record's timeline, the whole trail, and the row images under an event."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from crm_tui.domain.trail import ChangeRow, Entry
from crm_tui.store.values import as_instant

_ENTRY = """
SELECT e.id, e.at, u.login, e.entity, e.entity_id, e.card_id, e.party_id, e.kind, e.params, e.reason, e.batch,
       n.body, e.undoes
FROM event e LEFT JOIN "user" u ON u.id = e.actor_id
LEFT JOIN note n ON e.entity = 'note' AND n.id = e.entity_id
"""
OF_CARD = f"{_ENTRY} WHERE e.card_id = :card_id AND e.id < :before ORDER BY e.id DESC LIMIT :most"
_VISIBLE = """
(:all OR e.card_id IS NULL OR EXISTS (SELECT 1 FROM card c WHERE c.id = e.card_id
  AND (c.owner_id IN (SELECT value FROM json_each(:owners)) OR (:unowned AND c.owner_id IS NULL))))
"""
OF_PARTY = f"""{_ENTRY}
WHERE e.id IN (
  SELECT id FROM (SELECT id FROM event WHERE party_id = :party_id AND id < :before ORDER BY id DESC LIMIT :most)
  UNION
  SELECT id FROM (SELECT x.id FROM event x JOIN card k ON k.id = x.card_id
    WHERE k.contact_id = :party_id AND x.id < :before ORDER BY x.id DESC LIMIT :most)
) AND {_VISIBLE}
ORDER BY e.id DESC LIMIT :most
"""
ALL = f"{_ENTRY} WHERE e.id < :before AND {_VISIBLE} ORDER BY e.id DESC LIMIT :most"
OF_ENTITY = f"""{_ENTRY}
WHERE e.entity = :entity AND e.entity_id = :entity_id AND e.id < :before AND {_VISIBLE}
ORDER BY e.id DESC LIMIT :most
"""
CHANGES = """
SELECT event_id, table_name, row_id, op, before, after FROM change
WHERE event_id IN (SELECT value FROM json_each(:ids)) ORDER BY id
"""
LAST_NOTES = """
SELECT n.id, n.filed_at, u.login, n.body, n.kind, t.name, r.name, r.tone
FROM note n JOIN "user" u ON u.id = n.author_id
LEFT JOIN activity a ON a.id = n.activity_id LEFT JOIN action_type t ON t.id = a.action_type_id
LEFT JOIN result r ON r.id = a.result_id
WHERE n.card_id = :card_id AND n.state = 'filed' ORDER BY n.id DESC LIMIT :most
"""
LAST_NOTES_OF_PARTY = LAST_NOTES.replace("n.card_id = :card_id", "n.party_id = :party_id")


def entries(connection: sqlite3.Connection, sql: str, params: Mapping[str, Any]) -> list[Entry]:
    """The timeline entries of a named query, the newest first."""
    found = []
    for row in connection.execute(sql, params).fetchall():
        at = as_instant(row[1])
        assert at is not None
        found.append(Entry(row[0], at, *row[2:8], json.loads(row[8] or "{}"), *row[9:13]))
    return found


def changes(connection: sqlite3.Connection, event_ids: list[int]) -> dict[int, list[ChangeRow]]:
    """The row images under these events."""
    found: dict[int, list[ChangeRow]] = {}
    for event_id, table, row_id, op, before, after in connection.execute(
        CHANGES, {"ids": json.dumps(event_ids)}
    ).fetchall():
        images = [None if image is None else json.loads(image) for image in (before, after)]
        found.setdefault(event_id, []).append(ChangeRow(table, row_id, op, *images))
    return found

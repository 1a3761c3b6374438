"""The trail: events in one chain of digests, and the row images that hang under them. Never updated.

An event's digest covers the one before, its own place, the digest of its words and those of its changes. The
words themselves are only digested, so that a privacy erasure can empty a text and the chain still verifies.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from crm_tui.domain.happened import Happened
from crm_tui.domain.outcome import Done
from crm_tui.store.rows import Image
from crm_tui.store.values import instant, to_column

_INSERT_EVENT = """
INSERT INTO event (at, actor_id, entity, entity_id, card_id, party_id, kind, params, reason, batch, cause_id,
                   undoes, request_id, content_digest, digest)
VALUES (:at, :actor_id, :entity, :entity_id, :card_id, :party_id, :kind, :params, :reason, :batch, :cause_id,
        :undoes, :request_id, :content_digest, :digest)
"""
_INSERT_CHANGE = """
INSERT INTO change (event_id, table_name, row_id, op, row_version, before, after, digest)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_CHAINED = (
    "at",
    "actor_id",
    "entity",
    "entity_id",
    "card_id",
    "party_id",
    "kind",
    "batch",
    "cause_id",
    "undoes",
)


def _sha(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=to_column)


def _link(previous: str, row: dict[str, Any], changes: Sequence[str]) -> str:
    return _sha(previous, _text([row[c] for c in _CHAINED]), row["content_digest"], *changes)


def _change(image: Image) -> tuple[Any, ...]:
    before = None if image.before is None else _text(image.before)
    after = None if image.after is None else _text(image.after)
    place = (image.table, image.row_id, image.op, image.row_version)
    return (*place, before, after, _sha(_text(place), before or "", after or ""))


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
    request_id: str | None,
    unchecked: bool = False,
) -> int:
    """Append one event and its changes; the event's id."""
    params = {k: v for k, v in happened.params().items() if v is not None}
    if unchecked:
        params["unchecked"] = True
    row: dict[str, Any] = {
        "at": instant(at),
        "actor_id": actor_id,
        "entity": happened.entity,
        "entity_id": happened.entity_id,
        "card_id": happened.card_id,
        "party_id": happened.party_id,
        "kind": happened.kind,
        "params": _text(params),
        "reason": to_column(reason),
        "batch": batch,
        "cause_id": cause_id,
        "undoes": undoes,
        "request_id": request_id,
    }
    row["content_digest"] = _sha(row["params"], row["reason"] or "")
    changes = [_change(image) for image in images]
    last = connection.execute("SELECT digest FROM event ORDER BY id DESC LIMIT 1").fetchone()
    row["digest"] = _link(last[0] if last else "", row, [c[-1] for c in changes])
    event_id = int(connection.execute(_INSERT_EVENT, row).lastrowid or 0)
    connection.executemany(_INSERT_CHANGE, [(event_id, *change) for change in changes])
    return event_id


def outcome_of(connection: sqlite3.Connection, request_id: str) -> Done | None:
    """The first outcome of a request that was already committed: a retry never acts twice."""
    row = connection.execute(
        "SELECT batch, entity, entity_id FROM event WHERE request_id = ?", (request_id,)
    ).fetchone()
    if row is None:
        return None
    ids = connection.execute("SELECT id FROM event WHERE batch = ? ORDER BY id", (row[0],)).fetchall()
    return Done(row[0], None, row[1], row[2], tuple(i for (i,) in ids), repeated=True)


def broken_links(connection: sqlite3.Connection) -> Iterator[int]:
    """The ids of events whose digest does not fit: edited, deleted, reordered or inserted by another hand."""
    names = ("id", *_CHAINED, "content_digest", "digest", "params", "reason")
    previous = ""
    cursor = connection.execute(f"SELECT {', '.join(names)} FROM event ORDER BY id")
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        changes = connection.execute(
            "SELECT table_name, row_id, op, row_version, before, after, digest FROM change "
            "WHERE event_id = ? ORDER BY id",
            (row["id"],),
        ).fetchall()
        intact = _link(previous, row, [c[6] for c in changes]) == row["digest"]
        words = row["params"] == "" or _sha(row["params"], row["reason"] or "") == row["content_digest"]
        images = all(
            (c[4] is None and c[5] is None) or _sha(_text(c[:4]), c[4] or "", c[5] or "") == c[6]
            for c in changes
        )
        if not (intact and words and images):
            yield row["id"]
        previous = row["digest"]

"""The arithmetic of the trail: the columns of an event and of a row image, and the digests that chain them.

Shared by the one door (`services.core.trail`) and the demonstration's generator, so that both write one chain.
Knows nothing of transactions, permissions or what any event means.

An event's digest covers the one before, its own place, the digest of its words and those of its changes, and is
sealed with the database's key. The words themselves are only digested, so that a privacy erasure can empty a text and
the chain still verifies.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from crm_tui.domain.happened import Happened
from crm_tui.store.rows import Image
from crm_tui.store.seal import Key
from crm_tui.store.values import instant, to_column

ON_BOARD = """coalesce((SELECT board_id FROM card WHERE id = :card_id), :board_id, CASE :entity
  WHEN 'board' THEN :entity_id
  WHEN 'stage' THEN (SELECT board_id FROM stage WHERE id = :entity_id)
  WHEN 'board_member' THEN (SELECT board_id FROM board_member WHERE id = :entity_id)
  WHEN 'card_template' THEN (SELECT board_id FROM card_template WHERE id = :entity_id)
  WHEN 'duplicate_rule' THEN (SELECT board_id FROM duplicate_rule WHERE id = :entity_id)
  WHEN 'label' THEN (SELECT board_id FROM label WHERE id = :entity_id)
  WHEN 'case_type' THEN (SELECT board_id FROM case_type WHERE id = :entity_id)
  WHEN 'standard_text' THEN (SELECT t.board_id FROM template x JOIN case_type t ON t.id = x.case_type_id
                             WHERE x.id = :entity_id)
  WHEN 'offer' THEN (SELECT board_id FROM offer WHERE id = :entity_id)
  WHEN 'form' THEN (SELECT board_id FROM form WHERE id = :entity_id)
  WHEN 'question' THEN (SELECT f.board_id FROM field_def d JOIN form f ON f.id = d.form_id WHERE d.id = :entity_id)
END)"""
"""On which board an event happened: its card's as it is now, the one that the event names, or that of what was set
up. Not among the digests: it repeats what other rows say, so that a wall round a board hides its past as well."""
INSERT_EVENT = f"""
INSERT INTO event (id, at, actor_id, entity, entity_id, card_id, party_id, kind, params, reason, batch, cause_id,
                   undoes, content_digest, digest, board_id)
VALUES (:id, :at, :actor_id, :entity, :entity_id, :card_id, :party_id, :kind, :params, :reason, :batch, :cause_id,
        :undoes, :content_digest, :digest, {ON_BOARD})
"""
"""`id` may be NULL: then the database gives the next."""
INSERT_CHANGE = """
INSERT INTO change (event_id, table_name, row_id, op, row_version, before, after, digest)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
CHAINED = (
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
"""The event's place: what its digest covers beside its words and its changes."""


def _encoder() -> Callable[[Any], str]:
    """`json.dumps` with our settings, which builds an encoder for every call, and `JSONEncoder.encode` half of one: ten
    texts are made for each row of a file."""
    kept = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=to_column)
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:  # another Python than CPython
        return kept.encode
    quoted = json.encoder.encode_basestring
    inner = make(None, kept.default, quoted, None, ":", ",", kept.sort_keys, kept.skipkeys, kept.allow_nan)
    return lambda value: "".join(inner(value, 0))


_encode = _encoder()


def sha(*parts: str) -> str:
    """The SHA-256 of the parts, hexadecimal, with a separator that no column holds between them."""
    return hashlib.sha256(_bytes(*parts)).hexdigest()


def _bytes(*parts: str) -> bytes:
    return "\x1f".join(parts).encode("utf-8", "surrogatepass")


def text_of(value: Any) -> str:
    """A value as the one JSON text that is digested: sorted keys, no blanks."""
    return _encode(value)


def link(previous: str, row: Mapping[str, Any], changes: Sequence[str], key: Key | None) -> str:
    """An event's digest, from the digest of the one before (empty for the first) and those of its changes; sealed with
    the key, or plain without one, as the demonstration's past and what was written before there were keys."""
    parts = (previous, text_of([row[c] for c in CHAINED]), row["content_digest"], *changes)
    return sha(*parts) if key is None else key.seal(_bytes(*parts))


def change_columns(image: Image) -> tuple[Any, ...]:
    """A row image as the columns of `change` from `table_name` on; the last is its digest."""
    before = None if image.before is None else text_of(image.before)
    after = None if image.after is None else text_of(image.after)
    place = (image.table, image.row_id, image.op, image.row_version)
    return (*place, before, after, change_digest(place, before, after))


def change_digest(place: Sequence[Any], before: str | None, after: str | None) -> str:
    """The digest of a row image: where it belongs and what it holds."""
    return sha(_place(*place), before or "", after or "")


def _place(table: str, row_id: int, op: str, version: int | None) -> str:
    """`text_of` these, without an encoder: names of tables and of what was done have no sign that is quoted."""
    return f'["{table}",{row_id},"{op}",{"null" if version is None else version}]'


def event_columns(
    happened: Happened,
    *,
    at: datetime | str,
    actor_id: int | None,
    batch: str,
    reason: str | None = None,
    cause_id: int | None = None,
    undoes: str | None = None,
    unchecked: bool = False,
    approved_by: str | None = None,
) -> dict[str, Any]:
    """An event's columns with the digest of its words, but for its `id` and its link in the chain.

    `at` is an aware instant, or its column text already made.
    """
    params = {k: v for k, v in happened.params().items() if v is not None}
    if unchecked:
        params["unchecked"] = True
    if approved_by is not None:
        params["approved_by"] = approved_by
    row: dict[str, Any] = {
        "id": None,
        "at": at if isinstance(at, str) else instant(at),
        "actor_id": actor_id,
        "entity": happened.entity,
        "entity_id": happened.entity_id,
        "card_id": happened.card_id,
        "party_id": happened.party_id,
        "board_id": happened.board_id,
        "kind": happened.kind,
        "params": text_of(params),
        "reason": to_column(reason),
        "batch": batch,
        "cause_id": cause_id,
        "undoes": undoes,
    }
    row["content_digest"] = content_digest(row["params"], row["reason"])
    return row


def content_digest(params: str, reason: str | None) -> str:
    """The digest of an event's words."""
    return sha(params, reason or "")

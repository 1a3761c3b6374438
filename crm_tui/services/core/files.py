"""Files of any record: their contents go into the database once, their names hang on what they belong to.

Shared by the modules whose records carry files. Emits nothing: whoever attaches says what happened.
"""

from __future__ import annotations

import hashlib
import mimetypes
from typing import Any

from crm_tui.domain.casetype import ANY_FILE, refused_file
from crm_tui.domain.note import safe_filename
from crm_tui.domain.outcome import Refusal
from crm_tui.services.core.context import Context
from crm_tui.store.rows import Row
from crm_tui.store.tables import Attachment

_OF = """
SELECT id, filename FROM attachment WHERE entity = :entity AND entity_id = :entity_id AND deleted_at IS NULL
ORDER BY id
"""


def small_enough(content: bytes) -> Refusal | None:
    """Whether a file may hang on a record that has no service type. (B43)"""
    return refused_file(ANY_FILE, len(content))


def attach(ctx: Context, entity: str, entity_id: int, filename: str, content: bytes) -> Row:
    """Put a file on a record (a table's name and a row's id); the row that was made. Needs an event after it."""
    digest = hashlib.sha256(content).hexdigest()
    ctx.connection.execute(
        "INSERT INTO blob (sha256, data) VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, content)
    )
    name = safe_filename(filename)
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return _insert(ctx, entity, entity_id, filename=name, blob_sha256=digest, mime=mime, size=len(content))


def copy(ctx: Context, origin: tuple[str, int], entity: str, entity_id: int) -> int:
    """Put the files of one record on another one, their contents stored once; how many. Needs an event after it."""
    found = files_of(ctx, *origin)
    for attachment_id, _ in found:
        row = ctx.row(Attachment, attachment_id)
        kept = {name: row[name] for name in ("filename", "blob_sha256", "mime", "size")}
        _insert(ctx, entity, entity_id, **kept)
    return len(found)


def files_of(ctx: Context, entity: str, entity_id: int) -> list[tuple[int, str]]:
    """Id and name of each file of a record, in the order in which they came."""
    return ctx.connection.execute(_OF, {"entity": entity, "entity_id": entity_id}).fetchall()


def _insert(ctx: Context, entity: str, entity_id: int, **columns: Any) -> Row:
    attachment_id = ctx.rows.insert(
        Attachment,
        entity=entity,
        entity_id=entity_id,
        added_by_id=ctx.viewer.user_id,
        added_at=ctx.now,
        **columns,
    )
    return ctx.row(Attachment, attachment_id)

"""The ids by which other programs know our records: found in bulk for a file, kept with a row that is taken in. (M96)

Shared by the preview and the transaction: what was shown is what happens.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from crm_tui.domain.foreign import Foreign, ForeignKind, Held, read, written
from crm_tui.store.queries import intake as queries
from crm_tui.store.tables import ForeignRef

if TYPE_CHECKING:
    from crm_tui.services.core.context import Context

_TEXTS = {
    ForeignKind.PARTY: queries.PEOPLE_BY_ID,
    ForeignKind.CARD: queries.CARDS_BY_ID,
    ForeignKind.ACTIVITY: queries.ACTS_BY_ID,
    ForeignKind.NOTE: queries.NOTES_BY_ID,
}
_COLUMN = {kind: f"{kind}_id" for kind in ForeignKind}


def held(connection: sqlite3.Connection, kind: ForeignKind, ids: Iterable[str]) -> dict[Foreign, Held]:
    """Which records that are there are known by these ids, whichever the program."""
    asked = {"ids": json.dumps(sorted({*ids}))}
    if asked["ids"] == "[]":
        return {}
    rows = connection.execute(_TEXTS[kind], asked)
    return {
        Foreign(source, foreign_id): Held(row_id, read(said)) for source, foreign_id, row_id, said in rows
    }


def keep(
    ctx: Context, kind: ForeignKind, known: Foreign, row_id: int, said: Mapping[str, str] | None = None
) -> bool:
    """Keep that the record is known by this id and what its file says; False if that is kept already. An id of a
    record that is gone is the new one's. Needs an event after it."""
    there = ctx.one(queries.FOREIGN, id=known.id, kind=kind, source=known.source)
    values = dict.fromkeys(_COLUMN.values()) | {_COLUMN[kind]: row_id, "said": written(said or {})}
    if there is None:
        named = {"kind": kind, "source": known.source, "foreign_id": known.id}
        ctx.rows.insert(ForeignRef, **named, **values)
        return True
    return bool(ctx.rows.update(ForeignRef, there[0], **values))

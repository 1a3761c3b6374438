"""Who is known by a document, an address, a number or a name: by index alone, whatever the number of people. Standard
library only (read on the way of a key)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from crm_tui.domain import identity
from crm_tui.domain.access import Viewer
from crm_tui.domain.once import Key, Known
from crm_tui.domain.text import fold
from crm_tui.services.core.scope import sight
from crm_tui.store.queries import once as queries


def known(
    connection: sqlite3.Connection,
    viewer: Viewer,
    *,
    name: str = "",
    points: Iterable[str] = (),
    document: str | None = None,
    but: int = 0,
) -> list[Known]:
    """Who is known by one of these signs: a name as it is written, normalised points, a document without mask. By index
    alone, whatever the number of people. `but`: who it is oneself."""
    asked = {
        "name": fold(name),
        "points": json.dumps([key for point in points for key in identity.phone_keys(point)]),
        "document": document or "",
        "but": but,
        **sight(viewer),
    }
    found: dict[int, Known] = {}
    for party_id, code, called, sign, seen in connection.execute(queries.KNOWN, asked).fetchall():
        before = found.get(party_id)
        by = {*(before.by if before is not None else ()), Key(sign)}
        found[party_id] = Known(party_id, code, called, tuple(key for key in Key if key in by), bool(seen))
    return sorted(found.values(), key=lambda each: ([*Key].index(each.by[0]), each.id))

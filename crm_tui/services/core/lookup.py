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

NEAR = 8
"""How many are told of whose name begins as another does: what one reads while typing."""
LOOKED_AT = 60
"""Of how many of that beginning it is asked whether they may be seen: no more, whatever the base holds."""


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


def beginning(connection: sqlite3.Connection, viewer: Viewer, name: str, *, but: int = 0) -> list[Known]:
    """Whose name begins with these letters, as far as the viewer may see them: by nothing else (`by` is empty)."""
    asked = {"name": fold(name), "but": but, "most": NEAR, "looked_at": LOOKED_AT, **sight(viewer)}
    return [Known(row[0], row[1], row[2], ()) for row in connection.execute(queries.BEGINS, asked).fetchall()]

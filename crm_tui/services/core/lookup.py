"""Who is known by a document, an address, a number or a name: by index alone, whatever the number of people. Standard
library only (read on the way of a key)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from itertools import islice

from crm_tui.domain import identity
from crm_tui.domain.access import Viewer
from crm_tui.domain.once import Key, Known
from crm_tui.domain.text import fold
from crm_tui.services.core.scope import sight
from crm_tui.store.queries import once as queries

CHUNK = 5_000
"""Signs that are asked for at once: the JSON stays below a megabyte."""
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
    rows = connection.execute(queries.KNOWN, asked).fetchall()
    return together(
        Known(party_id, code, called, (Key(sign),), bool(seen)) for party_id, code, called, sign, seen in rows
    )


def known_by(
    connection: sqlite3.Connection,
    viewer: Viewer,
    names: Iterable[str],
    points: Iterable[str],
    documents: Iterable[str] = (),
) -> dict[str, list[Known]]:
    """Who is known by each of many folded names, normalised points and documents, by the sign: for a file, read at
    once."""
    found: dict[str, list[Known]] = {}
    asked_by = (
        (queries.KNOWN_BY_NAMES, names),
        (queries.KNOWN_BY_POINTS, points),
        (queries.KNOWN_BY_DOCUMENTS, documents),
    )
    for sql, signs in asked_by:
        source = iter(dict.fromkeys(signs))
        while chunk := list(islice(source, CHUNK)):
            asked = {"signs": json.dumps(chunk), **sight(viewer)}
            for sign, party_id, code, called, key, seen in connection.execute(sql, asked):
                found.setdefault(sign, []).append(Known(party_id, code, called, (Key(key),), bool(seen)))
    return found


def together(found: Iterable[Known]) -> list[Known]:
    """Each of them once, with every sign, the surest first."""
    each: dict[int, Known] = {}
    for one in found:
        before = each.get(one.id)
        by = {*one.by, *(before.by if before is not None else ())}
        each[one.id] = one._replace(by=tuple(key for key in Key if key in by))
    return sorted(each.values(), key=lambda one: ([*Key].index(one.by[0]), one.id))


def beginning(connection: sqlite3.Connection, viewer: Viewer, name: str, *, but: int = 0) -> list[Known]:
    """Whose name begins with these letters, as far as the viewer may see them: by nothing else (`by` is empty)."""
    asked = {"name": fold(name), "but": but, "most": NEAR, "looked_at": LOOKED_AT, **sight(viewer)}
    return [Known(row[0], row[1], row[2], ()) for row in connection.execute(queries.BEGINS, asked).fetchall()]

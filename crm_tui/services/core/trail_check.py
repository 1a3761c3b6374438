"""Whether the trail is as it was written, and the rows as the trail says: what anybody changed round the program.

Reads alone. The first bad row is named, because everything behind it may be a consequence. (threat 32)
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from crm_tui.i18n import Text, text_n
from crm_tui.store import heads, seal
from crm_tui.store.errors import StoreRefused
from crm_tui.store.findings import Finding
from crm_tui.store.queries import access
from crm_tui.store.seal import Key
from crm_tui.store.shapes import Shape, Undo, shapes
from crm_tui.store.trail import CHAINED, change_digest, content_digest, link

_CHANGES: Final = """
SELECT table_name, row_id, op, row_version, before, after, digest FROM change WHERE event_id = :event ORDER BY id
"""
_IMAGES: Final = """
SELECT row_id, op, after, event_id FROM change WHERE table_name = :name ORDER BY row_id, id
"""
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chain:
    """How the events hang together: those that do not fit, and those whose key is not known here."""

    events: int
    broken: tuple[int, ...]
    strangers: tuple[int, ...]
    key: str
    """The name of the first key that is not known; empty if all are."""


def findings(database: Path, connection: sqlite3.Connection, *, rows: bool) -> list[Finding]:
    """What `doctor` says of the trail; with `rows` each row is held against it, too, which reads the whole base."""
    try:
        keys = seal.keys(database)
    except StoreRefused as refused:
        return [Finding("trail", False, refused.reason)]
    found = [_of_the_chain(database, chain(connection, keys)), _of_the_heads(database, connection)]
    return [*found, _of_the_rows(connection)] if rows else found


def chain(connection: sqlite3.Connection, keys: Sequence[Key] = ()) -> Chain:
    """Check every event: its words, its row images, and its place behind the one before.

    Once an event is sealed all behind it are, by a key that is known if one was before; else whoever rewrites the end
    would leave the seal out, or invent a key.
    """
    by_name = {key.name: key for key in keys}
    names = ("id", *CHAINED, "content_digest", "digest", "params", "reason")
    previous, count, sealed, known = "", 0, False, False
    broken, strangers, stranger = [], [], ""
    for values in connection.execute(f"SELECT {', '.join(names)} FROM event ORDER BY id"):
        event = dict(zip(names, values, strict=True))
        digest = event["digest"] if isinstance(event["digest"], str) else ""
        name, count = seal.sealed_by(digest), count + 1
        strange = bool(name) and name not in by_name
        if strange and not known:
            strangers.append(event["id"])
            stranger = stranger or name
        fits = _whole(connection, event, previous, by_name.get(name), linked=not strange)
        if not fits or (sealed and not name) or (strange and known):
            broken.append(event["id"])
        sealed, known, previous = sealed or bool(name), known or name in by_name, digest
    return Chain(count, tuple(broken), tuple(strangers), stranger)


def _whole(
    connection: sqlite3.Connection, event: _Row, previous: str, key: Key | None, *, linked: bool
) -> bool:
    changes = connection.execute(_CHANGES, {"event": event["id"]}).fetchall()
    try:
        if linked and link(previous, event, [c[6] for c in changes], key) != event["digest"]:
            return False
        words = (
            event["params"] == ""
            or content_digest(event["params"], event["reason"]) == event["content_digest"]
        )
        return words and all(
            (c[4] is None and c[5] is None) or change_digest(c[:4], c[4], c[5]) == c[6] for c in changes
        )
    except (TypeError, ValueError, AttributeError):  # a damaged row holds no text where one belongs
        return False


def _of_the_chain(database: Path, found: Chain) -> Finding:
    if found.broken:
        told = text_n(
            "{n} event was changed by another hand, number {id}: compare with a backup",
            "{n} events were changed by another hand, the first is number {id}: compare with a backup",
            len(found.broken),
            id=found.broken[0],
        )
        return Finding("trail", False, told)
    if found.strangers:
        told = text_n(
            "{n} event is sealed with the key {key}, which is not here: put its line above the others in {path}",
            "{n} events are sealed with the key {key}, which is not here: put its line above the others in {path}",
            len(found.strangers),
            key=found.key,
            path=seal.path_of(database).name,
        )
        return Finding("trail", False, told)
    return Finding(
        "trail", True, text_n("{n} event, one unbroken chain", "{n} events, one unbroken chain", found.events)
    )


def _of_the_heads(database: Path, connection: sqlite3.Connection) -> Finding:
    """Whether the trail still holds what was its end on earlier days: a rewritten or shortened one does not."""
    known = heads.read(database)
    for head in known:
        row = connection.execute("SELECT digest FROM event WHERE id = ?", (head.event,)).fetchone()
        if row is None or row[0] != head.digest:
            told = {"at": head.at, "id": head.event}
            return Finding(
                "heads",
                False,
                Text(
                    "the trail up to event {id} is not the one that ended there at {at}: compare with a backup",
                    told,
                ),
            )
    if not known:
        return Finding("heads", True, Text("none kept yet: the clock keeps one a day beside the database"))
    return Finding(
        "heads",
        True,
        text_n("{n} day's end of the trail fits", "{n} days' ends of the trail fit", len(known)),
    )


def _of_the_rows(connection: sqlite3.Connection) -> Finding:
    count = connection.execute("SELECT count(DISTINCT table_name) FROM change").fetchone()[0]
    for table, row, event in differing(connection):
        told = {"table": table, "row": row, "event": event}
        return Finding(
            "rows",
            False,
            Text("row {row} of {table} is not as event {event} left it: changed by another hand", told),
        )
    return Finding(
        "rows", True, text_n("{n} table as its trail says", "{n} tables as their trail says", count)
    )


def differing(connection: sqlite3.Connection) -> Iterator[tuple[str, int, int]]:
    """Table, row and last event of every row that is not as its images say: changed, removed, or there without one."""
    for name, shape in shapes().items():
        if shape.undo is not Undo.DERIVED:
            yield from _of_a_table(connection, str(name), shape)


def _of_a_table(connection: sqlite3.Connection, table: str, shape: Shape) -> Iterator[tuple[str, int, int]]:
    """The rows and the images side by side, by id: neither is held in memory as a whole."""
    told = groupby(connection.execute(_IMAGES, {"name": table}), key=itemgetter(0))
    wanted = ", ".join(f'"{column}"' for column in shape.columns)
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    first = None
    for row_id, images in told:
        first = row_id if first is None else first
        made, kept, event = _folded(images)
        there = cursor.execute(f'SELECT {wanted} FROM "{table}" WHERE id = ?', (row_id,)).fetchone()
        if (kept is None) != (there is None) or (
            kept is not None and not _same(there, kept, shape, made=made)
        ):
            yield table, row_id, event
    demonstrated = connection.execute(access.DEMONSTRATION).fetchone()  # its fillers are told in no event
    if first is not None and demonstrated is None:  # what came before the first image came with the file
        sql = f"""SELECT id FROM "{table}" t WHERE id > ? AND NOT EXISTS
                  (SELECT 1 FROM change WHERE table_name = ? AND row_id = t.id)"""
        yield from ((table, row_id, 0) for (row_id,) in connection.execute(sql, (first, table)))


def _folded(images: Iterator[tuple[int, str, str | None, int]]) -> tuple[bool, _Row | None, int]:
    """Whether its making is told, the row as its images leave it (None: deleted), and the last event."""
    made, event = False, 0
    row: _Row | None = {}
    for _, op, after, event_id in images:
        values = json.loads(after) if after else {}
        made, event = made or op == "insert", event_id
        row = None if op == "delete" else values if op == "insert" else {**(row or {}), **values}
    return made, row, event


def _same(there: Mapping[str, Any], kept: _Row, shape: Shape, *, made: bool) -> bool:
    """Of a row whose making is told, what no image speaks of is empty, which images leave out, or as a newer schema
    made it."""
    if any(there[column] != kept[column] for column in kept.keys() & shape.imaged):
        return False
    silent = shape.imaged - shape.untold - kept.keys() if made else frozenset()
    return all(there[column] in (None, shape.defaults.get(column)) for column in silent)

"""The one writer of rows: version, sanitised text, search keys and row images, one row or thousands.

Handlers hold plain rows and never flush: an ORM flush with images makes 2,300 records a second, executemany
100,000 (measured), and a bulk statement round this writer would be invisible to trail and undo.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlmodel import SQLModel

from crm_tui.store.search import SEARCH, Searchable
from crm_tui.store.tables.base import Undo
from crm_tui.store.values import to_column

Row = dict[str, Any]
_NEVER = {"id", "version"}
"""Columns that no image holds: the change row has them itself."""


@dataclass(frozen=True, slots=True)
class Image:
    """What one write did to one row.

    An update holds the columns that changed, derived ones left out; an insert or delete the whole row, so that
    it can be made again.
    """

    table: str
    row_id: int
    op: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    row_version: int | None


@dataclass(frozen=True, slots=True)
class Shape:
    """What the writer needs to know of a table."""

    name: str
    columns: tuple[str, ...]
    defaults: Mapping[str, Any]
    imaged: frozenset[str]
    undo: Undo
    ranked: Mapping[str, str]
    in_order: str
    versioned: bool
    search: Searchable


@cache
def shape(model: type[SQLModel]) -> Shape:
    """The shape of a table class, read once."""
    table = model.__table__  # type: ignore[attr-defined]
    columns = tuple(c.name for c in table.columns)
    defaults = {}
    for name, info in model.model_fields.items():
        default = info.get_default(call_default_factory=True, validated_data={})
        column = "copy" if name == "copy_no" else name
        if not info.is_required():
            defaults[column] = to_column(default)
    info = table.info
    hidden = set(info["derived"]) | _NEVER
    return Shape(
        name=table.name,
        columns=columns,
        defaults=defaults,
        imaged=frozenset(c for c in columns if c not in hidden),
        undo=info["undo"],
        ranked=info.get("ranked", {}),
        in_order=info.get("in_order", "1"),
        versioned="version" in columns,
        search=SEARCH.get(table.name, Searchable()),
    )


@cache
def model_of(table: str) -> type[SQLModel]:
    """The table class of a table's name (undo walks changes that name tables)."""
    from crm_tui.store import tables

    for name in tables.__all__:
        model: type[SQLModel] = getattr(tables, name)
        if model.__table__.name == table:  # type: ignore[attr-defined]
            return model
    raise KeyError(table)


class Rows:
    """Writes rows inside the transaction that its connection is in, and remembers their images."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.images: list[Image] = []
        self._read: dict[tuple[str, int], Row | None] = {}
        self._read_at = -1

    def get(self, model: type[SQLModel], row_id: int | None) -> Row | None:
        """One row by id as a dict of column values, or None.

        Rules ask for the same row up to ten times in one command; it is read again only after something was
        written, by whatever way: SQLite counts changes, those of triggers too.
        """
        if row_id is None:
            return None
        if self._read_at != self.connection.total_changes:
            self._read, self._read_at = {}, self.connection.total_changes
        name = shape(model).name
        if (name, row_id) not in self._read:
            cursor = self.connection.execute(f'SELECT * FROM "{name}" WHERE id = ?', (row_id,))
            row = cursor.fetchone()
            columns = (d[0] for d in cursor.description)
            self._read[name, row_id] = None if row is None else dict(zip(columns, row, strict=True))
        found = self._read[name, row_id]
        return None if found is None else dict(found)

    def insert(self, model: type[SQLModel], **values: Any) -> int:
        """Insert one row; its id."""
        return self.insert_many(model, [values])[0]

    def insert_many(self, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
        """Insert rows (all with the same columns or the table's defaults); their ids, in order."""
        if not rows:
            return []
        known = shape(model)
        first = self.next_id(model)
        prepared: list[Row] = []
        for offset, values in enumerate(rows):
            row = {c: known.defaults.get(c) for c in known.columns}
            for name, value in values.items():
                if name not in row:
                    raise KeyError(f"{known.name}.{name}")
                row[name] = to_column(value)
            if row["id"] is None:
                row["id"] = first + offset
            for column, (_, make) in known.search.keys.items():
                row[column] = make(row)
            prepared.append(row)
        names = ", ".join(f'"{c}"' for c in known.columns)
        holes = ", ".join(f":{c}" for c in known.columns)
        self.connection.executemany(f'INSERT INTO "{known.name}" ({names}) VALUES ({holes})', prepared)
        self._index(known, prepared)
        if known.undo is not Undo.DERIVED:
            for row in prepared:
                after = {c: row[c] for c in known.columns if c not in _NEVER and row[c] is not None}
                self.images.append(Image(known.name, row["id"], "insert", None, after, row.get("version")))
        return [row["id"] for row in prepared]

    def update(self, model: type[SQLModel], row_id: int, **values: Any) -> bool:
        """Change columns of one row; False if nothing differs. A missing row is a KeyError."""
        known = shape(model)
        before = self.get(model, row_id)
        if before is None:
            raise KeyError(f"{known.name} {row_id}")
        new = {name: to_column(value) for name, value in values.items()}
        changed = {name: value for name, value in new.items() if before[name] != value}
        if not changed:
            return False
        for column, (sources, make) in known.search.keys.items():
            if any(s in changed for s in sources):
                changed[column] = make(before | changed)
        imaged = {c: v for c, v in changed.items() if c in known.imaged}
        version = before.get("version")
        if imaged and known.versioned:
            version = changed["version"] = before["version"] + 1
        sets = ", ".join(f'"{c}" = :{c}' for c in changed)
        self.connection.execute(f'UPDATE "{known.name}" SET {sets} WHERE id = :id', changed | {"id": row_id})
        if any(s in changed for s in known.search.sources):
            self._unindex(known, [row_id])
            self._index(known, [before | changed])
        if imaged and known.undo is not Undo.DERIVED:
            old = {c: before[c] for c in imaged}
            self.images.append(Image(known.name, row_id, "update", old, imaged, version))
        return True

    def raise_version(self, model: type[SQLModel], row_id: int) -> None:
        """Count a change of what belongs to this row but lies in other tables (a person's phone)."""
        known = shape(model)
        row = self.get(model, row_id)
        if row is None:
            raise KeyError(f"{known.name} {row_id}")
        version = row["version"] + 1
        self.connection.execute(f'UPDATE "{known.name}" SET version = ? WHERE id = ?', (version, row_id))
        self.images.append(Image(known.name, row_id, "update", {}, {}, version))

    def delete(self, model: type[SQLModel], row_id: int) -> None:
        """Remove one row. A missing row is a KeyError."""
        known = shape(model)
        before = self.get(model, row_id)
        if before is None:
            raise KeyError(f"{known.name} {row_id}")
        self._unindex(known, [row_id])
        self.connection.execute(f'DELETE FROM "{known.name}" WHERE id = ?', (row_id,))
        if known.undo is not Undo.DERIVED:
            old = {c: v for c, v in before.items() if c not in _NEVER and v is not None}
            self.images.append(Image(known.name, row_id, "delete", old, None, before.get("version")))

    def take_images(self) -> list[Image]:
        """The images since the last take: the trail hangs them under the event that caused them."""
        taken, self.images = self.images, []
        return taken

    def next_id(self, model: type[SQLModel]) -> int:
        """The id that the next inserted row will get; true until then, because there is one writer."""
        row = self.connection.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = ?", (shape(model).name,)
        ).fetchone()
        return int(row[0]) + 1 if row else 1

    def _index(self, known: Shape, rows: Iterable[Row]) -> None:
        words = known.search.words
        if known.search.fts is None or words is None:
            return
        self.connection.executemany(
            f"INSERT INTO {known.search.fts} (rowid, words) VALUES (?, ?)",
            [(row["id"], words(row)) for row in rows],
        )

    def _unindex(self, known: Shape, ids: Iterable[int]) -> None:
        if known.search.fts is not None:
            self.connection.executemany(
                f"DELETE FROM {known.search.fts} WHERE rowid = ?", [(i,) for i in ids]
            )

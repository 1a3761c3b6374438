"""The one writer of rows: version, sanitised text, search keys and row images, one row or thousands.

Handlers hold plain rows and never flush: an ORM flush with images makes 2,300 records a second, executemany
100,000 (measured), and a bulk statement round this writer would be invisible to trail and undo.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from crm_tui.store.shapes import Shape, Table, Undo, shape
from crm_tui.store.values import to_column

if TYPE_CHECKING:
    from crm_tui.store.later import Later

Row = dict[str, Any]


@dataclass(
    slots=True
)  # not frozen, which takes four times as long to make: there are four for each row of a file
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


@cache
def _insert(table: Table) -> str:
    """The text that inserts a row with all its columns, each by its name."""
    columns = shape(table).columns
    names, holes = ", ".join(f'"{c}"' for c in columns), ", ".join(f":{c}" for c in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({holes})'


@cache
def _blank(
    table: Table,
) -> tuple[Row, list[tuple[str, Callable[[Mapping[str, Any]], Any]]], list[tuple[str, Any]]]:
    """A new row of which nothing was said, what makes its search keys, and what an image tells of it all the same."""
    known = shape(table)
    empty = {c: known.defaults.get(c) for c in known.columns}
    keys = [(column, make) for column, (_, make) in known.search.keys.items()]
    return empty, keys, [(c, v) for c, v in empty.items() if v is not None and c not in known.untold]


@cache
def _insert_placed(table: Table) -> str:
    """The same with each column by its place."""
    columns = shape(table).columns
    names, holes = ", ".join(f'"{c}"' for c in columns), ", ".join("?" * len(columns))
    return f'INSERT INTO "{table}" ({names}) VALUES ({holes})'


@cache
def _placed(table: Table) -> Callable[[Row], tuple[Any, ...]]:
    """A row's values by their place: thousands are bound in a third of the time that their names would take."""
    return itemgetter(*shape(table).columns)


class Rows:
    """Writes rows inside the transaction that its connection is in, and remembers their images."""

    def __init__(self, connection: sqlite3.Connection, later: Later | None = None) -> None:
        self.connection = connection
        self._later = later
        self.images: list[Image] = []
        self._read: dict[str, dict[int, Row | None]] = {}
        self._read_at = -1

    def get(self, model: Table, row_id: int | None) -> Row | None:
        """One row by id as a dict of column values, or None."""
        if row_id is None:
            return None
        return self.read(model, (row_id,)).get(row_id)

    def read(self, model: Table, ids: Collection[int]) -> dict[int, Row]:
        """Rows by id in the order asked, without those that are not there; one statement whatever their number.

        Rules ask for the same row up to ten times in one command; it is read again only after something was
        written, by whatever way: SQLite counts changes, those of triggers too.
        """
        if self._later is not None:
            self._later.write_rows()
        if self._read_at != self.connection.total_changes:
            self._read, self._read_at = {}, self.connection.total_changes
        name = shape(model).name
        known = self._read.setdefault(name, {})
        asked = [row_id for row_id in ids if row_id not in known]
        if asked:
            cursor = self.connection.execute(
                f'SELECT * FROM "{name}" WHERE id IN (SELECT value FROM json_each(?))', (json.dumps(asked),)
            )
            columns = [d[0] for d in cursor.description]
            known |= dict.fromkeys(asked)
            for row in cursor:
                found = dict(zip(columns, row, strict=True))
                known[found["id"]] = found
        return {row_id: dict(row) for row_id in ids if (row := known[row_id]) is not None}

    def insert(self, model: Table, **values: Any) -> int:
        """Insert one row; its id."""
        return self.insert_many(model, [values])[0]

    def insert_many(self, model: Table, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
        """Insert rows (all with the same columns or the table's defaults); their ids, in order."""
        if not rows:
            return []
        known = shape(model)
        first = self.next_id(model)
        prepared: list[Row] = []
        empty, keys, usual = _blank(known.name)
        imaged, untold = known.undo is not Undo.DERIVED, known.untold
        for offset, values in enumerate(rows):
            row: Row = empty.copy()
            said = {name: to_column(value) for name, value in values.items()}
            row |= said
            if len(row) != len(empty):
                raise KeyError(f"{known.name}.{next(name for name in values if name not in empty)}")
            if row["id"] is None:
                row["id"] = first + offset
            for column, make in keys:
                row[column] = said[column] = make(row)
            prepared.append(row)
            if imaged:  # what was said, and not all columns of which most are empty
                after = {c: v for c, v in said.items() if v is not None and c not in untold}
                after |= {c: v for c, v in usual if c not in said}
                self.images.append(Image(known.name, row["id"], "insert", None, after, row.get("version")))
        if (later := self._gathering(known)) is not None:
            later.rows(known.name, _insert_placed(known.name), [*map(_placed(known.name), prepared)])
        else:
            if self._later is not None:
                self._later.write_rows()
            self.connection.executemany(_insert(known.name), prepared)
        self._index(known, prepared)
        return [row["id"] for row in prepared]

    def update(self, model: Table, row_id: int, **values: Any) -> bool:
        """Change columns of one row; False if nothing differs. A missing row is a KeyError."""
        before = self.get(model, row_id)
        return self._change(shape(model), [(row_id, before, values)])

    def update_many(self, model: Table, rows: Mapping[int, Mapping[str, Any]]) -> bool:
        """Change columns of many rows in the order given, in two statements whatever their number; False if nothing
        differs. A missing row is a KeyError, and then none is changed."""
        found = self.read(model, rows)
        return self._change(shape(model), [(i, found.get(i), values) for i, values in rows.items()])

    def _change(self, known: Shape, rows: Iterable[tuple[int, Row | None, Mapping[str, Any]]]) -> bool:
        """Write what differs from the rows as they are (id, row, new values), each in its turn."""
        changes: list[tuple[Row, Row]] = []
        for row_id, before, values in rows:
            if before is None:
                raise KeyError(f"{known.name} {row_id}")
            new = {name: to_column(value) for name, value in values.items()}
            changed = {name: value for name, value in new.items() if before[name] != value}
            if changed:
                changes.append((before, changed))
        images: list[Image] = []
        for before, changed in changes:
            for column, (sources, make) in known.search.keys.items():
                if any(s in changed for s in sources):
                    changed[column] = make(before | changed)
            imaged = {c: v for c, v in changed.items() if c in known.imaged}
            version = before.get("version")
            if imaged and known.versioned:
                version = changed["version"] = before["version"] + 1
            if imaged and known.undo is not Undo.DERIVED:
                old = {c: before[c] for c in imaged}
                images.append(Image(known.name, before["id"], "update", old, imaged, version))
        if changes:
            self._set(known, changes)
        self.images += images
        return bool(changes)

    def _set(self, known: Shape, changes: Sequence[tuple[Row, Row]]) -> None:
        """One text for all, so that their order stays: what one gives up, the next may take."""
        columns = sorted({column for _, changed in changes for column in changed})
        sets = ", ".join(f'"{c}" = :{c}' for c in columns)
        self.connection.executemany(
            f'UPDATE "{known.name}" SET {sets} WHERE id = :id',
            [
                {c: changed.get(c, before[c]) for c in columns} | {"id": before["id"]}
                for before, changed in changes
            ],
        )
        said = [(b, c) for b, c in changes if any(s in c for s in known.search.sources)]
        if said:
            self._unindex(known, [before["id"] for before, _ in said])
            self._index(known, [before | changed for before, changed in said])

    def raise_version(self, model: Table, row_id: int) -> None:
        """Count a change of what belongs to this row but lies in other tables (a person's phone)."""
        known = shape(model)
        row = self.get(model, row_id)
        if row is None:
            raise KeyError(f"{known.name} {row_id}")
        version = row["version"] + 1
        self.connection.execute(f'UPDATE "{known.name}" SET version = ? WHERE id = ?', (version, row_id))
        self.images.append(Image(known.name, row_id, "update", {}, {}, version))

    def delete(self, model: Table, row_id: int) -> None:
        """Remove one row. A missing row is a KeyError."""
        self.delete_many(model, [row_id])

    def delete_many(self, model: Table, ids: Collection[int]) -> None:
        """Remove rows, in the order given. A missing row is a KeyError, and then none is removed."""
        known = shape(model)
        found = self.read(model, ids)
        missing = [row_id for row_id in ids if row_id not in found]
        if missing:
            raise KeyError(f"{known.name} {missing[0]}")
        self._unindex(known, ids)
        self.connection.executemany(f'DELETE FROM "{known.name}" WHERE id = ?', [(i,) for i in ids])
        if known.undo is Undo.DERIVED:
            return
        for row_id, before in found.items():
            old = {c: v for c, v in before.items() if c not in known.untold and v is not None}
            self.images.append(Image(known.name, row_id, "delete", old, None, before.get("version")))

    def take_images(self) -> list[Image]:
        """The images since the last take: the trail hangs them under the event that caused them."""
        taken, self.images = self.images, []
        return taken

    def next_id(self, model: Table) -> int:
        """The id that the next inserted row will get; true until then, because there is one writer."""
        name = shape(model).name

        def written() -> int:
            row = self.connection.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)
            ).fetchone()
            return int(row[0]) if row else 0

        later = self._gathering(shape(model))
        return 1 + (written() if later is None else later.last_id(name, written))

    def _gathering(self, known: Shape) -> Later | None:
        """What gathers new rows of this table; None where they are written at once."""
        later = self._later
        return later if later is not None and later.gathers(known.name) else None

    def _index(self, known: Shape, rows: Iterable[Row]) -> None:
        words = known.search.words
        if known.search.fts is None or words is None:
            return
        if self._later is not None:
            self._later.words([(known.search.fts, row["id"], words(row)) for row in rows])
            return
        self.connection.executemany(
            f"INSERT INTO {known.search.fts} (rowid, words) VALUES (?, ?)",
            [(row["id"], words(row)) for row in rows],
        )

    def _unindex(self, known: Shape, ids: Iterable[int]) -> None:
        if known.search.fts is not None:
            if self._later is not None:
                self._later.write()
            self.connection.executemany(
                f"DELETE FROM {known.search.fts} WHERE rowid = ?", [(i,) for i in ids]
            )

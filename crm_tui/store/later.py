"""What many commands of one transaction write at its end, in sets: people's rows, events, their images, words.

Written at once, each savepoint of a full-text table costs a segment of its own, most of an import's time. The ids and
digests are fixed when the event happens, so that the trail is the same to the byte. Rows are written as soon as anybody
reads, so that every reader finds what was done before. (decisions 0021, 0024)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, TypeVar, cast

from crm_tui.store.trail import INSERT_CHANGE, INSERT_EVENT

T = TypeVar("T")
GATHERED: Final = ("party", "contact_point", "address", "party_relation", "form_response", "field_value")
"""Tables whose new rows are gathered, those that are pointed at before those that point at them."""
Words = tuple[str, int, str]
"""A full-text table, the row's id, its words."""


class NotInSets(Exception):
    """The database refuses one of the gathered rows, and does not say whose: they have to be written one by one."""


class _Rows(dict[str, list[Sequence[Any]]]):
    """New rows by table, not written yet."""

    def __missing__(self, table: str) -> list[Sequence[Any]]:
        made: list[Sequence[Any]] = []
        self[table] = made
        return made


class _Seeing:
    """A connection on which everything is found: whoever asks it anything has the gathered rows written before."""

    def __init__(self, later: Later) -> None:
        self._later = later

    def __getattr__(self, name: str) -> Any:
        self._later.write_rows()
        return getattr(self._later.connection, name)


@dataclass(frozen=True, slots=True)
class Mark:
    """How much was gathered when a command began. A write meanwhile begins new lists: what it wrote is undone with the
    savepoint, so the old ones are what is not written."""

    words: list[Words]
    events: list[Mapping[str, Any]]
    changes: list[Sequence[Any]]
    rows: _Rows
    lengths: tuple[int, int, int]
    of_rows: tuple[int, ...]
    end: tuple[int, str] | None


@dataclass(slots=True)
class Alone:
    """Whether nobody else wrote between the chunks: the trail's last digest before the first, and after the last."""

    first: str | None = None
    head: str | None = None

    def since(self, head: str) -> str | None:
        """The digest since which nobody else wrote, of a chunk that finds this the last; None from then on that
        somebody did."""
        if self.head is None:
            self.first = head
        elif self.head != head:
            self.first = None
        return self.first


class Later:
    """Gathers for one transaction. Whoever reads the trail or searches words inside it must `write` before.

    `since`: the digest of the event since which nobody but this run of commands wrote; None if that is not so.
    `seeing` is the connection for whoever reads rows; `rows` says whether rows are gathered, too.
    """

    def __init__(
        self, connection: sqlite3.Connection, *, rows: bool = True, since: str | None = None
    ) -> None:
        self.connection = connection
        self.since = since
        self.seeing = cast("sqlite3.Connection", _Seeing(self))
        self._tables = frozenset(GATHERED if rows else ())
        self.end: tuple[int, str] | None = None
        """Id and digest of the last event; None if it is the last that is written."""
        self._words: list[Words] = []
        self._events: list[Mapping[str, Any]] = []
        self._changes: list[Sequence[Any]] = []
        self._rows = _Rows()
        self._inserts: dict[str, str] = {}
        self._last: dict[str, int] = {}
        self._kept: dict[str, Any] = {}
        self._ahead: tuple[type, int, Any] | None = None
        self._saved = True
        """Whether what the present command writes can be taken back; outside of one there is nothing to save."""

    def once(self, name: str, make: Callable[[], T]) -> T:
        """A fact that no gathered command changes, read once for all of them."""
        if name not in self._kept:
            self._kept[name] = make()
        found: T = self._kept[name]
        return found

    def ahead(self, kind: type, position: int, read: Callable[[], tuple[int, T]]) -> T:
        """What was read ahead for the command of this kind at this position: `read` gives it with the position up to
        which it holds; anew once another kind was between them."""
        if self._ahead is None or self._ahead[0] is not kind or position >= self._ahead[1]:
            self._ahead = (kind, *read())
        found: T = self._ahead[2]
        return found

    def words(self, words: Sequence[Words]) -> None:
        """Index these rows at the end."""
        self._words += words

    def trail(
        self, events: Sequence[Mapping[str, Any]], changes: Sequence[Sequence[Any]], end: tuple[int, str]
    ) -> None:
        """Append events with their changes at the end; `end` is the id and digest of the last."""
        self._events += events
        self._changes += changes
        self.end = end

    def gathers(self, table: str) -> bool:
        """Whether new rows of this table are gathered."""
        return table in self._tables

    def rows(self, table: str, insert: str, rows: Sequence[Sequence[Any]]) -> None:
        """Insert these rows, all columns in their order, the id first, when somebody reads, or at the end."""
        self._inserts[table] = insert
        self._rows[table] += rows

    def last_id(self, table: str, read: Callable[[], int]) -> int:
        """The highest id given in a gathered table; `read` asks the database."""
        if rows := self._rows[table]:
            return int(rows[-1][0])
        if table not in self._last:
            self._last[table] = read()
        return self._last[table]

    def write_rows(self) -> None:
        """Write the gathered rows. `NotInSets` if the database refuses one."""
        self._save()
        rows, self._rows = self._rows, _Rows()
        self._last.clear()
        for table in GATHERED:
            if rows[table]:
                try:
                    self.connection.executemany(self._inserts[table], rows[table])
                except sqlite3.IntegrityError as error:
                    raise NotInSets from error

    def mark(self, *, at_once: bool) -> Mark:
        """Where to go back to if the command that now begins is refused. `at_once`: it writes without asking here;
        for others a savepoint is made when somebody asks, which most rows of a file never do."""
        self._saved = False
        if at_once:
            self._save()
        lengths = (len(self._words), len(self._events), len(self._changes))
        of_rows = tuple(len(self._rows[table]) for table in GATHERED)
        return Mark(self._words, self._events, self._changes, self._rows, lengths, of_rows, self.end)

    def _save(self) -> None:
        if not self._saved:
            self.connection.execute("SAVEPOINT one")
            self._saved = True

    def release(self) -> None:
        """The command has ended."""
        if self._saved:
            self.connection.execute("RELEASE one")
        self._saved = True

    def back(self, mark: Mark) -> None:
        """Take back what was written since, and forget what was gathered."""
        if self._saved:
            self.connection.execute("ROLLBACK TO one")
        self._words, self._events, self._changes, self.end = mark.words, mark.events, mark.changes, mark.end
        words, events, changes = mark.lengths
        del mark.words[words:], mark.events[events:], mark.changes[changes:]
        self._rows = mark.rows
        self._last.clear()
        for table, count in zip(GATHERED, mark.of_rows, strict=True):
            del mark.rows[table][count:]
        if self._ahead is not None and self._ahead[2] is not None:
            self._ahead[2].forget()

    def write(self) -> None:
        """Write what was gathered; facts that were kept are read anew. `NotInSets` as in `write_rows`."""
        self.write_rows()
        words, events, changes = self._words, self._events, self._changes
        self._words, self._events, self._changes, self.end = [], [], [], None
        self._kept.clear()
        self._ahead = None
        self.connection.executemany(INSERT_EVENT, events)
        self.connection.executemany(INSERT_CHANGE, changes)
        for table, of_table in groupby(sorted(words, key=itemgetter(0)), key=itemgetter(0)):
            self.connection.executemany(
                f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", [each[1:] for each in of_table]
            )

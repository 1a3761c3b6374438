"""What many commands of one transaction write at its end, in sets: events, their images, words to be found by.

Written at once, each savepoint of a full-text table costs a segment of its own, most of an import's time. The ids and
digests are fixed when the event happens, so that the trail is the same to the byte. (decision 0021)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from crm_tui.store.trail import INSERT_CHANGE, INSERT_EVENT

T = TypeVar("T")
Words = tuple[str, int, str]
"""A full-text table, the row's id, its words."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How much was gathered when a command began. A write meanwhile begins new lists: what it wrote is undone with the
    savepoint, so the old ones are what is not written."""

    words: list[Words]
    events: list[Mapping[str, Any]]
    changes: list[Sequence[Any]]
    lengths: tuple[int, int, int]
    end: tuple[int, str] | None


class Later:
    """Gathers for one transaction. Whoever reads the trail or searches words inside it must `write` before."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.end: tuple[int, str] | None = None
        """Id and digest of the last event; None if it is the last that is written."""
        self._words: list[Words] = []
        self._events: list[Mapping[str, Any]] = []
        self._changes: list[Sequence[Any]] = []
        self._kept: dict[str, Any] = {}

    def once(self, name: str, make: Callable[[], T]) -> T:
        """A fact that no gathered command changes, read once for all of them."""
        if name not in self._kept:
            self._kept[name] = make()
        found: T = self._kept[name]
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

    def mark(self) -> Mark:
        """Where to go back to if the command that now begins is refused."""
        lengths = (len(self._words), len(self._events), len(self._changes))
        return Mark(self._words, self._events, self._changes, lengths, self.end)

    def back(self, mark: Mark) -> None:
        """Forget what was gathered since; the savepoint takes back what was written since."""
        self._words, self._events, self._changes, self.end = mark.words, mark.events, mark.changes, mark.end
        words, events, changes = mark.lengths
        del mark.words[words:], mark.events[events:], mark.changes[changes:]

    def write(self) -> None:
        """Write what was gathered; facts that were kept are read anew."""
        words, events, changes = self._words, self._events, self._changes
        self._words, self._events, self._changes, self.end = [], [], [], None
        self._kept.clear()
        self.connection.executemany(INSERT_EVENT, events)
        self.connection.executemany(INSERT_CHANGE, changes)
        for table, of_table in groupby(sorted(words, key=itemgetter(0)), key=itemgetter(0)):
            self.connection.executemany(
                f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", [each[1:] for each in of_table]
            )

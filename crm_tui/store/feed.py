"""Seeing other programs' changes: poll `data_version`, then read the few events since the last one seen.

The poll costs 3 microseconds and sees every commit of others; own commits do not move it on their own
connection, but this one is dedicated, so own writes are skipped by event id.
"""

from __future__ import annotations

from dataclasses import dataclass

from crm_tui.store.connect import Use
from crm_tui.store.errors import Lost
from crm_tui.store.queries.notice import CHANGED
from crm_tui.store.store import Store

AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """One change of somebody: enough to know what on the screen is stale."""

    event_id: int
    kind: str
    entity: str
    entity_id: int
    card_id: int | None
    party_id: int | None
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class News:
    """What came since the last look; `everything` means: read all anew."""

    seen: tuple[Seen, ...] = ()
    everything: bool = False
    restored: bool = False
    lost: Lost | None = None
    """Why this program must leave the file."""
    notices: bool = False
    """What the operator was told, or has read, changed: it is no event."""


class Feed:
    """One dedicated connection per program; it never opens a transaction, which would blind it."""

    def __init__(self, store: Store, user_id: int = 0) -> None:
        """`user_id`: whose notices are watched."""
        self._store = store
        self._user_id = user_id
        self._connection = store.connection(Use.WATCH)
        self._version = self._data_version()
        self._last = self._max_id()
        self._generation = self._read_generation()
        self._notices = self._unread()
        self._own: set[int] = set()

    def published(self, event_ids: tuple[int, ...]) -> None:
        """These events are this program's own and already on its screen: skip them."""
        self._own.update(event_id for event_id in event_ids if event_id > self._last)

    def poll(self) -> News | None:
        """What changed, or None. Call four times a second."""
        lost = self._store.lost(self._connection)
        if lost is not None:
            return News(lost=lost)
        version = self._data_version()
        if version == self._version:
            return None
        self._version = version
        generation = self._read_generation()
        if generation != self._generation:
            self._generation, self._last = generation, self._max_id()
            self._own.clear()
            return News(everything=True, restored=True)
        newest = self._max_id()
        if newest < self._last:
            self._last = newest
            self._own.clear()
            return News(everything=True)
        rows = self._connection.execute(
            "SELECT id, kind, entity, entity_id, card_id, party_id, actor_id FROM event WHERE id > ? "
            "ORDER BY id LIMIT ?",
            (self._last, AT_MOST + 1),
        ).fetchall()
        self._last = rows[-1][0] if 0 < len(rows) <= AT_MOST else newest
        seen = tuple(Seen(*row) for row in rows if row[0] not in self._own)
        self._own.difference_update([event_id for event_id in tuple(self._own) if event_id <= self._last])
        if len(rows) > AT_MOST:
            return News(everything=True)
        before, self._notices = self._notices, self._unread()
        notices = self._notices != before
        return News(seen, notices=notices) if seen or notices else None

    def _data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _max_id(self) -> int:
        return int(self._connection.execute("SELECT coalesce(max(id), 0) FROM event").fetchone()[0])

    def _unread(self) -> tuple[int, int]:
        """The newest unread notice of the operator, and how many there are; a range of an index."""
        found: tuple[int, int] = self._connection.execute(CHANGED, {"user_id": self._user_id}).fetchone()
        return found

    def _read_generation(self) -> str:
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
        return row[0] if row else ""

"""The demonstration: a believable company's CRM in a new file, from a hundred people to a million.

Its own small door, without undo of its own: it writes into a file that did not exist. The same seed, day and hour
give the same rows. (LOOK of the screens; the benchmark's big files)
"""

from __future__ import annotations

import contextlib
import gc
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from crm_tui.store.demo.book import Book
from crm_tui.store.demo.campaigns import campaigns
from crm_tui.store.demo.company import ZONE, hire, house
from crm_tui.store.demo.crowd import Crowd
from crm_tui.store.demo.days import Days
from crm_tui.store.demo.desk import Desk
from crm_tui.store.demo.forms import draw_up
from crm_tui.store.demo.indexes import without_indexes
from crm_tui.store.demo.many import Many
from crm_tui.store.demo.meetings import Meetings
from crm_tui.store.demo.parties import Directory
from crm_tui.store.demo.stories import Stories, read
from crm_tui.store.rows import Rows
from crm_tui.store.schema import create
from crm_tui.store.starter import Founder, begin
from crm_tui.store.tables import Board

OPERATOR = "ana"
"""Who one is in the demonstration unless another is named."""

Progress = Callable[[int, int], None]

_IMPORTED_DAYS = 900
"""Days ago when the company imported its people from the old system."""
_CACHE_KIB = 64 * 1024
"""Pages held while a file is filled: with SQLite's own 2 MB a million people spill all the time."""
_LAST_NUMBERS = """
SELECT c.board_id, max(CAST(substr(c.number, length(b.number_prefix) + 2) AS INTEGER)) FROM card c
JOIN board b ON b.id = c.board_id GROUP BY c.board_id
"""


def make_demo(
    path: Path,
    *,
    now: datetime,
    cards: int = 60,
    people: int | None = None,
    seed: int = 1,
    locale: str = "pt-BR",
    progress: Progress | None = None,
) -> int:
    """Make a demonstration at `path` as of `now` (aware); how many rows it has.

    `people` counts persons and companies together (twice the cards if None), never fewer than the cards' own.
    `progress` is told (cards and people made, all). `StoreRefused` if there is a file already.
    """
    written = 0

    def finish(connection: sqlite3.Connection) -> None:
        nonlocal written
        begun = begin(connection, Founder("admin", "Administração", locale, ZONE), now)
        hire(connection, begun, locale)
        connection.execute("INSERT INTO meta (key, value) VALUES ('demonstration', ?)", (OPERATOR,))
        written = _Demonstration(connection, now, seed, progress).fill(cards, people)

    with _without_collector():
        create(path, finish)
    return written


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """No search for cycles meanwhile: a million short-lived rows set it off and have none (a tenth of the time)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Demonstration:
    """One filling of a fresh file."""

    def __init__(
        self, connection: sqlite3.Connection, now: datetime, seed: int, progress: Progress | None
    ) -> None:
        zone = ZoneInfo(ZONE)
        self._connection = connection
        self._progress = progress or (lambda _done, _all: None)
        self._rng = Random(seed)  # noqa: S311  dice for a story, not a secret
        self._days = Days(now, zone)
        self._house = house(connection, zone, self._days.today)
        campaigns(
            connection,
            actions={name: action.id for name, action in self._house.actions.items()},
            results={name: result.id for name, result in self._house.results.items()},
            mediums=self._house.mediums,
            stages={place: stage.id for place, stage in self._house.stages.items()},
        )
        self._forms = draw_up(Rows(connection))
        self._book = Book(connection, seed)
        self._directory = Directory(self._rng)

    def fill(self, cards: int, people: int | None) -> int:
        """Tell everything and write it; how many rows."""
        self._connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        book, days = self._book, self._days
        written = read()[:cards]
        with without_indexes(self._connection):
            stories = Stories(book, self._house, days, self._directory, self._rng, self._forms)
            stories.tell(written)
            self._directory.add_rest(days.past(-1, "17:00"), self._house.users["admin"], book)
            desk = Desk(book, self._house, days, self._directory)
            desk.steps()
            self._generate(cards - len(written), people if people is not None else 2 * cards, stories.numbers)
            Meetings(book, self._house, days, self._directory).tell()
            book.finish()
        book.settle()
        desk.drafts(self._connection, stories.card_ids)
        self._number_on()
        return book.written

    def _generate(self, cards: int, people: int, taken: dict[str, set[int]]) -> None:
        """The crowd and its cards; as many people as cards at least, so that companies seldom have two."""
        crowd = Crowd(self._book, self._rng, self._days.past(-_IMPORTED_DAYS + 1, "18:30"))
        count = max(people - len(self._directory), cards + 1 if cards else 0)
        crowd.add(count, lambda done: self._progress(done, count + cards))
        if cards:
            many = Many(self._book, self._house, self._days, crowd, self._rng)
            many.tell(cards, taken, lambda done: self._progress(count + done, count + cards))
        self._progress(count + cards, count + cards)

    def _number_on(self) -> None:
        """Let each board go on after its highest number."""
        rows = Rows(self._connection)
        for board_id, last in self._connection.execute(_LAST_NUMBERS).fetchall():
            rows.update(Board, board_id, next_number=last + 1)

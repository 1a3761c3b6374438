"""The demonstration: a believable company's CRM in a new file, from a hundred people to a million.

Its own small door, without undo of its own: it writes into a file that did not exist. The same seed, day and hour
give the same rows. (LOOK of the screens; the benchmark's big files)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from crm_tui.store.demo.book import Book
from crm_tui.store.demo.company import ZONE, hire, house
from crm_tui.store.demo.days import Days
from crm_tui.store.demo.desk import Desk
from crm_tui.store.demo.parties import Directory
from crm_tui.store.demo.stories import Stories, read
from crm_tui.store.rows import Rows
from crm_tui.store.schema import create
from crm_tui.store.starter import Founder, begin
from crm_tui.store.tables import Board

OPERATOR = "ana"
"""Who one is in the demonstration unless another is named."""

Progress = Callable[[int, int], None]


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
        written = _fill(connection, now, cards, people, seed, locale)

    create(path, finish)
    return written


def _fill(
    connection: sqlite3.Connection, now: datetime, cards: int, people: int | None, seed: int, locale: str
) -> int:
    zone = ZoneInfo(ZONE)
    rng = Random(seed)  # noqa: S311  dice for a story, not a secret
    days = Days(now, zone)
    started = begin(connection, Founder("admin", "Administração", locale, ZONE), days.past(-900, "08:00"))
    hire(connection, started, locale)
    connection.execute("INSERT INTO meta (key, value) VALUES ('demonstration', ?)", (OPERATOR,))
    company = house(connection, zone)
    book = Book(connection, seed)
    directory = Directory(rng)
    stories = Stories(book, company, days, directory, rng)
    stories.tell(read()[:cards])
    directory.add_rest(days.past(-1, "17:00"), company.users["admin"], book)
    desk = Desk(book, company, days, directory)
    desk.steps()
    book.finish()
    desk.drafts(connection, stories.card_ids)
    rows = Rows(connection)
    for board_id, prefix in connection.execute("SELECT id, number_prefix FROM board").fetchall():
        last = connection.execute(
            "SELECT max(CAST(substr(number, length(?) + 2) AS INTEGER)) FROM card WHERE board_id = ?",
            (prefix, board_id),
        ).fetchone()[0]
        rows.update(Board, board_id, next_number=(last or 0) + 1)
    return book.written

"""The copies of a database that lie beside it: which there are and are kept, one more, and putting one back. (M105)

A copy is checked by SQLite before it counts, so what is listed was whole when it was made. Knows no screen.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crm_tui.connectors.files import FileFault, allowed, located
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import Text, text_n
from crm_tui.services.core import custody
from crm_tui.services.core.crm import Many
from crm_tui.services.core.reading import Denied
from crm_tui.store import backup, connect
from crm_tui.store.connect import Use
from crm_tui.store.errors import StoreRefused
from crm_tui.store.queries import access
from crm_tui.store.values import as_instant

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

OLD: Final = timedelta(days=2)
"""The clock makes one a day: a newest one of more than this is worth a word."""
MANY: Final = 100
"""Rows of a file from which on the base is copied before they are taken in, unless there is a copy of the last hour."""
_FRESH: Final = timedelta(hours=1)
_IMPORTS_KEPT: Final = 3
_DAYS, _WEEKS, _MONTHS = 7, 4, 12
_BESIDE: Final = r"\.(daily-[0-9]{4}-[0-9]{2}-[0-9]{2}|before-(?:restore-|import-)?[0-9-]+|copy-[0-9-]+)"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy beside the database: where, since when (aware, UTC) and its size in bytes."""

    path: Path
    at: datetime
    size: int


def kept(database: Path) -> list[Copy]:
    """The copies beside a database, the newest first; none of a folder that cannot be read."""
    named = re.compile(re.escape(database.name) + _BESIDE)
    found = []
    with contextlib.suppress(OSError):
        for path in database.parent.iterdir():
            if named.fullmatch(path.name):
                there = path.stat()
                found.append(Copy(path, datetime.fromtimestamp(there.st_mtime, UTC), there.st_size))
    return sorted(found, key=lambda each: (each.at, each.path.name), reverse=True)


def damage(copy: Copy) -> Text | None:
    """Why a copy could not be put back, read to its end; None if it could, after a migration if need be."""
    try:
        connect.version_of(copy.path)
        backup.whole(copy.path)
    except StoreRefused as refused:
        return refused.reason
    return None


def suggested(database: Path, local: datetime) -> str:
    """A name beside the database that says when: the operator may write any other."""
    return str(database.with_name(f"{database.name}.copy-{local:%Y-%m-%d-%H%M}"))


def outlived(days: Sequence[date]) -> list[date]:
    """Of the days of daily copies those whose copy goes: the last seven stay, the last of each of four weeks, and of
    each of twelve months."""
    newest = sorted(days, reverse=True)
    kept: set[date] = set(newest[:_DAYS])
    for most, part in ((_WEEKS, _week), (_MONTHS, _month)):
        last = {part(day): day for day in sorted(days)}  # a later day of the same takes its place
        kept |= {last[each] for each in sorted(last, reverse=True)[:most]}
    return sorted(set(days) - kept)


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def before_many(crm: Crm, rows: int) -> Many | None:
    """Copy the base before so many rows of a file are taken in, where that is worth a copy, and keep the last three
    such copies. What taking them in comes to if it cannot be copied: nothing is begun; None if nothing hinders it."""
    database, now = crm.store.path, crm.clock()
    there = kept(database)
    if rows < MANY or (there and now - there[0].at < _FRESH):
        return None
    local = now.astimezone(crm.viewer.zone)
    target = database.with_name(f"{database.name}.before-import-{local:%Y-%m-%d-%H%M%S}")
    if not target.exists():
        try:
            backup.backup(database, target)
        except StoreRefused as refused:
            return Many("", (Refusal(refused.reason, RefusedBy.STORE),))
    made = sorted(each.path for each in kept(database) if ".before-import-" in each.path.name)
    for old in made[:-_IMPORTS_KEPT]:
        old.unlink(missing_ok=True)
    return None


def stale(database: Path, now: datetime) -> Text | None:
    """That the newest copy is old, or that a base of more than two days has none; None if all is well, and of a
    demonstration, which nobody misses."""
    there = kept(database)
    with closing(connect.raw(database, Use.READ)) as connection:
        if connection.execute(access.DEMONSTRATION).fetchone() is not None:
            return None
        first = as_instant(connection.execute("SELECT min(at) FROM event").fetchone()[0])
    if there:
        days = (now - there[0].at).days
        if now - there[0].at <= OLD:
            return None
        return text_n(
            "the newest copy is {n} day old: make one with crm-tui backup, or let cron call crm-tui tick",
            "the newest copy is {n} days old: make one with crm-tui backup, or let cron call crm-tui tick",
            days,
        )
    if first is None or now - first <= OLD:
        return None
    return Text("there is no copy: make one with crm-tui backup, or let cron call crm-tui tick")


def make(crm: Crm, typed: str) -> Path:
    """Copy the live database to a new file and check the copy; `FileFault` with the reason if it may not or cannot."""
    target, login = allowed(located(typed), crm.store.path), crm.viewer.login
    try:
        custody.ask(crm.store.path, custody.BACKUP, lambda _: login)
        backup.backup(crm.store.path, target)
    except (Denied, StoreRefused) as error:
        raise FileFault(error.reason) from error
    return target


def put_back(crm: Crm, typed: str) -> Path | None:
    """Write a checked copy into the live database, under its lock; where the present is kept. Every open program, this
    one too, sees it at its next look and reads everything anew. `FileFault` with the reason if it may not or cannot."""
    source, login = allowed(located(typed), crm.store.path), crm.viewer.login
    try:
        return custody.restore(crm.store.path, source, lambda _: login, crm.clock())
    except (Denied, StoreRefused) as error:
        raise FileFault(error.reason) from error

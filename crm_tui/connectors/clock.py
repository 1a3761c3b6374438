"""Time as a caller: runs the jobs that are due, one worker per database, from any open program or from cron.

A job is idempotent: its key says what and when (`backup:2026-11-24`), and running it again does nothing. What can
be derived when shown (late, stale) is never a job. Knows no screen; how a job is done is its own business.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from crm_tui.connectors import copies
from crm_tui.domain.outcome import Done
from crm_tui.i18n import N_, Text, text_n
from crm_tui.services.agenda import views
from crm_tui.services.calendar.yearly import fill_due
from crm_tui.services.notice.telling import tell_due
from crm_tui.store import backup, heads, lease
from crm_tui.store.connect import Use
from crm_tui.store.errors import StoreRefused

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

LEASE = timedelta(seconds=30)
WORKER = "clock"


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a job: `ok` false if it failed, `detail` what it did or why it could not."""

    job: str
    key: str
    ok: bool
    detail: Text


@dataclass(frozen=True, slots=True)
class Job:
    """`key` says what and when is due now; `run` does it unless that is done already (then None)."""

    name: str
    key: Callable[[Crm], str]
    run: Callable[[Crm], Text | None]


def run_due(crm: Crm) -> list[Ran] | None:
    """Run what is due, under the lease; None if another program is running the jobs just now.

    A job that fails is told and does not hinder the others. `StoreRefused` if the lease cannot be written.
    """
    holder = f"{os.getpid()}-{secrets.token_hex(4)}"
    done: list[Ran] = []
    for job in JOBS:
        if not _held(crm, holder):
            return done or None
        key = job.key(crm)
        try:
            told = job.run(crm)
        except StoreRefused as refused:
            done.append(Ran(job.name, key, False, refused.reason))
            continue
        if told is not None:
            done.append(Ran(job.name, key, True, told))
    with crm.store.writing(Use.DRAFT) as connection:
        lease.give_back(connection, WORKER, holder, crm.clock())
    return done


def failures(crm: Crm) -> list[Text]:
    """Run what is due and say only what went wrong: for an open program, whose operator asked for nothing."""
    try:
        ran = run_due(crm) or []
    except StoreRefused as refused:
        return [refused.reason]
    return [each.detail for each in ran if not each.ok]


def _held(crm: Crm, holder: str) -> bool:
    """Take the lease, or renew it before the next job."""
    now = crm.clock()
    with crm.store.writing(Use.DRAFT) as connection:
        return lease.take(connection, WORKER, holder, now, now + LEASE)


def _backup_key(crm: Crm) -> str:
    return f"backup:{crm.clock().astimezone(crm.viewer.zone).date().isoformat()}"


def daily_backup(crm: Crm) -> Text | None:
    """One copy a day beside the database, and those that it outlives taken away; None if today's is there."""
    database = crm.store.path
    day = _backup_key(crm).removeprefix("backup:")
    target = database.with_name(f"{database.name}.daily-{day}")
    if target.exists():
        return None
    backup.backup(database, target)
    there = dailies(database)
    for old in copies.outlived([*there]):
        there[old].unlink(missing_ok=True)
    return Text(N_("backed up to {path}"), {"path": str(target)})


def dailies(database: Path) -> dict[date, Path]:
    """The daily copies of a database by their day; nothing else is ever removed."""
    before = f"{database.name}.daily-"
    found = {}
    for path in database.parent.iterdir():
        if path.name.startswith(before):
            with contextlib.suppress(ValueError):  # somebody's own file
                found[date.fromisoformat(path.name.removeprefix(before))] = path
    return found


def _stages_key(crm: Crm) -> str:
    return f"stages:{crm.clock().astimezone(crm.viewer.zone).date().isoformat()}"


def late_stages(crm: Crm) -> Text | None:
    """Tell whom it concerns of cards that are late in their stage, or soon will be: once each stay. (E29)"""
    told = tell_due(crm)
    return text_n("{n} notice told", "{n} notices told", told) if told else None


def _series_key(crm: Crm) -> str:
    return f"series:{crm.clock().astimezone(crm.viewer.zone).date().isoformat()}"


def going_on(crm: Crm) -> Text | None:
    """Make what comes next of appointments that come again, before there is less than a year of them. Whoever may not
    change them leaves it to the next one."""
    from crm_tui.services.agenda.commands import ContinueSeries

    wanted = crm.read(views.unfinished)
    done = [crm.run(ContinueSeries(series=each), request_id=f"{_series_key(crm)}:{each}") for each in wanted]
    made = sum(isinstance(outcome, Done) for outcome in done)
    return text_n("{n} series continued", "{n} series continued", made) if made else None


def _holidays_key(crm: Crm) -> str:
    return f"holidays:{crm.clock().astimezone(crm.viewer.zone).year}"


def coming_holidays(crm: Crm) -> Text | None:
    """The holidays of the year after next, written in time into every calendar that keeps them. (X20)"""
    filled = fill_due(crm)
    return (
        text_n("{n} calendar has new holidays", "{n} calendars have new holidays", filled) if filled else None
    )


def _head_key(crm: Crm) -> str:
    return f"head:{crm.clock().astimezone(UTC).date().isoformat()}"


def trail_end(crm: Crm) -> Text | None:
    """The trail's end, once a day, beside the database; None if today's is there, or nothing happened ever."""
    kept = heads.read(crm.store.path)
    if kept and kept[-1].at[:10] == _head_key(crm).removeprefix("head:"):
        return None
    if not heads.keep(crm.store.path, crm.store.reader(), crm.clock()):
        return None
    return Text(N_("the trail's end is kept in {path}"), {"path": str(heads.path_of(crm.store.path))})


JOBS: tuple[Job, ...] = (
    Job("stages", _stages_key, late_stages),
    Job("series", _series_key, going_on),
    Job("holidays", _holidays_key, coming_holidays),
    Job("head", _head_key, trail_end),
    Job("backup", _backup_key, daily_backup),
)

"""Reminders of appointments in an open program: said over whatever is on the screen, once, with the terminal's bell.

Nothing is stored of it: what is due follows from the appointments, and each program remembers what it has said. The
focus stays where it is, so that no letter of a parecer goes astray.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import Executor
from datetime import datetime
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from crm_tui.domain.agenda import Reminder
from crm_tui.i18n import N_, say, say_n
from crm_tui.services.agenda import views
from crm_tui.ui.calling import notification
from crm_tui.widgets.looks import clean

if TYPE_CHECKING:
    from textual.app import App

    from crm_tui.services.core.crm import Crm

SHOWN = 30.0
"""Seconds that it stands; the footer's `B` and the agenda have it for longer."""


_told: WeakKeyDictionary[App[Any], set[tuple[int, datetime]]] = WeakKeyDictionary()
"""What each program has said."""


def due(crm: Crm) -> list[Reminder]:
    """What the operator is to be reminded of now. Off the UI thread."""
    found: list[Reminder] = crm.read(views.reminders)
    return found


def words(reminder: Reminder, now: datetime, zone: Any) -> str:
    """`15:00 Mostrar o PDV, Ótica Visão Clara, Rua XV, 88: em 30 min`."""
    minutes = max(1, round((reminder.start_at - now).total_seconds() / 60))
    what = ", ".join(
        clean(each) for each in (reminder.subject, reminder.party or "", reminder.location) if each
    )
    left = (
        say_n("in {n} min", "in {n} min", minutes) if minutes < 120 else say(N_("in {n} h"), n=minutes // 60)
    )
    return f"{reminder.start_at.astimezone(zone):%H:%M} {what}: {left}"


def call(app: App[Any], found: Sequence[Reminder]) -> None:
    """Say what this program has not said yet; an appointment that was moved is said again."""
    crm: Crm = app.crm  # type: ignore[attr-defined]
    for reminder in found:
        key = (reminder.id, reminder.start_at)
        if key in _told.setdefault(app, set()):
            continue
        _told[app].add(key)
        said = words(reminder, crm.clock(), crm.viewer.zone)
        app.notify(said, title=say(N_("Reminder")), timeout=SHOWN, markup=False)
        if not app.is_headless and app._driver is not None:
            app._driver.write(notification(said, os.environ))


async def remind(app: App[Any], thread: Executor) -> None:
    """Read what is due in this thread, and say it."""
    crm: Crm = app.crm  # type: ignore[attr-defined]
    call(app, await asyncio.get_running_loop().run_in_executor(thread, due, crm))

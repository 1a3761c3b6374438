"""Presence as screens see it: say that one edits, and who else does. Failing to say so is no failure."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import timedelta
from typing import TYPE_CHECKING

from crm_tui.store import presence
from crm_tui.store.connect import Use
from crm_tui.store.errors import StoreRefused

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

LASTS = timedelta(minutes=2)
"""How long a row counts; it is renewed once a minute."""


class Presence:
    """One terminal's presence."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def enter(self, subject: str) -> None:
        """An editor opened, or is still open a minute later."""
        crm = self._crm
        now = crm.clock()
        with (
            contextlib.suppress(StoreRefused, sqlite3.OperationalError),  # information only
            crm.store.writing(Use.DRAFT) as connection,
        ):
            presence.enter(
                connection,
                crm.viewer.user_id,
                crm.drafts.terminal,
                subject,
                now=now,
                until=now + LASTS,
            )

    def leave(self, subject: str) -> None:
        """It was closed."""
        with (
            contextlib.suppress(StoreRefused, sqlite3.OperationalError),  # the row ends by itself
            self._crm.store.writing(Use.DRAFT) as connection,
        ):
            presence.leave(connection, self._crm.drafts.terminal, subject)

    def others(self, subject: str) -> list[str]:
        """Who else edits it now."""
        crm = self._crm
        return presence.others(crm.store.reader(), crm.drafts.terminal, subject, crm.clock())

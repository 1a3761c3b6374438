"""Presence as screens see it: say that one edits, and who else does. Failing to say so is no failure."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from crm_tui.domain.subject import record_of
from crm_tui.store import presence
from crm_tui.store.connect import Use
from crm_tui.store.errors import StoreRefused

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

LASTS = timedelta(minutes=2)
"""How long a row counts; it is renewed once a minute."""


class Presence:
    """One terminal's presence. Two forms about one record may stand over each other: the last one takes it away."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm
        self._open: Counter[str] = Counter()

    def enter(self, subject: str) -> None:
        """A form about it opened; `tell` tells the others."""
        self._open[subject] += 1

    def leave(self, subject: str) -> None:
        """A form about it was closed; `tell` tells the others."""
        self._open[subject] -= 1

    def tell(self, subject: str) -> None:
        """Tell the others how it is by now: open, still open a minute later, or closed. It may wait for the lock."""
        crm = self._crm
        now = crm.clock()
        with (
            contextlib.suppress(
                StoreRefused, sqlite3.OperationalError
            ),  # information only; the row ends by itself
            crm.store.writing(Use.DRAFT) as connection,
        ):
            if not self._open[subject]:
                presence.leave(connection, crm.drafts.terminal, subject)
                return
            presence.enter(
                connection,
                crm.viewer.user_id,
                crm.drafts.terminal,
                subject,
                now=now,
                until=now + LASTS,
            )

    def others(self, subject: str) -> list[str]:
        """Who else edits it now; oneself only in another terminal that is still there, not in one that was killed."""
        crm = self._crm
        found = presence.others(crm.store.reader(), crm.drafts.terminal, subject, crm.clock())
        told = [login for user_id, login, terminal in found if self._counts(user_id, terminal)]
        return list(dict.fromkeys(told))

    def everywhere(self, kind: str) -> dict[int, tuple[str, ...]]:
        """Who edits which records of this kind elsewhere, by the record's id."""
        crm = self._crm
        found: dict[int, dict[str, None]] = {}
        for subject, user_id, login, terminal in presence.everywhere(
            crm.store.reader(), crm.drafts.terminal, crm.clock()
        ):
            record = record_of(subject)
            if record is not None and record[0] == kind and self._counts(user_id, terminal):
                found.setdefault(record[1], {})[login] = None
        return {record_id: tuple(logins) for record_id, logins in found.items()}

    def _counts(self, user_id: int, terminal: str) -> bool:
        return user_id != self._crm.viewer.user_id or _lives(terminal)


def _lives(terminal: str) -> bool:
    """Whether the program of this terminal (`pid-mark`, see `Drafts`) still runs; all of them run on one machine."""
    try:
        os.kill(int(terminal.partition("-")[0]), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:  # it is there, and another's
        return True
    return True

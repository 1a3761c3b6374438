"""The small door of what a place remembers for its operator, so that it is found as it was left. (UX.md 7)

Kept in the base, because operators come from more than one machine; no event and no undo, for it is no business fact.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from crm_tui.store import remembered
from crm_tui.store.connect import Use
from crm_tui.store.errors import StoreRefused

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm


class Remembered:
    """One operator's; nobody reads another's."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def find(self, name: str) -> str:
        """What is remembered under this name (`board:2`); empty if nothing is."""
        return remembered.find(self._crm.store.reader(), self._crm.viewer.user_id, name)

    def keep(self, name: str, text: str) -> None:
        """Remember it; nothing if it is empty. It may wait for the lock: not for the thread of the screen."""
        crm = self._crm
        with (
            contextlib.suppress(StoreRefused, sqlite3.OperationalError),  # it holds until the program ends
            crm.store.writing(Use.DRAFT) as connection,
        ):
            remembered.keep(connection, crm.viewer.user_id, name, text)

    def opened(self, mark: str) -> None:
        """Remember that a record (`p12` a person, `c7` a card) was opened; not for the thread of the screen either."""
        from crm_tui.services.core import used

        crm = self._crm
        with (
            contextlib.suppress(StoreRefused, sqlite3.OperationalError),
            crm.store.writing(Use.DRAFT) as connection,
        ):
            used.opened(connection, crm.viewer.user_id, mark)

"""Who else edits a record while a form about it is open: it informs and never locks. (DESIGN §3)

Shared by the parecer and the generated edit forms; where the words stand is the form's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from crm_tui.i18n import N_, say

if TYPE_CHECKING:
    from crm_tui.screens.core.base import CrmScreen

RENEWED, LOOKED = 60.0, 2.0
"""Seconds: how often presence is renewed, and how often others are looked for (0.05 ms a look)."""


class Announced:
    """One open form's presence on `subject` (`card:12`).

    `tell` is given other words only when they change, empty once nobody else is there: a form at rest writes nothing.
    """

    def __init__(self, screen: CrmScreen[Any], subject: str, tell: Callable[[str], None]) -> None:
        self._screen = screen
        self._subject = subject
        self._tell = tell
        self._told = ""

    def begin(self) -> None:
        """The form is open."""
        self._screen.crm.presence.enter(self._subject)
        self._renew()
        self._screen.set_interval(RENEWED, self._renew)
        self._screen.set_interval(LOOKED, self._look)
        self._look()

    def end(self) -> None:
        """The form was closed."""
        self._screen.crm.presence.leave(self._subject)
        self._renew()

    def _renew(self) -> None:
        """In the writer thread, and nobody waits for it: a form that closes waited for the lock, a second at worst."""
        self._screen.shell.park_behind(partial(self._screen.crm.presence.tell, self._subject))

    def _look(self) -> None:
        logins = self._screen.crm.presence.others(self._subject)
        words = say(N_("{who} is editing"), who=", ".join(logins)) if logins else ""
        if words != self._told:
            self._told = words
            self._tell(words)

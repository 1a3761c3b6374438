"""Parking a form while one types: 300 ms after the last key and at least every 2 s, and at once when asked.

Shared by the generated forms and the note editor. What is stored is raw text, never a command. (B45, threat 15)
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_tui.i18n import N_, say
from crm_tui.ui.inside import every_screen

if TYPE_CHECKING:
    from textual.timer import Timer

    from crm_tui.screens.core.base import CrmScreen
    from crm_tui.services.core.drafts import DraftRow

PAUSE = 0.3
LONGEST = 2.0


class Parked(NamedTuple):
    """A form as it stands: raw texts by field, where the cursor is, and the text that a list shows."""

    payload: Mapping[str, str]
    cursor: Mapping[str, Any]
    text: str


class Parking:
    """One form's draft. `collect` gives the form as it stands (None: nothing worth keeping), `saved` is told
    when a save is through, `failed` the sentence when another terminal writes the same, or neither the base nor a
    file beside it takes the draft; once it is taken after all, an empty one."""

    def __init__(
        self,
        screen: CrmScreen[Any],
        command: str,
        subject: str,
        collect: Callable[[], Parked | None],
        saved: Callable[[datetime], None] = lambda _: None,
        *,
        failed: Callable[[str], None],
    ) -> None:
        self._screen = screen
        self._command = command
        self._subject = subject
        self._collect = collect
        self._saved = saved
        self._failed = failed
        self._copy, self._rev, self._id = 0, 0, 0
        self._turn = threading.Lock()
        self._asked, self._kept = 0, 0
        self._told = False
        self._stored: Parked | None = None
        self._pause: Timer | None = None
        self._longest: Timer | None = None
        self._over = False

    def take(self, draft: DraftRow) -> None:
        """Go on with a draft that was resumed."""
        self._subject = draft.subject
        self._id, self._copy, self._rev = draft.id, draft.copy, draft.rev
        self._stored = Parked(draft.payload, draft.cursor, draft.text)

    def found(self) -> DraftRow | None:
        """The draft that waits for this form, if there is one."""
        return self._screen.crm.drafts.find(self._command, self._subject)

    def touched(self) -> None:
        """Something was typed."""
        if self._over:
            return
        if self._pause is None:
            self._pause = self._screen.set_timer(PAUSE, self._due)
        else:
            self._pause.reset()
        if self._longest is None:
            self._longest = self._screen.set_timer(LONGEST, self._due)

    def _due(self) -> None:
        """Not awaited here: behind a save that waits for the lock the screen would wait, too, and not even say so.

        Of a form that has left its stack nothing is collected: its fields have lost the focus, and a search that was
        not finished would be stored as given up, over what was stored when it left.
        """
        self._stop()
        if self._screen not in every_screen(self._screen.app):
            return
        save: Any = self.save  # its worker begins it, or nothing is made
        self._screen.run_worker(save)

    def _stop(self) -> None:
        for timer in (self._pause, self._longest):
            if timer is not None:
                timer.stop()
        self._pause = self._longest = None

    def _changed(self) -> Parked | None:
        parked = None if self._over else self._collect()
        return None if parked is None or parked == self._stored else parked

    def _next(self) -> int:
        self._asked += 1
        return self._asked

    def _store(self, parked: Parked, number: int) -> None:
        """Store the `number`-th state, unless a later one is stored already or the form is filed.

        Two threads come here: a hang-up stores on the UI's while an autosave waits in the writer's. Without the
        number the older text would go over the newer one, without the turn both would save on the same `rev` and
        the second land in a copy. The wait is short: a save that does not get lock or disk spills within 1 s.
        """
        with self._turn:
            if self._over or number < self._kept:
                return
            saved = self._screen.crm.drafts.save(
                self._command,
                self._subject,
                parked.payload,
                parked.cursor,
                parked.text,
                copy=self._copy,
                rev=self._rev,
            )
            self._kept = number
            self._id, self._copy, self._rev = saved.id or self._id, saved.copy, saved.rev  # 0: it was spilled

    async def save(self) -> bool:
        """Store what stands there now, in the writer thread; keys stay alive. False if the disk is full: it is
        said, and tried again while the form is open."""
        from crm_tui.services.core.drafts import NoRoom

        parked = self._changed()
        if parked is None:
            return True
        own = self._copy
        try:
            await self._screen.shell.park(partial(self._store, parked, self._next()))
        except NoRoom as full:
            self._told = True
            self._failed(say(full.reason))
            if self._longest is None and not self._over:
                self._longest = self._screen.set_timer(LONGEST, self._due)
            return False
        self._stored = parked
        if self._told:  # there is room again: what is kept is no longer said not to be
            self._told = False
            self._failed("")
        self._saved(self._screen.now)
        if self._copy != own:
            also = N_("You are writing this in another terminal too: here it is kept as a draft of its own.")
            self._failed(say(also))
        return True

    def now(self) -> bool:
        """Store at once, on this thread: the line was lost or the program ends. False if the disk is full."""
        from crm_tui.services.core.drafts import NoRoom

        parked = self._changed()
        if parked is None:
            return True
        try:
            self._store(parked, self._next())
        except NoRoom as full:
            self._told = True
            self._failed(say(full.reason))
            return False
        self._stored = parked
        return True

    async def filed(self) -> None:
        """The form became a command: its draft goes. Nothing is stored after this.

        Behind an autosave that fell due while the command waited for the lock: only then is it known which row.
        """
        self._over = True
        self._stop()
        await self._screen.shell.park(self._drop)

    def _drop(self) -> None:
        with self._turn:
            self._screen.crm.drafts.filed(self._command, self._subject, self._id)

"""A form is locked while it is being saved: keys wait for the answer, and after a while it says that it saves.

A save that waits for the lock takes up to ten seconds. Keys that were let through went into a text that was filed
already and were lost, and the rest of the sentence moved cards on the screen below (both reproduced). Typed ahead of
a quick save they are meant for what comes next; behind a slow one they are a text whose form is gone: they are
dropped, and it is said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import CrmScreen

if TYPE_CHECKING:
    from textual.timer import Timer

T = TypeVar("T")

SAYS, SLOW = 0.3, 1.0
"""Seconds after which the form says that it saves; and from which on keys that waited are no longer typed ahead."""


class Locks(CrmScreen[T], inherit_bindings=False):
    """Base of screens that save: start the save by `locked_while`, and give `tell`. Behind a base that has a look:
    Textual takes the CSS of the first base alone."""

    _saves = False
    _says: Timer | None = None
    """Runs until it says that it saves, or until there is an answer to say."""

    def locked_while(self, saving: Coroutine[Any, Any, None]) -> None:
        """Run a save; keys wait from this moment until its answer. Nothing if one runs already."""
        if self._saves:
            saving.close()
            return
        self._saves = True
        self.shell.gate.hold()
        self.app.run_worker(self._until_answered(saving))  # the app's: this screen leaves while it runs

    async def _until_answered(self, saving: Coroutine[Any, Any, None]) -> None:
        begun = asyncio.get_running_loop().time()
        self._says = self.set_timer(SAYS, self._say_saving)
        try:
            await saving
        finally:
            self.answered()
            self._saves = False
            slow = asyncio.get_running_loop().time() - begun > SLOW
            if slow and self.app.screen is not self and self.shell.gate.forget():
                self.app.call_later(self._say_dropped)
            await self.shell.gate.release()

    def answered(self) -> None:
        """From now on the answer stands there; a timer that has run out may be waiting behind it in the queue, and took
        its place with a sentence that stayed."""
        if self._says is not None:
            self._says.stop()
            self._says = None

    def _say_saving(self) -> None:
        if self._says is not None:
            self.tell(say(N_("Saving…")))

    def _say_dropped(self) -> None:
        if isinstance(self.app.screen, CrmScreen):
            self.app.screen.tell(say(N_("Saved; what you typed while it was being saved was not taken")))

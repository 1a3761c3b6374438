"""Asking off the UI thread, where only the newest question counts.

Used by searches that run as one types: keys stay alive, a search for older words is cancelled, and of the words
that come meanwhile only the last are looked for. Knows nothing of what is asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from crm_tui.services.core.reading import Superseded

if TYPE_CHECKING:
    from crm_tui.screens.core.base import CrmScreen
    from crm_tui.services.core.crm import Crm

A = TypeVar("A")
R = TypeVar("R")

_THREAD = "search"
_READER = ThreadPoolExecutor(1, _THREAD)
"""One thread for every search of the program, so that a base has one connection for searching and no more."""
_NUDGE = 0.02
"""Seconds until a query is cancelled again that had not begun when it was cancelled."""


def fall_silent(crm: Crm) -> None:
    """Cancel what is being asked and wait for the reading thread: before the base is closed.

    A connection closed under a query that runs ends the process with a fault of memory. (reproduced, Python 3.11)
    """
    last = _READER.submit(int)
    while not last.done():
        crm.cancel_reading(_THREAD)
        wait([last], _NUDGE)


class Latest(Generic[A, R]):
    """`ask` runs in the reading thread, `tell` on the UI thread with the question and its answer.

    `owner` is the screen that asks: when it goes, so does the question.
    """

    def __init__(self, owner: CrmScreen[Any], ask: Callable[[A], R], tell: Callable[[A, R], None]) -> None:
        self._owner = owner
        self._ask = ask
        self._tell = tell
        self._wanted: list[A] = []
        self._asking = False
        self._dropped = False
        self._then: Callable[[], None] | None = None

    @property
    def pending(self) -> bool:
        """Whether an answer is still to come."""
        return self._asking and not self._dropped

    def want(self, question: A) -> None:
        """Ask this; what was asked before and is not answered yet no longer counts."""
        self._wanted = [question]
        self._dropped = False
        if self._asking:
            self._owner.crm.cancel_reading(_THREAD)
        else:
            self._asking = True
            self._owner.run_worker(self._work(), group="latest")

    def drop(self) -> None:
        """No answer is wanted any more; what is being asked stops, so that others need not wait behind it."""
        self._wanted = []
        self._dropped = True
        if self._asking:
            self._owner.crm.cancel_reading(_THREAD)

    def then(self, act: Callable[[], None]) -> None:
        """Do this on the newest answer: at once, or when it is there, and keys wait until then.

        If the question is dropped or its owner goes, nothing is done; the keys go on in every case.
        """
        if not self.pending:
            act()
            return
        if self._then is None:
            self._owner.shell.gate.hold()
        self._then = act

    async def _work(self) -> None:
        app, gate = self._owner.app, self._owner.shell.gate
        loop = asyncio.get_running_loop()
        answered = False
        try:
            while self._wanted:
                question = self._wanted.pop()
                try:
                    found = await loop.run_in_executor(_READER, self._ask, question)
                except Superseded:  # by a newer question, or by another's that runs in the same thread
                    if not self._wanted and not self._dropped:
                        self._wanted.append(question)
                    continue
                answered = not self._wanted and not self._dropped
                if answered:
                    self._tell(question, found)
        finally:
            self._asking = False
            then, self._then = self._then, None
            if then is not None:
                app.call_later(gate.release)
                if answered:
                    then()

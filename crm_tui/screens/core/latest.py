"""Asking off the UI thread, where only the newest question counts.

Used by searches that run as one types: keys stay alive, an answer to older words is dropped, and of the words
that come while one search runs only the last are looked for. Knows nothing of what is asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from textual.widget import Widget

A = TypeVar("A")
R = TypeVar("R")

_READER = ThreadPoolExecutor(1, "search")
"""One thread for every search of the program, so that a base has one connection for searching and no more."""


class Latest(Generic[A, R]):
    """`ask` runs in the reading thread, `tell` on the UI thread with the question and its answer.

    `owner` is the screen that asks: when it goes, so does the question.
    """

    def __init__(self, owner: Widget, ask: Callable[[A], R], tell: Callable[[A, R], None]) -> None:
        self._owner = owner
        self._ask = ask
        self._tell = tell
        self._wanted: list[A] = []
        self._asking = False
        self._dropped = False

    @property
    def pending(self) -> bool:
        """Whether an answer is still to come."""
        return self._asking and not self._dropped

    def want(self, question: A) -> None:
        """Ask this; what was asked before and is not answered yet no longer counts."""
        self._wanted = [question]
        self._dropped = False
        if not self._asking:
            self._asking = True
            self._owner.run_worker(self._work(), group="latest")

    def drop(self) -> None:
        """No answer is wanted any more."""
        self._wanted = []
        self._dropped = True

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._wanted:
                question = self._wanted.pop()
                found = await loop.run_in_executor(_READER, self._ask, question)
                if not self._wanted and not self._dropped:
                    self._tell(question, found)
        finally:
            self._asking = False

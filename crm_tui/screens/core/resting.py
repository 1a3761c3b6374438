"""What follows the cursor once it rests: while a key is held only the rows that it touches are paid for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

RESTS = 0.12
"""Seconds after the last key. (LOOK.md §7)"""


class Resting:
    """Calls `then` on a screen when its cursor has not moved for `RESTS`."""

    def __init__(self, screen: Screen[Any], then: Callable[[], None]) -> None:
        self._screen = screen
        self._then = then
        self._timer: Timer | None = None

    @property
    def pending(self) -> bool:
        """Whether something is still to follow the cursor."""
        return self._timer is not None

    def moved(self) -> None:
        """The cursor moved: wait anew."""
        if self._timer is None:
            self._timer = self._screen.set_timer(RESTS, self._rested)
        else:
            self._timer.reset()

    def _rested(self) -> None:
        self._timer = None
        self._then()

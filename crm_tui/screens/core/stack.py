"""How records lie over each other: going to one that lies below goes back to it, and the oldest of many leave.

Without it a day of `ctrl+k` piled a screen on every jump, and Esc led back through all of them: after sixty jumps
among four people the peak was 121 MB, with it 97 (one run each; some 45 of both are commands and handlers).
A form, an editor or a list that lies between is never left behind by a jump: then the record is opened once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from crm_tui.screens.core.base import CrmScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen

    from crm_tui.screens.core.go import Go

RECORDS = frozenset(("card", "person", "history"))
"""Places that show and do not take in: nothing is lost with them."""
DEEPEST = 12
"""Records over each other at most: the way back that somebody still remembers (chosen, not measured)."""


class Stacked(Protocol):
    """The application as far as its screens lie over each other."""

    @property
    def screen(self) -> Screen[Any]: ...
    @property
    def screen_stack(self) -> Sequence[Screen[Any]]: ...
    def pop_screen(self) -> Any: ...
    def take_out(self, screen: Screen[Any]) -> None: ...


async def gone_back(app: Stacked, going: Go) -> bool:
    """Go back to where this leads, if only records lie above it; False if it must be opened."""
    wanted = came(going)
    found = None
    for screen in reversed(app.screen_stack[1:]):
        if not isinstance(screen, CrmScreen) or screen.came_by is None:
            return False
        if screen.came_by == wanted:
            found = screen
            break
    if found is None:
        return False
    while app.screen is not found:
        await app.pop_screen()
    return True


def came(going: Go) -> tuple[str, dict[str, Any]] | None:
    """What a screen remembers of how it was gone to; None if it is no record.

    Which list it stood in does not make it another record.
    """
    record = {name: value for name, value in going.args.items() if name not in ("siblings", "tab")}
    return (going.place, record) if going.place in RECORDS else None


def thin(app: Stacked) -> None:
    """Let the oldest record leave, once there are too many of them."""
    records = [s for s in app.screen_stack[1:] if isinstance(s, CrmScreen) and s.came_by is not None]
    if len(records) > DEEPEST:
        app.take_out(records[0])

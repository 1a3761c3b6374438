"""What a screen may ask of the application around it, so that screens need not import the app."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from crm_tui.ui.look import Look

if TYPE_CHECKING:
    from textual.message import Message
    from textual.screen import Screen

    from crm_tui.domain.fields import Option
    from crm_tui.domain.outcome import Outcome
    from crm_tui.domain.register import Register
    from crm_tui.domain.worktime import WorkCalendar
    from crm_tui.screens.core.go import Go
    from crm_tui.screens.core.keygate import KeyGate
    from crm_tui.services.core.commands import Command
    from crm_tui.services.core.crm import Crm, Many
    from crm_tui.services.core.first_start import FirstStart
    from crm_tui.services.core.pins import Approval
    from crm_tui.ui.config import Config


class Shell(Protocol):
    """The application as screens see it."""

    crm: Crm
    gate: KeyGate
    painted: bool
    warm: bool
    first_start: FirstStart | None
    recent: deque[str]

    @property
    def look(self) -> Look: ...
    @property
    def config(self) -> Config: ...
    @property
    def modes_shown(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def elsewhere(self) -> tuple[tuple[str, str, frozenset[str]], ...]: ...
    @property
    def calendar(self) -> WorkCalendar: ...
    @property
    def house_calendar(self) -> WorkCalendar: ...
    @property
    def pickers(self) -> dict[str, Callable[..., list[Option]]]: ...

    @property
    def registers(self) -> Sequence[Register]: ...

    async def write(
        self, command: Command, *, reason: str | None = None, approval: Approval | None = None
    ) -> Outcome: ...
    async def write_many(
        self,
        commands: Sequence[Command],
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Many: ...
    async def write_together(self, commands: list[Command]) -> tuple[int, Outcome]: ...
    async def park(self, work: Callable[[], Any]) -> Any: ...
    def park_behind(self, work: Callable[[], Any]) -> None: ...
    @property
    def screen(self) -> Screen[Any]: ...
    def push_screen(self, screen: Screen[Any]) -> Any: ...
    def post_message(self, message: Message) -> bool: ...
    def copy_to_clipboard(self, text: str) -> None: ...
    async def begin(self, crm: Crm, *places: Go) -> None: ...
    def prefer(self, **changes: Any) -> str: ...
    def command(self, name: str) -> type[Command]: ...

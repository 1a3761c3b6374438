"""What the composition root hands to a front end, so that neither imports the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from crm_tui.domain.fields import Option

if TYPE_CHECKING:
    from crm_tui.domain.register import Register
    from crm_tui.services.core.commands import Command


class House(Protocol):
    """Everything that the modules offer, by name; `crm_tui.bootstrap` is one."""

    def pickers(self) -> dict[str, Callable[..., list[Option]]]:
        """What a field of a command may be chosen from."""

    def commands(self) -> dict[str, type[Command]]:
        """Every command by its name in snake case."""

    def registers(self) -> Sequence[Register]:
        """What the settings list."""

    def warm_up(self) -> None:
        """Load commands and handlers in a thread after the first paint."""

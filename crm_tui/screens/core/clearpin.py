"""Whether a colleague's PIN is taken away: asked first, because it cannot be put back. (B56)"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import N_, say
from crm_tui.screens.core import barred
from crm_tui.screens.core.questions import ConfirmScreen
from crm_tui.screens.core.shell import Shell


class ClearPinScreen(ConfirmScreen):
    """The question about one operator; yes does it."""

    def __init__(self, cards: Sequence[tuple[int, int, str]]) -> None:
        self.user, _, self.who = cards[0]
        super().__init__(say(N_("Clear the PIN of {name}? Only they can set another."), name=self.who))

    def hindrance(self, shell: Shell) -> Refusal | None:
        return barred.refusal(shell, "clear_pin", {"user": self.user})

    def action_dlg_yes(self) -> None:
        self.run_worker(self._clear(), exclusive=True)

    async def _clear(self) -> None:
        clear: Any = self.shell.command("clear_pin")
        outcome = await self.write(clear(user=self.user))
        below = self.under()
        self.dismiss(True)
        if isinstance(outcome, Refusal):
            self.go("refusal", refusal=outcome)
        elif below is not None:
            self.app.call_later(below.acted, 0, say(N_("PIN of {name} cleared"), name=self.who))

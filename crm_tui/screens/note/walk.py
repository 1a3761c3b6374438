"""How the focus goes through the fields of a parecer: `tab`, `enter` out of a field, `f4` to what is missing."""

from __future__ import annotations

from textual.widget import AwaitMount, Widget

from crm_tui.screens.note.desk import Desk
from crm_tui.screens.note.fields import ORDER


class Walk:
    """The order of the fields as they stand, and the way through them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def order(self) -> list[str]:
        """The fields that are there, in the order in which one goes through them."""
        names = [name for name in ORDER if self._desk.inputs[name].is_attached]
        for part in self._desk.parts:
            names = part.order(names)
        return names

    def step(self, by: int) -> None:
        """To the next field, or back."""
        desk = self._desk
        desk.settle()
        order = self.order()
        here = next((i for i, n in enumerate(order) if desk.focused(n)), 0)
        self.enter(desk.inputs[order[(here + by) % len(order)]])

    def enter(self, target: Widget) -> None:
        """Into a field; into one that came this moment once it is there, keys wait meanwhile."""
        desk = self._desk
        if target.is_mounted or desk.coming is None:
            target.focus()
        else:
            desk.shell.gate.hold()
            desk.screen.run_worker(self._entered(target, desk.coming))

    async def _entered(self, target: Widget, coming: AwaitMount) -> None:
        desk = self._desk
        try:
            await coming
            desk.screen.set_focus(target if target.is_attached else desk.body)
        finally:
            await desk.shell.gate.release()

    def to_missing(self) -> None:
        """To the field that is missing: what was asked for last goes before what every note has."""
        desk = self._desk
        asked = next((name for part in reversed(desk.parts) if (name := part.missing()) is not None), None)
        plain = next((name for name in ("body", "result") if not desk.filled(name)), "next_when")
        desk.inputs[asked or plain].focus()

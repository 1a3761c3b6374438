"""The copies of the database by keyboard: which there are, and one more. (M105)

Putting one back ends what others have open, so it stays with `crm-tui restore`, whose line stands here.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from textual.app import ComposeResult

from crm_tui.connectors import copies
from crm_tui.connectors.copies import OLD, Copy
from crm_tui.connectors.files import FileFault
from crm_tui.i18n import N_, say
from crm_tui.screens.core.formrows import Message
from crm_tui.screens.core.path_sheet import PathScreen
from crm_tui.ui import formats
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, clean, paint

SHOWN = 7


class CopyRows(Lines):
    """When each copy was made, its size and its name; the newest first."""

    GROUND = "raised"

    def __init__(self, rows: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self.rows = rows
        self.styles.height = len(rows)
        self.styles.width = "100%"

    def draw(self, width: int, height: int) -> list[Any]:
        return [
            paint(
                self.look,
                [
                    Run(" "),
                    Run(self.look.pad(at, 17), "bright"),
                    Run(self.look.pad(size, 9), "muted"),
                    Run(name, "text"),
                ],
                width,
                self.GROUND,
            )
            for at, size, name in self.rows[:height]
        ]


class CopyScreen(PathScreen):
    """The copies beside the database, and where the next one goes: Enter makes it."""

    def __init__(self, **_: Any) -> None:
        super().__init__(say(N_("Copies of the database")), "", say(N_("As")))
        self.told = Message()

    def content(self) -> ComposeResult:
        database = self.crm.store.path
        found = copies.kept(database)
        self.line.value = copies.suggested(database, self.crm.clock().astimezone(self.crm.viewer.zone))
        yield from super().content()
        yield CopyRows([self._row(each) for each in found[:SHOWN]])
        yield self.told

    def on_mount(self) -> None:
        """After the sheet's own: only what is mounted knows how many rows a sentence needs."""
        self.told.say(*self._word(copies.kept(self.crm.store.path)))

    def _row(self, copy: Copy) -> tuple[str, str, str]:
        at = formats.stamp(copy.at, self.crm.clock(), self.crm.viewer.zone)
        return at, formats.size(copy.size), clean(copy.path.name)

    def _word(self, found: list[Copy]) -> tuple[str, str]:
        """How to put one back; before that whether the newest is old."""
        if not found:
            return say(N_("There is no copy yet.")), "overdue"
        if self.crm.clock() - found[0].at > OLD:
            return say(N_("The newest copy is old: Enter makes one now.")), "overdue"
        return say(N_("To put one back: crm-tui restore FILE; the present is kept beside it.")), "muted"

    async def act(self, typed: str) -> None:
        try:
            target = await asyncio.to_thread(partial(copies.make, self.crm, typed))
        except FileFault as fault:
            self.refuse(say(fault.reason))
            return
        self.done(say(N_("{path} is a complete copy."), path=clean(target.name)))

"""The copies of the database by keyboard: which there are, one more, and one of them put back. (M105)

A copy is put back into the live file under its lock (store/backup.py): every open program, this one too, sees a new
generation at its next look, keeps what is being typed and reads everything anew.
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
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.core.path_sheet import PathScreen
from crm_tui.screens.core.questions import ConfirmScreen, Words
from crm_tui.ui import formats
from crm_tui.ui.keymap import key_word
from crm_tui.widgets.fields import Leave
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, clean, paint
from crm_tui.widgets.pane import Line

SHOWN = 7
LISTED = 9
"""How many may be put back by a digit."""


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


class PutBackScreen(ConfirmScreen):
    """What becomes of the present, before a copy takes its place."""

    def content(self) -> ComposeResult:
        yield from super().content()
        told = say(
            N_("What was saved since is then no longer there, for everybody; all of it is kept as a copy.")
        )
        yield Words(self, [Line((Run(told),))])


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
        return say(
            N_("{key} chooses one to put back; the present is kept as a copy."), key=self._down()
        ), "muted"

    def _down(self) -> str:
        return key_word("down", ascii=self.shell.look.ascii)

    # --- one put back -------------------------------------------------------------------------------------

    def on_field_leave(self, event: Leave) -> None:
        if event.key != "down":
            return
        found = copies.kept(self.crm.store.path)[:LISTED]
        if found:
            items = [self._item(each, n) for n, each in enumerate(found, 1)]
            self.app.push_screen(MenuScreen(say(N_("Put a copy back")), items))

    def _item(self, copy: Copy, n: int) -> Item:
        at, size, name = self._row(copy)
        return Item(at, f"{name}  {size}", partial(self._sure, copy, at), key=str(n))

    def _sure(self, copy: Copy, at: str) -> None:
        question = say(N_("Put back the copy of {at}?"), at=at)
        self.app.push_screen(PutBackScreen(question), partial(self._answered, copy))

    def _answered(self, copy: Copy, sure: bool | None) -> None:
        if sure:
            self.locked_while(self._put_back(copy))

    async def _put_back(self, copy: Copy) -> None:
        try:
            await asyncio.to_thread(partial(copies.put_back, self.crm, str(copy.path)))
        except FileFault as fault:
            self.told.say(say(fault.reason), "overdue")
            return
        self.done(say(N_("Put back; what there was is kept.")))

    async def act(self, typed: str) -> None:
        try:
            target = await asyncio.to_thread(partial(copies.make, self.crm, typed))
        except FileFault as fault:
            self.refuse(say(fault.reason))
            return
        self.done(say(N_("{path} is a complete copy."), path=clean(target.name)))

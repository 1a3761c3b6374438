"""The files of a card on the screen: one of this machine attached, a copy saved, one removed. (K28, B42, B43)

Each asks for a path in a sheet; what is read or written is `connectors.files`' affair, beside the screen's thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_tui.connectors import files
from crm_tui.domain.note import FileRow
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.i18n import N_, say
from crm_tui.screens.core import barred
from crm_tui.screens.core.base import CrmScreen
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.core.path_sheet import PathScreen
from crm_tui.services.note import views
from crm_tui.ui import formats
from crm_tui.widgets.looks import clean

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.commands import Command


class AttachScreen(PathScreen):
    """Attach a file of this machine to a card; its contents go into the database."""

    def __init__(self, *, card: int, name: str, **_: Any) -> None:
        super().__init__(
            say(N_("Attach file")), name, say(N_("File")), placeholder=say(N_("~/Downloads/proposal.pdf"))
        )
        self.card = card

    def hindrance(self, shell: Shell) -> Refusal | None:
        return barred.refusal(shell, "attach_file", {"card": self.card})

    def command(self, filename: str, content: bytes) -> Command:
        """What puts the file where it belongs."""
        from crm_tui.services.note.commands import AttachFile

        return AttachFile(card=self.card, filename=filename, content=content)

    def attached(self, done: Done, name: str) -> None:
        """It is there: leave, and say so."""
        self.done(say(N_("{what}   u undoes"), what=say(N_("{name} attached"), name=name)))

    async def act(self, typed: str) -> None:
        path = files.dropped(typed)
        try:
            content = await asyncio.to_thread(files.read, path, self.crm.store.path)
        except files.FileFault as fault:
            self.refuse(say(fault.reason))
            return
        outcome = await self.write(self.command(path.name, content))
        if isinstance(outcome, Done):
            self.attached(outcome, clean(path.name))
        elif isinstance(outcome, Refusal):
            self.refuse(say(outcome.reason))


class NoteAttach(AttachScreen):
    """The same from the parecer: on its card or its person, told back to the text that it will belong to. (B42)"""

    def __init__(
        self, card: int | None, party: int | None, about: str, told: Callable[[int, str], None]
    ) -> None:
        super().__init__(card=card or 0, name=about)
        self.party, self.told = party if not card else None, told

    def command(self, filename: str, content: bytes) -> Command:
        from crm_tui.services.note.commands import AttachFile

        return AttachFile(card=self.card or None, party=self.party, filename=filename, content=content)

    def attached(self, done: Done, name: str) -> None:
        self.dismiss(None)
        self.told(done.entity_id or 0, name)


class SaveCopyScreen(PathScreen):
    """Write a copy of an attached file to this machine, never over a file that is there."""

    def __init__(self, *, file: FileRow, **_: Any) -> None:
        super().__init__(say(N_("Save a copy")), file.filename, say(N_("As")), f"~/{file.filename}")
        self.file = file

    async def act(self, typed: str) -> None:
        found = self.crm.read(views.content, self.file.id)
        if found is None:
            self.refuse(say(N_("That file was removed meanwhile.")))
            return
        write = partial(files.save, files.located(typed), found[0], found[1], self.crm.store.path)
        try:
            path: Path = await asyncio.to_thread(write)
        except files.FileFault as fault:
            self.refuse(say(fault.reason))
            return
        self.done(say(N_("saved as {path}"), path=clean(str(path))))


def file_menu(shell: Shell, file: FileRow) -> MenuScreen | None:
    """What becomes of a file: a copy of it on this machine, or off the card."""
    below = shell.screen
    if not isinstance(below, CrmScreen):
        return None
    save = partial(below.go, "save_copy", file=file)
    remove = partial(below.app.run_action, "card_remove", below)
    return MenuScreen(
        say(N_("File")),
        [
            Item(say(N_("_Save a copy…")), say(N_("on this machine, as a new file")), save),
            Item(say(N_("_Remove")), say(N_("off the card; u brings it back")), remove),
        ],
        f"{clean(file.filename)}  {formats.size(file.size)}",
    )

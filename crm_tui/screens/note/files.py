"""The files of a card on the screen: one of this machine attached, a copy saved, one removed. (K28, B42, B43)

Each asks for a path in a sheet; what is read or written is `connectors.files`' affair, beside the screen's thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from crm_tui.connectors import files
from crm_tui.domain.note import FileRow
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.i18n import N_, say
from crm_tui.screens.core import barred
from crm_tui.screens.core.base import CrmScreen, keys
from crm_tui.screens.core.formrows import FieldLabel, Message
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.core.path_line import SHOWN, PathLine, matches
from crm_tui.screens.core.saving import Locks
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.services.note import views
from crm_tui.ui import formats
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.looks import cells, clean

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.commands import Command


class PathScreen(SheetScreen[None], Locks[None]):
    """A path is typed, completed by tab; Enter or `ctrl+s` acts. Give `act`."""

    FOOTER = "path"
    SCOPES = ("app", "picker", "choose", "text")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("choose.save", "pick.cancel"))
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    PathScreen .row { height: 1; width: 100%; }
    PathScreen .row > PathLine { width: 1fr; }
    """

    def __init__(self, heading: str, about: str, label: str, path: str = "", placeholder: str = "") -> None:
        super().__init__()
        self.heading, self.about = heading, about
        self.label = FieldLabel(label, cells(label) + 4)
        self.line = PathLine(path, endings=(), placeholder=placeholder)
        self.message = Message()

    def content(self) -> ComposeResult:
        yield SheetTitle(self.heading, clean(self.about))
        yield Beside(self.label, self.line, classes="row")
        yield self.message

    def on_mount(self) -> None:
        self.line.focus()
        self.line.cursor_position = len(self.line.value)

    def on_field_changed(self, event: Changed) -> None:
        """What could follow stands under the line."""
        event.stop()
        if self.label.wrong:
            self.wrong(False)
        found = matches(self.line.value, ())[:SHOWN] if self.line.value else []
        self.message.say(
            "  ".join(clean(name.rpartition("/")[2] or f"{name.split('/')[-2]}/") for name in found)
        )

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        if event.key == "enter":
            self.action_choose_save()

    def action_choose_save(self) -> None:
        typed = self.line.value.strip()
        if typed:
            self.locked_while(self.act(typed))
        else:
            self.refuse(say(N_("Write the path of the file; tab completes it.")))

    def action_pick_cancel(self) -> None:
        self.dismiss(None)

    async def act(self, typed: str) -> None:
        """Do it with this path."""
        raise NotImplementedError

    def tell(self, sentence: str) -> None:
        self.message.say(sentence)

    def wrong(self, wrong: bool) -> None:
        """Mark the line, or no longer."""
        self.label.wrong = self.line.wrong = wrong
        self.label.sync()

    def refuse(self, why: str) -> None:
        """Say why not, under the line."""
        self.wrong(True)
        self.message.say(why, "overdue")

    def done(self, told: str) -> None:
        """Leave, and say it on the screen below."""
        below = self.under()
        self.dismiss(None)
        if below is not None:
            self.app.call_later(below.acted, 1, told)


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
        path = files.located(typed)
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

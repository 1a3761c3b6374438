"""The sheet that asks for a path of this machine: what is read or written there is its caller's affair."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.formrows import FieldLabel, Message
from crm_tui.screens.core.path_line import SHOWN, PathLine, matches
from crm_tui.screens.core.saving import Locks
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.looks import cells, clean


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

"""A board's workflow as text, from its record in settings: `o`, then its letter. (B52)"""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult

from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.screens.core.shell import Shell
from crm_tui.services.gate import workflow as views
from crm_tui.ui import workflow as words
from crm_tui.widgets.looks import Run, clean
from crm_tui.widgets.pane import Line, Pane

INDENT = 3


class WorkflowScreen(Navigates, SheetScreen[None]):
    """The stages with their questions and answers, scrolled by the arrows; any closing key closes."""

    TOP = True
    FOOTER = "menu"
    SCOPES = ("app", "place", "menu")
    OFFERS: ClassVar[frozenset[str]] = NAV | {"menu.close"}
    BINDINGS = keys(SCOPES, OFFERS)

    def __init__(self, heading: str, told: list[words.Told]) -> None:
        super().__init__()
        self.heading = heading
        self.blocks: list[list[Line]] = []
        for line in told:
            if line.depth == 0:
                self.blocks.append([])
            indent = INDENT * line.depth
            runs = (Run(" " * indent), Run(clean(line.words), line.tone, line.depth == 0))
            self.blocks[-1].append(Line(runs, hang=indent))
        self.pane = Pane(ground="raised", gap=0, focusable=True)

    def content(self) -> ComposeResult:
        yield SheetTitle(say(N_("Workflow")), clean(self.heading))
        rows = sum(len(block) for block in self.blocks)
        self.pane.styles.height = max(1, min(2 * rows, self.app.size.height - 6))
        yield self.pane

    def target(self) -> Pane:
        return self.pane

    def on_mount(self) -> None:
        self.pane.set_blocks(self.blocks)
        self.pane.focus()

    def action_menu_close(self) -> None:
        self.dismiss(None)


def workflow(shell: Shell, cards: list[tuple[int, int, str]], **_: Any) -> WorkflowScreen:
    """The sheet of a board; `cards` names the record of settings from which one came."""
    board, _version, name = cards[0]
    found = shell.crm.read(views.workflow, board)
    nothing = [words.Told(0, "muted", say(N_("This board has no stages in use.")))]
    return WorkflowScreen(name, list(words.told(found)) if found is not None else nothing)

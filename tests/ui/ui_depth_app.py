"""A small Textual program that draws every token and then ends; run in a pseudo terminal by test_themes.py.

Arguments: depth (`true`, `256`, `16`, `mono`) and `dark` or `light`.
"""

from __future__ import annotations

import os
import sys

from crm_tui.ui import tokens
from crm_tui.ui.look import Depth, Look
from crm_tui.ui.terminal import prepare

LOOK = Look(Depth(sys.argv[1]), sys.argv[2] == "dark")
prepare(os.environ, LOOK)

from rich.segment import Segment  # noqa: E402 - Textual reads the environment at import
from textual.app import App, ComposeResult  # noqa: E402
from textual.strip import Strip  # noqa: E402
from textual.widget import Widget  # noqa: E402
from textual.widgets import Input, OptionList, Static  # noqa: E402

from crm_tui.ui.themes import THEMES, ansi_color, theme_name, variable_defaults  # noqa: E402

ROLES = sorted(tokens.ROLES)


class Swatches(Widget):
    """One row per foreground, on every ground."""

    def render_line(self, y: int) -> Strip:
        if y >= len(ROLES):
            return Strip([])
        return Strip([Segment("ab", LOOK.style(ROLES[y], ground)) for ground in tokens.BACKGROUNDS])


class Depths(App[None]):
    CSS = """
    Swatches { height: 45; background: $background; }
    #css { color: $overdue; background: $raised; }
    #tint { color: $stale; background: $today-bg; }
    Input { border: none; height: 1; background: $sunken; color: $foreground; }
    OptionList { height: 3; background: $background; color: $foreground; border: none; }
    """

    def __init__(self) -> None:
        super().__init__(ansi_color=ansi_color(LOOK))
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = theme_name(LOOK)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults()

    def compose(self) -> ComposeResult:
        yield Input("text")
        yield Static("css", id="css")
        yield Static("tint", id="tint")
        yield OptionList("one", "two")
        yield Swatches()

    def on_mount(self) -> None:
        self.call_after_refresh(self.call_after_refresh, self.exit)


Depths().run()

"""Floor of a cursor key: a bare Line-API list that repaints the two rows the cursor left and entered."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

ROWS = 10_000
READY = "customer 00003"


class Rows(ScrollView, can_focus=True):
    """Ten thousand rows, one of them under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [("down", "move(1)"), ("up", "move(-1)")]
    DEFAULT_CSS = "Rows { overflow-x: hidden; }"

    def __init__(self) -> None:
        super().__init__()
        self._cursor = 0
        self._plain = Style.parse("#d0d0d0 on #101010")
        self._here = Style.parse("#000000 on #5fd7ff")

    def on_mount(self) -> None:
        self.virtual_size = Size(100, ROWS)
        self.focus()

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        style = self._here if row == self._cursor else self._plain
        text = f"  customer {row:05d}   call again   2026-11-{row % 28 + 1:02d}   {row * 37:>10,}"
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style)

    def action_move(self, step: int) -> None:
        left, self._cursor = self._cursor, max(0, min(ROWS - 1, self._cursor + step))
        top, height = self.scroll_offset.y, self.size.height
        if not top <= self._cursor < top + height:
            self.scroll_to(y=self._cursor - height // 2, animate=False, force=True)
        else:
            self.refresh(*(Region(0, row - top, self.size.width, 1) for row in (left, self._cursor)))


class RowsApp(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Rows()


if __name__ == "__main__":
    RowsApp().run()

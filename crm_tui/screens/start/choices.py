"""The three ways to begin, each with what it leads to; two rows for each. Pure drawing and a cursor."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message
from textual.strip import Strip

from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, paint

MARGIN = 2
"""Cells of the screen's ground at both sides."""


class Ways(Lines, can_focus=True):
    """(name, what it leads to) of each way."""

    class Taken(Message, namespace="ways"):
        """A way was clicked."""

    DEFAULT_CSS = "Ways { width: 100%; height: 8; }"

    def __init__(self) -> None:
        super().__init__()
        self.ways: Sequence[tuple[str, str]] = ()
        self.at = 0

    def show(self, ways: Sequence[tuple[str, str]]) -> None:
        """Other words."""
        self.ways = ways
        self.sync()

    def go(self, at: int) -> None:
        """The cursor on another way, clamped to those there are."""
        self.at = max(0, min(len(self.ways) - 1, at))
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        rows: list[Strip] = []
        tall = height >= 3 * len(self.ways) - 1
        for i, (name, leads) in enumerate(self.ways):
            if i and tall:
                rows.append(paint(self.look, (), width))
            rows += self._way(i, name, leads, width)
        return rows

    def _way(self, i: int, name: str, leads: str, width: int) -> list[Strip]:
        look, here = self.look, i == self.at
        ground = ("selection" if self.has_focus else "idle") if here else "surface"
        margin = Run(" " * MARGIN, ground="background")
        room = width - 2 * MARGIN
        bar = Run(look.glyph("bar") if here else " ", "accent", ground=ground)
        rows = []
        for text, tone, right in (
            (name, "bright", str(i + 1)),
            (leads, "text" if here else "muted", ""),
        ):
            shown = look.cut(_in(text, room - 6), room - 6)
            gap = " " * (room - 2 - cells(shown) - cells(right) - 2)
            runs = [margin, bar, Run(" ", ground=ground), Run(shown, tone, tone == "bright", ground)]
            runs += [Run(gap, ground=ground), Run(right, "accent", True, ground), Run("  ", ground=ground)]
            rows.append(paint(look, [*runs, margin], width))
        return rows

    def on_click(self, event: events.Click) -> None:
        event.stop()
        step = 3 if self.size.height >= 3 * len(self.ways) - 1 else 2
        self.go(event.y // step)
        self.post_message(self.Taken())

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.sync()


def _in(text: str, room: int) -> str:
    """The sentence, or as much of it as ends where a reader would pause: words of ours are never cut."""
    while cells(text) > room:
        ends = max(text.rstrip(".").rfind(". ") + 1, text.rfind(", "))
        if ends <= 0:
            break
        text = text[:ends]
    return text

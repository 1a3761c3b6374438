"""The input of a search: the line on `sunken`, and what was found at its right end.

It tells what was typed and by which key it is left; what is searched, and where the keys lead, is the screen's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from crm_tui.ui.keymap import bindings
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.bars import ROOMY
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.line import Line
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, paint

LINE_LEAST = 24
"""Cells that what is typed keeps beside what was found."""
ROOM_LEAST = 16
"""Cells for what was found, where there is little room."""


class _Told(Lines):
    DEFAULT_CSS = "_Told { width: 1; height: 1; }"
    GROUND = "sunken"

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.tone = "muted"

    def draw(self, width: int, height: int) -> list[Any]:
        words = self.look.cut(self.words, width - 1)
        blank = " " * max(0, width - 1 - cells(words))
        return [paint(self.look, [Run(blank), Run(words, self.tone)], width, self.GROUND)]


class _Slash(Lines):
    DEFAULT_CSS = "_Slash { width: 3; height: 1; }"
    GROUND = "sunken"

    def draw(self, width: int, height: int) -> list[Any]:
        return [paint(self.look, [Run(f"{self.look.glyph('bar')} /", "accent")], width, self.GROUND)]


class SearchLine(Beside):
    """See the module."""

    @dataclass
    class Typed(Message, namespace="search_line"):
        """The words are others now."""

        words: str

    @dataclass
    class Left(Message, namespace="search_line"):
        """`enter`, `down` or `up` was pressed in the line, which holds these words now.

        Of keys that arrive together the last letter's `Typed` may come after this one.
        """

        key: str
        words: str

    @dataclass
    class Closed(Message, namespace="search_line"):
        """Esc was pressed in the line."""

    DEFAULT_CSS = """
    SearchLine { height: 1; width: 100%; background: $sunken; }
    SearchLine > Line { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(("filterline",), only={"fl.close", "fl.list"}))

    def __init__(
        self,
        words: str = "",
        *,
        placeholder: str = "",
        room: int = 0,
        bar: bool = True,
        slash: bool = False,
        id: str | None = None,
    ) -> None:
        """`room`: cells kept at the right end for what was found; 0: as many as its words need. `bar`: whether the
        line shows the bar of focus itself; on a sheet the sheet's stands there. `slash`: the key that opened it
        stands before it, with the bar as long as it is open."""
        super().__init__(id=id)
        self._room = room
        self._slash = slash
        self.line = Line(words, placeholder=placeholder, flat=True, bar=bar and not slash)
        self._said = _Told()
        self._kept = 0

    def compose(self) -> ComposeResult:
        if self._slash:
            yield _Slash()
        yield self.line
        yield self._said

    def tell(self, words: str, tone: str = "muted") -> None:
        """What stands at the right end: how many were found, or what just happened."""
        width = self.app.size.width
        kept = self._room if width >= ROOMY else min(self._room, ROOM_LEAST)
        if width < ROOMY:  # the sum goes, as it does from the title
            words = words.partition("  ")[0]
        self._said.words, self._said.tone = words, tone
        self._kept = kept
        self._fit()
        self._said.sync()

    def _fit(self) -> None:
        """What is typed keeps its room; a line in which nothing stands and nobody types leaves it to what happened."""
        least = LINE_LEAST if self.typing or self.line.raw else 1
        self._said.styles.width = self._kept or min(
            max(1, self.app.size.width - least), cells(self._said.words) + 2
        )

    def on_descendant_focus(self) -> None:
        self._fit()

    @property
    def typing(self) -> bool:
        """Whether letters go to this line."""
        return self.line.has_focus

    def on_field_changed(self, event: Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.raw.strip()))

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        self.leave(event.key)

    def leave(self, key: str) -> None:
        """`enter`, `down` or `up` was pressed in the line."""
        self.post_message(self.Left(key, self.line.raw.strip()))

    def action_fl_list(self) -> None:
        self.post_message(self.Left("down", self.line.raw.strip()))

    def action_fl_close(self) -> None:
        self.post_message(self.Closed())

"""The one-row pieces of the editor: its head, the count of letters, the sentence of a refusal."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, paint, width_of
from crm_tui.widgets.pane import wrap

LEAST = 8
"""Cells below which a name says nothing."""


class EditorHead(Lines):
    """What this is, whom and what it is about; top right, where the eye goes in doubt, when it was saved.

    Where there is little room the title goes first, then with whom one speaks; the number is always whole.
    """

    DEFAULT_CSS = "EditorHead { height: 1; width: 100%; }"
    GROUND = "raised"

    def __init__(self) -> None:
        super().__init__()
        self._kind = self._who = self._contact = self._number = self._title = self._saved = self._others = ""

    def show(self, kind: str, who: str, contact: str = "", number: str = "", title: str = "") -> None:
        """What the editor is about; `contact` in words that follow whom it is about, `number` with what is said of the
        card itself."""
        self._kind, self._who, self._contact = kind, who, contact
        self._number, self._title = number, title
        self.sync()

    def saved(self, words: str) -> None:
        """The draft was stored: repaints only these cells' row."""
        self._saved = words
        self.sync()

    def others(self, words: str) -> None:
        """Who else is writing about this; empty: nobody."""
        self._others = words
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        others = f"{self._others}  " if self._others else ""
        right = f"{self.look.glyph('draft')} {self._saved} " if self._saved else ""
        room = width - cells(right) - cells(others) - 2
        kind, room = self._fit(self._kind, room)
        number, room = self._fit(self._number, room - 2)
        who, room = self._fit(self._who, room - 2)
        contact, room = self._fit(f", {self._contact}" if self._contact else "", room, LEAST + 2)
        title, room = self._fit(self._title, room - 1, LEAST)
        runs = [
            Run(f" {kind}", "bright", True),
            Run(f"  {who}{contact}", "text"),
            Run(f"  {number} {title}".rstrip(), "muted"),
        ]
        gap = " " * max(0, width - width_of(runs) - cells(others) - cells(right))
        runs += [Run(gap), Run(others, "today"), Run(right, "open")]
        return [paint(self.look, runs, width, self.GROUND)]

    def _fit(self, text: str, room: int, least: int = 1) -> tuple[str, int]:
        """As much of a text as fits, if that is enough to say something; and the room that is left."""
        if not text or room < min(least, cells(text)):
            return "", room
        cut = self.look.cut(text, room)
        return cut, room - cells(cut)


class Letters(Lines):
    """How many letters there are, at the right; a widget of its own, because a row goes over the wire whole."""

    DEFAULT_CSS = "Letters { height: 1; width: 15; }"

    def __init__(self) -> None:
        super().__init__()
        self._words = ""

    def show(self, words: str) -> None:
        """Another number."""
        self._words = words
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        words = self.look.pad(self.look.cut(self._words, width - 1), width - 1, right=True)
        return [paint(self.look, [Run(f"{words} ", "muted")], width)]


class Hint(Lines):
    """A muted row: how many files, and by which keys something is put in; what does not fit whole is left out."""

    DEFAULT_CSS = "Hint { height: 1; width: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._offered: tuple[tuple[str, str], ...] = ()

    def show(self, words: str) -> None:
        """Other words."""
        self._words = words
        self.sync()

    def offer(self, keys: Sequence[tuple[str, str]]) -> None:
        """The keys, each with what stands behind it."""
        self._offered = tuple(keys)
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        runs = [Run(f" {self._words}", "muted")]
        for key, words in self._offered:
            gap = "   " if width_of(runs) > 1 else ""
            if width_of(runs) + cells(f"{gap}{key}{words}") < width:
                runs += [Run(f"{gap}{key}", "accent"), Run(words, "muted")]
        return [paint(self.look, runs, width)]


class Sentence(Lines):
    """What stands in the way of filing, in full; empty while nothing does."""

    DEFAULT_CSS = "Sentence { height: 1; width: 100%; }"

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._tone = "muted"

    @property
    def words(self) -> str:
        """What is said."""
        return self._words

    def show(self, words: str, tone: str = "muted") -> None:
        """Other words; the row grows with them."""
        self._words, self._tone = words, tone
        rows = len(self._wrapped(max(20, self.app.size.width))) if words else 1
        if self.styles.height is None or self.styles.height.value != rows:
            self.styles.height = rows
        self.sync()

    def _wrapped(self, width: int) -> list[list[Run]]:
        mark = "! " if self._tone == "overdue" else ""
        return wrap([Run(mark + self._words, self._tone)], width - 2, 2)

    def draw(self, width: int, height: int) -> list[Strip]:
        if not self._words:
            return [paint(self.look, [], width)]
        return [
            paint(self.look, [Run(" " if n == 0 else "   "), *row], width)
            for n, row in enumerate(self._wrapped(width)[:height])
        ]


class Gap(Lines):
    """A blank row between sections; at low heights it goes."""

    DEFAULT_CSS = "Gap { height: 1; width: 100%; }"

    def draw(self, width: int, height: int) -> list[Strip]:
        return [paint(self.look, [], width)]

"""A short list whose rows are two lines high: drafts, of which one has few.

Knows no draft: it is given runs of text, keeps the cursor by key, and tells nothing; keys are the screen's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.strip import Strip

from crm_tui.widgets.lines import Lines, Thumb
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint, width_of


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two lines: the last run of `left` is cut to leave `right` whole."""

    left: tuple[Run, ...]
    right: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A row: its key and its two lines."""

    key: int
    upper: Half
    lower: Half


class PairList(Lines, can_focus=True):
    """See the module. `below` teaches in the empty room."""

    DEFAULT_CSS = "PairList { width: 1fr; height: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pairs: tuple[Pair, ...] = ()
        self._below: tuple[tuple[Run, ...], ...] = ()
        self._cursor = 0

    def show(self, pairs: Sequence[Pair], below: Sequence[Sequence[Run]] = ()) -> None:
        """Other rows; the cursor stays on its key, else on the row that took its place."""
        key = self.key
        self._pairs = tuple(pairs)
        self._below = tuple(tuple(line) for line in below)
        keys = [pair.key for pair in self._pairs]
        self._cursor = keys.index(key) if key in keys else max(0, min(self._cursor, len(keys) - 1))
        self.sync()

    @property
    def key(self) -> int | None:
        """The key under the cursor."""
        return self._pairs[self._cursor].key if self._cursor < len(self._pairs) else None

    def move(self, by: int) -> None:
        """The cursor so many rows down."""
        self._cursor = max(0, min(self._cursor + by, len(self._pairs) - 1))
        self.sync()

    @property
    def page(self) -> int:
        """How many rows are seen."""
        return max(1, self.size.height // 2)

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.sync()

    def on_click(self, event: events.Click) -> None:
        at = self._top() + event.y // 2
        if at < len(self._pairs):
            event.stop()
            self.move(at - self._cursor)

    def _top(self) -> int:
        return max(0, min(self._cursor - self.page // 2, len(self._pairs) - self.page))

    def draw(self, width: int, height: int) -> list[Strip]:
        top = self._top()
        thumb = Thumb(top * 2, height, len(self._pairs) * 2)
        rows: list[Strip] = []
        for n, pair in enumerate(self._pairs[top : top + self.page + 1], top):
            cursor = n == self._cursor
            ground = ground_of(cursor=cursor, marked=False, focused=self.has_focus)
            rows += [self._half(half, width, cursor, ground) for half in (pair.upper, pair.lower)]
        rows = [Thumb.on(self.look, row, "background") if y in thumb else row for y, row in enumerate(rows)]
        if len(rows) + len(self._below) < height:
            blank: list[Any] = [paint(self.look, (), width)] if rows else []
            rows += blank + [paint(self.look, line, width) for line in self._below]
        return rows

    def _half(self, half: Half, width: int, cursor: bool, ground: str) -> Strip:
        look = self.look
        *fixed, last = half.left
        room = width - 2 - width_of(fixed) - (width_of(half.right) + 2 if half.right else 0)
        text = clean(last.text)
        if cells(text) > room:
            text = "" if last.whole else look.cut(text, room)
        bar = Run(look.glyph("bar") if cursor and self.has_focus else " ", "accent")
        gap = Run(" " * max(0, width - 2 - width_of(fixed) - cells(text) - width_of(half.right)))
        return paint(look, [bar, *fixed, last._replace(text=text), gap, *half.right], width, ground)

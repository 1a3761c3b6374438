"""A virtual list: any number of rows, of which only the visible ones are fetched and drawn.

Holds an ordered sequence of keys, asks `fetch` for pages of rows, lets a painter draw them, and keeps cursor
and marks by key. Knows nothing of what a row means and nothing of business; what the operator does with a row
leaves as a message. Keys are bound by the screen (`focused.nav_down` or the methods of the same names).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from textual import events
from textual.message import Message
from textual.strip import Strip

from crm_tui.widgets.lines import Lines, Thumb
from crm_tui.widgets.looks import Run, ground_of, paint
from crm_tui.widgets.rows import Group, GroupedLines, RowPainter

R = TypeVar("R")

PAGE = 100
"""Rows per fetch: by id and join 0.11 ms, so a page is cheaper than a key."""
PAGES_KEPT = 16
STRIPS_KEPT = 400  # a painted row holds 5 kB in the caches of its strip
WHEEL = 3
"""Rows per notch of the wheel."""
TALL = 30
"""Rows of screen from which headings and group rows are shown; below, rows go to data."""


@dataclass
class Said(Message):
    """What every message of a list carries: the list itself, which `@on(..., "#id")` selects by."""

    vlist: VList[Any]

    @property
    def control(self) -> VList[Any]:
        return self.vlist


class VList(Lines, Generic[R], can_focus=True):
    """See the module. `fetch(start, count)` gives the rows of that stretch of the keys, in their order."""

    @dataclass
    class Moved(Said, namespace="vlist"):
        """The cursor is on another row (None: the list is empty)."""

        key: int | None

    @dataclass
    class Opened(Said, namespace="vlist"):
        """The row was opened by a double click."""

        key: int

    @dataclass
    class Marked(Said, namespace="vlist"):
        """The marks changed; `count` is how many there are, shown or not."""

        count: int

    def __init__(
        self,
        fetch: Callable[[int, int], Sequence[R]],
        painter: RowPainter[R],
        *,
        live: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`live`: the cursor row is drawn as focused although an input has the focus (pickers, searches)."""
        super().__init__(name=name, id=id, classes=classes)
        self._fetch = fetch
        self._painter = painter
        self.live = live
        self.tall = TALL
        self._keys: Sequence[int] = ()
        self._cursor = -1
        self._top = 0
        self._marks: frozenset[int] = frozenset()
        self._anchor: int | None = None
        self._pages: dict[int, Sequence[R]] = {}
        self._strips: dict[Hashable, Strip | None] = {}
        self._groups: tuple[Group, ...] = ()
        self._below: tuple[tuple[Run, ...], ...] = ()

    # --- what the screen says -----------------------------------------------------------------------------

    def show(
        self,
        keys: Sequence[int],
        groups: Iterable[Group] = (),
        *,
        cursor: int | None = None,
        step: bool = False,
        painter: RowPainter[R] | None = None,
    ) -> None:
        """Replace the rows; by `painter` from now on, if one is given.

        The cursor goes to the key `cursor`, else stays on its key, else on the next row. Its row keeps its place on
        the screen if it can. `step` takes the next row even though the present one is still there (after a verb has
        dealt with it).
        """
        if painter is not None:
            self._painter = painter
            self._strips.clear()
        before, key = self._keys, self.key
        place = self._layout_of().line_of(self._cursor) - self._top
        self._keys = keys
        self._groups = tuple(sorted(groups, key=lambda g: g.start))
        self._pages.clear()
        index = self._find(cursor) if cursor is not None else None
        if index is None and key is not None:
            index = None if step else self._find(key)
            if index is None:
                index = self._heir(before)
        self._cursor = index if index is not None else min(0, len(keys) - 1)
        self._top = self._layout_of().line_of(self._cursor) - place
        self._reveal()
        self.sync()
        if self.key != key:
            self.post_message(self.Moved(self, self.key))

    def below(self, *lines: Sequence[Run]) -> None:
        """Lines that use the empty room under few rows to teach."""
        if (below := tuple(map(tuple, lines))) != self._below:
            self._below = below
            self.sync()

    # --- what the screen asks -----------------------------------------------------------------------------

    @property
    def keys(self) -> Sequence[int]:
        """The keys of all rows in their order."""
        return self._keys

    @property
    def key(self) -> int | None:
        """The key under the cursor."""
        return self._keys[self._cursor] if 0 <= self._cursor < len(self._keys) else None

    @property
    def row(self) -> R | None:
        """The row under the cursor."""
        return self._row(self._cursor) if self.key is not None else None

    @property
    def index(self) -> int:
        """The number of the row under the cursor from 0; -1 in an empty list."""
        return self._cursor

    @property
    def marks(self) -> frozenset[int]:
        """The marked keys, those outside the present filter included."""
        return self._marks

    def hidden_marks(self) -> int:
        """How many marks the present rows do not show, so that a bulk action never surprises."""
        return len(self._marks.difference(self._keys)) if self._marks else 0

    # --- moving -------------------------------------------------------------------------------------------

    def go_to(self, key: int) -> bool:
        """Put the cursor on a key; False if no row has it."""
        index = self._find(key)
        if index is None:
            return False
        self._move(index)
        return True

    def action_nav_down(self) -> None:
        self._move(self._cursor + 1)

    def action_nav_up(self) -> None:
        self._move(self._cursor - 1)

    def action_nav_first(self) -> None:
        self._move(0)

    def action_nav_last(self) -> None:
        self._move(len(self._keys) - 1)

    def action_nav_page_down(self) -> None:
        self._turn(self._room())

    def action_nav_page_up(self) -> None:
        self._turn(-self._room())

    def action_nav_half_down(self) -> None:
        self._turn(self._room() // 2)

    def action_nav_half_up(self) -> None:
        self._turn(-(self._room() // 2))

    def _turn(self, rows: int) -> None:
        self._top += rows
        self._move(self._cursor + rows)

    def _move(self, index: int) -> None:
        before = self._cursor
        self._cursor = max(min(0, len(self._keys) - 1), min(index, len(self._keys) - 1))
        self._reveal()
        self.sync()
        if self._cursor != before:
            self.post_message(self.Moved(self, self.key))

    # --- marks --------------------------------------------------------------------------------------------

    def action_sel_toggle(self) -> None:
        """Mark or unmark the row and move down."""
        key = self.key
        if key is not None:
            self._anchor = key
            self.set_marks(self._marks ^ {key})
            self.action_nav_down()

    def action_sel_all(self) -> None:
        """Mark every row; if every row is marked, none."""
        shown = frozenset(self._keys)
        self.set_marks(self._marks - shown if shown <= self._marks else self._marks | shown)

    def action_sel_range(self) -> None:
        """Mark from the row that was marked last to the cursor."""
        start = self._find(self._anchor) if self._anchor is not None else None
        if self.key is None:
            return
        low, high = sorted((self._cursor if start is None else start, self._cursor))
        self._anchor = self.key
        self.set_marks(self._marks | frozenset(self._keys[low : high + 1]))

    def set_marks(self, keys: Iterable[int]) -> None:
        """Exactly these keys are marked, whether shown or not."""
        marks = frozenset(keys)
        if marks != self._marks:
            self._marks = marks
            self.sync()
            self.post_message(self.Marked(self, len(marks)))

    # --- finding ------------------------------------------------------------------------------------------

    def _find(self, key: int | None) -> int | None:
        """Where a key stands; the old place first, else a search at C speed (1 ms in 100,000)."""
        if key is None:
            return None
        if 0 <= self._cursor < len(self._keys) and self._keys[self._cursor] == key:
            return self._cursor
        try:
            return self._keys.index(key)
        except ValueError:
            return None

    def _heir(self, before: Sequence[int]) -> int | None:
        """The nearest row that is still there: the next ones of the old order, else the ones before."""
        place = {key: i for i, key in enumerate(self._keys)}
        for key in islice(before, self._cursor + 1, None):
            if key in place:
                return place[key]
        for key in reversed(before[: self._cursor]):
            if key in place:
                return place[key]
        return None

    def _row(self, index: int) -> R | None:
        number, rest = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is None:
            start = number * PAGE
            page = self._fetch(start, min(PAGE, len(self._keys) - start))
            if len(self._pages) >= PAGES_KEPT:
                del self._pages[next(iter(self._pages))]
            self._pages[number] = page
        return page[rest] if rest < len(page) else None

    # --- lines: rows with the group rows between them -------------------------------------------------------

    def _tall(self) -> bool:
        return self.is_mounted and self.app.size.height >= self.tall

    def _layout_of(self) -> GroupedLines:
        return GroupedLines(len(self._keys), self._groups if self._tall() else ())

    def _head(self) -> Strip | None:
        if self._tall() and "head" not in self._strips:
            self._strips["head"] = self._painter.head(self.look, self.size.width)
        return self._strips["head"] if self._tall() else None

    def _room(self) -> int:
        """Lines for rows and groups."""
        height = self.size.height if self.is_mounted else 0
        return max(1, height - (1 if height and self._head() is not None else 0))

    def _reveal(self) -> None:
        """Scroll so that the cursor is seen: by half a page, because each scroll costs a screen of 8.5 kB."""
        if not self.is_mounted or not self.size:
            return
        room, lines = self._room(), self._layout_of()
        line = lines.line_of(self._cursor)
        if not self._top <= line < self._top + room:
            self._top = line - room // 2
        if line <= 1 and lines.groups:
            self._top = 0
        self._top = max(0, min(self._top, lines.total - room))

    # --- drawing ------------------------------------------------------------------------------------------

    def forget(self) -> None:
        self._strips.clear()
        self._reveal()

    def draw(self, width: int, height: int) -> list[Strip]:
        if len(self._strips) > STRIPS_KEPT:
            self._strips.clear()
        head = self._head()
        rows = [] if head is None else [head]
        room, lines = height - len(rows), self._layout_of()
        thumb = Thumb(self._top, room, lines.total)
        for y, line in enumerate(range(self._top, min(self._top + room, lines.total))):
            rows.append(self._line(lines.at(line), width, y in thumb))
        if self._below and len(rows) + len(self._below) < height:
            rows.append(paint(self.look, (), width))
            rows += [paint(self.look, runs, width) for runs in self._below]
        return rows

    def _kept(self, stamp: Hashable, make: Callable[[], Strip]) -> Strip:
        strip = self._strips.get(stamp)
        if strip is None:
            strip = self._strips[stamp] = make()
        return strip

    def _line(self, found: Group | int, width: int, thumb: bool) -> Strip:
        if isinstance(found, Group):
            group = found
            return self._kept(
                (group, thumb), lambda: self._marked(self._painter.group(self.look, group, width), thumb)
            )
        row = self._row(found)
        if row is None:  # deleted between the keys and the rows; the next refresh brings new keys
            return paint(self.look, (), width)
        cursor, marked = found == self._cursor, self._keys[found] in self._marks
        focused = cursor and (self.live or self.has_focus)
        stamp = (self._keys[found], self._painter.stamp(row), cursor, marked, focused, thumb)

        def make() -> Strip:
            strip = self._painter.paint(self.look, row, width, cursor=cursor, marked=marked, focused=focused)
            return self._marked(strip, thumb, ground_of(cursor=cursor, marked=marked, focused=focused))

        return self._kept(stamp, make)

    def _marked(self, strip: Strip, thumb: bool, ground: str = "background") -> Strip:
        return Thumb.on(self.look, strip, ground) if thumb else strip

    # --- events -------------------------------------------------------------------------------------------

    def watch_has_focus(self, has_focus: bool) -> None:
        """Here and not in `on_focus`, which Textual calls before the focus is known."""
        super().watch_has_focus(has_focus)
        self.sync()

    def on_click(self, event: events.Click) -> None:
        head = 1 if self._head() is not None else 0
        line, lines = self._top + event.y - head, self._layout_of()
        found = lines.at(line) if head <= event.y and line < lines.total else None
        if found is None or isinstance(found, Group):
            return
        event.stop()
        again = found == self._cursor
        self._move(found)
        key = self._keys[found]
        if event.x <= 1:
            self._anchor = key
            self.set_marks(self._marks ^ {key})
        elif event.chain == 2 and again:
            self.post_message(self.Opened(self, key))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -WHEEL)

    def _wheel(self, event: events.Event, rows: int) -> None:
        event.stop()
        self._top = max(0, min(self._top + rows, self._layout_of().total - self._room()))
        self.sync()

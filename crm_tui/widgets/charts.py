"""A page of figures and blocks with a cursor: what is drawn where, and where an arrow leads.

Deaf: it is fed a `Page`, tells which spot is under the cursor and that one was opened by the mouse. Where there is room
the blocks stand in two columns; what does not fit is scrolled to. Only rows that changed are sent (`Lines`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from textual import events
from textual.message import Message
from textual.strip import Strip

from crm_tui.widgets.chart import Block, Figure, Row, block_head, block_row, figure_rows, fill
from crm_tui.widgets.lines import Lines, Thumb
from crm_tui.widgets.looks import Run, paint

TWO_COLUMNS: Final = 76
"""From so many cells the blocks stand side by side."""
ALL_ABREAST: Final = 110
"""From so many cells all figures stand in one line, four rows high."""
ROOMY: Final = 28
"""From so many rows there is air above the figures."""
WHEEL: Final = 3


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown: figures, and the blocks of the left and of the right column; in a single one they take turns."""

    figures: tuple[Figure, ...] = ()
    left: tuple[Block, ...] = ()
    right: tuple[Block, ...] = ()

    def blocks(self) -> Iterator[Block]:
        """One under the other."""
        for n in range(max(len(self.left), len(self.right))):
            yield from self.left[n : n + 1]
            yield from self.right[n : n + 1]


class Spot(NamedTuple):
    """Where something is that can be opened: its cells, and the group that `tab` goes through."""

    key: str
    group: str
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


class Charts(Lines):
    """See the module."""

    DEFAULT_CSS = "Charts { height: 1fr; width: 100%; }"

    class Moved(Message):
        """The cursor is on another spot."""

    class Opened(Message):
        """The spot under the cursor was opened by the mouse."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.page = Page()
        self.key = ""
        self._top = 0
        self._laid: tuple[list[list[Run]], list[Spot]] = ([], [])

    def show(self, page: Page) -> None:
        """Draw another page; the cursor stays on its spot, or on the one that has its place now."""
        before = self.spots
        at = next((n for n, spot in enumerate(before) if spot.key == self.key), 0)
        self.page = page
        keys = [each.key for each in _openable(page)]
        if self.key not in keys:
            self.key = keys[min(at, len(keys) - 1)] if keys else ""
        self.sync()

    @property
    def spots(self) -> Sequence[Spot]:
        """What can be opened, in reading order as it was drawn last."""
        return self._laid[1]

    def go_to(self, key: str) -> bool:
        """Put the cursor on a spot; False if it is not there."""
        if all(spot.key != key for spot in self.spots):
            return False
        if key != self.key:
            self.key = key
            self._reveal()
            self.sync()
            self.post_message(self.Moved())
        return True

    # --- moving

    def step(self, dx: int, dy: int) -> None:
        """One spot to a side: the nearest that lies there, in the same column or row before others."""
        here = self._here()
        if here is None:
            return
        found = [spot for spot in self.spots if _beyond(here, spot, dx, dy)]
        if found:
            self.go_to(min(found, key=lambda spot: _far(here, spot, dx, dy)).key)

    def turn(self, pages: int) -> None:
        """So many screens further: to the spot nearest to there."""
        here = self._here()
        if here is not None:
            y = here.y + pages * max(1, self.size.height - 2)
            self.go_to(min(self.spots, key=lambda s: (abs(s.y - y), abs(s.middle - here.middle))).key)

    def end(self, last: bool) -> None:
        """To the first spot, or to the last."""
        if self.spots:
            self.go_to(self.spots[-1 if last else 0].key)

    def hop(self, by: int) -> None:
        """To the first spot of the next group (figures, a block), or of the one before; round at the ends."""
        groups = list(dict.fromkeys(spot.group for spot in self.spots))
        here = self._here()
        if here is not None and groups:
            group = groups[(groups.index(here.group) + by) % len(groups)]
            self.go_to(next(spot.key for spot in self.spots if spot.group == group))

    def _here(self) -> Spot | None:
        return next((spot for spot in self.spots if spot.key == self.key), None)

    def _reveal(self) -> None:
        """Scroll so that the spot under the cursor is seen, with the title of its block if it is the first there."""
        here, (rows, spots), height = self._here(), self._laid, self.size.height
        if here is None:
            return
        first = here.y - (1 if here is next(s for s in spots if s.group == here.group) else 0)
        last = here.y + here.height
        if here.y == spots[0].y:
            first = 0
        if last >= max(s.y + s.height for s in spots):
            last = len(rows)
        if first < self._top:
            self._top = first
        elif last > self._top + height:
            self._top = last - height
        self._top = max(0, min(self._top, len(rows) - height))

    # --- drawing

    def draw(self, width: int, height: int) -> list[Strip]:
        self._laid = self._lay(width)
        self._reveal_again(height)
        rows = self._laid[0]
        shown = [paint(self.look, row, width) for row in rows[self._top : self._top + height]]
        thumb = Thumb(self._top, height, len(rows))
        return [
            Thumb.on(self.look, strip, "background") if y in thumb else strip for y, strip in enumerate(shown)
        ]

    def _reveal_again(self, height: int) -> None:
        self._top = max(0, min(self._top, len(self._laid[0]) - height))

    def on_resize(self) -> None:
        self._laid = self._lay(self.size.width)
        self._reveal()

    def _lay(self, width: int) -> tuple[list[list[Run]], list[Spot]]:
        """Every row of the page, and the spots on them."""
        rows, spots = self._figures(width)
        if width < TWO_COLUMNS:
            below, more = self._column(tuple(self.page.blocks()), width, 0, len(rows))
            return [*rows, *below], [*spots, *more]
        half = (width - 1) // 2
        rest = width - half - 1
        left, left_spots = self._column(self.page.left, half, 0, len(rows))
        right, right_spots = self._column(self.page.right, rest, half + 1, len(rows))
        empty_left, empty_right = [Run(" " * half)], [Run(" " * rest)]
        for n in range(max(len(left), len(right))):
            one = left[n] if n < len(left) else empty_left
            other = right[n] if n < len(right) else empty_right
            rows.append([*one, Run(" "), *other])
        return rows, [*spots, *left_spots, *right_spots]

    def _figures(self, width: int) -> tuple[list[list[Run]], list[Spot]]:
        figures = self.page.figures
        air = self.size.height >= ROOMY
        abreast = len(figures) if width >= ALL_ABREAST else 3 if width >= TWO_COLUMNS else 2
        high = 4 if width >= ALL_ABREAST else 3 if width >= TWO_COLUMNS else 2
        rows: list[list[Run]] = [[Run(" " * width)]] if air else []
        spots: list[Spot] = []
        for first in range(0, len(figures), abreast or 1):
            line = figures[first : first + abreast]
            quiet = "background" if first // abreast % 2 else "surface"
            edges = [round(n * (width + 1) / abreast) for n in range(abreast + 1)]
            boxes = []
            for figure, (x, end) in zip(line, pairwise(edges), strict=False):
                wide = end - x - 1
                spots.append(Spot(figure.key, "figures", x, len(rows), wide, high))
                here = figure.key == self.key
                boxes.append(figure_rows(self.look, figure, wide, high, here=here, quiet=quiet))
            for parts in zip(*boxes, strict=True):
                joined: list[Run] = []
                for part in parts:
                    joined += [*([Run(" ")] if joined else []), *part]
                rows.append(fill(joined, width))
        return rows, spots

    def _column(
        self, blocks: Sequence[Block], width: int, x: int, y: int
    ) -> tuple[list[list[Run]], list[Spot]]:
        rows: list[list[Run]] = []
        spots: list[Spot] = []
        for block in blocks:
            rows += [[Run(" " * width)], block_head(self.look, block, width)]
            for row in block.rows:
                spots.append(Spot(row.key, block.key, x, y + len(rows), width, 1))
                rows.append(block_row(self.look, block, row, width, here=row.key == self.key))
            if block.note:
                note = self.look.cut(block.note, width - 2)
                rows.append(fill([Run(" "), Run(note, "muted")], width))
        return rows, spots

    # --- mouse

    def on_click(self, event: events.Click) -> None:
        """The first click goes there, the second opens."""
        x, y = event.x, event.y + self._top
        for spot in self.spots:
            if spot.x <= x < spot.x + spot.width and spot.y <= y < spot.y + spot.height:
                if spot.key == self.key:
                    self.post_message(self.Opened())
                else:
                    self.go_to(spot.key)

    def on_mouse_scroll_down(self) -> None:
        self._wheel(WHEEL)

    def on_mouse_scroll_up(self) -> None:
        self._wheel(-WHEEL)

    def _wheel(self, rows: int) -> None:
        self._top += rows
        self._reveal_again(self.size.height)
        self.sync()


def _openable(page: Page) -> list[Figure | Row]:
    return [*page.figures, *(row for block in page.blocks() for row in block.rows)]


def _beyond(here: Spot, other: Spot, dx: int, dy: int) -> bool:
    """Whether a spot lies to that side."""
    if dy:
        return other.y >= here.y + here.height if dy > 0 else other.y + other.height <= here.y
    return other.x >= here.x + here.width if dx > 0 else other.x + other.width <= here.x


def _far(here: Spot, other: Spot, dx: int, dy: int) -> tuple[float, float]:
    """How far a spot lies in that direction, those across from it last."""
    if dy:
        beside = max(0, other.x - (here.x + here.width - 1), here.x - (other.x + other.width - 1))
        return (abs(other.y - here.y) + 100 * (beside > 0), abs(other.middle - here.middle))
    across = max(0, other.y - (here.y + here.height - 1), here.y - (other.y + other.height - 1))
    return (across, abs(other.x - here.x))

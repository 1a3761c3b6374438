"""A widget that is nothing but rows of cells and repaints exactly those that changed.

The base of lists, board columns, panes and bars: a subclass says what its rows look like now (`draw`) and
calls `sync` after any change; which rows go over the wire is found here by comparing strips. Knows no
content. It never sets `virtual_size`, because that lays out the whole screen.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Looks, paint


class Lines(Looks, Widget):
    """Rows as strips, with an own offset and without scrollbars.

    Partial updates are cut at widget edges (Textual 8.2.8 sends a row from the widget's left edge whatever
    region is asked), so whole rows are refreshed and nothing smaller.
    """

    ALLOW_SELECT = False
    GROUND = "background"
    """The role behind rows that `draw` left out."""

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._rows: list[Strip] = []
        self._rows_for: tuple[Size, Look] | None = None
        self._sent: list[tuple[Strip, Strip]] = []
        self._sent_for: list[Strip] | None = None
        self._sent_look: Look | None = None

    def draw(self, width: int, height: int) -> Sequence[Strip]:
        """The rows as they should be now, at most `height` strips of exactly `width` cells."""
        raise NotImplementedError

    def forget(self) -> None:
        """Drop caches that depend on width or look; called before such a change is drawn."""

    def sync(self) -> None:
        """Draw anew and send the rows that differ from what is shown: after every change of content."""
        size = self.size  # asked anew it is worked out anew
        if not self.is_mounted or not size:
            self._rows_for = None
            return
        if self._rows_for != (size, self.look):
            self._fill()
            self.refresh()
            return
        before = self._rows
        self._rows = self._full(size)
        changed = [
            Region(0, y, size.width, 1)
            for y, (old, new) in enumerate(zip(before, self._rows, strict=True))
            if old is not new and old != new
        ]
        if changed:
            self.refresh(*changed)

    def _full(self, size: Size) -> list[Strip]:
        rows = list(self.draw(size.width, size.height))[: size.height]
        if len(rows) < size.height:
            rows += [paint(self.look, (), size.width, self.GROUND)] * (size.height - len(rows))
        return rows

    def _fill(self) -> None:
        self.forget()
        self._rows = self._full(self.size)
        self._rows_for = (self.size, self.look)

    def render_line(self, y: int) -> Strip:
        """One row; the first call after a change of size or look draws all of them."""
        if self._rows_for != (self.size, self.look):
            self._fill()
        return self._rows[y] if y < len(self._rows) else Strip.blank(self.size.width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows through the line filters, without Textual's styles of lines: rows have no border or padding."""
        if self._rows_for != (self.size, self.look):
            self._fill()
        self._filter()
        rows = [sent for _, sent in self._sent[crop.y : crop.bottom]]
        if crop.x == 0 and crop.width == self.size.width:
            return rows
        return [row.crop(crop.x, crop.right) for row in rows]

    def _filter(self) -> None:
        """What is sent beside every row; a row that was there before has gone through the filters before."""
        if self._sent_for is self._rows:
            return
        known = {id(row): (row, sent) for row, sent in self._sent} if self._sent_look == self.look else {}
        ground, filters = self.background_colors[1], self.get_line_filters()
        found = []
        for row in self._rows:
            pair = known.get(id(row))
            if pair is None:
                sent = row
                for line_filter in filters:
                    sent = sent.apply_filter(line_filter, ground)
                pair = (row, sent)
            found.append(pair)
        self._sent, self._sent_for, self._sent_look = found, self._rows, self.look

    def on_resize(self) -> None:
        self.sync()

    def afresh(self) -> None:
        """Draw everything anew: the words or signs of our own are others now."""
        self._rows_for = None
        self.sync()

    def notify_style_update(self) -> None:
        """A new theme may mean a new look: nothing drawn before is true any more."""
        if self.is_mounted and self._rows_for is not None and self._rows_for[1] != self.look:
            self._rows_for = None
        super().notify_style_update()


class Thumb:
    """A thin scroll mark in the last cell of the rows: where in the whole the shown rows stand."""

    __slots__ = ("_end", "_start")

    def __init__(self, top: int, shown: int, total: int) -> None:
        """`top`: first shown row from 0; `shown`, `total`: rows. No mark without overflow."""
        if total <= shown or shown <= 0:
            self._start = self._end = 0
            return
        size = max(1, shown * shown // total)
        self._start = top * (shown - size) // (total - shown)
        self._end = self._start + size

    def __contains__(self, y: object) -> bool:
        return isinstance(y, int) and self._start <= y < self._end

    @staticmethod
    def on(look: Look, strip: Strip, ground: str) -> Strip:
        """The strip with the mark in place of its last cell, which every row keeps blank as its margin."""
        width = strip.cell_length
        style = look.style("muted", ground)
        return Strip([*strip.crop(0, width - 1), Segment(look.glyph("bar"), style)], width)

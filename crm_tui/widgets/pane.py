"""A pane of prepared text: blocks of lines of runs, wrapped, scrolled, repainted where they differ.

Used by the briefing, the timeline, the help and the history. It decides only how lines break and which of
them are seen; it knows neither what the words mean nor where they came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.strip import Strip

from crm_tui.domain.text import sanitise
from crm_tui.ui.look import Look
from crm_tui.widgets.lines import Lines, Thumb
from crm_tui.widgets.looks import Run, cells, paint, width_of

WHEEL = 3
LINES_KEPT = 4000
LEFT_LEAST = 14
"""Cells that the left side of a line keeps beside its right side."""
PIECE_LEAST = 6
"""Of something apart (two blanks before it) fewer cells than this say nothing: it is left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, which may wrap.

    `left` are its runs; `right` stands flush right on the first row, and its first runs go where the first of
    `left`, the name, would else be cut. Wrapped rows have an indent of `hang`. `most` rows are shown (0: all),
    the last then ends in `…`. `rule` fills the room between left and right. `ground` tints the whole line.
    """

    left: tuple[Run, ...] = ()
    right: tuple[Run, ...] = ()
    hang: int = 0
    most: int = 0
    rule: bool = False
    ground: str | None = None


Block = Sequence[Line]
"""A section of the pane; between blocks stand `gap` blank rows."""


def wrap(runs: Iterable[Run], width: int, hang: int = 0) -> list[list[Run]]:
    """The runs in rows of at most `width` cells, broken at blanks, longer words inside; no letter is lost.

    A line feed in a run begins a new row. Rows after the first have `hang` cells less. A `whole` run is broken
    only if it is wider than a row.
    """
    rows: list[list[Run]] = [[]]
    used = 0

    def fresh() -> None:
        nonlocal used
        rows.append([])
        used = 0

    for run in runs:
        for number, part in enumerate(run.text.split("\n")):
            if number:
                fresh()
            for found in [part] if run.whole else _words(part):
                word, room = found, width - (hang if len(rows) > 1 else 0)
                if used and used + cells(word if run.style else word.rstrip(" ")) > room:
                    fresh()
                    word, room = word if run.whole else word.lstrip(" "), width - hang
                while cells(word.rstrip(" ")) > room:
                    head = _prefix(word, max(1, room))
                    rows[-1].append(run._replace(text=head))
                    word, room = word[len(head) :], max(1, width - hang)
                    fresh()
                if word:
                    rows[-1].append(run._replace(text=word))
                    used += cells(word)
    return rows


def _words(text: str) -> list[str]:
    """Words with the blanks after them; blanks at the beginning are a word."""
    found: list[str] = []
    word = ""
    for char in text:
        if word.endswith(" ") and char != " ":
            found.append(word)
            word = ""
        word += char
    return [*found, word] if word else found


def _prefix(text: str, room: int) -> str:
    """As much of the text as fits, at least one character."""
    used = 0
    for i, char in enumerate(text):
        used += cell_len(char)
        if used > room and i:
            return text[:i]
    return text


class Pane(Lines):
    """See the module. Focusable if asked; keys are bound by the screen to the `action_pane_*` methods."""

    DEFAULT_CSS = "Pane { width: 1fr; height: 1fr; }"

    def __init__(
        self,
        *,
        ground: str = "surface",
        gap: int = 1,
        titled: bool = False,
        focusable: bool = False,
        id: str | None = None,
    ) -> None:
        """`titled`: where there are no grounds, the first row carries the pane's edge as a rule."""
        super().__init__(id=id)
        self.GROUND = ground
        self.gap = gap
        self.titled = titled
        self.can_focus = focusable
        self._blocks: tuple[Block, ...] = ()
        self._top = 0
        self._chosen: int | None = None
        self._wrapped: list[tuple[int, Strip]] | None = None
        """The block that each row belongs to (-1 for gaps), and the row."""
        self._kept: dict[tuple[Line, str], list[Strip]] = {}
        """Rows of lines already wrapped at this width: a page added to a long history wraps only itself."""

    # --- content --------------------------------------------------------------------------------------------

    def set_blocks(self, blocks: Iterable[Block], *, keep: bool = False) -> None:
        """Show other blocks from the top, or at the same offset if `keep`; equal rows are not sent again."""
        self._blocks = tuple(tuple(block) for block in blocks)
        self._wrapped = None
        if len(self._kept) > LINES_KEPT:
            self._kept.clear()
        if not keep:
            self._top, self._chosen = 0, None
        self.sync()

    @property
    def chosen(self) -> int | None:
        """The number of the block under the cursor, if there is a cursor."""
        return self._chosen

    def choose(self, block: int | None) -> None:
        """Put the cursor on a block (clamped to those there are) and scroll to it; None: no cursor."""
        if block is not None:
            block = max(0, min(block, len(self._blocks) - 1)) if self._blocks else None
        self._chosen = block
        self._wrapped = None
        rows = [y for y, (owner, _) in enumerate(self._laid()) if owner == block and block is not None]
        if rows and self.size:
            height = self.size.height
            if rows[-1] >= self._top + height:
                self._top = rows[-1] - height + 1
            self._top = min(self._top, rows[0])
        self.sync()

    @property
    def block_count(self) -> int:
        return len(self._blocks)

    # --- scrolling ------------------------------------------------------------------------------------------

    def scroll_rows(self, rows: int) -> None:
        """Scroll by so many rows, down if positive."""
        before = self._top
        self._top = max(0, min(self._top + rows, len(self._laid()) - self.size.height))
        if self._top != before:
            self.sync()

    def action_pane_down(self) -> None:
        self.scroll_rows(1)

    def action_pane_up(self) -> None:
        self.scroll_rows(-1)

    def action_pane_page_down(self) -> None:
        self.scroll_rows(max(1, self.size.height - 1))

    def action_pane_page_up(self) -> None:
        self.scroll_rows(-max(1, self.size.height - 1))

    def action_pane_first(self) -> None:
        self.scroll_rows(-len(self._laid()))

    def action_pane_last(self) -> None:
        self.scroll_rows(len(self._laid()))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_rows(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_rows(-WHEEL)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Here and not in `on_focus`, which Textual calls before the focus is known."""
        super().watch_has_focus(has_focus)
        if self._chosen is not None:
            self._wrapped = None
            self.sync()

    # --- drawing --------------------------------------------------------------------------------------------

    def forget(self) -> None:
        self._wrapped = None
        self._kept.clear()

    def draw(self, width: int, height: int) -> list[Strip]:
        laid = self._laid()
        self._top = max(0, min(self._top, len(laid) - height))
        thumb = Thumb(self._top, height, len(laid) if self.can_focus else 0)  # else no key scrolls it
        rows = [strip for _, strip in laid[self._top : self._top + height]]
        shown = [
            Thumb.on(self.look, strip, self.GROUND) if y in thumb else strip for y, strip in enumerate(rows)
        ]
        if shown and self.titled and not self.look.colourful:
            shown[0] = ruled(self.look, shown[0])
        return shown

    def _laid(self) -> list[tuple[int, Strip]]:
        if self._wrapped is None:
            width = self.size.width if self.is_mounted else 0
            self._wrapped = list(self._lay(width)) if width > 2 else []
        return self._wrapped

    def _lay(self, width: int) -> Iterable[tuple[int, Strip]]:
        blank = paint(self.look, (), width, self.GROUND)
        for number, block in enumerate(self._blocks):
            if number:
                for _ in range(self.gap):
                    yield -1, blank
            for line in block:
                for strip in self._strips(line, width, number):
                    yield number, strip

    def _strips(self, line: Line, width: int, block: int) -> list[Strip]:
        ground = line.ground or self.GROUND
        live = block == self._chosen and self.has_focus
        if block == self._chosen:
            ground = "selection" if live else "idle"
        kept = self._kept.get((line, ground))
        if kept is None:
            rows = lay(self.look, line, width)
            if live:
                rows = [self._barred(row) for row in rows]
            kept = self._kept[line, ground] = [paint(self.look, runs, width, ground) for runs in rows]
        return kept

    def _barred(self, row: list[Run]) -> list[Run]:
        """The row with the bar of the cursor in its margin."""
        return [Run(self.look.glyph("bar"), "accent"), row[0]._replace(text=row[0].text[1:]), *row[1:]]


def lay(look: Look, line: Line, width: int) -> list[list[Run]]:
    """A line in rows of `width` cells, with one cell of margin left and right."""
    room = width - 2
    left = [_safe(run) for run in line.left]
    right = [_safe(run) for run in line.right]
    if left and not line.rule:
        while len(right) > 1 and cells(left[0].text) > room - width_of(right) - 1:
            del right[0]
    if right and not line.rule and room - width_of(right) - 1 < min(LEFT_LEAST, width_of(left)):
        # side by side the left one would be lost: it takes the first row, the right one the second
        blank = Run(" " * max(1, width - 1 - width_of(right)))
        return [[Run(" "), *_cut(look, left, room)], [blank, *_cut(look, right, room)]]
    if line.rule or right or line.most == 1:
        rows = [_cut(look, left, room - (width_of(right) + 1 if right else 0))]
    else:
        rows = wrap(left, room, line.hang)
    if line.most and len(rows) > line.most:
        rows = [*rows[: line.most - 1], _going_on(look, rows[line.most - 1], room - line.hang)]
    first = [Run(" "), *rows[0]]
    free = room + 1 - width_of(first) - width_of(right)
    if line.rule:
        gap = 1 if right else 0
        first += [Run(" "), Run(look.rule(free - 1 - gap), "line"), Run(" " * gap), *right]
    elif right:
        first += [Run(" " * max(0, free)), *right]
    return [first, *([Run(" " * (1 + line.hang)), *row] for row in rows[1:])]


def _safe(run: Run) -> Run:
    """The run without controls; a tab is as wide as four blanks."""
    text = sanitise(run.text).replace("\t", "    ")
    return run if text == run.text else run._replace(text=text)


def _cut(look: Look, runs: Sequence[Run], room: int) -> list[Run]:
    """The runs on one row of `room` cells; what is over is told by `…`, or left out if it is `whole`."""
    kept: list[Run] = []
    used = 0
    for run in runs:
        if used + cells(run.text.rstrip(" ")) <= room:
            kept.append(run if used + cells(run.text) <= room else run._replace(text=run.text.rstrip(" ")))
            used += cells(kept[-1].text)
            continue
        left = room - used - 1
        if not run.whole and not (kept and run.text.startswith("  ") and left < PIECE_LEAST):
            if left > 0:
                kept.append(run._replace(text=_piece(run.text, left)))
            _tell_cut(look, kept, room)
        break
    return kept


def _piece(text: str, room: int) -> str:
    """The beginning of a text that is cut; a number, a date or a phone is left out whole."""
    piece = _prefix(text, room)
    head, blank, last = piece.rpartition(" ")
    return head if blank and head.strip() and any(char.isdigit() for char in last) else piece


def _going_on(look: Look, runs: Sequence[Run], room: int) -> list[Run]:
    """The row with `…` after its last whole word: more follows that is not shown."""
    kept = list(runs)
    text = kept[-1].text.rstrip(" ") if kept else ""
    if kept and width_of(kept[:-1]) + cells(text) >= room and " " in text.strip(" "):
        kept[-1] = kept[-1]._replace(text=text.rpartition(" ")[0])
    _tell_cut(look, kept, room)
    return kept


def _tell_cut(look: Look, kept: list[Run], room: int) -> None:
    """End the runs with `…`, inside `room` cells."""
    while kept and kept[-1].text.isspace():
        kept.pop()
    if kept:
        text = kept[-1].text.rstrip(" ")
        over = width_of(kept[:-1]) + cells(text) + 1 - room
        if over > 0:
            text = _prefix(text, max(1, cells(text) - over)).rstrip(" ")
        kept[-1] = kept[-1]._replace(text=text + look.glyph("cut"))


def ruled(look: Look, strip: Strip) -> Strip:
    """The strip with margins and long blanks drawn as a rule: a pane's edge where there are no grounds."""
    text = "".join(segment.text for segment in strip)
    line = list(text)
    rule = look.glyph("rule")
    blanks = 0
    for i in [*range(len(line)), len(line)]:
        if i < len(line) and line[i] == " ":
            blanks += 1
            continue
        start = i - blanks
        if start == 0 or i == len(line):
            line[start:i] = [rule] * blanks
        elif blanks > 3:
            line[start + 1 : i - 1] = [rule] * (blanks - 2)
        blanks = 0
    return paint(look, [Run("".join(line), "bright", True)], strip.cell_length)

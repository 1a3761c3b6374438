"""How a column of the agenda's grid looks in one row: an appointment, a free half hour, time that nobody works.

Pure: facts in, runs out. Which rows are in sight, and when they are drawn anew, is the widget's (`grid`). (LOOK.md,
Agenda)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from crm_tui.domain.worktime import Hours
from crm_tui.ui.look import Look
from crm_tui.widgets.grid_layout import Block, Placed, Row, works
from crm_tui.widgets.looks import Run, cells, clean, width_of

LANE: Final = 9
"""Cells of an appointment that stands beside another at least; with less room one of them says how many there are."""
ROOMY: Final = 40
"""Cells from which one row says with whom and what."""
TINTED: Final = frozenset(("overdue", "today", "internal", "open", "none"))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a day, or somebody's day. `head` and `under` are its two heading rows (where there is one row, `head`
    and then `short`); `work` the working minutes, `off` what a day off is called; `band` the appointments of whole
    days. `now` is the present in minutes where the column is today."""

    head: str
    width: int
    blocks: tuple[Placed, ...] = ()
    band: tuple[Block, ...] = ()
    work: Hours = ()
    under: tuple[Run, ...] = ()
    short: tuple[Run, ...] = ()
    off: str = ""
    now: int | None = None
    standing: Mapping[int, Sequence[Placed]] = field(default_factory=dict)
    """The appointments of each row; a row without any is not there."""
    quiet: bool = False
    """A day on which nobody works and nothing is planned: its name is muted."""

    @property
    def inner(self) -> int:
        """The cells before the gap to the next column."""
        return self.width - 1


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where one stands: a column, a row, and the appointment there (None: a free half hour). `live`: it has the
    focus."""

    column: int
    row: int
    key: int | None = None
    live: bool = True


def said_in(words: str, look: Look, room: int) -> str:
    """A text from data in so many cells."""
    return look.cut(clean(words), room)


def piece(
    look: Look, block: Block, line: int, width: int, *, here: bool, live: bool, more: int = 0
) -> list[Run]:
    """Row number `line` of an appointment, in `width` cells; `more`: so many others begin behind it."""
    tinted = block.state in TINTED and not block.gone
    ground = "selection" if here and live else "idle" if here else f"{block.state}_bg" if tinted else "raised"
    bar = Run(look.glyph("bar"), "accent" if here and live else f"bar_{block.state}", ground=ground)
    extra = f"+{more}" if more else ""
    room = width - 3 - (cells(extra) + 1 if extra else 0)
    runs = [bar]
    if line == 0:
        runs.append(Run(f"{look.glyph(block.glyph)} ", block.state, ground=ground))
    else:
        runs.append(Run("  ", ground=ground))
    runs += [run._replace(ground=ground) for run in _words(look, block, line, max(0, room), here=here)]
    runs.append(Run(" " * max(0, width - width_of(runs) - cells(extra)), ground=ground))
    if extra:
        runs.append(Run(extra, "muted", ground=ground))
    return runs


def _words(look: Look, block: Block, line: int, room: int, *, here: bool) -> list[Run]:
    """Who first, what second, the hours third where there is room; in a wide column two of them side by side."""
    who, what = (block.who, block.what) if block.who else (block.what, "")
    tone = "bright" if here or block.state in TINTED else "text"
    if block.gone:
        tone = "muted"
    if room >= ROOMY:
        pairs = ((who, what), (block.hours, block.where))
        if line >= len(pairs):
            return []
        first, second = pairs[line]
        head = Run(said_in(first, look, room), tone if line == 0 else "muted", here and line == 0)
        left = room - cells(head.text) - 2
        return [head, Run("  "), Run(said_in(second, look, left), "muted")] if second and left > 3 else [head]
    if line == 0:
        return [Run(said_in(who, look, room), tone, here)]
    if line == 1:
        return [Run(said_in(what, look, room), "muted")]
    if line == 2 and cells(block.hours) <= room:
        return [Run(block.hours, "muted")]
    return []


def cell(
    look: Look, column: Column, at: int, n: int, row: Row, cursor: Cursor | None, told: str
) -> list[Run]:
    """Row number `n` of column number `at`, gap included; `told` is what a day or hour off is called here."""
    here = cursor is not None and cursor.column == at
    standing = column.standing.get(n, ())
    width = column.inner
    gap = Run(" ")
    if not standing:
        return [*_empty(look, column, n, row, cursor if here else None, told), gap]
    lanes = standing[0].lanes
    if lanes == 1 or width // lanes < LANE:
        chosen = _foremost(standing, cursor if here else None)
        line = n - _seen_from(column, chosen, n, cursor if here else None)
        others = [each for each in standing if each is not chosen]
        more = len(others) if line == 0 or any(each.first == n for each in others) else 0
        return [*_piece(look, chosen, line, width, cursor if here else None, more), gap]
    runs: list[Run] = []
    for lane in range(lanes):
        room = width // lanes if lane < lanes - 1 else width - (lanes - 1) * (width // lanes)
        found = next((each for each in standing if each.lane == lane), None)
        if found is None:
            runs.append(Run(" " * room, ground=_ground(column, row)))
        else:
            runs += _piece(look, found, n - found.first, room, cursor if here else None, 0)
    return [*runs, gap]


def _piece(look: Look, placed: Placed, line: int, width: int, cursor: Cursor | None, more: int) -> list[Run]:
    here = cursor is not None and cursor.key == placed.block.key
    return piece(look, placed.block, line, width, here=here, live=here and cursor.live, more=more)  # type: ignore[union-attr]


def _foremost(standing: Sequence[Placed], cursor: Cursor | None) -> Placed:
    """Which of those that share a row is drawn where there is room for one: the chosen one, or the first lane's."""
    if cursor is not None:
        for each in standing:
            if each.block.key == cursor.key:
                return each
    return min(standing, key=lambda each: each.lane)


def _seen_from(column: Column, chosen: Placed, n: int, cursor: Cursor | None) -> int:
    """The first row from which the chosen one is drawn without a break down to row `n`."""
    first = n
    while first > chosen.first:
        if _foremost(column.standing[first - 1], cursor) is not chosen:
            break
        first -= 1
    return first


def _ground(column: Column, row: Row) -> str:
    return "background" if works(column.work, row) else "sunken"


def _empty(look: Look, column: Column, n: int, row: Row, cursor: Cursor | None, told: str) -> list[Run]:
    """A row without an appointment: the present as a line, a dot on the whole hour, darker where nobody works."""
    width, ground = column.inner, _ground(column, row)
    if cursor is not None and cursor.row == n and cursor.key is None:
        ground = "selection" if cursor.live else "idle"
        bar = Run(look.glyph("bar") if cursor.live else " ", "accent", ground=ground)
        hour = f"{row.start // 60:02d}:{row.start % 60:02d}"
        words = Run(f" {hour}" if width > 6 else "", "bright", True, ground)
        return [bar, words, Run(" " * (width - 1 - cells(words.text)), ground=ground)]
    if column.now is not None and row.start <= column.now < row.end:
        return [Run(look.rule(width), "accent", ground=ground)]
    if told:
        text = f" {look.cut(told, width - 1)}"
        return [Run(text, "muted", ground=ground), Run(" " * (width - cells(text)), ground=ground)]
    dot = ground == "background" and row.start % 60 == 0 and not column.quiet
    text = look.glyph("free") if dot else " "
    return [Run(text, "line", ground=ground), Run(" " * (width - 1), ground=ground)]

"""The hours of some people on one day: what is free, what is taken, the slot that is proposed, what it is taken with.

A deaf widget: minutes of a day in, rows of cells out. It knows no calendar and no operator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual.strip import Strip

from crm_tui.ui.look import Look
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, paint

NAME: Final = 9
"""Cells of a name, its margin and the blank behind it among them."""
WIDTHS: Final = (6, 4, 3, 2, 1)
"""Cells of an hour: as many as there is room for."""
Minutes = tuple[tuple[int, int], ...]
"""Minutes of the day from 0, the end not included, in order and apart."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One person's day: what is worked, and what is taken of it or beside it."""

    name: str
    worked: Minutes = ()
    busy: Minutes = ()


@dataclass(frozen=True, slots=True)
class Hours:
    """`head` and `told` are the pane's first row, `bars` the people, `slot` the proposed minutes with `slot_words`,
    `notes` rows of (label, runs): what takes the time, the next slots. `foot` is the legend: sign, tone, word."""

    head: str = ""
    told: str = ""
    hour: str = ""
    bars: tuple[Bar, ...] = ()
    slot: tuple[int, int] | None = None
    slot_words: str = ""
    notes: tuple[tuple[str, tuple[Run, ...]], ...] = ()
    foot: tuple[tuple[str, str, str], ...] = ()


def window(bars: Sequence[Bar], slot: tuple[int, int] | None = None) -> tuple[int, int]:
    """The whole hours in which anything is worked or proposed, eight to eighteen at least where nothing is."""
    spans = [span for bar in bars for span in bar.worked] + ([slot] if slot else [])
    if not spans:
        return 8, 18
    return min(a for a, _ in spans) // 60, -(-max(b for _, b in spans) // 60)


def hour_cells(hours: int, room: int) -> int:
    """Cells of an hour so that so many of them fit."""
    return next((wide for wide in WIDTHS if hours * wide <= room), 1)


def bar_runs(
    look: Look, bar: Bar, first: int, last: int, wide: int, slot: tuple[int, int] | None = None
) -> list[Run]:
    """The hours `first` to `last` of one person: blocks for what is taken, a dot each half hour for what is free,
    blank for what nobody works. `slot` is drawn into it."""
    step = 60 / wide
    dots = 30 if wide > 1 and look.colourful else 1
    runs: list[Run] = []
    for n in range((last - first) * wide):
        a, b = first * 60 + round(n * step), first * 60 + round((n + 1) * step)
        if slot is not None and a < slot[1] and b > slot[0]:
            runs.append(Run(look.glyph("chosen"), "accent", True, "selection"))
        elif _touches(bar.busy, a, b):
            runs.append(Run(look.glyph("busy"), "busy", ground="busy"))
        elif _touches(bar.worked, a, b):
            runs.append(Run(look.glyph("free") if a % dots == 0 else " ", "open", ground="open_bg"))
        else:
            runs.append(Run(" "))
    return runs


def _touches(spans: Minutes, a: int, b: int) -> bool:
    return any(start < b and a < end for start, end in spans)


class HoursPane(Lines):
    """See the module."""

    DEFAULT_CSS = "HoursPane { width: 100%; }"
    GROUND = "surface"

    def __init__(self) -> None:
        super().__init__()
        self.value = Hours()

    def show(self, value: Hours) -> None:
        """Draw another state; rows that look the same are not sent."""
        self.value = value
        self.sync()

    def draw(self, width: int, height: int) -> Sequence[Strip]:
        value = self.value
        first, last = window(value.bars, value.slot)
        wide = hour_cells(last - first, width - NAME - 3)
        bars = [self._bar(bar, first, last, wide, width) for bar in value.bars]
        notes = [self._paint(self._note(label, runs, width), width) for label, runs in value.notes]
        foot = [self._legend(width)] if value.foot else []
        fixed = [self._head(width)]
        ruler, slot = [self._ruler(first, last, wide, width)], [self._slot(first, wide, width)]
        left = height - len(fixed) - len(ruler) - len(slot) - len(foot)
        shown = bars[: max(1, left - min(len(notes), 2))]
        left -= len(shown)
        notes = notes[: max(0, left)]
        left -= len(notes)
        blank = [self._paint((), width)] if left > 0 else []
        gap = [self._paint((), width)] * max(0, left - len(blank))
        return [*fixed, *blank, *ruler, *shown, *slot, *notes, *gap, *foot][:height]

    def _paint(self, runs: Sequence[Run], width: int) -> Strip:
        return paint(self.look, runs, width, self.GROUND)

    def _head(self, width: int) -> Strip:
        look, value = self.look, self.value
        head = look.cut(clean(value.head), width - 2)
        told = look.cut(value.told, max(0, width - 4 - cells(head)))
        runs = [Run(" "), Run(head, "bright", True), Run("  "), Run(told)]
        if not look.colourful:
            runs.append(Run(f" {look.rule(width - 5 - cells(head) - cells(told))}", "line"))
        return self._paint(runs, width)

    def _label(self, words: str) -> str:
        return f" {self.look.pad(words, NAME - 1)}"

    def _ruler(self, first: int, last: int, wide: int, width: int) -> Strip:
        apart = 1 if wide > 2 else 2 if wide == 2 else 4
        marks = "".join(
            (f"{hour % 24:02d}" if (hour - first) % apart == 0 else "").ljust(wide) if wide > 1 else ""
            for hour in range(first, last)
        )
        if wide == 1:
            marks = "".join(f"{hour % 24:02d}".ljust(4) for hour in range(first, last, 4))[: last - first]
        elif apart == 2:
            marks = "".join(f"{hour % 24:02d}".ljust(4) for hour in range(first, last, 2))[
                : (last - first) * 2
            ]
        end = f"{last:02d}" if (last - first) % apart == 0 else ""
        return self._paint([Run(self._label(self.value.hour), "muted"), Run(marks + end, "muted")], width)

    def _bar(self, bar: Bar, first: int, last: int, wide: int, width: int) -> Strip:
        name = self.look.cut(clean(bar.name), NAME - 2)
        return self._paint(
            [Run(self._label(name), "text"), *bar_runs(self.look, bar, first, last, wide)], width
        )

    def _slot(self, first: int, wide: int, width: int) -> Strip:
        value = self.value
        if value.slot is None:
            return self._paint([Run(" " * NAME), Run(value.slot_words, "muted")], width)
        step = 60 / wide
        a = round((value.slot[0] - first * 60) / step)
        b = max(a + 1, round((value.slot[1] - first * 60) / step))
        corner = ("+", "-", "+") if self.look.ascii else ("└", "─", "┘")
        line = corner[0] + corner[1] * (b - a - 2) + corner[2] if b - a > 1 else corner[0]
        words = f" {value.slot_words}"
        if NAME + b + cells(words) <= width - 1:
            runs = [Run(" " * (NAME + a)), Run(line + words, "accent")]
        else:
            runs = [Run(" " * max(0, NAME + a - cells(words) - 1)), Run(f"{words} {line}", "accent")]
        return self._paint(runs, width)

    def _legend(self, width: int) -> Strip:
        runs, left = [Run(" ")], width - 2
        for n, (sign, tone, word) in enumerate(self.value.foot):
            told = self.look.cut(f" {word}", left - 3 * (n > 0))
            runs += [Run("  " if n else ""), Run(self.look.glyph(sign), tone), Run(told, "muted")]
            left -= 1 + cells(told) + 2 * (n > 0)
        return self._paint(runs, width)

    def _note(self, label: str, runs: Sequence[Run], width: int) -> list[Run]:
        left = width - NAME - 1
        found = [Run(self._label(label), "muted")]
        for run in runs:
            text = self.look.cut(run.text, left)
            if cells(run.text) > left and run.whole:
                break
            found.append(run._replace(text=text))
            left -= cells(text)
            if left <= 0:
                break
        return found

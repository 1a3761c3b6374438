"""Rows of a list: who paints them, and where they stand when group rows are between them.

Pure: no widget, no terminal. `GroupedLines` is the arithmetic that the virtual list does on every key.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual.strip import Strip

from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, paint

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Group:
    """A heading between rows: stands before row number `start`; `tone` is its role, `cents` its sum."""

    start: int
    label: str
    count: int
    cents: int
    tone: str = "bright"


class RowPainter(ABC, Generic[R]):
    """How rows of one kind look. Pure: the same arguments give the same strip."""

    @abstractmethod
    def stamp(self, row: R) -> Hashable:
        """Everything that the strip of this row depends on, besides width, look, cursor, mark and focus."""

    @abstractmethod
    def paint(self, look: Look, row: R, width: int, *, cursor: bool, marked: bool, focused: bool) -> Strip:
        """The row in exactly `width` cells, of which the last is blank."""

    def head(self, look: Look, width: int) -> Strip | None:
        """The row of column headings, or None if the list has none."""
        return None

    def group(self, look: Look, group: Group, width: int) -> Strip:
        """A group's row."""
        return paint(look, [Run("  "), Run(group.label, group.tone, True)], width)


class GroupedLines:
    """Lines counted from 0 over `count` rows, each group's row taking the line before its first row.

    `groups` are sorted by `start`, no two at the same one. All answers in O(log groups).
    """

    __slots__ = ("groups", "rows")

    def __init__(self, rows: int, groups: tuple[Group, ...]) -> None:
        self.rows = rows
        self.groups = groups

    @property
    def total(self) -> int:
        """Rows and group rows together."""
        return self.rows + len(self.groups)

    def line_of(self, index: int) -> int:
        """The line of row number `index`."""
        return index + bisect_right(self.groups, index, key=lambda g: g.start)

    def at(self, line: int) -> Group | int:
        """The group or the number of the row on a line."""
        low, high = 0, len(self.groups)
        while low < high:
            middle = (low + high) // 2
            if self.groups[middle].start + middle <= line:
                low = middle + 1
            else:
                high = middle
        if low and self.groups[low - 1].start + low - 1 == line:
            return self.groups[low - 1]
        return line - low

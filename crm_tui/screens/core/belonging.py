"""Whose records a register shows, and the way that led there, so that `esc` leads back to the record.

From a board to its stages, from a stage to what it asks for. Knows rows and columns, no register.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from crm_tui.domain.register import Cell, RegisterRow
from crm_tui.widgets.looks import clean


class Whose(NamedTuple):
    """The one record to which all that is shown belongs: by which field of theirs, its id and its name."""

    field: str
    id: int
    name: str


class Step(NamedTuple):
    """Where one stood before: the place of the register, whose records it showed, and the record under the cursor."""

    at: int
    whose: Whose | None
    row: int


class Belonging:
    """Whose records are shown now (None: everybody's), and the steps behind."""

    def __init__(self) -> None:
        self.whose: Whose | None = None
        self.steps: list[Step] = []

    @property
    def name(self) -> str:
        """What the title says of it."""
        return clean(self.whose.name) if self.whose is not None else ""

    def enter(self, here: int, row: int, whose: Whose) -> None:
        """Go from a record of the register at `here` to what belongs to it."""
        self.steps.append(Step(here, self.whose, row))
        self.whose = whose

    def leave(self) -> Step | None:
        """Go back by one step; None if one did not come from anywhere."""
        step = self.steps.pop() if self.steps else None
        self.whose = step.whose if step is not None else None
        return step

    def forget(self) -> None:
        """Another register was chosen."""
        self.whose = None
        self.steps.clear()

    def of(self, rows: Sequence[RegisterRow]) -> list[RegisterRow]:
        """Those of the records that belong to it."""
        if self.whose is None:
            return [*rows]
        return [row for row in rows if row.belongs.get(self.whose.field) == self.whose.id]

    def columns(self, heads: Sequence[str], rows: Sequence[RegisterRow]) -> tuple[int, ...]:
        """The columns worth their room: whose records they are, and the way that led there, is known."""
        way = [each.name for each in (self.whose, *(step.whose for step in self.steps)) if each is not None]
        every = range(len(heads))
        said = {n for n in every for name in way if rows and all(_says(row, n, name) for row in rows)}
        return tuple(n for n in every if n not in said)


def _says(row: RegisterRow, at: int, name: str) -> bool:
    return at < len(row.cells) and row.cells[at] == name


def shown(row: RegisterRow, columns: Sequence[int]) -> RegisterRow:
    """The record with these columns."""
    cells: tuple[Cell, ...] = tuple(row.cells[n] for n in columns if n < len(row.cells))
    return replace(row, cells=cells) if len(cells) < len(row.cells) else row

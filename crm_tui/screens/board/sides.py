"""The board's width: how many columns fit, and what lies beyond each edge, by name and count.

Arithmetic and two one-cell strips; knows heads, not cards.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from crm_tui.domain.board import StageHead
from crm_tui.ui.look import Look
from crm_tui.widgets.column import FOLDED
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, paint, width_of

LEAST = 22
"""Cells of the narrowest column; between columns and at both edges stands one."""


def fitting(width: int, folded: Sequence[bool]) -> int:
    """How many of these columns, from the first on, stand side by side in so many cells; one at least."""
    room, found = width - 1, 0
    for fold in folded:
        room -= (FOLDED if fold else LEAST) + 1
        if room < 0 and found:
            break
        found += 1
    return found


def widths(width: int, folded: Sequence[bool]) -> list[int]:
    """The columns' widths: the open ones equal, what is left over one cell each from the left."""
    opened = len(folded) - sum(folded)
    each, over = divmod(max(opened, width - 1 - len(folded) - FOLDED * sum(folded)), opened or 1)
    found, before = [], 0
    for fold in folded:
        found.append(FOLDED if fold else each + (1 if before < over else 0))
        before += not fold
    return found


def hint(look: Look, left: Sequence[StageHead], right: Sequence[StageHead], room: int) -> list[Run]:
    """`‹ Novo 12, Qualificação 9    Fechamento 3 ›`: the nearest stages by name, the others as `+2`.

    In at most `room` cells; where not even the nearest name fits, how many there are: `‹ +4    +6 ›`.
    """
    for names in range(max(len(left), len(right)), -1, -1):
        runs = _hint(look, left, right, names)
        if width_of(runs) <= room:
            return runs
    return []


def _hint(look: Look, left: Sequence[StageHead], right: Sequence[StageHead], names: int) -> list[Run]:
    runs: list[Run] = []
    if left:
        rest = f"+{len(left) - names}" if len(left) > names else ""
        told = ", ".join(
            filter(None, (rest, _named(left[len(left) - names :] if names < len(left) else left)))
        )
        runs += [Run(look.glyph("left"), "accent"), Run(f" {told}", "muted")]
    if right:
        rest = f"+{len(right) - names}" if len(right) > names else ""
        told = ", ".join(filter(None, (_named(right[:names]), rest)))
        runs += [Run("    " if left else "", "muted"), Run(f"{told} ", "muted")]
        runs.append(Run(look.glyph("right"), "accent"))
    return runs


def _named(heads: Sequence[StageHead]) -> str:
    return ", ".join(f"{clean(head.name)} {head.count}" for head in heads)


class Edge(Lines):
    """The cell beside the first or last column: a sign in the heads' first row if there is more that way."""

    DEFAULT_CSS = "Edge { width: 1; height: 1fr; }"

    def __init__(self, glyph: str) -> None:
        super().__init__()
        self._glyph = glyph
        self._more = False

    def show(self, more: bool) -> None:
        """Whether there are columns beyond."""
        self._more = more
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        sign = self.look.glyph(self._glyph) if self._more else ""
        blank = " " * (width - cells(sign)) if self._glyph == "right" else ""
        return [paint(self.look, [Run(blank), Run(sign, "accent")], width)]

"""The items of a card in lines: how many of what, at which price, what it comes to once and each month. (E36)

Head, rows and sums share their columns; one that no line needs is left out, and in a narrow room the price goes
before the discount, what it comes to never. Reads nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crm_tui.domain.offer import CardItemRow, totals
from crm_tui.i18n import N_, say
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, cells
from crm_tui.widgets.pane import Block, Line

NAME_LEAST = 24
"""Cells that a name should have before a column goes for it."""
GAP = "  "


class _Column(NamedTuple):
    """A column of amounts: its head, what stands in each line, the sum under it; `may_go` where room is short."""

    head: str
    values: Sequence[str]
    sum: str
    may_go: bool
    tone: str = "text"

    @property
    def width(self) -> int:
        return max(cells(text) for text in (self.head, self.sum, *self.values))


class ItemLines:
    """The items of one card as a room of `width` cells shows them."""

    def __init__(self, look: Look, items: Sequence[CardItemRow], width: int) -> None:
        self.look = look
        self.items = items
        self.counts = [_counted(item) for item in items]
        self.count_width = max((cells(count) for count in self.counts), default=0)
        self.columns = self._columns(width)

    def _columns(self, width: int) -> list[_Column]:
        every = self._every()
        names = [self.count_width + len(GAP) + cells(item.item) for item in self.items]
        wanted = min(max(names, default=0), self.count_width + len(GAP) + NAME_LEAST)
        while True:
            taken = sum(column.width + len(GAP) for column in every)
            spare = next((column for column in every if column.may_go), None)
            if spare is None or width - 2 - taken >= wanted:
                return every
            every.remove(spare)

    def _every(self) -> list[_Column]:
        sums = totals(self.items)
        once = [item for item in self.items if not item.recurring]
        monthly = [item for item in self.items if item.recurring]
        prices = [_amount(item.unit_price) for item in self.items]
        found = [_Column(say(N_("Price")), prices, "", may_go=True, tone="muted")]
        if any(item.discount for item in self.items):
            less = [f"-{_amount(item.discount)}" if item.discount else "" for item in self.items]
            found.append(_Column(say(N_("Discount")), less, "", may_go=True, tone="muted"))
        if once:
            values = ["" if item.recurring else _amount(item.total) for item in self.items]
            found.append(_Column(say(N_("Once")), values, formats.money(sums.one_off), may_go=False))
        if monthly:
            values = [_amount(item.total) if item.recurring else "" for item in self.items]
            found.append(_Column(say(N_("A month")), values, formats.money(sums.recurring), may_go=False))
        return found

    def _right(self, texts: Sequence[str], tones: Sequence[str], *, bold: bool = False) -> list[Run]:
        return [
            Run(GAP + self.look.pad(text, column.width, right=True), tone, bold)
            for column, text, tone in zip(self.columns, texts, tones, strict=True)
        ]

    def heads(self) -> tuple[list[Run], list[Run]]:
        """What stands in each column: left, right."""
        blank = " " * (self.count_width + len(GAP) + 1)
        left = [Run(f"{blank}{say(N_('Item'))}", "muted")]
        return left, self._right([column.head for column in self.columns], ["muted"] * len(self.columns))

    def sums(self) -> tuple[list[Run], list[Run]]:
        """What all of it comes to: left, right."""
        blank = " " * (self.count_width + len(GAP) + 1)
        left = [Run(f"{blank}{say(N_('Total'))}", "muted")]
        return left, self._right(
            [column.sum for column in self.columns], ["bright"] * len(self.columns), bold=True
        )

    def rows(self) -> list[Block]:
        """A row each: what it is of stands behind it, and that it is sold no more."""
        tones = [column.tone for column in self.columns]
        return [
            [self._row(item, [column.values[at] for column in self.columns], tones, self.counts[at])]
            for at, item in enumerate(self.items)
        ]

    def _row(self, item: CardItemRow, values: Sequence[str], tones: Sequence[str], count: str) -> Line:
        left = [Run(f"{self.look.pad(count, self.count_width, right=True)}{GAP}{item.item}", "bright")]
        if not item.sold:
            left.append(Run(f"  {say(N_('out of use'))}", "today"))
        left.append(Run(f"  {item.offer}", "muted"))
        return Line(tuple(left), right=tuple(self._right(values, tones)), most=1)


def _counted(item: CardItemRow) -> str:
    """`3`, `120 m²`."""
    return f"{formats.number(item.qty)} {item.unit}" if item.unit else formats.number(item.qty)


def _amount(cents: int) -> str:
    """`12.400,00`: the symbol stands once, under the column."""
    return formats.money(cents).partition(" ")[2]

"""What a filter gives back: ids of cards in order, a board's columns with their sums, and views that were saved.

Knows nothing of how the rows were found.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import NamedTuple

from crm_tui.domain.board import StageHead
from crm_tui.domain.filter_tree import Filter, Place
from crm_tui.domain.followup import Order, Sorting

LOOKED_AT = 20_000
"""Rows that are looked at for one filter; beyond, an answer says that there are more."""
DIGITS = range(1, 10)
"""What may open a saved view after `v`."""


class Matches(NamedTuple):
    """Ids of rows in their order; `more`: not every row was looked at."""

    ids: array[int]
    more: bool = False


@dataclass(frozen=True, slots=True)
class StageMatches:
    """The matching cards of one column, in its order; the head's figures are theirs."""

    head: StageHead
    ids: array[int]


@dataclass(frozen=True, slots=True)
class BoardMatches:
    """The matching cards of a board, column by column; `more`: the columns go on beyond what was looked at."""

    stages: tuple[StageMatches, ...]
    more: bool = False

    @property
    def count(self) -> int:
        return sum(stage.head.count for stage in self.stages)

    @property
    def value_cents(self) -> int:
        return sum(stage.head.value_cents for stage in self.stages)

    def of(self, stage_id: int) -> StageMatches | None:
        """The column of a stage."""
        return next((stage for stage in self.stages if stage.head.id == stage_id), None)


class SavedView(NamedTuple):
    """A filter under a name. `query` is its stored form, `found` what it says: None if this program cannot read it.

    `mine`: whoever asks saved it; `shared`: the author's team sees it; `may_change`: so may whoever asks.
    """

    id: int
    name: str
    place: Place
    query: str
    shortcut: int | None
    author: str
    mine: bool
    shared: bool
    version: int
    found: Filter | None
    may_change: bool


def together(sorting: Sorting, found: Filter | None = None) -> bool:
    """Whether the rows of one due state stand together, as bands need it: by date, from the first on."""
    if found is not None and found.sort is not None:
        return found.sort.field == "due_on" and not found.sort.descending
    return sorting == Sorting(Order.WHEN)

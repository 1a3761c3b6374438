"""How a board is shown: by what its cards stand in each column, what the columns are, how many cards one begins with.

One value that the menu `s` and a filter's settings (`ordem:`, `grupo:`, `porcoluna:`) both set. Knows no screen and
no store. (K38, K39; FILTER.md §4)
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.domain.board import StageHead
from crm_tui.domain.due import DueState
from crm_tui.domain.filter_tree import Filter, Sort


class By(StrEnum):
    """By what the cards of a column stand; all but `HAND` are called as the filter's field. (K38)"""

    HAND = "hand"
    VALUE = "value"
    DUE = "due_on"
    NAME = "name"
    PARTY = "party"
    AGE = "created"


class Grouping(StrEnum):
    """What the columns are; called as the filter calls them."""

    STAGE = "stage"
    OWNER = "owner"
    DUE = "due"
    LABEL = "label"


STATES: Final = (
    *(DueState.OVERDUE, DueState.TODAY, DueState.INTERNAL, DueState.OPEN, DueState.NONE),
    DueState.CLOSED,
)
"""The columns of a board by due state; a column's id is the state's place here. The last one stands there only where a
filter asks for closed cards."""
NOTHING: Final = 0
"""The column of those that have no owner, or no label."""


class Arrangement(NamedTuple):
    """See the module. `per_column` None is the board's own number."""

    by: By = By.HAND
    descending: bool = False
    group: Grouping = Grouping.STAGE
    per_column: int | None = None

    @property
    def by_hand(self) -> bool:
        """Whether people decide where in its column a card stands."""
        return self.by is By.HAND and self.group is Grouping.STAGE

    def sorted_by(self, by: By) -> Arrangement:
        """By this; once more by the same turns it round. Values begin with the largest, all others with the least;
        by hand there is only one way."""
        descending = not self.descending if by is self.by else by is By.VALUE
        return self._replace(by=by, descending=descending and by is not By.HAND)

    def grouped_by(self, group: Grouping) -> Arrangement:
        """With other columns."""
        return self._replace(group=group)

    def with_pages_of(self, per_column: int | None) -> Arrangement:
        """With another number of cards to begin with; None: the board's."""
        return self._replace(per_column=per_column)

    def page(self, of_board: int) -> int:
        """How many cards a column begins with, and how many more come each time."""
        return self.per_column or of_board

    def told_by(self, found: Filter) -> Arrangement:
        """With what a filter says of these; what it leaves open, and an order that no column knows, stays."""
        told = self
        if found.sort is not None and knows(found.sort):
            told = told._replace(by=By(found.sort.field), descending=found.sort.descending)
        if found.group is not None:
            told = told._replace(group=Grouping(found.group))
        if found.per_column is not None:
            told = told._replace(per_column=found.per_column)
        return told

    def settings_of(self, found: Filter) -> Filter:
        """The filter with these settings, for a view to be saved with; an order that no column knows stays."""
        own = None if self.by is By.HAND else Sort(self.by, self.descending)
        return Filter(
            found.where,
            own if found.sort is None or knows(found.sort) else found.sort,
            None if self.group is Grouping.STAGE else self.group,
            self.per_column,
        )


def knows(sort: Sort) -> bool:
    """Whether the columns of a board can stand by this field of a filter."""
    return sort.field != By.HAND and sort.field in {by.value for by in By}


class Column(NamedTuple):
    """A column of a board that is not shown by stages: its head, and the ids of all its cards in order."""

    head: StageHead
    ids: array[int]


@dataclass(frozen=True, slots=True)
class Grouped:
    """A board by something else than its stages. A card with two labels stands in two columns, and is counted once
    in these sums (cents)."""

    columns: tuple[Column, ...] = ()
    count: int = 0
    value_cents: int = 0
    weighted_cents: int = 0

"""What Hoje and the board's list share: columns and order that are chosen and in saved views, the filter, a file. (X47)

What is chosen is loaded with the first key that needs it: the first frame does with the names alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from crm_tui.domain.filter_tree import Filter
from crm_tui.domain.followup import Queue, QueueRow, Sorting
from crm_tui.i18n import N_, say
from crm_tui.screens.core.filtered import Filtered
from crm_tui.screens.core.latest import Latest
from crm_tui.widgets.vlist import VList

if TYPE_CHECKING:
    from crm_tui.domain.followup import Order
    from crm_tui.screens.core.exporting import Listing


class Shown(Filtered):
    """Mixin of the screen. Give `load`: read and paint the list anew."""

    KEPT: ClassVar[str] = "today:columns"
    """Under which name the choice is kept."""
    shown: tuple[str, ...] = ()
    """The columns behind who; none are the usual ones."""
    USUAL: ClassVar[Sorting] = Sorting()
    """The order in which the list opens."""
    sorting = USUAL
    """By which column it stands where the filter asks for no order."""
    queue: Queue
    vlist: VList[QueueRow]
    _aside: Latest[Any, Any]
    """Reads the rows beside the screen's thread."""

    if TYPE_CHECKING:

        def load(self) -> None: ...
        def _teach(self) -> None: ...

    def recall(self) -> None:
        """The columns as this operator left them."""
        kept = self.crm.remembered.find(self.KEPT)
        if kept:
            self.show_columns(kept.split(","))

    def show_columns(self, keys: Sequence[str], *, keep: bool = False) -> None:
        """Show these; `keep` them for the next time, behind the keys."""
        from crm_tui.domain.list_columns import TODAY, TODAY_USUAL, known

        found = known(keys, TODAY) or TODAY_USUAL
        self.shown = () if found == TODAY_USUAL else found
        if keep:
            self.shell.park_behind(partial(self.crm.remembered.keep, self.KEPT, ",".join(found)))

    def action_view_columns(self) -> None:
        from crm_tui.domain.list_columns import TODAY, TODAY_USUAL
        from crm_tui.screens.core.columns import ColumnsScreen

        def chosen(keys: Sequence[str] | None) -> None:
            if keys is not None:
                self.show_columns(keys, keep=True)
                self.load()

        heading = say(N_("Columns of the list"))
        shown = self.shown or TODAY_USUAL
        self.app.push_screen(ColumnsScreen(heading, TODAY, shown, TODAY_USUAL), chosen)

    def as_view(self, found: Filter) -> Filter:
        """A view keeps the columns where they are not the usual ones, and the order; the usual order alone is none."""
        kept = replace(found, columns=self.shown)
        usual = kept.empty and self.sorting == self.USUAL
        return kept if usual or found.sort is not None else replace(kept, order=self.sorting.kept)

    def apply(self, found: Filter, called: str = "") -> None:
        """By a saved view: its columns and its order, too. One of before orders were kept leaves that of the list."""
        if found.columns or found.order:
            found = self.take_shape(found)
            if found == self.found:
                self.load()
        super().apply(found, called)

    def take_shape(self, found: Filter) -> Filter:
        """Show the columns and the order that a view keeps; answers what is left of it to filter by."""
        if found.columns:
            self.show_columns(found.columns)
        self.sorting = Sorting.of(found.order) or self.sorting
        return replace(found, columns=(), order="")

    def sort_by(self, order: Order) -> None:
        """By a column; it takes the place of an order that the filter asked for."""
        self.sorting = self.sorting.by(order)
        self.found, self.called = replace(self.found, sort=None), ""
        self.load()

    def show_found(self) -> None:
        self.load()

    def then_listed(self, act: Callable[[], None]) -> None:
        self._aside.then(act)

    def to_list(self) -> None:
        self.vlist.focus()

    def tell_matches(self) -> None:
        super().tell_matches()
        self._teach()

    def listing(self) -> Listing:
        """The rows of the list as they stand, for a file."""
        from crm_tui.screens.followup import arrange

        return arrange.listing(self.queue.keys, self.line_of(self.found), self.shown)

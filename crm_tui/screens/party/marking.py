"""Marks in Pessoas, and what is done with all that are marked. (X10)"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crm_tui.domain.party import PartyHit
from crm_tui.screens.party.rows import NEW, Row
from crm_tui.screens.party.values import now_of
from crm_tui.services.party import views
from crm_tui.widgets.vlist import VList

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

MARKS = frozenset(("sel.toggle", "sel.all", "sel.range"))
"""What a screen with this mixin offers."""


class Marks:
    """Mixin of the screen. Give `list`."""

    list: VList[Row]

    if TYPE_CHECKING:
        crm: Crm

        def go(self, place: str, **args: Any) -> None: ...
        def show_title(self) -> None: ...
        def show_footer(self) -> None: ...
        def person(self) -> int | None: ...

    @property
    def marked(self) -> int:
        return len(self.list.marks)

    def action_sel_toggle(self) -> None:
        if self.list.key != NEW:
            self.list.action_sel_toggle()

    def action_sel_all(self) -> None:
        self.list.action_sel_all()
        self.list.set_marks(key for key in self.list.marks if key != NEW)

    def action_sel_range(self) -> None:
        self.list.action_sel_range()
        self.list.set_marks(key for key in self.list.marks if key != NEW)

    def on_vlist_marked(self) -> None:
        self.show_title()
        self.show_footer()

    def marked_people(self) -> Sequence[PartyHit]:
        """All that are marked in the order of the list, those out of sight among them."""
        order = {key: n for n, key in enumerate(self.list.keys)}
        ids = sorted(self.list.marks, key=lambda key: order.get(key, len(order)))
        found: Sequence[PartyHit] = self.crm.read(views.of_ids, ids)
        return found

    def edit_marked(self) -> None:
        """The form about them."""
        self.go("edit_people", people=now_of(self.marked_people()))

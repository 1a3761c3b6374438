"""How Pessoas is shown: by what it stands (`s`), which columns it has and in which order, and the same as a file.

The order is the filter's own, so that a saved view keeps it; the columns are kept for the operator, and in a view.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crm_tui.domain.filter_tree import Filter, Sort
from crm_tui.domain.list_columns import PEOPLE, USUAL, exported, known, read
from crm_tui.i18n import N_, say, say_in
from crm_tui.screens.party.rows import Heads
from crm_tui.services.party import views

if TYPE_CHECKING:
    from textual.app import App

    from crm_tui.screens.core.exporting import Listing
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.crm import Crm

ARRANGES = frozenset(("view.arrange", "view.columns"))
"""What a screen with this mixin offers."""
KEPT: Final = "people:columns"
_BY: Final = (
    (Sort("name"), N_("_Name")),
    (Sort("registered", descending=True), N_("_Registered, the newest first")),
    (Sort("touched", descending=True), N_("Last _touched, the latest first")),
    (Sort("owner"), N_("_Owner")),
    (Sort("number"), N_("R_EF")),
)


class Arranges:
    """Mixin of the screen. Give `again`: read what is asked for anew; and `sought`: the text, and the filter."""

    shown: tuple[str, ...] = USUAL
    """The columns behind the name."""
    found: Filter
    heads: Heads

    if TYPE_CHECKING:
        crm: Crm
        app: App[Any]

        @property
        def shell(self) -> Shell: ...
        def line_of(self, found: Filter) -> str: ...
        def action_view_export(self) -> None: ...

    def again(self) -> None:
        """Paint the rows anew."""
        raise NotImplementedError

    def sorted_so(self, found: Filter) -> None:
        """Put the same filter with another order in force."""
        raise NotImplementedError

    def sought(self) -> tuple[str, Filter | None]:
        """What is searched for: a text as it comes, or by a filter."""
        raise NotImplementedError

    # --- columns ------------------------------------------------------------------------------------------

    def recall(self) -> None:
        """The columns as this operator left them."""
        self.show_columns(read(self.crm.remembered.find(KEPT)))

    def show_columns(self, keys: Sequence[str], *, keep: bool = False) -> None:
        """Show these; `keep` them for the next time, behind the keys."""
        self.shown = known(keys) or USUAL
        self.heads.show(self.shown)
        if keep:
            self.shell.park_behind(partial(self.crm.remembered.keep, KEPT, ",".join(self.shown)))

    def action_view_columns(self) -> None:
        from crm_tui.screens.core.columns import ColumnsScreen

        def chosen(keys: Sequence[str] | None) -> None:
            if keys is not None:
                self.show_columns(keys, keep=True)
                self.again()

        self.app.push_screen(ColumnsScreen(say(N_("Columns of the list")), PEOPLE, self.shown, USUAL), chosen)

    def as_view(self, found: Filter) -> Filter:
        """A view keeps the columns, where they are not the usual ones."""
        return replace(found, columns=() if self.shown == USUAL else self.shown)

    # --- order --------------------------------------------------------------------------------------------

    def action_view_arrange(self) -> None:
        from crm_tui.screens.core.menus import Item, MenuScreen

        now = self.found.sort

        def by(sort: Sort, label: str) -> Item:
            there = now is not None and now.field == sort.field
            turned = replace(sort, descending=not now.descending) if there and now is not None else sort
            hint = say(N_("now; again turns it round")) if there else ""
            return Item(say(label), hint, partial(self._sort, turned))

        rest = [
            Item(
                say(N_("As _found")),
                say(N_("the best match, or the newest, first")),
                partial(self._sort, None),
            ),
            Item(say(N_("_Columns…")), say(N_("which, in which order")), self.action_view_columns),
            Item(say(N_("E_xport…")), say(N_("CSV, XLSX or JSON")), self.action_view_export),
        ]
        self.app.push_screen(MenuScreen(say_in("key", "Arrange"), [*(by(*each) for each in _BY), *rest]))

    def _sort(self, sort: Sort | None) -> None:
        self.sorted_so(replace(self.found, sort=sort))

    # --- a file -------------------------------------------------------------------------------------------

    def listing(self) -> Listing:
        """Everybody who is found, not only the first of them that are shown."""
        from crm_tui.domain.export import Asked, What, chosen
        from crm_tui.screens.core.exporting import Listing

        text, found = self.sought()
        asked = Asked(What.PEOPLE, found, newest=found is None or found.sort is None)
        ids: Callable[[], Sequence[int] | None] = partial(_found, self.crm, text, found)
        line = self.line_of(found) if found is not None else text
        return Listing(asked, chosen(What.PEOPLE, exported(self.shown)), ids, line)


def _found(crm: Crm, text: str, found: Filter | None) -> list[int] | None:
    """Those whom words find, the best match first; None where all that is meant stands in one order of its own."""
    from crm_tui.domain.filter_tree import FreeText
    from crm_tui.services.party.finding import READ_ON

    if not text and (found is None or not any(isinstance(each, FreeText) for each in found.where.of)):
        return None
    hits = crm.read(views.search, text, most=READ_ON, found=found)
    return [hit.id for hit in hits.hits]

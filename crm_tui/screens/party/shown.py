"""How Pessoas is shown: by what it stands (`s`), which columns it has and in which order, and the same as a file.

The order is the filter's own, so that a saved view keeps it; the columns are kept for the operator, and in a view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crm_tui.domain.export import OWN
from crm_tui.domain.filter_fields import OWN as FIELD
from crm_tui.domain.filter_tree import Filter, Sort
from crm_tui.domain.list_columns import PEOPLE, USUAL, ListColumn, exported, known, own
from crm_tui.domain.party import PartyHit
from crm_tui.i18n import N_, say, say_in
from crm_tui.screens.core.reach import reaches
from crm_tui.screens.party.rows import Heads
from crm_tui.services.party import views
from crm_tui.widgets.looks import clean

if TYPE_CHECKING:
    from textual.app import App

    from crm_tui.domain.form import Question
    from crm_tui.screens.core.exporting import Listing
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.crm import Crm

ARRANGES = frozenset(("view.arrange", "view.columns"))
"""What a screen with this mixin offers."""
KEPT: Final = "people:columns"
DIGITS: Final = 9
"""By so many fields of one's own the list may be sorted with a key."""
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
    columns: tuple[ListColumn, ...] = PEOPLE
    """All that may stand there: the program's, and fields of one's own once they were asked for."""
    questions: tuple[Question, ...] = ()
    """The fields of one's own that are among them."""
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
        self.show_columns(self.crm.remembered.find(KEPT).split(","))

    def show_columns(self, keys: Sequence[str], *, keep: bool = False) -> None:
        """Show these; `keep` them for the next time, behind the keys."""
        if any(key.startswith(OWN) for key in keys):
            self.know_own()
        self.shown = known(keys, self.columns) or USUAL
        self.heads.show(self.shown, self.columns)
        if keep:
            self.shell.park_behind(partial(self.crm.remembered.keep, KEPT, ",".join(self.shown)))

    def know_own(self) -> None:
        """Read which fields of one's own people have."""
        from crm_tui.services.form import views as forms

        found = self.crm.read(forms.own_of_people) if reaches(self.crm, forms.own_of_people) else []
        self.questions = tuple(found)
        self.columns = (*PEOPLE, *map(own, found))

    @property
    def own_shown(self) -> list[str]:
        """The keys of the columns that are fields of one's own."""
        return [key for key in self.shown if key.startswith(OWN)]

    def own_again(self) -> None:
        """Such a field may be called otherwise by now, or be gone."""
        if self.own_shown:
            self.show_columns(self.shown)

    def with_own(self, hits: Iterable[PartyHit]) -> Iterable[PartyHit]:
        """These rows with what they say in the fields of one's own that are shown: one query for a page of them."""
        keys = self.own_shown
        if not keys:
            return hits
        from crm_tui.screens.party.values import as_told
        from crm_tui.services.form import views as forms

        rows = list(hits)
        asked = [key.removeprefix(OWN) for key in keys]
        values = self.crm.read(forms.own_values, [row.id for row in rows], asked)
        return [
            row._replace(
                own=tuple((f"{OWN}{key}", as_told(*told)) for key, told in values.get(row.id, {}).items())
            )
            for row in rows
        ]

    def action_view_columns(self) -> None:
        from crm_tui.screens.core.columns import ColumnsScreen

        self.know_own()

        def chosen(keys: Sequence[str] | None) -> None:
            if keys is not None:
                self.show_columns(keys, keep=True)
                self.again()

        heading = say(N_("Columns of the list"))
        self.app.push_screen(ColumnsScreen(heading, self.columns, self.shown, USUAL), chosen)

    def as_view(self, found: Filter) -> Filter:
        """A view keeps the columns, where they are not the usual ones."""
        return replace(found, columns=() if self.shown == USUAL else self.shown)

    # --- order --------------------------------------------------------------------------------------------

    def action_view_arrange(self) -> None:
        from crm_tui.screens.core.menus import Item, MenuScreen

        now = self.found.sort

        def turned(field: str) -> Sort:
            return Sort(field, now is not None and now.field == field and not now.descending)

        def by(sort: Sort, label: str) -> Item:
            there = now is not None and now.field == sort.field
            wanted = replace(sort, descending=not now.descending) if there and now is not None else sort
            hint = say(N_("now; again turns it round")) if there else ""
            return Item(say(label), hint, partial(self._sort, wanted))

        fields = [
            Item(
                clean(question.label),
                say(N_("now; again turns it round")) if now is not None and now.field == field else "",
                partial(self._sort, turned(field)),
                str(n),
            )
            for n, (question, field) in enumerate(self._sorting(), 1)
        ]
        rest = [
            Item(
                say(N_("As _found")),
                say(N_("the best match, or the newest, first")),
                partial(self._sort, None),
            ),
            Item(say(N_("_Columns…")), say(N_("which, in which order")), self.action_view_columns),
            Item(say(N_("E_xport…")), say(N_("CSV, XLSX or JSON")), self.action_view_export),
        ]
        items = [*(by(*each) for each in _BY), *fields, *rest]
        self.app.push_screen(MenuScreen(say_in("key", "Arrange"), items))

    def _sorting(self) -> list[tuple[Question, str]]:
        """The fields of one's own that stand among the columns, by digits, with what a filter calls them."""
        asked = {f"{OWN}{each.key}": each for each in self.questions}
        return [(asked[key], f"{FIELD}{asked[key].key}") for key in self.own_shown[:DIGITS] if key in asked]

    def _sort(self, sort: Sort | None) -> None:
        self.sorted_so(replace(self.found, sort=sort))

    # --- a file -------------------------------------------------------------------------------------------

    def listing(self) -> Listing:
        """Everybody who is found, not only the first of them that are shown."""
        from crm_tui.domain.export import Asked, What, chosen, own_column
        from crm_tui.screens.core.exporting import Listing

        text, found = self.sought()
        own = [own_column(each.key, each.label, each.type) for each in self.questions]
        table = chosen(What.PEOPLE, exported(self.shown, self.columns), own)
        newest = found is None or found.sort is None
        asked = Asked(
            What.PEOPLE, found, newest=newest, own=tuple(each.key for each in table if each.literal)
        )
        ids: Callable[[], Sequence[int] | None] = partial(_found, self.crm, text, found)
        line = self.line_of(found) if found is not None else text
        return Listing(asked, table, ids, line)


def _found(crm: Crm, text: str, found: Filter | None) -> list[int] | None:
    """Those whom words find, the best match first; None where all that is meant stands in one order of its own."""
    from crm_tui.domain.filter_tree import FreeText
    from crm_tui.services.party.finding import READ_ON

    if not text and (found is None or not any(isinstance(each, FreeText) for each in found.where.of)):
        return None
    hits = crm.read(views.search, text, most=READ_ON, found=found)
    return [hit.id for hit in hits.hits]

"""The sheet in which the columns of a list are chosen and ordered: `space` takes one in or out, `J` and `K` move it.

Answers with the keys of the columns, from the left to the right; None if it was left. Knows no list.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.strip import Strip

from crm_tui.domain.list_columns import ListColumn, moved
from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.formrows import Message
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, clean, ground_of, paint
from crm_tui.widgets.rows import RowPainter
from crm_tui.widgets.vlist import VList


class Row(NamedTuple):
    """A column that there is; `place` from 1 on if it is shown, else 0."""

    key: int
    column: ListColumn
    place: int


class _Painter(RowPainter[Row]):
    """`✓ 2  Telefone`: what is shown, and as which from the left."""

    def stamp(self, row: Row) -> Hashable:
        return row

    def paint(self, look: Look, row: Row, width: int, *, cursor: bool, marked: bool, focused: bool) -> Strip:
        live = cursor and focused
        sign = f"{look.glyph('closed')} {row.place:>2}" if row.place else "    "
        runs = [
            Run(look.glyph("bar") if live else " ", "accent"),
            Run(f" {sign}  ", "accent", True),
            Run(
                look.cut(clean(row.column.told), max(4, width - 10)), "bright" if row.place else "muted", live
            ),
        ]
        return paint(
            look, runs, width, ground_of(cursor=cursor, marked=marked, focused=focused, plain="raised")
        )


class ColumnsScreen(Navigates, SheetScreen[Sequence[str] | None]):
    """See the module."""

    FOOTER = "columns"
    SCOPES = ("app", "place", "columns")
    OFFERS: ClassVar[frozenset[str]] = NAV | {"sel.toggle", "col.down", "col.up", "col.usual", "col.apply"}
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = "ColumnsScreen VList { background: $panel; }"

    def __init__(
        self, heading: str, columns: Sequence[ListColumn], shown: Sequence[str], usual: Sequence[str]
    ) -> None:
        super().__init__()
        self.heading = heading
        self.usual = tuple(usual)
        self.columns = columns
        self.shown = tuple(shown)
        self.list: VList[Row] = VList(self._fetch, _Painter(), id="rows")
        self.list.GROUND = "raised"
        self.message = Message()

    def content(self) -> ComposeResult:
        yield SheetTitle(self.heading, say(N_("from the left to the right")))
        yield self.list
        yield self.message

    def on_mount(self) -> None:
        self.list.styles.height = max(4, min(len(self.columns), self.app.size.height - 8))
        self._show()
        self.list.focus()

    def target(self) -> VList[Row]:
        return self.list

    @property
    def _rows(self) -> list[Row]:
        """Those that are shown first, in their order; then the others. A key is the place among all that there are."""
        numbers = {column.key: n for n, column in enumerate(self.columns, start=1)}
        by_key = {column.key: column for column in self.columns}
        others = [column.key for column in self.columns if column.key not in self.shown]
        places = {key: n for n, key in enumerate(self.shown, start=1)}
        return [Row(numbers[key], by_key[key], places.get(key, 0)) for key in (*self.shown, *others)]

    def _fetch(self, start: int, count: int) -> Sequence[Row]:
        return self._rows[start : start + count]

    def _show(self, cursor: int | None = None) -> None:
        self.list.show([row.key for row in self._rows], cursor=cursor)

    # --- keys ---------------------------------------------------------------------------------------------

    def action_sel_toggle(self) -> None:
        """Take it in behind the others, or out; one column always stays."""
        row = self.list.row
        if row is None:
            return
        key = row.column.key
        if key not in self.shown:
            self.shown = (*self.shown, key)
        elif len(self.shown) == 1:
            self.message.say(say(N_("One column stays beside the name.")), "today")
            return
        else:
            self.shown = tuple(each for each in self.shown if each != key)
        self.message.say("")
        self._show(row.key)

    def action_col_down(self) -> None:
        self._move(1)

    def action_col_up(self) -> None:
        self._move(-1)

    def _move(self, step: int) -> None:
        row = self.list.row
        if row is not None and row.place:
            self.shown = moved(self.shown, row.column.key, step)
            self._show(row.key)
        elif row is not None:
            self.message.say(say(N_("It is not shown: space takes it in.")), "today")

    def action_col_usual(self) -> None:
        self.shown = self.usual
        self._show()

    def action_col_apply(self) -> None:
        self.dismiss(self.shown)

    def on_vlist_opened(self) -> None:
        self.action_col_apply()

    def action_app_back(self) -> None:
        self.dismiss(None)

"""`s` in Hoje: by which column the list stands, whose it is, and whether the closed ones stand in it.

(KEYS.md, `s` in lists; B22, B23)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from crm_tui.domain.filter_tree import Filter
from crm_tui.domain.followup import Order, Sorting
from crm_tui.i18n import N_, say, say_in
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.followup import asked

if TYPE_CHECKING:
    from crm_tui.screens.core.exporting import Listing

_COLUMNS: Final = {
    Order.WHEN: N_("_When"),
    Order.WHO: N_("W_ho"),
    Order.WHAT: N_("Wh_at"),
    Order.STAGE: N_("_Stage"),
    Order.VALUE: N_("_Value, the largest first"),
    Order.OWNER: N_("Ow_ner"),
    Order.BOARD: N_("_Board"),
    Order.NUMBER: N_("N_umber"),
}
_WHOSE: Final = (
    (asked.HOME, N_("_My contacts")),
    (asked.TEAMS, N_("Those of my _team")),
    (asked.EVERYBODYS, N_("_Everybody's")),
)
_BY: Final = {
    Order.WHEN: N_("by date"),
    Order.WHO: N_("by name"),
    Order.WHAT: N_("by subject"),
    Order.STAGE: N_("by stage"),
    Order.VALUE: N_("by value"),
    Order.OWNER: N_("by owner"),
    Order.BOARD: N_("by board"),
    Order.NUMBER: N_("by number"),
}


def said(sorting: Sorting) -> str:
    """The order as the title says it: `por data`."""
    words = say(_BY[sorting.order])
    return say(N_("{order}, backwards"), order=words) if sorting.reverse else words


def menu(
    sorting: Sorting,
    closed: bool,
    sort: Callable[[Order], None],
    turn: Callable[[], None],
    show: Callable[[Filter], None],
    columns: Callable[[], None],
    export: Callable[[], None],
) -> MenuScreen:
    """The sheet; `sort` takes the column chosen, `show` whose list, `turn` shows or hides the closed ones, `columns`
    chooses what the list has, `export` writes the list to a file."""

    def column(order: Order) -> Item:
        hint = say(N_("now; again turns it round")) if order is sorting.order else ""
        return Item(say(_COLUMNS[order]), hint, lambda: sort(order))

    only = Item(say(N_("Open _only")) if closed else say(N_("The _closed ones, too")), "", turn)
    whose = [Item(say(label), "", partial(show, found)) for found, label in _WHOSE]
    which = Item(say(N_("Co_lumns…")), say(N_("which, in which order")), columns)
    out = Item(say(N_("E_xport…")), say(N_("CSV, XLSX or JSON")), export)
    return MenuScreen(say_in("key", "Arrange"), [*map(column, _COLUMNS), *whose, only, which, out])


def menu_of_board(
    sorting: Sorting,
    sort: Callable[[Order], None],
    columns: Callable[[], None],
    export: Callable[[], None],
    back: Callable[[], None],
) -> MenuScreen:
    """The sheet of a board's list; `back` shows the board in columns again."""

    def column(order: Order) -> Item:
        hint = say(N_("now; again turns it round")) if order is sorting.order else ""
        return Item(say(_COLUMNS[order]), hint, lambda: sort(order))

    rest = [
        Item(say(N_("Co_lumns…")), say(N_("which, in which order")), columns),
        Item(say(N_("E_xport…")), say(N_("CSV, XLSX or JSON")), export),
        Item(say(N_("Back to the _board")), say(N_("its stages side by side")), back),
    ]
    orders = [column(order) for order in _COLUMNS if order is not Order.BOARD]
    return MenuScreen(say_in("key", "Arrange"), [*orders, *rest])


def listing(keys: Sequence[int], line: str, shown: Sequence[str], *, board: bool = False) -> Listing:
    """The rows of the list as they stand, for a file; with the columns that were chosen (none: all that there are).
    `board`: they are the cards of a board."""
    from crm_tui.domain.export import Asked, What, chosen
    from crm_tui.domain.list_columns import TODAY, exported
    from crm_tui.screens.core.exporting import Listing

    named, what = exported(shown, TODAY) if shown else (), What.BOARD if board else What.TODAY
    return Listing(Asked(what), chosen(what, named), lambda: keys, line)

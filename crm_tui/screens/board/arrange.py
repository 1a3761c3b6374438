"""`s` on the board: by what the cards of a column stand, what the columns are, how many cards one begins with.

Three short menus, one letter each; what is chosen is one `Arrangement`. (K38, K39; KEYS.md, `s` in lists)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from crm_tui.domain.arrangement import Arrangement, By, Grouping
from crm_tui.domain.board import PAGE_SIZES
from crm_tui.i18n import N_, say, say_in, say_n
from crm_tui.screens.board.loaded import Loaded, every_id
from crm_tui.screens.core.menus import Item, MenuScreen

if TYPE_CHECKING:
    from crm_tui.screens.core.exporting import Listing
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.crm import Crm

Chosen = Callable[[Arrangement], None]

_BY: Final = {
    By.HAND: N_("By _hand"),
    By.VALUE: N_("_Value"),
    By.DUE: N_("_Due date"),
    By.NAME: N_("_Name of the card"),
    By.PARTY: N_("C_ustomer"),
    By.AGE: N_("_Age"),
}
_GROUPS: Final = {
    Grouping.STAGE: N_("By _stage"),
    Grouping.OWNER: N_("By _owner"),
    Grouping.DUE: N_("By due s_tate"),
    Grouping.LABEL: N_("By _label"),
}
_GROUPED: Final = {
    Grouping.OWNER: N_("by owner"),
    Grouping.DUE: N_("by due state"),
    Grouping.LABEL: N_("by label"),
}
_SORTED: Final = {
    (By.VALUE, True): N_("largest first"),
    (By.VALUE, False): N_("smallest first"),
    (By.DUE, False): N_("soonest first"),
    (By.DUE, True): N_("latest first"),
    (By.NAME, False): N_("card A to Z"),
    (By.NAME, True): N_("card Z to A"),
    (By.PARTY, False): N_("customer A to Z"),
    (By.PARTY, True): N_("customer Z to A"),
    (By.AGE, False): N_("oldest first"),
    (By.AGE, True): N_("newest first"),
}


def said(arrangement: Arrangement) -> str:
    """What differs from the usual, as the title says it: `por dono, maior valor primeiro, 20 por coluna`."""
    parts = []
    if arrangement.group is not Grouping.STAGE:
        parts.append(say(_GROUPED[arrangement.group]))
    if arrangement.by is not By.HAND:
        parts.append(say(_SORTED[arrangement.by, arrangement.descending]))
    if arrangement.per_column is not None:
        parts.append(say(N_("{n} per column"), n=arrangement.per_column))
    return ", ".join(parts)


def push(
    shell: Shell,
    now: Arrangement,
    own: int,
    chosen: Chosen,
    waits: Callable[[], None],
    export: Callable[[], None],
    listed: Callable[[], None],
) -> None:
    """Open the menu; `own` is the board's number of cards per column. `chosen` is told the new arrangement; `waits`
    shows where its cards wait, `export` writes them to a file, `listed` shows them as a list."""

    def by(each: By) -> Item:
        return Item(say(_BY[each]), _hint(now, each), lambda: chosen(now.sorted_by(each)))

    groups = Item(
        say(N_("_Group…")),
        say(_GROUPS[now.group]).replace("_", ""),
        lambda: shell.push_screen(_groups(now, chosen)),
    )
    pages = Item(
        say(N_("_Cards per column…")),
        str(now.page(own)),
        lambda: shell.push_screen(_pages(now, own, chosen)),
    )
    times = Item(say(N_("_Where cards wait…")), say(N_("the time in each stage")), waits)
    out = Item(say(N_("E_xport…")), say(N_("CSV, XLSX or JSON")), export)
    rows = Item(say(N_("Lis_t")), say(N_("below each other, its columns chosen")), listed)
    shell.push_screen(MenuScreen(say_in("key", "Arrange"), [*map(by, By), groups, pages, rows, times, out]))


def _hint(now: Arrangement, by: By) -> str:
    """Where it stands so already: what the same letter does once more."""
    if by is not now.by:
        return ""
    if by is By.HAND:
        return say(N_("now; J and K put a card in its place")) if now.by_hand else say(N_("now"))
    turned = now.sorted_by(by)
    return say(N_("now; again: {order}"), order=say(_SORTED[turned.by, turned.descending]))


def _groups(now: Arrangement, chosen: Chosen) -> MenuScreen:
    def group(each: Grouping) -> Item:
        hint = say(N_("now")) if each is now.group else ""
        return Item(say(_GROUPS[each]), hint, lambda: chosen(now.grouped_by(each)))

    return MenuScreen(say(N_("Columns")), [*map(group, Grouping)])


def _pages(now: Arrangement, own: int, chosen: Chosen) -> MenuScreen:
    def page(number: int, size: int) -> Item:
        hints = [say(N_("now"))] if size == now.page(own) else []
        hints += [say(N_("set for this board"))] if size == own else []
        per_column = None if size == own else size
        return Item(
            say_n("{n} card", "{n} cards", size),
            ", ".join(hints),
            lambda: chosen(now.with_pages_of(per_column)),
            key=str(number),
        )

    return MenuScreen(say(N_("Cards per column")), [page(n, size) for n, size in enumerate(PAGE_SIZES, 1)])


def listing(crm: Crm, loaded: Loaded, line: str) -> Listing:
    """The cards of the board as they stand, for a file."""
    from crm_tui.domain.export import COLUMNS, Asked, What
    from crm_tui.screens.core.exporting import Listing

    name = loaded.board.name if loaded.board is not None else ""
    return Listing(
        Asked(What.CARDS), COLUMNS[What.CARDS], lambda: every_id(crm, loaded), f"{name}  {line}".strip()
    )

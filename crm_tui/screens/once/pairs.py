"""Likely duplicates over the whole base, the surest first; enter lays two side by side. (X8)

Looked for in the reading thread, with how far it is; what was found stays while one works through it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from typing import Any, ClassVar

from textual.strip import Strip

from crm_tui.domain.once import Pair, Pairs, signs
from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.core.navigate import NAV
from crm_tui.screens.core.one_list import OneList
from crm_tui.screens.core.place import PLACE_OFFERS
from crm_tui.services.once import views
from crm_tui.ui.look import Look
from crm_tui.widgets.bars import Title
from crm_tui.widgets.looks import Run, clean, ground_of, paint
from crm_tui.widgets.rows import RowPainter

_SURE, _SIGNS = 5, 20


class _Painter(RowPainter[Pair]):
    def stamp(self, row: Pair) -> Hashable:
        return row

    def paint(self, look: Look, row: Pair, width: int, *, cursor: bool, marked: bool, focused: bool) -> Strip:
        bar = look.glyph("bar") if cursor and focused else " "
        by = min(_SIGNS, width // 4)
        name = max(8, (width - 3 - _SURE - by - 4) // 2)
        runs = [
            Run(bar, "accent"),
            Run(f" {row.sure:>3}% ", "muted"),
            Run(look.pad(clean(row.older_name), name), "bright", cursor),
            Run("  "),
            Run(look.pad(clean(row.newer_name), name), "text"),
            Run("  "),
            Run(look.cut(say(signs(row.by)), by), "muted"),
        ]
        return paint(look, runs, width, ground_of(cursor=cursor, marked=marked, focused=focused))


class PairsScreen(OneList[Pair]):
    """See the module."""

    FOOTER = "pairs"
    OFFERS: ClassVar[frozenset[str]] = PLACE_OFFERS | NAV | {"rec.open", "rec.menu"}
    BINDINGS = keys(OneList.SCOPES, OFFERS)
    NOTHING = N_("Nobody seems to stand here twice.")

    def __init__(self, **_: Any) -> None:
        super().__init__()
        self.likely: Pairs | None = None
        self._far = ""
        self._search: Latest[None, Pairs] = Latest(self, self._ask, self._answered)

    def on_mount(self) -> None:
        self._search.want(None)
        self.show_title()

    def on_unmount(self) -> None:
        self._search.drop()

    def _ask(self, _: None) -> Pairs:
        def told(done: int, total: int) -> None:
            self.app.call_from_thread(self._how_far, done, total)

        found: Pairs = self.crm.read(views.pairs, progress=told)
        return found

    def _how_far(self, done: int, total: int) -> None:
        self._far = f"{100 * done // max(1, total)} %"
        self.show_title()

    def _answered(self, _: None, found: Pairs) -> None:
        self.likely, self._far = found, ""
        self.read()

    def read(self) -> None:
        super().read()
        if self.likely is None:
            self.vlist.below([Run("   "), Run(say(N_("Looking through everybody…")), "muted")])

    def found(self) -> Sequence[Pair]:
        return self.likely.pairs if self.likely is not None else ()

    def key_of(self, row: Pair) -> int:
        return row.newer << 32 | row.older

    def painter(self) -> RowPainter[Pair]:
        return _Painter()

    def head(self) -> Title:
        count = len(self.likely.pairs) if self.likely is not None else None
        return Title(say(N_("Likely duplicates")), self._far, count=count)

    def action_rec_open(self) -> None:
        row = self.vlist.row
        if row is not None:
            self.go("merge", party=row.older, other=row.newer)

    def action_rec_menu(self) -> None:
        row = self.vlist.row
        if row is None:
            self.tell(say(self.NOTHING))
            return
        items = [
            Item(say(N_("_Merge…")), "", self.action_rec_open),
            Item(say(N_("Two _different people")), say(N_("not shown again")), partial(self._apart, row)),
            Item(say(N_("_First one")), row.older_code, partial(self.go, "person", party=row.older)),
            Item(say(N_("_Second one")), row.newer_code, partial(self.go, "person", party=row.newer)),
        ]
        self.app.push_screen(MenuScreen(say(N_("Likely duplicates")), items, row.shared))

    def _apart(self, row: Pair) -> None:
        self.run_worker(self._tell_apart(row))

    async def _tell_apart(self, row: Pair) -> None:
        command: Any = self.shell.command("tell_apart")
        outcome = await self.write(command(party=row.older, other=row.newer))
        self.answer(outcome, say(N_("Two people; the pair is not shown again")))
        self._search.want(None)

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        """Two were merged over this list."""
        self.tell(what)
        self._search.want(None)

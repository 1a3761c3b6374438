"""Where the cards of a board wait: the time in each stage, a bar and its number, and the card that waits the longest.

In working days; read in the reading thread, because it grows with the board. (M35)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult

from crm_tui.domain.board import BoardRow
from crm_tui.domain.stays import StageWait, slowest
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.board.waiting_rows import Days, WaitHeads, WaitPainter
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.place import PLACE_OFFERS, Place
from crm_tui.screens.core.shape import LOW
from crm_tui.services.board import stays, views
from crm_tui.ui import formats
from crm_tui.widgets.bars import Title
from crm_tui.widgets.looks import Run
from crm_tui.widgets.pane import Line, Pane, lay, wrap
from crm_tui.widgets.vlist import VList


class Found(NamedTuple):
    """The board, if it is there and seen, and its open stages."""

    board: BoardRow | None
    waits: Sequence[StageWait]


class WaitsScreen(Navigates, Place[None]):
    """See the module. `enter` opens the card of the stage that waits the longest."""

    MODE = "2"
    FOOTER = "dash"
    SCOPES = ("app", "place", "record")
    OFFERS: ClassVar[frozenset[str]] = PLACE_OFFERS | NAV | {"rec.open"}
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    WaitsScreen #finding { height: 2; }
    WaitsScreen VList { height: 1fr; }
    """

    def __init__(self, *, board: int, **_: Any) -> None:
        super().__init__()
        self.board_id = board
        self.found: Found | None = None
        self.finding = Pane(id="finding", gap=0)
        self.heads = WaitHeads()
        self._aside: Latest[None, Found] = Latest(self, self._ask, self._show)
        self.vlist: VList[StageWait] = VList(self._fetch, WaitPainter(Days(1), 0), id="rows")

    # --- what is shown ------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        yield self.title_bar
        yield self.finding
        yield self.heads
        yield self.vlist

    def target(self) -> VList[StageWait]:
        return self.vlist

    def on_mount(self) -> None:
        self.vlist.focus()
        self.show_title()
        self.read()

    def on_resize(self) -> None:
        self._say()

    def read(self) -> None:
        self._aside.want(None)
        self._aside.then(lambda: None)

    def _ask(self, _: None) -> Found:
        """In the reading thread."""
        boards: list[BoardRow] = self.crm.read(views.boards)
        board = next((each for each in boards if each.id == self.board_id), None)
        return Found(board, self.crm.read(stays.waits, self.board_id) if board is not None else ())

    def _show(self, _: None, found: Found) -> None:
        self.found = found
        most = max((each.median or 0 for each in found.waits), default=0)
        painter = WaitPainter(Days.of(self.shell.house_calendar), most, slowest(found.waits))
        self.vlist.show([each.stage_id for each in found.waits], painter=painter)
        self._say()
        self.show_title()
        self.show_footer()

    def _fetch(self, start: int, count: int) -> Sequence[StageWait]:
        return self.found.waits[start : start + count] if self.found is not None else ()

    def _say(self) -> None:
        if self.found is None:
            return
        line = Line((Run(f" {self._finding(self.found)}", "bright", True),), most=3, hang=1)
        rows = len(lay(self.shell.look, line, max(20, self.app.size.width - 1)))
        self.finding.styles.height = rows + (0 if self.app.size.height < LOW else 1)
        self.finding.set_blocks([[line]])
        self.vlist.below(*self._below(self.found))

    def _finding(self, found: Found) -> str:
        """The sentence that names it: `Proposta é onde mais se espera: mediana 9 dias, prazo 5.`"""
        if found.board is None:
            return say(N_("This board is gone, or not for you to see."))
        most = slowest(found.waits)
        days = Days.of(self.shell.house_calendar)
        if most is None:
            return say(N_("No card waits anywhere, and none went on in the last {n} days."), n=stays.DAYS)
        if not most.median:
            return say(
                N_("{stage} is where cards stand the longest now: half of them for {n} or more."),
                stage=most.name,
                n=days.long(most.age or 0),
            )
        told = say(
            N_("{stage} is where cards wait the longest: {n} in the median"),
            stage=most.name,
            n=days.long(most.median),
        )
        if most.expected_days is None:
            return say(N_("{told}; it has no time set."), told=told)
        return say_n("{told}, {n} allowed.", "{told}, {n} allowed.", most.expected_days, told=told)

    def _below(self, found: Found) -> list[list[Run]]:
        if not found.waits:
            return []
        told = say(
            N_(
                "In working days. Median and 80%: half, and four in five, of the stays that ended in the last"
                " {n} days were no longer. Age: the median of the cards that stand there now."
            ),
            n=stays.DAYS,
        )
        if any(each.more for each in found.waits):
            told += " " + say(N_("Only the latest were looked at where there are very many."))
        width = min(self.app.size.width - 4, 100)
        return [[Run("  "), *row] for row in wrap([Run(told, "muted")], width)]

    def head(self) -> Title:
        found = self.found
        if found is None or found.board is None:
            return Title(say(N_("Where cards wait")))
        late = sum(each.late for each in found.waits)
        words = [say_n("{n} card", "{n} cards", sum(each.now for each in found.waits))]
        if late:
            words.append(say_n("{count} late stage", "{count} late stages", late, count=formats.number(late)))
        return Title(say(N_("Where cards wait")), found.board.name, extra=(Run(", ".join(words), "text"),))

    # --- keys ---------------------------------------------------------------------------------------------

    def on_vlist_opened(self) -> None:
        self.action_rec_open()

    def action_rec_open(self) -> None:
        """The card that waits there the longest."""
        row = self.vlist.row
        if row is not None and row.oldest is not None:
            self.go("card", card=row.oldest.card_id)
        elif row is not None:
            self.tell(say(N_("No card stands in {stage} now."), stage=row.name))

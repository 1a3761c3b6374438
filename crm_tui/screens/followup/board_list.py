"""The cards of a board as a list: its stages below each other, or in any order, with the columns that one chooses.

Opened from the board, with its filter, on the card under the cursor; Esc goes back to the columns and stands there on
the card that was under the cursor here. Rows, verbs, marks and columns are those of Hoje.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.timer import Timer
from textual.widget import Widget

from crm_tui.domain.arrangement import Arrangement
from crm_tui.domain.board import BoardRow
from crm_tui.domain.filter_tree import LIFTS_STATUS, Filter, Place, named
from crm_tui.domain.followup import Order, Queue, QueueRow, Sorting
from crm_tui.domain.hue import hue_number
from crm_tui.i18n import N_, say, say_in
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.filtered import SPOKEN, free_words
from crm_tui.screens.core.filterline import MATCHED, matched, while_typing
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.place import PLACE_OFFERS
from crm_tui.screens.core.place import Place as Screen
from crm_tui.screens.core.previewed import Previewed
from crm_tui.screens.followup import arrange
from crm_tui.screens.followup.shown import Shown
from crm_tui.screens.followup.verbs import QueueVerbs
from crm_tui.services.board import columns as of_board
from crm_tui.services.board import views as boards
from crm_tui.services.filter import views as filters
from crm_tui.services.followup import views
from crm_tui.ui import formats
from crm_tui.widgets.bars import Title
from crm_tui.widgets.queue import QueuePainter
from crm_tui.widgets.rows import Group
from crm_tui.widgets.vlist import VList

if TYPE_CHECKING:
    from crm_tui.domain.filter_complete import Habits
    from crm_tui.screens.core.exporting import Listing

BY_STAGE = Sorting(Order.STAGE)
"""As the board has them: stage by stage, and in each as the cards stand there."""
SOON = 200
"""Rows of which is looked when the next of them changes its state by itself."""


class _Asked(NamedTuple):
    """One reading; the cursor goes to the card `cursor`."""

    found: Filter
    sorting: Sorting
    cursor: int | None = None


class _Found(NamedTuple):
    """The board (None: it is gone, or closed to the operator), its cards in order under their stages; `total` without
    the filter, of which not all were looked at if `more`. Cents."""

    board: BoardRow | None = None
    keys: array[int] = array("q")
    groups: tuple[Group, ...] = ()
    cents: int = 0
    total: int = 0
    more: bool = False


class BoardListScreen(Shown, Navigates, Previewed, QueueVerbs):
    """See the module."""

    MODE = "2"
    FOOTER = "board.list"
    FILTERED = Place.BOARD
    MATCHES_ROOM = MATCHED
    KEPT = "board:list:columns"
    USUAL = BY_STAGE
    SCOPES = ("app", "place", "record")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        {
            *PLACE_OFFERS,
            *NAV,
            *SPOKEN,
            *("view.arrange", "view.columns"),
            *("sel.toggle", "sel.all", "sel.range", "new.here"),
            *("rec.open", "rec.edit", "rec.note", "rec.comment", "rec.redate", "rec.handover", "rec.move"),
            *("rec.cell", "rec.snooze", "rec.labels", "rec.tasks"),
            *("rec.schedule", "rec.won", "rec.lost", "rec.menu", "rec.trail", "rec.copy", "rec.free_days"),
        }
    )
    ASKS: ClassVar[dict[str, str]] = {"new.here": "new_card"}
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    BoardListScreen #preview { height: 7; }
    BoardListScreen.-low #preview { height: 5; }
    BoardListScreen.-wide #preview { width: 38; height: 100%; }
    """

    def __init__(
        self, *, board: int, found: Filter | None = None, card: int | None = None, called: str = ""
    ) -> None:
        super().__init__()
        self.board_id = board
        self._begin, self._called = found or Filter(), called
        self.card = card
        self.sorting = self.USUAL
        self.here = _Found()
        self.queue = Queue(keys=self.here.keys, groups=())
        self._turning: Timer | None = None
        self._aside: Latest[_Asked, _Found] = Latest(self, self._ask, self._show)
        self.vlist: VList[QueueRow] = VList(self._fetch, _first_painter(), id="rows")

    # --- what is shown ------------------------------------------------------------------------------------

    def listed(self) -> Iterable[Widget]:
        return self.title_bar, self.vlist

    def on_mount(self) -> None:
        self.recall()
        found = self.take_shape(self._begin)
        self.found = Filter(found.where, found.sort)
        self.called, self.words = self._called, free_words(self.found)
        self.load(cursor=self.card)
        self.vlist.focus()

    def read(self) -> None:
        """What others did: the rows that stand there are good enough to go on with meanwhile."""
        self._want(None)

    def load(self, *, cursor: int | None = None) -> None:
        """Read the cards anew beside the screen's thread; keys wait for it unless they are letters of the line."""
        self._want(cursor)
        if not self.filtering:
            self._aside.then(lambda: None)

    def _want(self, cursor: int | None) -> None:
        self._aside.want(_Asked(self.found, self.sorting, cursor))

    def _ask(self, asked: _Asked) -> _Found:
        """In the reading thread."""
        crm, board_id, found = self.crm, self.board_id, asked.found
        board = next((each for each in crm.read(boards.boards) if each.id == board_id), None)
        if board is None:
            return _Found()
        total = sum(head.count for head in crm.read(boards.heads, board_id))
        if found.where.of:
            matches = crm.read(filters.board, board_id, Filter(found.where))
            stages, more = [(stage.head, stage.ids) for stage in matches.stages], matches.more
        else:
            stages, more = [(each.head, each.ids) for each in self._whole()], False
        if asked.sorting == Sorting(Order.STAGE, True):
            stages.reverse()
        keys, groups = array("q"), []
        for head, ids in stages:
            if ids:
                groups.append(Group(len(keys), head.name, head.count, head.value_cents, "text"))
            keys.extend(ids)
        cents = sum(head.value_cents for head, _ in stages)
        if found.sort is not None or asked.sorting.order is not Order.STAGE:
            sort = Filter(sort=found.sort) if found.sort is not None else None
            keys, groups = array("q", crm.read(views.in_order, keys, asked.sorting, sort)), []
        return _Found(board, keys, tuple(groups), cents, total, more)

    def _whole(self) -> Sequence[Any]:
        found: Sequence[Any] = self.crm.read(of_board.arranged, self.board_id, Arrangement()).columns
        return found

    def _show(self, asked: _Asked, found: _Found) -> None:
        if found.board is None:
            self.action_board_back()
            return
        self.here = found
        self.queue = Queue(found.keys, ())
        order = self.sorting.order if self.found.sort is None else ""
        painter = QueuePainter(self.now, self.zone, self.words.split(), sorted_by=order, shown=self.shown)
        self.vlist.show(found.keys, found.groups, cursor=asked.cursor, painter=painter)
        self._teach()
        self.show_title()
        self.tell_matches()
        self.show_preview()
        self._wait_for_turn()

    def _fetch(self, start: int, count: int) -> Sequence[QueueRow]:
        rows: Sequence[QueueRow] = self.crm.read(views.page, self.queue.keys[start : start + count])
        return rows

    def _wait_for_turn(self) -> None:
        """One timer set to the next moment at which one of the first rows changes its state."""
        if self._turning is not None:
            self._turning.stop()
        now = self.now
        rows = self.crm.read(views.page, self.queue.keys[:SOON])
        moments = [formats.next_change(row.facts(), now, self.zone) for row in rows]
        wait = min(((m - now).total_seconds() for m in moments), default=3600.0)
        self._turning = self.set_timer(max(1.0, min(wait + 0.05, 3600.0)), self.changed)

    def _teach(self) -> None:
        """What stands in the room under few rows."""
        shown: list[Any] = []
        if self.filtering and self.queue.keys:
            room = self.app.size.width - (38 if self.wide else 0)
            shown = while_typing(self.shell.look, self.marked, self.vlist.hidden_marks(), room=room)
        elif not self.queue.keys and self.here.board is not None:
            from crm_tui.widgets.looks import Run

            nothing = (
                N_("No card of this board matches: F drops the filter.")
                if self.here.total and not self.at_home
                else N_("No open card stands on this board: n begins one.")
            )
            shown = [[Run("   "), Run(say(nothing), "text")]]
        self.vlist.below(*shown)

    def head(self) -> Title:
        board = self.here.board
        said = self.called or ("" if named(self.found.where) & LIFTS_STATUS else say_in("board", "open"))
        line = self.shown_line(self.found) if self.found != Filter() else ""
        order = arrange.said(self.sorting) if self.found.sort is None else ""
        return Title(
            board.name if board is not None else say(N_("Board")),
            "  ".join(part for part in (said, line, order) if part),
            hue=hue_number(board.color) if board is not None else 0,
            marks=self.marked,
            hidden=self.vlist.hidden_marks(),
            count=len(self.queue.keys),
            cents=self.here.cents if self.queue.keys else None,
        )

    @property
    def marked(self) -> int:
        return len(self.vlist.marks)

    def show_preview(self) -> None:
        row = self.vlist.row
        if row is None:
            self.preview.set_blocks([])
            return
        from crm_tui.screens.core.briefing import Briefer, gather

        briefer = Briefer(self.shell.look, self.now, self.zone)
        brief = gather(self.crm, row)
        self.preview.gap = int(self.wide)
        self.preview.set_blocks(
            briefer.wide(brief, "") if self.wide else briefer.narrow(brief, "", self.app.size.width)
        )

    # --- moving, marking, going back ----------------------------------------------------------------------

    def target(self) -> VList[QueueRow]:
        return self.vlist

    def on_vlist_moved(self) -> None:
        self.cursor_moved()

    def on_vlist_marked(self) -> None:
        self.show_title()
        self.show_footer()

    def action_sel_toggle(self) -> None:
        self.vlist.action_sel_toggle()

    def action_sel_all(self) -> None:
        self.vlist.action_sel_all()

    def action_sel_range(self) -> None:
        self.vlist.action_sel_range()

    def action_app_back(self) -> None:
        """One Esc, one step: the marks, then back to the columns; they keep the filter."""
        if self.vlist.marks:
            self.vlist.set_marks(())
        else:
            self.action_board_back()

    def action_board_back(self) -> None:
        """The board in columns, on the card that is under the cursor here."""
        self._aside.drop()
        self.go("board", board=self.board_id, found=self.found, called=self.called, card=self.vlist.key)

    def action_new_here(self) -> None:
        """The whole form, for the stage of the card under the cursor."""
        card = self.crm.read(boards.detail, self.vlist.key) if self.vlist.key else None
        stages = self.crm.read(boards.heads, self.board_id)
        stage = card.stage_id if card is not None else next((head.id for head in stages), None)
        if stage is None or all(head.id != stage for head in stages):
            self.go("new_card")
        else:
            self.go("new_card", stage=stage)

    def action_place_history(self) -> None:
        """The story of this board."""
        self.go("history", board=self.board_id)

    async def action_work_attend(self) -> None:
        await Screen.action_work_attend(self)

    def noticed(self) -> None:
        Screen.noticed(self)

    # --- filter and order ---------------------------------------------------------------------------------

    def habits(self) -> Habits:
        found: Habits = self.crm.read(filters.habits, Place.BOARD, board_id=self.board_id)
        return found

    def matches(self) -> str:
        count = len(self.queue.keys)
        return matched(count, max(self.here.total, count), self.here.cents, more=self.here.more)

    def action_view_arrange(self) -> None:
        act = (self.sort_by, self.action_view_columns, self.action_view_export, self.action_board_back)
        self.app.push_screen(arrange.menu_of_board(self.sorting, *act))

    def listing(self) -> Listing:
        """The rows as they stand, under the board's name."""
        name = self.here.board.name if self.here.board is not None else ""
        line = f"{name}  {self.line_of(self.found)}".strip()
        return arrange.listing(self.queue.keys, line, self.shown, board=True)


def _first_painter() -> QueuePainter:
    from datetime import UTC, datetime

    return QueuePainter(datetime.fromtimestamp(0, UTC), UTC)

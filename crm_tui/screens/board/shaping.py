"""The board's shape: order and columns, folds, another board, and the room that a new card takes.

Completed by `BoardScreen`, which reads and draws; cursor and marks come from `walk`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.geometry import Region

from crm_tui.domain import arrangement_kept
from crm_tui.domain.arrangement import Arrangement, Grouping
from crm_tui.domain.filter_tree import Filter
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.board import grouping
from crm_tui.screens.board import loaded as reads
from crm_tui.screens.board.loaded import Loaded
from crm_tui.screens.board.sides import widths
from crm_tui.screens.board.verbs import Verbs
from crm_tui.screens.core import barred
from crm_tui.screens.core.latest import Latest
from crm_tui.ui import formats
from crm_tui.widgets.looks import Run

if TYPE_CHECKING:
    from crm_tui.screens.core.exporting import Listing

FOOTERS = {Grouping.OWNER: "board.owner", Grouping.LABEL: "board.label", Grouping.DUE: "board.due"}
"""The place in `ui.footers` where the columns are not stages: no card goes a stage forward there."""
ABOVE, BELOW = 2, 1
"""Rows of the screen above and below the columns: header and title, footer."""


class Shapes(Verbs):
    """See the module."""

    _aside: Latest[reads.Asked, Loaded]
    called: str
    words: str

    _empty: bool

    if TYPE_CHECKING:

        def line_of(self, found: Filter) -> str: ...
        def action_view_export(self) -> None: ...

    def _show(self) -> None:
        """Show what is in memory."""
        raise NotImplementedError

    @property
    def at_home(self) -> bool:
        """Whether nothing is filtered."""
        raise NotImplementedError

    @property
    def hinted(self) -> frozenset[str]:
        return self.OFFERS - {"view.clear"} if self.at_home else self.OFFERS

    @property
    def footer_name(self) -> str:
        """Without cards what can be done all the same; else with the verb that takes a card to another column."""
        return "board.empty" if self._empty else FOOTERS.get(self.arrangement.group, self.FOOTER)

    # --- folds and boards ---------------------------------------------------------------------------------

    def action_board_fold(self) -> None:
        """Fold the stage of the cursor to its name, or unfold it; it stays so."""
        if self.stage in self.loaded.stages:
            self.folded.symmetric_difference_update({self.stage})
            self._remember()
            self.reveal()
            self.complete()
            self.draw_board()

    def action_place_history(self) -> None:
        """The story of this board; there the same key goes on to everybody's. (K33)"""
        self.go("history", board=self.board_id)

    def action_board_switch(self) -> None:
        from crm_tui.screens.board.switch import BoardPicker

        rows = [(b, reads.count(self.crm, b.id)) for b in reads.boards(self.crm)]
        hindrance = barred.refusal(self.shell, "add_board", {})
        self.app.push_screen(BoardPicker(rows, self.board_id, hindrance=hindrance), self._switch)

    def _switch(self, board: int | None) -> None:
        if board is None or board == self.board_id:
            return
        self.board_id, self.loaded = board, Loaded()
        self.recall()
        self.found, self.called, self.words = Filter(), "", ""
        self.stage, self.card, self.index, self.first = 0, None, 0, 0
        self.marks = set()
        self.read()
        self.show_footer()

    def recall(self) -> None:
        """The board as the operator left it, unless it was looked at since the program began."""
        board = self.board_id
        if board is not None and board not in self.arrangements:
            left = arrangement_kept.load(self.crm.remembered.find(f"board:{board}"))
            self.arrangements[board] = left.arrangement
            self.folds_of |= {(board, group): {*ids} for group, ids in left.folded.items()}

    def _remember(self) -> None:
        """Keep how this board is shown for the next time the program begins, behind the keys."""
        board = self.board_id
        if board is None:
            return
        folds = {group: frozenset(ids) for (of, group), ids in self.folds_of.items() if of == board}
        left = arrangement_kept.Left(self.arrangements.get(board, Arrangement()), folds)
        self.shell.park_behind(partial(self.crm.remembered.keep, f"board:{board}", left.dump()))

    # --- arranging ----------------------------------------------------------------------------------------

    def action_view_arrange(self) -> None:
        from crm_tui.screens.board import arrange

        if self.board_id is not None:
            own = reads.page_size(self.crm, self.board_id)
            act = (self.show_as, self.action_board_times, self.action_view_export, self.show_list)
            arrange.push(self.shell, self.arrangement, own, *act)

    def show_list(self, found: Filter | None = None, called: str = "") -> None:
        """The same cards as a list, by the filter in force or by this one."""
        if self.board_id is not None:
            asked = self.found if found is None else found
            self.go(
                "board_list", board=self.board_id, found=asked, card=self.card, called=called or self.called
            )

    def stand_on(self, card: int) -> None:
        """Put the cursor on a card, read on as far as it unless that is too far down; where it is none of those that
        are shown, the cursor stays."""
        place = reads.column_of(self.crm, self.loaded, card)
        if place is None:
            return
        self.card, (self.stage, at) = card, place
        self.loaded = reads.read_as_far(self.crm, self.loaded, card, self.stage, at)
        self.reveal()
        self._show()

    def listing(self) -> Listing:
        from crm_tui.screens.board import arrange

        return arrange.listing(self.crm, self.loaded, self.line_of(self.found))

    def action_board_times(self) -> None:
        """Where the cards of this board wait. (M35)"""
        if self.board_id is not None:
            self.go("stage_times", board=self.board_id)

    def show_as(self, arrangement: Arrangement) -> None:
        """Show the board so; the cursor stays on its card, unless that stands far down now."""
        if self.board_id is None or arrangement == self.arrangement:
            return
        self.arrangements[self.board_id] = arrangement
        self._remember()
        self.found = Filter(self.found.where)
        self._aside.drop()
        if self.found.where.of:
            self.loaded = Loaded()
            self.read()
            self.show_footer()
            return
        self.loaded = reads.read_heads(self.crm, reads.Asked(self.board_id, arrangement))
        place = reads.column_of(self.crm, self.loaded, self.card) if self.card is not None else None
        self.stage, self.index = (place[0] if place is not None else 0), 0
        self.reveal()
        wanted = dict.fromkeys(self.in_sight, self.loaded.page)
        if place is not None and place[1] < reads.LOOKED:
            wanted[place[0]] = max(self.loaded.page, place[1] + 1)
        self.loaded = reads.read_cards(self.crm, self.loaded, wanted)
        self._show()
        self.show_footer()

    def _arranged(self) -> str:
        if self.arrangement == Arrangement():
            return ""
        from crm_tui.screens.board import arrange

        return arrange.said(self.arrangement)

    def _sums(self) -> list[Run]:
        weighted = say(N_("weighted {sum}"), sum=formats.money_total(self.loaded.weighted_cents))
        return [
            Run(say_n("{n} card", "{n} cards", self.loaded.count), "text"),
            Run(f"   {formats.money_total(self.loaded.cents)}", "bright", True),
            Run(f"   {weighted}", "muted"),
        ]

    # --- adding -------------------------------------------------------------------------------------------

    def action_board_add(self) -> None:
        if self.board_id is None or not self.loaded.heads:
            self.go("new_card")
            return
        group = self.arrangement.group
        column, fixed = grouping.adding(group, self.stage, self.board_id, self.crm.viewer.user_id)
        column = column if column in self.loaded.stages else self.stage
        self.go("quick_add", board=self.board_id, column=column, fixed=fixed)

    def begin_adding(self, column: int, rows: int, drawn: Callable[[], None]) -> None:
        """Keep so many rows free at the foot of a column, shown to its end: what is added comes there. `drawn` is
        called whenever the board is drawn anew."""
        self.kept, self.drawn = {column: rows}, drawn
        self.folded.discard(column)
        self.to_stage(column)
        self.action_nav_last()
        self.draw_board()

    def room_of(self, column: int) -> Region:
        """The cells of the screen in which a column stands; those of the cursor's where it is not in sight."""
        shown = self.in_sight
        if not shown:  # every stage was taken out of use meanwhile
            return Region(1, ABOVE, self.app.size.width - 2, self.app.size.height - ABOVE - BELOW)
        room = widths(self.app.size.width, self.folds(shown))
        at = shown.index(column if column in shown else self.stage)
        return Region(1 + sum(room[:at]) + at, ABOVE, room[at], self.app.size.height - ABOVE - BELOW)

    def free_row(self, column: int) -> int:
        """The first row of a column without a card."""
        found = self.columns.get(column) or self.columns.get(self.stage)
        return 0 if found is None else found.free_row(self.room_of(column).height)

    def end_adding(self) -> None:
        """The rows are the column's again."""
        self.kept, self.drawn = {}, None
        self.read()
        self.draw_board()

    def added(self, card: int) -> None:
        """A card was made: stand on it if it is among what may be read, in the column in which one adds."""
        if self.board_id is None:
            return
        asked = reads.Asked(self.board_id, self.arrangement, found=self.found)
        self.card = card
        self.show_header()  # the name that was being typed is no note to conclude any more
        if asked.filtered:
            self.read()
            return
        self.loaded = reads.grown(self.crm, self.loaded, asked, self.stage, card)
        self._show()

"""The cursor and the marks of the board: by card, never by row number, so that they survive a refresh.

The screen that completes it reads and draws; here is only where one stands and what is marked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from crm_tui.domain.arrangement import Arrangement, Grouping
from crm_tui.domain.board import BoardCard
from crm_tui.domain.filter_tree import Filter
from crm_tui.screens.board import loaded as reads
from crm_tui.screens.board.loaded import Loaded, Travel
from crm_tui.screens.board.sides import fitting
from crm_tui.screens.core.place import Place
from crm_tui.screens.core.resting import Resting
from crm_tui.services.board import views
from crm_tui.widgets.column import BoardColumn


class Walks(Place[None]):
    """See the module. `loaded` is in memory, `first` the number of the leftmost column in sight, `found` what the
    board is filtered by."""

    found: Filter

    def __init__(self) -> None:
        super().__init__()
        self.loaded = Loaded()
        self.board_id: int | None = None
        self.arrangements: dict[int, Arrangement] = {}
        self.stage = 0
        self.card: int | None = None
        self.index = 0
        self.first = 0
        self.marks: set[int] = set()
        self.travel: Travel | None = None
        self.looked = 0
        self.editing: dict[int, tuple[str, ...]] = {}
        self.kept: dict[int, int] = {}
        self.drawn: Callable[[], None] | None = None
        self.folds_of: dict[tuple[int, Grouping], set[int]] = {}
        self.marked_last: int | None = None
        self.columns: dict[int, BoardColumn] = {}
        self.rest = Resting(self, self.show_footer)

    def draw_board(self, only: Collection[int] | None = None) -> None:
        """Draw the columns in sight (`only` these of them), the edges and the title."""
        raise NotImplementedError

    def draw_column(self, stage: int) -> None:
        """Draw one column."""
        raise NotImplementedError

    @property
    def arrangement(self) -> Arrangement:
        """How this board is shown; each keeps its own, a filter may say otherwise."""
        return self.arrangements.get(self.board_id or 0, Arrangement()).told_by(self.found)

    @property
    def folded(self) -> set[int]:
        """The columns that are folded to their name, of those that the board has now."""
        return self.folds_of.setdefault((self.board_id or 0, self.arrangement.group), set())

    # --- what is in sight ---------------------------------------------------------------------------------

    @property
    def fit(self) -> int:
        """How many columns stand side by side."""
        return self._fit_from(self.first)

    def _fit_from(self, first: int) -> int:
        return fitting(self.app.size.width, self.folds(self.loaded.stages[first:]))

    def folds(self, stages: Sequence[int]) -> list[bool]:
        """Which of these stages are folded."""
        return [stage in self.folded for stage in stages]

    @property
    def in_sight(self) -> tuple[int, ...]:
        """The stages that are shown, from left to right."""
        return self.loaded.stages[self.first : self.first + self.fit]

    def complete(self) -> None:
        """Read the first page of the stages in sight that were not looked at yet."""
        missing = {stage: self.loaded.page for stage in self.in_sight if stage not in self.loaded.cards}
        if missing:
            self.loaded = reads.read_cards(self.crm, self.loaded, missing)
            self.place_cursor()

    def more(self, stage: int, most: int = 0) -> None:
        """Read the next cards of a column: so many, or as many as it begins with. (K39)"""
        most = most or self.loaded.page
        self.loaded = reads.read_more(self.crm, self.loaded, stage, most)
        self.draw_board()

    # --- cursor -------------------------------------------------------------------------------------------

    def place_cursor(self) -> None:
        """Keep the cursor on its card; if it went, on the row where it was, in the same column. (JOBS 6)

        A filter that leaves nothing of the column takes the cursor to the first column with a match.
        """
        stages = self.loaded.stages
        hidden = self.loaded.total is not None and not self.loaded.count_of(self.stage)
        if self.stage not in stages or hidden:
            self.stage = next((h.id for h in self.loaded.heads if h.count), stages[0] if stages else 0)
        if self.loaded.count_of(self.stage) and self.stage not in self.loaded.cards:
            return  # nothing of it was read yet: `complete` comes back here
        cards = self.loaded.of(self.stage)
        at = next((n for n, card in enumerate(cards) if card.id == self.card), None)
        self._at(at if at is not None else self.index)

    def _at(self, index: int) -> None:
        cards = self.loaded.of(self.stage)
        self.index = max(0, min(index, len(cards) - 1))
        self.card = cards[self.index].id if cards else None

    def reveal(self) -> None:
        """Scroll sideways until the cursor's column is in sight."""
        stages = self.loaded.stages
        at = stages.index(self.stage) if self.stage in stages else 0
        self.first = max(0, min(self.first, at))
        while self.first + self.fit <= at:
            self.first += 1
        while self.first and self.first - 1 + self._fit_from(self.first - 1) >= len(stages):
            self.first -= 1

    def _move(self, index: int) -> None:
        """To another card of the column: only this column's two cards are sent. Beyond the last one that was read
        the next ones are."""
        before = self.card
        if index >= len(self.loaded.of(self.stage)) and self.loaded.more_of(self.stage):
            self.more(self.stage)
        self._at(index)
        if self.card != before:
            self.draw_column(self.stage)
            self.rest.moved()

    def to_stage(self, stage: int, index: int | None = None) -> None:
        before, first = self.stage, self.first
        self.stage = stage
        self.reveal()
        self.complete()
        self._at(self.index if index is None else index)
        if self.first != first:
            self.draw_board()
        else:
            self.draw_column(before)
            self.draw_column(stage)
        self.rest.moved()

    def _sideways(self, by: int) -> None:
        stages = self.loaded.stages
        if self.stage in stages:
            at = max(0, min(len(stages) - 1, stages.index(self.stage) + by))
            if stages[at] != self.stage:
                self.to_stage(stages[at])

    def action_nav_left(self) -> None:
        self._sideways(-1)

    def action_nav_right(self) -> None:
        self._sideways(1)

    def action_nav_up(self) -> None:
        self._move(self.index - 1)

    def action_nav_down(self) -> None:
        self._move(self.index + 1)

    def action_nav_page_up(self) -> None:
        self._move(self.index - self._page())

    def action_nav_page_down(self) -> None:
        self._move(self.index + self._page())

    def _page(self) -> int:
        return max(1, self.columns[self.stage].size.height // 3 - 1) if self.stage in self.columns else 1

    def action_nav_first(self) -> None:
        self._move(0)

    def action_nav_last(self) -> None:
        """The last card of the column, read if it was not yet."""
        left = self.loaded.more_of(self.stage)
        if left:
            self.more(self.stage, min(reads.ALL, left))
        self._move(len(self.loaded.of(self.stage)) - 1)

    # --- marks --------------------------------------------------------------------------------------------

    @property
    def here(self) -> BoardCard | None:
        """The card under the cursor; none in a folded stage, where one would act on what one does not see."""
        if self.stage in self.folded:
            return None
        return next((c for c in self.loaded.of(self.stage) if c.id == self.card), None)

    @property
    def marked(self) -> int:
        return len(self.marks)

    def set_marks(self, marks: set[int]) -> None:
        """Mark exactly these cards; nothing is drawn if they are marked already."""
        if marks == self.marks:
            return
        self.marks = marks
        for stage in self.in_sight:
            self.draw_column(stage)
        self.show_title()
        self.show_footer()

    def unmark_gone(self) -> None:
        """Forget the marks of cards that somebody else deleted, or that one may see no more."""
        shown = {card.id for cards in self.loaded.cards.values() for card in cards}
        doubtful = sorted(self.marks - shown)
        if doubtful:
            there = self.crm.read(views.still_there, doubtful)
            self.set_marks(self.marks - (set(doubtful) - set(there)))

    def action_sel_toggle(self) -> None:
        if self.card is not None:
            self.marked_last = self.card
            self.set_marks(self.marks ^ {self.card})
            self._move(self.index + 1)

    def action_sel_all(self) -> None:
        """Every card of this column; once more: none of them."""
        ids = {card.id for card in self.loaded.of(self.stage)}
        self.set_marks(self.marks - ids if ids <= self.marks else self.marks | ids)

    def action_sel_range(self) -> None:
        """From the card marked last to this one, in this column."""
        ids = [card.id for card in self.loaded.of(self.stage)]
        if self.card is not None:
            start = ids.index(self.marked_last) if self.marked_last in ids else self.index
            low, high = sorted((start, self.index))
            self.set_marks(self.marks | set(ids[low : high + 1]))

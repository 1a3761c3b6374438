"""Quadro: the columns of one board side by side, cards moved by two keys. (K11-K14, M28; JOBS 6)

The screen owns cursor, marks and filter; each column only draws. What is in memory is `loaded`, what is shown
of it after the filter `seen`; only the stages in sight are read, a page of cards at a time.
"""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.timer import Timer

from crm_tui.domain.hue import hue_number
from crm_tui.i18n import N_, say, say_in, say_n
from crm_tui.screens.board import loaded as reads
from crm_tui.screens.board.loaded import Loaded, narrowed
from crm_tui.screens.board.sides import Edge, hint, widths
from crm_tui.screens.board.verbs import Verbs
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.filterline import FILTERS, MATCHED, Filters, matched
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.place import PLACE_OFFERS
from crm_tui.ui import formats
from crm_tui.widgets.bare import Beside, Stacked
from crm_tui.widgets.bars import Title
from crm_tui.widgets.column import BoardColumn, Shown
from crm_tui.widgets.looks import Run, cells, width_of
from crm_tui.widgets.pane import Line, Pane

DIRECT = 400
"""Cards that are read on the UI thread at most: 400 rows take under 5 ms; more are read beside it."""


class BoardScreen(Filters, Verbs):
    """See the module."""

    MODE = "2"
    FOOTER = "board"
    MATCHES_ROOM = MATCHED
    SCOPES = ("app", "place", "record", "board")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        {
            *PLACE_OFFERS,
            *("nav.up", "nav.down", "nav.left", "nav.right", "nav.first", "nav.last"),
            *("nav.page_up", "nav.page_down"),
            *FILTERS,
            *("sel.toggle", "sel.all", "sel.range", "new.here"),
            *("rec.open", "rec.edit", "rec.note", "rec.comment", "rec.schedule", "rec.redate"),
            *("rec.move", "rec.handover", "rec.won", "rec.lost", "rec.menu", "rec.trail", "rec.copy"),
            *("rec.labels", "rec.tasks"),
            *(
                "board.add",
                "board.stage_next",
                "board.stage_prev",
                "board.card_up",
                "board.card_down",
                "board.fold",
                "board.switch",
            ),
        }
    )
    ASKS: ClassVar[dict[str, str]] = {"new.here": "new_card"}
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    BoardScreen #work { height: 1fr; }
    BoardScreen #columns { height: 1fr; }
    BoardScreen.-empty #columns { height: 2; }
    BoardScreen #teach { height: 1fr; display: none; }
    BoardScreen.-empty #teach { display: block; }
    """

    def __init__(self, **_: Any) -> None:
        super().__init__()
        self.board_id: int | None = None
        self.left, self.right = Edge("left"), Edge("right")
        self._teach = Pane(id="teach", ground="background", gap=1)
        self._turn: Timer | None = None
        self._aside: Latest[dict[int, int], Loaded] = Latest(
            self, self._read, lambda _, found: self._take(found)
        )

    def body(self) -> ComposeResult:
        yield self.title_bar
        with Stacked(id="work"):
            yield Beside(self.left, self.right, id="columns")
            yield self._teach

    def on_mount(self) -> None:
        self.board_id = reads.busiest(self.crm)
        self.read()

    def on_resize(self) -> None:
        self.reveal()
        self.draw_board()

    # --- reading ------------------------------------------------------------------------------------------

    def _read(self, wanted: dict[int, int]) -> Loaded:
        if self.board_id is None:
            return Loaded()
        return reads.read_cards(self.crm, reads.read_heads(self.crm, self.board_id), wanted)

    def read(self) -> None:
        if not self.loaded.heads and self.board_id is not None:
            self.loaded = reads.read_heads(self.crm, self.board_id)
            self.reveal()
        least = reads.LOOKED if self.words else reads.PAGE
        seen = self.loaded.stages if self.words else {*self.in_sight, *self.loaded.cards}
        wanted = {stage: max(least, len(self.loaded.of(stage))) for stage in seen}
        counts = {head.id: head.count for head in self.loaded.heads}
        if sum(min(most, counts.get(stage, most)) for stage, most in wanted.items()) <= DIRECT:
            self._aside.drop()
            self._take(self._read(wanted))
        else:
            self._aside.want(wanted)

    def _take(self, found: Loaded) -> None:
        """Show another look at the board; one at a board that was left meanwhile is dropped. Where the board is
        archived or closed to the operator by now, the busiest of the others is shown."""
        if found.board is None and self.board_id is not None:
            other = reads.busiest(self.crm)
            if other is not None and other != self.board_id:
                self._switch(other)
                return
        if found.board is None or found.board.id == self.board_id:
            self.loaded = found
            self._show()

    def _show(self) -> None:
        self.seen = narrowed(self.loaded, self.words)
        self._build()
        self.place_cursor()
        self.reveal()
        self.complete()
        self.draw_board()
        self.tell_matches()
        self._wait_for_turn()

    def on_column_wanted(self, event: BoardColumn.Wanted) -> None:
        if event.start == len(self.loaded.of(event.stage)):
            self.more(event.stage, reads.PAGE)

    def _wait_for_turn(self) -> None:
        """One timer set to the next moment at which a card in sight changes its state."""
        if self._turn is not None:
            self._turn.stop()
        now = self.now
        moments = [
            formats.next_change(card.facts(), now, self.zone)
            for stage in self.in_sight
            for card in self.seen.of(stage)[: reads.PAGE]
        ]
        wait = min(((moment - now).total_seconds() for moment in moments), default=3600.0)
        self._turn = self.set_timer(max(1.0, min(wait + 0.05, 3600.0)), self.changed)

    # --- drawing ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        """One column widget per stage; those that are not in sight are hidden, and keep their scroll."""
        if tuple(self.columns) == self.loaded.stages:
            return
        for column in self.columns.values():
            column.remove()
        self.columns = {head.id: BoardColumn(Shown(head)) for head in self.loaded.heads}
        self.query_one("#columns", Beside).mount(*self.columns.values(), after=self.left)

    def draw_board(self) -> None:
        shown = self.in_sight
        room = dict(zip(shown, widths(self.app.size.width, self.folds(shown)), strict=True))
        for stage, column in self.columns.items():
            column.display = stage in room
            if stage in room:
                column.styles.width = room[stage]
                column.styles.margin = (0, 0 if stage == shown[-1] else 1, 0, 0)
                self.draw_column(stage)
        self.left.show(self.first > 0)
        self.right.show(self.first + len(shown) < len(self.loaded.stages))
        self.set_class(self.loaded.count == 0, "-empty")
        if self.loaded.count == 0:
            self._teach.set_blocks(_teaching(bool(self.loaded.heads)))
        self.show_title()

    def draw_column(self, stage: int) -> None:
        head = next((h for h in self.seen.heads if h.id == stage), None)
        if head is None:
            return
        shown = Shown(
            head,
            self.seen.of(stage),
            cursor=self._cursor_in(stage),
            marks=frozenset(self.marks),
            focused=not self.filtering,
            folded=stage in self.folded,
            labels=self.loaded.labels,
            tasks=self.loaded.tasks,
        )
        self.columns[stage].show(shown, self.now, self.zone)

    def _cursor_in(self, stage: int) -> int | None:
        """The card under the cursor if it is in this stage; of a folded one, that it is there."""
        if stage != self.stage:
            return None
        return self.card or 0 if stage in self.folded else self.card

    def head(self) -> Title:
        board = self.seen.board
        view = board.name if board is not None else say(N_("Board"))
        said = say_in("board", "open") if not self.words or self.loaded.complete else self._partly()
        words = f"{said}  {self.words}" if self.words else said
        return Title(
            view,
            words,
            hue=hue_number(board.color) if board is not None else 0,
            marks=self.marked,
            hidden=len([m for m in self.marks if self.seen.card(m) is None]),
            extra=()
            if self._notice
            else tuple(self._extra(self.app.size.width - cells(view) - cells(said) - 6)),
        )

    def _partly(self) -> str:
        return say(N_("open, the first {n} of each stage"), n=reads.LOOKED)

    def _extra(self, room: int) -> list[Run]:
        """What lies beyond the edges, and the sums of the board where there is room for both."""
        if self.marked:
            room -= 16
        heads = self.seen.heads
        beyond = hint(self.shell.look, heads[: self.first], heads[self.first + self.fit :], room)
        sums = self._sums()
        if width_of(beyond) + width_of(sums) + 3 <= room:
            return [*beyond, Run("   " if beyond else ""), *sums]
        return beyond

    def _sums(self) -> list[Run]:
        weighted = say(N_("weighted {sum}"), sum=formats.money_total(self.seen.weighted_cents))
        return [
            Run(say_n("{n} card", "{n} cards", self.seen.count), "text"),
            Run(f"   {formats.money_total(self.seen.cents)}", "bright", True),
            Run(f"   {weighted}", "muted"),
        ]

    def arrive(self, *, board: int | None = None, card: int | None = None, **_: Any) -> None:
        """Come here from elsewhere: to a board, or to a card of it."""
        if board is not None:
            self._switch(board)
        if card is not None:
            self.card = card
            self.stage = self.loaded.stage_of(card) or self.stage
            self._show()

    def action_app_back(self) -> None:
        """One Esc, one step: the marks, then the filter, then back."""
        if self.marks:
            self.set_marks(set())
        elif self.words:
            self.action_view_clear()
        else:
            super().action_app_back()

    # --- filter and boards --------------------------------------------------------------------------------

    async def action_view_filter(self) -> None:
        await super().action_view_filter()
        self.draw_board()  # without the light of its cursor: the keys go to the line

    def narrow(self, words: str) -> None:
        began = not self.words and words
        self.words = words
        if began and not self.loaded.complete:
            self.read()
        else:
            self._show()

    def to_list(self) -> None:
        self.set_focus(None)

    def matches(self) -> str:
        return matched(self.seen.count, self.loaded.count, self.seen.cents)

    def action_board_fold(self) -> None:
        """Fold the stage of the cursor to its name, or unfold it; it stays so while the program runs."""
        if self.stage in self.loaded.stages:
            self.folded ^= {self.stage}
            self.reveal()
            self.complete()
            self.draw_board()

    def action_place_history(self) -> None:
        """The story of this board; there the same key goes on to everybody's. (K33)"""
        self.go("history", board=self.board_id)

    def action_board_switch(self) -> None:
        from crm_tui.screens.board.switch import BoardPicker

        rows = [(b, reads.read_heads(self.crm, b.id).count) for b in reads.boards(self.crm)]
        if rows:
            self.app.push_screen(BoardPicker(rows, self.board_id), self._switch)

    def _switch(self, board: int | None) -> None:
        if board is None or board == self.board_id:
            return
        self.board_id, self.loaded, self.words = board, Loaded(), ""
        self.stage, self.card, self.index, self.first = 0, None, 0, 0
        self.marks = set()
        self.read()
        self.show_footer()

    # --- mouse --------------------------------------------------------------------------------------------

    def on_column_picked(self, event: BoardColumn.Picked) -> None:
        cards = [card.id for card in self.seen.of(event.stage)]
        self.to_stage(event.stage, cards.index(event.card) if event.card in cards else None)
        if event.again and event.card == self.card:
            self.action_rec_open()

    async def on_column_dropped(self, event: BoardColumn.Dropped) -> None:
        target = next((s for s in self.in_sight if self.columns[s].region.contains(event.x, event.y)), None)
        card = self.seen.card(event.card)
        if target is not None and card is not None:
            await self.move_to([(card, target)])


def _teaching(stages: bool) -> list[list[Line]]:
    """What belongs on an empty board, and the key that makes the first card."""
    if not stages:
        words = [N_("There is no board with open stages yet.")]
        rows = [(",", N_("make one under Settings"))]
    else:
        words = [
            N_("No card is open on this board."),
            N_("Each column is a stage: a card goes from left to right until it is won or lost."),
        ]
        rows = [("+", N_("the first card, in this stage")), ("b", N_("look at another board"))]
    said = [
        Line((Run(f"    {say(w)}", "muted" if n else "bright", not n),), hang=4) for n, w in enumerate(words)
    ]
    taught = [Line((Run(f"    {key}", "accent", True), Run(f"  {say(text)}", "text"))) for key, text in rows]
    return [[Line(), *said], taught]

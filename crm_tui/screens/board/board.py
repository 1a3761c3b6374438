"""Quadro: the columns of one board side by side, cards moved by two keys. (K11-K14, M28; JOBS 6)

The screen owns cursor, marks and filter; each column only draws. What is in memory is `loaded`: of a filter's
matches every id, of the whole board the first cards; only those in sight are read, a page of cards at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.timer import Timer

from crm_tui.domain.arrangement import Grouping, knows
from crm_tui.domain.filter_complete import Habits
from crm_tui.domain.filter_tree import LIFTS_STATUS, Filter, Place, named
from crm_tui.domain.hue import hue_number
from crm_tui.i18n import N_, say, say_in
from crm_tui.screens.board import loaded as reads
from crm_tui.screens.board.empty import teaching
from crm_tui.screens.board.loaded import Loaded
from crm_tui.screens.board.shaping import Shapes
from crm_tui.screens.board.sides import Edge, hint, widths
from crm_tui.screens.core.announce import LOOKED
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.filtered import SPOKEN, Filtered
from crm_tui.screens.core.filterline import MATCHED, matched
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.place import PLACE_OFFERS
from crm_tui.services.filter import views as filters
from crm_tui.ui import formats
from crm_tui.widgets.bare import Beside, Stacked
from crm_tui.widgets.bars import Title
from crm_tui.widgets.column import BoardColumn, Shown
from crm_tui.widgets.looks import Run, cells, width_of
from crm_tui.widgets.pane import Pane

DIRECT = 400
"""Cards that are read on the UI thread at most: 400 rows take under 5 ms; more are read beside it."""
AFTER = 0.3
"""Seconds after a look at the board until the next moment is worked out at which a card changes by itself: 250 cards
took as long as the keys that moved one."""
PASSED = 1000
"""Cards of a board that is arranged otherwise than by hand, that are looked through on the UI thread at most."""


class BoardScreen(Filtered, Shapes):
    """See the module."""

    MODE = "2"
    FOOTER = "board"
    FILTERED = Place.BOARD
    MATCHES_ROOM = MATCHED
    SCOPES = ("app", "place", "record", "board")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        {
            *PLACE_OFFERS,
            *("nav.up", "nav.down", "nav.left", "nav.right", "nav.first", "nav.last"),
            *("nav.page_up", "nav.page_down"),
            *SPOKEN,
            "view.arrange",
            *("sel.toggle", "sel.all", "sel.range", "new.here"),
            *("rec.open", "rec.edit", "rec.note", "rec.comment", "rec.schedule", "rec.redate", "rec.snooze"),
            "rec.cell",
            "rec.free_days",
            *("rec.move", "rec.handover", "rec.won", "rec.lost", "rec.menu", "rec.trail", "rec.copy"),
            *("rec.labels", "rec.tasks"),
            *("board.add", "board.stage_next", "board.stage_prev", "board.card_up", "board.card_down"),
            *("board.fold", "board.switch", "board.times"),
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
        self.left, self.right = Edge("left"), Edge("right")
        self._teach = Pane(id="teach", ground="background", gap=1)
        self._turn: Timer | None = None
        self._empty = False
        self._room: dict[int, int] = {}
        self._shown: tuple[int | None, Grouping] | None = None
        self._aside: Latest[reads.Asked, Loaded] = Latest(
            self, self._read, lambda _, found: self._take(found)
        )

    def body(self) -> ComposeResult:
        yield self.title_bar
        with Stacked(id="work"):
            yield Beside(self.left, self.right, id="columns")
            yield self._teach

    def on_mount(self) -> None:
        self.board_id = reads.busiest(self.crm)
        self.recall()
        self.read()
        self.set_interval(LOOKED, self._look_around)

    def on_resize(self) -> None:
        self.reveal()
        self.draw_board()

    # --- reading ------------------------------------------------------------------------------------------

    def _read(self, asked: reads.Asked) -> Loaded:
        return reads.read(self.crm, asked)

    def read(self) -> None:
        if self.board_id is None:
            self._take(Loaded())
            return
        asked = reads.Asked(self.board_id, self.arrangement, found=self.found)
        if asked.filtered:
            same = self.loaded.found == self.found
            wanted = {stage: len(self.loaded.of(stage)) for stage in self.in_sight} if same else {}
            self._aside.want(asked._replace(wanted=wanted))
            if not self.filtering:
                self._aside.then(lambda: None)
            return
        if not self.loaded.heads:
            if not self.arrangement.by_hand and reads.count(self.crm, self.board_id) > PASSED:
                self._aside.want(asked)
                return
            self.loaded = reads.read_heads(self.crm, asked)
            self.reveal()
            self._build()
        self.looked += 1
        if self.travel is not None and self.arrangement.by_hand:
            self._aside.drop()
            self._take(reads.travelled(self.crm, self.loaded, asked, self.travel))
            return
        seen = {*self.in_sight, *self.loaded.cards}
        wanted = {stage: max(self.loaded.page, len(self.loaded.of(stage))) for stage in seen}
        counts = {head.id: head.count for head in self.loaded.heads}
        rows = sum(min(most, counts.get(stage, most)) for stage, most in wanted.items())
        asked = asked._replace(wanted=wanted)
        if rows <= DIRECT and (self.arrangement.by_hand or self.loaded.count <= PASSED):
            self._aside.drop()
            self._take(self._read(asked))
        else:
            self._aside.want(asked)

    def _take(self, found: Loaded) -> None:
        """Show another look at the board; one at a board that was left, arranged or filtered anew is dropped. Where
        the board is archived or closed to the operator by now, the busiest of the others is shown."""
        there = found.board
        if there is None and self.board_id is not None:
            other = reads.busiest(self.crm)
            if other is not None and other != self.board_id:
                self._switch(other)
                self.tell(say(N_("The board you were on was archived or closed to you")))
                return
        mine = (self.board_id, self.arrangement, self.found)
        if there is None or (there.id, found.arrangement, found.found) == mine:
            before, self.loaded = self.loaded, found
            self._show(self._changed_since(before) if self.travel is not None else None)
            self.unmark_gone()

    def _changed_since(self, before: Loaded) -> set[int]:
        """The columns that look otherwise after a card went from one to another."""
        heads = {head.id: head for head in before.heads}
        return {h.id for h in self.loaded.heads if h != heads.get(h.id)} | {*(self.travel or ())[1:]}

    def _show(self, only: Collection[int] | None = None) -> None:
        """Draw what was read; `only` these columns where the others cannot have changed."""
        self._build()
        self.place_cursor()
        self.reveal()
        self.complete()
        self.draw_board(only)
        self.tell_matches()
        if self._turn is not None:
            self._turn.stop()
        self._turn = self.set_timer(AFTER, self._wait_for_turn)

    def on_column_wanted(self, event: BoardColumn.Wanted) -> None:
        if event.start == len(self.loaded.of(event.stage)):
            self.more(event.stage)

    def _wait_for_turn(self) -> None:
        """One timer set to the next moment at which a card in sight changes its state."""
        now = self.now
        moments = [
            formats.next_change(card.facts(), now, self.zone)
            for stage in self.in_sight
            for card in self.loaded.of(stage)[: reads.PAGE]
        ]
        wait = min(((moment - now).total_seconds() for moment in moments), default=3600.0)
        self._turn = self.set_timer(max(1.0, min(wait + 0.05, 3600.0)), self.changed)

    def _look_around(self) -> None:
        """Who edits a card of this board in another terminal: told on the card, and only when that changes."""
        found = self.crm.presence.everywhere("card") if self.is_current else self.editing
        if found != self.editing:
            before, self.editing = self.editing, found
            others = {card for card in {*before, *found} if before.get(card) != found.get(card)}
            for stage in self.in_sight:
                if any(card.id in others for card in self.loaded.of(stage)):
                    self.draw_column(stage)

    # --- drawing ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        """One column widget per stage; those that are not in sight are hidden, and keep their scroll."""
        shown = (self.board_id, self.arrangement.group)
        if tuple(self.columns) == self.loaded.stages and shown == self._shown:
            return
        self._shown = shown
        for column in self.columns.values():
            column.remove()
        self.columns = {head.id: BoardColumn(Shown(head)) for head in self.loaded.heads}
        self._room = {}
        self.query_one("#columns", Beside).mount(*self.columns.values(), after=self.left)

    def draw_board(self, only: Collection[int] | None = None) -> None:
        shown = self.in_sight
        room = dict(zip(shown, widths(self.app.size.width, self.folds(shown)), strict=True))
        if room != self._room:
            only = None
            self._room = room  # asked of each column in turn these took as long as drawing them
            for stage, column in self.columns.items():
                column.display = stage in room
                if stage in room:
                    column.styles.width = room[stage]
                    column.styles.margin = (0, 0 if stage == shown[-1] else 1, 0, 0)
        for stage in room if only is None else only:
            if stage in room:
                self.draw_column(stage)
        self.left.show(self.first > 0)
        self.right.show(self.first + len(shown) < len(self.loaded.stages))
        self._draw_empty()
        self.show_title()
        if self.drawn is not None:
            self.call_after_refresh(self.drawn)

    def _draw_empty(self) -> None:
        """What an empty board teaches, but not under the line in which its first card is being made."""
        before = self.footer_name
        self._empty = self.loaded.count == 0
        self.set_class(self._empty and not self.kept, "-empty")
        if self._empty:
            asked_for, there = self.loaded.total is not None, self.loaded.board is not None
            stages = bool(self.loaded.heads)
            blocks = teaching(stages, filtered=asked_for, typing=self.filtering, board=there)
            self._teach.set_blocks(blocks)
        if self.footer_name != before:
            self.show_footer()

    def draw_column(self, stage: int) -> None:
        head = next((h for h in self.loaded.heads if h.id == stage), None)
        if head is None:
            return
        shown = Shown(
            head,
            self.loaded.of(stage),
            cursor=self._cursor_in(stage),
            marks=frozenset(self.marks),
            focused=not self.filtering,
            folded=stage in self.folded,
            labels=self.loaded.labels,
            tasks=self.loaded.tasks,
            staged=self.arrangement.group is Grouping.OWNER,
            kept=self.kept.get(stage, 0),
            others={card: ", ".join(logins) for card, logins in self.editing.items()},
        )
        self.columns[stage].show(shown, self.now, self.zone)

    def _cursor_in(self, stage: int) -> int | None:
        """The card under the cursor if it is in this stage; of a folded one, that it is there."""
        if stage != self.stage:
            return None
        return self.card or 0 if stage in self.folded else self.card

    def head(self) -> Title:
        board = self.loaded.board
        view = board.name if board is not None else say(N_("Board"))
        said = self.called or ("" if named(self.found.where) & LIFTS_STATUS else say_in("board", "open"))
        arranged = self._arranged()
        line = self._line()
        words = "  ".join(part for part in (said, line, arranged) if part)
        return Title(
            view,
            words,
            hue=hue_number(board.color) if board is not None else 0,
            marks=self.marked,
            hidden=sum(map(self.loaded.hides, self.marks)),
            extra=()
            if self._notice
            else tuple(self._extra(self.app.size.width - cells(view) - cells(words) - 6)),
        )

    def _line(self) -> str:
        """The conditions as one writes them; how it is arranged is said in words, if a column knows it."""
        sort = self.found.sort
        shown = Filter(self.found.where, sort if sort is not None and not knows(sort) else None)
        return "" if shown.empty else self.shown_line(shown)

    def _extra(self, room: int) -> list[Run]:
        """What lies beyond the edges, and the sums of the board where there is room for both."""
        if self.marked:
            room -= 16
        heads = self.loaded.heads
        beyond = hint(self.shell.look, heads[: self.first], heads[self.first + self.fit :], room)
        sums = self._sums()
        if width_of(beyond) + width_of(sums) + 3 <= room:
            return [*beyond, Run("   " if beyond else ""), *sums]
        return beyond

    def arrive(
        self,
        *,
        board: int | None = None,
        card: int | None = None,
        found: Filter | None = None,
        called: str = "",
        **_: Any,
    ) -> None:
        """Come here from elsewhere: to a board, to what a filter (a view `called` so) finds on it, to a card of it."""
        if board is not None:
            self._switch(board)
        if found is not None:
            self.come_to(found)
            self.called = called
        if card is not None:
            self.then_listed(lambda: self.stand_on(card))

    def action_app_back(self) -> None:
        """One Esc, one step: the marks, then the filter, then back."""
        if self.marks:
            self.set_marks(set())
        elif not self.at_home:
            self.action_view_clear()
        else:
            super().action_app_back()

    # --- filter and boards --------------------------------------------------------------------------------

    async def action_view_filter(self) -> None:
        await super().action_view_filter()
        self.draw_board()  # without the light of its cursor: the keys go to the line

    def habits(self) -> Habits:
        found: Habits = self.crm.read(filters.habits, Place.BOARD, board_id=self.board_id)
        return found

    def show_found(self) -> None:
        self.read()

    def then_listed(self, act: Callable[[], None]) -> None:
        self._aside.then(act)

    def apply(self, found: Filter, called: str = "") -> None:
        """A view with columns, or the order of a list, is one of the list."""
        if found.columns or found.order:
            self.show_list(found, called)
        else:
            super().apply(found, called)

    def as_view(self, found: Filter) -> Filter:
        """With the order and the columns that the board has now."""
        return self.arrangement.settings_of(found)

    def to_list(self) -> None:
        self.set_focus(None)
        self._draw_empty()

    def matches(self) -> str:
        total = self.loaded.count if self.loaded.total is None else self.loaded.total
        return matched(
            self.loaded.count, max(total, self.loaded.count), self.loaded.cents, more=self.loaded.more
        )

    # --- mouse --------------------------------------------------------------------------------------------

    def on_column_picked(self, event: BoardColumn.Picked) -> None:
        cards = [card.id for card in self.loaded.of(event.stage)]
        self.to_stage(event.stage, cards.index(event.card) if event.card in cards else None)
        if event.again and event.card == self.card:
            self.action_rec_open()

    async def on_column_dropped(self, event: BoardColumn.Dropped) -> None:
        target = next((s for s in self.in_sight if self.columns[s].region.contains(event.x, event.y)), None)
        card = self.loaded.card(event.card)
        if target is not None and card is not None:
            await self.move_to([(card, target)])

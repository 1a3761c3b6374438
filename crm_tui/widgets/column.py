"""One column of the board: a head of two rows and cards of three, as far as they fit.

Plain and not focusable: the board's screen owns focus and cursor, tells each column what to show and hears
what the mouse meant. One widget per column, because a row is sent from its widget's left edge. Knows which rows are
in sight and which of them changed, not what stands in them (`column_paint`) nor how a card moves; the arrows at the
screen's edges are the board's.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Final

from textual import events
from textual.message import Message
from textual.strip import Strip

from crm_tui.domain.board import BoardCard, StageHead
from crm_tui.widgets.chips import Chip
from crm_tui.widgets.column_paint import CardPainter, beyond, paint_folded, paint_head
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, ground_of, paint

HEAD: Final = 2
CARD: Final = 3
FOLDED: Final = 3
"""Cells of a folded column."""
WHEEL: Final = 1
STRIPS_KEPT: Final = 80
"""Cards that are kept painted: a painted row holds 5 kB in the caches of its strips, and 600 cards were 9 MB."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a column shows. `cards` are the first ones of the stage, in rank order; the head knows how many
    there are.

    `cursor` is a card's id or None; `focused` whether the board has the focus. `labels` gives a card's labels
    as (name, hue 1 to 8), `tasks` how many of its tasks are done and how many there are. `staged`: a card says its
    stage where else its owner stands, whose the column is. `kept` rows at the foot stay free for what is put over
    them. `others` are the logins of those who edit a card just now; they stand in its owner's place.
    """

    head: StageHead
    cards: Sequence[BoardCard] = ()
    cursor: int | None = None
    marks: frozenset[int] = frozenset()
    focused: bool = True
    folded: bool = False
    labels: Mapping[int, Sequence[Chip]] = field(default_factory=dict)
    tasks: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    staged: bool = False
    kept: int = 0
    others: Mapping[int, str] = field(default_factory=dict)


class BoardColumn(Lines):
    """See the module."""

    DEFAULT_CSS = "BoardColumn { height: 1fr; width: 1fr; }"

    @dataclass
    class Picked(Message, namespace="column"):
        """The mouse chose a card (`again`: a double click opens it) or, without one, the column itself."""

        column: BoardColumn
        stage: int
        card: int | None
        again: bool = False

        @property
        def control(self) -> BoardColumn:
            return self.column

    @dataclass
    class Dropped(Message, namespace="column"):
        """A card was dragged out of this column and let go at a place of the screen (cells)."""

        column: BoardColumn
        card: int
        x: int
        y: int

        @property
        def control(self) -> BoardColumn:
            return self.column

    @dataclass
    class Wanted(Message, namespace="column"):
        """More cards of the stage are needed, from number `start` on."""

        column: BoardColumn
        stage: int
        start: int

        @property
        def control(self) -> BoardColumn:
            return self.column

    def __init__(
        self, shown: Shown, now: datetime | None = None, zone: tzinfo = UTC, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._shown = shown
        self._painter = CardPainter(now or datetime.fromtimestamp(0, UTC), zone)
        self._minute: datetime | None = None
        self._top = 0
        self._strips: dict[Hashable, tuple[Strip, ...]] = {}
        self._dragged: int | None = None
        self._asked = -1

    # --- what the board says ------------------------------------------------------------------------------

    @property
    def shown(self) -> Shown:
        """What is shown now; the board makes the next one from it with `dataclasses.replace`."""
        return self._shown

    def show(self, shown: Shown, now: datetime | None = None, zone: tzinfo | None = None) -> None:
        """Show another state; only rows that differ are sent. The cursor's card is scrolled into sight."""
        minute = (now or self._painter.now).replace(second=0, microsecond=0)
        if shown == self._shown and minute == self._minute:
            return
        self._shown, self._minute = shown, minute
        if now is not None:
            self._painter = CardPainter(now, zone or self._painter.zone)
        self._reveal()
        self.sync()

    @property
    def index(self) -> int:
        """The number of the card under the cursor, -1 without one."""
        return self._index()

    def free_row(self, height: int) -> int:
        """The first row of the column without a card if it is so high, as far as it has `kept` free."""
        height -= self._shown.kept
        if self._total() * CARD > height - HEAD:
            return height
        return HEAD + CARD * len(self._shown.cards)

    # --- offset -------------------------------------------------------------------------------------------

    def _index(self) -> int:
        return next((i for i, card in enumerate(self._shown.cards) if card.id == self._shown.cursor), -1)

    def _total(self) -> int:
        return max(self._shown.head.count, len(self._shown.cards))

    def _room(self) -> int:
        """Cards that fit; a row is kept for `↓ mais 2` when not all of them do."""
        height = max(0, self.size.height - HEAD - self._shown.kept)
        return max(1, height // CARD if self._total() * CARD <= height else (height - 1) // CARD)

    def _reveal(self) -> None:
        if not self.is_mounted or not self.size:
            return
        at, room = self._index(), self._room()
        if at >= 0:
            if at < self._top:
                self._top = at
            elif at >= self._top + room:
                self._top = at - room + 1
        self._clamp(room)

    def _clamp(self, room: int) -> None:
        self._top = max(0, min(self._top, len(self._shown.cards) - room))

    # --- drawing ------------------------------------------------------------------------------------------

    def forget(self) -> None:
        self._strips.clear()
        self._reveal()

    def draw(self, width: int, height: int) -> list[Strip]:
        head = self._shown.head
        if self._shown.folded or width <= FOLDED:
            here = self._shown.cursor is not None and self._shown.focused
            return paint_folded(self.look, head, width, height, here=here)
        rows = list(self._kept(("head", head), lambda: paint_head(self.look, head, width)))
        last = min(len(self._shown.cards), self._top + self._room())
        for index in range(self._top, last):
            rows += self._card(index, width)
        above, below = self._top, self._total() - last
        height -= self._shown.kept
        if above or below:
            rows += [paint(self.look, (), width)] * (height - 1 - len(rows))
            said = self._arrows(beyond(above, below, width - 2))
            rows.append(paint(self.look, [Run(f" {said}", "muted")], width))
        return rows

    def _arrows(self, text: str) -> str:
        return text.replace("↑", "^").replace("↓", "v") if self.look.ascii else text

    def _kept(self, stamp: Hashable, make: Callable[[], tuple[Strip, ...]]) -> tuple[Strip, ...]:
        rows = self._strips.get(stamp)
        if rows is None:
            if len(self._strips) > STRIPS_KEPT:
                self._strips.clear()
            rows = self._strips[stamp] = make()
        return rows

    def _card(self, index: int, width: int) -> tuple[Strip, ...]:
        shown, painter = self._shown, self._painter
        card = shown.cards[index]
        cursor, marked = card.id == shown.cursor, card.id in shown.marks
        plain = "background" if index % 2 else "surface"
        ground = ground_of(cursor=cursor, marked=marked, focused=shown.focused, plain=plain)
        labels, tasks = tuple(shown.labels.get(card.id, ())), shown.tasks.get(card.id)
        live = cursor and shown.focused
        today = painter.now.astimezone(painter.zone).date()
        state = card.state(painter.now, painter.zone)
        others = shown.others.get(card.id, "")
        stamp = (card, state, today, labels, tasks, ground, marked, live, shown.staged, others)

        def make() -> tuple[Strip, ...]:
            return painter.paint(
                self.look,
                card,
                labels,
                width,
                tasks=tasks,
                ground=ground,
                cursor=cursor,
                marked=marked,
                live=live,
                staged=shown.staged,
                others=others,
            )

        return self._kept(stamp, make)

    # --- mouse --------------------------------------------------------------------------------------------

    def card_at(self, y: int) -> int | None:
        """The id of the card on a row of the column."""
        index = self._top + (y - HEAD) // CARD
        if (
            self._shown.folded
            or y < HEAD
            or not 0 <= index < min(len(self._shown.cards), self._top + self._room())
        ):
            return None
        return self._shown.cards[index].id

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._dragged = self.card_at(event.y)
        if self._dragged is not None:
            self.capture_mouse()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        card, self._dragged = self._dragged, None
        if card is None:
            return
        self.release_mouse()
        x, y = int(event.screen_x), int(event.screen_y)
        if not self.region.contains(x, y):
            self.post_message(self.Dropped(self, card, x, y))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Picked(self, self._shown.head.id, self.card_at(event.y), event.chain == 2))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -WHEEL)

    def _wheel(self, event: events.Event, cards: int) -> None:
        """At the end of what was read the next ones are asked for, once."""
        event.stop()
        self._top += cards
        loaded = len(self._shown.cards)
        room = self._room()
        beyond = self._top + room > loaded
        self._clamp(room)
        if beyond and loaded < self._shown.head.count and self._asked != loaded:
            self._asked = loaded
            self.post_message(self.Wanted(self, self._shown.head.id, loaded))
        self.sync()

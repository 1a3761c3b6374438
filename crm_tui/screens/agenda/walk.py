"""The cursor of the agenda: on an appointment by its id, or on a free half hour; it survives refresh and period.

The screen that completes it reads and draws; here is only where one stands. Arrows walk appointments and half hours,
at the edges the next period comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from crm_tui.domain.agenda import Entry
from crm_tui.screens.agenda.columns import Drawn, Spot, ordered
from crm_tui.screens.agenda.loaded import Asked, Loaded, View
from crm_tui.screens.core.place import Place
from crm_tui.screens.core.resting import Resting
from crm_tui.widgets.agenda_rows import Listed, ListPainter
from crm_tui.widgets.grid import ALL_DAY
from crm_tui.widgets.grid_layout import Placed, Row, row_at, rows_of_day
from crm_tui.widgets.grid_paint import Column, Cursor
from crm_tui.widgets.vlist import VList


class Walks(Place[None]):
    """See the module. `loaded` is in memory, `drawn` the columns made of it, `rows` those of a day."""

    loaded: Loaded
    drawn: Sequence[Column] = ()
    rows: Sequence[Row] = rows_of_day()

    def __init__(self) -> None:
        super().__init__()
        self.column = 0
        self.row = 0
        self.key: int | None = None
        self.first = 0
        """The leftmost column in sight."""
        self._listed: list[Listed] = []
        self.vlist: VList[Listed] = VList(self._fetch, ListPainter(), live=True, id="rows")
        self.rest = Resting(self, self.rested)

    def ask(self, asked: Asked, *, home: bool = False) -> None:
        """Look at something else; `home`: the working day stands first again."""
        raise NotImplementedError

    def draw_agenda(self, *, home: bool = False) -> None:
        """Draw what is in memory, the cursor on it."""
        raise NotImplementedError

    def maker(self) -> Drawn:
        """What makes the columns, cells and rows as they are now."""
        raise NotImplementedError

    def rested(self) -> None:
        """The cursor has come to rest."""
        raise NotImplementedError

    def show_preview(self) -> None:
        """Say in the lower pane what is under the cursor."""
        raise NotImplementedError

    def _fetch(self, start: int, count: int) -> Sequence[Listed]:
        return self._listed[start : start + count]

    # --- where one stands ---------------------------------------------------------------------------------

    @property
    def view(self) -> View:
        """How the agenda is shown."""
        return self.loaded.asked.view

    @property
    def gridded(self) -> bool:
        """Whether hours are rows."""
        return self.view in (View.DAY, View.WEEK)

    @property
    def entry(self) -> Entry | None:
        """The appointment under the cursor."""
        if self.view is View.MONTH:
            return None
        key = self.vlist.key if self.view is View.LIST else self.key
        found = [entry for entry in self.loaded.entries if entry.id == key]
        spot = self.spot
        mine = [entry for entry in found if spot is not None and entry.user_id == spot.user]
        return next(iter(mine or found), None)

    @property
    def spot(self) -> Spot | None:
        """The column under the cursor."""
        spots = ordered(self.loaded) if self.gridded else []
        return spots[self.column] if self.column < len(spots) else None

    @property
    def day(self) -> date:
        """The day under the cursor."""
        spot = self.spot
        return self.loaded.asked.day if spot is None else spot.day

    @property
    def minute(self) -> int | None:
        """The minute of the half hour under the cursor; None where one stands on whole days."""
        return self.rows[self.row].start if self.gridded and 0 <= self.row < len(self.rows) else None

    def cursor(self) -> Cursor:
        """The cursor as the grid draws it."""
        return Cursor(self.column - self.first, self.row, self.key)

    # --- keeping it ---------------------------------------------------------------------------------------

    def place_cursor(self) -> None:
        """Keep the cursor on its appointment, wherever that went; if it is gone, on its half hour."""
        if not self.gridded or not self.drawn:
            return
        order = sorted(range(len(self.drawn)), key=lambda at: at != self.column)
        for at in order if self.key is not None else ():
            column = self.drawn[at]
            placed = next((each for each in column.blocks if each.block.key == self.key), None)
            if placed is not None:
                self.column, self.row = at, placed.first
                return
            if any(block.key == self.key for block in column.band):
                self.column, self.row = at, ALL_DAY
                return
        self.column = max(0, min(self.column, len(self.drawn) - 1))
        self._stand(self.row)

    def to_now(self) -> None:
        """Where the present is: the appointment that runs or comes next today, else the half hour."""
        spots = ordered(self.loaded)
        today = self.today
        at = next((n for n, spot in enumerate(spots) if spot.day == today), None)
        if at is None or not self.drawn:
            self.to_opening()
            return
        self.column = at
        minute = self.drawn[at].now or 0
        coming = [each for each in self.drawn[at].blocks if each.block.end > minute and not each.block.gone]
        if coming:
            self.key, self.row = coming[0].block.key, coming[0].first
        else:
            self._stand(row_at(self.rows, minute))

    def to_opening(self) -> None:
        """The first appointment of the period, or the half hour at which work begins."""
        for at, column in enumerate(self.drawn):
            if column.blocks:
                self.column, self.row, self.key = at, column.blocks[0].first, column.blocks[0].block.key
                return
        at = next((n for n, column in enumerate(self.drawn) if column.work), 0)
        self.column = at
        work = self.drawn[at].work if self.drawn else ()
        self._stand(row_at(self.rows, work[0][0] if work else 8 * 60))

    def _stand(self, row: int, lane: int = 0) -> None:
        """On a row of the column: on the appointment there, in this lane if it has one."""
        column = self.drawn[self.column]
        if row < 0:
            self.row, self.key = ALL_DAY, column.band[0].key if column.band else None
            return
        self.row = min(row, len(self.rows) - 1)
        standing = _standing(column, self.row)
        chosen = min(standing, key=lambda each: abs(each.lane - lane), default=None)
        self.key = None
        if chosen is not None:
            self.key, self.row = chosen.block.key, chosen.first

    def _here(self) -> Placed | None:
        if not self.drawn or self.column >= len(self.drawn):
            return None
        return next((each for each in self.drawn[self.column].blocks if each.block.key == self.key), None)

    # --- moving it ----------------------------------------------------------------------------------------

    def draw_cursor(self) -> None:
        """Draw the cursor where it is now: nothing else differs."""
        raise NotImplementedError

    def _moved(self) -> None:
        self.draw_cursor()
        self.rest.moved()

    def _step(self, by: int) -> None:
        """Up or down by an appointment or a half hour; from whole days into the hours and back."""
        if not self.drawn:
            return
        column, here = self.drawn[self.column], self._here()
        lane = here.lane if here is not None else 0
        if self.row < 0:
            keys = [block.key for block in column.band]
            at = (keys.index(self.key) if self.key in keys else 0) + by
            if 0 <= at < len(keys):
                self.key = keys[at]
            elif by > 0:
                self._stand(row_at(self.rows, column.work[0][0] if column.work else 8 * 60))
        elif by > 0:
            after = (here.last if here is not None else self.row) + 1
            if after < len(self.rows):
                self._stand(after, lane)
        else:
            before = (here.first if here is not None else self.row) - 1
            if before >= 0:
                self._stand(before, lane)
            elif column.band:
                self._stand(ALL_DAY)
        self._moved()

    def _sideways(self, by: int) -> None:
        """To the appointment beside it, else to the next column, else to the next period."""
        if not self.drawn:
            return
        here = self._here()
        if here is not None:
            beside = [
                each
                for each in self.drawn[self.column].blocks
                if each.first <= here.last and here.first <= each.last and (each.lane - here.lane) * by > 0
            ]
            if beside:
                nearest = min(beside, key=lambda each: (abs(each.lane - here.lane), each.first))
                self.key, self.row = nearest.block.key, nearest.first
                self._moved()
                return
        at = self.column + by
        if 0 <= at < len(self.drawn):
            self.column = at
        else:
            self.turn(by)
            self.column = 0 if by > 0 else len(self.drawn) - 1
        row = self.row
        if row < 0 and not self.drawn[self.column].band:
            row = ALL_DAY
        self._stand(row, 0 if by > 0 else len(self.rows))
        self._moved()

    def turn(self, by: int) -> None:
        """To the period before or after."""
        self.ask(self.loaded.asked.turned(by))

    def to_day(self, day: date, minute: int | None = None) -> None:
        """Look at this day, the cursor on it; in a grid at this minute of the day, or where it stood."""
        asked = self.loaded.asked
        self.key = None
        shown = self.view is View.MONTH and (day.year, day.month) == (asked.day.year, asked.day.month)
        if shown:  # the same sheet: nothing is read
            self.loaded = replace(self.loaded, asked=asked._replace(day=day))
        else:
            self.ask(asked._replace(day=day))
        if self.gridded:
            spots = ordered(self.loaded)
            self.column = next((n for n, spot in enumerate(spots) if spot.day == day), 0)
            self._stand(max(self.row, 0) if minute is None else row_at(self.rows, minute))
        self._moved()

    def _by_days(self, days: int) -> None:
        """In the month: to another day; the sheet turns where its month does."""
        self.to_day(self.loaded.asked.day + timedelta(days=days))

    def action_nav_up(self) -> None:
        if self.view is View.LIST:
            self.vlist.action_nav_up()
        elif self.view is View.MONTH:
            self._by_days(-7)
        else:
            self._step(-1)

    def action_nav_down(self) -> None:
        if self.view is View.LIST:
            self.vlist.action_nav_down()
        elif self.view is View.MONTH:
            self._by_days(7)
        else:
            self._step(1)

    def action_nav_left(self) -> None:
        if self.view is View.MONTH:
            self._by_days(-1)
        elif self.gridded:
            self._sideways(-1)

    def action_nav_right(self) -> None:
        if self.view is View.MONTH:
            self._by_days(1)
        elif self.gridded:
            self._sideways(1)

    def action_nav_first(self) -> None:
        """The first of the day, of the list, of the month."""
        if self.view is View.LIST:
            self.vlist.action_nav_first()
        elif self.view is View.MONTH:
            self._by_days(1 - self.loaded.asked.day.day)
        elif self.drawn:
            column = self.drawn[self.column]
            self._stand(
                ALL_DAY if column.band else row_at(self.rows, column.work[0][0] if column.work else 0)
            )
            self._moved()

    def action_nav_last(self) -> None:
        """The last of the day, of the list, of the month."""
        if self.view is View.LIST:
            self.vlist.action_nav_last()
        elif self.view is View.MONTH:
            self.to_day(self.loaded.asked.turned(1).day.replace(day=1) - timedelta(days=1))
        elif self.drawn:
            work = self.drawn[self.column].work
            self._stand(row_at(self.rows, work[-1][1] - 1 if work else 18 * 60))
            self._moved()

    def on_vlist_moved(self, event: VList.Moved) -> None:
        self.rest.moved()


def _standing(column: Column, row: int) -> list[Placed]:
    return [*column.standing.get(row, ())]

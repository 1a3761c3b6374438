"""Dias livres: people by days, the hours of a cell, the slots they have in common. (B16, B17, B63, X20)

`enter` schedules there, `f5` goes to the first common slot and then to the one after. What it takes to know who is free
stands in `services.free`; here it is only shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult

from crm_tui.domain import free
from crm_tui.domain.access import UserRow
from crm_tui.domain.agenda import Entry
from crm_tui.domain.when_echo import echo
from crm_tui.i18n import C_, N_, language, say, say_in
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.place import PLACE_OFFERS, Place
from crm_tui.screens.core.reach import reaches
from crm_tui.screens.free.about import still_open
from crm_tui.screens.free.loaded import Asked, Loaded, Person
from crm_tui.screens.free.people import AT_MOST, chosen, usual, whose
from crm_tui.services.access import views as access
from crm_tui.services.agenda import views as agendas
from crm_tui.services.free import views
from crm_tui.ui import formats
from crm_tui.widgets.bars import Title
from crm_tui.widgets.free_grid import FreeGrid, days_in
from crm_tui.widgets.hours_pane import HoursPane
from crm_tui.widgets.looks import Run

AHEAD = 3
"""Fortnights in which the first hour of all is looked for while the days are read."""
PANE_ROWS, PANE_LOW = 10, 8
"""Rows of the hours, and from under 24 rows of the screen."""


class _Cell(NamedTuple):
    user: int
    day: date


class FreeScreen(Place[None]):
    """See the module. `who` are operators (nobody: one's own team), `when` the day it begins with; `about` names the
    record that is scheduled for."""

    OVER = True
    FOOTER = "free"
    SCOPES = ("app", "place", "free")
    OFFERS: ClassVar[frozenset[str]] = PLACE_OFFERS | {
        *("nav.up", "nav.down", "nav.left", "nav.right", "nav.last", "sel.toggle", "sel.all"),
        *("free.book", "free.slot", "free.who", "free.longer", "free.shorter"),
        *("free.prev", "free.next", "free.today", "free.goto"),
    }
    BINDINGS = keys(SCOPES, OFFERS)

    def __init__(
        self,
        who: Sequence[int] = (),
        when: date | None = None,
        minutes: int = free.USUAL,
        about: dict[str, Any] | None = None,
        **_: Any,
    ) -> None:
        super().__init__()
        self._wanted = tuple(who)
        self._begin = when
        self._length = minutes
        self._about = dict(about or {})
        self._said = ""
        self._users: list[UserRow] = []
        self._marks: set[int] = set()
        self._slot: int | None = None
        self._row = self._column = 0
        self._entries: dict[_Cell, list[Entry]] = {}
        self.grid = FreeGrid()
        self.pane = HoursPane()
        self._aside: Latest[Asked, Loaded] = Latest(self, self._ask, self._show)
        self._opened: Latest[_Cell, list[Entry]] = Latest(self, self._ask_cell, self._show_cell)

    # --- what is shown ------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        yield self.title_bar
        yield self.grid
        yield self.pane

    def on_mount(self) -> None:
        if reaches(self.crm, access.users):
            self._users = self.crm.read(access.users)
        self._about, self._said = still_open(self.shell, self._about)
        today = self.today
        self._first = self._begin or today
        self._people = chosen(
            self._users, self.crm.viewer, self._wanted or usual(self._users, self.crm.viewer)
        )
        self.loaded = Loaded(self._asked(), self.now, self.zone)
        self._fit()
        self.grid.focus()
        self.read()
        if self._said:
            self.tell(self._said)

    def on_resize(self) -> None:
        self._fit()
        if self.is_mounted and self.loaded.asked.span != self._count:
            self._column = min(self._column, self._count - 1)
            self.read()

    def _fit(self) -> None:
        rows = self.app.size.height
        self.pane.styles.height = PANE_ROWS + max(0, (rows - 24) // 3) if rows >= 24 else PANE_LOW

    @property
    def _count(self) -> int:
        return days_in(self.app.size.width)

    def _asked(self) -> Asked:
        joint = tuple(person.id for person in self._people if person.id in self._marks)
        every = tuple(person.id for person in self._people)
        shared = joint if len(joint) > 1 else every
        return Asked(self._people, self._first, self._count, self._length, shared)

    def read(self) -> None:
        self._entries.clear()
        self._aside.want(self._asked())
        self._aside.then(lambda: None)

    def _ask(self, asked: Asked) -> Loaded:
        """In the reading thread."""
        now, zone, users = self.now, self.zone, asked.users
        start, end = free.whole(asked.days[0], asked.days[-1], zone)
        after = max(now, free.instant_of(start))
        cells = self.crm.read(views.free_days, users, asked.days[0], asked.days[-1])
        joint = self.crm.read(views.slots, asked.joint, asked.length, after, windows=AHEAD)
        return Loaded(
            asked,
            now,
            zone,
            {(cell.user_id, cell.day): cell for cell in cells},
            self.crm.read(views.times, users, free.instant_of(start), free.instant_of(end)),
            self.crm.read(views.first_of_each, users, asked.length, after),
            joint[0] if joint else None,
        )

    def _show(self, asked: Asked, found: Loaded) -> None:
        self.loaded = found
        self._row = min(self._row, max(0, len(asked.people) - 1))
        self._column = min(self._column, asked.span - 1)
        self._draw()
        self.show_title()
        self.show_footer()

    def _draw(self) -> None:
        """Grid and hours as they are now; who takes a cell's time follows."""
        loaded = self.loaded
        if not loaded.asked.people or not loaded.cells:
            return
        self.grid.show(loaded.grid(self._row, self._column, self._marks))
        cell = _Cell(self._person.id, self._day)
        if cell not in self._entries:
            self._opened.want(cell)
        self._draw_hours()

    def _draw_hours(self) -> None:
        loaded, cell = self.loaded, _Cell(self._person.id, self._day)
        loaded.entries = {cell: self._entries.get(cell, [])}
        self.pane.show(loaded.hours(self._person, self._day, self._beside, self._proposed()))

    def _ask_cell(self, cell: _Cell) -> list[Entry]:
        """In the reading thread."""
        found: list[Entry] = self.crm.read(agendas.agenda, [cell.user], cell.day, cell.day)
        return [entry for entry in found if entry.busy]

    def _show_cell(self, cell: _Cell, found: list[Entry]) -> None:
        self._entries[cell] = found
        if cell == (self._person.id, self._day):
            self._draw_hours()

    @property
    def _person(self) -> Person:
        return self.loaded.asked.people[self._row]

    @property
    def _day(self) -> date:
        return self.loaded.asked.days[self._column]

    @property
    def _beside(self) -> list[Person]:
        """Whose hours are opened: the cursor's, and those who are marked, or oneself where nobody is."""
        with_it = self._marks or {self.crm.viewer.user_id}
        others = [each for each in self.loaded.asked.people if each.id in with_it and each != self._person]
        return [self._person, *others]

    def _proposed(self) -> int | None:
        """The slot that was gone to, if it lies on the cursor's day, or else the day's first one."""
        if self._slot is not None:
            local = free.instant_of(self._slot).astimezone(self.zone)
            if local.date() == self._day:
                return self._slot
        return self.loaded.slot([each.id for each in self._beside], self._day)

    def head(self) -> Title:
        asked = self.loaded.asked
        first, last = (formats.day_word(day, self.loaded.today) for day in (asked.days[0], asked.days[-1]))
        period = say(N_("{first} to {last}"), first=first, last=last)
        wide = self.app.size.width >= 76
        extra = (
            Run(f"{say(N_('for'))} " if wide else "", "muted"),
            Run(say(N_("{n} min"), n=self._length), "bright", True),
        )
        return Title(
            say_in("key", C_("key", "Free days")),
            f"{period}   {whose(self._users, self._people)}",
            marks=len(self._marks),
            extra=extra,
        )

    @property
    def marked(self) -> int:
        """The footer stays: the verbs for many are none of these people's."""
        return 0

    # --- the cursor ---------------------------------------------------------------------------------------

    def _move(self, rows: int, columns: int) -> None:
        if not self.loaded.cells:
            return
        self._slot = None
        column = self._column + columns
        if not 0 <= column < self.loaded.asked.span:
            self._shift(columns)
            return
        self._column = column
        self._row = min(max(0, self._row + rows), len(self.loaded.asked.people) - 1)
        self._draw()

    def action_nav_up(self) -> None:
        self._move(-1, 0)

    def action_nav_down(self) -> None:
        self._move(1, 0)

    def action_nav_left(self) -> None:
        self._move(0, -1)

    def action_nav_right(self) -> None:
        self._move(0, 1)

    def action_nav_last(self) -> None:
        self._move(len(self.loaded.asked.people), 0)

    def _shift(self, days: int) -> None:
        self._first += timedelta(days=days)
        self.read()

    def _to(self, day: date) -> None:
        """The cursor on a day, the period moved if it lies outside."""
        asked = self.loaded.asked
        if day in asked.days:
            self._column = asked.days.index(day)
            self._draw()
        else:
            self._first, self._column = day, 0
            self.read()

    def action_free_prev(self) -> None:
        self._slot = None
        self._shift(-self.loaded.asked.span)

    def action_free_next(self) -> None:
        self._slot = None
        self._shift(self.loaded.asked.span)

    def action_free_today(self) -> None:
        self._slot = None
        self._first, self._column = self.today, 0
        self.read()

    def action_free_goto(self) -> None:
        from crm_tui.screens.core.whose import WhichDay

        self.app.push_screen(WhichDay(), self._gone_to)

    def _gone_to(self, found: date | None) -> None:
        if found is not None:
            self._slot = None
            self._first, self._column = found.date() if isinstance(found, datetime) else found, 0
            self.read()

    # --- whose ----------------------------------------------------------------------------------------------

    def action_free_who(self) -> None:
        from crm_tui.screens.core.whose import Whose

        screen = Whose([person.id for person in self._people])
        refusal = screen.hindrance(self.shell)
        if refusal is not None:
            self.go("refusal", refusal=refusal)
            return
        self.app.push_screen(screen, self._whose_days)

    def _whose_days(self, users: list[int] | None) -> None:
        if users:
            self._people = chosen(self._users, self.crm.viewer, users)
            self._marks &= {person.id for person in self._people}
            self._row, self._slot = 0, None
            self.read()
            if len(users) > AT_MOST:
                self.tell(say(N_("{n} at most are shown: choose with O."), n=AT_MOST))

    def action_sel_toggle(self) -> None:
        if not self.loaded.cells:
            return
        self._marks ^= {self._person.id}
        self._slot = None
        self._row = min(self._row + 1, len(self.loaded.asked.people) - 1)
        self._draw()
        self.read()

    def action_sel_all(self) -> None:
        every = {person.id for person in self._people}
        self._marks = set() if self._marks == every else every
        self._slot = None
        self.read()

    def action_app_back(self) -> None:
        """One step: marks first."""
        if self._marks:
            self._marks.clear()
            self._slot = None
            self.read()
        else:
            super().action_app_back()

    # --- slots ----------------------------------------------------------------------------------------------

    def _lengthen(self, minutes: int) -> None:
        if minutes != self._length:
            self._length, self._slot = minutes, None
            self.read()

    def action_free_longer(self) -> None:
        self._lengthen(free.longer(self._length))

    def action_free_shorter(self) -> None:
        self._lengthen(free.shorter(self._length))

    def action_free_slot(self) -> None:
        """The first slot that they have in common; again: the one after."""
        if not self.loaded.cells:
            return
        after = self.now
        if self._slot is not None:
            after = max(after, free.instant_of(self._slot + self._length))
        people = [each.id for each in self._beside]
        found: list[datetime] = self.crm.read(views.slots, people, self._length, after)
        if not found:
            self.tell(
                say(
                    N_("No slot of {n} minutes in the next half year: try a shorter one with <."),
                    n=self._length,
                )
            )
            return
        self._slot = free.minute_of(found[0])
        self._to(found[0].astimezone(self.zone).date())

    def action_free_book(self) -> None:
        """Schedule there: in the proposed slot, or on the day where none is."""
        if not self.loaded.cells:
            return
        slot, now = self._proposed(), self.now.astimezone(self.zone).replace(tzinfo=None)
        people = [each.id for each in self._beside]
        given = {"who": people, "said": self._said, **self._about}
        if slot is None:
            self.go("schedule", when=echo(self._day, now, language()), **given)
            return
        start, end = (
            free.instant_of(minute).astimezone(self.zone).replace(tzinfo=None)
            for minute in (slot, slot + self._length)
        )
        until = f"{end:%H:%M}" if end.date() == start.date() else ""
        self.go("schedule", when=echo(start, now, language()), until=until, **given)

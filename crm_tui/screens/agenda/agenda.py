"""Agenda: day, week, month and list of one's own appointments, a colleague's, several people's. (B13-B17, B62, B63)

The screen owns cursor and period; grid, month and list only draw. One look is read per period, and again when somebody
changes the base.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.timer import Timer

from crm_tui.domain.agenda_view import entry_state, free_minutes
from crm_tui.domain.due import DueState
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.agenda import loaded as reads
from crm_tui.screens.agenda.columns import LEAST, Drawn, rows_for
from crm_tui.screens.agenda.loaded import Asked, Loaded, View
from crm_tui.screens.agenda.verbs import Verbs
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.place import PLACE_OFFERS
from crm_tui.ui import formats
from crm_tui.widgets.bare import Stacked
from crm_tui.widgets.bars import ROOMY, Title
from crm_tui.widgets.grid import GUTTER, TALL, AgendaGrid, Shown
from crm_tui.widgets.grid_layout import row_at
from crm_tui.widgets.looks import Run
from crm_tui.widgets.month import MonthSheet
from crm_tui.widgets.pane import Pane
from crm_tui.widgets.rows import Group

DIRECT: Final = 4
"""People whose agendas are read on the UI thread at most: a week of four takes under 5 ms; of more beside it."""
FOLDED: Final = 30
"""Rows of screen under which the break is one row."""
LONG: Final = 100


class AgendaScreen(Verbs):
    """See the module."""

    MODE = "3"
    FOOTER = "agenda"
    SCOPES = ("app", "place", "record", "agenda")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        {
            *PLACE_OFFERS,
            *("nav.up", "nav.down", "nav.left", "nav.right", "nav.first", "nav.last", "agenda.view"),
            *(
                "new.here",
                "rec.open",
                "rec.edit",
                "rec.note",
                "rec.schedule",
                "rec.redate",
                "rec.trail",
                "rec.menu",
            ),
            *("rec.free_days", "agenda.prev", "agenda.next", "agenda.today", "agenda.goto", "agenda.who"),
            *("agenda.day_next", "agenda.day_prev", "agenda.later", "agenda.earlier"),
            *("agenda.longer", "agenda.shorter", "agenda.done", "agenda.undone"),
        }
    )
    ASKS: ClassVar[dict[str, str]] = {"new.here": "book_appointment"}
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    AgendaScreen #work { height: 1fr; }
    AgendaScreen #rows { height: 1fr; }
    AgendaScreen #preview { height: 1; }
    AgendaScreen.-tall #preview { height: 7; }
    """

    def __init__(self, **_: Any) -> None:
        super().__init__()
        self.grid = AgendaGrid(id="grid")
        self.sheet = MonthSheet(id="month")
        self.preview = Pane(id="preview", gap=1, titled=True)
        self._turning: Timer | None = None
        self._opening = 8 * 60
        self._aside: Latest[Asked, Loaded] = Latest(self, self._read, lambda _, found: self._take(found))

    def body(self) -> ComposeResult:
        yield self.title_bar
        with Stacked(id="work"):
            yield self.grid
            yield self.sheet
            yield self.vlist
        yield self.preview

    def on_mount(self) -> None:
        self._shape()
        today = self.today
        view = View.WEEK if self.app.size.width >= ROOMY else View.DAY
        self.ask(Asked(view, today, (self.crm.viewer.user_id,)), home=True)
        self.to_now()
        self._moved()

    def on_resize(self) -> None:
        self._shape()
        self.draw_agenda()
        self.show_preview()

    def _shape(self) -> None:
        self.set_class(self.tall, "-tall")

    @property
    def tall(self) -> bool:
        """Whether the lower pane has room for more than a line."""
        return self.app.size.height >= TALL

    # --- reading ------------------------------------------------------------------------------------------

    def _read(self, asked: Asked) -> Loaded:
        return reads.read(self.crm, asked)

    def ask(self, asked: Asked, *, home: bool = False) -> None:
        if len(asked.users) <= DIRECT:
            self._aside.drop()
            self._take(self._read(asked), home=home)
            return
        self.loaded = Loaded(asked, names=reads.logins(self.crm))
        self.draw_agenda(home=home)
        self._aside.want(asked)
        self._aside.then(lambda: None)

    def read(self) -> None:
        asked = self.loaded.asked
        if len(asked.users) <= DIRECT:
            self._take(self._read(asked))
        else:
            self._aside.want(asked)

    def _take(self, found: Loaded, *, home: bool = False) -> None:
        self.loaded = found
        self.draw_agenda(home=home)
        self.show_preview()
        self._wait_for_turn()

    def _wait_for_turn(self) -> None:
        """One timer set to the next half hour, or to the next moment at which an appointment begins."""
        if self._turning is not None:
            self._turning.stop()
        now = self.now
        local = now.astimezone(self.zone)
        half = timedelta(
            minutes=30 - local.minute % 30, seconds=-local.second, microseconds=-local.microsecond
        )
        moments = [now + half]
        moments += [e.start_at for e in self.loaded.entries if e.start_at is not None and e.start_at > now]
        wait = (min(moments) - now).total_seconds()
        self._turning = self.set_timer(max(1.0, wait + 0.05), self._turned)

    def _turned(self) -> None:
        self.draw_agenda()
        self._wait_for_turn()

    # --- drawing ------------------------------------------------------------------------------------------

    def maker(self) -> Drawn:
        return Drawn(self.loaded, self.shell.look, self.now, self.zone, self.app.size.width)

    def draw_agenda(self, *, home: bool = False) -> None:
        made = self.maker()
        self.grid.display = self.gridded
        self.sheet.display = self.view is View.MONTH
        self.vlist.display = self.view is View.LIST
        if self.gridded:
            self._draw_grid(made, home=home)
        elif self.view is View.MONTH:
            monday = self.loaded.days[0]
            heads = [formats.weekday(monday + timedelta(days=n)) for n in range(7)]
            self.sheet.show(heads, made.month(), self.loaded.asked.day)
        else:
            self._draw_list(made)
        self.show_title()

    def draw_cursor(self) -> None:
        if self.gridded:
            self._show_grid()
        elif self.view is View.MONTH:
            self.sheet.to(self.loaded.asked.day)

    def _draw_grid(self, made: Drawn, *, home: bool) -> None:
        minute = self.minute
        self.rows = rows_for(self.loaded, self.zone, fold=self.app.size.height < FOLDED)
        self.drawn, self._opening = made.columns(self.rows), made.opening()
        if minute is not None:
            self.row = row_at(self.rows, minute)
        self.place_cursor()
        self._show_grid(home=home)

    def _show_grid(self, *, home: bool = False) -> None:
        fit = self._fit()
        self.first = max(0, min(self.first, self.column, len(self.drawn) - fit))
        if self.column >= self.first + fit:
            self.first = self.column - fit + 1
        shown = self.drawn[self.first : self.first + fit]
        local = self.now.astimezone(self.zone)
        today = next((n for n, column in enumerate(shown) if column.now is not None), None)
        self.grid.show(
            Shown(
                tuple(shown),
                tuple(self.rows),
                self.cursor(),
                self._opening,
                f"{local:%H:%M}" if today is not None else "",
                today,
                self.first > 0,
                self.first + fit < len(self.drawn),
            ),
            home=home,
        )

    def _fit(self) -> int:
        """How many columns stand side by side."""
        if self.view is View.WEEK:
            return len(self.drawn)
        return max(1, min(len(self.drawn), (self.app.size.width - GUTTER) // LEAST))

    def _draw_list(self, made: Drawn) -> None:
        self._listed = made.listed()
        groups: list[Group] = []
        for n, row in enumerate(self._listed):
            entry = self.loaded.find(row.key)
            assert entry is not None
            day = made.day_of(entry)
            label = formats.day_title(day, made.today)
            if groups and groups[-1].label == label:
                groups[-1] = Group(groups[-1].start, label, groups[-1].count + 1, 0, groups[-1].tone)
            else:
                tone = "today" if day == made.today else "muted" if day < made.today else "bright"
                groups.append(Group(n, label, 1, 0, tone))
        self.vlist.show([row.key for row in self._listed], groups)
        none = say(N_("No appointment in these days: n books one, pgdn goes on."))
        self.vlist.below(*([] if self._listed else [[Run(" "), Run(none, "muted")]]))

    def rested(self) -> None:
        self.show_preview()
        self.show_footer()

    def show_preview(self) -> None:
        """The appointment under the cursor; of a free half hour and of a day what is known of it."""
        from crm_tui.screens.agenda.brief import Brief

        self.preview.set_blocks(Brief(self, tall=self.tall).blocks())

    # --- title --------------------------------------------------------------------------------------------

    def head(self) -> Title:
        from crm_tui.screens.agenda.said import heading

        asked = self.loaded.asked
        wide = self.app.size.width >= LONG
        today = self.today
        view, days = heading(asked, today, wide=wide)
        names = [self.loaded.names.get(user, "?") for user in asked.users]
        whose = ", ".join(names[:3]) + (f" +{len(names) - 3}" if len(names) > 3 else "")
        said = [days, whose]
        if asked.past and asked.view is View.LIST:
            said.append(say(N_("with past ones")))
        if asked.deleted:
            said.append(say(N_("with deleted ones")))
        if len(said) > 2 and self.app.size.width < ROOMY:
            said.remove(days)  # what is shown besides is never cut
        return Title(
            view,
            "  ".join(part for part in said if part),
            extra=() if self._notice else tuple(self._extra(wide=wide)),
        )

    def _extra(self, *, wide: bool) -> list[Run]:
        """How many, how many of them overdue, and one's free hours until friday."""
        now, zone = self.now, self.zone
        if self.loaded.more:
            return []
        there = [e for e in self.loaded.once() if not e.deleted and e.state != "canceled"]
        if self.view is View.MONTH:
            month, made = self.loaded.asked.day.month, self.maker()
            there = [e for e in there if made.day_of(e).month == month]
        late = sum(entry_state(e, now, zone) is DueState.OVERDUE for e in there)
        count = say_n("{n} appointment", "{n} appointments", len(there)) if wide else str(len(there))
        runs = [Run(count, "text", True)]
        if late:
            runs += [Run("   "), Run(say_n("{n} overdue", "{n} overdue", late), "overdue")]
        return [*runs, *self._free(now, wide=wide)]

    def _free(self, now: datetime, *, wide: bool) -> list[Run]:
        """Working hours that nobody took yet, from now until the last working day of the week; of one person."""
        asked = self.loaded.asked
        if asked.view is not View.WEEK or len(asked.users) > 1 or self.app.size.width < ROOMY:
            return []
        user, days = asked.users[0], [d for d in self.loaded.days if d.weekday() < 5]
        left = free_minutes(
            [(day, self.loaded.work(user, day, self.zone)) for day in days],
            self.loaded.entries,
            now,
            self.zone,
        )
        if not left:
            return []
        from crm_tui.screens.agenda.said import hours

        friday = formats.weekday(days[-1])
        told = say(N_("{time} free until {day}"), time=hours(left), day=friday) if wide else ""
        return [Run("   "), Run(told or say(N_("{time} free"), time=hours(left)), "open")]

    # --- coming here --------------------------------------------------------------------------------------

    def arrive(self, *, activity: int | None = None, day: Any = None, users: Any = None, **_: Any) -> None:
        """Come here from elsewhere: to an appointment, to a day, to somebody's agenda."""
        asked = self.loaded.asked
        if users:
            asked = asked._replace(users=tuple(users))
        if asked != self.loaded.asked:
            self.ask(asked)
        if day is not None:
            self.to_day(day)
        if activity is not None:
            self.key = activity
            self.place_cursor()
            self._moved()

    # --- mouse --------------------------------------------------------------------------------------------

    def on_grid_picked(self, event: AgendaGrid.Picked) -> None:
        self.column, self.row, self.key = self.first + event.column, event.row, event.key
        self._moved()
        if event.again:
            self.action_rec_open()

    def on_month_picked(self, event: MonthSheet.Picked) -> None:
        self.to_day(event.day)
        if event.again:
            self.action_rec_open()

    def on_vlist_opened(self) -> None:
        self.action_rec_open()

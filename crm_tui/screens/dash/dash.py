"""Painel: one's own day and week, or the team's, in numbers and small charts that open into the rows behind them. (M76)

Everything is read at once in the reading thread; what changes is read anew, and only the rows of cells that differ are
sent. Where a number leads is `leads`, how it looks `page`.
"""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.strip import Strip
from textual.timer import Timer

from crm_tui.domain.dash import Dash
from crm_tui.domain.due import DueFacts
from crm_tui.i18n import N_, say, say_in
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.menus import Item, MenuScreen, copied
from crm_tui.screens.core.place import PLACE_OFFERS, Place
from crm_tui.screens.dash import page
from crm_tui.screens.dash.leads import Lead, Leads, leads
from crm_tui.services.dash import views
from crm_tui.ui import formats
from crm_tui.widgets.bars import Title
from crm_tui.widgets.charts import Charts
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, paint

AIRY = 30
"""From so many rows there is room for a row that says what is under the cursor."""


class Meaning(Lines):
    """What is under the cursor, in a row above the footer where there is room."""

    DEFAULT_CSS = "Meaning { height: 1; width: 100%; }"
    words = ""

    def show(self, words: str) -> None:
        """Say this."""
        self.words = words
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        return [paint(self.look, [Run(" "), Run(self.look.cut(self.words, width - 2), "muted")], width)]


class DashScreen(Place[None]):
    """See the module."""

    MODE = "5"
    FOOTER = "dash"
    SCOPES = ("app", "place", "record")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        {
            *PLACE_OFFERS,
            *("nav.up", "nav.down", "nav.left", "nav.right", "nav.first", "nav.last"),
            *("nav.page_up", "nav.page_down", "view.arrange", "rec.open", "rec.copy", "rec.free_days"),
        }
    )
    BINDINGS = keys(SCOPES, OFFERS)

    def __init__(self, **_: Any) -> None:
        super().__init__()
        self.team = False
        self.dash: Dash | None = None
        self.leads: Leads = {}
        self.charts = Charts(id="charts")
        self.meaning = Meaning()
        self._asking: Latest[bool, Dash] = Latest(self, self._ask, lambda _, found: self._show(found))
        self._turning: Timer | None = None

    def body(self) -> ComposeResult:
        yield self.title_bar
        yield self.charts
        yield self.meaning

    def on_mount(self) -> None:
        self.on_resize()
        self.read()

    def on_resize(self) -> None:
        self.meaning.display = self.app.size.height >= AIRY

    # --- what is shown

    def read(self) -> None:
        """Everything, in the reading thread; the first keys wait for the first look."""
        self._asking.want(self.team)
        if self.dash is None:
            self._asking.then(lambda: None)

    def _ask(self, team: bool) -> Dash:
        found: Dash = self.crm.read(views.dash, team=team)
        return found

    def _show(self, found: Dash) -> None:
        self.dash, self.leads = found, leads(found)
        self.charts.show(page.page(self.shell.look, found))
        self.show_title()
        self.on_charts_moved()
        self._wait_for_turn(found)

    def retold(self) -> None:
        super().retold()
        if self.dash is not None:
            self._show(self.dash)

    def _wait_for_turn(self, dash: Dash) -> None:
        """One timer set to the next moment at which a number changes by itself: an hour that comes, or midnight."""
        if self._turning is not None:
            self._turning.stop()
        moments = [each.end_at for each in dash.commitments if each.end_at > dash.now]
        moments += [
            formats.next_change(DueFacts(start_at=each.start_at), dash.now, dash.zone) for each in dash.coming
        ]
        moments.append(formats.next_change(DueFacts(), dash.now, dash.zone))
        wait = min((moment - self.now).total_seconds() for moment in moments)
        self._turning = self.set_timer(max(1.0, min(wait + 0.05, 3600.0)), self.changed)

    def head(self) -> Title:
        if self.dash is None:
            return Title(say(N_("My week")))
        name, said = page.title(self.dash)
        at = say(N_("at {time}"), time=formats.clock(self.dash.now, self.dash.zone))
        return Title(name, said, extra=(Run(at, "muted"),))

    # --- moving

    def on_charts_moved(self) -> None:
        """Say what is under the cursor now: of a figure what its bars are, of a row what opens."""
        said = page.meant(self.charts.page, self.charts.key)
        found = self.leads.get(self.charts.key, ())
        self.meaning.show(said or ", ".join(lead.said for lead in found if lead.rows))

    def action_nav_up(self) -> None:
        self.charts.step(0, -1)

    def action_nav_down(self) -> None:
        self.charts.step(0, 1)

    def action_nav_left(self) -> None:
        self.charts.step(-1, 0)

    def action_nav_right(self) -> None:
        self.charts.step(1, 0)

    def action_nav_first(self) -> None:
        self.charts.end(False)

    def action_nav_last(self) -> None:
        self.charts.end(True)

    def action_nav_page_up(self) -> None:
        self.charts.turn(-1)

    def action_nav_page_down(self) -> None:
        self.charts.turn(1)

    def action_focus_next(self) -> None:
        self.charts.hop(1)

    def action_focus_prev(self) -> None:
        self.charts.hop(-1)

    # --- opening

    def on_charts_opened(self) -> None:
        self.action_rec_open()

    def action_rec_open(self) -> None:
        """The rows behind the number under the cursor; of two numbers it is asked which."""
        found = [lead for lead in self.leads.get(self.charts.key, ()) if lead.rows]
        if not found:
            self.tell(say(N_("Nothing is behind this number: it is nought.")))
        elif len(found) == 1:
            self._follow(found[0])
        else:
            items = [
                Item(lead.said, formats.number(lead.rows), partial(self._follow, lead), key=str(n))
                for n, lead in enumerate(found[:9], 1)
            ]
            self.app.push_screen(MenuScreen(say_in("key", "Open"), items))

    def _follow(self, lead: Lead) -> None:
        self.go(lead.place, **lead.args)

    def action_rec_copy(self) -> None:
        """The numbers as text, to the terminal's clipboard."""
        if self.dash is not None:
            heading = "  ".join(page.title(self.dash))
            copied(self.shell, page.as_text(self.charts.page, heading))

    def action_view_arrange(self) -> None:
        """Whose numbers: one's own, or the team's for whoever reads them."""
        teams = self.dash is not None and self.dash.teams
        items = [
            Item(say(N_("_My numbers")), say(N_("now")) if not self.team else "", partial(self._of, False)),
            Item(
                say(N_("Those of my _team")),
                (say(N_("now")) if self.team else "") if teams else say(N_("you read no other's cards")),
                partial(self._of, True) if teams else None,
            ),
        ]
        self.app.push_screen(MenuScreen(say_in("key", "Arrange"), items))

    def _of(self, team: bool) -> None:
        self.team = team
        self.read()

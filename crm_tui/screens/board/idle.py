"""`o g` on a card: which event last reset its clock, by whom and when, and what the stage allows. (K8-K10)"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from crm_tui.domain.board import CardDetail
from crm_tui.domain.moving import Idle
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.board.forms import Chosen
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.services.board import journeys, views
from crm_tui.ui import formats
from crm_tui.ui.sentences import sentence
from crm_tui.widgets.looks import Run, clean
from crm_tui.widgets.pane import Line, Pane, lay
from crm_tui.widgets.sheet import TEXT_CELLS, WIDE

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell


def why_idle(shell: Shell, cards: Sequence[Chosen]) -> IdleScreen | None:
    """The sheet about the first of the cards; None if it is gone or hidden."""
    if not cards:
        return None
    card: CardDetail | None = shell.crm.read(views.detail, cards[0][0])
    idle: Idle | None = shell.crm.read(journeys.idle, cards[0][0])
    return IdleScreen(card, idle) if card is not None and idle is not None else None


class IdleScreen(SheetScreen[None]):
    """A few sentences; any closing key closes."""

    FOOTER = "menu"
    SCOPES = ("app", "menu")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("menu.close",))
    BINDINGS = keys(SCOPES, OFFERS)

    def __init__(self, card: CardDetail, idle: Idle) -> None:
        super().__init__()
        self.card, self.idle = card, idle
        self.pane = Pane(ground="raised", gap=0)
        self._lines: list[Line] = []

    def content(self) -> ComposeResult:
        glyph = self.shell.look.glyph("stale")
        heading = say(N_("Why it stands still"))
        yield SheetTitle(
            f"{glyph} {heading}" if self.idle.stale else heading,
            f"{self.card.number}  {clean(self.card.party or self.card.title)}",
        )
        self._lines = [Line((Run(text, tone),)) for text, tone in self._sentences()]
        width = self.app.size.width - 1
        room = width if width < WIDE else TEXT_CELLS + 2
        self.pane.styles.height = sum(len(lay(self.shell.look, line, room)) for line in self._lines)
        yield self.pane

    def on_mount(self) -> None:
        self.pane.set_blocks([self._lines])

    def _sentences(self) -> list[tuple[str, str]]:
        idle, days = self.idle, self.idle.days
        since = say(N_("Updated today.")) if days == 0 else _days(days)
        if idle.limit is None:
            allowed = say(N_("{stage} has no limit of days."), stage=clean(self.card.stage))
        else:
            allowed = say_n(
                "{stage} tells from {n} day on.",
                "{stage} tells from {n} days on.",
                idle.limit,
                stage=clean(self.card.stage),
            )
        told = [(f"{since} {allowed}", "stale" if idle.stale else "text"), (self._last(), "text")]
        if idle.held_until is not None:
            until = formats.day_word(idle.held_until, self.today)
            told.append((say(N_("The next step, {day}, holds the days until then."), day=until), "text"))
        told.append((say(N_("A note, a comment, a step, another stage or field is an update.")), "muted"))
        return told

    def _last(self) -> str:
        """Who did what, and when."""
        idle, ascii = self.idle, self.shell.look.ascii
        at = formats.stamp(idle.touched_at, self.now, self.zone)
        what = clean(sentence(idle.kind, idle.params, self.now, self.zone, ascii=ascii)) if idle.kind else ""
        who = clean(idle.who or "")
        return say(N_("Last update: {what}"), what=", ".join(filter(None, (at, who, what))))

    def action_menu_close(self) -> None:
        self.dismiss(None)


def _days(days: int) -> str:
    return say_n("No update for {n} day.", "No update for {n} days.", days)

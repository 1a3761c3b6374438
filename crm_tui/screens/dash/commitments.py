"""The appointments behind a number of Painel, by date and agreed hour: of some days, one's own or the team's. (M76)"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.strip import Strip

from crm_tui.domain.dash import Commitment, Kept
from crm_tui.i18n import N_, say, say_in
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.place import PLACE_OFFERS, Place
from crm_tui.screens.dash.page import KEPT_WORDS
from crm_tui.services.dash import views
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.bars import Title
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.rows import RowPainter
from crm_tui.widgets.vlist import VList

SIGNS: Final = {Kept.HELD: "closed", Kept.MISSED: "off", Kept.OVER: "overdue", Kept.COMING: "open"}
TONES: Final = {Kept.HELD: "muted", Kept.MISSED: "text", Kept.OVER: "overdue", Kept.COMING: "open"}
_WHEN, _WHO, _STATE, _NUMBER, _WHOSE = 19, 22, 15, 9, 8
_WIDE = 100


class CommitmentPainter(RowPainter[Commitment]):
    """When (`sex 20 09:30-10:30`), whom, what, what became of it; of the team's, whose it is, and from 100 cells on the
    card's number."""

    def __init__(
        self, now: datetime | None = None, zone: tzinfo | None = None, *, team: bool = False
    ) -> None:
        self.now, self.zone, self.team = now, zone, team

    def stamp(self, row: Commitment) -> Hashable:
        return row, row.kept(self.now) if self.now is not None else None

    def paint(
        self, look: Look, row: Commitment, width: int, *, cursor: bool, marked: bool, focused: bool
    ) -> Strip:
        assert self.now is not None
        assert self.zone is not None
        kept = row.kept(self.now)
        day, tone = row.day(self.zone), TONES[kept]
        hours = f"{formats.clock(row.start_at, self.zone)}-{formats.clock(row.end_at, self.zone)}"
        number = _NUMBER if width >= _WIDE else 0
        whose = _WHOSE if self.team else 0
        what = max(0, width - 5 - _WHEN - _WHO - _STATE - number - whose - 1)
        subject = row.subject or row.action
        said = say(KEPT_WORDS[kept])
        runs = [
            Run(look.glyph("bar") if cursor and focused else " ", "accent"),
            Run("  "),
            Run(look.glyph(SIGNS[kept]), tone, kept is Kept.COMING),
            Run(" "),
            Run(look.pad(f"{formats.weekday(day)} {day:%d} {hours}", _WHEN), tone, kept is Kept.COMING),
            *_cell(look, row.party or subject, _WHO if row.party else _WHO + what, "bright", cursor),
            *(_cell(look, subject, what, "text") if row.party else []),
            *(_cell(look, row.whose, whose, "muted") if whose else []),
            *(_cell(look, row.number or "", number, "muted") if number else []),
            *_cell(look, said, _STATE, "muted"),
        ]
        return paint(look, runs, width, ground_of(cursor=cursor, marked=marked, focused=focused))


def _cell(look: Look, text: str, room: int, fg: str, bold: bool = False) -> list[Run]:
    shown = look.cut(clean(text), max(0, room - 1))
    return [Run(shown, fg, bold), Run(" " * (room - cells(shown)), fg)]


class CommitmentsScreen(Navigates, Place[None]):
    """See the module. `first` and `last` are civil days of the reader's."""

    OVER = True
    FOOTER = "dash"
    SCOPES = ("app", "place", "record")
    OFFERS: ClassVar[frozenset[str]] = PLACE_OFFERS | NAV | {"rec.open"}
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = "CommitmentsScreen VList { height: 1fr; }"

    def __init__(self, *, first: date, last: date, team: bool = False, **_: Any) -> None:
        super().__init__()
        self.first, self.last, self.team = first, last, team
        self._rows: list[Commitment] = []
        self.vlist: VList[Commitment] = VList(self._fetch, CommitmentPainter(), id="rows")

    def body(self) -> ComposeResult:
        yield self.title_bar
        yield self.vlist

    def target(self) -> VList[Commitment]:
        return self.vlist

    def on_mount(self) -> None:
        self.read()
        self.vlist.focus()

    def read(self) -> None:
        self._rows = self.crm.read(views.commitments, self.first, self.last, team=self.team)
        self.vlist.painter = CommitmentPainter(self.now, self.zone, team=self.team)
        self.vlist.show([row.id for row in self._rows])
        told = say(N_("Nothing with an agreed hour on these days."))
        self.vlist.below(*([] if self._rows else [[Run("   "), Run(told, "bright", True)]]))
        self.show_title()
        self.show_footer()

    def _fetch(self, start: int, count: int) -> Sequence[Commitment]:
        return self._rows[start : start + count]

    def head(self) -> Title:
        today = self.today
        days = formats.day_near(self.first, today)
        if self.last != self.first:
            first, last = formats.day_word(self.first, today), formats.day_word(self.last, today)
            days = say(N_("{first} to {last}"), first=first, last=last)
        whose = say(N_("of the team")) if self.team else say_in("whose", "mine")
        return Title(say(N_("Appointments")), f"{whose}  {days}", count=len(self._rows))

    @property
    def hinted(self) -> frozenset[str]:
        return self.OFFERS if self.vlist.row is not None else self.OFFERS - {"rec.open"}

    def on_vlist_moved(self) -> None:
        self.show_footer()

    def on_vlist_opened(self) -> None:
        self.action_rec_open()

    def action_rec_open(self) -> None:
        """The card that it is about, else the person; one that is about nothing, in the agenda."""
        row = self.vlist.row
        if row is not None and row.card_id is not None:
            self.go("card", card=row.card_id)
        elif row is not None and row.party_id is not None:
            self.go("person", party=row.party_id)
        elif row is not None:
            self.go("agenda", users=row.users[:1], day=row.day(self.zone), activity=row.id)

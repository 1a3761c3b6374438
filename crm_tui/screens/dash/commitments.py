"""The appointments behind a number of Painel, by date and agreed hour: of some days, one's own or the team's. (M76)"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, datetime, tzinfo
from typing import Any, ClassVar, Final

from textual.strip import Strip

from crm_tui.domain.dash import Commitment, Kept
from crm_tui.i18n import N_, say, say_in
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.navigate import NAV
from crm_tui.screens.core.one_list import OneList
from crm_tui.screens.core.place import PLACE_OFFERS
from crm_tui.screens.dash.page import KEPT_WORDS
from crm_tui.services.dash import views
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.bars import Title
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.rows import RowPainter

SIGNS: Final = {Kept.HELD: "closed", Kept.MISSED: "off", Kept.OVER: "overdue", Kept.COMING: "open"}
TONES: Final = {Kept.HELD: "muted", Kept.MISSED: "text", Kept.OVER: "overdue", Kept.COMING: "open"}
_WHEN, _WHO, _STATE, _NUMBER, _WHOSE = 19, 22, 15, 9, 8
_WIDE = 100


class CommitmentPainter(RowPainter[Commitment]):
    """When (`sex 20 09:30-10:30`), whom, what, what became of it; of the team's, whose it is, and from 100 cells on the
    card's number."""

    def __init__(self, now: datetime, zone: tzinfo, *, team: bool = False) -> None:
        self.now, self.zone, self.team = now, zone, team

    def stamp(self, row: Commitment) -> Hashable:
        return row, row.kept(self.now)

    def paint(
        self, look: Look, row: Commitment, width: int, *, cursor: bool, marked: bool, focused: bool
    ) -> Strip:
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


class CommitmentsScreen(OneList[Commitment]):
    """See the module. `first` and `last` are civil days of the reader's."""

    FOOTER = "dash"
    OFFERS: ClassVar[frozenset[str]] = PLACE_OFFERS | NAV | {"rec.open"}
    BINDINGS = keys(OneList.SCOPES, OFFERS)
    NOTHING = N_("Nothing with an agreed hour on these days.")

    def __init__(self, *, first: date, last: date, team: bool = False, **_: Any) -> None:
        super().__init__()
        self.first, self.last, self.team = first, last, team

    def found(self) -> list[Commitment]:
        rows: list[Commitment] = self.crm.read(views.commitments, self.first, self.last, team=self.team)
        return rows

    def key_of(self, row: Commitment) -> int:
        return row.id

    def painter(self) -> CommitmentPainter:
        return CommitmentPainter(self.now, self.zone, team=self.team)

    def head(self) -> Title:
        today = self.today
        days = formats.day_near(self.first, today)
        if self.last != self.first:
            first, last = formats.day_word(self.first, today), formats.day_word(self.last, today)
            days = say(N_("{first} to {last}"), first=first, last=last)
        whose = say(N_("of the team")) if self.team else say_in("whose", "mine")
        return Title(say(N_("Appointments")), f"{whose}  {days}", count=len(self.rows))

    def action_rec_open(self) -> None:
        """The card that it is about, else the person; one that is about nothing, in the agenda."""
        row = self.vlist.row
        if row is not None and row.card_id is not None:
            self.go("card", card=row.card_id)
        elif row is not None and row.party_id is not None:
            self.go("person", party=row.party_id)
        elif row is not None:
            self.go("agenda", users=row.users[:1], day=row.day(self.zone), activity=row.id)

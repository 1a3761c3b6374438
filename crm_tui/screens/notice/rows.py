"""How a card whose stage is late or near looks in the list of notices.

Cells of a row: 0 bar, 2 sign, 4 when (12), whom it is about (18), what (the rest), then stage (15), who answers for it
there (9), whether it is new (5), margin.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import UTC, date, tzinfo
from typing import Final

from textual.strip import Strip

from crm_tui.domain.board import late
from crm_tui.domain.notice import TOLD_NAMES, AgendaNotice, DueCard, Told
from crm_tui.i18n import C_, N_, say, say_in
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.rows import Group, RowPainter

WIDE: Final = 76
"""Under so many cells the stage's owner goes; what the card is about where less than 8 are left for it."""
_WHAT_LEAST: Final = 8
_DAYS_MOST: Final = 99
_NEW: Final = C_("notice", "new")
_WHEN, _WHO, _STAGE, _OWNER = 12, 18, 15, 9
_HOUR, _DID = 9, 24


class NoticePainter(RowPainter[DueCard | AgendaNotice]):
    """Paints cards as they stand on `today`, and appointments with their hours in `zone`."""

    def __init__(self, today: date, zone: tzinfo = UTC) -> None:
        self.today = today
        self.zone = zone

    def stamp(self, row: DueCard | AgendaNotice) -> Hashable:
        return row, self.today, self.zone

    def paint(
        self,
        look: Look,
        row: DueCard | AgendaNotice,
        width: int,
        *,
        cursor: bool,
        marked: bool,
        focused: bool,
    ) -> Strip:
        if isinstance(row, AgendaNotice):
            runs = self._appointment(look, row, width, bar=cursor and focused)
            return paint(look, runs, width, ground_of(cursor=cursor, marked=marked, focused=focused))
        new = say_in("notice", _NEW) if row.notice else ""
        wide = width >= WIDE
        days = late(row.due_on, self.today)
        when = formats.day_near(row.due_on, self.today) if days is None else self._since(days)
        tone = "overdue" if days is not None else "today"
        fixed = 4 + _WHEN + _WHO + _STAGE + (_OWNER if wide else 0) + cells(say_in("notice", _NEW)) + 3
        what = max(0, width - fixed)
        who, what = (_WHO, what) if what >= _WHAT_LEAST else (_WHO + what, 0)
        runs = [
            Run(look.glyph("bar") if cursor and focused else " ", "accent"),
            Run(f" {look.glyph('late') if days is not None else look.glyph('today')} ", tone),
            Run(look.pad(look.cut(when, _WHEN - 1), _WHEN), tone),
            Run(_cell(look, clean(row.party or row.title), who), "bright", bool(row.notice)),
            Run(_cell(look, clean(row.title if row.party else row.number), what), "text"),
            Run(_cell(look, clean(row.stage), _STAGE), "text"),
        ]
        if wide:
            runs.append(Run(_cell(look, clean(row.owner or look.glyph("dash")), _OWNER), "muted"))
        runs.append(Run(new, "accent", True))
        return paint(look, runs, width, ground_of(cursor=cursor, marked=marked, focused=focused))

    def _appointment(self, look: Look, row: AgendaNotice, width: int, *, bar: bool) -> list[Run]:
        """`qua 02/12 14:00  carla convidou você  Reunião  novo`: the columns of a card, the hour behind the day."""
        new = say_in("notice", _NEW)
        start = row.start_at.astimezone(self.zone) if row.start_at is not None else None
        when = formats.day_near(start.date() if start is not None else row.due_on, self.today)
        hour = formats.clock(start, self.zone) if start is not None else say(N_("all day"))
        did = f"{row.by} {say_in('notice', TOLD_NAMES[row.what])}"
        room = _HOUR if width >= WIDE else 0
        what = max(0, width - 4 - _WHEN - room - _DID - cells(new) - 3)
        about = row.subject if row.party in (None, row.subject) else f"{row.subject} · {row.party}"
        tone = "overdue" if row.what in (Told.CANCELED, Told.DECLINED) else "today"
        return [
            Run(look.glyph("bar") if bar else " ", "accent"),
            Run(f" {look.glyph('today')} ", tone),
            Run(look.pad(look.cut(when, _WHEN - 1), _WHEN), tone),
            Run(_cell(look, hour, room), tone),
            Run(_cell(look, did, _DID), "bright", True),
            Run(_cell(look, clean(about), what), "text"),
            Run(new, "accent", True),
        ]

    @staticmethod
    def _since(days: int) -> str:
        """`há 3 dias`; what would not fit is said without the words."""
        return formats.days_ago(days) if days <= _DAYS_MOST else formats.days_short(days)

    def group(self, look: Look, group: Group, width: int) -> Strip:
        count = formats.number(group.count)
        return paint(look, [Run("  "), Run(group.label, group.tone, True), Run(f" {count}", "muted")], width)


def _cell(look: Look, text: str, room: int) -> str:
    return look.pad(look.cut(text, max(0, room - 1)), room)

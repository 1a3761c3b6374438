"""How the preview of a calendar file is drawn: one event of it, and what becomes of it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import tzinfo
from typing import Final, NamedTuple

from textual.strip import Strip

from crm_tui.domain.ics import IcsEvent, IcsFile
from crm_tui.i18n import C_, N_, Text, say, say_in, say_n
from crm_tui.services.agenda.judging import Judged, Verdict
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.pane import wrap
from crm_tui.widgets.rows import RowPainter

BROKEN: Final = "error"
VERDICTS: Final = {
    Verdict.NEW.value: ("open", "open", C_("event", "new")),
    Verdict.UPDATE.value: ("leads", "internal", C_("event", "changes")),
    Verdict.CANCEL.value: ("off", "today", C_("event", "called off")),
    Verdict.UNCHANGED.value: ("closed", "closed", C_("event", "known")),
    Verdict.SKIPPED.value: ("none", "muted", C_("event", "left out")),
    BROKEN: ("overdue", "overdue", C_("event", "error")),
}
"""Glyph, role and word of each."""
WORD: Final = 13
LINE: Final = 6
WHEN: Final = 16
NAME: Final = 16
"""Of the title, under `ROOMY` cells."""
NAME_ROOMY: Final = 24
ROOMY: Final = 76


class EventRow(NamedTuple):
    """One event of the file as it is shown; a broken one has no `event`."""

    number: int
    line: int
    title: str
    verdict: str
    why: Text | None
    event: IcsEvent | None
    times: int


def rows_of(file: IcsFile, judged: Sequence[Judged]) -> list[EventRow]:
    """Every event of a file in its order, broken ones among them; what was taken with a change says so."""
    notices = {notice.line: notice.reason for notice in file.notices}
    found: list[tuple[int, str, str, Text | None, IcsEvent | None, int]] = [
        (r.event.line, r.event.summary, r.verdict.value, r.why or notices.get(r.event.line), r.event, r.times)
        for r in judged
    ]
    found += [(f.line, f.title, BROKEN, f.reason, None, 0) for f in file.faults]
    return [EventRow(n, *row) for n, row in enumerate(sorted(found, key=lambda row: row[0]))]


def counted(verdict: str, n: int) -> str:
    """`27 novos`, `1 erro`."""
    shown = formats.number(n)
    match verdict:
        case Verdict.NEW:
            return say_n("{shown} new", "{shown} new", n, shown=shown)
        case Verdict.UPDATE:
            return say_n("{shown} changes", "{shown} change", n, shown=shown)
        case Verdict.CANCEL:
            return say_n("{shown} called off", "{shown} called off", n, shown=shown)
        case Verdict.UNCHANGED:
            return say_n("{shown} known", "{shown} known", n, shown=shown)
        case Verdict.SKIPPED:
            return say_n("{shown} left out", "{shown} left out", n, shown=shown)
    return say_n("{shown} error", "{shown} errors", n, shown=shown)


class EventPainter(RowPainter[EventRow]):
    """Paints events: verdict, line, when, title, and how often it comes or why not."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self.zone = zone

    def stamp(self, row: EventRow) -> Hashable:
        return row.number, row.verdict

    def paint(
        self, look: Look, row: EventRow, width: int, *, cursor: bool, marked: bool, focused: bool
    ) -> Strip:
        """See `RowPainter.paint`."""
        glyph, tone, word = VERDICTS[row.verdict]
        bar = look.glyph("bar") if cursor and focused else " "
        runs = [
            Run(bar, "accent"),
            Run(" "),
            Run(look.pad(f"{look.glyph(glyph)} {say_in('event', word)}", WORD), tone),
            Run(formats.number(row.line).rjust(LINE), "muted"),
            Run("  "),
            Run(look.pad(self._when(row), WHEN), "muted"),
            Run(
                look.pad(clean(row.title), _name(width)),
                "bright" if row.event is not None else "muted",
                cursor,
            ),
            Run("  "),
        ]
        room = _room(width)
        ground = ground_of(cursor=cursor, marked=marked, focused=focused)
        return paint(look, [*runs, Run(look.cut(told(row), room), _tone(row))], width, ground)

    def _when(self, row: EventRow) -> str:
        event = row.event
        if event is None:
            return ""
        day = f"{event.first_on:%d/%m/%y}"
        return day if event.start is None else f"{event.start.astimezone(self.zone):%d/%m/%y %H:%M}"

    def head(self, look: Look, width: int) -> Strip:
        """The column headings."""
        line = look.pad(say(N_("line")), LINE, right=True)
        head = f"  {look.pad(say(N_('becomes')), WORD)}{line}  {look.pad(say(N_('When')), WHEN)}"
        head += look.pad(say(N_("Subject")), _name(width)) + "  " + say(N_("how often, or why not"))
        return paint(look, [Run(head, "muted")], width)


def _name(width: int) -> int:
    return NAME_ROOMY if width >= ROOMY else NAME


def _room(width: int) -> int:
    """Cells that are left for what is said of an event."""
    return max(0, width - WORD - LINE - WHEN - _name(width) - 6)


def _tone(row: EventRow) -> str:
    if row.verdict == BROKEN:
        return "overdue"
    return "today" if row.why is not None else "text"


def told(row: EventRow) -> str:
    """Why not, or what to look at; of a series that is new how often it comes as far as it is made."""
    if row.why is not None:
        return say(row.why)
    return say_n("{n} time", "{n} times", row.times) if row.times else ""


def whole(row: EventRow, width: int) -> list[list[Run]]:
    """What a row says, wrapped for the room under the rows; nothing if it has its place in the row."""
    words = told(row)
    if not words or cells(words) <= _room(width):
        return []
    return [[], *([Run("  "), *line] for line in wrap([Run(words, _tone(row))], max(1, width - 4)))]

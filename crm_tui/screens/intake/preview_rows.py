"""How the preview of an import is drawn: one row of the file, and what becomes of it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from textual.strip import Strip

from crm_tui.domain.party import ContactKind
from crm_tui.i18n import C_, N_, say, say_in, say_n
from crm_tui.services.intake.plan import Judged, Planned, Point, Verdict
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.pane import wrap
from crm_tui.widgets.rows import RowPainter

VERDICTS: Final = {
    Verdict.NEW: ("open", "open", C_("verdict", "new")),
    Verdict.UPDATE: ("leads", "internal", C_("verdict", "adds")),
    Verdict.DUPLICATE: ("closed", "closed", C_("verdict", "known")),
    Verdict.ERROR: ("overdue", "overdue", C_("verdict", "error")),
}
"""Glyph, role and word of each."""
WORD: Final = 11
LINE: Final = 6
NAME: Final = 22
REACH: Final = 16
"""A telephone; an address is cut to it under `WIDE` cells."""
REACH_WIDE: Final = 30
WIDE: Final = 100
ROOMY: Final = 76


def counted(verdict: Verdict, n: int) -> str:
    """`27 novos`, `1 erro`."""
    shown = formats.number(n)
    match verdict:
        case Verdict.NEW:
            return say_n("{shown} new", "{shown} new", n, shown=shown)
        case Verdict.UPDATE:
            return say_n("{shown} adds", "{shown} add", n, shown=shown)
        case Verdict.DUPLICATE:
            return say_n("{shown} known", "{shown} known", n, shown=shown)
        case Verdict.ERROR:
            return say_n("{shown} error", "{shown} errors", n, shown=shown)


class PreviewPainter(RowPainter[Planned]):
    """Paints `Planned` rows: verdict, line, who, how to reach them, what comes or why not."""

    def stamp(self, row: Planned) -> Hashable:
        return row.contact.line, row.judged.verdict

    def paint(
        self, look: Look, row: Planned, width: int, *, cursor: bool, marked: bool, focused: bool
    ) -> Strip:
        """See `RowPainter.paint`."""
        glyph, tone, word = VERDICTS[row.judged.verdict]
        bar = look.glyph("bar") if cursor and focused else " "
        line = formats.number(row.contact.line).rjust(LINE)
        runs = [
            Run(bar, "accent"),
            Run(" "),
            Run(look.pad(f"{look.glyph(glyph)} {say_in('verdict', word)}", WORD), tone),
            Run(line, "muted"),
            Run("  "),
        ]
        ground = ground_of(cursor=cursor, marked=marked, focused=focused)
        room = width - WORD - LINE - 5
        return paint(look, [*runs, *self._who(look, row, room, width, cursor)], width, ground)

    @staticmethod
    def _who(look: Look, row: Planned, room: int, width: int, cursor: bool) -> list[Run]:
        """Name, then how to reach it and where it works; an update, a doubt or an error says its what or why."""
        verdict, name, what = row.judged.verdict, clean(row.contact.name), clean(told(row))
        runs: list[Run] = []
        if name:
            tone = "muted" if verdict is Verdict.DUPLICATE else "bright"
            runs += [Run(look.pad(name, min(NAME, room)), tone, cursor), Run("  ")]
            room -= NAME + 2
        if verdict not in (Verdict.UPDATE, Verdict.ERROR) and width >= ROOMY and not doubtful(row):
            runs += [Run(look.pad(clean(reached(row)), _reach(width)), "muted"), Run("  ")]
            room -= _reach(width) + 2
        tone = "overdue" if verdict is Verdict.ERROR else "today" if doubtful(row) else "text"
        return [*runs, Run(look.cut(what, room), tone)]

    def head(self, look: Look, width: int) -> Strip:
        """The column headings."""
        line = look.pad(say(N_("line")), LINE, right=True)
        head = f"  {look.pad(say(N_('becomes')), WORD)}{line}  {look.pad(say(N_('Name')), NAME)}  "
        if width >= ROOMY:
            head += look.pad(say(N_("Reach")), _reach(width)) + "  "
        return paint(look, [Run(head + say(N_("what comes, or why not")), "muted")], width)


def whole(row: Planned, width: int) -> list[list[Run]]:
    """What a row says, wrapped for the room under the rows; nothing if it has its place in the row."""
    words = clean(told(row))
    room = width - WORD - LINE - 5 - (NAME + 2 if row.contact.name else 0)
    if not (row.judged.verdict is Verdict.ERROR or doubtful(row)) or cells(words) <= room:
        return []
    tone = "overdue" if row.judged.verdict is Verdict.ERROR else "today"
    return [[], *([Run("  "), *line] for line in wrap([Run(words, tone)], max(1, width - 4)))]


def _reach(width: int) -> int:
    return REACH_WIDE if width >= WIDE else REACH


def reached(row: Planned) -> str:
    """The first phone, else the first e-mail of the row."""
    points = sorted(row.contact.points, key=lambda p: p.kind == ContactKind.EMAIL)
    return _shown(points[0]) if points else ""


def _shown(point: Point) -> str:
    return point.value if point.kind == ContactKind.EMAIL else formats.phone(point.normalized)


def doubtful(row: Planned) -> bool:
    """Whether somebody new comes with a number or address that is none."""
    return row.judged.verdict is Verdict.NEW and bool(row.contact.doubts)


def told(row: Planned) -> str:
    """What an update adds, what differs or is doubtful, or why the row cannot be taken in."""
    judged: Judged = row.judged
    if judged.verdict is Verdict.UPDATE:
        added = [*map(_shown, judged.points), judged.company, judged.role, judged.notes]
        words = ", ".join(part for part in added if part)
        return f"{words}  {say(judged.why)}" if judged.why is not None else words
    if judged.why is not None:
        return say(judged.why)
    if doubtful(row):
        return "  ".join(say(doubt) for doubt in row.contact.doubts)
    return ", ".join(part for part in (row.contact.company, row.contact.role) if part)

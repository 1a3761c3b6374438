"""How the agenda's list draws an appointment: when, with whom, what, where. Pure drawing."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final, NamedTuple

from textual.strip import Strip

from crm_tui.i18n import N_, say
from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.rows import Group, RowPainter

WHEN: Final = 22
"""Cells of `qua 18/11 09:00-11:00`: the hours follow the day."""
WHO: Final = 26
WHO_LEAST: Final = 14
ROOMY: Final = 76


class Listed(NamedTuple):
    """One row: `day` and `hours` as they are said, `state` the role of its colour, `glyph` its sign."""

    key: int
    day: str
    hours: str
    state: str
    glyph: str
    who: str
    what: str
    where: str
    whose: str
    gone: str
    """Why it is no more: cancelled, deleted, not held; empty else."""


class ListPainter(RowPainter[Listed]):
    """See the module; the day's own row stands over its appointments where there is room."""

    def stamp(self, row: Listed) -> Hashable:
        return row

    def paint(
        self, look: Look, row: Listed, width: int, *, cursor: bool, marked: bool, focused: bool
    ) -> Strip:
        """See `RowPainter.paint`."""
        bar = look.glyph("bar") if cursor and focused else " "
        dim = row.gone or row.state == "closed"
        tone = "bright" if cursor else "muted" if row.gone else "text"
        roomy = width >= ROOMY
        runs = [Run(bar, "accent"), Run("  "), Run(f"{look.glyph(row.glyph)} ", row.state)]
        when = f"{row.day} {row.hours}"
        runs.append(Run(look.pad(when, WHEN + 1), "muted" if dim else row.state))
        left = width - 5 - WHEN - 1 - 1
        who = min(WHO, max(WHO_LEAST, left // 2))
        runs.append(Run(look.pad(clean(row.who or row.what), who), tone, cursor))
        rest = "  ".join(
            clean(each)
            for each in (row.gone, row.what if row.who else "", row.where if roomy else "", row.whose)
            if each
        )
        room = left - who - 2
        if room > 3:
            runs += [Run("  "), Run(look.cut(rest, room), "muted")]
        return paint(look, runs, width, ground_of(cursor=cursor, marked=marked, focused=focused))

    def head(self, look: Look, width: int) -> Strip:
        """The column headings."""
        who = min(WHO, max(WHO_LEAST, (width - 7 - WHEN) // 2))
        shown = look.pad(say(N_("When")), WHEN + 1) + look.pad(say(N_("Who")), who)
        return paint(look, [Run(f"     {shown}  {say(N_('What'))}", "muted")], width)

    def group(self, look: Look, group: Group, width: int) -> Strip:
        """A day's row: its name, a rule, how many."""
        count = str(group.count)
        rule = look.rule(width - cells(group.label) - cells(count) - 7)
        runs = [Run("  "), Run(group.label, group.tone, True), Run(f" {rule} ", "line"), Run(count, "muted")]
        return paint(look, runs, width)

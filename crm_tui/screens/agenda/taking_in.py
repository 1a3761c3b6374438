"""Importing appointments from a calendar file: what the preview shows of each event. (X36)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from crm_tui.connectors.ics_read import open_calendar
from crm_tui.domain.ics import IcsFile
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import C_, N_, Text, say, say_n
from crm_tui.screens.core import import_kind
from crm_tui.screens.core.import_kind import ROOMY, Becomes, ImportKind, Read, Step
from crm_tui.screens.core.importing import ImportScreen
from crm_tui.services.agenda import file_views
from crm_tui.services.agenda.judging import Judged, Verdict
from crm_tui.widgets.looks import Run, clean

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.crm import Crm
    from crm_tui.ui.look import Look

BROKEN: Final = "error"
"""The verdict of an event that could not even be read."""
WHEN: Final = 14
NAME: Final = 16
"""Of the title, under `ROOMY` cells."""
NAME_ROOMY: Final = 24


def appointments(shell: Shell, path: str | Path | None = None) -> ImportScreen[EventRow]:
    """The screen; `path` is a file that is known already."""
    return ImportScreen(Appointments(shell.crm.viewer.zone), path)


class EventRow(NamedTuple):
    """One event of the file as it is shown; a broken one was not judged."""

    line: int
    title: str
    why: Text | None
    judged: Judged | None = None


def rows_of(file: IcsFile, judged: Sequence[Judged]) -> list[EventRow]:
    """Every event of a file in its order, broken ones among them; what was taken with a change says so."""
    notices = {notice.line: notice.reason for notice in file.notices}
    found = [EventRow(r.event.line, r.event.summary, r.why or notices.get(r.event.line), r) for r in judged]
    found += [EventRow(fault.line, fault.title, fault.reason) for fault in file.faults]
    return sorted(found, key=lambda row: row.line)


class Appointments(ImportKind[EventRow]):
    """Events: when, what, and how often it comes or why not."""

    TITLE = N_("Import appointments")
    EXAMPLE = N_("~/Downloads/agenda.ics")
    ENDINGS = (".ics", ".ical", ".ifb", ".vcs")
    EMPTY = N_("There is no appointment in this file.")
    BECOMES: ClassVar = {
        Verdict.NEW: import_kind.fresh(C_("event", "new")),
        Verdict.UPDATE: Becomes(
            "leads",
            "internal",
            C_("event", "changes"),
            lambda n, s: say_n("{shown} changes", "{shown} change", n, shown=s),
        ),
        Verdict.CANCEL: Becomes(
            "off",
            "today",
            C_("event", "called off"),
            lambda n, s: say_n("{shown} called off", "{shown} called off", n, shown=s),
        ),
        Verdict.UNCHANGED: import_kind.known(C_("event", "known")),
        Verdict.SKIPPED: Becomes(
            "none",
            "muted",
            C_("event", "left out"),
            lambda n, s: say_n("{shown} left out", "{shown} left out", n, shown=s),
        ),
        BROKEN: import_kind.wrong(C_("event", "error")),
    }
    CONTEXT = "event"
    ERROR = BROKEN
    WORD = 13

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone

    def offer(self, width: int) -> str:
        return say(N_("A calendar file (.ics); seen before it is saved."))

    def read(self, crm: Crm, path: Path) -> Read[EventRow] | Text:
        found = open_calendar(path, crm.viewer.zone, crm.store.path)
        if isinstance(found, Refusal):
            return found.reason
        return Read(path, rows_of(found, crm.read(file_views.preview, found.events)))

    # --- a row --------------------------------------------------------------------------------------------

    def line(self, row: EventRow) -> int:
        return row.line

    def verdict(self, row: EventRow) -> str:
        return row.judged.verdict if row.judged is not None else BROKEN

    def heads(self, width: int) -> list[tuple[str, int]]:
        return [
            (say(N_("When")), WHEN),
            (say(N_("Subject")), _name(width)),
            (say(N_("how often, or why not")), 0),
        ]

    def columns(self, look: Look, row: EventRow, width: int, *, cursor: bool) -> list[Run]:
        tone = "bright" if row.judged is not None else "muted"
        return [
            Run(look.pad(self._when(row), WHEN), "muted"),
            Run("  "),
            Run(look.pad(clean(row.title), _name(width)), tone, cursor),
            Run("  "),
        ]

    def _when(self, row: EventRow) -> str:
        if row.judged is None:
            return ""
        event = row.judged.event
        if event.start is None:
            return f"{event.first_on:%d/%m/%y}"
        return f"{event.start.astimezone(self.zone):%d/%m/%y %H:%M}"

    def told(self, row: EventRow) -> tuple[str, str]:
        """Why not, or what to look at; of a series that is new how often it comes as far as it is made."""
        if row.why is not None:
            return say(row.why), "overdue" if row.judged is None else "today"
        times = row.judged.times if row.judged is not None else 0
        return say_n("{n} time", "{n} times", times) if times else "", "text"

    # --- what is written ------------------------------------------------------------------------------------

    def steps(self, file: Read[EventRow]) -> list[Step]:
        from crm_tui.services.agenda.file_commands import in_order, take_ins

        wanted = in_order(row.judged for row in file.rows if row.judged is not None)
        return [
            Step(each.event.line, each.verdict, command)
            for each, command in zip(wanted, take_ins(wanted, source=file.path.name), strict=True)
        ]

    def taken(self, done: Mapping[str, int]) -> list[str]:
        n = sum(done.values())
        return [say_n("{n} appointment taken in", "{n} appointments taken in", n)]


def _name(width: int) -> int:
    return NAME_ROOMY if width >= ROOMY else NAME

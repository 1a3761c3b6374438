"""Importing activities or notes from the file of another tool: what the preview shows of each. (M96)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from crm_tui.connectors.acts import open_acts
from crm_tui.connectors.layouts import PLAIN
from crm_tui.domain.import_map import ImportMap, MapKind
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.text import one_line
from crm_tui.i18n import C_, N_, Text, say, say_in, say_n
from crm_tui.screens.core import import_kind
from crm_tui.screens.core.import_kind import ROOMY, ImportKind, Read, Step
from crm_tui.screens.core.importing import ImportScreen
from crm_tui.screens.intake.mapped import Mapped, unread
from crm_tui.services.intake import act_plan
from crm_tui.services.intake.act_plan import ActVerdict, PlannedAct
from crm_tui.widgets.looks import Run, clean

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.crm import Crm
    from crm_tui.ui.look import Look

SUBJECT: Final = 20
WHEN: Final = 16
"""Under `ROOMY` cells there is none."""


def activities(shell: Shell, path: str | Path | None = None) -> ImportScreen[PlannedAct]:
    """The screen; `path` is a file that is known already."""
    return ImportScreen(Activities(), path)


def notes(shell: Shell, path: str | Path | None = None) -> ImportScreen[PlannedAct]:
    """See `activities`."""
    return ImportScreen(Notes(), path)


class Activities(Mapped, ImportKind[PlannedAct]):
    """Activities: what, when, and whose they become or what is wrong."""

    MAP = MapKind.ACTIVITIES
    NOTES: ClassVar[bool] = False
    TITLE = N_("Import activities")
    EXAMPLE = N_("~/Downloads/activities.csv")
    ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".json", ".jsonl")
    BECOMES: ClassVar = {
        ActVerdict.NEW: import_kind.fresh(C_("verdict", "new"), always=True),
        ActVerdict.DUPLICATE: import_kind.known(C_("verdict", "known"), always=True),
        ActVerdict.ERROR: import_kind.wrong(C_("verdict", "error"), always=True),
    }
    CONTEXT = "verdict"
    ERROR = ActVerdict.ERROR
    WORD = 11

    def offer(self, width: int) -> str:
        known, more = (
            say(N_("Activities of a sheet, of people known here")),
            say(N_("seen before it is saved")),
        )
        return f"{known}; {more}." if width >= ROOMY else known

    def read_by(self, crm: Crm, path: Path, maps: Sequence[ImportMap]) -> Read[PlannedAct] | Text:
        """See `Mapped`."""
        found = open_acts(path, crm.store.path, maps, notes=self.NOTES)
        if isinstance(found, Refusal):
            return unread(found)
        self.zone = crm.viewer.zone
        records = list(found.records())
        rows: list[PlannedAct] = crm.read(act_plan.act_preview, records, path.name, notes=self.NOTES)
        layout = say(N_("a sheet")) if found.layout == PLAIN else found.layout
        return Read(path, rows, layout, found, found.shown)

    def line(self, row: PlannedAct) -> int:
        return row.row.line

    def verdict(self, row: PlannedAct) -> ActVerdict:
        return row.verdict

    def heads(self, width: int) -> list[tuple[str, int]]:
        when = [(say(N_("When")), WHEN)] if width >= ROOMY else []
        what = say(N_("Text")) if self.NOTES else say(N_("Subject"))
        return [(what, SUBJECT), *when, (say(N_("what comes, or why not")), 0)]

    def columns(self, look: Look, row: PlannedAct, width: int, *, cursor: bool) -> list[Run]:
        words = row.row.text if self.NOTES else row.row.subject or row.row.action
        tone = "muted" if row.verdict is ActVerdict.DUPLICATE else "bright"
        runs = [Run(look.pad(clean(one_line(words)), SUBJECT), tone, cursor), Run("  ")]
        if width >= ROOMY and row.verdict is not ActVerdict.ERROR and not row.doubts:
            runs += [Run(look.pad(self._when(row), WHEN), "muted"), Run("  ")]
        return runs

    def _when(self, row: PlannedAct) -> str:
        if isinstance(row.when, datetime):
            return row.when.astimezone(self.zone).strftime("%d/%m/%Y %H:%M")
        return row.when.strftime("%d/%m/%Y") if row.when is not None else ""

    def told(self, row: PlannedAct) -> tuple[str, str]:
        if row.why is not None:
            return clean(say(row.why)), "overdue"
        if row.doubts:
            return clean("  ".join(map(say, row.doubts))), "today"
        if self.NOTES:
            return clean(row.place), "text"
        state = say_in("activity", "done") if row.done else say_in("activity", "planned")
        return clean("  ".join((row.place, row.what, state))), "text"

    def steps(self, file: Read[PlannedAct]) -> list[Step]:
        return [Step(row.row.line, row.verdict, row.command) for row in file.rows if row.command is not None]

    def taken(self, done: Mapping[str, int]) -> list[str]:
        return [say_n("{n} new", "{n} new", done.get(ActVerdict.NEW, 0))]


class Notes(Activities):
    """Notes: their text, when, and whose they become or what is wrong."""

    MAP = MapKind.NOTES
    NOTES = True
    TITLE = N_("Import notes")
    EXAMPLE = N_("~/Downloads/notes.csv")

    def offer(self, width: int) -> str:
        known, more = say(N_("Notes of a sheet, of people known here")), say(N_("seen before it is saved"))
        return f"{known}; {more}." if width >= ROOMY else known

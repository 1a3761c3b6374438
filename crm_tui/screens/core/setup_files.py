"""The whole setup as a file, by keyboard: where to it goes, and what one that comes in would change."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from crm_tui.connectors import files, setup_toml
from crm_tui.domain.outcome import Conflict, Done
from crm_tui.domain.setup_rows import Judged, Verdict
from crm_tui.i18n import C_, N_, Text, say, say_n
from crm_tui.screens.core import import_kind
from crm_tui.screens.core.import_kind import ROOMY, Becomes, ImportKind, Read, Step
from crm_tui.screens.core.importing import ImportScreen
from crm_tui.screens.core.path_sheet import PathScreen
from crm_tui.widgets.looks import Run, clean

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.crm import Crm
    from crm_tui.services.core.setup_file import Plan, Setup, Words
    from crm_tui.ui.look import Look

LIST, LIST_ROOMY, LIST_WIDE = 12, 18, 22
NAME, NAME_ROOMY, NAME_WIDE = 13, 20, 36
WIDE: Final = 100
SUGGESTED: Final = "~/crm-tui-config.toml"


def _setup(shell: Shell, crm: Crm) -> Setup:
    from crm_tui.services.core.forms import World
    from crm_tui.services.core.setup_file import Setup

    return Setup(shell.registers, shell.command, World(crm.reading(), shell.pickers, shell.calendar))


class ExportSetup(PathScreen):
    """Write everything that settings hold to a file; over an older one of these, so that it can be kept in git."""

    def __init__(self, **_: Any) -> None:
        super().__init__(say(N_("Export the setup")), "", say(N_("As")), SUGGESTED)

    async def act(self, typed: str) -> None:
        path, database = files.located(typed), self.crm.store.path
        made = setup_toml.written(_setup(self.shell, self.crm).tables()).encode()
        try:
            target = await asyncio.to_thread(partial(files.put, path, made, database, setup_toml.is_one))
        except files.FileFault as fault:
            self.refuse(say(fault.reason))
            return
        self.done(say(N_("saved as {path}"), path=clean(str(target))))


class SetupKind(ImportKind[Judged]):
    """Records of the setup: of which list, what they are called, and what changes of them."""

    TITLE = N_("Import the setup")
    EXAMPLE = SUGGESTED
    ENDINGS = (".toml",)
    EMPTY = N_("Nothing is set up in this file.")
    BECOMES: ClassVar = {
        Verdict.NEW: import_kind.fresh(C_("event", "new")),
        Verdict.CHANGED: Becomes(
            "leads",
            "internal",
            C_("event", "changes"),
            lambda n, s: say_n("{shown} changes", "{shown} change", n, shown=s),
        ),
        Verdict.SAME: import_kind.known(C_("event", "known")),
        Verdict.ERROR: import_kind.wrong(C_("event", "error")),
    }
    CONTEXT = "event"
    ERROR = Verdict.ERROR
    WORD = 13

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.plan: Plan | None = None
        self._words: Words | None = None

    @property
    def words(self) -> Words:
        """What the lists and fields are called."""
        if self._words is None:
            from crm_tui.services.core.setup_file import Words

            self._words = Words(self.shell.registers, self.shell.command)
        return self._words

    def offer(self, width: int) -> str:
        return say(N_("A file of config export (.toml); seen before it is saved."))

    def read(self, crm: Crm, path: Path) -> Read[Judged] | Text:
        try:
            given = setup_toml.read(files.read(path, crm.store.path))
        except (files.FileFault, setup_toml.NotASetup) as fault:
            return fault.reason
        self.plan = plan = _setup(self.shell, crm).plan(given)
        rows = sorted(
            plan.rows, key=lambda row: (row.verdict == Verdict.SAME, row.line)
        )  # what changes comes first
        return Read(path, rows)

    # --- a row --------------------------------------------------------------------------------------------

    def line(self, row: Judged) -> int:
        return row.line

    def verdict(self, row: Judged) -> str:
        return row.verdict

    def heads(self, width: int) -> list[tuple[str, int]]:
        listed, named = _rooms(width)
        return [(say(N_("List")), listed), (say(N_("Name")), named), (say(N_("what changes, or why not")), 0)]

    def columns(self, look: Look, row: Judged, width: int, *, cursor: bool) -> list[Run]:
        listed, named = _rooms(width)
        if not self.told(row)[0]:  # nothing stands behind it
            named = max(named, width - 4 - self.WORD - import_kind.LINE - 2 - listed - 2)
        called = self.words.list(row.list, short=listed == LIST)
        return [
            Run(look.pad(clean(called), listed), "muted"),
            Run("  "),
            Run(look.pad(clean(row.name), named), "bright", cursor),
            Run("  "),
        ]

    def told(self, row: Judged) -> tuple[str, str]:
        """Why not, or which of its fields change."""
        if row.reason is not None:
            return say(row.reason), "overdue"
        return ", ".join(self.words.field(row.list, name) for name in row.fields), "muted"

    # --- what is written ------------------------------------------------------------------------------------

    def steps(self, file: Read[Judged]) -> list[Step]:
        plan = self.plan
        if plan is None:
            return []
        verdicts = {row.line: row.verdict for row in plan.rows}
        return [
            Step(line, verdicts.get(line, Verdict.CHANGED), command)
            for line, command in zip(plan.lines, plan.commands, strict=True)
        ]

    def taken(self, done: Mapping[str, int]) -> list[str]:
        n = len(set(self.plan.lines)) if self.plan is not None else 0
        return [say_n("{n} record taken in", "{n} records taken in", n)]


def _rooms(width: int) -> tuple[int, int]:
    if width >= WIDE:
        return LIST_WIDE, NAME_WIDE
    return (LIST_ROOMY, NAME_ROOMY) if width >= ROOMY else (LIST, NAME)


class ImportSetup(ImportScreen[Judged]):
    """All of the file or nothing: a setup that is half there serves nobody."""

    kind: SetupKind

    async def _import(self, file: Read[Judged], steps: list[Step]) -> None:
        self._show_progress(0, len(steps))
        try:
            at, outcome = await self.shell.write_together([*self.kind.commands(file, steps)])
        finally:
            self._importing = False
        if isinstance(outcome, Done):
            self._then = say(N_("{what}   u undoes"), what=", ".join(self.kind.taken({})))
        else:
            reason = (
                Text(N_("somebody changed it meanwhile")) if isinstance(outcome, Conflict) else outcome.reason
            )
            self._why = say(N_("Line {line}: {why}"), line=steps[at].line, why=reason)
            self._then = say(N_("Nothing was written."))
        self._asked = True
        self._latest.want(str(file.path))

    async def action_im_apply(self) -> None:
        plan = self.kind.plan
        if plan is not None and any(row.reason is not None for row in plan.rows):
            self.tell(say(N_("Mend what is wrong in the file first: all of it is taken in, or nothing.")))
            return
        await super().action_im_apply()


def setup_in(shell: Shell, path: str | None = None, **_: Any) -> ImportSetup:
    """The preview of a file of the setup."""
    return ImportSetup(SetupKind(shell), path)

"""Importing appointments: the calendar file, what each event would become, and one batch that can be undone. (X36)

Nothing is written before it was shown. Knows the reader of files and the agenda's view and command.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import ComposeResult

from crm_tui.connectors.ics_read import open_calendar
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.i18n import N_, Text, say, say_n
from crm_tui.screens.agenda.taking_in_rows import (
    BROKEN,
    VERDICTS,
    EventPainter,
    EventRow,
    counted,
    rows_of,
    whole,
)
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.formrows import FieldLabel
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.navigate import NAV
from crm_tui.screens.core.path_line import SHOWN, PathLine, matches
from crm_tui.screens.core.place import PLACE_OFFERS, Place
from crm_tui.services.agenda import file_views
from crm_tui.services.agenda.judging import Judged
from crm_tui.services.core.reading import Denied
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.bars import Title
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, clean, paint
from crm_tui.widgets.pane import wrap
from crm_tui.widgets.vlist import VList

if TYPE_CHECKING:
    from textual.strip import Strip

ENDINGS: Final = (".ics", ".ical", ".ifb", ".vcs")
LABEL: Final = 12


@dataclass(frozen=True, slots=True)
class Read:
    """A file read and judged."""

    path: Path
    judged: tuple[Judged, ...]
    rows: tuple[EventRow, ...]


class _Tally(Lines):
    """The verdicts counted, or what is being done, or why the file cannot be read, in as many rows as that takes."""

    DEFAULT_CSS = "_Tally { width: 100%; height: auto; max-height: 4; }"

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[Run] = []

    def show(self, runs: list[Run]) -> None:
        self.runs = runs
        self.styles.height = max(1, len(self._wrapped(self.app.size.width)))
        self.sync()

    def _wrapped(self, width: int) -> list[list[Run]]:
        return wrap(self.runs, max(1, width - 2))

    def draw(self, width: int, height: int) -> list[Strip]:
        return [paint(self.look, [Run(" "), *row], width) for row in self._wrapped(width)[:height]]


class TakeInScreen(Place[None]):
    """See the module. `path` is a file that is known already."""

    FOOTER = "import"
    SCOPES = ("app", "place", "import")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        {*(PLACE_OFFERS - {"place.find"}), *NAV, "im.apply", "im.errors", "im.leave"}
    )
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    TakeInScreen .row { height: auto; width: 100%; }
    TakeInScreen .row > PathLine { width: 1fr; }
    TakeInScreen VList { height: 1fr; }
    """

    def __init__(self, path: str | Path | None = None, **_: Any) -> None:
        super().__init__()
        self.line = PathLine(str(path or ""), endings=ENDINGS, placeholder=say(N_("~/Downloads/agenda.ics")))
        self.tally = _Tally()
        self.file: Read | None = None
        self.shown: list[EventRow] = []
        self.only_errors = False
        self._latest: Latest[str, Read | Text] = Latest(self, self._judge, self._judged)
        self._importing = False
        self._then = ""
        self._asked = False

    def compose_list(self) -> VList[EventRow]:
        return VList(self._fetch, EventPainter(self.zone), id="rows")

    def body(self) -> ComposeResult:
        self.list = self.compose_list()
        yield self.title_bar
        yield Beside(FieldLabel(say(N_("File")), LABEL), self.line, classes="row")
        yield self.tally
        yield self.list

    def on_mount(self) -> None:
        self.show_title()
        self.line.focus()
        if self.line.value:
            self._open()
        else:
            self._offer()

    # --- the file -----------------------------------------------------------------------------------------

    def on_field_changed(self, event: Changed) -> None:
        event.stop()
        self._offer()

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        if event.key == "enter" or event.step > 0:
            self._open()

    def _offer(self) -> None:
        """What may be typed next stands where the rows will be."""
        self.file = None
        self._show_rows()
        known = say(N_("A calendar file (.ics); seen before it is saved."))
        self.tally.show([Run(known, "muted")])
        found = matches(self.line.value, ENDINGS)[:SHOWN]
        self.list.below(*([Run(" " * LABEL), Run(clean(name), "muted")] for name in found))

    def _open(self) -> None:
        typed = self.line.value.strip()
        if typed:
            self._asked = True
            self.tally.show([Run(say(N_("Reading…")), "muted")])
            self._latest.want(typed)

    def _judge(self, typed: str) -> Read | Text:
        """Read and judge the file; in the reading thread."""
        path = Path(typed).expanduser()
        found = open_calendar(path, self.crm.viewer.zone, self.crm.store.path)
        if isinstance(found, Refusal):
            return found.reason
        try:
            judged: list[Judged] = self.crm.read(file_views.preview, found.events)
        except Denied as error:
            return error.reason
        return Read(path, tuple(judged), tuple(rows_of(found, judged)))

    def _judged(self, typed: str, found: Read | Text) -> None:
        if isinstance(found, Text):
            self.line.wrong = True
            self.tally.show([Run(say(found), "overdue")])
            self.list.below()
            return
        self.line.wrong = False
        self.file = found
        self._show_rows()
        self._explain()
        if self._asked:
            self._asked = False
            self.list.focus()
        self.show_title()
        if self._then:
            self.tell(self._then)
            self._then = ""

    # --- what is shown ------------------------------------------------------------------------------------

    def _fetch(self, start: int, count: int) -> list[EventRow]:
        return self.shown[start : start + count]

    def _show_rows(self) -> None:
        rows = self.file.rows if self.file is not None else ()
        self.shown = [row for row in rows if not self.only_errors or row.verdict == BROKEN]
        self.list.show([row.number for row in self.shown])
        if self.file is not None:
            self.tally.show(self._counts(self.file))

    def on_vlist_moved(self) -> None:
        self._explain()

    def _explain(self) -> None:
        """Under few rows: what is the matter with the row under the cursor, whole where the row cuts it."""
        row = self.list.row if self.file is not None else None
        if row is not None:
            self.list.below(*whole(row, self.app.size.width))
        elif self.file is not None:
            self.list.below()

    def _counts(self, file: Read) -> list[Run]:
        found = Counter(row.verdict for row in file.rows)
        runs: list[Run] = []
        for verdict, (glyph, tone, _) in VERDICTS.items():
            if n := found[verdict]:
                runs += [Run(f"{self.shell.look.glyph(glyph)} {counted(verdict, n)}", tone), Run("   ")]
        return runs or [Run(say(N_("There is no appointment in this file.")), "muted")]

    def head(self) -> Title:
        if self.file is None:
            return Title(say(N_("Import appointments")))
        return Title(say(N_("Import appointments")), clean(self.file.path.name), count=len(self.file.rows))

    def read(self) -> None:
        """Somebody changed the base: what was judged may be otherwise now."""
        if self.file is not None and not self._importing:
            self._latest.want(str(self.file.path))

    # --- keys -----------------------------------------------------------------------------------------------

    def action_nav_up(self) -> None:
        self.list.action_nav_up()

    def action_nav_down(self) -> None:
        self.list.action_nav_down()

    def action_nav_first(self) -> None:
        self.list.action_nav_first()

    def action_nav_last(self) -> None:
        self.list.action_nav_last()

    def action_nav_page_up(self) -> None:
        self.list.action_nav_page_up()

    def action_nav_page_down(self) -> None:
        self.list.action_nav_page_down()

    def action_im_errors(self) -> None:
        """Only the events that cannot be taken in, or all again."""
        self.only_errors = not self.only_errors
        self._show_rows()

    def action_im_leave(self) -> None:
        """Leave with nothing written; while it is written, wait."""
        if not self._importing:
            self._latest.drop()
            self.dismiss(None)

    def action_app_back(self) -> None:
        self.action_im_leave()

    async def action_im_apply(self) -> None:
        """Take in every event that is new, changes something or is called off: one batch, one undo."""
        if self._importing:
            return
        if self.file is None:
            self._open()
            return
        if not any(row.wanted for row in self.file.judged):
            self.tell(say(N_("Nothing here is new: there is nothing to import.")))
            return
        self._importing = True
        self.tally.show([Run(say(N_("Saving…")), "muted")])
        self.run_worker(self._import(self.file), exclusive=True)

    async def _import(self, file: Read) -> None:
        from crm_tui.services.agenda.file_commands import first_refused, in_order, take_ins

        wanted = in_order(file.judged)
        commands: list[Any] = list(take_ins(wanted, source=file.path.name))
        try:
            many = await self.shell.write_many(commands, None, lambda: False)
        finally:
            self._importing = False
        taken = sum(isinstance(outcome, Done) for outcome in many.outcomes)
        refused = first_refused(wanted, many.outcomes)
        told = say_n("{n} appointment taken in", "{n} appointments taken in", taken)
        self._then = say(N_("{what}   u undoes"), what=told) if taken else told
        if refused is not None:
            self._then = f"{told}   {say(refused.reason)}"
        self._asked = True  # to the rows: `u` is a letter in the field
        self._latest.want(str(file.path))

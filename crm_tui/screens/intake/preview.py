"""Importing contacts: the file, what each row would become, and one batch that can be undone. (M96)

Nothing is written before it was shown. Knows the reader of files and the intake's view and command.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import ComposeResult

from crm_tui.connectors.contacts_csv import open_contacts
from crm_tui.connectors.layouts import PLAIN
from crm_tui.domain import when
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.i18n import N_, Text, language, say, say_n
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.inputs import echo
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.navigate import NAV
from crm_tui.screens.core.path_line import SHOWN, PathLine, matches
from crm_tui.screens.core.place import PLACE_OFFERS, Place
from crm_tui.screens.intake.preview_rows import ROOMY, VERDICTS, PreviewPainter, counted, whole
from crm_tui.services.core.reading import Denied
from crm_tui.services.intake import views
from crm_tui.services.intake.plan import Planned, Preview, Verdict
from crm_tui.ui import formats
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.bars import Title
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, clean, paint
from crm_tui.widgets.pane import wrap
from crm_tui.widgets.vlist import VList
from crm_tui.widgets.when_field import WhenField

if TYPE_CHECKING:
    from textual.strip import Strip

LABEL: Final = 14
PROGRESS: Final = 0.25
"""Seconds between two steps of the progress shown."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file read and judged; `rows` are all of them."""

    path: Path
    layout: str
    preview: Preview


class _Label(Lines):
    DEFAULT_CSS = f"_Label {{ width: {LABEL}; height: 1; }}"

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def draw(self, width: int, height: int) -> list[Strip]:
        return [paint(self.look, [Run(f" {self.words}", "muted")], width)]


class _Sum(Lines):
    """The verdicts counted, or what is being done, or why the file cannot be read."""

    DEFAULT_CSS = "_Sum { width: 100%; height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[Run] = []
        self.why = ""

    def show(self, runs: list[Run], why: str = "") -> None:
        """Another row, and under it why not all was done, in as many rows as that takes."""
        self.runs, self.why = runs, why
        self.styles.height = 1 + len(self._wrapped(self.app.size.width))
        self.sync()

    def _wrapped(self, width: int) -> list[list[Run]]:
        return wrap([Run(self.why, "overdue")], max(1, width - 2)) if self.why else []

    def draw(self, width: int, height: int) -> list[Strip]:
        rows = [self.runs, *self._wrapped(width)]
        return [paint(self.look, [Run(" "), *row], width) for row in rows[:height]]


class ImportScreen(Place[None]):
    """See the module. `path` is a file that is known already."""

    FOOTER = "import"
    SCOPES = ("app", "place", "import")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        {*(PLACE_OFFERS - {"place.find"}), *NAV, "im.apply", "im.errors", "im.leave"}
    )
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    ImportScreen .row { height: auto; width: 100%; }
    ImportScreen .row > PathLine { width: 1fr; }
    ImportScreen VList { height: 1fr; }
    """

    def __init__(self, path: str | Path | None = None, **_: Any) -> None:
        super().__init__()
        self.line = PathLine(str(path or ""), placeholder=say(N_("~/Downloads/contacts.csv")))
        self.when = WhenField(lambda words: echo(self, words, day=True), beside=True)
        self.sum = _Sum()
        self.list: VList[Planned] = VList(self._fetch, PreviewPainter(), id="rows")
        self.file: Read | None = None
        self.shown: list[Planned] = []
        self.only_errors = False
        self._latest: Latest[str, Read | Text] = Latest(self, self._judge, self._judged)
        self._stop = threading.Event()
        self._importing = False
        self._then, self._why = "", ""
        self._asked = False

    def body(self) -> ComposeResult:
        yield self.title_bar
        yield Beside(_Label(say(N_("File"))), self.line, classes="row")
        yield Beside(_Label(say(N_("Follow-up"))), self.when, classes="row")
        yield self.sum
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
        if event.field is self.line:
            self._offer()

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        if event.field is self.line and event.key == "enter":
            self._open()
        elif event.field is self.line and event.step > 0:
            self._open(stay=True)
            self.when.focus()
        elif event.step > 0 and self.file is None:
            self._open()
        elif event.step > 0:
            self.list.focus()
        else:
            self.line.focus()

    def _offer(self) -> None:
        """What may be typed next stands where the rows will be."""
        self.file, self._why = None, ""
        self._show_rows()
        known = say(N_("Google, Outlook, HubSpot or a sheet, as CSV"))
        more = say(N_("seen before it is saved"))
        self.sum.show(
            [Run(known, "muted"), Run(f"; {more}." if self.app.size.width >= ROOMY else "", "muted")]
        )
        found = matches(self.line.value)[:SHOWN]
        self.list.below(*([Run(" " * LABEL), Run(clean(name), "muted")] for name in found))

    def _open(self, *, stay: bool = False) -> None:
        """Read the file; then its rows have the focus, unless what has it now is to keep it."""
        typed = self.line.value.strip()
        if typed:
            self._asked = not stay
            self.sum.show([Run(say(N_("Reading…")), "muted")])
            self._latest.want(typed)

    def _judge(self, typed: str) -> Read | Text:
        """Read and judge the file; in the reading thread."""
        path = Path(typed).expanduser()
        found = open_contacts(path, self.crm.store.path)
        if isinstance(found, Refusal):
            return found.reason
        try:
            preview: Preview = self.crm.read(views.preview, list(found.records()))
        except Denied as error:
            return error.reason
        layout = found.columns.layout
        return Read(path, say(N_("a sheet")) if layout == PLAIN else layout, preview)

    def _judged(self, typed: str, found: Read | Text) -> None:
        if isinstance(found, Text):
            self.line.wrong = True
            self.sum.show([Run(say(found), "overdue")])
            self.list.below()
            return
        self.line.wrong = False
        self.file = found
        if not self._then:  # read once more, not for the import that was just stopped
            self._why = ""
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

    def _fetch(self, start: int, count: int) -> list[Planned]:
        return self.shown[start : start + count]

    def _show_rows(self) -> None:
        rows = self.file.preview.rows if self.file is not None else ()
        self.shown = [r for r in rows if not self.only_errors or r.judged.verdict is Verdict.ERROR]
        self.list.show([row.contact.line for row in self.shown])
        if self.file is not None:
            self.sum.show(self._counts(self.file.preview), self._why)

    def on_vlist_moved(self) -> None:
        self._explain()

    def _explain(self) -> None:
        """Under few rows: what is the matter with the row under the cursor, whole where the row cuts it."""
        row = self.list.row if self.file is not None else None
        if row is not None:
            self.list.below(*whole(row, self.app.size.width))
        elif self.file is not None:
            self.list.below()

    def _counts(self, preview: Preview) -> list[Run]:
        runs: list[Run] = []
        for verdict, (glyph, tone, _) in VERDICTS.items():
            n = preview.counts[verdict]
            text = f"{self.shell.look.glyph(glyph)} {counted(verdict, n)}"
            runs += [Run(text, tone if n else "muted"), Run("   ")]
        return runs

    def head(self) -> Title:
        if self.file is None:
            return Title(say(N_("Import contacts")))
        rows = len(self.file.preview.rows)
        return Title(say(N_("Import contacts")), f"{self.file.path.name}  {self.file.layout}", count=rows)

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
        """Only the rows that cannot be taken in, or all again."""
        self.only_errors = not self.only_errors
        self._show_rows()

    def action_im_leave(self) -> None:
        """Esc stops an import between two chunks; else it leaves, with nothing written."""
        if self._importing:
            self._stop.set()
        else:
            self._latest.drop()
            self.dismiss(None)

    def action_app_back(self) -> None:
        self.action_im_leave()

    def _follow_up(self) -> date | Text | None:
        """The day that the words say; a sentence if they say none."""
        words = self.when.raw.strip()
        if not words:
            return None
        now = self.now.astimezone(self.zone).replace(tzinfo=None)
        found = when.read(words, now, self.shell.calendar, language(), zone=self.zone)
        if isinstance(found, when.WhenRefusal):
            return Text("{sentence}", {"sentence": when.sentence(found, words, now, language())})
        return found.date() if isinstance(found, datetime) else found

    async def action_im_apply(self) -> None:
        """Take in every row that is new or adds something: one batch, one undo."""
        if self._importing:
            return
        if self.file is None:
            self._open()
            return
        follow_up = self._follow_up()
        if isinstance(follow_up, Text):
            self.tell(say(follow_up))
            return
        if not self.file.preview.wanted:
            self.tell(say(N_("Nothing here is new: there is nothing to import.")))
            return
        self._importing = True
        self._why = ""
        self._stop.clear()
        self.run_worker(self._import(self.file, follow_up), exclusive=True)

    async def _import(self, file: Read, follow_up: date | None) -> None:
        from crm_tui.services.intake.commands import first_refused, take_ins

        wanted = file.preview.wanted
        commands: list[Any] = list(take_ins(wanted, source=file.path.name, follow_up=follow_up))
        last = 0.0

        def progress(done: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= PROGRESS:
                last = now
                self.app.call_from_thread(self._show_progress, done, total)

        self._show_progress(0, len(commands))
        try:
            many = await self.shell.write_many(commands, progress, self._stop.is_set)
        finally:
            self._importing = False
        new = updated = refused = 0
        for row, outcome in zip(wanted, many.outcomes, strict=False):
            if not isinstance(outcome, Done):
                refused += 1
            elif row.judged.verdict is Verdict.NEW:
                new += 1
            else:
                updated += 1
        stopped = first_refused(wanted, many.outcomes)
        self._why = say(stopped.reason) if stopped is not None else ""
        self._then = _result(new, updated, refused, len(commands) - len(many.outcomes))
        self._asked = True  # to the rows: `u` is a letter in the fields
        self._latest.want(str(file.path))

    def _show_progress(self, done: int, total: int) -> None:
        words = say(N_("… {n} of {all}"), n=formats.number(done), all=formats.number(total))
        self.sum.show(
            [Run(words, "bright"), Run("   "), Run("esc", "accent", True), Run(f" {say(N_('stops'))}")]
        )


def _result(new: int, updated: int, refused: int, left: int) -> str:
    """`1.204 novos, 30 completados   u desfaz`: what there was none of is not named."""
    parts = [say_n("{n} new", "{n} new", new)] if new or not updated else []
    if updated:
        parts.append(say_n("{n} completed", "{n} completed", updated))
    if refused:
        parts.append(say_n("{n} refused", "{n} refused", refused))
    if left:
        parts.append(say_n("{n} not begun", "{n} not begun", left))
    told = ", ".join(parts)
    return (
        say(N_("{what}   u undoes"), what=told) if new or updated else told
    )  # else `u` meant what was before

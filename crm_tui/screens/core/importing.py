"""Importing a file: its path, what each row would become, and one batch that can be undone. (M96, X36)

Nothing is written before it was shown. What a row is and what is done with it is said by an `ImportKind`.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar

from textual.app import ComposeResult

from crm_tui.connectors import copies
from crm_tui.connectors.files import dropped
from crm_tui.domain.outcome import Done
from crm_tui.i18n import N_, Text, say, say_n
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.import_kind import ImportKind, PreviewPainter, Read, Step, how_far
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.path_line import SHOWN, PathLine, matches
from crm_tui.screens.core.place import PLACE_OFFERS, Place
from crm_tui.services.core.reading import Denied
from crm_tui.ui import formats
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.bars import Title
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, clean, paint
from crm_tui.widgets.pane import wrap
from crm_tui.widgets.vlist import VList

if TYPE_CHECKING:
    from textual.strip import Strip

    from crm_tui.services.core.crm import Many

R = TypeVar("R")

LABEL: Final = 14
PROGRESS: Final = 0.25
"""Seconds between two steps of the progress shown."""


class _Label(Lines):
    DEFAULT_CSS = f"_Label {{ width: {LABEL}; height: 1; }}"

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def draw(self, width: int, height: int) -> list[Strip]:
        return [paint(self.look, [Run(f" {self.words}", "muted")], width)]


class _Tally(Lines):
    """The verdicts counted, or what is being done, or why the file cannot be read, in as many rows as that takes."""

    DEFAULT_CSS = "_Tally { width: 100%; height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[Run] = []
        self.why = ""

    def show(self, runs: list[Run], why: str = "") -> None:
        """Another sentence, and under it why not all was done."""
        self.runs, self.why = runs, why
        self.styles.height = max(1, len(self._wrapped(self.app.size.width)))
        self.sync()

    def _wrapped(self, width: int) -> list[list[Run]]:
        room = max(1, width - 2)
        return wrap(self.runs, room) + (wrap([Run(self.why, "overdue")], room) if self.why else [])

    def draw(self, width: int, height: int) -> list[Strip]:
        return [paint(self.look, [Run(" "), *row], width) for row in self._wrapped(width)[:height]]


class _About(Lines):
    """What is the matter with the row under the cursor, where the rows leave no room below them; as high as it had to
    be for this file, so that the rows do not jump."""

    DEFAULT_CSS = "_About { width: 100%; height: 0; }"
    MOST = 4

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[Run]] = []
        self.rows = 0

    def show(self, lines: list[list[Run]], *, anew: bool = False) -> None:
        """Other lines; `anew` of another file."""
        self.lines = lines[: self.MOST]
        self.rows = max(0 if anew else self.rows, len(self.lines))
        self.styles.height = self.rows
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        padded = [*self.lines, *[[] for _ in range(height)]][:height]
        return [paint(self.look, row, width) for row in padded]


class ImportScreen(Navigates, Place[None], Generic[R]):
    """See the module. `path` is a file that is known already."""

    FOOTER = "import"
    SCOPES = ("app", "place", "import")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        {*(PLACE_OFFERS - {"place.find"}), *NAV, "im.apply", "im.errors", "im.map", "im.mend", "im.leave"}
    )
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    ImportScreen .row { height: auto; width: 100%; }
    ImportScreen .row > PathLine { width: 1fr; }
    ImportScreen VList { height: 1fr; }
    """

    def __init__(self, kind: ImportKind[R], path: str | Path | None = None) -> None:
        super().__init__()
        self.kind = kind
        self.line = PathLine(str(path or ""), endings=kind.ENDINGS, placeholder=say(kind.EXAMPLE))
        self.tally, self.about = _Tally(), _About()
        self.painter = PreviewPainter(kind)
        self.list: VList[R] = VList(self._fetch, self.painter, id="rows")
        self.fields = [(say(N_("File")), self.line), *kind.fields(self)]
        self.file: Read[R] | None = None
        self.shown: list[R] = []
        self.only_errors = False
        self._latest: Latest[str, Read[R] | Text] = Latest(self, self._judge, self._judged)
        self._stop = threading.Event()
        self._importing = False
        self._then, self._why = "", ""
        self._asked = False
        self._begun = 0.0

    def body(self) -> ComposeResult:
        yield self.title_bar
        for label, field in self.fields:
            yield Beside(_Label(label), field, classes="row")
        yield self.tally
        yield self.list
        yield self.about

    def on_mount(self) -> None:
        self.show_title()
        self.line.focus()
        if self.line.value:
            self._open()
        else:
            self._offer()

    def target(self) -> VList[R]:
        return self.list

    # --- the file -----------------------------------------------------------------------------------------

    def on_field_changed(self, event: Changed) -> None:
        event.stop()
        if event.field is self.line:
            self._offer()

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        fields = [field for _, field in self.fields]
        at = next((n for n, field in enumerate(fields) if field is event.field), 0)
        if event.step <= 0:
            fields[max(0, at - 1)].focus()
        elif at == 0 and event.key == "enter":
            self._open()
        elif at + 1 < len(fields):
            self._open(stay=True)
            fields[at + 1].focus()
        elif self.file is None:
            self._open()
        else:
            self.list.focus()

    def _offer(self) -> None:
        """What may be typed next stands where the rows will be."""
        self.file, self._why = None, ""
        self._show_rows()
        self.tally.show([Run(self.kind.offer(self.app.size.width), "muted")])
        found = matches(self.line.value, self.kind.ENDINGS)[:SHOWN]
        self.list.below(*([Run(" " * LABEL), Run(clean(name), "muted")] for name in found))

    def _open(self, *, stay: bool = False) -> None:
        """Read the file; then its rows have the focus, unless what has it now is to keep it."""
        typed = self.line.value.strip()
        if typed:
            self._asked = not stay
            self.tally.show([Run(say(N_("Reading…")), "muted")])
            self._latest.want(typed)

    def _judge(self, typed: str) -> Read[R] | Text:
        """Read and judge the file; in the reading thread."""
        try:
            return self.kind.read(self.crm, dropped(typed))
        except Denied as error:
            return error.reason

    def _judged(self, typed: str, found: Read[R] | Text) -> None:
        if isinstance(found, Text):
            self.line.wrong = True
            self.tally.show([Run(say(found), "overdue")])
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

    def _fetch(self, start: int, count: int) -> list[R]:
        return self.shown[start : start + count]

    def _show_rows(self) -> None:
        kind, rows = self.kind, self.file.rows if self.file is not None else ()
        self.only_errors = self.only_errors and any(kind.verdict(row) == kind.ERROR for row in rows)
        placed = [
            (n, row) for n, row in enumerate(rows) if not self.only_errors or kind.verdict(row) == kind.ERROR
        ]
        self.shown = [row for _, row in placed]
        # anew, because a column may mean something else now
        self.list.show([n for n, _ in placed], painter=self.painter)
        if self.file is not None:
            self.tally.show(self._counts(self.file), self._why)

    def on_vlist_moved(self) -> None:
        self._explain()

    def _explain(self) -> None:
        """Under the rows: what is the matter with the one under the cursor, whole where the row cuts it."""
        row = self.list.row if self.file is not None else None
        if row is not None:
            lines = self.painter.whole(self.shell.look, row, self.app.size.width)
            fits = len(self.shown) + len(lines) <= self.list.size.height + self.about.rows
            self.list.below(*(lines if fits else []))
            self.about.show([] if fits else lines[1:], anew=fits)
        elif self.file is not None:
            self.list.below()
            self.about.show([], anew=True)

    def _counts(self, file: Read[R]) -> list[Run]:
        found = Counter(map(self.kind.verdict, file.rows))
        runs: list[Run] = []
        for verdict, shown in self.kind.BECOMES.items():
            n = found[verdict]
            if n or shown.always:
                text = f"{self.shell.look.glyph(shown.glyph)} {shown.counted(n, formats.number(n))}"
                runs += [Run(text, shown.tone if n else "muted"), Run("   ")]
        return runs or [Run(say(self.kind.EMPTY), "muted")]

    def head(self) -> Title:
        if self.file is None:
            return Title(say(self.kind.TITLE))
        told = f"{clean(self.file.path.name)}  {self.file.layout}".rstrip()
        return Title(say(self.kind.TITLE), told, count=len(self.file.rows))

    def read(self) -> None:
        """Somebody changed the base: what was judged may be otherwise now."""
        if self.file is not None and not self._importing:
            self._latest.want(str(self.file.path))

    @property
    def hinted(self) -> frozenset[str]:
        return super().hinted if self.kind.MAPS else super().hinted - {"im.map"}

    def reread(self) -> None:
        """The file may mean something else now."""
        self._open()

    # --- keys -----------------------------------------------------------------------------------------------

    def action_im_errors(self) -> None:
        """Only the rows that cannot be taken in, or all again."""
        self.only_errors = asked = not self.only_errors
        self._show_rows()
        if asked > self.only_errors and self.file is not None:
            self.tell(say(N_("There is no row with an error.")))

    def action_im_map(self) -> None:
        """Say what the columns of the file mean."""
        typed = self.line.value.strip()
        if not self.kind.MAPS:
            self.tell(say(N_("There are no columns here that could mean something else.")))
        elif typed and not self._importing:
            self.kind.map(self, dropped(typed))

    def action_im_mend(self) -> None:
        """Write the rows with errors beside the file, to be mended there and imported as the file was."""
        if self.file is None or self._importing:
            return
        kind, file = self.kind, self.file
        errors = {kind.line(row): kind.told(row)[0] for row in file.rows if kind.verdict(row) == kind.ERROR}
        if errors:
            self.run_worker(lambda: self._mend(file, errors), thread=True)
        else:
            self.tell(say(N_("There is no row with an error.")))

    def _mend(self, file: Read[R], errors: Mapping[int, str]) -> None:
        """In a thread of its own: it reads the file once more."""
        from crm_tui.connectors import files, mending, sheets

        try:
            target = mending.save(file.opened, errors, mending.beside(file.path), self.crm.store.path)
            words = say(N_("The rows with errors are in {path}."), path=target.name)
        except files.FileFault as fault:
            words = say(fault.reason)
        except OSError as error:
            words = say(sheets.unreadable(Path(file.path.name), error).reason)
        self.app.call_from_thread(self.tell, words)

    def action_im_leave(self) -> None:
        """Esc stops an import between two chunks; else it leaves, with nothing written."""
        if self._importing:
            self._stop.set()
        else:
            self._latest.drop()
            self.dismiss(None)

    def action_app_back(self) -> None:
        self.action_im_leave()

    async def action_im_apply(self) -> None:
        """Take in every row that is new or changes something: one batch, one undo."""
        if self._importing:
            return
        if self.file is None:
            self._open()
            return
        wrong = self.kind.settle(self)
        if wrong is not None:
            self.tell(say(wrong))
            return
        steps = self.kind.steps(self.file)
        if not steps:
            self.tell(say(N_("Nothing here is new: there is nothing to import.")))
            return
        self._importing = True
        self._why = ""
        self._stop.clear()
        self.run_worker(self._import(self.file, steps), exclusive=True)

    async def _import(self, file: Read[R], steps: list[Step]) -> None:
        last = 0.0

        def progress(done: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= PROGRESS:
                last = now
                self.app.call_from_thread(self._show_progress, done, total)

        self._begun = time.monotonic()
        self._show_progress(0, len(steps))
        try:
            commands = self.kind.commands(file, steps)
            many = await asyncio.to_thread(
                copies.before_many, self.crm, len(commands)
            ) or await self.shell.write_many(commands, progress, self._stop.is_set)
        finally:
            self._importing = False
        stopped = many.first_refused([step.line for step in steps])
        self._why = say(stopped.reason) if stopped is not None else ""
        self._then = self._result(steps, many)
        self._asked = True  # to the rows: `u` is a letter in the fields
        self._latest.want(str(file.path))

    def _show_progress(self, done: int, total: int) -> None:
        self.tally.show(how_far(done, total, time.monotonic() - self._begun))

    def _result(self, steps: list[Step], many: Many) -> str:
        """`1.204 novos, 30 completados   u desfaz`: what there was none of is not named."""
        met = list(zip(steps, many.outcomes, strict=False))
        done = Counter(step.verdict for step, outcome in met if isinstance(outcome, Done))
        parts = self.kind.taken(done)
        if refused := len(met) - done.total():
            parts.append(say_n("{n} refused", "{n} refused", refused))
        if left := len(steps) - len(met):
            parts.append(say_n("{n} not begun", "{n} not begun", left))
        told = ", ".join(parts)  # with nothing done `u` would mean what was before
        return say(N_("{what}   u undoes"), what=told) if done.total() else told

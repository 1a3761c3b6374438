"""What the columns of a file mean, said by hand: the sheet over the preview, and how it becomes a layout. (M113)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from textual.app import ComposeResult
from textual.strip import Strip

from crm_tui.connectors.columns_of import FileColumn, columns_of
from crm_tui.domain import import_map
from crm_tui.domain.import_map import FIELDS, ImportMap, MapKind
from crm_tui.domain.outcome import Conflict, Done, Refusal
from crm_tui.i18n import N_, Text, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.formrows import Message
from crm_tui.screens.core.import_kind import Read
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.services.core.reading import Denied
from crm_tui.services.intake import registers
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, clean, ground_of, paint
from crm_tui.widgets.rows import RowPainter
from crm_tui.widgets.vlist import VList

if TYPE_CHECKING:
    from crm_tui.screens.core.importing import ImportScreen
    from crm_tui.services.core.crm import Crm

HEADING: Final = 20
FIELD: Final = 16
Judge = Callable[[ImportMap], Mapping[str, int] | Text]
"""How many rows become what under a layout, by the words of it; a sentence where they cannot be read."""


class Row(NamedTuple):
    """A line of the sheets: what stands left, in the middle and at the right."""

    key: int
    left: str
    middle: str = ""
    right: str = ""


class _Painter(RowPainter[Row]):
    """`Fantasia            → empresa          Padaria Sol, Casa Verde`."""

    def stamp(self, row: Row) -> Hashable:
        return row

    def paint(self, look: Look, row: Row, width: int, *, cursor: bool, marked: bool, focused: bool) -> Strip:
        live = cursor and focused
        runs = [Run(look.glyph("bar") if live else " ", "accent"), Run(" ")]
        runs += [
            Run(look.pad(clean(row.left), HEADING), "bright" if row.middle or not row.right else "text", live)
        ]
        if row.middle or row.right:
            tone = "accent" if row.middle else "muted"
            runs += [Run("  "), Run(look.pad(row.middle or say(N_("left out")), FIELD), tone), Run("  ")]
            runs += [Run(look.cut(clean(row.right), max(0, width - HEADING - FIELD - 7)), "muted")]
        ground = ground_of(cursor=cursor, marked=marked, focused=focused, plain="raised")
        return paint(look, runs, width, ground)


class FieldScreen(Navigates, SheetScreen[str | None]):
    """The fields that there are: `enter` takes one. Answers with its name, empty for none, None if it was left."""

    FOOTER = "mapfield"
    SCOPES = ("app", "place", "mapping")
    OFFERS: ClassVar[frozenset[str]] = NAV | {"map.field"}
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = "FieldScreen VList { background: $panel; }"

    def __init__(self, kind: MapKind, column: FileColumn) -> None:
        super().__init__()
        self.kind, self.column = kind, column
        self.names = [*FIELDS[kind], ""]
        self.list: VList[Row] = VList(self._fetch, _Painter(), id="rows")
        self.list.GROUND = "raised"

    def content(self) -> ComposeResult:
        yield SheetTitle(clean(self.column.heading), clean(", ".join(self.column.samples)))
        yield self.list

    def on_mount(self) -> None:
        self.list.styles.height = max(4, min(len(self.names), self.app.size.height - 8))
        at = self.names.index(self.column.field) if self.column.field else 0
        self.list.show(range(1, len(self.names) + 1), cursor=at + 1)
        self.list.focus()

    def target(self) -> VList[Row]:
        return self.list

    def _fetch(self, start: int, count: int) -> Sequence[Row]:
        words = [import_map.word(self.kind, name) if name else say(N_("left out")) for name in self.names]
        return [Row(n, word) for n, word in enumerate(words, start=1)][start : start + count]

    def action_map_field(self) -> None:
        self.dismiss(self.names[self.list.index])

    def on_vlist_opened(self) -> None:
        self.action_map_field()

    def action_app_back(self) -> None:
        self.dismiss(None)


class MappingScreen(Navigates, SheetScreen[ImportMap | None]):
    """Each column with its values and its field; under them what the file would become. Answers with the layout."""

    FOOTER = "mapping"
    SCOPES = ("app", "place", "mapping")
    OFFERS: ClassVar[frozenset[str]] = NAV | {"map.field", "map.out", "map.apply"}
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = "MappingScreen VList { background: $panel; }"

    def __init__(self, layout: ImportMap, columns: Sequence[FileColumn], judge: Judge) -> None:
        super().__init__()
        self.begun, self.columns = layout, list(columns)
        self.list: VList[Row] = VList(self._fetch, _Painter(), id="rows")
        self.list.GROUND = "raised"
        self.message = Message()
        self._latest: Latest[ImportMap, Mapping[str, int] | Text] = Latest(self, judge, self._judged)

    def content(self) -> ComposeResult:
        yield SheetTitle(say(N_("What the columns mean")), clean(self.begun.name))
        yield self.list
        yield self.message

    def on_mount(self) -> None:
        self.list.styles.height = max(4, min(len(self.columns), self.app.size.height - 9))
        self._show()
        self.list.focus()

    def target(self) -> VList[Row]:
        return self.list

    def _fetch(self, start: int, count: int) -> Sequence[Row]:
        kind = self.begun.kind
        return [
            Row(
                n,
                column.heading,
                import_map.word(kind, column.field) if column.field else "",
                ", ".join(column.samples) or "–",
            )
            for n, column in enumerate(self.columns[start : start + count], start=start + 1)
        ]

    def _show(self) -> None:
        self.list.show(range(1, len(self.columns) + 1), cursor=self.list.key)
        found = self._made()
        if isinstance(found, Text):
            self._latest.drop()
            self.message.say(say(found), "today")
        else:
            self._latest.want(found)

    def _made(self) -> ImportMap | Text:
        """The layout as it stands, or what it lacks."""
        layout = self.begun
        often = Counter(column.heading for column in self.columns)
        pairs = [(c.heading, c.field) for c in self.columns if c.field or often[c.heading] > 1]
        lines = import_map.written(layout.kind, pairs)
        defaults = import_map.written(layout.kind, layout.defaults, defaults=True)
        return import_map.read(layout.name, layout.kind, lines, defaults, layout.dates)

    def _judged(self, _asked: ImportMap, found: Mapping[str, int] | Text) -> None:
        if isinstance(found, Text):
            self.message.say(say(found), "overdue")
        else:
            self.message.say("   ".join(found))

    # --- keys ---------------------------------------------------------------------------------------------

    def action_map_field(self) -> None:
        """Choose the field of the column under the cursor."""
        at = self.list.index

        def chosen(field: str | None) -> None:
            if field is not None:
                self.columns[at] = self.columns[at]._replace(field=field)
                self._show()

        self.app.push_screen(FieldScreen(self.begun.kind, self.columns[at]), chosen)

    def action_map_out(self) -> None:
        """Leave the column out."""
        at = self.list.index
        self.columns[at] = self.columns[at]._replace(field="")
        self._show()

    def action_map_apply(self) -> None:
        found = self._made()
        if isinstance(found, Text):
            self.message.say(say(found), "overdue")
        else:
            self.dismiss(found)

    def on_vlist_opened(self) -> None:
        self.action_map_field()

    def action_app_back(self) -> None:
        self.dismiss(None)


class Mapped:
    """Of an import kind: files of it may be read by a layout. Give `MAP` and `read_by`."""

    MAP: ClassVar[MapKind]
    MAPS = True
    chosen: tuple[Path, ImportMap] | None = None
    """The layout that was made for a file: it goes before all others."""

    def layouts(self, crm: Crm, path: Path) -> list[ImportMap]:
        """Those that are tried on this file, the one made for it first."""
        found: list[ImportMap] = [each for each in crm.read(registers.maps) if each.kind == self.MAP]
        return [self.chosen[1], *found] if self.chosen is not None and self.chosen[0] == path else found

    def read(self: Any, crm: Crm, path: Path) -> Read[Any] | Text:
        """See `ImportKind.read`."""
        found: Read[Any] | Text = self.read_by(crm, path, self.layouts(crm, path))
        return found

    def map(self: Any, screen: ImportScreen[Any], path: Path) -> None:
        """Open the sheet over the preview; what it answers is kept as a layout, and the file read by it."""
        crm = screen.crm
        try:
            maps = self.layouts(crm, path)
        except Denied as error:
            screen.tell(say(error.reason))
            return
        columns = columns_of(path, self.MAP, maps, crm.store.path)
        if isinstance(columns, Refusal):
            screen.tell(say(columns.reason))
            return
        there = _all(crm)
        headings = [(column.heading, column.field) for column in columns if column.field]
        layout = next(
            (each for each in maps if sorted(filter(itemgetter(1), each.columns)) == sorted(headings)), None
        )
        if layout is None:
            layout = ImportMap(_free(path.stem, [each.name for each in there]), self.MAP, ())

        def judge(wanted: ImportMap) -> Mapping[str, int] | Text:
            try:
                found: Read[Any] | Text = self.read_by(crm, path, [wanted])
            except Denied as error:
                return error.reason
            return found if isinstance(found, Text) else self._counted(found)

        def made(wanted: ImportMap | None) -> None:
            if wanted is not None:
                screen.run_worker(self._keep(screen, path, wanted, there), exclusive=True)

        screen.app.push_screen(MappingScreen(layout, columns, judge), made)

    def _counted(self: Any, found: Read[Any]) -> dict[str, int]:
        counts = Counter(map(self.verdict, found.rows))
        return {
            shown.counted(counts[verdict], formats.number(counts[verdict])): counts[verdict]
            for verdict, shown in self.BECOMES.items()
        }

    async def _keep(
        self: Any,
        screen: ImportScreen[Any],
        path: Path,
        layout: ImportMap,
        there: Sequence[registers.LayoutRow],
    ) -> None:
        """Save the layout, a new one or the one that it was; then read the file by it. `there` are those that were
        there when the sheet was opened: what somebody wrote since is not written over."""
        from crm_tui.services.intake.layout_commands import AddImportLayout, EditImportLayout

        known = next((row for row in there if row.name == layout.name), None)
        told: dict[str, Any] = {
            "name": layout.name,
            "kind": layout.kind,
            "columns": import_map.written(layout.kind, layout.columns),
            "defaults": import_map.written(layout.kind, layout.defaults, defaults=True),
            "dates": layout.dates,
        }
        command: Any = (
            AddImportLayout(**told)
            if known is None
            else EditImportLayout(import_layout=known.id, version=known.version, **told)
        )
        outcome = await screen.shell.write(command)
        if isinstance(outcome, Conflict):
            screen.answer(outcome)
            return
        self.chosen = (path, layout)
        screen.reread()
        if isinstance(outcome, Done):
            screen.tell(say(N_("Kept as the layout {name}: settings change it, u undoes"), name=layout.name))
        elif isinstance(outcome, Refusal):
            screen.tell(say(outcome.reason))


def _all(crm: Crm) -> list[registers.LayoutRow]:
    found: list[registers.LayoutRow] = crm.read(registers.import_layouts)
    return found


def _free(stem: str, taken: Sequence[str]) -> str:
    """A name for the layout of this file that no other has."""
    names = [stem[:50], *(f"{stem[:50]} {n}" for n in range(2, 100))]
    return next((name for name in names if name.lower() not in {each.lower() for each in taken}), stem[:50])


def unread(found: Refusal) -> Text:
    """Why a file is not read; of columns that nobody knows, the way on."""
    if found.remedy is None:
        return found.reason
    return Text("{why} f4 says what each column means.", {"why": say(found.reason)})

"""An import whose files may be read by a layout of one's own: the sheet over its preview, what becomes of it. (M113)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from crm_tui.connectors import mapped
from crm_tui.connectors.columns_of import FileColumn, columns_of
from crm_tui.domain import import_map
from crm_tui.domain.import_map import ImportMap, MapKind
from crm_tui.domain.outcome import Conflict, Done, Refusal
from crm_tui.i18n import N_, Text, say
from crm_tui.screens.core.import_kind import Read
from crm_tui.services.core.reading import Denied
from crm_tui.services.intake import registers
from crm_tui.ui import formats

if TYPE_CHECKING:
    from crm_tui.domain.form import Question
    from crm_tui.screens.core.importing import ImportScreen
    from crm_tui.screens.intake.mapping import Judged
    from crm_tui.services.core.crm import Crm


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

    def asked(self, _crm: Crm) -> Sequence[Question]:
        """The fields of one's own that columns may be."""
        return ()

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
        asked: Sequence[Question] = self.asked(crm)
        columns = columns_of(path, self.MAP, maps, crm.store.path, asked)
        if isinstance(columns, Refusal):
            screen.tell(say(columns.reason))
            return
        from crm_tui.screens.intake.mapping import Choices, MappingScreen

        there = _all(crm)
        fresh = ImportMap(_free(path.stem, [each.name for each in there]), self.MAP, ())
        headings = [column.heading for column in columns]

        def begin(wanted: ImportMap | None) -> tuple[ImportMap, list[FileColumn]] | Text:
            wished = [wanted] if wanted is not None else []
            found = columns_of(path, self.MAP, wished, crm.store.path, asked)
            if isinstance(found, Refusal):
                return found.reason
            return (fresh, found) if wanted is None else (wanted, _as_said(wanted, found))

        meant = sorted((column.heading, column.field) for column in columns if column.field)
        layout = next((each for each in maps if _meant(each) == meant), fresh)

        def made(wanted: ImportMap | None) -> None:
            if wanted is not None:
                screen.run_worker(self._keep(screen, path, wanted, there), exclusive=True)

        lacks = [", ".join(mapped.lacking(each, headings)) for each in maps]
        choices = Choices(lambda wanted: self._judge(crm, path, wanted), maps, lacks, begin, asked)
        screen.app.push_screen(MappingScreen(layout, _as_said(layout, columns), choices), made)

    def _judge(self: Any, crm: Crm, path: Path, wanted: ImportMap) -> Judged | Text:
        from crm_tui.screens.intake.mapping import Judged

        try:
            found: Read[Any] | Text = self.read_by(crm, path, [wanted])
        except Denied as error:
            return error.reason
        return found if isinstance(found, Text) else Judged(self._counted(found), found.hows)

    def _counted(self: Any, found: Read[Any]) -> list[str]:
        counts = Counter(map(self.verdict, found.rows))
        return [
            shown.counted(counts[verdict], formats.number(counts[verdict]))
            for verdict, shown in self.BECOMES.items()
        ]

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
        if layout in screen.crm.read(registers.maps):
            self.chosen = (path, layout)
            screen.reread()
            screen.tell(say(N_("Read by the layout {name}"), name=layout.name))
            return
        told: dict[str, Any] = {
            "name": layout.name,
            "kind": layout.kind,
            "columns": import_map.written(layout.kind, layout.columns),
            "defaults": import_map.written_defaults(layout.kind, layout.defaults),
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


def _meant(layout: ImportMap) -> list[tuple[str, str]]:
    return sorted((column.heading, column.field) for column in layout.columns if column.field)


def _as_said(layout: ImportMap, columns: Sequence[FileColumn]) -> list[FileColumn]:
    """The columns, read as the layout says of each."""
    there = mapped.positions(layout, [column.heading for column in columns]) or ()
    hows = {at: column.how for at, column in zip(there, layout.columns, strict=False)}
    return [column._replace(how=hows.get(at, "")) for at, column in enumerate(columns)]


def _free(stem: str, taken: Sequence[str]) -> str:
    """A name for the layout of this file that no other has."""
    names = [stem[:50], *(f"{stem[:50]} {n}" for n in range(2, 100))]
    return next((name for name in names if name.lower() not in {each.lower() for each in taken}), stem[:50])


def unread(found: Refusal) -> Text:
    """Why a file is not read; of columns that nobody knows, the way on."""
    if found.remedy is None:
        return found.reason
    return Text("{why} f4 says what each column means.", {"why": say(found.reason)})

"""What the sheet of a file's columns opens: the fields that there are, what blank cells become, which layout is used.

Each is a small sheet that answers with what was chosen. (M113)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar, Final, NamedTuple

from textual.app import ComposeResult
from textual.strip import Strip

from crm_tui.domain.import_map import ImportMap
from crm_tui.i18n import N_, Text, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.formrows import FieldLabel, Message
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.screens.core.whose import AskScreen
from crm_tui.ui.look import Look
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.fields import Changed
from crm_tui.widgets.line import Line
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.rows import RowPainter
from crm_tui.widgets.vlist import VList

HEADING: Final = 20
FIELD: Final = 16
LONGEST: Final = 200
"""Signs of a default."""


class Row(NamedTuple):
    """A line of the sheets: what stands left, in the middle and at the right; `how` its values are read, `said` whether
    somebody said so, `blank` what a blank cell becomes."""

    key: int
    left: str
    middle: str = ""
    right: str = ""
    how: str = ""
    said: bool = False
    blank: str = ""


class Painter(RowPainter[Row]):
    """`Visto               aberto em         dia/mês  02/03/2026, 04/05/2026`."""

    def stamp(self, row: Row) -> Hashable:
        return row

    def paint(self, look: Look, row: Row, width: int, *, cursor: bool, marked: bool, focused: bool) -> Strip:
        live = cursor and focused
        runs = [Run(look.glyph("bar") if live else " ", "accent"), Run(" ")]
        alone = not (row.middle or row.right)
        left = look.cut(clean(row.left), width - 3) if alone else look.pad(clean(row.left), HEADING)
        runs += [Run(left, "bright" if row.middle or alone else "text", live)]
        if not alone:
            tone = "accent" if row.middle else "muted"
            runs += [Run("  "), Run(look.pad(row.middle or say(N_("left out")), FIELD), tone), Run("  ")]
            room = max(0, width - HEADING - FIELD - 7)
            for words, tone in (
                (row.how, "accent" if row.said else "text"),
                (f"{say(N_('blank'))}: {clean(row.blank)}" if row.blank else "", "accent"),
                (clean(row.right), "muted"),
            ):
                cut = look.cut(words, room)
                if cut:
                    runs += [Run(cut, tone), Run("  ")]
                    room = max(0, room - cells(cut) - 2)
        ground = ground_of(cursor=cursor, marked=marked, focused=focused, plain="raised")
        return paint(look, runs, width, ground)


class FieldScreen(Navigates, SheetScreen[str | None]):
    """The fields that there are: `enter` takes one. Answers with its name, empty for none, None if it was left."""

    FOOTER = "mapfield"
    SCOPES = ("app", "place", "mapping")
    OFFERS: ClassVar[frozenset[str]] = NAV | {"map.field"}
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = "FieldScreen VList { background: $panel; }"

    def __init__(
        self,
        called: Callable[[str], str],
        heading: str,
        about: str,
        names: Sequence[str],
        chosen: str = "",
    ) -> None:
        super().__init__()
        self.called, self.heading, self.about = called, heading, about
        self.names, self.chosen = names, chosen
        self.list: VList[Row] = VList(self._fetch, Painter(), id="rows")
        self.list.GROUND = "raised"

    def content(self) -> ComposeResult:
        yield SheetTitle(clean(self.heading), clean(self.about))
        yield self.list

    def on_mount(self) -> None:
        self.list.styles.height = max(4, min(len(self.names), self.app.size.height - 8))
        at = self.names.index(self.chosen) if self.chosen else 0
        self.list.show(range(1, len(self.names) + 1), cursor=at + 1)
        self.list.focus()

    def target(self) -> VList[Row]:
        return self.list

    def _fetch(self, start: int, count: int) -> Sequence[Row]:
        words = [clean(self.called(name)) if name else say(N_("left out")) for name in self.names]
        return [Row(n, word) for n, word in enumerate(words, start=1)][start : start + count]

    def action_map_field(self) -> None:
        self.dismiss(self.names[self.list.index])

    def on_vlist_opened(self) -> None:
        self.action_map_field()

    def action_app_back(self) -> None:
        self.dismiss(None)


class LayoutScreen(Navigates, SheetScreen[int | None]):
    """The layouts of this kind, after the program's own reading: `enter` takes one. Answers with its place in
    `layouts`, -1 for what the program sees itself, None if it was left."""

    FOOTER = "maplayout"
    SCOPES = ("app", "place", "mapping")
    OFFERS: ClassVar[frozenset[str]] = NAV | {"map.field"}
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = "LayoutScreen VList { background: $panel; }"

    def __init__(self, layouts: Sequence[ImportMap], lacks: Sequence[str], now: str) -> None:
        """`lacks`: of each layout the columns that the file has not; `now` is the one in use."""
        super().__init__()
        self.layouts, self.lacks, self.begun = layouts, lacks, now
        self.list: VList[Row] = VList(self._fetch, Painter(), id="rows")
        self.list.GROUND = "raised"
        self.message = Message()

    def content(self) -> ComposeResult:
        yield SheetTitle(say(N_("Read it by which layout")), clean(self.begun))
        yield self.list
        yield self.message

    def on_mount(self) -> None:
        self.list.styles.height = max(4, min(len(self.layouts) + 1, self.app.size.height - 9))
        names = [layout.name for layout in self.layouts]
        at = names.index(self.begun) + 2 if self.begun in names else 1
        self.list.show(range(1, len(self.layouts) + 2), cursor=at)
        self.list.focus()

    def target(self) -> VList[Row]:
        return self.list

    def _fetch(self, start: int, count: int) -> Sequence[Row]:
        rows = [Row(1, say(N_("as the program sees it")))]
        for n, (layout, lack) in enumerate(zip(self.layouts, self.lacks, strict=True), start=2):
            fits = say(N_("does not fit")) if lack else say(N_("fits this file"))
            fields = ", ".join(column.heading for column in layout.columns if column.field)
            rows.append(Row(n, layout.name, fits, fields))
        return rows[start : start + count]

    def action_map_field(self) -> None:
        at = self.list.index - 1
        if at >= 0 and self.lacks[at]:
            words = say(N_("This file has no column {columns}."), columns=clean(self.lacks[at]))
            self.message.say(words, "overdue")
        else:
            self.dismiss(at)

    def on_vlist_opened(self) -> None:
        self.action_map_field()

    def on_vlist_moved(self) -> None:
        self.message.say("")

    def action_app_back(self) -> None:
        self.dismiss(None)


class BlankScreen(AskScreen):
    """What rows that leave a field blank get; empty: nothing. Answers with it, None if it was left."""

    BINDINGS = keys(AskScreen.SCOPES, AskScreen.OFFERS)

    def __init__(self, field: str, value: str, unfit: Callable[[str], Text | None]) -> None:
        super().__init__()
        self.word, self.unfit = field, unfit
        self.line = Line(value, max_length=LONGEST, id="value")

    def content(self) -> ComposeResult:
        yield SheetTitle(say(N_("Where the file says nothing")), self.word)
        label = say(N_("It becomes"))
        yield Beside(FieldLabel(label, cells(label) + 3), self.line, classes="row")

    def on_mount(self) -> None:
        self.line.focus()
        self.line.cursor_position = len(self.line.value)
        self.message.say(say(N_("Left empty: rows without it stay without.")))

    def on_field_changed(self, event: Changed) -> None:
        event.stop()
        self.line.wrong = False

    def action_form_save(self) -> None:
        value = self.line.value.strip()
        wrong = self.unfit(value) if value else None
        if wrong is None:
            self.dismiss(value)
        else:
            self.line.wrong = True
            self.message.say(say(wrong), "overdue")

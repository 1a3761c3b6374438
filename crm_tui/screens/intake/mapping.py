"""What the columns of a file mean, said by hand: the sheet over the preview that answers with a layout. (M113)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Final, NamedTuple

from textual.app import ComposeResult

from crm_tui.connectors.columns_of import FileColumn
from crm_tui.domain import import_map
from crm_tui.domain.cell_values import amounts, dates
from crm_tui.domain.form import Question
from crm_tui.domain.import_map import Column, DateOrder, How, ImportMap
from crm_tui.domain.map_fields import MapFields
from crm_tui.i18n import N_, Text, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.formrows import Message
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.screens.intake.map_sheets import BlankScreen, FieldScreen, LayoutScreen, Painter, Row
from crm_tui.ui import formats
from crm_tui.widgets.looks import clean
from crm_tui.widgets.vlist import VList

HOWS: Final = {
    How.DAY_FIRST: N_("day/month"),
    How.MONTH_FIRST: N_("month/day"),
    How.COMMA: "1.234,56",
    How.POINT: "1,234.56",
}


class Judged(NamedTuple):
    """What a file would become under a layout: how many rows what, by the words of it; how its columns of dates and of
    money are read, by their place."""

    counts: Sequence[str]
    hows: Mapping[int, str]


class Choices(NamedTuple):
    """What the sheet may ask: to judge a layout (a sentence where the file cannot be read by it), which layouts of the
    kind there are with the columns that the file lacks, to begin again with one of them, or with none; and which fields
    of one's own there are."""

    judge: Callable[[ImportMap], Judged | Text]
    layouts: Sequence[ImportMap]
    lacks: Sequence[str]
    begin: Callable[[ImportMap | None], tuple[ImportMap, list[FileColumn]] | Text]
    asked: Sequence[Question] = ()


class MappingScreen(Navigates, SheetScreen[ImportMap | None]):
    """Each column with its values and its field, behind them what rows get without a column; under them what the file
    would become. Answers with the layout."""

    FOOTER = "mapping"
    SCOPES = ("app", "place", "mapping")
    OFFERS: ClassVar[frozenset[str]] = NAV | {
        "map.field",
        "map.out",
        "map.how",
        "map.blank",
        "map.layout",
        "map.apply",
    }
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = "MappingScreen VList { background: $panel; }"

    def __init__(self, layout: ImportMap, columns: Sequence[FileColumn], choices: Choices) -> None:
        super().__init__()
        self.choices = choices
        self.fields = MapFields(layout.kind, choices.asked)
        self.title_bar = SheetTitle(say(N_("What the columns mean")))
        self.list: VList[Row] = VList(self._fetch, Painter(), id="rows")
        self.list.GROUND = "raised"
        self.about, self.message = Message(), Message()
        self.hows: Mapping[int, str] = {}
        self._latest: Latest[ImportMap, Judged | Text] = Latest(self, choices.judge, self._judged)
        self._take(layout, columns)

    def _take(self, layout: ImportMap, columns: Sequence[FileColumn]) -> None:
        self.begun, self.columns, self.blanks = layout, list(columns), dict(layout.defaults)
        self.title_bar.show(self.title_bar.words, clean(layout.name))

    def content(self) -> ComposeResult:
        yield self.title_bar
        yield self.list
        yield self.about
        yield self.message

    def on_mount(self) -> None:
        self._show()
        self.list.focus()

    def target(self) -> VList[Row]:
        return self.list

    @property
    def alone(self) -> list[str]:
        """The fields that rows are given without any column of them."""
        there = {column.field for column in self.columns}
        return [field for field in self.blanks if field not in there]

    @property
    def column(self) -> FileColumn | None:
        """The column under the cursor; None on what stands behind them."""
        return self.columns[self.list.index] if self.list.index < len(self.columns) else None

    @property
    def field(self) -> str:
        """The field under the cursor; empty where there is none."""
        column, beyond = self.column, self.list.index - len(self.columns)
        if column is not None:
            return column.field
        return self.alone[beyond] if beyond < len(self.alone) else ""

    def _fetch(self, start: int, count: int) -> Sequence[Row]:
        rows = [
            Row(
                n,
                column.heading,
                clean(self.fields.called(column.field)) if column.field else "",
                ", ".join(column.samples) or "–",
                *self._read_as(column),
                self.blanks.get(column.field, ""),
            )
            for n, column in enumerate(self.columns, start=1)
        ]
        none = say(N_("(no column)"))
        for field in self.alone:
            called = clean(self.fields.called(field))
            rows.append(Row(len(rows) + 1, none, called, "–", blank=self.blanks[field]))
        rows.append(Row(len(rows) + 1, say(N_("one field more…"))))
        return rows[start : start + count]

    def _read_as(self, column: FileColumn) -> tuple[str, bool]:
        """How its values are read, in words, and whether somebody said so."""
        how = column.how or self.hows.get(column.at, "")
        if not how or How(how) not in self.fields.ways(column.field):
            return "", False
        return say(HOWS[How(how)]), bool(column.how) or self.begun.dates != DateOrder.AUTO

    def _show(self) -> None:
        rows = len(self.columns) + len(self.alone) + 1
        self.list.styles.height = max(4, min(rows, self.app.size.height - 10))
        self.list.show(range(1, rows + 1), cursor=self.list.key)
        found = self._made()
        if isinstance(found, Text):
            self._latest.drop()
            self.message.say(say(found), "today")
        else:
            self._latest.want(found)
        self._explain()

    def on_vlist_moved(self) -> None:
        self._explain()

    def _explain(self) -> None:
        """Of the column under the cursor: how its first value is read, and what blank cells become."""
        column, field = self.column, self.field
        told = []
        if column is not None and self._read_as(column)[0] and column.samples:
            how, by_hand = self._read_as(column)
            said = {"how": how, "value": clean(column.samples[0]), "read": self._read(column)}
            told.append(
                say(N_("{how}, as was said: {value} is {read}."), **said)
                if by_hand
                else say(N_("{how}, as its values show: {value} is {read}."), **said)
            )
        if self.blanks.get(field):
            told.append(say(N_("Where the file says nothing: {value}."), value=clean(self.blanks[field])))
        self.about.say("  ".join(told))

    def _read(self, column: FileColumn) -> str:
        """The first value as it is read."""
        how, value = How(column.how or self.hows[column.at]), column.samples[0]
        if how in (How.COMMA, How.POINT):
            cents = amounts([value], how is How.POINT)(value)
            return formats.money(cents) if cents is not None else say(N_("no amount"))
        day = dates([value], how is How.DAY_FIRST)(value)
        return formats.day_full(day) if day is not None else say(N_("no date"))

    def _made(self) -> ImportMap | Text:
        """The layout as it stands, or what it lacks."""
        layout = self.begun
        often = Counter(column.heading for column in self.columns)
        columns = [
            Column(c.heading, c.field, c.how if c.how in self.fields.ways(c.field) else "")
            for c in self.columns
            if c.field or often[c.heading] > 1
        ]
        lines = import_map.written(layout.kind, columns)
        defaults = import_map.written_defaults(layout.kind, [*self.blanks.items()])
        return import_map.read(layout.name, layout.kind, lines, defaults, layout.dates)

    def _judged(self, _asked: ImportMap, found: Judged | Text) -> None:
        if isinstance(found, Text):
            self.message.say(say(found), "overdue")
            return
        self.message.say("   ".join(found.counts))
        self.hows = found.hows
        self.list.show(self.list.keys, cursor=self.list.key)
        self._explain()

    # --- keys ---------------------------------------------------------------------------------------------

    def action_map_field(self) -> None:
        """Choose the field of the column under the cursor; behind the columns, what rows are given."""
        at, column = self.list.index, self.column
        if column is None:
            self.action_map_blank()
            return

        def chosen(field: str | None) -> None:
            if field is not None:
                self.columns[at] = column._replace(field=field)
                self._show()

        about = ", ".join(column.samples)
        names = [*dict.fromkeys([*self.fields.names, column.field, ""])]
        self.app.push_screen(
            FieldScreen(self.fields.called, column.heading, about, names, column.field), chosen
        )

    def action_map_out(self) -> None:
        """Leave the column out; behind the columns, no longer give rows the field."""
        if self.column is not None:
            self.columns[self.list.index] = self.column._replace(field="")
        elif self.field:
            del self.blanks[self.field]
        self._show()

    def action_map_how(self) -> None:
        """Read dates or money the other way: as the values show, one way, the other."""
        column = self.column
        ways = self.fields.ways(column.field) if column is not None else ()
        if column is None or not ways:
            self.tell(say(N_("Only of dates and of money it may be said how they are read.")))
            return
        turn = ["", *(way.value for way in ways)]
        self.columns[self.list.index] = column._replace(how=turn[(turn.index(column.how) + 1) % len(turn)])
        self._show()

    def action_map_blank(self) -> None:
        """What rows get that leave the field blank; without a column, of which field."""
        may, called = self.fields.defaulted, self.fields.called
        if self.field in may:
            self._ask_blank(self.field)
        elif self.column is None:
            there = {*self.blanks, *(column.field for column in self.columns)}
            free = [field for field in may if field not in there]
            sheet = FieldScreen(called, say(N_("Which field rows are given")), "", free)
            self.app.push_screen(sheet, lambda field: self._ask_blank(field) if field else None)
        else:
            names = ", ".join(clean(called(field)) for field in may)
            self.tell(say(N_("What blank cells become is said of one of them: {fields}."), fields=names))

    def _ask_blank(self, field: str) -> None:
        def said(value: str | None) -> None:
            if value is not None:
                self.blanks.pop(field, None)
                if value:
                    self.blanks[field] = value
                self._show()

        sheet = BlankScreen(
            clean(self.fields.called(field)),
            self.blanks.get(field, ""),
            lambda value: self.fields.unfit(field, value),
        )
        self.app.push_screen(sheet, said)

    def action_map_layout(self) -> None:
        """Read the file by another layout."""
        layouts = self.choices.layouts
        if not layouts:
            self.tell(say(N_("There is no layout yet: what is said here becomes the first.")))
            return

        def chosen(at: int | None) -> None:
            if at is None:
                return
            found = self.choices.begin(layouts[at] if at >= 0 else None)
            if isinstance(found, Text):
                self.message.say(say(found), "overdue")
            else:
                self._take(*found)
                self._show()

        self.app.push_screen(LayoutScreen(layouts, self.choices.lacks, self.begun.name), chosen)

    def action_map_apply(self) -> None:
        found = self._made()
        if isinstance(found, Text):
            self.message.say(say(found), "overdue")
        else:
            self.dismiss(found)

    def tell(self, sentence: str) -> None:
        self.about.say(sentence, "today")

    def on_vlist_opened(self) -> None:
        self.action_map_field()

    def action_app_back(self) -> None:
        self.dismiss(None)

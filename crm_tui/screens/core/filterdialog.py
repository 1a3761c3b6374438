"""`f`: the filter field by field, a sheet over the list that it narrows. (K35-K50)

Another face of the line: what it cannot show stands in one row and is kept. What fields and filter have to do with each
other is `domain.filter_dialog`; here is only which widget stands where.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from crm_tui.domain.board import PAGE_SIZES
from crm_tui.domain.filter import Filter
from crm_tui.domain.filter_dialog import DATED, LISTS, TRIS, VALUE, Fields, Wrong, fields_of, filter_of, more
from crm_tui.domain.filter_errors import list_name
from crm_tui.domain.filter_tree import Answer, Place, Sort, named
from crm_tui.i18n import C_, N_, Text, say, say_in
from crm_tui.screens.core import dialogfields as choices
from crm_tui.screens.core import inputs
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.formrows import FieldLabel, Message
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.line import Line
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, paint
from crm_tui.widgets.pick import Pick
from crm_tui.widgets.picks import Picks
from crm_tui.widgets.when_field import WhenField

if TYPE_CHECKING:
    from crm_tui.screens.core.filtered import Filtered

LABELS = 18
"""Cells of the column of labels."""
_LABELS: Mapping[str, str] = {
    "text": C_("filter", "Text"),
    "status": C_("filter", "Status"),
    "owner": C_("filter", "Owners"),
    "member": C_("filter", "Members"),
    "team": C_("filter", "Teams"),
    "stage": C_("filter", "Stages"),
    "label": C_("filter", "Labels"),
    "dated": C_("filter", "Which date"),
    "since": C_("filter", "From"),
    "until": C_("filter", "To"),
    "least": C_("filter", "Value from"),
    "most": C_("filter", "to"),
    "stale": C_("filter", "Idle"),
    "tasks": C_("filter", "Open tasks"),
    "archived": C_("filter", "Archived"),
    "lost": C_("filter", "Lost"),
    "converted": C_("filter", "Now customer"),
    "service": C_("filter", "Now service"),
    "sort": C_("filter", "Order by"),
    "descending": C_("filter", "Direction"),
    "per_column": C_("filter", "Cards a column"),
    "group": C_("filter", "Group by"),
}
_ROWS: tuple[tuple[str, ...], ...] = (
    ("text",),
    ("owner",),
    ("member",),
    ("team",),
    ("stage",),
    ("label",),
    ("status",),
    ("dated",),
    ("since",),
    ("until",),
    ("least", "most"),
    ("stale", "tasks"),
    ("archived", "lost"),
    ("converted", "service"),
    ("sort", "descending"),
    ("per_column", "group"),
)
"""Fields that stand side by side, from the top."""


class More(Lines):
    """What no field shows, as it is written in the line."""

    DEFAULT_CSS = "More { height: 1; width: 1fr; }"
    GROUND = "raised"

    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def show(self, words: str) -> None:
        self.words = words
        self.sync()

    def draw(self, width: int, height: int) -> list[Any]:
        shown = clean(self.words) or say(N_("none; an or, or a not, is written after /"))
        tone = "text" if self.words else "muted"
        return [paint(self.look, [Run(" "), Run(self.look.cut(shown, width - 2), tone)], width, self.GROUND)]


class FilterDialog(SheetScreen[None]):
    """See the module. `kept` is what was set in it when it was left, on the same filter."""

    FOOTER = "filterdialog"
    SCOPES = ("app", "form", "text", "filterdialog")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        ("fd.apply", "fd.save", "fd.clear", "form.leave", "form.next", "form.prev")
    )
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    FilterDialog .row { height: auto; width: 100%; }
    FilterDialog .row > Line, FilterDialog .row > Pick, FilterDialog .row > Picks { width: 1fr; }
    FilterDialog .row > WhenField { width: 1fr; }
    """

    def __init__(self, below: Filtered, found: Filter, kept: Fields | None = None) -> None:
        super().__init__()
        self.below = below
        self.found = found
        self.place: Place = below.FILTERED
        self.speaks = below.world()
        self.first = kept or fields_of(found, self.speaks)
        self.rest = self.first.rest
        self.inputs: dict[str, Widget] = {}
        self.field_labels: dict[str, FieldLabel] = {}
        self.more = More()
        self.message = Message()
        self._kept = kept is not None

    # --- what is shown ------------------------------------------------------------------------------------

    def content(self) -> ComposeResult:
        yield SheetTitle(say_in("filter", "Filter"), say(list_name(self.place)))
        for row in _ROWS:
            names = [name for name in row if self._has(name)]
            if names:
                yield Beside(*self._cells(names), classes="row")
        label = FieldLabel(say(N_("More conditions")), LABELS)
        self.more.words = more(self.first, self.speaks)
        yield Beside(label, self.more, classes="row")

    def foot(self) -> Widget:
        return self.message

    def _has(self, name: str) -> bool:
        """Whether the list has the field."""
        language = {"least": VALUE, "most": VALUE}
        if name in ("text", "dated", "since", "until", "sort", "descending"):
            return True
        if name in ("per_column", "group"):
            return self.place is Place.BOARD
        known = self.speaks.field(language.get(name, name))
        return known is not None and known.valid_in(self.place)

    def _cells(self, names: list[str]) -> list[Widget]:
        made: list[Widget] = []
        for at, name in enumerate(names):
            words = say_in("filter", _LABELS[name])
            room = (
                LABELS if at == 0 else max(LABELS, cells(words) + 3) if name != "most" else cells(words) + 3
            )
            label, field = FieldLabel(words, room), self._field(name)
            self.field_labels[name], self.inputs[name] = label, field
            made += [label, field]
        return made

    def _field(self, name: str) -> Widget:
        shown = self.first
        if name in LISTS:
            return choices.several(self.speaks, name, shown.lists.get(name, ()))
        if name in TRIS:
            return choices.tri(name, shown.tris.get(name))
        if name in ("since", "until"):
            words = shown.since if name == "since" else shown.until
            read = partial(self._echo, name)
            return WhenField(read, words, beside=True, ground="raised", id=name)
        if name == "dated":
            return choices.dated(self.speaks, self.place, shown.dated)
        if name == "sort":
            return choices.sort(self.speaks, self.place, shown.sort)
        if name == "descending":
            return choices.direction(shown.sort)
        if name == "per_column":
            return choices.numbers(PAGE_SIZES, shown.per_column)
        if name == "group":
            return choices.group(self.speaks, shown.group)
        return Line({"text": shown.text, "least": shown.least, "most": shown.most}[name], id=name)

    def _echo(self, name: str, words: str) -> Any:
        dated = self.inputs.get("dated")
        field = _settled(dated) if dated is not None and dated.is_mounted else self.first.dated
        return choices.date_echo(self.speaks, field or DATED[0], name, words)

    def on_mount(self) -> None:
        self.inputs["text"].focus()
        self._say_defaults()
        if self._kept:
            self.message.say(say(N_("As you left it; f8 empties all fields.")))

    # --- reading it ---------------------------------------------------------------------------------------

    def fields(self) -> Fields:
        """What stands in the fields now."""
        raw = {name: _settled(widget) for name, widget in self.inputs.items()}
        tris = {name: Answer(raw[name]) for name in TRIS if raw.get(name)}
        lists = {name: choices.values_of(self.inputs[name]) for name in LISTS if name in self.inputs}
        column = raw.get("sort", "")
        return Fields(
            text=raw["text"],
            lists={name: chosen for name, chosen in lists.items() if chosen},
            dated=raw["dated"] or DATED[0],
            since=raw["since"],
            until=raw["until"],
            least=raw.get("least", ""),
            most=raw.get("most", ""),
            tris=tris,
            sort=Sort(column, raw.get("descending") == "1") if column else None,
            group=raw.get("group") or (None if "group" in raw else self.first.group),
            per_column=int(raw["per_column"]) if raw.get("per_column") else None,
            rest=self.rest,
        )

    def _read(self) -> Filter | None:
        """The filter of the fields; None if one cannot be read, which is said and marked."""
        inputs.settle(self.inputs.values())
        for name, widget in self.inputs.items():
            if isinstance(widget, Pick) and widget.searching:
                self._wrong(
                    name, Text("Nothing is called “{words}”: choose from the list.", {"words": widget.raw})
                )
                return None
        found = filter_of(self.fields(), self.speaks)
        if isinstance(found, Wrong):
            self._wrong(found.field, found.error.message)
            return None
        return found

    def _wrong(self, name: str, message: Text) -> None:
        for field, widget in self.inputs.items():
            wrong = field == name
            inputs.mark_wrong(widget, wrong)
            self.field_labels[field].wrong = wrong
            self.field_labels[field].sync()
        self.message.say(say(message), "overdue")
        self.inputs[name].focus()

    def on_field_changed(self, event: Changed) -> None:
        event.stop()
        if not self.is_mounted:
            return
        name = next((n for n, w in self.inputs.items() if w is event.field), "")
        if name and self.field_labels[name].wrong:
            inputs.changed(self.inputs[name])
            self.field_labels[name].wrong = False
            self.field_labels[name].sync()
            self.message.say("")
        if name == "dated":
            for each in ("since", "until"):
                widget = self.inputs[each]
                if isinstance(widget, WhenField):
                    widget.read()
        if name in (*TRIS, "status"):
            self._say_defaults()

    def _say_defaults(self) -> None:
        """What holds where nothing is chosen depends on the others: who asks for lost ones sees closed ones."""
        fields = self.fields()
        said = {*fields.tris, *fields.lists}
        for node in self.rest:
            said |= named(node)
        if fields.dated == "closed" and (fields.since.strip() or fields.until.strip()):
            said.add("closed")
        for name, words in choices.defaults(frozenset(said), self.place).items():
            widget = self.inputs.get(name)
            if isinstance(widget, Pick):
                widget.hint(words)

    # --- keys ---------------------------------------------------------------------------------------------

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        if inputs.left(self.inputs, event):
            self.action_fd_apply()

    def action_form_next(self) -> None:
        self.focus_next()

    def action_form_prev(self) -> None:
        self.focus_previous()

    def action_form_leave(self) -> None:
        """Esc leaves; what was set is there again when the dialog is opened on the same filter."""
        fields = self.fields()
        if fields != fields_of(self.found, self.speaks):
            self.below.left_dialog = (self.found, fields)
        self.dismiss(None)

    def action_fd_apply(self) -> None:
        """Filter by what stands here."""
        found = self._read()
        if found is not None:
            self.dismiss(None)
            self.below.apply(found)

    def action_fd_save(self) -> None:
        """Keep it as a view; it is applied, too, for one sees what one names."""
        found = self._read()
        if found is not None:
            self.dismiss(None)
            self.below.apply(found)
            self.app.call_later(self.below.save_view, found)

    def action_fd_clear(self) -> None:
        """Empty all fields, and drop what no field shows."""
        self.rest = ()
        self.first = replace(Fields(), group=None)
        for widget in self.inputs.values():
            if isinstance(widget, Picks):
                widget.set_values(())
            else:
                inputs.put(widget, "")
            inputs.mark_wrong(widget, False)
        dated = self.inputs["dated"]
        if isinstance(dated, Pick):
            dated.set_value(choices.dated_option(self.speaks, self.place, DATED[0]))
        for label in self.field_labels.values():
            label.wrong = False
            label.sync()
        self.more.show("")
        self.message.say(say(N_("All fields are empty.")))
        self._say_defaults()


def _settled(widget: Widget) -> str:
    """The raw text of a field; of a pick field in which letters are typed, what was taken before."""
    if isinstance(widget, Pick) and not isinstance(widget, Picks):
        return widget.value.value if widget.value is not None else ""
    return inputs.raw_of(widget)

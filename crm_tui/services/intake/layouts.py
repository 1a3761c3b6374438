"""How layouts of imports are kept."""

from __future__ import annotations

from typing import Any

from crm_tui.domain import import_map
from crm_tui.domain.events.intake import (
    ImportLayoutAdded,
    ImportLayoutDeactivated,
    ImportLayoutEdited,
    ImportLayoutReactivated,
)
from crm_tui.domain.map_fields import MapFields
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import N_, Text
from crm_tui.services.core import answer_sets
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler
from crm_tui.services.core.kept import Kept
from crm_tui.services.core.use import Using
from crm_tui.services.intake import own_fields
from crm_tui.services.intake.layout_commands import (
    AddImportLayout,
    DeactivateImportLayout,
    EditImportLayout,
    MoveImportLayout,
    ReactivateImportLayout,
)
from crm_tui.store.rows import Row
from crm_tui.store.tables import ImportLayout

_LINES = ("columns", "defaults")


def _readable(ctx: Context, row: Row) -> Refusal | None:
    """Its lines name fields that there are, those of one's own among them."""
    found = import_map.read(row["name"], row["kind"], row["columns"], row["defaults"], row["dates"])
    if isinstance(found, Text):
        return Refusal(found, RefusedBy.INPUT, _LINES)
    named = [column.field for column in found.columns] + [field for field, _ in found.defaults]
    mine = [field for field in named if import_map.own_key(field)]
    if not mine:
        return None
    asked = own_fields.asked(answer_sets.of_people(ctx.connection))
    fields = MapFields(found.kind, [*asked.values()])
    wrong = next((_unknown(field, fields) for field in mine if fields.question(field) is None), None)
    if wrong is None:
        defaults = [(field, value) for field, value in found.defaults if field in mine]
        wrong = next(filter(None, (fields.unfit(field, value) for field, value in defaults)), None)
    return Refusal(wrong, RefusedBy.INPUT, _LINES) if wrong is not None else None


def _unknown(field: str, fields: MapFields) -> Text:
    there = ", ".join(import_map.word(fields.kind, import_map.own(each.key)) for each in fields.asked) or "–"
    told = {"field": import_map.word(fields.kind, field), "fields": there}
    return Text("People have no field {field}. Their own fields are: {fields}.", told)


_KEPT = Kept(
    ImportLayout,
    "import_layout",
    {name: name for name in ("name", "kind", "columns", "defaults", "dates")},
    rule=_readable,
)
_USE = Using(ImportLayout, "import_layout")
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddImportLayout: _KEPT.adds(ImportLayoutAdded),
    EditImportLayout: _KEPT.edits(ImportLayoutEdited),
    MoveImportLayout: _KEPT.moves(ImportLayoutEdited),
    DeactivateImportLayout: _USE.ends(ImportLayoutDeactivated, N_("This layout is out of use already.")),
    ReactivateImportLayout: _USE.begins(ImportLayoutReactivated, N_("This layout is in use already.")),
}

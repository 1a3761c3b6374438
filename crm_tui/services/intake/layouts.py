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
    fields = [column.field for column in found.columns] + [field for field, _ in found.defaults]
    wanted = {import_map.own_key(field): field for field in fields if import_map.own_key(field)}
    asked = own_fields.asked(answer_sets.of_people(ctx.connection)) if wanted else {}
    missing = next((field for key, field in wanted.items() if key not in asked), None)
    if missing is None:
        return None
    there = ", ".join(import_map.word(found.kind, import_map.own(key)) for key in asked) or "–"
    told = {"field": import_map.word(found.kind, missing), "fields": there}
    return Refusal(
        Text("People have no field {field}. Their own fields are: {fields}.", told), RefusedBy.INPUT, _LINES
    )


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

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
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler
from crm_tui.services.core.kept import Kept
from crm_tui.services.core.use import Using
from crm_tui.services.intake.layout_commands import (
    AddImportLayout,
    DeactivateImportLayout,
    EditImportLayout,
    MoveImportLayout,
    ReactivateImportLayout,
)
from crm_tui.store.rows import Row
from crm_tui.store.tables import ImportLayout


def _readable(_ctx: Context, row: Row) -> Refusal | None:
    """Its lines name fields that there are."""
    found = import_map.read(row["name"], row["kind"], row["columns"], row["defaults"], row["dates"])
    return Refusal(found, RefusedBy.INPUT, ("columns", "defaults")) if isinstance(found, Text) else None


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

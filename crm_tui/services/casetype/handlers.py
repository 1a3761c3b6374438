"""How service types are added, changed, ordered, and taken out of use."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.casetype import (
    CaseTypeAdded,
    CaseTypeDeactivated,
    CaseTypeEdited,
    CaseTypeReactivated,
)
from crm_tui.i18n import N_
from crm_tui.services.casetype.commands import (
    AddCaseType,
    DeactivateCaseType,
    EditCaseType,
    MoveCaseType,
    ReactivateCaseType,
)
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Handler
from crm_tui.services.core.kept import Kept
from crm_tui.services.core.use import Using
from crm_tui.store.tables import CaseType

_COLUMNS = {
    "name": "name",
    "board": "board_id",
    "allow_attachment": "allow_attachment",
    "max_attachment_mb": "max_attachment_mb",
}
_KEPT, _USE = Kept(CaseType, "case_type", _COLUMNS), Using(CaseType, "case_type")
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddCaseType: _KEPT.adds(CaseTypeAdded),
    EditCaseType: _KEPT.edits(CaseTypeEdited),
    MoveCaseType: _KEPT.moves(CaseTypeEdited),
    DeactivateCaseType: _USE.ends(CaseTypeDeactivated, N_("This service type is out of use already.")),
    ReactivateCaseType: _USE.begins(CaseTypeReactivated, N_("This service type is in use already.")),
}

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
from crm_tui.services.core import names
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.order import reordered
from crm_tui.services.core.use import Using
from crm_tui.store.queries.casetype import ORDER
from crm_tui.store.tables import Board, CaseType


def _made(case_type_id: int) -> Made:
    return Made("case_type", case_type_id, f"case_type:{case_type_id}")


def _add(ctx: Context, command: AddCaseType) -> Made:
    name = names.free(ctx, CaseType, command.name)
    if command.board is not None:
        ctx.row(Board, command.board, "board")
    case_type_id = ctx.rows.insert(
        CaseType,
        name=name,
        board_id=command.board,
        allow_attachment=command.allow_attachment,
        max_attachment_mb=command.max_attachment_mb,
        position=ctx.rows.next_id(CaseType),
    )
    ctx.emit(CaseTypeAdded(entity_id=case_type_id, name=name))
    return _made(case_type_id)


def _edit(ctx: Context, command: EditCaseType) -> Made:
    case_type = ctx.row(CaseType, command.case_type, "case_type")
    given = command.model_fields_set
    columns: dict[str, Any] = {
        name: getattr(command, name) for name in ("allow_attachment", "max_attachment_mb") if name in given
    }
    if "name" in given:
        columns["name"] = names.free(ctx, CaseType, command.name, but=command.case_type)
    if "board" in given:
        if command.board is not None:
            ctx.row(Board, command.board, "board")
        columns["board_id"] = command.board
    check_version(ctx, CaseType, command.case_type, command.version, columns, {"board_id": "board"})
    if ctx.rows.update(CaseType, command.case_type, **columns):
        told = str(columns.get("name", case_type["name"]))
        ctx.emit(CaseTypeEdited(entity_id=command.case_type, name=told))
    return _made(command.case_type)


def _move(ctx: Context, command: MoveCaseType) -> Made:
    case_type = ctx.row(CaseType, command.case_type, "case_type")
    order = [row[0] for row in ctx.connection.execute(ORDER).fetchall()]
    if reordered(ctx, CaseType, order, command.case_type, command.step):
        ctx.emit(CaseTypeEdited(entity_id=command.case_type, name=case_type["name"]))
    return _made(command.case_type)


_USE = Using(CaseType, "case_type")
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddCaseType: Handler(_add),
    EditCaseType: Handler(_edit),
    MoveCaseType: Handler(_move),
    DeactivateCaseType: _USE.ends(CaseTypeDeactivated, N_("This service type is out of use already.")),
    ReactivateCaseType: _USE.begins(CaseTypeReactivated, N_("This service type is in use already.")),
}

"""How loss reasons are added, changed, ordered, and taken out of use. (M67)"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.loss import (
    LossReasonAdded,
    LossReasonDeactivated,
    LossReasonEdited,
    LossReasonReactivated,
)
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import N_, Text
from crm_tui.services.board.loss_commands import (
    AddLossReason,
    DeactivateLossReason,
    EditLossReason,
    MoveLossReason,
    ReactivateLossReason,
)
from crm_tui.services.core import names
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.order import reordered
from crm_tui.services.core.use import Using
from crm_tui.store.queries.board import EVERY_LOSS_REASON
from crm_tui.store.rows import Row
from crm_tui.store.tables import LossReason

_OTHERS = "SELECT count(*) FROM loss_reason WHERE active = 1 AND id <> :id"


def _made(reason_id: int) -> Made:
    return Made("loss_reason", reason_id, f"loss_reason:{reason_id}")


def _reason(ctx: Context, command: EditLossReason | MoveLossReason) -> Row:
    return ctx.row(LossReason, command.loss_reason, "loss_reason")


def _add(ctx: Context, command: AddLossReason) -> Made:
    name = names.free(ctx, LossReason, command.name)
    reason_id = ctx.rows.insert(
        LossReason, name=name, requires_note=command.requires_note, position=ctx.rows.next_id(LossReason)
    )
    ctx.emit(LossReasonAdded(entity_id=reason_id, name=name))
    return _made(reason_id)


def _edit(ctx: Context, command: EditLossReason) -> Made:
    reason, given = _reason(ctx, command), command.model_fields_set
    columns: dict[str, Any] = {}
    if "name" in given:
        columns["name"] = names.free(ctx, LossReason, command.name, but=command.loss_reason)
    if "requires_note" in given:
        columns["requires_note"] = command.requires_note
    check_version(ctx, LossReason, command.loss_reason, command.version, columns)
    if ctx.rows.update(LossReason, command.loss_reason, **columns):
        name = str(columns.get("name", reason["name"]))
        ctx.emit(LossReasonEdited(entity_id=command.loss_reason, name=name))
    return _made(command.loss_reason)


def _move(ctx: Context, command: MoveLossReason) -> Made:
    reason = _reason(ctx, command)
    order = [row[0] for row in ctx.connection.execute(EVERY_LOSS_REASON).fetchall()]
    if reordered(ctx, LossReason, order, command.loss_reason, command.step):
        ctx.emit(LossReasonEdited(entity_id=command.loss_reason, name=reason["name"]))
    return _made(command.loss_reason)


def _is_the_last(ctx: Context, reason: Row) -> Refusal | None:
    """Without one no card could be lost any more."""
    if (ctx.one(_OTHERS, id=reason["id"]) or (0,))[0] == 0:
        return Refusal(Text("This is the last loss reason in use: add another one first."))
    return None


_USE = Using(LossReason, "loss_reason")
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddLossReason: Handler(_add),
    EditLossReason: Handler(_edit),
    MoveLossReason: Handler(_move),
    DeactivateLossReason: _USE.ends(
        LossReasonDeactivated, N_("This loss reason is out of use already."), also=_is_the_last
    ),
    ReactivateLossReason: _USE.begins(LossReasonReactivated, N_("This loss reason is in use already.")),
}

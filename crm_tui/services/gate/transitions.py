"""How the answers to a stage's question are set up: each leads to a stage of the same board. (B49-B52)"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.gate import TransitionAdded, TransitionEdited, TransitionRemoved
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.text import fold
from crm_tui.i18n import N_, Text
from crm_tui.services.core import names
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.order import reordered
from crm_tui.services.gate.commands import AddTransition, EditTransition, MoveTransition, RemoveTransition
from crm_tui.store.queries import gate as queries
from crm_tui.store.rows import Row
from crm_tui.store.tables import Stage, StageTransition

_LABELS = "SELECT label FROM stage_transition WHERE from_stage_id = :stage_id AND id <> :but"


def _made(transition_id: int) -> Made:
    return Made("transition", transition_id, f"transition:{transition_id}")


def _label(ctx: Context, label: str, stage_id: int, but: int = 0) -> str:
    """The words of an answer, which no other answer of its stage has."""
    clean = names.required(label)
    for (other,) in ctx.connection.execute(_LABELS, {"stage_id": stage_id, "but": but}).fetchall():
        if fold(other) == fold(clean):
            raise refuse(N_("The stage has that answer already: choose other words."), fields=("label",))
    return clean


def _leads(ctx: Context, stage: Row, to_id: int) -> Refusal | None:
    """An answer leads to another stage of its board that is in use."""
    to = ctx.row(Stage, to_id, "stage")
    if to["archived_at"] is not None or to["board_id"] != stage["board_id"] or to["id"] == stage["id"]:
        return Refusal(
            Text("An answer leads to another stage of the same board: choose one."), fields=("to",)
        )
    return None


def _may_add(ctx: Context, command: AddTransition) -> Refusal | None:
    stage = ctx.row(Stage, command.stage, "stage")
    if stage["archived_at"] is not None:
        return Refusal(Text("That stage was removed already: choose another."), fields=("stage",))
    return _leads(ctx, stage, command.to)


def _add(ctx: Context, command: AddTransition) -> Made:
    stage, to = ctx.row(Stage, command.stage), ctx.row(Stage, command.to)
    label = _label(ctx, command.label, command.stage)
    transition_id = ctx.rows.insert(
        StageTransition,
        from_stage_id=command.stage,
        to_stage_id=command.to,
        label=label,
        to_team_id=command.team,
        requires_reason=command.requires_reason,
        position=ctx.rows.next_id(StageTransition),
    )
    ctx.emit(TransitionAdded(entity_id=stage["id"], stage=stage["name"], label=label, to=to["name"]))
    return _made(transition_id)


def _with_stage(ctx: Context, transition_id: int) -> tuple[Row, Row]:
    transition = ctx.row(StageTransition, transition_id, "transition")
    return transition, ctx.row(Stage, transition["from_stage_id"], "stage")


def _may_edit(ctx: Context, command: EditTransition) -> Refusal | None:
    _, stage = _with_stage(ctx, command.transition)
    return _leads(ctx, stage, command.to) if command.to is not None else None


_COLUMNS = {"to": "to_stage_id", "team": "to_team_id", "requires_reason": "requires_reason"}


def _edit(ctx: Context, command: EditTransition) -> Made:
    transition, stage = _with_stage(ctx, command.transition)
    given = command.model_fields_set
    columns: dict[str, Any] = {column: getattr(command, f) for f, column in _COLUMNS.items() if f in given}
    if columns.get("to_stage_id", 0) is None:
        del columns["to_stage_id"]
    if "label" in given:
        columns["label"] = _label(ctx, command.label, stage["id"], command.transition)
    check_version(ctx, StageTransition, command.transition, command.version, columns)
    if ctx.rows.update(StageTransition, command.transition, **columns):
        label = str(columns.get("label", transition["label"]))
        ctx.emit(TransitionEdited(entity_id=stage["id"], stage=stage["name"], label=label))
    return _made(command.transition)


def _remove(ctx: Context, command: RemoveTransition) -> Made:
    transition, stage = _with_stage(ctx, command.transition)
    ctx.rows.delete(StageTransition, command.transition)
    ctx.emit(TransitionRemoved(entity_id=stage["id"], stage=stage["name"], label=transition["label"]))
    return _made(command.transition)


def _move(ctx: Context, command: MoveTransition) -> Made:
    transition, stage = _with_stage(ctx, command.transition)
    order = [i for (i,) in ctx.connection.execute(queries.ANSWERS, {"stage_id": stage["id"]}).fetchall()]
    if reordered(ctx, StageTransition, order, command.transition, command.step):
        ctx.emit(TransitionEdited(entity_id=stage["id"], stage=stage["name"], label=transition["label"]))
    return _made(command.transition)


HANDLERS: dict[type[Command], Handler[Any]] = {
    AddTransition: Handler(_add, check=_may_add),
    EditTransition: Handler(_edit, check=_may_edit),
    RemoveTransition: Handler(_remove),
    MoveTransition: Handler(_move),
}

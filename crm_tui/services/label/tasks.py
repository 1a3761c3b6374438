"""How the checklist of a card is kept: its tasks added, worded, ticked, ordered, deleted. (K30, K44)"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.label import (
    TaskAdded,
    TaskDeleted,
    TaskDone,
    TaskEdited,
    TaskOrdered,
    TaskReopened,
)
from crm_tui.domain.label import TASKS_LIMIT
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_, Text
from crm_tui.services.core import owners
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, no_such, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.order import reordered
from crm_tui.services.label.commands import AddTask, DeleteTask, EditTask, OrderTask, TickTask
from crm_tui.store.queries.label import TASK_ORDER
from crm_tui.store.rows import Row
from crm_tui.store.tables import Card, ChecklistItem

OnTask = EditTask | TickTask | DeleteTask | OrderTask


def _task(ctx: Context, task_id: int) -> tuple[Row, Row]:
    """A task and its card; one of a deleted card is as good as not there."""
    task = ctx.rows.get(ChecklistItem, task_id)
    card = ctx.rows.get(Card, task["card_id"]) if task is not None else None
    if task is None or card is None or card["deleted_at"] is not None:
        raise Refused(no_such("task", task_id, ("task",)))
    return task, card


def _owner(ctx: Context, command: OnTask) -> int | None:
    owner: int | None = _task(ctx, command.task)[1]["owner_id"]
    return owner


def _words(text: str) -> str:
    clean = one_line(text)
    if not clean:
        raise refuse(N_("The task is empty: write it."), by=RefusedBy.INPUT, fields=("text",))
    return clean


def _order_of(ctx: Context, card_id: int) -> list[int]:
    return [i for (i,) in ctx.connection.execute(TASK_ORDER, {"card_id": card_id}).fetchall()]


def _about(task: Row, card: Row) -> dict[str, Any]:
    return {"entity_id": task["id"], "card_id": card["id"], "party_id": card["party_id"]}


def _has_room(ctx: Context, command: AddTask) -> Refusal | None:
    if len(_order_of(ctx, command.card)) < TASKS_LIMIT:
        return None
    reason = Text("A card holds {most} tasks at most: delete those that are done.", {"most": TASKS_LIMIT})
    return Refusal(reason, fields=("text",))


def _says_something(ctx: Context, command: AddTask | EditTask) -> None:
    _words(command.text)


def _add(ctx: Context, command: AddTask) -> Made:
    card = ctx.row(Card, command.card, "card")
    text = _words(command.text)
    order = _order_of(ctx, command.card)
    last = ctx.row(ChecklistItem, order[-1])["position"] if order else 0
    task_id = ctx.rows.insert(ChecklistItem, card_id=command.card, text=text, position=last + 1)
    place = {"card_id": command.card, "party_id": card["party_id"]}
    ctx.emit(TaskAdded(entity_id=task_id, **place, task=text))
    return Made("task", task_id, f"task:{task_id}")


def _edit(ctx: Context, command: EditTask) -> Made:
    task, card = _task(ctx, command.task)
    columns = {"text": _words(command.text)}
    check_version(ctx, ChecklistItem, command.task, command.version, columns)
    if ctx.rows.update(ChecklistItem, command.task, **columns):
        ctx.emit(TaskEdited(**_about(task, card), task=columns["text"]))
    return Made("task", command.task, f"task:{command.task}")


def _tick(ctx: Context, command: TickTask) -> Made:
    task, card = _task(ctx, command.task)
    if command.done is not (task["done_at"] is not None):
        done = {"done_at": ctx.now, "done_by_id": ctx.viewer.user_id}
        ctx.rows.update(ChecklistItem, command.task, **(done if command.done else dict.fromkeys(done)))
        kind = TaskDone if command.done else TaskReopened
        ctx.emit(kind(**_about(task, card), task=task["text"]))
    return Made("task", command.task, f"task:{command.task}")


def _delete(ctx: Context, command: DeleteTask) -> Made:
    task, card = _task(ctx, command.task)
    ctx.rows.delete(ChecklistItem, command.task)
    ctx.emit(TaskDeleted(**_about(task, card), task=task["text"]))
    return Made("task", command.task, f"task:{command.task}")


def _order(ctx: Context, command: OrderTask) -> Made:
    task, card = _task(ctx, command.task)
    if reordered(ctx, ChecklistItem, _order_of(ctx, card["id"]), command.task, command.step):
        ctx.emit(TaskOrdered(**_about(task, card), task=task["text"]))
    return Made("task", command.task, f"task:{command.task}")


HANDLERS: dict[type[Command], Handler[Any]] = {
    AddTask: Handler(_add, owner=owners.card, ready=_has_room, check=_says_something),
    EditTask: Handler(_edit, owner=_owner, check=_says_something),
    TickTask: Handler(_tick, owner=_owner),
    DeleteTask: Handler(_delete, owner=_owner),
    OrderTask: Handler(_order, owner=_owner),
}

"""How boards and stages are set up."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.board import BoardAdded, BoardEdited, StageAdded, StageArchived, StageEdited
from crm_tui.domain.outcome import RefusedBy
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_
from crm_tui.services.board import cards, closing, moving, only_one
from crm_tui.services.board.commands import AddBoard, AddStage, ArchiveStage, EditBoard, EditStage, MoveStage
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.store.rows import Row
from crm_tui.store.tables import Board, Card, Stage

_STAGES = "SELECT id FROM stage WHERE board_id = :board_id AND archived_at IS NULL ORDER BY position, id"
_HELD = "SELECT id FROM card WHERE stage_id = :stage_id AND deleted_at IS NULL"


def _required(name: str, field: str) -> str:
    clean = one_line(name)
    if not clean:
        raise refuse(N_("The name is missing: write it."), by=RefusedBy.INPUT, fields=(field,))
    return clean


def _prefix(text: str) -> str:
    clean = text.strip().upper()
    if not (clean.isascii() and clean.isalpha()):
        raise refuse(
            N_("A number prefix is one to four letters, such as OP."),
            by=RefusedBy.INPUT,
            fields=("number_prefix",),
        )
    return clean


def _add_board(ctx: Context, command: AddBoard) -> Made:
    name = _required(command.name, "name")
    board_id = ctx.rows.insert(
        Board,
        name=name,
        kind=command.kind,
        number_prefix=_prefix(command.number_prefix),
        position=ctx.rows.next_id(Board),
    )
    ctx.emit(BoardAdded(entity_id=board_id, name=name))
    return Made("board", board_id, f"board:{board_id}")


def _edit_board(ctx: Context, command: EditBoard) -> Made:
    board = ctx.row(Board, command.board, "board")
    given = command.model_fields_set
    columns: dict[str, Any] = {}
    if "name" in given:
        columns["name"] = _required(command.name, "name")
    if "number_prefix" in given:
        columns["number_prefix"] = _prefix(command.number_prefix)
    check_version(ctx, Board, command.board, command.version, columns)
    if ctx.rows.update(Board, command.board, **columns):
        ctx.emit(BoardEdited(entity_id=command.board, name=str(columns.get("name", board["name"]))))
    return Made("board", command.board, f"board:{command.board}")


def _add_stage(ctx: Context, command: AddStage) -> Made:
    board = ctx.row(Board, command.board, "board")
    name = _required(command.name, "name")
    stage_id = ctx.rows.insert(
        Stage,
        board_id=command.board,
        name=name,
        category=command.category,
        position=ctx.rows.next_id(Stage),
        probability=command.probability,
        stale_days=command.stale_days,
        wip_limit=command.wip_limit,
    )
    ctx.emit(StageAdded(entity_id=stage_id, name=name, board=board["name"]))
    return Made("stage", stage_id, f"stage:{stage_id}")


def _edit_stage(ctx: Context, command: EditStage) -> Made:
    stage = ctx.row(Stage, command.stage, "stage")
    columns: dict[str, Any] = {
        name: getattr(command, name)
        for name in ("probability", "stale_days", "wip_limit")
        if name in command.model_fields_set
    }
    if "name" in command.model_fields_set:
        columns["name"] = _required(command.name, "name")
    check_version(ctx, Stage, command.stage, command.version, columns)
    if ctx.rows.update(Stage, command.stage, **columns):
        ctx.emit(StageEdited(entity_id=command.stage, name=str(columns.get("name", stage["name"]))))
    return Made("stage", command.stage, f"stage:{command.stage}")


def _in_use(ctx: Context, stage_id: int) -> Row:
    stage = ctx.row(Stage, stage_id, "stage")
    if stage["archived_at"] is not None:
        raise refuse(N_("That stage was removed already: choose another."), fields=("stage",))
    return stage


def _move_stage(ctx: Context, command: MoveStage) -> Made:
    stage = _in_use(ctx, command.stage)
    order = [i for (i,) in ctx.connection.execute(_STAGES, {"board_id": stage["board_id"]}).fetchall()]
    here = order.index(command.stage)
    there = max(0, min(len(order) - 1, here + command.step))
    order.insert(there, order.pop(here))
    moved = [ctx.rows.update(Stage, i, position=position) for position, i in enumerate(order, start=1)]
    if any(moved):
        ctx.emit(StageEdited(entity_id=command.stage, name=stage["name"]))
    return Made("stage", command.stage, f"stage:{command.stage}")


def _archive_stage(ctx: Context, command: ArchiveStage) -> Made:
    stage = _in_use(ctx, command.stage)
    held = [i for (i,) in ctx.connection.execute(_HELD, {"stage_id": command.stage}).fetchall()]
    if held and command.cards_to is None:
        raise refuse(
            N_("This stage holds {n} cards: say to which stage they go."), fields=("cards_to",), n=len(held)
        )
    if held and command.cards_to is not None:
        target = ctx.row(Stage, command.cards_to, "stage")
        if target["board_id"] != stage["board_id"] or target["id"] == command.stage or target["archived_at"]:
            raise refuse(N_("Choose another stage of the same board."), fields=("cards_to",))
        if target["category"] != stage["category"]:
            raise refuse(
                N_("The cards need a stage of the same category, so that none is opened or closed by it."),
                fields=("cards_to",),
            )
        for card_id in held:
            cards.enter(ctx, ctx.row(Card, card_id), target, stage)
    ctx.rows.update(Stage, command.stage, archived_at=ctx.now)
    ctx.emit(StageArchived(entity_id=command.stage, name=stage["name"]))
    return Made("stage", command.stage, f"stage:{command.stage}")


HANDLERS: dict[type[Command], Handler[Any]] = {
    AddBoard: Handler(_add_board),
    EditBoard: Handler(_edit_board),
    AddStage: Handler(_add_stage),
    EditStage: Handler(_edit_stage),
    MoveStage: Handler(_move_stage),
    ArchiveStage: Handler(_archive_stage),
    **cards.HANDLERS,
    **closing.HANDLERS,
    **moving.HANDLERS,
}
REACTIONS = cards.REACTIONS
AFTER_UNDO = (only_one.after_undo,)

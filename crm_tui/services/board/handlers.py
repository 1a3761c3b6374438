"""How stages are set up; and every handler of the module."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.board import CardStatus
from crm_tui.domain.board_setup import may_recategorise
from crm_tui.domain.cadence import OwnerRule, incomplete
from crm_tui.domain.events.setup import StageAdded, StageArchived, StageEdited
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_, Text, text_n
from crm_tui.services.board import (
    boards,
    cards,
    closing,
    deciding,
    losses,
    moving,
    only_one,
    put_back,
    reopening,
    standing,
    taking_in,
    templates,
)
from crm_tui.services.board.boards import in_use
from crm_tui.services.board.commands import AddStage, ArchiveStage, EditStage, MoveStage
from crm_tui.services.core import names
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.order import reordered
from crm_tui.store.rows import Row
from crm_tui.store.tables import Card, Stage

_AS_ASKED = (
    *("category", "color", "probability", "stale_days", "wip_limit"),
    *("expected_days", "progress_pct", "owner_rule"),
)
_NAMED = {"default_user": "default_user_id", "profile": "profile_id", "team": "team_id"}
"""The columns behind the fields that name whom an owner rule means."""
_STAGES = "SELECT id FROM stage WHERE board_id = :board_id AND archived_at IS NULL ORDER BY position, id"
_HELD = "SELECT id, deleted_at IS NOT NULL FROM card WHERE stage_id = :stage_id ORDER BY rank, id"
_HOLDS = "SELECT count(*) FROM card WHERE stage_id = :stage_id AND deleted_at IS NULL"
_STATUSES = """
SELECT status, count(*) FROM card WHERE stage_id = :stage_id AND deleted_at IS NULL GROUP BY status
"""
_CONVERTS_HERE = "SELECT name FROM board WHERE conversion_stage_id = :id AND archived_at IS NULL LIMIT 1"
_LIKE_IT = """
SELECT id FROM stage WHERE board_id = :board_id AND category = :category AND archived_at IS NULL AND id <> :id
ORDER BY position, id LIMIT 1
"""


def _made(stage_id: int) -> Made:
    return Made("stage", stage_id, f"stage:{stage_id}")


def _add_stage(ctx: Context, command: AddStage) -> Made:
    board = in_use(ctx, command.board)
    name = names.free(ctx, Stage, command.name, board_id=command.board)
    stage_id = ctx.rows.insert(
        Stage,
        board_id=command.board,
        name=name,
        category=command.category,
        position=ctx.rows.next_id(Stage),
        color=command.color,
        probability=command.probability,
        stale_days=command.stale_days,
        wip_limit=command.wip_limit,
        expected_days=command.expected_days,
        progress_pct=command.progress_pct,
        owner_rule=command.owner_rule,
        default_user_id=command.default_user,
        profile_id=command.profile,
        team_id=command.team,
        decision_question=one_line(command.question) or None,
        decision_required=command.question_required,
    )
    ctx.emit(StageAdded(entity_id=stage_id, name=name, board=board["name"]))
    return _made(stage_id)


def _answered(ctx: Context, command: AddStage) -> Refusal | None:
    return incomplete(command.owner_rule, {field: getattr(command, field) for field in _NAMED})


def _editable(ctx: Context, command: EditStage) -> Refusal | None:
    return _recategorised(ctx, command) or _reanswered(ctx, command)


def _reanswered(ctx: Context, command: EditStage) -> Refusal | None:
    """The rule as it will be, with whom it means: what is not said stays."""
    stage, said = ctx.row(Stage, command.stage, "stage"), command.model_fields_set
    rule = command.owner_rule if "owner_rule" in said else OwnerRule(stage["owner_rule"])
    return incomplete(rule, {f: getattr(command, f) if f in said else stage[c] for f, c in _NAMED.items()})


def _recategorised(ctx: Context, command: EditStage) -> Refusal | None:
    if "category" not in command.model_fields_set:
        return None
    stage = ctx.row(Stage, command.stage, "stage")
    if stage["category"] == command.category:
        return None
    held = ctx.connection.execute(_STATUSES, {"stage_id": command.stage}).fetchall()
    return may_recategorise(command.category, {CardStatus(status): n for status, n in held})


def _edit_stage(ctx: Context, command: EditStage) -> Made:
    stage = ctx.row(Stage, command.stage, "stage")
    columns: dict[str, Any] = {
        name: getattr(command, name) for name in _AS_ASKED if name in command.model_fields_set
    }
    columns |= {
        column: getattr(command, field)
        for field, column in _NAMED.items()
        if field in command.model_fields_set
    }
    if "question" in command.model_fields_set:
        columns["decision_question"] = one_line(command.question) or None
    if "question_required" in command.model_fields_set:
        columns["decision_required"] = command.question_required
    if "name" in command.model_fields_set:
        columns["name"] = names.free(ctx, Stage, command.name, but=command.stage, board_id=stage["board_id"])
    check_version(ctx, Stage, command.stage, command.version, columns)
    if ctx.rows.update(Stage, command.stage, **columns):
        ctx.emit(StageEdited(entity_id=command.stage, name=str(columns.get("name", stage["name"]))))
    return _made(command.stage)


def _stage_in_use(ctx: Context, stage_id: int) -> Row:
    stage = ctx.row(Stage, stage_id, "stage")
    if stage["archived_at"] is not None:
        raise refuse(N_("That stage was removed already: choose another."), fields=("stage",))
    return stage


def _still_there(ctx: Context, command: MoveStage) -> None:
    _stage_in_use(ctx, command.stage)


def _move_stage(ctx: Context, command: MoveStage) -> Made:
    stage = ctx.row(Stage, command.stage, "stage")
    order = [i for (i,) in ctx.connection.execute(_STAGES, {"board_id": stage["board_id"]}).fetchall()]
    if reordered(ctx, Stage, order, command.stage, command.step):
        ctx.emit(StageEdited(entity_id=command.stage, name=stage["name"]))
    return _made(command.stage)


def _target(ctx: Context, command: ArchiveStage, stage: Row) -> Row:
    """The stage that the cards go to: of the same board, and of the same category."""
    target = ctx.row(Stage, command.cards_to, "stage")
    if target["board_id"] != stage["board_id"] or target["id"] == command.stage or target["archived_at"]:
        raise refuse(N_("Choose another stage of the same board."), fields=("cards_to",))
    if target["category"] != stage["category"]:
        raise refuse(
            N_("The cards need a stage of the same category, so that none is opened or closed by it."),
            fields=("cards_to",),
        )
    return target


def _converted_into(ctx: Context, command: ArchiveStage) -> Refusal | None:
    source = ctx.one(_CONVERTS_HERE, id=command.stage)
    if source is None:
        return None
    return Refusal(
        Text("The cards of {board} convert into this stage: change that first.", {"board": source[0]})
    )


def _may_end(ctx: Context, command: ArchiveStage) -> Refusal | None:
    _stage_in_use(ctx, command.stage)
    return _converted_into(ctx, command)


def _cards_go(ctx: Context, command: ArchiveStage) -> Refusal | None:
    (held,) = ctx.one(_HOLDS, stage_id=command.stage) or (0,)
    if held and command.cards_to is None:
        reason = text_n(
            "This stage holds {n} card: say to which stage it goes.",
            "This stage holds {n} cards: say to which stage they go.",
            held,
        )
        return Refusal(reason, fields=("cards_to",))
    if held:
        _target(ctx, command, ctx.row(Stage, command.stage, "stage"))
    return None


def _archive_stage(ctx: Context, command: ArchiveStage) -> Made:
    stage = ctx.row(Stage, command.stage, "stage")
    held = ctx.connection.execute(_HELD, {"stage_id": command.stage}).fetchall()
    shown = [card_id for card_id, deleted in held if not deleted]
    target = _target(ctx, command, stage) if shown else None
    if target is not None:
        standing.displace(ctx, [*ctx.rows.read(Card, shown).values()], target, stage)
    like_it = ctx.one(_LIKE_IT, board_id=stage["board_id"], category=stage["category"], id=command.stage)
    haven = target["id"] if target is not None else like_it and like_it[0]
    if haven is not None:  # an undone deletion must not bring it back where nobody looks
        ctx.rows.update_many(Card, {card_id: {"stage_id": haven} for card_id, deleted in held if deleted})
    ctx.rows.update(Stage, command.stage, archived_at=ctx.now)
    ctx.emit(StageArchived(entity_id=command.stage, name=stage["name"]))
    return _made(command.stage)


HANDLERS: dict[type[Command], Handler[Any]] = {
    **boards.HANDLERS,
    AddStage: Handler(_add_stage, check=_answered),
    EditStage: Handler(_edit_stage, check=_editable),
    MoveStage: Handler(_move_stage, ready=_still_there),
    ArchiveStage: Handler(_archive_stage, ready=_may_end, check=_cards_go),
    **templates.HANDLERS,
    **cards.HANDLERS,
    **closing.HANDLERS,
    **reopening.HANDLERS,
    **losses.HANDLERS,
    **moving.HANDLERS,
    **taking_in.HANDLERS,
}
REACTIONS = (*cards.REACTIONS, *deciding.REACTIONS, *closing.REACTIONS, *only_one.REACTIONS)
AFTER_UNDO = (only_one.after_undo, put_back.after_undo)

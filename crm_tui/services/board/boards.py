"""How boards are set up: their settings, order and end, and who takes part in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crm_tui.domain.access import BoardRight
from crm_tui.domain.board import PAGE_SIZES
from crm_tui.domain.board_setup import may_archive
from crm_tui.domain.events.setup import (
    BoardAdded,
    BoardArchived,
    BoardEdited,
    BoardOpenedUp,
    BoardRestricted,
    BoardUnarchived,
    MemberAttends,
    MemberLeft,
    MemberManages,
    MemberViews,
)
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import N_, Text, text_n
from crm_tui.services.board.commands import (
    AddBoard,
    ArchiveBoard,
    EditBoard,
    MoveBoard,
    SetBoardMember,
    UnarchiveBoard,
)
from crm_tui.services.core import names
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.order import reordered
from crm_tui.store.rows import Row
from crm_tui.store.tables import Board, BoardMember, Stage, User

_ORDER = "SELECT id FROM board WHERE archived_at IS NULL ORDER BY position, id"
_OPEN_CARDS = """
SELECT count(*) FROM card WHERE board_id = :board_id AND status IN ('open','paused')
AND archived_at IS NULL AND deleted_at IS NULL
"""
_CONVERTS_HERE = """
SELECT name FROM board WHERE conversion_board_id = :board_id AND archived_at IS NULL AND id <> :board_id
ORDER BY position LIMIT 1
"""
_SAME_PREFIX = "SELECT 1 FROM board WHERE number_prefix = :prefix AND id <> :but LIMIT 1"
_MEMBER = "SELECT id FROM board_member WHERE board_id = :board_id AND user_id = :user_id"
_STILL_OWNED = """
SELECT count(*) FROM card WHERE board_id = :board_id AND owner_id = :user_id AND status IN ('open','paused')
AND archived_at IS NULL AND deleted_at IS NULL
"""
_LOCKED_OUT = """
SELECT count(*) FROM card c JOIN "user" u ON u.id = c.owner_id AND u.active = 1
JOIN profile p ON p.id = u.profile_id AND p.is_admin = 0
WHERE c.board_id = :board_id AND c.status IN ('open','paused') AND c.archived_at IS NULL AND c.deleted_at IS NULL
AND NOT EXISTS (SELECT 1 FROM board_member m WHERE m.board_id = c.board_id AND m.user_id = c.owner_id AND m.can_attend)
"""
"""Open cards whose owners, though they work here, take no part in their board."""
_RIGHTS = {
    BoardRight.VIEW: {"can_view": True, "can_attend": False, "can_manage": False},
    BoardRight.ATTEND: {"can_view": True, "can_attend": True, "can_manage": False},
    BoardRight.MANAGE: {"can_view": True, "can_attend": True, "can_manage": True},
}
_TOLD: dict[BoardRight, type[MemberLeft] | type[MemberViews] | type[MemberAttends] | type[MemberManages]] = {
    BoardRight.OUT: MemberLeft,
    BoardRight.VIEW: MemberViews,
    BoardRight.ATTEND: MemberAttends,
    BoardRight.MANAGE: MemberManages,
}


def in_use(ctx: Context, board_id: int, field: str = "board") -> Row:
    """A board that is not archived."""
    board = ctx.row(Board, board_id, "board")
    if board["archived_at"] is not None:
        raise refuse(
            N_("The board {name} is archived: bring it back first, or choose another."),
            fields=(field,),
            name=board["name"],
        )
    return board


def _made(board_id: int) -> Made:
    return Made("board", board_id, f"board:{board_id}")


def _prefix(ctx: Context, text: str, but: int = 0) -> str:
    """One to four letters that no other board numbers its cards by: a number names one card for life."""
    clean = text.strip().upper()
    if not (clean.isascii() and clean.isalpha()):
        raise refuse(
            N_("A number prefix is one to four letters, such as OP."),
            by=RefusedBy.INPUT,
            fields=("number_prefix",),
        )
    if ctx.one(_SAME_PREFIX, prefix=clean, but=but) is not None:
        raise refuse(
            N_("Another board numbers its cards {prefix} already: choose another prefix."),
            fields=("number_prefix",),
            prefix=clean,
        )
    return clean


def _add(ctx: Context, command: AddBoard) -> Made:
    name = names.free(ctx, Board, command.name)
    board_id = ctx.rows.insert(
        Board,
        name=name,
        kind=command.kind,
        number_prefix=_prefix(ctx, command.number_prefix),
        color=command.color,
        position=ctx.rows.next_id(Board),
    )
    ctx.emit(BoardAdded(entity_id=board_id, name=name))
    return _made(board_id)


# --- settings


_PLAIN = ("color", "one_open_card_per_party", "stale_held", "reopen_full", "reopen_adjustment")


def _columns(ctx: Context, command: EditBoard) -> dict[str, Any]:
    """The columns that the command gives, but for whom the board is for."""
    given = command.model_fields_set
    columns: dict[str, Any] = {name: getattr(command, name) for name in _PLAIN if name in given}
    if "name" in given:
        columns["name"] = names.free(ctx, Board, command.name, but=command.board)
    if "number_prefix" in given:
        columns["number_prefix"] = _prefix(ctx, command.number_prefix, command.board)
    if "page_size" in given:
        if command.page_size not in PAGE_SIZES:
            raise refuse(
                N_("A column shows 10, 20, 50, 100 or 500 cards at first: choose one of these."),
                by=RefusedBy.INPUT,
                fields=("page_size",),
            )
        columns["page_size"] = command.page_size
    if given & {"conversion_board", "conversion_stage"}:
        columns |= _conversion(ctx, command)
    return columns


def _conversion(ctx: Context, command: EditBoard) -> dict[str, Any]:
    """Where converted cards go on: a board, and if wished one of its stages; a stage alone names its board."""
    before = ctx.row(Board, command.board)
    given = command.model_fields_set
    board_id = command.conversion_board if "conversion_board" in given else before["conversion_board_id"]
    stage_id = command.conversion_stage
    if "conversion_stage" not in given:
        kept = board_id == before["conversion_board_id"]
        stage_id = before["conversion_stage_id"] if kept else None
    if board_id == command.board:
        raise refuse(
            N_("A card does not convert into its own board: choose another."), fields=("conversion_board",)
        )
    stage = ctx.row(Stage, stage_id, "stage") if stage_id is not None else None
    if stage is not None and "conversion_board" not in given and board_id is None:
        board_id = stage["board_id"]
    if stage is not None and (stage["board_id"] != board_id or stage["archived_at"] is not None):
        raise refuse(
            N_("That stage is not one of the board that cards convert into: choose one of its stages."),
            fields=("conversion_stage",),
        )
    if board_id is not None:
        in_use(ctx, board_id, "conversion_board")
    return {"conversion_board_id": board_id, "conversion_stage_id": stage_id}


def _may_edit(ctx: Context, command: EditBoard) -> None:
    ctx.row(Board, command.board, "board")
    _columns(ctx, command)


def _edit(ctx: Context, command: EditBoard) -> Made:
    board = ctx.row(Board, command.board, "board")
    columns = _columns(ctx, command)
    door = {"restricted": command.restricted} if "restricted" in command.model_fields_set else {}
    fields = {"conversion_board_id": "conversion_board", "conversion_stage_id": "conversion_stage"}
    check_version(ctx, Board, command.board, command.version, {**columns, **door}, fields)
    name = str(columns.get("name", board["name"]))
    if ctx.rows.update(Board, command.board, **columns):
        ctx.emit(BoardEdited(entity_id=command.board, name=name))
    if door and ctx.rows.update(Board, command.board, **door):
        told = BoardRestricted if command.restricted else BoardOpenedUp
        ctx.emit(told(entity_id=command.board, name=name))
        if command.restricted:
            _stay_inside(ctx, command.board, name)
            return replace(_made(command.board), note=_locked_out(ctx, command.board))
    return _made(command.board)


def _locked_out(ctx: Context, board_id: int) -> Text | None:
    """What is said to whoever closes a board on colleagues who still answer for cards there; None if on nobody."""
    found = ctx.one(_LOCKED_OUT, board_id=board_id)
    if found is None or not found[0]:
        return None
    return text_n(
        "{n} open card there is of somebody who takes no part in it: hand it over, or let them in.",
        "{n} open cards there are of colleagues who take no part in it: hand them over, or let them in.",
        found[0],
    )


def _stay_inside(ctx: Context, board_id: int, name: str) -> None:
    """Who closes a board runs it from then on: nobody shuts the door before their own nose."""
    if not ctx.viewer.is_admin and board_id not in ctx.viewer.run:
        _set(ctx, board_id, name, ctx.viewer.user_id, BoardRight.MANAGE)


def _move(ctx: Context, command: MoveBoard) -> Made:
    board = in_use(ctx, command.board)
    order = [i for (i,) in ctx.connection.execute(_ORDER).fetchall()]
    if reordered(ctx, Board, order, command.board, command.step):
        ctx.emit(BoardEdited(entity_id=command.board, name=board["name"]))
    return _made(command.board)


def _may_archive(ctx: Context, command: ArchiveBoard) -> Refusal | None:
    in_use(ctx, command.board)
    found = ctx.one(_OPEN_CARDS, board_id=command.board)
    refusal = may_archive(int(found[0]) if found else 0)
    if refusal is not None:
        return refusal
    source = ctx.one(_CONVERTS_HERE, board_id=command.board)
    if source is not None:
        return Refusal(
            Text("The cards of {board} convert into this board: change that first.", {"board": source[0]})
        )
    return None


def _archive(ctx: Context, command: ArchiveBoard) -> Made:
    board = ctx.row(Board, command.board, "board")
    ctx.rows.update(Board, command.board, archived_at=ctx.now)
    ctx.emit(BoardArchived(entity_id=command.board, name=board["name"]))
    return _made(command.board)


def _is_archived(ctx: Context, command: UnarchiveBoard) -> Refusal | None:
    if ctx.row(Board, command.board, "board")["archived_at"] is None:
        return Refusal(Text("This board is in use already."))
    return None


def _unarchive(ctx: Context, command: UnarchiveBoard) -> Made:
    board = ctx.row(Board, command.board, "board")
    ctx.rows.update(Board, command.board, archived_at=None)
    ctx.emit(BoardUnarchived(entity_id=command.board, name=board["name"]))
    return _made(command.board)


# --- who takes part


def _may_set(ctx: Context, command: SetBoardMember) -> Refusal | None:
    """Who no longer works here takes no part; and nobody takes the running of a closed board from themselves: it could
    be that nobody is left to give it back."""
    mine = command.user == ctx.viewer.user_id and not ctx.viewer.is_admin
    if mine and command.may is not BoardRight.MANAGE and ctx.row(Board, command.board, "board")["restricted"]:
        return Refusal(
            Text("You would shut yourself out of this board: ask another who runs it, or an administrator."),
            fields=("may",),
        )
    user = ctx.row(User, command.user, "user")
    if not user["active"] and command.may is not BoardRight.OUT:
        return Refusal(
            Text("{login} no longer works here: choose another.", {"login": user["login"]}), fields=("user",)
        )
    return None


def _set_member(ctx: Context, command: SetBoardMember) -> Made:
    board = ctx.row(Board, command.board, "board")
    user = ctx.row(User, command.user, "user")
    member_id = _set(ctx, command.board, board["name"], command.user, command.may)
    left = ctx.one(_STILL_OWNED, board_id=command.board, user_id=command.user)
    note = None
    if (
        left is not None
        and left[0]
        and board["restricted"]
        and command.may in (BoardRight.OUT, BoardRight.VIEW)
    ):
        note = text_n(
            "{login} still owns {n} open card there: hand it over.",
            "{login} still owns {n} open cards there: hand them over.",
            left[0],
            login=user["login"],
        )
    return Made("board_member", member_id, f"board:{command.board}", note)


def _set(ctx: Context, board_id: int, name: str, user_id: int, may: BoardRight) -> int:
    """Write what a member may do; the row's id, which a member that leaves had."""
    found = ctx.one(_MEMBER, board_id=board_id, user_id=user_id)
    login = ctx.row(User, user_id, "user")["login"]
    if found is None and may is BoardRight.OUT:
        raise refuse(N_("{login} is no member of this board."), fields=("user",), login=login)
    if found is None:
        member_id = ctx.rows.insert(BoardMember, board_id=board_id, user_id=user_id, **_RIGHTS[may])
    elif may is BoardRight.OUT:
        member_id = int(found[0])
        ctx.rows.delete(BoardMember, member_id)
    else:
        member_id = int(found[0])
        if not ctx.rows.update(BoardMember, member_id, **_RIGHTS[may]):
            return member_id
    ctx.emit(_TOLD[may](entity_id=member_id, board_id=board_id, login=login, board=name))
    return member_id


HANDLERS: dict[type[Command], Handler[Any]] = {
    AddBoard: Handler(_add),
    EditBoard: Handler(_edit, check=_may_edit),
    MoveBoard: Handler(_move),
    ArchiveBoard: Handler(_archive, ready=_may_archive),
    UnarchiveBoard: Handler(_unarchive, ready=_is_archived),
    SetBoardMember: Handler(_set_member, check=_may_set),
}

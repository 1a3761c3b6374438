"""What an undo or redo must not leave behind: a card where no card may stand, or with labels that its board has not.

An undo puts back the columns that its batch wrote, whatever became of the stages, boards and labels that they name; so
the rules that were asked on the way there are asked again, of what was put back alone. It is refused as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable

from crm_tui.domain.board import CardStatus, StageCategory, is_listed
from crm_tui.domain.board_setup import may_archive, may_stand
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import Text
from crm_tui.services.core.context import Context, Refused
from crm_tui.services.core.undo import Reversed
from crm_tui.store.queries.board import LISTED
from crm_tui.store.rows import Row
from crm_tui.store.shapes import Table
from crm_tui.store.tables import Board, Card, Stage

_ONE_OF_EACH_STATUS = "SELECT min(id) FROM card WHERE stage_id = :id AND deleted_at IS NULL GROUP BY status"
_OPEN_ON = f"SELECT count(*) FROM card c WHERE c.board_id = :id AND {LISTED}"
_FOREIGN = """
SELECT group_concat(l.name, ', ') FROM card_label k JOIN label l ON l.id = k.label_id
WHERE k.card_id = :card_id AND l.board_id <> :board_id
"""
_WHERE = ("stage_id", "board_id", "status", "archived_at", "deleted_at")


def after_undo(ctx: Context, done: list[Reversed]) -> None:
    """Refuse what must not be put back; `done` is what was."""
    for row_id, before, now in _put_back(ctx, done, "board"):
        _check_board(ctx, row_id, before, now)
    standing = [
        card_id for card_id, before, now in _put_back(ctx, done, "card") if _differ(before, now, _WHERE)
    ]
    for stage_id, before, now in _put_back(ctx, done, "stage"):
        if _differ(before, now, ("category", "archived_at")):
            rows = ctx.connection.execute(_ONE_OF_EACH_STATUS, {"id": stage_id}).fetchall()
            standing += [card_id for (card_id,) in rows]
    for card_id in standing:
        _check_card(ctx, ctx.row(Card, card_id, "card"))
    _check_labels(ctx, done)


def _put_back(ctx: Context, done: list[Reversed], table: str) -> Iterable[tuple[int, Row | None, Row]]:
    """The rows of a table that were put back and are there: id, as it was before the undo, and now."""
    models: dict[str, Table] = {"board": Board, "card": Card, "stage": Stage}
    before: dict[int, Row | None] = {}
    for change in done:
        if change.table == table:
            before.setdefault(change.row_id, change.row)
    for row_id, now in ctx.rows.read(models[table], before).items():
        yield row_id, before[row_id], now


def _differ(before: Row | None, now: Row, columns: tuple[str, ...]) -> bool:
    return before is None or any(before[column] != now[column] for column in columns)


def _check_board(ctx: Context, board_id: int, before: Row | None, now: Row) -> None:
    """A board that goes out of use again must hold no open card."""
    if now["archived_at"] is None or not _differ(before, now, ("archived_at",)):
        return
    held = ctx.one(_OPEN_ON, id=board_id) or (0,)
    refusal = may_archive(int(held[0]))
    if refusal is not None:
        raise _not_put_back(refusal.reason)


def _check_card(ctx: Context, card: Row) -> None:
    if card["deleted_at"] is not None:
        return
    stage, board = ctx.row(Stage, card["stage_id"], "stage"), ctx.row(Board, card["board_id"], "board")
    facts = {"number": card["number"], "stage": stage["name"], "board": board["name"]}
    if stage["archived_at"] is not None:
        raise _not_put_back(
            Text(
                "{number} would stand in {stage}, which is removed: move it where it belongs by hand.", facts
            )
        )
    if not may_stand(CardStatus(card["status"]), StageCategory(stage["category"])):
        raise _not_put_back(
            Text(
                "{number} would stand in {stage}, which is of another category by now: move it where it belongs by "
                "hand.",
                facts,
            )
        )
    listed = is_listed(card["status"], card["archived_at"], card["deleted_at"])
    if listed and board["archived_at"] is not None:
        raise _not_put_back(
            Text("{number} would be open on {board}, which is archived: bring the board back first.", facts)
        )


def _check_labels(ctx: Context, done: list[Reversed]) -> None:
    """A card wears labels of its own board and of all boards, whichever of the two was put back."""
    labelled = {c.row_id: c for c in done if c.table == "card_label" and c.op == "delete"}
    for row_id in labelled:
        tie = ctx.one("SELECT card_id FROM card_label WHERE id = :id", id=row_id)
        if tie is not None:
            _check_worn(ctx, ctx.row(Card, tie[0], "card"), sent=False)
    for _, before, now in _put_back(ctx, done, "card"):
        if before is not None and before["board_id"] != now["board_id"]:
            _check_worn(ctx, now, sent=True)


def _check_worn(ctx: Context, card: Row, *, sent: bool) -> None:
    found = ctx.one(_FOREIGN, card_id=card["id"], board_id=card["board_id"]) or (None,)
    if found[0] is None:
        return
    board = ctx.row(Board, card["board_id"], "board")["name"]
    facts = {"number": card["number"], "names": found[0], "board": board}
    if sent:
        raise _not_put_back(
            Text("{number} wears {names}, which {board} does not have: take that off first.", facts)
        )
    raise _not_put_back(Text("{number} is on {board} by now, which does not have {names}.", facts))


def _not_put_back(why: Text) -> Refused:
    return Refused(Refusal(Text("Not put back: {why}", {"why": why})))

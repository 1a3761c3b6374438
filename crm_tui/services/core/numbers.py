"""The numbers of cards: taken inside the transaction, never used twice."""

from __future__ import annotations

from crm_tui.services.core.context import Context
from crm_tui.store.tables import Board


def take_card_number(ctx: Context, board_id: int) -> str:
    """The next number of the board, `OP-0142`, taken inside the transaction; gaps after an undo are right."""
    board = ctx.row(Board, board_id, "board")
    ctx.rows.update(Board, board_id, next_number=board["next_number"] + 1)
    return f"{board['number_prefix']}-{board['next_number']:04d}"

"""The numbers of cards: taken inside the transaction, never used twice."""

from __future__ import annotations

from crm_tui.services.core.context import Context
from crm_tui.store.tables import Board

_TAKEN = "SELECT 1 FROM card WHERE number = :number"
_LAST = """
SELECT max(cast(substr(number, :behind) AS INTEGER)) FROM card
WHERE number > :prefix || '-' AND number < :prefix || '.'
"""


def take_card_number(ctx: Context, board_id: int) -> str:
    """The next number of the board, `OP-0142`, taken inside the transaction; gaps after an undo are right.

    Cards keep their numbers when their board's prefix changes: where another board had this one before, the numbers
    go on behind its last.
    """
    board = ctx.row(Board, board_id, "board")
    prefix, place = board["number_prefix"], board["next_number"]
    if ctx.one(_TAKEN, number=_number(prefix, place)) is not None:
        last = ctx.one(_LAST, prefix=prefix, behind=len(prefix) + 2)
        place = int(last[0]) + 1 if last else place
    ctx.rows.update(Board, board_id, next_number=place + 1)
    return _number(prefix, place)


def _number(prefix: str, place: int) -> str:
    return f"{prefix}-{place:04d}"

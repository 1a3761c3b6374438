"""Columns of a list of settings: as wide as what stands in them if there is room, and readable if there is not."""

from __future__ import annotations

import pytest

from crm_tui.domain.register import RegisterRow
from crm_tui.screens.core.ledger import WIDEST, LedgerPainter

ROWS = [RegisterRow(1, 0, "a", ("ctrl+s f2", "abrir o registro que está sob o cursor", "Configurações"))]
WHOLE = [9, 38, 13]


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, WHOLE),
        (200, WHOLE),
        (68, WHOLE),
        (67, [9, 37, 13]),
        (54, [9, WIDEST, 13]),
        (53, [9, 23, 13]),
    ],
)
def test_what_is_left_of_the_line_goes_to_what_would_be_cut(width: int, shown: list[int]) -> None:
    assert LedgerPainter(ROWS, ("Keys", "What", "Where")).widths(width) == shown


@pytest.mark.parametrize("width", range(20, 120))
def test_columns_never_outgrow_the_line(width: int) -> None:
    widths = [room for room in LedgerPainter(ROWS, ("Keys", "What", "Where")).widths(width) if room]
    assert sum(widths) + 2 * (len(widths) - 1) <= width - 4

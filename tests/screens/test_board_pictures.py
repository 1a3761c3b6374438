"""The board and an opened card as pictures, at the two sizes that are looked at: a changed cell is seen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from crm_tui import bootstrap
from crm_tui.app import CrmApp
from crm_tui.bootstrap import open_crm
from crm_tui.ui.look import Look
from tests.conftest import Clock
from tests.screens.operator import look

pytestmark = pytest.mark.usefixtures("pt")
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])


@SIZES
def test_board(demo_db: Path, clock: Clock, snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    app = CrmApp(lambda: open_crm(demo_db, "ana", clock), Look(), bootstrap)
    keys = ("2", "right", "space", "space", "right", "right", "down", "down", "down")
    assert snap_compare(app, terminal_size=size, run_before=partial(look, keys, "Padaria Aurora"))


@SIZES
def test_card(demo_db: Path, clock: Clock, snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    app = CrmApp(lambda: open_crm(demo_db, "ana", clock), Look(), bootstrap)
    assert snap_compare(
        app, terminal_size=size, run_before=partial(look, ("down", "enter"), "Pediu 5% de desconto")
    )

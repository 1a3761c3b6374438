"""Dias livres as pictures: at three sizes, without colour in plain ASCII, in English, and under a date field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from crm_tui import bootstrap, i18n
from crm_tui.app import CrmApp
from crm_tui.bootstrap import open_crm
from crm_tui.ui.look import Depth, Look
from tests.conftest import Clock
from tests.screens.booked_days import taken
from tests.screens.operator import look

KEYS = ("D", *["right"] * 5, "down", "down", "down", "space", "up", "up", "up")
"""Carla is marked, the cursor is on ana's Tuesday."""


@pytest.fixture
def portuguese() -> Iterator[None]:
    i18n.set_language("pt-BR")
    yield
    i18n.set_language("en")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 36)], ids=["80x24", "60x20", "120x36"])
@pytest.mark.usefixtures("portuguese")
def test_dias_livres(
    demo_db: Path, clock: Clock, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    app = CrmApp(lambda: open_crm(taken(demo_db), "ana", clock), Look(), bootstrap)
    assert snap_compare(app, terminal_size=size, run_before=partial(look, KEYS, "Juntos"))


@pytest.mark.usefixtures("portuguese")
def test_dias_livres_without_colour(demo_db: Path, clock: Clock, snap_compare: Callable[..., bool]) -> None:
    plain = Look(Depth.MONO, ascii=True)
    app = CrmApp(lambda: open_crm(taken(demo_db), "ana", clock), plain, bootstrap)
    assert snap_compare(app, terminal_size=(80, 24), run_before=partial(look, KEYS, "Juntos"))


def test_free_days_in_english(demo_db: Path, clock: Clock, snap_compare: Callable[..., bool]) -> None:
    app = CrmApp(lambda: open_crm(taken(demo_db), "ana", clock), Look(), bootstrap)
    assert snap_compare(app, terminal_size=(80, 24), run_before=partial(look, KEYS, "Together"))


@pytest.mark.usefixtures("portuguese")
def test_days_under_remarcar(demo_db: Path, clock: Clock, snap_compare: Callable[..., bool]) -> None:
    clock.advance(days=3, hours=20)
    app = CrmApp(lambda: open_crm(taken(demo_db), "ana", clock), Look(), bootstrap)
    keys = ("R", "f5", "down", "right")
    assert snap_compare(app, terminal_size=(80, 24), run_before=partial(look, keys, "Dias livres"))

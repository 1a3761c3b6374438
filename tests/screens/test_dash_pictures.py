"""Painel as pictures at every size that is looked at: in Portuguese, in English, without colours. (LOOK.md §8)"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from crm_tui import bootstrap, i18n
from crm_tui.app import CrmApp
from crm_tui.bootstrap import open_crm
from crm_tui.ui.look import Depth, Look
from tests.conftest import Clock
from tests.screens.operator import look

pytestmark = pytest.mark.usefixtures("pt")
LARGE, USUAL, SMALL = (120, 36), (80, 24), (60, 20)
IDS = {"ids": ["120x36", "80x24", "60x20"]}


def program(db: Path, clock: Clock, shown: Look | None = None, login: str = "ana") -> CrmApp:
    return CrmApp(lambda: open_crm(db, login, clock), shown or Look(), bootstrap)


@pytest.mark.parametrize("size", [LARGE, USUAL, SMALL], **IDS)
def test_dash(demo_db: Path, clock: Clock, snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    app = program(demo_db, clock)
    assert snap_compare(app, terminal_size=size, run_before=partial(look, ("5",), "R$ 370.140"))


@pytest.mark.parametrize("size", [LARGE, USUAL, SMALL], **IDS)
def test_dash_on_a_row(
    demo_db: Path, clock: Clock, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    app = program(demo_db, clock)
    assert snap_compare(app, terminal_size=size, run_before=partial(look, ("5", "G"), "Não respondeu"))


@pytest.mark.parametrize("size", [LARGE, USUAL], ids=["120x36", "80x24"])
def test_dash_of_the_team(
    demo_db: Path, clock: Clock, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    app = program(demo_db, clock, login="carla")
    assert snap_compare(app, terminal_size=size, run_before=partial(look, ("5", "s", "p"), "4 operadores"))


def test_dash_in_english(demo_db: Path, clock: Clock, snap_compare: Callable[..., bool]) -> None:
    i18n.set_language("en")
    app = program(demo_db, clock)
    assert snap_compare(app, terminal_size=LARGE, run_before=partial(look, ("5",), "Contacts this week"))


@pytest.mark.parametrize("size", [LARGE, USUAL], ids=["120x36", "80x24"])
def test_dash_without_colour_in_ascii(
    demo_db: Path, clock: Clock, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    app = program(demo_db, clock, Look(Depth.MONO, ascii=True))
    assert snap_compare(app, terminal_size=size, run_before=partial(look, ("5", "tab"), "Contatos na semana"))


def test_dash_in_light(demo_db: Path, clock: Clock, snap_compare: Callable[..., bool]) -> None:
    app = program(demo_db, clock, Look(dark=False))
    assert snap_compare(app, terminal_size=USUAL, run_before=partial(look, ("5", "down"), "R$ 370.140"))


def test_the_appointments_behind_a_number(
    demo_db: Path, clock: Clock, snap_compare: Callable[..., bool]
) -> None:
    app = program(demo_db, clock)
    keys = ("5", "down", "enter", "2")
    assert snap_compare(app, terminal_size=USUAL, run_before=partial(look, keys, "sem registro"))

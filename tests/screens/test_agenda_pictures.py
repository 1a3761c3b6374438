"""The agenda as pictures: week, day, month and list at the sizes that are looked at; a changed cell is seen."""

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
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36), (60, 20)], ids=["80x24", "120x36", "60x20"])
VIEWS = {
    "week": (("3", "s", "s", *["down"] * 5), "Mostrar o PDV"),
    "day": (("3", "s", "d"), "Reunião de escopo"),
    "month": (("3", "s", "m", "down", "left", "left"), "ter 24/11"),
    "list": (("3", "s", "l", "s", "p"), "com passados"),
}
Compare = Callable[..., bool]


@SIZES
@pytest.mark.parametrize("view", VIEWS)
def test_agenda(demo_db: Path, clock: Clock, snap_compare: Compare, view: str, size: tuple[int, int]) -> None:
    keys, sees = VIEWS[view]
    if view == "week" and size[1] >= 30:
        keys = (*keys, "down")  # lunch is two rows there
    app = CrmApp(lambda: open_crm(demo_db, "ana", clock), Look(), bootstrap)
    assert snap_compare(app, terminal_size=size, run_before=partial(look, keys, sees))


def test_agenda_of_a_team_beside_each_other(demo_db: Path, clock: Clock, snap_compare: Compare) -> None:
    app = CrmApp(lambda: open_crm(demo_db, "carla", clock), Look(), bootstrap)
    keys = ("3", "s", "d", "O", *"vendas", "enter", "ctrl+s")
    assert snap_compare(app, terminal_size=(80, 24), run_before=partial(look, keys, "Marmoraria"))


def test_agenda_of_a_free_half_hour_tells_what_has_no_hour(
    demo_db: Path, clock: Clock, snap_compare: Compare
) -> None:
    app = CrmApp(lambda: open_crm(demo_db, "ana", clock), Look(), bootstrap)
    keys = ("3", "s", "s", "right", "right", "right", "right", "right")
    assert snap_compare(app, terminal_size=(120, 36), run_before=partial(look, keys, "ter 24/11 11:30"))


def test_agenda_without_colour_in_ascii(demo_db: Path, clock: Clock, snap_compare: Compare) -> None:
    app = CrmApp(lambda: open_crm(demo_db, "ana", clock), Look(Depth.MONO, True, True), bootstrap)
    keys, sees = VIEWS["week"]
    assert snap_compare(app, terminal_size=(80, 24), run_before=partial(look, keys, sees))


def test_agenda_in_english(demo_db: Path, clock: Clock, snap_compare: Compare) -> None:
    i18n.set_language("en")
    app = CrmApp(lambda: open_crm(demo_db, "ana", clock), Look(), bootstrap)
    keys = ("3", *["down"] * 6)
    assert snap_compare(app, terminal_size=(120, 36), run_before=partial(look, keys, "Mostrar o PDV"))

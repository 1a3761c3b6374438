"""Columns of Hoje: chosen and ordered by key, kept for the operator, in saved views and in the file of the list."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from crm_tui.domain.filter_tree import Place
from crm_tui.services.filter import views as filters
from tests.conftest import Clock
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("pt")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "home"
    found.mkdir()
    monkeypatch.setenv("HOME", str(found))
    return found


async def test_columns_of_hoje_are_chosen_ordered_and_kept_and_the_file_has_them(
    demo_db: Path, clock: Clock, home: Path
) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        await ana.sees("O quê", "Etapa", "Valor R$")
        await ana.press("s", "l")
        await ana.sees("Colunas da lista")
        await ana.press("end", "space")  # the number, behind the others
        await ana.press("K", "K", "K")
        await ana.press("home", "down", "down", "space")  # without the stage
        await ana.press("ctrl+s")
        await ana.sees("Número", "O quê")
        await ana.gone("Etapa  ")
        assert ana.app.screen.shown == ("number", "what", "value")  # type: ignore[attr-defined]
        await ana.press("s", "x")
        await ana.sees("Exportar lista")
        await ana.press("ctrl+s")
        await ana.sees(" linhas em ")
        with (home / "hoje.csv").open(encoding="utf-8-sig", newline="") as file:
            head = next(csv.reader(file, delimiter=";"))
        assert head == ["Data", "Hora", "Pessoa", "Número", "Próximo passo", "Valor"]
    async with at_work(demo_db, clock=clock) as ana:
        assert ana.app.screen.shown == ("number", "what", "value")  # type: ignore[attr-defined]


async def test_a_view_of_hoje_keeps_its_columns_and_a_digit_brings_them_back(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        await ana.press("s", "l", "end", "space", "ctrl+s")
        await ana.sees("Número")
        await ana.press("v", "f2")
        await ana.sees("Salvar visão")
        await ana.type("Com ele")
        await ana.press("tab", "tab")
        await ana.type("1")
        await ana.press("ctrl+s")
        await ana.sees("visão salva")
        await ana.press("escape", "s", "l", "f8", "ctrl+s")
        await ana.gone("Número")
        await ana.press("v", "1")
        await ana.sees("Número")
        assert ana.app.screen.shown[-1] == "number"  # type: ignore[attr-defined]


async def test_a_view_of_hoje_keeps_its_order_and_whoever_shares_it_has_it_so(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock, size=(80, 24)) as ana:
        await ana.press("s", "v", "s", "v")
        await ana.sees("por valor, ao contrário")
        await ana.press("v", "f2")
        await ana.sees("Salvar visão")
        await ana.type("Pequenos")
        await ana.press("tab", "s", "tab")
        await ana.type("4")
        await ana.press("ctrl+s")
        await ana.sees("visão salva")
        (view,) = ana.crm.read(filters.saved, Place.TODAY)
        assert view.found is not None
        assert (view.shared, view.found.order) == (True, "-value")
        await ana.press("escape", "s", "q")
        await ana.sees("sem registro")
        small = list(ana.app.screen.vlist.keys)  # type: ignore[attr-defined]
        await ana.press("v", "4")
        await ana.sees("Pequenos", "por valor, ao contrário")
        turned = list(ana.app.screen.vlist.keys)  # type: ignore[attr-defined]
        assert turned != small
        assert sorted(turned) == sorted(small)
        await ana.press("s", "v")
        await ana.gone("Pequenos")
        await ana.press("v", "f4", "e")
        await ana.sees("Editar visão")
        await ana.press("tab", "tab", "tab", "ctrl+u")
        await ana.type("dono:eu valor:>1")
        await ana.press("ctrl+s")
        await ana.sees("visão alterada")
        (view,) = ana.crm.read(filters.saved, Place.TODAY)
        assert view.found is not None
        assert view.found.order == "-value", "another filter leaves the order"
    async with at_work(demo_db, clock=clock, login="beto", size=(80, 24)) as beto:
        await beto.press("v", "4")
        await beto.sees("Pequenos", "por valor, ao contrário")


async def test_a_narrow_list_leaves_out_the_columns_that_have_no_room(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(60, 20)) as ana:
        await ana.press("s", "l", "end", "space", "end", "space", "ctrl+s")
        await ana.until(lambda: len(ana.app.screen.shown) == 5, "five columns")  # type: ignore[attr-defined]
        assert "venceu há 9d" in ana.text()
        assert all(len(line) <= 60 for line in ana.text().splitlines())

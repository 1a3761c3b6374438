"""`v`: filters under a name, applied by a digit, saved, deleted and taken back; the team's beside one's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from crm_tui.domain.filter import Place, read, to_json
from crm_tui.domain.filter_tree import Filter
from crm_tui.domain.outcome import Done
from crm_tui.screens.core.filtered import Filtered
from crm_tui.screens.core.savedviews import ViewsScreen
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import ArchiveStage
from crm_tui.services.core.crm import Crm
from crm_tui.services.filter import views as filters
from crm_tui.services.filter.commands import SaveFilter
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


def in_force(ana: Operator) -> str:
    place = cast("Any", ana.app.screen)
    assert isinstance(place, Filtered)
    return place.line_of(place.found)


def saved(
    crm: Crm, name: str, line: str, place: Place = Place.TODAY, digit: int | None = None, shared: bool = False
) -> None:
    found = read(line, crm.read(filters.world, place))
    assert isinstance(found, Filter), found
    query = json.dumps(to_json(found))
    outcome = crm.run(SaveFilter(name=name, place=place, query=query, shortcut=digit, shared=shared))
    assert isinstance(outcome, Done), outcome


async def test_v_and_a_digit_apply_a_view_at_once(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    saved(crm_as("ana"), "Grandes", "dono:eu valor:>5000", digit=3)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("v", "3")
        await ana.sees("Grandes  dono:eu valor:>5000  por data")
        assert in_force(ana) == "dono:eu valor:>5000"
        await ana.press("v", "7")
        await ana.sees("Nenhuma visão tem o dígito 7.")
        await ana.press("escape", "F")
        await ana.gone("Grandes")


async def test_f2_in_the_line_saves_it_under_a_name_and_u_takes_it_back(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("slash", "ctrl+u")
        await ana.type("dono:eu parado:sim")
        await ana.press("f2")
        await ana.sees("Salvar visão", "dono:eu parado:sim")
        await ana.type("Parados")
        await ana.press("tab", "tab")
        await ana.type("2")
        await ana.press("ctrl+s")
        await ana.sees("Parados  visão salva   u desfaz")
        (view,) = ana.crm.read(filters.saved, Place.TODAY)
        assert (view.name, view.shortcut, view.shared) == ("Parados", 2, False)
        await ana.press("u")
        await ana.sees("Desfeito")
        assert ana.crm.read(filters.saved, Place.TODAY) == []


async def test_the_picker_shows_ones_own_and_the_teams_and_enter_takes_the_marked_one(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    saved(crm_as("ana"), "Minhas paradas", "dono:eu parado:sim")
    saved(crm_as("beto"), "Paradas do time", "equipe:vendas parado:sim", digit=4, shared=True)
    saved(crm_as("beto"), "Só do Beto", "dono:eu")
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("v")
        await ana.sees(
            "Minhas paradas", "minha", "Paradas do time", "beto", "dono:eu parado:sim", "f8 apagar"
        )
        assert "Só do Beto" not in ana.text()
        names = [row.split("  ")[0] for row in ana.lines() if "parado:sim" in row]
        assert len(names) == 2
        if "Minhas" not in next(row for row in ana.lines() if "▌▌" in row):
            await ana.press("down" if "Paradas do" in names[0] else "up")
        await ana.press("enter")
        assert in_force(ana) == "dono:eu parado:sim"


async def test_f2_in_the_picker_saves_the_filter_in_force_and_f8_deletes_the_marked_one(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("v")
        await ana.sees("Ainda não há visão salva aqui.")
        await ana.press("f2")
        await ana.type("Tudo meu")
        await ana.press("ctrl+s")
        await ana.sees("Visões", "visão salva   u desfaz", "Tudo meu")
        await ana.press("f8")
        await ana.sees("visão apagada: Tudo meu   u desfaz", "Ainda não há visão salva aqui.")
        await ana.press("escape", "u", "v")
        await ana.sees("Tudo meu")
        await ana.press("f8")
        await ana.sees("visão apagada: Tudo meu   u desfaz")
        await ana.press("u")  # where it is said, it is done
        await ana.sees("Visões", "Tudo reposto", "Tudo meu")


async def test_f3_in_the_dialog_saves_what_stands_in_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("f")
        await ana.type("padaria")
        await ana.press("f3")
        await ana.sees("Salvar visão", "padaria")
        await ana.type("Padarias")
        await ana.press("ctrl+s")
        await ana.sees("Padarias  visão salva")
        assert in_force(ana) == "dono:eu situação:todos padaria"


async def test_a_view_that_names_what_is_gone_says_so_and_offers_to_drop_it(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    crm, admin = crm_as("ana"), crm_as("admin")
    saved(crm, "Em visita", "dono:eu etapa:Visita", digit=1)
    board = next(b for b in admin.read(boards.boards) if b.name == "Vendas")
    stages = {stage.name: stage.id for stage in admin.read(boards.stages, board.id)}
    done = admin.run(ArchiveStage(stage=stages["Visita"], cards_to=stages["Novo"]))
    assert isinstance(done, Done), done
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("v", "1")
        await ana.sees("A etapa “Visita” foi apagada; sem ela a visão mostra mais.", "dono:eu")
        await ana.press("s")
        assert in_force(ana) == "dono:eu"
        await ana.press("v", "1", "e")
        await ana.sees("Nenhuma etapa “Visita”.")
        assert cast("Any", ana.app.screen).filter_line is not None


async def test_a_view_of_the_board_keeps_its_columns_and_order(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "slash")
        await ana.type("dono:eu ordem:valor- grupo:dono")
        await ana.press("f2")
        await ana.type("Meu quadro")
        await ana.press("ctrl+s")
        await ana.sees("visão salva")
        (view,) = ana.crm.read(filters.saved, Place.BOARD)
        assert view.found is not None
        assert (view.found.group, view.found.sort is not None) == ("owner", True)
        await ana.press("F", "v", "enter")
        assert in_force(ana) == "dono:eu ordem:valor- grupo:dono"
        await ana.press("1", "v")
        await ana.sees("Ainda não há visão salva aqui.")


async def test_f4_in_the_picker_changes_name_digit_team_and_filter_and_u_takes_it_back(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    saved(crm_as("ana"), "Grandes", "dono:eu valor:>5000", digit=3)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("v", "3", "v", "f4")
        await ana.sees("Grandes", "Editar…", "Pôr nela o filtro em vigor", "Apagar")
        await ana.press("e")
        await ana.sees("Editar visão", "dono:eu valor:>5000")
        await ana.press("ctrl+u")
        await ana.type("Enormes")
        await ana.press("tab", "s", "tab", "ctrl+u")
        await ana.type("5")
        await ana.press("tab", "ctrl+u")
        await ana.type("dono:eu valor:>9000")
        await ana.press("ctrl+s")
        await ana.sees("visão alterada   u desfaz", "Enormes")
        (view,) = ana.crm.read(filters.saved, Place.TODAY)
        assert (view.name, view.shortcut, view.shared) == ("Enormes", 5, True)
        await ana.press("5")
        await ana.sees("Enormes  dono:eu valor:>9000")
        await ana.press("u", "v")
        await ana.sees("Grandes", "dono:eu valor:>5000")


async def test_the_filter_in_force_is_put_in_a_view_that_keeps_its_name(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    saved(crm_as("ana"), "Meu quadro", "dono:eu", Place.BOARD, digit=1)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "slash")
        await ana.type("valor:>5000")
        await ana.press("enter", "s", "g", "d", "v", "f4")
        await ana.sees("valor:>5000 grupo:dono")
        await ana.press("p")
        await ana.sees("filtro posto na visão Meu quadro   u desfaz")
        (view,) = ana.crm.read(filters.saved, Place.BOARD)
        assert (view.name, view.shortcut, view.found.group) == ("Meu quadro", 1, "owner")  # type: ignore[union-attr]
        await ana.press("escape")
        await ana.sees("Meu quadro")
        await ana.press("escape", "s", "g", "e", "v", "f4", "p")
        await ana.sees("não há o que guardar")


async def test_a_digit_that_another_view_has_is_taken_from_it_if_one_says_so(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    saved(crm_as("ana"), "Uma", "valor:>1", digit=1)
    saved(crm_as("ana"), "Outra", "valor:>2", digit=2)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("v", "down", "f4", "e", "tab", "tab", "ctrl+u")
        await ana.type("1")
        await ana.press("ctrl+s")
        await ana.sees("1 já abre a visão Uma", "Substituir")
        await ana.press("tab", "tab", "s", "ctrl+s")
        await ana.sees("visão alterada   u desfaz")
        views = {view.name: view.shortcut for view in ana.crm.read(filters.saved, Place.TODAY)}
        assert views == {"Uma": None, "Outra": 1}


async def test_a_colleagues_view_is_not_changed_and_it_is_said_before_the_form(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    saved(crm_as("beto"), "Do time", "valor:>1", shared=True)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("v", "f4", "e")
        await ana.sees("Seu perfil não permite")
        assert isinstance(ana.app.screen, ViewsScreen)
        await ana.press("f4", "p")
        await ana.sees("Seu perfil não permite")


async def test_a_view_of_people_without_a_filter_is_of_everybody(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4", "escape", "v", "f2")
        await ana.sees("Salvar visão", "todos")
        await ana.gone("tudo que está em aberto")

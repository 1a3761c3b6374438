"""`s` and `x`: what a list shows goes to a file as it stands; `s` and `l` in Pessoas: which columns it has."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_tui.services.core.crm import Crm
from crm_tui.services.filter import views as filters
from crm_tui.services.followup import views as followups
from crm_tui.services.trail import views as trail
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "home"
    found.mkdir()
    monkeypatch.setenv("HOME", str(found))
    return found


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


async def exported(ana: Operator, name: str = "") -> Operator:
    await ana.press("s", "x")
    await ana.sees("Exportar lista")
    if name:
        await ana.press("ctrl+u")
        await ana.type(f"~/{name}")
    await ana.press("ctrl+s")
    return await ana.sees(" linhas em ")


async def test_hoje_goes_out_row_by_row_in_its_order_and_stands_in_the_trail(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm], home: Path
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("s", "v")  # by value, the largest first
        await exported(ana)
        crm = crm_as("ana")
        keys = list(ana.app.screen.queue.keys)  # type: ignore[attr-defined]
        rows = table(home / "hoje.csv")
        shown = crm.read(followups.page, keys)
        assert [row["Assunto"] for row in rows] == [row.title for row in shown]
        assert [row["Pessoa"] for row in rows] == [row.party or "" for row in shown]
        entry = crm.read(trail.everything, most=1)[0]
        assert (entry.kind, entry.params["file"], entry.params["rows"]) == (
            "data.exported",
            "hoje.csv",
            len(rows),
        )


async def test_a_file_that_is_there_stays_and_the_next_name_is_offered(
    demo_db: Path, clock: Clock, home: Path
) -> None:
    (home / "hoje.csv").write_text("mine")
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("s", "x")
        await ana.sees("~/hoje-2.csv")
        await ana.press("ctrl+u")
        await ana.type("~/hoje.csv")
        await ana.press("ctrl+s")
        await ana.sees("já existe")
        assert (home / "hoje.csv").read_text() == "mine"
        await ana.press("ctrl+u")
        await ana.type("~/hoje.pdf")
        await ana.press("ctrl+s")
        await ana.sees("termine em .csv, .xlsx ou .json")


async def test_the_cards_of_a_board_go_out_column_by_column_as_json(
    demo_db: Path, clock: Clock, home: Path
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2")
        await exported(ana, "quadro.json")
        rows = json.loads((home / "quadro.json").read_bytes())
        stages = [row["stage"] for row in rows]
        assert stages == sorted(stages, key=stages.index)
        assert len(set(stages)) > 2
        assert {row["status"] for row in rows} == {"open"}
        assert {row["owner"] for row in rows} == {"ana"}  # a seller exports what is one's own
        await ana.sees("fora do que seu perfil exporta")


async def test_who_may_not_export_is_told_before_a_name_is_asked(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="davi", clock=clock) as davi:
        await davi.press("4", "escape", "s", "x")
        await davi.sees("Seu perfil não permite isto")


async def test_columns_are_chosen_ordered_and_kept_and_the_file_has_them(
    demo_db: Path, clock: Clock, home: Path
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("fase:cliente")
        await ana.press("enter", "s", "l")
        await ana.sees("Colunas da lista", "1  Vínculo ou documento")
        await ana.press("space")  # link goes
        await ana.press(*["down"] * 3, "space")  # phase comes, third of what is shown
        await ana.press("K", "K")
        await ana.press("enter")
        await ana.sees("Fase", "Telefone", "Cliente")
        await ana.gone("Vínculo ou documento")
        heads = next(line for line in ana.lines() if "Telefone" in line)
        assert heads.index("Pessoa") < heads.index("Fase") < heads.index("Telefone") < heads.index("Cartões")
        await exported(ana, "p.csv")
        rows = table(home / "p.csv")
        assert list(rows[0]) == ["Nome", "Fase", "Telefones", "Cartões abertos"]
        assert {row["Fase"] for row in rows} == {"Cliente"}
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.sees("Fase", "Telefone")
        await ana.press("escape", "s", "l", "f8", "enter")
        await ana.sees("Vínculo ou documento")


async def test_a_column_that_has_no_room_is_left_out_and_one_always_stays(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, size=(60, 20), clock=clock) as ana:
        await ana.press("4", "escape", "s", "l")
        await ana.press(*["down"] * 4, "space", "enter")  # the e-mail behind the others
        await ana.sees("Telefone", "Cartões")
        assert "E-mail" not in ana.text()
        await ana.press("s", "l", "space", "g", "space", "g", "space", "g", "space")
        await ana.sees("Uma coluna fica ao lado do nome.")


async def test_s_sorts_people_and_again_turns_it_round(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4", "escape", "s", "n")
        await ana.sees("ordem:nome", "Academia Corpo em Movimento")
        await ana.press("s", "n")
        await ana.sees("ordem:nome-")
        await ana.gone("Academia Corpo em Movimento")
        await ana.press("s", "e")
        await ana.gone("ordem:nome")


async def test_a_view_of_people_keeps_filter_order_and_columns_and_a_digit_opens_it(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("fase:cliente ordem:nome")
        await ana.press("enter", "s", "l", "space", "enter")
        await ana.gone("Vínculo ou documento")
        await ana.press("v", "f2")
        await ana.sees("Salvar visão")
        await ana.type("Clientes")
        await ana.press("tab", "tab")
        await ana.type("4")
        await ana.press("ctrl+s")
        await ana.sees("visão salva")
        from crm_tui.domain.filter_tree import Place

        view = crm_as("ana").read(filters.by_digit, Place.PEOPLE, 4)
        assert view.found.columns == ("phone", "cards")
        await ana.press("escape", "s", "l", "f8", "enter", "F")
        await ana.sees("Vínculo ou documento")
        await ana.press("v", "4")
        await ana.sees("fase:cliente ordem:nome")
        await ana.gone("Vínculo ou documento")

"""The list form of the board: opened and left on the card under the cursor, filtered, sorted, marked, edited in place,
written to a file, and kept as a view."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from crm_tui.services.board import views as boards
from crm_tui.services.followup import views
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")
LISTED = "por etapa"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "home"
    found.mkdir()
    monkeypatch.setenv("HOME", str(found))
    return found


async def _list(ana: Operator, filtered: str = "") -> None:
    await ana.press("2")
    await ana.sees("Novo")
    if filtered:
        await ana.press("/")
        await ana.type(filtered)
        await ana.press("enter")
    await ana.press("s", "t")
    await ana.sees(LISTED)


def _keys(ana: Operator) -> list[int]:
    return list(ana.app.screen.vlist.keys)  # type: ignore[attr-defined]


def _card(ana: Operator) -> int:
    found: int = ana.app.screen.vlist.key  # type: ignore[attr-defined]
    return found


async def test_the_list_has_the_cards_of_every_stage_and_esc_leads_back_to_the_same_card(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock, size=(80, 24)) as ana:
        await _list(ana)
        crm = ana.app.crm
        board = ana.app.screen.board_id  # type: ignore[attr-defined]
        heads = crm.read(boards.heads, board)
        shown = [card.id for head in heads for card in crm.read(boards.column, head.id, None, 500)]
        assert _keys(ana) == shown
        await ana.press("end")
        card = _card(ana)
        assert card == shown[-1]
        await ana.press("enter")
        await ana.gone(LISTED)
        await ana.press("escape")
        await ana.sees(LISTED)
        assert _card(ana) == card
        await ana.press("escape")
        await ana.gone(LISTED)
        await ana.until(lambda: getattr(ana.app.screen, "card", None) == card, "on the same card")
        await ana.press("s", "t")
        await ana.sees(LISTED)
        assert _card(ana) == card


async def test_the_filter_of_the_board_goes_with_the_list_and_back_with_its_changes(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock, size=(80, 24)) as ana:
        await ana.press("2", "/")
        await ana.type("dono:beto")
        await ana.press("enter", "s", "t")
        await ana.sees(LISTED, "dono:beto")
        rows = ana.app.crm.read(views.page, _keys(ana))
        assert rows
        assert {row.owner for row in rows} == {"beto"}
        await ana.press("/")
        await ana.type("valor:>5000")
        await ana.press("enter")
        await ana.sees("valor:>5")
        fewer = ana.app.crm.read(views.page, _keys(ana))
        assert 0 < len(fewer) < len(rows)
        assert all(row.value_cents > 500_000 for row in fewer)
        await ana.press("escape")
        await ana.gone(LISTED)
        await ana.sees("dono:beto", "valor:>5")


async def test_the_list_stands_by_any_column_over_all_stages(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(80, 24)) as ana:
        await _list(ana)
        everything = _keys(ana)
        await ana.press("s", "v")
        await ana.sees("por valor")
        values = [row.value_cents for row in ana.app.crm.read(views.page, _keys(ana))]
        assert values == sorted(values, reverse=True)
        assert sorted(_keys(ana)) == sorted(everything)
        await ana.press("s", "n")
        await ana.sees("por dono")
        owners = [row.owner or "" for row in ana.app.crm.read(views.page, _keys(ana))]
        in_turn = [owner for at, owner in enumerate(owners) if not at or owner != owners[at - 1]]
        assert len(in_turn) == len({*owners}) > 1, "each owner's stand together"
        await ana.press("s", "t", "s", "t")
        await ana.sees("por etapa, ao contrário")
        stages = [row.stage for row in ana.app.crm.read(views.page, everything)]
        turned = [row.stage for row in ana.app.crm.read(views.page, _keys(ana))]
        assert list(dict.fromkeys(turned)) == list(dict.fromkeys(stages))[::-1]


async def test_a_view_of_the_list_keeps_its_order_and_opens_as_a_list(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(80, 24)) as ana:
        await _list(ana, "dono:eu")
        await ana.press("s", "n")
        await ana.sees("por dono")
        by_owner = _keys(ana)
        await ana.press("v", "f2")
        await ana.sees("Salvar visão")
        await ana.type("Por dono")
        await ana.press("tab", "tab")
        await ana.type("2")
        await ana.press("ctrl+s")
        await ana.sees("visão salva")
        await ana.press("escape", "escape")
        await ana.gone("por dono")
        await ana.press("v", "2")
        await ana.sees("Por dono", "dono:eu", "por dono")
        assert _keys(ana) == by_owner


async def test_marked_rows_are_moved_together_and_put_back(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(80, 24)) as ana:
        await _list(ana, "dono:eu")
        chosen = _keys(ana)[:2]
        before = [row.stage for row in ana.app.crm.read(views.page, chosen)]
        await ana.press("space", "space")
        await ana.sees("2 marcad")
        await ana.press("m")
        await ana.sees("Mover")
        await ana.type("proposta")
        await ana.press("ctrl+s")
        await ana.until(
            lambda: [row.stage for row in ana.app.crm.read(views.page, chosen)] == ["Proposta"] * 2, "moved"
        )
        await ana.press("u")
        await ana.until(
            lambda: [row.stage for row in ana.app.crm.read(views.page, chosen)] == before, "put back"
        )


async def test_one_value_of_a_row_is_changed_in_the_list(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(80, 24)) as ana:
        await _list(ana, "dono:eu")
        card = _card(ana)
        await ana.press(";", "v")
        await ana.sees("Valor")
        await ana.press("home", *["delete"] * 12)
        await ana.type("1234")
        await ana.press("ctrl+s")
        await ana.until(
            lambda: ana.app.crm.read(boards.detail, card).value_one_off == 123_400,  # type: ignore[union-attr]
            "the value",
        )
        await ana.sees("gravado")
        assert _card(ana) == card


async def test_the_file_has_the_rows_and_columns_of_the_list(demo_db: Path, clock: Clock, home: Path) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        await _list(ana, "dono:eu")
        await ana.press("s", "l")
        await ana.sees("Colunas da lista")
        await ana.press("end", "space", "home", "space", "ctrl+s")
        await ana.sees("Número")
        await ana.press("s", "v")
        await ana.sees("por valor")
        numbers = [row.number for row in ana.app.crm.read(views.page, _keys(ana))]
        await ana.press("s", "x")
        await ana.sees("Exportar lista")
        await ana.press("ctrl+s")
        await ana.sees(" linhas em ")
        with (home / "quadro.csv").open(encoding="utf-8-sig", newline="") as file:
            head, *rows = csv.reader(file, delimiter=";")
        assert head == ["Data", "Hora", "Pessoa", "Etapa", "Valor", "Número"]
        assert [row[-1] for row in rows] == numbers
        await ana.press("1")
        await ana.gone("Número")  # Hoje has columns of its own


async def test_a_view_saved_in_the_list_opens_it_from_the_columns(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        await _list(ana)
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
        await ana.press("escape")
        await ana.gone(LISTED)
        await ana.press("v", "1")
        await ana.sees(LISTED, "Número", "Com ele")

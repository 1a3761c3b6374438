"""Won, lost, archived, copied, deleted: by keyboard, one or many, and one `u` away from undone. (K30-K32)"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import Text
from crm_tui.services.board import views as boards
from crm_tui.services.core.crm import Many
from crm_tui.services.followup import views
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


def first_cards(ana: Operator, n: int) -> list[int]:
    return [key for key in ana.crm.read(views.queue).keys if key > 0][:n]


def state(ana: Operator, card: int) -> Any:
    return ana.crm.read(boards.detail, card)


async def test_w_wins_with_its_value_and_u_takes_it_back(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = first_cards(ana, 1)[0]
        await ana.press("w")
        await ana.sees("Ganha: Restaurante Dona Benta", "Valor", "4.300,00", "qui 19/11")
        await ana.press("ctrl+u")
        await ana.type("5000")
        await ana.press("ctrl+s")
        await ana.sees("ganha   u desfaz")
        assert (state(ana, card).status, state(ana, card).value_one_off) == ("won", 5_000_00)
        await ana.press("u")
        await ana.sees("Desfeito: Ganha")
        assert (state(ana, card).status, state(ana, card).value_one_off) == ("open", 4_300_00)


async def test_what_was_undone_is_told_whole_where_the_title_has_room(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await carla.press("2", "right", "L")
        await carla.sees("movido para Visita   u desfaz")
        await carla.press("u")
        await carla.sees("Vendas  Desfeito: Qualificação → Visita   U refaz")


async def test_x_on_the_marked_ones_asks_one_reason_for_all(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        lost = first_cards(ana, 3)
        await ana.press("space", "space", "space", "x")
        await ana.sees("Perdida: 3 cartões", "Motivo")
        await ana.press("1", "enter")
        await ana.sees("u desfaz")
        assert {state(ana, card).status for card in lost} == {"lost"}
        await ana.press("u")
        await ana.sees("Desfeito")
        assert {state(ana, card).status for card in lost} == {"open"}


async def test_a_reason_that_asks_for_a_note_opens_it_in_the_same_form(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        with ana.crm.store.writing() as connection:
            connection.execute("UPDATE loss_reason SET requires_note = 1 WHERE position = 1")
        card = first_cards(ana, 1)[0]
        await ana.press("x", "1", "enter")
        await ana.sees("O que aconteceu", "Este motivo pede uma nota")
        await ana.type("fechou com o vizinho")
        await ana.press("enter")
        await ana.sees("perdida   u desfaz")
        assert state(ana, card).status == "lost"


async def test_o_archives_copies_and_asks_before_it_deletes(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        first, second = first_cards(ana, 2)
        await ana.press("o")
        await ana.sees("Outras ações", "Arquivar", "Copiar", "Excluir…")
        await ana.press("a")
        await ana.sees("1 cartão arquivado   u desfaz")
        assert first not in ana.crm.read(views.queue).keys
        assert ana.app.screen.vlist.key == second, "the cursor stays with the work"  # type: ignore[attr-defined]
        await ana.press("u", "o", "c")
        await ana.sees("1 cartão copiado   u desfaz")
        await ana.press("g", "o", "full_stop")
        await ana.sees("Excluir ", "A pessoa também")
        await ana.press("enter")
        await ana.sees("excluído   u desfaz")


async def test_on_the_board_and_on_the_card_the_same_keys(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "right", "o")
        await ana.sees("Outras ações")
        await ana.press("escape", "enter", "x")
        await ana.sees("Perdida: ")
        await ana.press("escape", "w")
        await ana.sees("Ganha: ")


@pytest.mark.parametrize(("keys", "place"), [(("o", "a"), "1"), (("L",), "2")])
async def test_what_was_not_begun_is_told_and_stays_marked(
    keys: tuple[str, ...], place: str, demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up stops a batch: there are fewer answers than cards."""
    full = Refusal(Text("the disk is full"), RefusedBy.STORE)
    async with at_work(demo_db, clock=clock) as ana:

        async def stopped(commands: list[Any], *_: Any) -> Many:
            return Many("", (ana.crm.run(commands[0]), full))

        await ana.press(place, *(("right",) if place == "2" else ()), "space", "space", "space")
        monkeypatch.setattr(ana.app, "write_many", stopped)
        await ana.press(*keys)
        await ana.sees("u desfaz", "2 marcados")

"""Where the cards of a board wait: the sentence, a bar with its number, the card that waits the longest. (M35)"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from crm_tui import bootstrap
from crm_tui.app import CrmApp
from crm_tui.bootstrap import open_crm
from crm_tui.services.board import stays
from crm_tui.services.core.crm import Crm
from crm_tui.ui.look import Look
from tests.conftest import Clock
from tests.screens.operator import at_work, look

pytestmark = pytest.mark.usefixtures("pt")
Compare = Callable[..., bool]


async def test_the_picture_names_the_stage_and_enter_opens_the_card_that_waits_the_longest(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2")
        await ana.sees("Vendas")
        await ana.press("s", "o")
        await ana.sees("Onde os cartões esperam", "é onde mais se espera: mediana", "Em dias úteis")
        found: Any = ana.app.screen
        rows = [*found.found.waits]
        await ana.press("down")
        assert rows[1].oldest.number in ana.row_of_cursor()
        await ana.press("enter")
        await ana.sees(rows[1].oldest.number, "Linha do tempo")
        await ana.press("escape")
        await ana.sees("é onde mais se espera")
        await ana.press("q")
        await ana.sees("Vendas", "em aberto")


async def test_the_palette_finds_it_and_every_bar_has_its_number(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        await ana.press("2", "colon")
        await ana.type("esperam")
        await ana.press("enter")
        await ana.sees("é onde mais se espera")
        bars = [line for line in ana.lines() if "▄" in line]
        assert bars
        assert all(line.rpartition("▄")[2].lstrip()[0].isdecimal() for line in bars)


async def test_a_time_that_is_exceeded_stands_in_the_sentence(demo_db: Path, clock: Clock) -> None:
    crm = open_crm(demo_db, "admin", clock)
    slow = max(crm.read(stays.waits, _vendas(crm)), key=lambda each: each.median or 0)
    with crm.store.writing() as connection:
        connection.execute("UPDATE stage SET expected_days = 5 WHERE id = ?", (slow.stage_id,))
    crm.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "s", "o")
        await ana.sees(f"{slow.name} é onde mais se espera: mediana", "prazo 5.")


async def test_a_board_without_cards_says_so_and_enter_says_why_not(demo_db: Path, clock: Clock) -> None:
    crm = open_crm(demo_db, "admin", clock)
    with crm.store.writing() as connection:
        connection.execute("UPDATE stage_visit SET left_at = '2020-01-01T00:00:00.000Z'")
    crm.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "s", "o")
        await ana.sees("Nenhum cartão espera aqui")
        await ana.press("enter")
        await ana.sees("Nenhum cartão está em")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 36)])
async def test_the_data_of_a_card_tell_its_stays(demo_db: Path, clock: Clock, size: tuple[int, int]) -> None:
    async with at_work(demo_db, clock=clock, size=size) as ana:
        await ana.press("down", "enter", *["right"] * 6, "G")
        await ana.sees("Tempo nas etapas", "agora", "úteis", "»3d", "Qualificação")


def _vendas(crm: Crm) -> int:
    from crm_tui.services.board import views

    return next(board.id for board in crm.read(views.boards) if board.name == "Vendas")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    ("keys", "sees"),
    [(("2", "s", "o"), "Em dias úteis"), (("B",), "Hotel Serra Azul")],
    ids=["waits", "notices"],
)
def test_waits_and_notices(
    demo_db: Path,
    clock: Clock,
    snap_compare: Compare,
    size: tuple[int, int],
    keys: tuple[str, ...],
    sees: str,
) -> None:
    if keys == ("B",):
        from crm_tui.services.notice import views
        from crm_tui.services.notice.telling import mark_read, tell_due

        crm = open_crm(demo_db, "ana", clock)
        tell_due(crm)
        mark_read(crm, [card.notice for card in crm.read(views.told)][:1])
        crm.store.close()
    app = CrmApp(lambda: open_crm(demo_db, "ana", clock), Look(), bootstrap)
    assert snap_compare(app, terminal_size=size, run_before=partial(look, keys, sees))

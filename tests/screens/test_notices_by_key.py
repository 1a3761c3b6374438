"""What is late stands in Hoje and behind `B`; what one was told is counted in the header until it is read. (E29)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from house import do

from crm_tui.bootstrap import open_crm
from crm_tui.domain.notice import DueCard
from crm_tui.i18n import set_language
from crm_tui.screens.notice.rows import NoticePainter
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import EditCard
from crm_tui.services.core.crm import Crm
from crm_tui.services.notice import views
from crm_tui.services.notice.telling import tell_due
from crm_tui.ui.look import Look
from tests.conftest import Clock
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("pt")
SIZES = [(80, 24), (60, 20), (120, 36)]


@pytest.fixture
def beside(demo_db: Path, clock: Clock) -> Iterator[Crm]:
    """Another program at the same file."""
    crm = open_crm(demo_db, "admin", clock)
    yield crm
    crm.store.close()


def unread(crm: Crm) -> int:
    return int(crm.read(views.unread))


@pytest.mark.parametrize("size", SIZES)
async def test_hoje_says_what_is_late_and_b_lists_it_each_opening_its_card(
    demo_db: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with at_work(demo_db, clock=clock, size=size) as ana:
        await ana.sees("» 3 etapas atrasadas", "B mostra", "a concluir" if size[0] >= 80 else "¶2")
        await ana.press("B")
        await ana.sees("Avisos", "3 atrasadas", "Hotel Serra Azul")
        await ana.press("down", "enter")
        await ana.sees("OP-0142", "Padaria Aurora")
        await ana.press("escape", "q")
        await ana.sees("» 3 etapas atrasadas")


async def test_keys_typed_ahead_wait_for_the_list(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        for key in ("B", "enter"):
            await ana.pilot.press(key)
        await ana.sees("Reserva e check-in", "Hotel Serra Azul", "Linha do tempo")


async def test_what_soon_will_be_late_is_said_with_its_day(demo_db: Path, clock: Clock, beside: Crm) -> None:
    card = beside.read(boards.find, "OP-0113")[0].id
    async with at_work(demo_db, clock=clock) as ana:
        do(beside, EditCard(card=card, stage_due=date(2026, 11, 23)))
        await ana.sees("» 3 etapas atrasadas, 1 vence até seg 23/11")
        do(beside, EditCard(card=card, stage_due=date(2026, 11, 19)))
        await ana.sees("» 3 etapas atrasadas, 1 vence hoje")
        await ana.press("B")
        await ana.sees("3 atrasadas, 1 a vencer")


async def test_without_anything_late_hoje_has_no_line_and_b_says_so(demo_db: Path, clock: Clock) -> None:
    with open_crm(demo_db, "admin", clock).store.writing() as connection:
        connection.execute("UPDATE card SET stage_due_on = NULL")
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("B")
        await ana.sees("Nenhuma etapa está atrasada", "esc voltar")
        assert "enter abrir" not in ana.text()
        await ana.press("escape")
        await ana.sees("sem registro")
        assert "B mostra" not in ana.text()


@pytest.mark.parametrize("size", SIZES)
async def test_another_program_tells_and_the_header_says_it_at_once(
    demo_db: Path, clock: Clock, beside: Crm, size: tuple[int, int]
) -> None:
    async with at_work(demo_db, clock=clock, size=size) as ana:
        await ana.sees("» 3 etapas atrasadas")
        assert tell_due(beside) > 0
        await ana.sees("avisos 3", "¶2")
        assert "a concluir" not in ana.lines()[0]


async def test_space_reads_one_and_leaving_reads_the_rest(demo_db: Path, clock: Clock, beside: Crm) -> None:
    tell_due(beside)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.sees("avisos 3")
        await ana.press("B")
        await ana.sees("3 novos, 3 atrasadas")
        await ana.press("space")
        await ana.sees("2 novos, 3 atrasadas", "avisos 2")
        await ana.press("enter")
        await ana.sees("Linha do tempo", "avisos 2")
        await ana.press("escape")
        await ana.sees("2 novos")
        await ana.press("q")
        await ana.sees("a concluir", "» 3 etapas atrasadas")
        assert unread(ana.crm) == 0
        await ana.press("B")
        await ana.sees("3 atrasadas")
        assert "novo" not in ana.text()


async def test_leaving_by_a_digit_is_leaving_and_looking_elsewhere_is_not(
    demo_db: Path, clock: Clock, beside: Crm
) -> None:
    tell_due(beside)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("B")
        await ana.sees("3 novos")
        await ana.press("2")
        await ana.sees("Vendas", "avisos 3")
        await ana.press("1")
        await ana.sees("3 novos")
        await ana.press("1")
        await ana.sees("» 3 etapas atrasadas", "a concluir")


async def test_ending_the_program_reads_nothing(demo_db: Path, clock: Clock, beside: Crm) -> None:
    tell_due(beside)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("B")
        await ana.sees("3 novos")
        await ana.press("ctrl+q")
    left = open_crm(demo_db, "ana", clock)
    assert unread(left) == 3
    left.store.close()


async def test_read_in_one_terminal_it_is_read_in_the_other(demo_db: Path, clock: Clock, beside: Crm) -> None:
    tell_due(beside)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.sees("avisos 3")
        other = open_crm(demo_db, "ana", clock)
        from crm_tui.services.notice.telling import mark_read

        mark_read(other, [card.notice for card in other.read(views.told)])
        other.store.close()
        await ana.sees("a concluir")


async def test_b_is_there_in_every_place(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        for keys, sees in ((["2"], "Vendas"), (["4", "down"], "Pessoas"), (["comma"], "Esta máquina")):
            await ana.press(*keys)
            await ana.sees(sees)
            await ana.press("B")
            await ana.sees("3 atrasadas")
            await ana.press("escape")
            await ana.gone("3 atrasadas")


async def test_an_open_program_tells_by_itself(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_tui.app.JOBS_FIRST", 0.01)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.sees("avisos 3")


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("days", [-1, 0, 1, 4, 12, 99, 100, 4_000])
@pytest.mark.parametrize("spoken", ["pt-BR", "en"])
def test_when_is_never_cut(width: int, days: int, spoken: str) -> None:
    set_language(spoken)
    today = date(2026, 11, 19)
    card = DueCard(1, "OP-1", "assunto", "pessoa", "q", "etapa", today - timedelta(days), "ana", 7, None)
    strip = NoticePainter(today).paint(Look(), card, width, cursor=False, marked=False, focused=True)
    assert strip.cell_length == width
    assert "…" not in strip.text
    assert strip.text.rstrip().endswith("novo" if spoken == "pt-BR" else "new")

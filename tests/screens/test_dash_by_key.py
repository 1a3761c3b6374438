"""Painel by keyboard alone: its numbers open into rows, and back; the team's; what changes elsewhere is seen. (M76)"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.domain.dash import Dash
from crm_tui.domain.outcome import Done
from crm_tui.screens.dash.dash import DashScreen
from crm_tui.services.agenda.commands import BookAppointment
from crm_tui.services.board import views as boards
from crm_tui.services.dash import views
from crm_tui.services.followup.commands import PlanStep
from crm_tui.services.note.commands import FileNote
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


async def opened(ana: Operator, *keys: str) -> DashScreen:
    """Painel with its numbers read, and these keys pressed."""
    await ana.press("5")
    screen = ana.app.screen
    assert isinstance(screen, DashScreen)
    await ana.until(lambda: screen.dash is not None, "nothing was read")
    await ana.press(*keys)
    return screen


async def test_a_number_opens_into_hoje_and_the_cursor_waits_where_it_was(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        screen = await opened(ana)
        await ana.sees("Vencidos", "5  ! 3 desde ontem", "Em aberto", "Ganho em novembro")
        await ana.press("enter")
        await ana.sees("estado:vencido", "Padaria Aurora")
        assert len(ana.app.screen.queue.keys) == 5  # type: ignore[attr-defined]
        await ana.press("5", "right", "enter")
        await ana.sees("estado:hoje")
        assert len(ana.app.screen.queue.keys) == 6  # type: ignore[attr-defined]
        await ana.press("5")
        assert screen.charts.key == "today"


async def test_the_contacts_of_the_week_open_into_the_history_of_actions_of_these_days(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        screen = await opened(ana, "right", "right")
        assert screen.dash is not None
        count = str(screen.dash.contacts)
        await ana.press("enter")
        await ana.sees("Histórico de ação", "ana", "seg 16/11 a qui 19/11", f"{count} ")
        await ana.press("/")
        await ana.type("girassol")
        await ana.until(lambda: count not in ana.lines()[1], "nothing was narrowed")
        await ana.sees("Escola Girassol")
        await ana.press("enter", "escape")
        await ana.sees("seg 16/11 a qui 19/11", f"{count} ")
        await ana.press("escape")
        await ana.sees("Contatos por dia")


async def test_of_two_numbers_it_is_asked_which_and_commitments_open_into_their_cards(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        screen = await opened(ana, "down", "enter")
        assert screen.charts.key == "commitments"
        await ana.sees("5 compromissos hoje", "11 compromissos nesta semana")
        await ana.press("2")
        await ana.sees(
            "Compromissos", "seg 16/11 a dom 22/11", "realizado", "sem registro", "qui 19 11:30-12:30"
        )
        await ana.press("end", "up", "enter")
        await ana.sees("Ótica Visão Clara", "Linha do tempo")
        await ana.press("escape")
        await ana.sees("sem registro")
        await ana.press("escape")
        await ana.sees("Contatos por dia")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_every_block_is_reached_and_its_first_row_opens(
    demo_db: Path, clock: Clock, size: tuple[int, int]
) -> None:
    opens = {
        "kept": "realizado",
        "contacts": "Histórico de ação",
        "next": "Linha do tempo",
        "stopped": "etapa:Negociação",
        "lost": "situação:perdido",
    }
    async with at_work(demo_db, clock=clock, size=size) as ana:
        screen = await opened(ana)
        groups = [spot.group for spot in screen.charts.spots]
        assert {*groups} == {"figures", *opens}
        for place in range(1, 6):
            await opened(ana, "home", *["tab"] * place)
            group = next(s.group for s in screen.charts.spots if s.key == screen.charts.key)
            shown = next(line for line in ana.lines() if line.startswith(("▌", " ")) and "▌" in line[:42])
            assert shown.strip("▌ ")
            await ana.press("enter")
            await ana.sees(opens.pop(group))
            if ana.app.screen.MODE == "5" or len(ana.app.screen_stack) > 1:
                await ana.press("escape")
        assert not opens


async def test_arrows_and_pages_walk_all_figures_and_rows_and_the_list_follows(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock, size=(60, 20)) as ana:
        screen = await opened(ana)
        seen = [screen.charts.key]
        for _ in range(60):
            await ana.press("down")
            if screen.charts.key == seen[-1]:
                break
            seen.append(screen.charts.key)
            assert "▌" in "".join(line[0] for line in ana.lines()), "the cursor is in sight"
        assert [key for key in seen if ":" in key] == [
            s.key for s in screen.charts.spots if s.group != "figures"
        ]
        await ana.press("g")
        assert screen.charts.key == "overdue"
        await ana.press("pagedown")
        assert screen.charts.key.startswith("contacts:")
        await ana.press("pageup", "right", "j")
        assert screen.charts.key == "commitments"
        await ana.press("shift+tab")
        await ana.sees("Por que se perde")
        await ana.press("G")
        assert screen.charts.key == screen.charts.spots[-1].key


async def test_whoever_reads_the_team_sees_its_numbers_and_others_are_told_why_not(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await opened(carla)
        await carla.sees("Minha semana", "nada vencido")
        await carla.press("s", "p")
        await carla.sees("Semana da equipe", "4 operadores", "5  ! 3 desde ontem")
        await carla.press("enter")
        await carla.sees("dono:equipe", "Padaria Aurora")
        await carla.press("5", "s", "m")
        await carla.sees("Minha semana")
    async with at_work(demo_db, "davi", clock=clock) as davi:
        await opened(davi, "s")
        await davi.sees("você não vê cartões de outros")
        await davi.press("p")
        await davi.sees("você não vê cartões de outros")
        await davi.press("escape")
        await davi.sees("Minha semana")


async def test_what_is_done_elsewhere_is_counted_here_and_the_cursor_stays(
    demo_db: Path, clock: Clock
) -> None:
    beside = open_crm(demo_db, "ana", clock)
    card = beside.read(boards.find, "OP-0113")[0].id
    async with at_work(demo_db, clock=clock) as ana:
        screen = await opened(ana, "tab", "down", "down")
        key = screen.charts.key
        before: Dash = beside.read(views.dash)
        assert isinstance(beside.run(FileNote(card=card, body="falei agora", result=1)), Done)
        later = clock().astimezone(beside.viewer.zone) + timedelta(hours=5)
        assert isinstance(beside.run(PlanStep(card=card, when=later, subject="Nova hora")), Done)
        await ana.sees("4  ! 3 desde ontem", "1 de ", "6 hoje", "hoje 15:42   Restaurante")
        after: Dash = beside.read(views.dash)
        assert (after.contacts, after.done_today) == (before.contacts + 1, 1)
        assert screen.charts.key == key
        await ana.press("u")
        await ana.sees("5 hoje")
    beside.store.close()


async def test_an_hour_that_comes_is_counted_without_a_key(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await opened(ana)
        await ana.sees("5  ! 3 desde ontem", "próx. 11:30")
        clock.advance(hours=3)
        await ana.press("r")
        await ana.sees("às 13:42", "próx. 15:00", "7  ! 5 desde ontem")


async def test_y_sends_the_numbers_and_a_attends(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await opened(ana, "y")
        await ana.sees("Enviado ao terminal", "Vencidos: 5", "Contatos na semana: 22")
        assert "Onde os cartões param" in ana.app.clipboard
        await ana.press("escape", "A")
        await ana.sees("Atendendo", "Restaurante Dona")
        await ana.press("5", "g", "enter")
        await ana.sees("estado:vencido")
        assert "Atendendo" not in ana.text(), "one looks for oneself"


async def test_a_click_goes_there_and_a_second_one_opens(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        screen = await opened(ana)
        spot = next(s for s in screen.charts.spots if s.key == "open")
        await ana.pilot.click(screen.charts, offset=(spot.x + 2, spot.y))
        assert screen.charts.key == "open"
        await ana.pilot.click(screen.charts, offset=(spot.x + 2, spot.y))
        await ana.sees("Leads", "Vendas")
        await ana.press("2")
        await ana.sees("dono:eu", "Proposta 3, Negociação 2, Fechamento 3")


async def test_a_base_without_anything_shows_noughts_and_what_belongs_here(
    empty_db: Path, clock: Clock
) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await ana.press("5")
        await ana.sees("nada vencido", "0 de 0", "Nada marcado.", "Nenhum cartão parado")
        await ana.press("enter")
        await ana.sees("ele é zero")


@pytest.mark.parametrize(("size", "said"), [((80, 24), "1 sem registro, 4 com hora"), ((60, 20), "1 sem")])
async def test_hoje_says_how_many_hours_are_agreed_for_today(
    demo_db: Path, clock: Clock, size: tuple[int, int], said: str
) -> None:
    async with at_work(demo_db, clock=clock, size=size) as ana:
        await ana.sees(said)
        assert ("com hora" in ana.text()) is (size[0] >= 76)
        clock.advance(hours=2)
        await ana.press("r")
        await ana.until(lambda: "4 com hora" not in ana.text(), "what has begun is still to come")


async def test_an_appointment_about_nothing_opens_in_the_agenda(demo_db: Path, clock: Clock) -> None:
    crm = open_crm(demo_db, "ana", clock)
    at = clock().astimezone(crm.viewer.zone) + timedelta(minutes=10)
    booked = crm.run(BookAppointment(subject="Reunião interna", when=at, anyway=True))
    assert isinstance(booked, Done), booked
    crm.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        screen = await opened(ana)
        assert screen.charts.go_to(f"next:{booked.entity_id}")
        await ana.press("enter")
        await ana.sees("Reunião interna")
        assert ana.app.screen.MODE == "3"
        await ana.press("5")
        screen.charts.go_to("commitments")
        await ana.press("enter", "1")
        await ana.sees("Reunião interna")
        await ana.press("home", "down", "enter")
        await ana.until(lambda: getattr(ana.app.screen, "MODE", "") == "3", "the agenda is not there")


async def test_free_days_open_from_here_too(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await opened(ana, "D")
        await ana.sees("Dias livres", "1º livre")

"""Atendimento by keyboard: what is due, the story, the steps, a field edited in place, next and previous."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crm_tui.screens.board.card import CardScreen
from crm_tui.services.board import views
from crm_tui.services.board.commands import EditCard, MoveCard
from crm_tui.services.core.crm import Crm
from crm_tui.services.followup import views as followups
from crm_tui.services.trail import views as trails
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work


async def opened(ana: Operator) -> int:
    """Open the second card of Hoje, Padaria Aurora's; its id."""
    key = ana.crm.read(followups.queue).keys[1]
    await ana.press("down", "enter")
    await ana.sees("Timeline", "OP-0142")
    return int(key)


async def test_it_says_what_it_is_where_it_stands_and_what_is_due(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        await opened(ana)
        await ana.sees(
            "OP-0142  PDV 3 caixas + NFC-e  Padaria Aurora",
            "Today, 2 of ",
            "R$ 12,400.00  + R$ 390.00 a month",
            "▸ Proposta 60%",
            "13 days here, 10 allowed  »3d late",
            "! Retorno da proposta, overdue by 2 days",
            "12.345.678/0001-95",
            "Marina Alves",
        )


async def test_the_story_tells_what_was_said_by_whom_and_when(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        await opened(ana)
        await ana.sees("14:02  ana", "Pediu 5% de desconto", "Visita → Proposta", "Card opened in Novo")


async def test_next_and_previous_walk_the_list_one_came_from(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        await opened(ana)
        await ana.sees("Today, 2 of ")
        await ana.press("right_square_bracket")
        await ana.sees("Today, 3 of ")
        assert "OP-0142" not in ana.lines()[1]
        await ana.press("left_square_bracket", "left_square_bracket")
        await ana.sees("Today, 1 of ")
        await ana.press("left_square_bracket")
        await ana.sees("This is the first one.")


TO_STEPS, TO_FILES, TO_DATA = ["right"] * 2, ["right"] * 5, ["right"] * 6


async def test_t_shows_the_tasks_and_arrows_turn_the_tabs(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await opened(ana)
        await ana.press("t")
        await ana.sees("Tasks 2/3", "[✓] Levantar os caixas", "[ ] Confirmar a migração do cadastro")
        await ana.press("t")
        await ana.sees("Pediu 5% de desconto")
        await ana.press(*TO_STEPS)
        await ana.sees("Agenda 1", "! overdue 2d", "✓ Tue 10/11 14:02")
        await ana.press(*["right"] * 4)
        await ana.sees("Value per month")


async def test_enter_on_a_field_opens_only_that_field_and_enter_saves_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        await ana.press(*TO_DATA, "down", "down", "enter")
        await ana.sees("Edit card", "390.00")
        assert ana.text().count("Subject") == 1, "the other fields stay on the screen below"
        await ana.press("home", "4", "enter")
        await ana.sees("OP-0142 saved   u undoes", "R$ 4,390.00")
        assert ana.crm.read(views.detail, card).value_recurring == 439_000


async def test_enter_on_stage_and_owner_moves_and_hands_over(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await opened(ana)
        await ana.press(*TO_DATA, *["down"] * 7, "enter")
        await ana.sees("Move Padaria Aurora")
        await ana.press("escape", "down", "enter")
        await ana.sees("Hand over Padaria Aurora")


async def test_only_the_edited_field_is_sent(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        await ana.press(*TO_DATA, "e")
        await ana.sees("Edit card")
        carla = crm_as("carla")
        seen = carla.read(views.detail, card)
        carla.run(EditCard(card=card, value_recurring=50_000, version=seen.version))
        await ana.press("end")
        await ana.type(" com balança")
        await ana.press("enter")
        await ana.sees("OP-0142 saved   u undoes")
        now = ana.crm.read(views.detail, card)
        assert now.title == "PDV 3 caixas + NFC-e com balança"
        assert now.value_recurring == 50_000, "what the other operator wrote meanwhile stays"
        await ana.press("u")
        assert ana.crm.read(views.detail, card).title == "PDV 3 caixas + NFC-e"


async def test_it_is_moved_handed_over_and_scheduled_from_here(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        await ana.press("m")
        await ana.sees("Move Padaria Aurora")
        await ana.type("neg")
        await ana.press("enter")
        await ana.sees("Padaria Aurora moved   u undoes", "▸ Negociação")
        assert "»3d" not in ana.text(), "the deadline was that of the stage it left"
        await ana.press("a", "tab", "tab")
        await ana.type("seg 16h")
        await ana.press("ctrl+s")
        await ana.sees("Appointment booked", "Agenda 2")
        assert [e.kind for e in ana.crm.read(trails.of_card, card, most=2)] == [
            "appointment.booked",
            "card.moved",
        ]


async def test_r_dates_the_step_under_the_cursor(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        await ana.press(*TO_STEPS, "R")
        await ana.type("seg")
        await ana.press("enter")
        await ana.sees("u undoes")
        assert str(ana.crm.read(views.detail, card).due_on) == "2026-11-23"
        await ana.sees("○ Retorno da proposta")


async def test_another_operators_change_is_shown_and_a_card_that_went_is_said(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    carla = crm_as("carla")
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        seen = carla.read(views.detail, card)
        stage = next(s.id for s in carla.read(views.stages, 2) if s.name == "Fechamento")
        carla.run(MoveCard(card=card, stage=stage, version=seen.version))
        await ana.sees("▸ Fechamento 90%")
        screen = ana.app.screen
        assert isinstance(screen, CardScreen)
        screen.card_id = 999_999
        screen.changed()
        await ana.sees("This card is gone, or not for you to see.")
        await ana.press("p", "m", "R", "e")
        await ana.press("escape")
        await ana.sees("Today")
